// Signing out of a phone that holds a session: the number of doses that would be lost is named before anything is wiped.
const { OfflineQueue } = await import(document.body.dataset.queue);
const one = (id) => document.getElementById(id);
const queue = await new OfflineQueue({ name: "phaodai-doses", send: async () => [] }).open();
const held = (await queue.entries()).length, button = one("leave").querySelector("button");
const told = (text) => text.replace("{count}", held);

one("clean").hidden = held > 0;
one("warning").hidden = !held;
if (held) {
  one("warning").textContent = told(one("warning").dataset.words);
  button.lastElementChild.textContent = told(button.dataset.words);
}
one("leave").addEventListener("submit", async (event) => {
  event.preventDefault();
  button.disabled = true;
  await queue.wipe();
  for (const name of await caches.keys()) if (name.startsWith("doses-")) await caches.delete(name);
  for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) {
    if (new URL(worker.scope).pathname.startsWith("/tiem-chung/")) await worker.unregister();
  }
  if (document.body.dataset.onward) location.href = document.body.dataset.onward;
  else one("leave").submit();
});
