/**
 * The service worker: once the page has been here, it opens without a network. Built as sw.js beside index.html.
 *
 * A version is a list of files with their checksums, made by the build (scripts/offline.mjs) and part of this script. All
 * of it is fetched and checked before the version counts, and a page is served from one version to its end: two are
 * never mixed. A new one waits until no page of the old one is open, or the only one is being loaded again.
 *
 * What it is not: it has no part in the weights (src/engine/store.ts), and it asks no other site for anything.
 */
interface Extendable {
  waitUntil(work: Promise<unknown>): void;
}

interface Fetching extends Extendable {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

interface Scope {
  readonly registration: { readonly scope: string; readonly waiting: { postMessage(message: string): void } | null };
  readonly clients: { matchAll(options: { includeUncontrolled: boolean }): Promise<readonly unknown[]> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Extendable) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
  addEventListener(type: 'message', listener: (event: Extendable & { readonly data: unknown }) => void): void;
}

const worker = globalThis as unknown as Scope;
const { scope } = worker.registration;

const [, version, ...list] = 'snowglobe-files'.split('|'); // the build puts the list here
const files = new Map(list.map((entry) => entry.split('=') as [name: string, sha256: string]));
const family = `snowglobe-page ${scope} `; // other folders of this host may have pages of their own
const cacheName = family + version;
const takeOver = 'take over';

worker.addEventListener('install', (event) => event.waitUntil(keepAll()));
// Not waited for: a page that is being loaded waits until the activation is over, and deleting takes as long as the disk is busy.
worker.addEventListener('activate', () => void forgetOthers());
worker.addEventListener('message', (event) => {
  if (event.data === takeOver) event.waitUntil(worker.skipWaiting());
});
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const name = url.href.startsWith(scope) ? decodeURI(url.pathname).slice(new URL(scope).pathname.length) : undefined;
  const known = name === '' ? 'index.html' : name;
  if (request.method === 'GET' && known !== undefined && files.has(known)) event.respondWith(answer(request, known));
});

async function keepAll(): Promise<void> {
  const cache = await caches.open(cacheName);
  await Promise.all([...files.keys()].map(async (name) => (await cache.match(addressOf(name))) ?? keep(cache, name)));
}

/** Fetches a file and keeps it, if it is the one of this version; else throws, and the version does not come to be. */
async function keep(cache: Cache, name: string): Promise<Response> {
  // What the browser has already is good enough if its checksum is; if not, once more past its cache.
  for (const mode of ['no-cache', 'reload'] as const) {
    const response = await fetch(addressOf(name), { cache: mode });
    const body = await response.arrayBuffer();
    if (!response.ok || (await checksum(body)) !== files.get(name)) continue;
    const type = response.headers.get('content-type') ?? 'application/octet-stream';
    const kept = new Response(body, { headers: { 'Content-Type': type } });
    await cache.put(addressOf(name), kept.clone());
    return kept;
  }
  throw new TypeError(`${name} on the server is not of this version.`);
}

async function answer(request: Request, name: string): Promise<Response> {
  if (request.mode === 'navigate' && (await madeWay(request)))
    return new Response(loadAgain(tries > 1 ? 1000 : 0), { headers: { 'Content-Type': 'text/html' } });
  const cache = await caches.open(cacheName);
  // A browser short of room may have thrown a file away: it is fetched again, and still has to be the right one.
  return (await cache.match(addressOf(name))) ?? (await keep(cache, name).catch(() => Response.error()));
}

/**
 * A page that loads itself again. By a script: a Refresh header goes to the same address, and where that has a # in it, a
 * browser takes this for a place on the page that is there already, which is empty, and stays.
 */
const loadAgain = (milliseconds: number): string =>
  `<!doctype html><title>Snowglobe</title><script>setTimeout(() => location.reload(), ${milliseconds})</script>`;

let tries = 0;

/**
 * Lets a newer version take over where nobody would see two: no page is open but the one that is being loaded, which gets
 * an empty answer that loads itself again. The new worker cannot begin before that answer is out, so the next request may
 * still come here; whatever keeps it waiting, after some tries the page shall open.
 */
async function madeWay({ isReloadNavigation, cache }: Request & { isReloadNavigation?: boolean }): Promise<boolean> {
  const { waiting } = worker.registration;
  if (!waiting || tries >= 5) return false;
  const { length } = await worker.clients.matchAll({ includeUncontrolled: true });
  // One page counts as none where it is the one that is being loaded again.
  const again = tries > 0 || isReloadNavigation || cache === 'no-cache' || cache === 'reload';
  if (length > (again ? 1 : 0)) return false;
  tries += 1;
  waiting.postMessage(takeOver);
  return true;
}

async function forgetOthers(): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith(family) && name !== cacheName) await caches.delete(name);
}

function addressOf(name: string): string {
  return new URL(name, scope).href;
}

async function checksum(data: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
