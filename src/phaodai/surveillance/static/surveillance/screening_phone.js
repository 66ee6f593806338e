// The doors of a team on a phone: everything is written into the phone first and sent when there is a way.
const phone = await import(document.body.dataset.phone);
const { OfflineQueue, SignInNeeded, StorageFailed, page, words, one, fill, say, view } = phone;
const stamp = (id) => one(id).content.firstElementChild.cloneNode(true);

let list = null, token = "", device = "", foreign = null;
const drafts = new Map();
const queue = new OfflineQueue({ name: "phaodai-doors", send });

// The installation's clock may be set ahead (drills); what is shown follows it, what is sent is the phone's own time.
const shown = (moment) => new Date(moment + (list?.ahead ?? 0)).toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });

async function load(team) {
  const fresh = await phone.fetched(`${page.doors}?to=${team}`);
  const held = await queue.entries();
  foreign = list && list.officer.id !== fresh.officer.id && held.length ? fresh.officer : null;
  if (foreign) return;
  token = fresh.token;
  delete fresh.token;
  list = fresh;
  await queue.keep("list", list);
}
// What another officer wrote is not sent in the name of the one who is signed in now.
async function loadOwn() {
  await load(list?.team ?? 0);
  if (foreign) throw new SignInNeeded();
}
async function send(entries) {
  if (token && foreign) throw new SignInNeeded();
  const content = () => ({ device, sent_at: new Date().toISOString(), records: entries.map(({ key, body: record }) => ({ key, ...record })) });
  return phone.answersOf(await phone.posted(page.send, content, { tokenOf: () => token, load: loadOwn }));
}

async function showSync() {
  await phone.showSync(queue, shown, foreign && list.officer.name);
  showHeld();
}

// What stands of a door: the last thing written here, sent or not, else what the server said when the list was loaded.
const standingOf = (findings) => (findings.some(({ state }) => state === "absent") ? "absent" : "done");
const doorOf = (id) => list.doors.find((door) => door.id === id);
function remember(record) {
  const door = doorOf(record.household);
  if (!door) return;
  door.standing = standingOf(record.findings);
  for (const finding of record.findings) {
    const person = door.people.find(({ id }) => id === finding.person);
    if (person) person.state = finding.state;
  }
}
function draftOf(door) {
  if (!drafts.has(door.id)) drafts.set(door.id, new Map(door.people.map(({ id }) => [id, { state: "well", symptoms: [], temperature: "", sample: true }])));
  return drafts.get(door.id);
}
const keepDrafts = () => queue.keep("drafts", [...drafts].map(([door, persons]) => [door, [...persons]])).catch(() => say(words.storage));

const nameOf = (door) => door.address || fill(words.home, { name: door.people[0].name });

function summary(draft) {
  const count = (state) => [...draft.values()].filter((person) => person.state === state).length;
  const parts = [["symptoms", words.ill], ["absent", words.absent], ["moved", words.moved]].filter(([state]) => count(state));
  return parts.length ? fill(words.save, { words: parts.map(([state, text]) => fill(text, { count: count(state) })).join(", ") }) : words.allWell;
}
const capital = (state) => words[`state${state[0].toUpperCase()}${state.slice(1)}`];

function drawPerson(person, draft, changed) {
  const node = stamp("t-person"), mine = draft.get(person.id);
  const name = node.querySelector(".walk-name"), more = node.querySelector(".walk-more"), warmth = node.querySelector("input[inputmode]");
  const sample = node.querySelector(".walk-sample input");
  name.firstElementChild.textContent = person.name;
  const show = () => { name.lastElementChild.textContent = capital(mine.state); node.dataset.state = mine.state; node.querySelector(".walk-sample").hidden = mine.state !== "symptoms"; changed(); };
  name.addEventListener("click", () => { more.hidden = !more.hidden; name.setAttribute("aria-expanded", String(!more.hidden)); });
  for (const { code, label } of list.round.questions) {
    const choice = stamp("t-symptom"), box = choice.firstElementChild;
    choice.lastElementChild.textContent = label;
    box.checked = mine.symptoms.includes(code);
    box.addEventListener("change", () => {
      mine.symptoms = box.checked ? [...mine.symptoms, code] : mine.symptoms.filter((other) => other !== code);
      mine.state = mine.symptoms.length ? "symptoms" : "well";
      show();
    });
    node.querySelector("fieldset").append(choice);
  }
  warmth.value = mine.temperature;
  warmth.addEventListener("input", () => { mine.temperature = warmth.value.trim(); warmth.setCustomValidity(""); changed(); });
  sample.checked = mine.sample;
  sample.addEventListener("change", () => { mine.sample = sample.checked; changed(); });
  for (const button of node.querySelectorAll("[data-set]")) {
    button.addEventListener("click", () => {
      mine.state = button.dataset.set;
      mine.symptoms = [];
      for (const box of node.querySelectorAll("fieldset input")) box.checked = false;
      more.hidden = true;
      name.setAttribute("aria-expanded", "false");
      show();
    });
  }
  more.hidden = mine.state !== "symptoms";
  show();
  return node;
}

