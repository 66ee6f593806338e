// A vaccinating table on a phone: who sits down, what the rule says, one press. Everything is written into the phone first.
const phone = await import(document.body.dataset.phone);
const { OfflineQueue, SignInNeeded, StorageFailed, page, words, one, fill, ask, say } = phone;
const form = one("dose");
const add = (place, tag, text = "", data = {}) => { const node = document.createElement(tag); node.textContent = text; Object.assign(node.dataset, data); place.append(node); return node; };
const deed = (name) => page.deed.replace(/gui$/, name);
const DAY = 86_400_000;

let list = null, token = "", device = "", foreign = null, chosen = null, findings = [], mending = "", asked = 0;
const queue = new OfflineQueue({ name: "phaodai-doses", send });

// The installation's clock may be set ahead (drills); what is shown follows it, what is sent is the phone's own time.
const now = () => Date.now() + (list?.ahead ?? 0);
const shown = (moment) => new Date(moment).toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
const local = (iso) => (iso.length === 10 ? iso.split("-").reverse().join("/") : iso);
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase().replace(/\s+/g, " ").trim();
// 31/12/1980 and 31121980 become 1980-12-31, a year stays one; null where it is neither.
function bornOf(text) {
  const plain = text.trim();
  if (!plain || /^\d{4}$/.test(plain)) return plain;
  const found = plain.match(/^(\d{1,2})[/.-]?(\d{1,2})[/.-]?(\d{4})$/);
  if (!found) return null;
  const iso = `${found[3]}-${found[2].padStart(2, "0")}-${found[1].padStart(2, "0")}`;
  return new Date(iso).toString() === "Invalid Date" || new Date(iso).getUTCDate() !== Number(found[1]) ? null : iso;
}

async function load() {
  const fresh = await phone.fetched(page.held), entries = await queue.entries();
  foreign = list && list.officer.id !== fresh.officer.id && entries.length ? fresh.officer : null;
  if (foreign) return;
  token = fresh.token;
  delete fresh.token;
  list = { ...fresh, loaded: Date.now() + fresh.ahead };
  for (const { key, body } of entries) remember(body, key);
  await queue.keep(`list-${page.session}`, list);
}
// What another officer wrote is not sent in the name of the one who is signed in now.
async function loadOwn() {
  await load();
  if (foreign) throw new SignInNeeded();
}
async function post(name, content) {
  if (token && foreign) throw new SignInNeeded();
  return phone.posted(deed(name), content, { tokenOf: () => token, load: loadOwn });
}
async function send(entries) {
  return phone.answersOf(await post("gui", () => ({ device, sent_at: new Date().toISOString(), records: entries.map(({ key, body }) => ({ key, ...body })) })));
}

async function showSync() {
  await phone.showSync(queue, (moment) => shown(moment + (list?.ahead ?? 0)), foreign && list.officer.name);
  showHeld();
}

// A dose of this phone counts here at once: for the same person sitting down twice, and for the chairs.
function remember(record, key) {
  const { name, born } = record.identity;
  if (record.session !== list.session.id || list.given.some((other) => other.at === record.at && other.name === name)) return;
  list.given.unshift({ name, born, at: record.at });
  if (list.watch) list.watched.push({ id: 0, key, name, due: new Date(new Date(record.at).getTime() + (list.ahead ?? 0) + list.watch * 60_000).toISOString() });
}

function showFound() {
  const text = one("search").value, place = one("found"), asked = folded(text);
  place.replaceChildren();
  if (!list) return;
  if (text.includes("|")) { card(text); return; }
  const had = new Set(list.given.map(({ name, born }) => `${folded(name)} ${born}`));
  const people = list.people.filter(({ name, born }) => folded(name).includes(asked) && !(!asked && had.has(`${folded(name)} ${born}`))).slice(0, asked ? 20 : 8);
  for (const person of people) {
    const node = add(place, "button");
    node.type = "button";
    add(node, "b", person.name);
    add(node, "span", person.slot);
    add(node, "small", `${local(person.born)} · ${lastWords(person.last)}`);
    node.addEventListener("click", () => begin(person));
  }
}
const lastWords = (last) => (last.length ? last.map(({ number, label, on }) => fill(words.last, { number, product: label, day: local(on) })).join(" · ") : words.first);

