// Signing out of a phone that holds records: the number that would be lost is named before anything is wiped.
// The page says what is its own: the name of its queue, how the names of its caches begin, where its worker serves.
const { queue: source, store, shelf, scope, onward } = document.body.dataset;
const { OfflineQueue } = await import(source);
const one = (id) => document.getElementById(id);
const queue = await new OfflineQueue({ name: store, send: async () => [] }).open();
const held = (await queue.entries()).length, button = one("leave").querySelector("button");
const told = (text) => text.replace("{count}", held);

one("clean").hidden = held > 0;
for (const node of [one("warning"), one("send-first")]) if (node) node.hidden = !held;
if (held) {
  one("warning").textContent = told(one("warning").dataset.words);
  button.lastElementChild.textContent = told(button.dataset.words);
}
one("leave").addEventListener("submit", async (event) => {
  event.preventDefault();
  button.disabled = true;
  await queue.wipe();
  for (const name of await caches.keys()) if (name.startsWith(shelf)) await caches.delete(name);
  for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) {
    if (new URL(worker.scope).pathname.startsWith(scope)) await worker.unregister();
  }
  if (onward) location.href = onward;
  else one("leave").submit();
});
