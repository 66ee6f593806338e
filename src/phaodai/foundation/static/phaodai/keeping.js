// Nothing is lost: failed requests, unsaved text, no network, files, live regions.
(() => {
  "use strict";
  const { one, all, say, words } = window.phaodai;
  const RETRY_SECONDS = 10;

  // By its key the server knows a repeated request (sending.py).
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") event.detail.headers["X-Request-Key"] ??= crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  });

  function retry(detail) {
    const { verb, path, headers } = detail.requestConfig;
    say(verb === "get" ? words.loadRetry : words.retry, RETRY_SECONDS);
    setTimeout(() => {
      if (!detail.elt.isConnected) return;
          window.htmx.ajax(verb.toUpperCase(), path, {
        source: detail.elt, target: detail.target, headers: { "X-Request-Key": headers["X-Request-Key"] ?? "" },
      });
    }, RETRY_SECONDS * 1000);
  }
  document.addEventListener("htmx:sendError", (event) => { if (!event.detail.elt.dataset.live) retry(event.detail); });
  document.addEventListener("htmx:responseError", (event) => {
    const { status } = event.detail.xhr;
    if (status >= 500 || status === 429) { if (!event.detail.elt.dataset.live) retry(event.detail); return; }
    say(status === 404 || status === 410 ? words.gone : words.refused, 6);
  });

  const offline = one("#offline");
  const showNetwork = () => { if (offline) offline.hidden = navigator.onLine; };
  addEventListener("online", showNetwork);
  addEventListener("offline", showNetwork);
  showNetwork();

  // What was typed and not taken comes back to its writer: kept while typing (data-keep) or on sending.
  const keyOf = (form) => `kept:${one(".person b")?.textContent}${location.pathname}:${form.dataset.keep ?? form.getAttribute("action") + all("form").indexOf(form)}`;
  const fields = (form) => [...form.elements].filter((e) => e.name && !/^(hidden|password|file|submit)$/.test(e.type)).map((control, at) => {
    const ticked = /^(checkbox|radio)$/.test(control.type);
    return { control, state: ticked ? "checked" : "value", mark: at + control.name + (ticked ? control.value : "") };
  });
  function keep(form) {
    sessionStorage.setItem(keyOf(form), JSON.stringify(fields(form).map(({ control, state, mark }) => [mark, control[state]])));
  }
  function bringBack(form) {
    const kept = sessionStorage.getItem(keyOf(form));
    if (!kept || form.dataset.kept) return;
    form.dataset.kept = "back";
    const old = new Map(JSON.parse(kept));
    let changed = false;
    for (const { control, state, mark } of fields(form)) {
      if (old.has(mark) && control[state] !== old.get(mark)) { control[state] = old.get(mark); changed = true; }
    }
    if (changed) say(words.kept, 6);
  }
  document.addEventListener("input", (event) => { const form = event.target.form; if (form?.dataset.keep) keep(form); });
  const forget = (form) => { if (form) sessionStorage.removeItem(keyOf(form)); };
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.xhr.status < 400) forget(event.detail.requestConfig.elt.closest("form[data-keep]"));
  });
  // A second tap sends nothing; what was tapped offline is sent with the network.
  let sent = new WeakSet();
  let waiting = null;
  addEventListener("online", () => { waiting?.target.requestSubmit(waiting.submitter); waiting = null; });
  addEventListener("pageshow", (event) => { if (event.persisted) sent = new WeakSet(); });
  document.addEventListener("htmx:confirm", (event) => {
    if (event.detail.verb !== "get" && event.detail.elt.matches(".htmx-request")) event.preventDefault();
  });
  // On the window, after whatever script of the page sends a form itself.
  addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.hasAttribute("hx-post") || event.submitter?.hasAttribute("hx-post")) return;
    if (!navigator.onLine) { offline?.scrollIntoView(); waiting = event; }
    if (!navigator.onLine || sent.has(form)) { event.preventDefault(); return; }
    if (form.getAttribute("method") !== "post") return;
    if (form.matches(".own form")) return sessionStorage.clear();
    keep(form);
    sessionStorage.sent = keyOf(form);
    sent.add(form);
    setTimeout(() => sent.delete(form), RETRY_SECONDS * 1000);
  });
  // The next page forgets it, unless someone came back.
  if (location.hash === "#lai") history.replaceState(null, "", location.pathname + location.search);
  else if (performance.getEntriesByType("navigation")[0]?.type !== "back_forward") sessionStorage.removeItem(sessionStorage.sent);
  const bringAllBack = () => all("form").forEach(bringBack);
  document.addEventListener("htmx:afterSettle", bringAllBack);
  bringAllBack();

  // Files: size and kind are checked before they travel.
  const megabytes = (bytes) => (bytes / 1048576).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
  function complaint(drop, file) {
    const most = Number(drop.dataset.maxBytes);
    const kinds = drop.dataset.accept.split(",").map((kind) => kind.trim().toLowerCase()).filter(Boolean);
    if (most && file.size > most) return words.tooLarge.replace("{size}", megabytes(file.size)).replace("{most}", megabytes(most));
    const name = file.name.toLowerCase();
    const fits = kinds.some((kind) => (kind.startsWith(".") ? name.endsWith(kind) : kind.endsWith("/*") ? file.type.startsWith(kind.slice(0, -1)) : file.type === kind));
    return kinds.length && !fits ? words.wrongKind.replace("{kinds}", kinds.join(", ")) : "";
  }
  function check(drop) {
    const control = one("input[type=file]", drop);
    const trouble = [...control.files].map((file) => complaint(drop, file)).find(Boolean) ?? "";
    control.setCustomValidity(trouble);
    let line = one(".error", drop);
    if (!line) { line = document.createElement("p"); line.className = "error"; line.setAttribute("role", "alert"); drop.append(line); }
    line.textContent = trouble;
    return !trouble;
  }
  document.addEventListener("change", (event) => {
    const drop = event.target.closest("[data-drop]");
    if (drop && event.target.type === "file") check(drop);
  });
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const drop = event.target.closest?.("[data-drop]");
      if (!drop) return;
      event.preventDefault();
      drop.classList.toggle("over", kind === "dragover");
      if (kind !== "drop" || !event.dataTransfer.files.length) return;
      one("input[type=file]", drop).files = event.dataTransfer.files;
      check(drop);
    });
  }

  // Live regions are left alone while someone works inside.
  function busy(region) {
    return document.hidden || one("details[open], input:checked, input:focus, select:focus, textarea:focus, [data-editing]", region);
  }
  // Gives the focus back to a region made anew.
  function held(region) {
    const active = document.activeElement;
    if (!region.contains(active)) return () => {};
    const at = all("[data-row]", region).indexOf(active.closest("[data-row]"));
    const mark = active.dataset.node ? `[data-node="${active.dataset.node}"]` : active.hasAttribute("href") ? `a[href="${active.getAttribute("href")}"]` : "";
    return () => (mark ? one(mark, region) : all("[data-row]", region)[at])?.focus({ preventScroll: true });
  }
  // Asks with the open branches, and the stamp of what is shown.
  function wanted(region) {
    const address = new URL(region.dataset.live, location.href);
    const open = all("[data-branch][aria-expanded=true]", region).filter((button) => !button.closest("[hidden]"));
    if (open.length) address.searchParams.set("mo", open.map((button) => button.dataset.node).join(","));
    const stamp = one("[data-stamp]", region);
    if (stamp) address.searchParams.set("v", stamp.dataset.stamp);
    return address.pathname + address.search;
  }
  async function refresh(region) {
    if (busy(region) || !navigator.onLine) return;
    const figures = () => all("[data-figure]", region).map((figure) => figure.textContent);
    const old = figures();
    const giveBack = held(region);
    await window.htmx.ajax("GET", wanted(region), { source: region, target: region, swap: "innerHTML" });
    giveBack();
    if (one("#side *")) one(`a[href="${location.pathname}"]`, region)?.closest("[data-row]")?.setAttribute("aria-current", "true");
    figures().forEach((text, at) => { if (old.length && text !== old[at]) all("[data-figure]", region)[at].classList.add("changed"); });
  }
  all("[data-live]").forEach((region) => setInterval(() => refresh(region), Math.max(Number(region.dataset.every) || 30, 2) * 1000));
})();