const degrees = (text) => (text ? Number(text.replace(",", ".")) : null);
const findingsOf = (draft) => [...draft].map(([person, mine]) => {
  const finding = { person, state: mine.state };
  if (mine.state === "symptoms") Object.assign(finding, { symptoms: mine.symptoms, sample: mine.sample });
  if (["well", "symptoms"].includes(mine.state) && mine.temperature) finding.temperature = degrees(mine.temperature);
  return finding;
});

async function write(door, draft, key) {
  const bad = [...draft.values()].find(({ temperature }) => temperature && !(degrees(temperature) >= 30 && degrees(temperature) <= 45));
  if (bad) { say(words.temperature); return; }
  const record = { round: list.round.id, household: door.id, at: new Date().toISOString(), findings: findingsOf(draft), note: "" };
  try {
    await (key ? queue.mend(key, record) : queue.add(record));
  } catch (problem) {
    if (!(problem instanceof StorageFailed)) throw problem;
    say(words.storage);
    return;
  }
  say("");
  remember(record);
  drafts.delete(door.id);
  await queue.keep("list", list);
  keepDrafts();
  showDoors(door);
  queue.flush();
}

function drawDoor(door, mending) {
  const node = stamp("t-door"), body = node.querySelector(".walk-body");
  node.dataset.door = door.id;
  node.dataset.standing = door.standing;
  node.querySelector(".walk-address").textContent = nameOf(door);
  node.querySelector(".walk-state").textContent = { done: words.doorDone, absent: words.doorAbsent }[door.standing] ?? "";
  node.querySelector(".walk-people").textContent = door.people.map(({ name }) => name).join(", ");
  const open = () => {
    if (body.dataset.drawn) return;
    body.dataset.drawn = "yes";
    const draft = draftOf(door), save = body.querySelector(".walk-save");
    const changed = () => { save.lastElementChild.textContent = summary(draft); keepDrafts(); };
    body.querySelector(".walk-persons").append(...door.people.map((person) => drawPerson(person, draft, changed)));
    save.addEventListener("click", () => write(door, draft, mending));
    body.querySelector(".walk-nobody").addEventListener("click", () => {
      for (const mine of draft.values()) Object.assign(mine, { state: "absent", symptoms: [] });
      write(door, draft, mending);
    });
  };
  node.addEventListener("toggle", () => { if (node.open) open(); });
  return node;
}

// After a door comes the next one on the way that nobody has visited, then those that were missed before it.
function nextDoor(after) {
  const at = list.doors.indexOf(after) + 1, way = [...list.doors.slice(at), ...list.doors.slice(0, at)];
  return way.find(({ standing }) => !standing) ?? (after ? null : way.find(({ standing }) => standing === "absent"));
}
function showDoors(after) {
  const place = one("doors");
  place.replaceChildren();
  const empty = !list?.team ? words.noTeam : !list.round ? words.noRound : !list.doors.length ? words.noDoors : "";
  showHead();
  if (empty) { const note = document.createElement("p"); note.className = "note"; note.textContent = empty; place.append(note); return; }
  const next = nextDoor(after);
  let lane = "";
  for (const door of list.doors) {
    if (door.lane !== lane) { const head = stamp("t-lane"); lane = head.lastElementChild.textContent = door.lane; place.append(head); }
    const node = drawDoor(door);
    place.append(node);
    if (door === next) { node.open = true; requestAnimationFrame(() => node.scrollIntoView({ block: "start" })); }
  }
}

