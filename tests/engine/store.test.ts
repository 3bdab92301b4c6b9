/** Weights kept for the next visit, in a Cache Storage that the test plays and spoils. */
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openStore, type Store } from '../../src/engine/store';
import { readModel, type ReadFile } from '../../src/engine/weights';
import { sha256 } from '../../src/engine/sha256';

const pieceBytes = 4096;
const address = 'https://school.example/snow/models/nano/';
const config = new Uint8Array(await readFile('tests/golden/model-tiny/config.json'));
/** Two and a half pieces of weights, in two versions. */
const [old, now] = [3, 7].map((step) => Uint8Array.from({ length: 2.5 * pieceBytes }, (_, i) => (i * step) >> 3));

let kept: Map<string, Uint8Array>;
let room: number; // bytes that the browser grants
let asked: { name: string; from: number; fresh: boolean }[];

beforeEach(() => {
  [kept, room, asked] = [new Map(), Infinity, []];
  vi.stubGlobal('caches', {
    open: async () => ({
      match: async (url: string) => kept.has(url) && new Response(kept.get(url)!.slice()),
      put: async (url: string, response: Response) => {
        const data = new Uint8Array(await response.arrayBuffer());
        if ([...kept.values()].reduce((sum, { length }) => sum + length, data.length) > room)
          throw new DOMException('full', 'QuotaExceededError');
        kept.set(url, data);
      },
      keys: async () => [...kept.keys()].map((url) => ({ url })),
      delete: async ({ url }: { url: string }) => kept.delete(url),
    }),
  });
});

afterEach(() => void vi.unstubAllGlobals());

/** A server of these weights. It breaks off after so many of their bytes, or is not there at all. */
function server(weights: Uint8Array, end = Infinity, change = (data: Uint8Array) => data): ReadFile {
  const files: Record<string, Uint8Array> = { 'config.json': config, 'model.safetensors': weights };
  const entries = Object.entries(files).map(([name, data]) => ({ name, bytes: data.length, sha256: sha256(data) }));
  return async function* (name, { from, fresh }) {
    if (name === 'manifest.json') return yield new TextEncoder().encode(JSON.stringify({ files: entries }));
    asked.push({ name, from, fresh });
    const data = change(files[name]);
    for (; from < Math.min(data.length, name === 'config.json' ? Infinity : end); from += 1000)
      yield data.subarray(from, Math.min(from + 1000, end));
    if (name !== 'config.json' && end < data.length) throw new Error('offline');
  };
}

const open = (): Promise<Store> => openStore(address, pieceBytes);
const weightsAsked = () => asked.filter(({ name }) => name === 'model.safetensors');

async function load(read: ReadFile): Promise<Store> {
  const store = await open();
  const { weights } = await readModel(read, { store, pauses: [] });
  expect([sha256(old), sha256(now)]).toContain(sha256(weights));
  return store;
}

it('a second visit downloads nothing but the manifest', async () => {
  const { problem } = await load(server(now));
  expect(problem).toBeUndefined();
  asked = [];
  await load(server(now));
  expect(asked).toEqual([]);
});

it('a visit that was cut short helps the next one', async () => {
  await expect(load(server(now, 1.7 * pieceBytes))).rejects.toThrow('offline');
  asked = [];
  await load(server(now));
  expect(weightsAsked()).toEqual([{ name: 'model.safetensors', from: pieceBytes, fresh: false }]); // whole pieces only
});

it.each<[string, (data: Uint8Array) => Uint8Array]>([
  ['one bit altered', (data) => data.map((byte, i) => (i === 9 ? byte ^ 1 : byte))],
  ['truncated', (data) => data.subarray(0, 99)],
  ['filled with zeros', (data) => data.slice().fill(0)],
  ['a web page instead', () => new TextEncoder().encode('<!doctype html>')],
])('what is kept is checked at every visit, and fetched again where it is spoilt: %s', async (_, change) => {
  await load(server(now));
  for (const [url, data] of kept) if (url.includes(`from=${pieceBytes}`)) kept.set(url, change(data));
  asked = [];
  await load(server(now));
  expect(weightsAsked().length).toBe(1);
  asked = [];
  await load(server(now));
  expect(asked).toEqual([]); // and then kept as it should be
});

it('nothing spoilt is kept', async () => {
  const spoilt = server(now, Infinity, (data) => data.map((byte, i) => (i === 9 ? byte ^ 1 : byte)));
  await expect(load(spoilt)).rejects.toThrow(/is damaged/);
  expect([...kept.keys()].filter((url) => url.includes('safetensors'))).toEqual([]);
});

it('a new version takes the place of the old one', async () => {
  await load(server(old));
  await load(server(now));
  expect([...kept.keys()].filter((url) => url.includes('safetensors')).length).toBe(3);
  expect([...kept.keys()].every((url) => url.includes(sha256(now)) || url.includes('config'))).toBe(true);
});

it('two tabs that download at once do not disturb each other, whichever version each has', async () => {
  await Promise.all([load(server(old)), load(server(now)), load(server(now))]);
  await load(server(now));
});

it('a full disk spoils nothing but the keeping, and says so', async () => {
  room = 1.2 * pieceBytes;
  const { problem } = await load(server(now));
  expect(problem).toBe('There is no room left on this device to keep the network.');
});

it('without a Cache Storage, or with one that is barred, the page works and says what is missing', async () => {
  vi.stubGlobal('caches', { open: () => Promise.reject(new DOMException('no', 'SecurityError')) });
  expect((await load(server(now))).problem).toMatch(/private window/);
  vi.stubGlobal('caches', undefined);
  expect((await load(server(now))).problem).toMatch(/https/);
});