// The QR of a chip card: CCCD | CMND | name | ddmmyyyy | sex | address | issued.
function card(text) {
  const [number, , name, born, sex, address] = text.split("|").map((part) => part.trim());
  if (!/^\d{12}$/.test(number ?? "") || !name) { say(words.noCode); return; }
  const day = bornOf(born ?? "") ?? "";
  const listed = list.people.find((person) => folded(person.name) === folded(name) && person.born === day);
  begin({ ...(listed ?? { person: 0, last: [], group: "", number: 1 }), name, born: day, sex: /^nam$/i.test(sex) ? "M" : /^n/i.test(sex) ? "F" : "", card: number, address: address ?? "", listed: Boolean(listed) });
}

function begin(person) {
  chosen = person;
  say("");
  form.reset();
  Object.assign(form.elements.name, { value: person.name ?? "" });
  form.elements.born.value = local(person.born ?? "");
  form.elements.sex.value = person.sex ?? "";
  form.elements.number.value = person.card ?? "";
  form.elements.dose.value = String(Math.min(person.number || 1, 4));
  // Whoever stands on a list has a group; of others the table asks, where the plan says whose turn it is.
  one("group-row").hidden = Boolean(person.entry) || !list.groups?.length;
  form.elements.group.replaceChildren(new Option("", ""), ...(list.groups ?? []).map(({ key, label }) => new Option(label, key)));
  form.elements.group.value = person.group ?? "";
  const lots = form.elements.lot, kept = lots.dataset.kept;
  lots.replaceChildren(...list.lots.map(({ id, number, label }) => new Option(`${label} ${number}`, id, false, String(id) === kept)));
  one("find").hidden = true;
  form.hidden = false;
  judge();
  scrollTo(0, 0);
  if (!person.name) form.elements.name.focus();
}
function home() {
  chosen = null;
  mending = "";
  form.hidden = true;
  one("find").hidden = false;
  one("search").value = "";
  showFound();
  scrollTo(0, 0);
}

const lotOf = () => list.lots.find(({ id }) => String(id) === form.elements.lot.value);
function draft() {
  const value = (name) => form.elements[name].value.trim(), lot = lotOf();
  return {
    session: list.session.id, person: chosen?.person || null, entry: chosen?.entry ?? null, number: Number(value("dose")), product: lot?.product ?? "",
    lot: lot?.id ?? null, lot_number: lot?.number ?? "", at: new Date().toISOString(), group: chosen?.entry ? chosen.group : value("group"),
    overridden: findings.filter(({ way }) => way === "override").map(({ code }) => code), reason: value("reason"), consent: form.elements.consent.checked,
    identity: { name: value("name"), born: bornOf(value("born")) ?? value("born"), sex: value("sex"), number: value("number"), phone: value("phone"), address: chosen?.address ?? "" },
  };
}

// What the phone can tell by itself; the server looks again, and knows the doses of other places.
function byPhone(record) {
  const found = [], lot = lotOf(), { name, born } = record.identity, tell = (code, way, text, values = {}) => found.push({ code, way, words: fill(text, values) });
  if (list.given.some((other) => folded(other.name) === folded(name) && other.born === born && !mending)) tell("same-day", "refuse", words.sameDay);
  if (lot && lot.expires < list.session.day) tell("lot-expired", "refuse", words.expired, { lot: lot.number });
  if (lot?.held) tell("lot-held", "refuse", words.lotHeld, { lot: lot.number });
  const age = born.length === 10 ? Math.floor((new Date(list.session.day) - new Date(born)) / DAY / 365.25) : Number(list.session.day.slice(0, 4)) - Number(born);
  if (list.least && born && age < list.least) tell("too-young", "refuse", words.tooYoung, { age, least: list.least });
  if (record.number === 1 && list.groups?.length) {
    const group = list.groups.find(({ key }) => key === record.group);
    if (group && !(chosen?.entry ? chosen.turn !== false : group.open)) tell("group-closed", "override", words.groupClosed, { group: group.label });
    else if (!group && !chosen?.entry && list.groups.some(({ open }) => !open)) tell("group-unknown", "override", words.groupUnknown);
  }
  if (chosen?.due && chosen.due > list.session.day) tell("too-soon", "override", words.tooSoon, { day: local(chosen.due) });
  if (chosen?.last?.length && chosen.number !== record.number) tell("order", "override", words.order, { number: chosen.number });
  return found;
}

