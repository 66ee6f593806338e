// Nothing is lost: refused and failed requests, unsaved text, no network, files checked before upload, regions that stay fresh.
(() => {
  "use strict";
  const { one, all, say, words } = window.phaodai;
  const RETRY_SECONDS = 10;

  // A repeated request carries the same key, so that a server that had already done it can say so instead of doing it twice.
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") event.detail.headers["X-Request-Key"] ??= crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  });

  function retry(detail) {
    const { verb, path, headers } = detail.requestConfig;
    say(verb === "get" ? words.loadRetry : words.retry, RETRY_SECONDS);
    setTimeout(() => {
      if (!detail.elt.isConnected) return;
      // Values are read again, so that what was typed meanwhile goes along.
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

  // Text that was typed and not sent comes back with the page; forms opt in with data-keep and a name of their own.
  const keyOf = (form) => `kept:${location.pathname}:${form.dataset.keep}`;
  const texts = (form) => [...form.elements].filter((e) => e.name && e.name !== "csrfmiddlewaretoken" && /^(text|search|textarea|number|date|select-one|tel|email)$/.test(e.type));
  function keep(form) {
    sessionStorage.setItem(keyOf(form), JSON.stringify(texts(form).map((e) => [e.name, e.value])));
  }
  function bringBack(form) {
    const kept = sessionStorage.getItem(keyOf(form));
    if (!kept || form.dataset.kept) return;
    form.dataset.kept = "back";
    let changed = false;
    for (const [name, value] of JSON.parse(kept)) {
      const control = form.elements.namedItem(name);
      if (control && "value" in control && control.value !== value) { control.value = value; changed = true; }
    }
    if (changed) say(words.kept, 6);
  }
  document.addEventListener("input", (event) => { const form = event.target.form; if (form?.dataset.keep) keep(form); });
  const forget = (form) => { if (form) sessionStorage.removeItem(keyOf(form)); };
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.xhr.status < 400) forget(event.detail.requestConfig.elt.closest("form[data-keep]"));
  });
  document.addEventListener("submit", (event) => {
    if (event.target.hasAttribute("hx-post") || event.submitter?.hasAttribute("hx-post")) return;
    if (navigator.onLine) { if (event.target.dataset.keep) sessionStorage.sent = keyOf(event.target); return; }
    event.preventDefault();
    offline?.scrollIntoView();
  });
  // What was sent is forgotten by the next page, unless someone comes back from a refusal.
  if (location.hash !== "#lai") sessionStorage.removeItem(sessionStorage.sent);
  const bringAllBack = () => all("form[data-keep]").forEach(bringBack);
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

  // Live regions: fetched while the page is looked at, and left alone while someone works inside them.
  function busy(region) {
    return document.hidden || one("details[open], input:checked, input:focus, select:focus, textarea:focus, [data-editing]", region);
  }
  // Where the focus stood in a region, to be given back after the region was made anew.
  function held(region) {
    const active = document.activeElement;
    if (!region.contains(active)) return () => {};
    const at = all("[data-row]", region).indexOf(active.closest("[data-row]"));
    const mark = active.dataset.node ? `[data-node="${active.dataset.node}"]` : active.hasAttribute("href") ? `a[href="${active.getAttribute("href")}"]` : "";
    return () => (mark ? one(mark, region) : all("[data-row]", region)[at])?.focus({ preventScroll: true });
  }
  // What is asked for: the branches that are open here, and the stamp of what is shown, so that nothing new is answered with nothing.
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
