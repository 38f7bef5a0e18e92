// The offline copy of Sourcier: one release, whole or not at all.
//
// Installing fetches every file of the release past the HTTP cache, checks each hash, and stores them
// in a cache of its own; one wrong file and nothing is installed. A page is served from one such cache
// only, so it can never mix two releases. A new release waits until no page of the old one is open,
// or until the page asks for it with the message "activate", when all work is saved.
"use strict";

const RELEASE = { version: "", files: {} }; // Written by `cargo xtask dist`: path -> SHA-256.

// Other sites, or another copy of Sourcier in another folder, may share the origin and its caches.
const SCOPE = self.registration.scope;
const CACHE_PREFIX = `sourcier ${SCOPE} `;
const CACHE_NAME = CACHE_PREFIX + RELEASE.version;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(deleteOldCaches()));
self.addEventListener("message", (event) => {
  if (event.data === "activate") self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const path = releasePath(event.request);
  if (path !== undefined) event.respondWith(serve(path, event.request));
});

async function install() {
  const responses = await Promise.all(Object.entries(RELEASE.files).map(fetchChecked));
  const cache = await caches.open(CACHE_NAME);
  try {
    await Promise.all(responses.map(([path, response]) => cache.put(urlOf(path), response)));
  } catch (error) {
    await caches.delete(CACHE_NAME);
    throw error;
  }
}

async function fetchChecked([path, sha256]) {
  const response = await fetch(urlOf(path), { cache: "reload" });
  if (!response.ok) throw new Error(`${path}: status ${response.status}`);
  const bytes = await response.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found !== sha256) throw new Error(`${path}: not the file of release ${RELEASE.version}`);
  // A fresh response: the fetched one may have been redirected, or speak of a compression now undone.
  const headers = { "Content-Type": response.headers.get("Content-Type") ?? "" };
  return [path, new Response(bytes, { headers })];
}

async function deleteOldCaches() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(CACHE_PREFIX) && name !== CACHE_NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
}

// The path of a file of this release, or undefined for anything that is none of our business.
function releasePath(request) {
  const url = new URL(request.url);
  url.search = "";
  url.hash = "";
  if (request.method !== "GET" || !url.href.startsWith(SCOPE)) return undefined;
  const path = url.href.slice(SCOPE.length) || "index.html";
  return Object.hasOwn(RELEASE.files, path) ? path : undefined;
}

async function serve(path, request) {
  const cache = await caches.open(CACHE_NAME);
  // Missing only if the browser threw the cache away. The network cannot mix releases then either:
  // the program's files have their hash in their names.
  return (await cache.match(urlOf(path))) ?? fetch(request);
}

function urlOf(path) {
  return new URL(path, SCOPE).href;
}
