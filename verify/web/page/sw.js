// Keeps the page for when there is no network. One cache a version; a newer page takes over at once, and
// a page that shows no result yet loads itself anew.
//
// An address with a certificate number is answered from the cache, so that after the first visit not
// even the number reaches the server. Lists are asked for anew where there is a network.

const VERSION = "@VERSION@";
const FILES = "@FILES@".split(" ");
const PAGES = `certverify-${VERSION}`;
const LISTS = "certverify-lists";
const ROOT = new URL("./", self.location).pathname;

self.addEventListener("install", (event) => {
  const anew = FILES.map((name) => new Request(name, { cache: "reload" }));
  event.waitUntil(caches.open(PAGES).then((cache) => cache.addAll(anew)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const isOld = (name) => name.startsWith("certverify-") && ![PAGES, LISTS].includes(name);
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || !url.pathname.startsWith(ROOT)) return;
  const name = url.pathname.slice(ROOT.length);
  if (request.mode === "navigate") event.respondWith(kept("index.html", request));
  else if (name.startsWith("lists/")) event.respondWith(newest(request));
  else if (FILES.includes(name)) event.respondWith(kept(name, request));
});

async function kept(name, request) {
  const cache = await caches.open(PAGES);
  return (await cache.match(name)) ?? fetch(request);
}

async function newest(request) {
  const cache = await caches.open(LISTS);
  try {
    const answer = await fetch(request, { cache: "no-cache" });
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
  } catch (error) {
    const old = await cache.match(request);
    if (old) return old;
    throw error;
  }
}
