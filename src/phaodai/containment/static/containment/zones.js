// Entries of gates, doors and deliveries: sent at once, or kept on this telephone and sent with their own key when there is a network.
(() => {
  "use strict";
  const { one, all, say } = window.phaodai;
  const box = one("[data-waiting]");
  if (!box) return;
  const RETRY_SECONDS = 10;
  const place = `zones:${box.dataset.waiting}`;
  const told = box.dataset;
  const read = () => { try { return JSON.parse(localStorage.getItem(place) ?? "[]"); } catch { return []; } };
  const write = (entries) => { if (entries.length) localStorage.setItem(place, JSON.stringify(entries)); else localStorage.removeItem(place); show(); };
  const drop = (key) => write(read().filter((entry) => entry.key !== key));
  const newKey = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));
  let busy = false;

  function show() {
    const entries = read();
    box.hidden = !entries.length;
    const list = one("ul", box);
    list.replaceChildren(...entries.map((entry) => {
      const line = document.createElement("li");
      const words = document.createElement("span");
      words.textContent = entry.refused ? `${entry.label}: ${entry.refused}` : entry.label;
      line.append(words);
      if (entry.refused) {
        const away = Object.assign(document.createElement("button"), { type: "button", className: "button small", textContent: told.discard });
        away.addEventListener("click", () => drop(entry.key));
        line.append(away);
      }
      return line;
    }));
    one("b", box).textContent = told.waitingWords.replace("{count}", entries.length);
  }

  async function post(entry) {
    const headers = { ...JSON.parse(document.body.getAttribute("hx-headers") ?? "{}"), "X-Requested-With": "fetch" };
    const answer = await fetch(entry.url, { method: "POST", body: new URLSearchParams(entry.data), headers });
    if (answer.status >= 500 || answer.redirected || !answer.headers.get("content-type")?.includes("json")) throw new Error("later");
    return [answer.ok, await answer.json()];
  }

  async function sendAll() {
    if (busy || !navigator.onLine) return;
    busy = true;
    try {
      for (const entry of read().filter((each) => !each.refused)) {
        const [ok, answer] = await post(entry);
        if (ok) { drop(entry.key); say(answer.warning || answer.message, answer.warning ? 12 : 3); mark(entry, answer.message); }
        else write(read().map((each) => (each.key === entry.key ? { ...each, refused: answer.message } : each)));
      }
    } catch { /* no network, or the server is away: the entries stay and are sent again below */ } finally { busy = false; }
  }

  // The page shows at once what was written down, and goes to the next door.
  function mark(entry, words) {
    const door = entry.door && document.getElementById(entry.door);
    if (door) { door.dataset.sent = "yes"; one("[data-said]", door).textContent = words; return; }
    const list = one("[data-log]");
    if (!list) return;
    const line = Object.assign(document.createElement("p"), { className: "line", textContent: words });
    list.prepend(line);
  }

  function onward(door) {
    door.open = false;
    const doors = all("details.door");
    const next = doors.slice(doors.indexOf(door) + 1).find((each) => !each.dataset.sent);
    if (next) { next.open = true; next.scrollIntoView({ block: "nearest" }); }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-send]");
    if (!form) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const data = [...new FormData(form, event.submitter)].filter(([name]) => !["csrfmiddlewaretoken", "key", "at"].includes(name));
    const key = newKey();
    const door = form.closest("details.door");
    const label = [form.dataset.send, form.elements.who?.value, event.submitter?.textContent.trim()].filter(Boolean).join(" · ");
    write([...read(), { key, url: form.action, label, door: door?.id, data: [...data, ["key", key], ["at", new Date().toISOString()]] }]);
    if (form.elements.who) { form.elements.who.value = ""; form.elements.who.focus(); }
    if (door) { door.dataset.sent = "yes"; onward(door); }
    sendAll();
  }, true);

  // Permits of this gate are on the page: typing narrows them, with or without a network.
  const words = one("[data-find]");
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/[^a-z0-9 ]/g, "");
  words?.addEventListener("input", () => {
    const asked = plain(words.value).split(" ").filter(Boolean);
    all("[data-permit]").forEach((line) => { line.hidden = !asked.every((word) => line.dataset.permit.includes(word)); });
  });

  addEventListener("online", sendAll);
  setInterval(sendAll, RETRY_SECONDS * 1000);
  show();
  sendAll();
})();