async function judge() {
  const record = draft(), mine = ++asked;
  show(byPhone(record), chosen?.last ?? [], words.asking, []);
  if (!record.identity.name || bornOf(form.elements.born.value) === null) { show(byPhone(record), chosen?.last ?? [], "", []); return; }
  try {
    if (!navigator.onLine) throw new Error("offline");
    const answer = await (await post("hoi", () => record)).json();
    if (mine !== asked || form.hidden) return;
    if (answer.problem) { show([{ code: "", way: "refuse", words: answer.problem }], chosen?.last ?? [], "", []); return; }
    if (answer.person && !chosen.person) chosen.person = answer.person;
    if (answer.earlier.length && form.elements.dose.dataset.touched !== "yes" && record.number !== answer.next) {
      form.elements.dose.value = String(Math.min(answer.next, 4));
      form.elements.dose.dataset.touched = "yes";
      judge();
      return;
    }
    show(answer.findings, answer.earlier, answer.person ? words.matched : words.unmatched, answer.alike);
  } catch (problem) {
    if (problem instanceof SignInNeeded) queue.signIn = true;
    if (mine === asked) show(byPhone(record), chosen?.last ?? [], words.unasked, []);
  }
}

function show(told, last, note, alike) {
  findings = told;
  const place = one("answer"), refused = told.some(({ way }) => way === "refuse"), why = told.some(({ way }) => way === "override");
  place.replaceChildren();
  add(place, "p", lastWords(last));
  for (const { way, words: text, cite } of told) { const node = add(place, "p", text, { way }); if (cite) add(node, "cite", cite); }
  if (!told.length && note !== words.asking && note !== words.unasked && note) add(place, "p", words.allowed, { way: "good" });
  if (note) add(place, "p", note);
  if (alike.length) add(place, "p", words.alike);
  for (const other of alike) {
    const node = add(place, "button", [other.name, other.where].filter(Boolean).join(" · "));
    Object.assign(node, { type: "button", className: "button" });
    node.addEventListener("click", () => { chosen.person = other.id; judge(); });
  }
  one("consent-row").hidden = !told.some(({ code }) => code === "mixed-consent") && !form.elements.consent.checked;
  one("reason-row").hidden = !why && !mending;
  const lot = lotOf(), give = one("give"), number = form.elements.dose.value;
  give.disabled = (refused && !mending) || !lot || list.session.state !== "open";
  give.lastElementChild.textContent = list.session.state !== "open" ? words.closed : !lot ? words.noLot : refused && !mending ? words.cannot : why ? fill(words.giveWhy, { number }) : fill(words.give, { number, product: lot.label });
}

async function give(event) {
  event.preventDefault();
  const record = draft();
  if (!record.identity.name) { say(words.name); form.elements.name.focus(); return; }
  if (bornOf(form.elements.born.value) === null) { say(words.born); form.elements.born.focus(); return; }
  if (!one("reason-row").hidden && !record.reason) { say(words.reason); form.elements.reason.focus(); return; }
  if (mending) record.overridden = [...new Set([...record.overridden, "same-day"])];
  let key = "";
  try {
    key = await (mending ? queue.mend(mending, record) : queue.add(record));
  } catch (problem) {
    if (!(problem instanceof StorageFailed)) throw problem;
    say(words.storage);
    return;
  }
  form.elements.lot.dataset.kept = String(record.lot ?? "");
  form.elements.dose.dataset.touched = "";
  remember(record, key);
  await queue.keep(`list-${page.session}`, list);
  home();
  showWatch();
  say(fill(words.done, { name: record.identity.name, number: record.number, time: shown(now() + (list.watch ?? 0) * 60_000) }), "good");
  queue.flush();
}

function showWatch() {
  const place = one("watched"), due = list.watched.filter(({ due: until }) => new Date(until).getTime() <= now());
  place.replaceChildren();
  for (const { key, name, due: until } of list.watched) {
    const over = new Date(until).getTime() <= now(), node = add(place, "div", "", over ? { due: "yes" } : {});
    add(node, "b", name);
    add(node, "span", over ? words.due : fill(words.until, { time: shown(new Date(until).getTime()) }));
    if (key && navigator.onLine) Object.assign(add(node, "a", words.slip), { href: `${page.slips}?mui=${key}`, className: "button" });
  }
  if (!list.watched.length) add(place, "p", words.watchNone).className = "note";
  one("watch-count").textContent = list.watched.length || "";
  one("release").disabled = !due.length;
  one("release").lastElementChild.textContent = due.length ? fill(words.release, { count: due.length }) : words.releaseNone;
}
async function release() {
  try {
    await queue.flush();
    const answer = await (await post("cho-ve", () => ({}))).json();
    say(fill(words.released, { count: answer.released ?? 0 }), "good");
    await reload();
  } catch { say(words.online); }
}

