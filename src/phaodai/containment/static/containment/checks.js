// Visits without a network: what was entered stays in the phone, photos too, and is sent with the same key when the network is back.
(() => {
  "use strict";
  const LONGEST_SIDE = 1600;
  const RETRY_SECONDS = 10;
  const waiting = document.getElementById("waiting-visits");
  const kept = new Promise((resolve, reject) => {
    const opening = indexedDB.open("phaodai-visits", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("visits", { keyPath: "key" });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const deed = (mode, act) => kept.then((base) => new Promise((resolve, reject) => {
    const request = act(base.transaction("visits", mode).objectStore("visits"));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  }));
  const keep = (visit) => deed("readwrite", (store) => store.put(visit));
  const drop = (key) => deed("readwrite", (store) => store.delete(key));
  const all = () => deed("readonly", (store) => store.getAll());

  // A photo of a phone is 4 MB; what it shows is seen at a tenth of that.
  async function smaller(file) {
    if (!file.size || !file.type.startsWith("image/") || !window.createImageBitmap) return file;
    try {
      const picture = await createImageBitmap(file);
      const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
      const sheet = Object.assign(document.createElement("canvas"), { width: picture.width * scale, height: picture.height * scale });
      sheet.getContext("2d").drawImage(picture, 0, 0, sheet.width, sheet.height);
      const blob = await new Promise((resolve) => sheet.toBlob(resolve, "image/jpeg", 0.8));
      return blob && blob.size < file.size ? new File([blob], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: "image/jpeg" }) : file;
    } catch {
      return file; // The server says what is wrong with a picture that the browser cannot read.
    }
  }

  async function entriesOf(form) {
    const entries = [];
    for (const [name, value] of new FormData(form)) {
      if (name === "csrfmiddlewaretoken" || (value instanceof File && !value.size && !value.name)) continue;
      entries.push([name, value instanceof File ? await smaller(value) : value]);
    }
    return entries;
  }

  const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value
    ?? JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
  function send(visit) {
    const body = new FormData();
    for (const [name, value] of visit.entries) body.append(name, value);
    return fetch(visit.url, { method: "POST", body, headers: { "X-CSRFToken": token() }, credentials: "same-origin" });
  }

  const signIn = (answer) => answer.redirected && new URL(answer.url).pathname.startsWith("/tai-khoan/");
  const taken = (answer) => answer.redirected && answer.ok && !signIn(answer);

  // One after the other; what the server refuses stays, with the address where it can be mended, until it was mended or taken.
  let sending = false;
  async function sendAll() {
    if (sending || !navigator.onLine) return;
    sending = true;
    try {
      for (const visit of await all()) {
        if (visit.refused) continue;
        const answer = await send(visit);
        if (taken(answer)) await drop(visit.key);
        else if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) await keep({ ...visit, refused: true });
      }
    } catch {
      // No network after all: everything is still there, and is tried again soon.
    } finally {
      sending = false;
      await show();
    }
  }

  async function show(words = "") {
    if (!waiting) return;
    const visits = await all();
    waiting.hidden = !visits.length;
    waiting.querySelector("b").textContent = words || (visits.length === 1 ? waiting.dataset.one : waiting.dataset.many);
    waiting.querySelector("ul").replaceChildren(...visits.map((visit) => {
      const line = document.createElement("li");
      const link = Object.assign(document.createElement("a"), { href: visit.url, textContent: visit.name });
      line.append(visit.refused ? `${waiting.dataset.refused} ` : "", link);
      return line;
    }));
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.dataset.sendLater) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = form.querySelector("button.go");
    button.disabled = true;
    const when = form.elements.namedItem("visited_at");
    if (when) when.value = new Date().toISOString();
    const visit = { key: form.elements.namedItem("key").value, url: location.pathname + location.search, name: form.dataset.sendLater, entries: await entriesOf(form) };
    await keep(visit);
    try {
      const answer = await send(visit);
      if (taken(answer)) { await drop(visit.key); location.assign(answer.url); return; }
      if (answer.status === 422) {
        await drop(visit.key);
        const told = new DOMParser().parseFromString(await answer.text(), "text/html");
        for (const old of form.querySelectorAll("p.error")) old.remove();
        told.querySelectorAll("form[data-send-later] p.error").forEach((error) => form.prepend(error));
        form.firstElementChild.scrollIntoView({ block: "center" });
        button.disabled = false;
        return;
      }
      await show(waiting?.dataset.kept);
    } catch {
      await show(waiting?.dataset.kept);
    }
    waiting?.scrollIntoView({ block: "center" });
  }, true);

  const locate = document.querySelector("[data-locate]");
  if (locate && navigator.geolocation) {
    locate.hidden = false;
    locate.addEventListener("click", () => navigator.geolocation.getCurrentPosition(({ coords }) => {
      const here = new URL(location.href);
      here.searchParams.set("tu", `${coords.longitude.toFixed(4)},${coords.latitude.toFixed(4)}`);
      location.assign(here);
    }));
  }
  addEventListener("online", sendAll);
  // A network that looks well may still lose an answer, and no sign of one follows.
  setInterval(sendAll, RETRY_SECONDS * 1000);
  show().then(sendAll);
})();
