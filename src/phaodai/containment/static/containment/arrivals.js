// The gate's telephone page: what is recorded is kept in this telephone first, and sent when there is a network. Each record
// carries a key of its own, so that sending twice registers once. Without this script the forms work as plain forms.
(() => {
  "use strict";
  const gate = document.querySelector("[data-outbox]");
  if (!gate) return;
  const one = (selector) => gate.querySelector(selector);
  const [form, scan, box, answers] = [".gate-form", ".gate-scan", ".gate-outbox", ".gate-answers"].map(one);
  const words = form.dataset;
  const store = gate.dataset.outbox;
  const SECONDS = 15;
  const KEPT = new Set(["csrfmiddlewaretoken", "destination"]);

  const load = () => JSON.parse(localStorage.getItem(store) ?? "[]");
  function save(records) {
    if (records.length) localStorage.setItem(store, JSON.stringify(records)); else localStorage.removeItem(store);
    show(records);
  }
  const newKey = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

  function line(record) {
    const item = document.createElement("li");
    item.append(record.label);
    if (record.refused) {
      const mend = document.createElement("button");
      mend.type = "button"; mend.className = "button small"; mend.textContent = words.wordsMend;
      mend.addEventListener("click", () => bringBack(record));
      item.append(`: ${record.refused} `, mend);
    }
    return item;
  }
  function show(records = load(), problem = "") {
    box.hidden = !records.length;
    if (!records.length) return;
    const refused = records.some((record) => record.refused);
    box.querySelector("b").textContent = problem || `${refused ? words.wordsRefused : words.wordsWaiting} ${records.length}`;
    box.querySelector("ul").replaceChildren(...records.map(line));
  }

  // A refused record goes back into the form with all that was typed, and leaves the queue when it is sent again.
  function bringBack(record) {
    clear();
    for (const [name, value] of record.fields) {
      for (const control of form.querySelectorAll(`[name="${name}"]`)) {
        if (control.type === "checkbox") control.checked ||= control.value === value; else control.value = value;
      }
    }
    save(load().filter((other) => other.key !== record.key));
    form.elements.full_name.focus();
  }
  function clear() {
    for (const control of form.elements) {
      if (control.type === "checkbox") control.checked = false;
      else if (control.name && !KEPT.has(control.name)) control.value = "";
    }
    form.elements.key.value = newKey();
    for (const name of ["full_name", "origin", "destination"]) form.elements[name].required = true;
  }

  let sending = false;
  async function send() {
    if (sending) return;
    sending = true;
    try {
      for (const record of load().filter((each) => !each.refused)) if (!(await sendOne(record))) break;
    } finally { sending = false; }
  }
  async function sendOne(record) {
    const body = new URLSearchParams(record.fields);
    body.set("sent_at", new Date().toISOString());
    let answer;
    try {
      answer = await fetch(form.action, {
        method: "POST", body, redirect: "manual",
        headers: { "X-Outbox": "1", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      });
    } catch { return false; }
    if (answer.ok) {
      answers.insertAdjacentHTML("afterbegin", await answer.text());
      save(load().filter((other) => other.key !== record.key));
      return true;
    }
    if (answer.status === 422 || answer.status === 404) {
      const reason = answer.status === 422 ? await answer.text() : words.wordsRefused;
      save(load().map((other) => (other.key === record.key ? { ...other, refused: reason } : other)));
      return true;
    }
    show(load(), answer.status < 500 ? words.wordsLogin : "");
    return false;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    form.elements.said_at.value = new Date().toISOString();
    const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    const label = form.elements.full_name.value || form.elements.reference.value;
    save([...load(), { key: form.elements.key.value, label, fields }]);
    clear();
    scrollTo({ top: 0 });
    send();
  });
  box.querySelector("[data-send]").addEventListener("click", send);
  addEventListener("online", send);
  setInterval(() => { if (load().length) send(); }, SECONDS * 1000);

  // Without a network a code cannot be looked up: a card is read here, a declaration's code travels with the record.
  scan.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    const text = scan.elements.ma.value.trim();
    if (text.includes("|")) {
      const [number, , name, born] = text.split("|");
      form.elements.full_name.value = name ?? "";
      form.elements.identity_number.value = number;
      form.elements.birth_year.value = (born ?? "").slice(-4);
    } else {
      form.elements.reference.value = text.replace(/^PHAODAI:/, "");
      for (const name of ["full_name", "origin", "destination"]) form.elements[name].required = false;
    }
    scan.elements.ma.value = "";
  });

  const camera = one("[data-camera]");
  const video = one("video");
  if ("BarcodeDetector" in window && navigator.mediaDevices) {
    camera.hidden = false;
    camera.addEventListener("click", look);
  }
  async function look() {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).catch(() => null);
    if (!stream) { scan.elements.ma.focus(); return; }
    video.srcObject = stream; video.hidden = false;
    await video.play();
    const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
    const timer = setInterval(async () => {
      const [found] = await detector.detect(video).catch(() => []);
      if (!found) return;
      clearInterval(timer);
      stream.getTracks().forEach((track) => track.stop());
      video.hidden = true;
      scan.elements.ma.value = found.rawValue;
      scan.requestSubmit();
    }, 300);
  }

  // What waits here belongs to people: whoever signs out is warned, and then it is gone.
  document.addEventListener("submit", (event) => {
    if (!event.target.action?.includes("logout") || !load().length) return;
    if (confirm(words.wordsLeave)) localStorage.removeItem(store); else event.preventDefault();
  }, true);

  show();
  send();
})();
