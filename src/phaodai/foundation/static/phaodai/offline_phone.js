// What every phone that works without a network does alike: asking the server, saying how far the sending is, its views.
// The page names the queue's file (data-queue) and the worker's address (data-worker), and holds its sentences in #words.
const { OfflineQueue, SignInNeeded, StorageFailed } = await import(document.body.dataset.queue);
export { OfflineQueue, SignInNeeded, StorageFailed };

export const page = document.body.dataset, words = document.getElementById("words").dataset;
export const one = (id) => document.getElementById(id);
export const fill = (text, values) => Object.entries(values).reduce((said, [name, value]) => said.replaceAll(`{${name}}`, value), text);

export async function ask(address, options = {}) {
  const answer = await fetch(address, { credentials: "same-origin", redirect: "manual", cache: "no-store", ...options });
  if (answer.type === "opaqueredirect" || answer.status === 401) throw new SignInNeeded();
  return answer;
}
// What a phone holds, as the server has it now.
export async function fetched(address) {
  const answer = await ask(address);
  if (answer.status === 403) throw new SignInNeeded();
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}
// A new session has a new token: what was refused for the old one goes out again, and the server keeps each record once.
export async function posted(address, content, { tokenOf, load }) {
  const post = () => ask(address, { method: "POST", body: JSON.stringify(content()), headers: { "Content-Type": "application/json", "X-CSRFToken": tokenOf() } });
  if (!tokenOf()) await load();
  let answer = await post();
  if (answer.status === 403) { await load(); answer = await post(); }
  return answer;
}
export async function answersOf(answer) {
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).answers;
}
export async function deviceOf(queue) {
  const device = (await queue.kept("device")) ?? crypto.randomUUID?.() ?? String(Math.random()).slice(2);
  await queue.keep("device", device);
  return device;
}

export function say(text, kind = "") { one("said").textContent = text; one("said").hidden = !text; one("said").dataset.kind = kind; }

// `stranger` is the name of the officer whose records are held while another one is signed in.
export async function showSync(queue, shown, stranger) {
  const { waiting, refused, old } = await queue.counts(), synced = await queue.kept("synced"), away = !navigator.onLine || !queue.reachable;
  let kind = "done", text = synced ? fill(words.synced, { time: shown(synced) }) : words.never;
  if (queue.signIn) { kind = "broken"; text = fill(words.signIn, { count: waiting }); }
  else if (old && words.old) { kind = "broken"; text = words.old; }
  else if (queue.sending) { kind = "sending"; text = fill(words.sending, { count: queue.sending }); }
  else if (!navigator.onLine) { kind = "offline"; text = waiting ? fill(words.offline, { count: waiting }) : words.offlineNone; }
  else if (waiting) { kind = "offline"; text = fill(away ? words.offline : words.waiting, { count: waiting }); }
  if (stranger) { kind = "broken"; text = fill(words.other, { count: waiting + refused, name: stranger }); }
  one("sync").dataset.kind = kind;
  one("sync-text").textContent = text;
  one("sign-in").hidden = !queue.signIn && !stranger;
  one("held-count").textContent = waiting + refused || "";
  if (refused) say(fill(words.refused, { count: refused }));
}

export function view(name) {
  for (const section of document.querySelectorAll("main > section")) section.hidden = section.id !== name;
  for (const tab of document.querySelectorAll("[data-view]")) {
    if (tab.dataset.view === name) tab.setAttribute("aria-current", "true"); else tab.removeAttribute("aria-current");
  }
}

// One record that waits or was refused: when it was written, why it came back, and what can be done about it.
export function heldNode(entry, { name, time, mend, drop }) {
  const node = one("t-held").content.firstElementChild.cloneNode(true), refused = entry.state === "refused";
  const [when, why, buttons] = node.querySelectorAll("p");
  node.dataset.state = entry.state;
  node.firstElementChild.textContent = name;
  when.textContent = fill(words.heldWaiting, { time });
  why.hidden = buttons.hidden = !refused;
  when.hidden = refused;
  why.textContent = entry.words ?? "";
  buttons.querySelector("[data-mend]").addEventListener("click", mend);
  buttons.querySelector("[data-drop]").addEventListener("click", drop);
  return node;
}

// Tabs, the network that comes and goes, and the worker that keeps the page.
export function listen(queue, { show, turn }) {
  queue.addEventListener("change", show);
  for (const tab of document.querySelectorAll("[data-view]")) tab.addEventListener("click", () => turn(tab.dataset.view));
  addEventListener("online", () => { show(); queue.flush(); });
  addEventListener("offline", show);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && navigator.onLine) queue.flush(); });
  navigator.serviceWorker?.register(page.worker).catch(() => {});
}
