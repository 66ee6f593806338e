// The frame: keys, shortcuts, theme, popovers, side panel. Pages work without it.
(() => {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const side = one("#side");
  const toast = one("#toast");
  const words = one("#words")?.dataset ?? {};
  let opener = null;
  let toastTimer = 0;

  function say(text, seconds = 4) {
    if (!toast) return;
    toast.textContent = text;
    clearTimeout(toastTimer);
    toastTimer = setTimeout(() => { toast.textContent = ""; }, seconds * 1000);
  }

  // Rows are walked with j and k.
  const rows = () => all("[data-row]", one("#main") ?? document).filter((row) => row.offsetParent !== null);
  const here = () => document.activeElement?.closest("[data-row]") ?? one("[data-row].here");

  function goTo(row) {
    if (!row) return;
    all("[data-row].here").forEach((other) => other.classList.remove("here"));
    row.classList.add("here");
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const list = rows();
    const at = list.indexOf(here());
    goTo(list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1)]);
  }

  // J and K go to the next list of rows, and the one before.
  function stepList(by) {
    const lists = all(".rows, tbody", one("#main") ?? document).filter((list) => rows().some((row) => list.contains(row)));
    const at = lists.findIndex((list) => list.contains(here()));
    const list = lists[at < 0 ? (by > 0 ? 0 : lists.length - 1) : Math.min(Math.max(at + by, 0), lists.length - 1)];
    if (list) goTo(one("[data-row] > form", list)?.closest("[data-row]") ?? rows().find((row) => list.contains(row)));
  }
  // A part made anew that takes no focus leads on to the next row.
  document.addEventListener("htmx:afterSettle", (event) => {
    const part = event.detail.target.closest?.("[data-lead-on]");
    if (!part || document.activeElement !== document.body) return;
    goTo(rows().find((row) => !part.contains(row) && part.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING));
  });

  function openRow() {
    const row = here();
    // In an open row Enter presses the first button of its form.
    const link = row && (one("[data-open]", row) ?? one("a[href]", row) ?? one("form button.go", row));
    if (link) link.click();
    return Boolean(link);
  }

  // One popover at a time.
  const popovers = "details.why, details.confirm, details.chip-menu, details.scope";
  function place(details) {
    const pop = one(".pop", details);
    if (!pop || matchMedia("(max-width: 760px)").matches) return;
    pop.classList.remove("flip", "up");
    const box = pop.getBoundingClientRect();
    pop.classList.toggle("flip", box.right > innerWidth - 8);
    pop.classList.toggle("up", box.bottom > innerHeight && box.height < details.getBoundingClientRect().top - 60);
  }
  function closePopovers(except) {
    const open = all(popovers).filter((details) => details.open && !details.contains(except ?? null));
    open.forEach((details) => { details.open = false; });
    if (open.length && !except) one("summary", open[0]).focus();
    return open.length > 0;
  }
  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.(popovers) && event.target.open) { closePopovers(event.target); place(event.target); }
  }, true);
  document.addEventListener("click", (event) => closePopovers(event.target));

  // The side panel gives focus and address back.
  function closeSide() {
    if (!side || !side.children.length) return false;
    const back = one("[data-close]", side)?.getAttribute("href");
    side.replaceChildren();
    all("[data-row][aria-current]").forEach((row) => row.removeAttribute("aria-current"));
    if (back) history.replaceState(history.state, "", back);
    goTo(opener?.isConnected ? opener : null);
    return true;
  }
  document.addEventListener("click", (event) => {
    const close = event.target.closest("[data-close]");
    if (close && side?.contains(close)) { event.preventDefault(); closeSide(); }
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target === side) opener = event.detail.elt.closest("[data-row]");
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== side) return;
    all("[data-row][aria-current]").forEach((row) => row.removeAttribute("aria-current"));
    opener?.setAttribute("aria-current", "true");
    one("h2", side)?.focus({ preventScroll: true });
    if (matchMedia("(max-width: 980px)").matches) side.scrollIntoView({ block: "start" });
  });

  // Lines that scroll sideways show the present tab.
  all(".thread, .tabs, .chips").forEach((line) => {
    const current = one(":scope > [aria-current]", line);
    const at = current ? current.offsetLeft - line.offsetLeft : 0;
    if (current && at + current.offsetWidth > line.clientWidth) line.scrollLeft = at - 40;
  });

  // Theme: as the device, light, dark; kept in a cookie so that the server paints the first page right.
  const themes = ["", "light", "dark"];
  function switchTheme() {
    const root = document.documentElement;
    const next = themes[(themes.indexOf(root.dataset.theme ?? "") + 1) % themes.length];
    if (next) root.dataset.theme = next; else delete root.dataset.theme;
    one("#dark").media = { "": "screen and (prefers-color-scheme: dark)", light: "not all", dark: "screen" }[next];
    document.cookie = `theme=${next}; path=/; max-age=${next ? 31536000 : 0}; samesite=lax`;
    say(words[`theme${next ? next[0].toUpperCase() + next.slice(1) : "Auto"}`]);
    document.dispatchEvent(new CustomEvent("phaodai:theme"));
  }
  one("[data-theme-switch]")?.addEventListener("click", switchTheme);

  // Shortcuts of one letter can be switched off (WCAG 2.1.4), for the person by the server or here for this browser.
  const keys = one("#keys");
  const single = one("[data-single-keys-switch]");
  const singleKeys = () => document.body.dataset.singleKeys !== "off" && localStorage.getItem("single-keys") !== "off";
  function showKeys() {
    if (!keys) return;
    single.checked = singleKeys();
    keys.showModal();
  }
  one("[data-open-keys]")?.addEventListener("click", showKeys);
  single?.addEventListener("change", () => {
    document.body.dataset.singleKeys = single.checked ? "on" : "off";
    localStorage.setItem("single-keys", single.checked ? "on" : "off");
  });

  function walkThread(by) {
    const stops = all(".thread > li");
    const at = stops.findIndex((stop) => stop.hasAttribute("aria-current"));
    const link = stops.slice(by > 0 ? at + 1 : 0, by > 0 ? undefined : at).filter((stop) => one("a", stop));
    (by > 0 ? link[0] : link.at(-1))?.querySelector("a").click();
  }
  function why() {
    const door = one("details.why > summary", here() ?? document);
    if (door) { door.click(); door.focus(); }
  }

  let goPressed = 0;
  const commands = {
    "/": () => one("#find")?.focus(),
    "?": showKeys,
    j: () => step(1),
    k: () => step(-1),
    J: () => stepList(1),
    K: () => stepList(-1),
    g: () => { goPressed = Date.now(); },
    v: why,
    "[": () => walkThread(-1),
    "]": () => walkThread(1),
  };

  function back() {
    if (closePopovers() || closeSide()) return;
    const link = one("[data-back]");
    if (link) link.click();
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
    if (event.key === "Escape" && !keys?.open) {
      // Out of a field of an open row one stands on the row, and can walk on or press Enter.
      if (typing && !typing.closest("[data-editing]")) { typing.blur(); goTo(typing.closest("[data-row]")); } else if (!typing) back();
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey || keys?.open) return;
    if (event.key === "Enter" && event.target.matches("[data-row]")) { if (openRow()) event.preventDefault(); return; }
    if (!singleKeys()) return;
    if (Date.now() - goPressed < 1500) {
      goPressed = 0;
      const room = one(`.room[data-letter="${CSS.escape(event.key)}"]`);
      if (room) { event.preventDefault(); room.click(); }
      return;
    }
    // A button may carry a letter of its own: data-key.
    const own = all(`[data-key="${CSS.escape(event.key)}"]`).find((button) => button.offsetParent !== null);
    const command = own ? () => own.click() : commands[event.key];
    if (command) { event.preventDefault(); command(); }
  });

  window.phaodai = { one, all, say, words, here, goTo, rows, commands };
})();