function showHead() {
  const team = list?.teams.find(({ id }) => id === list.team);
  if (team) one("team").textContent = team.name;
  one("where").textContent = [list?.officer.at, list?.round?.name].filter(Boolean).join(" · ");
  const doors = list?.doors ?? [], done = doors.filter(({ standing }) => standing === "done").length;
  one("done").textContent = doors.length ? fill(words.doors, { done, all: doors.length }) : "";
  one("bar").max = doors.length || 1;
  one("bar").value = done;
  one("bar").hidden = !doors.length;
  one("until").textContent = list?.round ? fill(words.until, { day: list.round.until.split("-").reverse().slice(0, 2).join("/") }) : "";
  one("list-age").textContent = list ? fill(words.age, { time: shown(list.loaded ?? Date.now()) }) : "";
  const choices = [[0, words.choose], ...(list?.teams ?? []).map(({ id, name, doors: count }) => [id, `${name} · ${count}`])];
  one("teams").replaceChildren(...choices.map(([id, name]) => new Option(name, id, id === list?.team, id === list?.team)));
}

async function showHeld() {
  const entries = await queue.entries(), place = one("held");
  place.replaceChildren();
  if (!entries.length) { const note = document.createElement("p"); note.className = "note"; note.textContent = words.heldNone; place.append(note); }
  for (const entry of entries) {
    const door = list?.doors.find(({ id }) => id === entry.body.household);
    const name = door ? `${nameOf(door)}, ${door.lane}` : `#${entry.body.household}`;
    const node = phone.heldNode(entry, { name, time: shown(entry.since), mend: () => mend(entry, door), drop: () => queue.drop(entry.key).then(() => say("")) });
    node.querySelector("[data-mend]").hidden = !door;
    place.append(node);
  }
}
function mend(entry, door) {
  const draft = draftOf(door);
  for (const finding of entry.body.findings) {
    if (draft.has(finding.person)) Object.assign(draft.get(finding.person), { state: finding.state, symptoms: finding.symptoms ?? [], sample: finding.sample ?? true, temperature: finding.temperature ? String(finding.temperature) : "" });
  }
  const node = drawDoor(door, entry.key);
  one("held").prepend(node);
  node.open = true;
}

async function reload(team) {
  try {
    await load(team);
    if (!foreign && list) list.loaded = Date.now();
    queue.signIn = false;
    await queue.keep("list", list);
    for (const { body, state } of await queue.entries()) if (state === "waiting") remember(body);
    // Whoever is writing at an open door is not disturbed by a list that came meanwhile.
    if (!document.querySelector(".walk-door[open] .walk-more:not([hidden])")) showDoors();
  } catch (problem) {
    queue.signIn = problem instanceof SignInNeeded;
    if (!list) say(words.notHere);
  }
  showSync();
}

async function begin() {
  try { await queue.open(); } catch { say(words.broken); return; }
  device = await phone.deviceOf(queue);
  list = (await queue.kept("list")) ?? null;
  for (const [door, persons] of (await queue.kept("drafts")) ?? []) drafts.set(door, new Map(persons));
  queue.addEventListener("answers", ({ detail }) => {
    const late = detail.find(({ corrected }) => corrected);
    if (late) say(fill(words.corrected, { time: new Date(late.corrected).toLocaleString("vi", { timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit" }) }));
  });
  one("teams").addEventListener("change", () => reload(Number(one("teams").value)).then(() => view("doors")));
  one("reload").addEventListener("click", () => (navigator.onLine ? reload(list?.team ?? 0) : say(words.notHere)));
  phone.listen(queue, { show: showSync, turn: view });
  if (list) showDoors();
  await showSync();
  const wanted = Number(new URL(location.href).searchParams.get("to")) || list?.team || 0;
  if (navigator.onLine) await reload(wanted);
  if (!list?.team) view("phone");
  await queue.flush();
  document.body.dataset.ready = "yes";
}
await begin();
