// Holds the frame of the doors' page and its files, so that it opens without a network. Everything else goes to the network.
"use strict";
const PREFIX = "doors-", NAME = PREFIX + "{{ version }}", FRAME = "{{ frame }}", FILES = {{ files|safe }};

async function fill() {
  const cache = await caches.open(NAME);
  // A redirect would be the sign-in page: it is never kept in place of a file.
  await Promise.all([FRAME, ...FILES].map(async (address) => {
    const answer = await fetch(address, { redirect: "error", credentials: "same-origin" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    await cache.put(address, answer);
  }));
  await self.skipWaiting();
}
async function tidy() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== NAME).map((name) => caches.delete(name)));
  await self.clients.claim();
}
async function kept(address, request) {
  const cache = await caches.open(NAME);
  return (await cache.match(address)) ?? fetch(request);
}
self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("fetch", (event) => {
  const { request } = event, { pathname, origin } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && pathname === FRAME) event.respondWith(kept(FRAME, request));
  else if (FILES.includes(pathname)) event.respondWith(kept(pathname, request));
});
