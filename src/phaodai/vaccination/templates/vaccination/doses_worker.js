// Holds the frame of a vaccinating table and its files, so that it opens without a network. Everything else goes to the network.
"use strict";
const PREFIX = "doses-", NAME = PREFIX + "{{ version }}", FRAME = "{{ frame }}", FILES = {{ files|safe }};

self.addEventListener("install", (event) => event.waitUntil((async () => {
  const cache = await caches.open(NAME);
  // A redirect would be the sign-in page: it is never kept in place of a file.
  await Promise.all([FRAME, ...FILES].map(async (address) => {
    const answer = await fetch(address, { redirect: "error", credentials: "same-origin" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    await cache.put(address, answer);
  }));
  await self.skipWaiting();
})()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event, { pathname, origin } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  const frame = request.mode === "navigate" && pathname === FRAME;
  if (frame || FILES.includes(pathname)) event.respondWith(caches.open(NAME).then((cache) => cache.match(pathname)).then((kept) => kept ?? fetch(request)));
});
