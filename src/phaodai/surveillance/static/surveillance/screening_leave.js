// Signing out of a phone that holds doors: the number that would be lost is named before anything is wiped.
const { OfflineQueue } = await import(document.body.dataset.queue);
const one = (id) => document.getElementById(id);
const queue = await new OfflineQueue({ name: "phaodai-doors", send: async () => [] }).open();
const held = (await queue.entries()).length, button = one("leave").querySelector("button");
const told = (text) => text.replace("{count}", held);

one("clean").hidden = held > 0;
one("warning").hidden = one("send-first").hidden = !held;
if (held) {
  one("warning").textContent = told(one("warning").dataset.words);
  button.lastElementChild.textContent = told(button.dataset.words);
}
one("leave").addEventListener("submit", async (event) => {
  event.preventDefault();
  button.disabled = true;
  await queue.wipe();
  for (const name of await caches.keys()) if (name.startsWith("doors-")) await caches.delete(name);
  for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) {
    if (new URL(worker.scope).pathname.endsWith("/tung-nha/")) await worker.unregister();
  }
  one("leave").submit();
});