async function showHeld() {
  const entries = await queue.entries(), place = one("held");
  place.replaceChildren();
  if (!entries.length) add(place, "p", words.heldNone).className = "note";
  for (const entry of entries) {
    const time = shown(entry.since + (list?.ahead ?? 0));
    const node = phone.heldNode(entry, { name: entry.body.identity.name, time, mend: () => mend(entry), drop: () => queue.drop(entry.key).then(() => say("")) });
    place.append(node);
  }
}
function mend(entry) {
  const { identity, person, number, group, reason, entry: listed } = entry.body;
  view("record");
  mending = entry.key;
  begin({ ...identity, card: identity.number, person, number, group, entry: listed, last: [] });
  form.elements.dose.value = String(number);
  form.elements.dose.dataset.touched = "yes";
  form.elements.phone.value = identity.phone;
  form.elements.reason.value = reason;
  say(entry.words ?? "");
}

async function look() {
  const video = one("video"), stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).catch(() => null);
  if (!stream) { one("search").focus(); return; }
  Object.assign(video, { srcObject: stream, hidden: false });
  await video.play();
  const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
  const stop = () => { for (const track of stream.getTracks()) track.stop(); video.hidden = true; };
  const until = Date.now() + 20_000;
  while (Date.now() < until && one("find").hidden === false) {
    const [found] = await detector.detect(video).catch(() => []);
    if (found) { stop(); card(found.rawValue); return; }
    await new Promise((resume) => setTimeout(resume, 150));
  }
  stop();
}
async function photograph() {
  const content = new FormData();
  content.append("anh", one("photo").files[0]);
  one("photo").value = "";
  try {
    if (!token) await load();
    const answer = await ask(deed("anh"), { method: "POST", body: content, headers: { "X-CSRFToken": token } }), told = await answer.json();
    if (told.text) card(told.text); else say(told.problem ?? words.noCode);
  } catch { say(words.online); }
}

function view(name) {
  phone.view(name);
  if (name === "watch" && list) showWatch();
}
function showList() {
  one("title").textContent = list.session.name;
  one("where").textContent = [local(list.session.day), list.lots.map(({ label, number }) => `${label} ${number}`).join(", ")].filter(Boolean).join(" · ");
  one("list-age").textContent = fill(words.age, { time: shown(list.loaded) });
  if (form.hidden) showFound();
  showWatch();
}
async function reload() {
  try { await load(); queue.signIn = false; if (!foreign) showList(); }
  catch (problem) { queue.signIn = problem instanceof SignInNeeded; if (!list) say(words.notHere); }
  showSync();
}

async function start() {
  try { await queue.open(); } catch { say(words.broken); return; }
  device = await phone.deviceOf(queue);
  list = (await queue.kept(`list-${page.session}`)) ?? null;
  one("search").addEventListener("input", showFound);
  one("by-hand").addEventListener("click", () => begin({ name: one("search").value, born: "", number: 1, last: [] }));
  one("back").addEventListener("click", home);
  one("camera").hidden = !("BarcodeDetector" in window && navigator.mediaDevices);
  one("camera").addEventListener("click", look);
  one("photo").addEventListener("change", photograph);
  one("release").addEventListener("click", release);
  one("reload").addEventListener("click", () => (navigator.onLine ? reload() : say(words.notHere)));
  form.addEventListener("submit", give);
  form.addEventListener("change", ({ target }) => { if (target.name === "dose") target.dataset.touched = "yes"; if (target.name !== "reason") judge(); });
  phone.listen(queue, { show: showSync, turn: view });
  setInterval(() => { if (list) showWatch(); }, 20_000);
  if (list) showList();
  await showSync();
  if (navigator.onLine) await reload();
  await queue.flush();
  document.body.dataset.ready = "yes";
}
await start();
