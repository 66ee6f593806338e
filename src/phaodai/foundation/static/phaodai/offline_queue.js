// Records that survive: kept in the phone until the server has said of each what became of it. No framework, no page of its own.
// Used like this (docs/surveillance-screening.md): new OfflineQueue({ name, send }), await open(), add(body), flush(), "change" events.
//   send(entries) gets [{ key, body, … }] and answers [{ key, outcome: "accepted" | "had" | "refused", words?, renew? }];
//   it throws SignInNeeded when the session has ended, anything else when there is no way to the server.

export class SignInNeeded extends Error {}
export class StorageFailed extends Error {}

const WAITING = "waiting", REFUSED = "refused";
const DAY = 86_400_000;

function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const settled = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(new StorageFailed(String(request.error)));
});

export class OfflineQueue extends EventTarget {
  #database = null;
  #running = null;
  #timer = 0;
  #tries = 0;

  constructor({ name, send, batch = 50, pause = 2000, patience = 45 }) {
    super();
    Object.assign(this, { name, send, batch, pause, patience });
    this.sending = 0;
    this.signIn = false;
    this.reachable = navigator.onLine;
  }

  async open() {
    const request = indexedDB.open(this.name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("entries", { keyPath: "key" });
      request.result.createObjectStore("shelf");
    };
    this.#database = await settled(request);
    // Another tab that wipes the phone must not wait for this one.
    this.#database.onversionchange = () => this.#database.close();
    await navigator.storage?.persist?.();
    return this;
  }

  // One change of the store; resolves only when it is on the disk, not when it was asked for.
  #write(store, deed) {
    return new Promise((resolve, reject) => {
      const failed = (reason) => reject(new StorageFailed(String(reason ?? "")));
      try {
        const change = this.#database.transaction(store, "readwrite", { durability: "strict" });
        change.oncomplete = () => resolve();
        change.onabort = change.onerror = () => failed(change.error);
        deed(change.objectStore(store));
      } catch (problem) { failed(problem); }
    });
  }
  #read(store, deed) { return settled(deed(this.#database.transaction(store).objectStore(store))); }
  #tell() { this.dispatchEvent(new Event("change")); }

  async entries() {
    const all = await this.#read("entries", (store) => store.getAll());
    return all.sort((one, other) => one.since - other.since);
  }
  async counts() {
    const all = await this.entries();
    const waiting = all.filter((entry) => entry.state === WAITING);
    const oldest = waiting.length ? waiting[0].since : 0;
    return { waiting: waiting.length, refused: all.length - waiting.length, old: oldest > 0 && Date.now() - oldest > 3 * DAY };
  }

  async add(body) {
    const entry = { key: newKey(), body, state: WAITING, since: Date.now(), tries: 0 };
    await this.#write("entries", (store) => store.put(entry));
    this.#tell();
    return entry.key;
  }
  // A refused record with what was mended in it goes out again under its own key, or a new one where the key was the trouble.
  async mend(key, body) {
    const old = await this.#read("entries", (store) => store.get(key));
    const renewed = old?.state !== REFUSED || old.renew ? newKey() : key;
    await this.#write("entries", (store) => {
      if (old?.state === REFUSED) store.delete(key);
      store.put({ key: renewed, body, state: WAITING, since: old?.since ?? Date.now(), tries: old?.tries ?? 0 });
    });
    this.#tell();
    return renewed;
  }
  async drop(key) { await this.#write("entries", (store) => store.delete(key)); this.#tell(); }

  keep(name, value) { return this.#write("shelf", (store) => store.put(value, name)); }
  kept(name) { return this.#read("shelf", (store) => store.get(name)); }

  // Sends what waits, a batch at a time; called again while it runs, it is the same run. Never throws.
  flush() {
    clearTimeout(this.#timer);
    this.#running ??= this.#run().finally(() => { this.#running = null; this.sending = 0; this.#tell(); });
    return this.#running;
  }
  async #run() {
    for (;;) {
      const held = (await this.entries()).filter((entry) => entry.state === WAITING), waiting = held.slice(0, this.batch);
      if (!waiting.length) return;
      this.sending = waiting.length;
      this.#tell();
      try {
        const answers = await this.send(waiting);
        this.signIn = false;
        this.reachable = true;
        this.#tries = 0;
        if (!(await this.#settle(waiting, answers))) throw new Error("no answer to any record");
      } catch (problem) {
        this.signIn = problem instanceof SignInNeeded;
        this.reachable = false;
        this.#again();
        return;
      }
      // Fifty phones that come back together take turns instead of pressing all at once.
      if (held.length > waiting.length) await new Promise((resume) => setTimeout(resume, this.pause * (0.5 + Math.random())));
    }
  }
  #again() {
    const seconds = Math.min(this.patience, 2 ** this.#tries++) * (0.5 + Math.random() / 2);
    this.#timer = setTimeout(() => this.flush(), 1000 * seconds);
  }
  // What was accepted leaves; what was refused stays with its reason; what got no answer waits on.
  async #settle(sent, answers) {
    const asked = new Set(sent.map((entry) => entry.key)), by = new Map(answers.map((answer) => [answer.key, answer]));
    await this.#write("entries", (store) => {
      for (const entry of sent) {
        const answer = by.get(entry.key);
        if (!answer) continue;
        if (answer.outcome === "refused") store.put({ ...entry, state: REFUSED, words: answer.words, renew: answer.renew, tries: entry.tries + 1 });
        else store.delete(entry.key);
      }
    });
    await this.keep("synced", Date.now());
    this.dispatchEvent(new CustomEvent("answers", { detail: answers }));
    return answers.some((answer) => asked.has(answer.key));
  }

  async wipe() {
    clearTimeout(this.#timer);
    this.#database?.close();
    await settled(indexedDB.deleteDatabase(this.name));
  }
}
