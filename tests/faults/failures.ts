/** What can go wrong, each with the moment it begins and, where that is possible, the one it ends. */
import type { ServerResponse } from 'node:http';
import type { Trick } from '../page/host';
import { barred, noMemory, refusing, without } from './prelude';
import type { Visit } from './visit';

export interface Failure {
  /** From the first moment on, in the page and its workers: a script. */
  readonly lacks?: string;
  start?(visit: Visit): Promise<void> | void;
  /** It can end; after that everything must come back. */
  end?(visit: Visit): Promise<void> | void;
  /** What it keeps from coming, for the choice of features that have to do with it. */
  readonly asset?: RegExp;
}

// ----------------------------------------------------------------------------------------------------------- the network

/** Files of the page, by what they are for. */
const assets: Readonly<Record<string, RegExp>> = {
  'the page itself': /^index\.html$/,
  'the first script': /^assets\/page-.*\.js$/,
  'every later script': /^assets\/(?!page-|worker-|reader-worker|filer-worker).*\.js$/,
  'the script of the networks': /^assets\/worker-.*\.js$/,
  'the script that reads films': /^assets\/reader-worker-.*\.js$/,
  'the script that packs runs': /^assets\/filer-worker-.*\.js$/,
  'the script of tfjs': /^assets\/tfjs-.*\.js$/,
  'start.js': /^start\.js$/,
  'the styles': /\.css$/,
  'the faces': /\.woff2$/,
  'the web manifest': /\.webmanifest$/,
  'the service worker': /^sw\.js$/,
  'the weights': /^models\/mini\/model\.safetensors$/,
  'the manifest': /^models\/mini\/manifest\.json$/,
  'the config': /^models\/mini\/config\.json$/,
  'the weights of the decoder': /^models\/decoder\/model\.safetensors$/,
  'the manifest of the decoder': /^models\/decoder\/manifest\.json$/,
  'WebAssembly’s file': /\.wasm$/,
  'the list of recordings': /^recordings\/index\.json$/,
  'a recording': /^recordings\/one\.snow$/,
  everything: /^/,
};

const half = (file: Buffer): Buffer => file.subarray(0, file.length >> 1);

function send(response: ServerResponse, name: string, body: Buffer, status = 200): true {
  const type = { html: 'text/html', js: 'text/javascript', css: 'text/css', json: 'application/json', wasm: 'application/wasm' }[name.split('.').at(-1)!]; // prettier-ignore
  response.writeHead(status, { 'Content-Type': type ?? 'application/octet-stream', 'Content-Length': body.length });
  response.end(body);
  return true;
}

/** What becomes of a file on its way. */
const ways: Readonly<Record<string, Trick>> = {
  reset: (_, request) => (request.socket.destroy(), true),
  'broken off halfway': (_, __, response, file) => {
    response.writeHead(200, { 'Content-Length': file().length });
    response.write(half(file()), () => setTimeout(() => response.destroy(), 20));
    return true;
  },
  'not there': (_, __, response) => (response.writeHead(404).end(), true),
  refused: (_, __, response) => (response.writeHead(503, { 'Retry-After': '1' }).end('busy'), true),
  'a page of the network’s own': (_, __, response) =>
    send(response, 'login.html', Buffer.from('<!doctype html><title>Log in</title><h1>Log in to this network</h1>')),
  'cut off': (name, _, response, file) => send(response, name, half(file())),
  'another byte in it': (name, _, response, file) => {
    const body = Buffer.from(file());
    body[body.length >> 1] ^= 1;
    return send(response, name, body);
  },
  empty: (name, _, response) => send(response, name, Buffer.alloc(0)),
  slow: (name, request, response, file) => {
    const from = Number(/\d+/.exec(request.headers.range ?? '0')![0]);
    const body = file().subarray(from);
    setTimeout(() => send(response, name, body, 200), from ? 0 : 2500); // a host that knows no ranges sends all of it
    return from === 0;
  },
};

/** What cannot fail in a way that anybody would see, or is no page at all any more. */
const senseless: readonly (readonly [asset: string, way: RegExp])[] = [
  ['the page itself', /reset|halfway|not there|refused|network’s own|cut off|another byte|empty/], // then nothing of ours is there to speak
  ['everything', /halfway|network’s own|cut off|another byte|empty/], // the page itself among it
  ['everything', /not there|refused/],
];

function onTheWay(): [string, Failure][] {
  const all: [string, Failure][] = [];
  for (const [what, asset] of Object.entries(assets))
    for (const [how, way] of Object.entries(ways)) {
      if (senseless.some(([name, pattern]) => name === what && pattern.test(how))) continue;
      const trick: Trick = (name, ...rest) => asset.test(name) && way(name, ...rest);
      all.push([
        `${what}: ${how}`,
        {
          asset,
          start: ({ host }) => void (host.trick = trick),
          end: ({ host }) => void (host.trick = () => false),
        },
      ]);
    }
  return all;
}

// ----------------------------------------------------------------------------------------------- what a browser may lack

/** Each by its path from the global scope, missing and barred. */
const parts = [
  'navigator.serviceWorker',
  'caches',
  'indexedDB',
  'localStorage',
  'sessionStorage',
  'Worker',
  'WebAssembly',
  'crypto.subtle',
  'navigator.clipboard',
  'navigator.gpu',
  'navigator.storage',
  'navigator.languages',
  'DecompressionStream',
  'CompressionStream',
  'OffscreenCanvas',
  'ImageData',
  'ResizeObserver',
  'IntersectionObserver',
  'matchMedia',
  'requestIdleCallback',
  'structuredClone',
  'trustedTypes',
  'DeviceMotionEvent',
  'Element.prototype.animate',
  'Element.prototype.requestFullscreen',
  'Element.prototype.setPointerCapture',
  'Element.prototype.scrollIntoView',
  'CSSStyleSheet.prototype.replaceSync',
  'Blob.prototype.stream',
  'AbortSignal.prototype.throwIfAborted',
  'URL.createObjectURL',
] as const;

/** What can be barred: Playwright itself asks for requestIdleCallback in every page. */
const barrable: readonly string[] = parts.filter((part) => part !== 'requestIdleCallback');

/** Several at once, as in private windows, sandboxes and old browsers; and by twos, each part with one further down the list. */
const together: Readonly<Record<string, string>> = {
  'nothing may be kept': ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'navigator.serviceWorker', 'navigator.storage'].map(barred).join(''), // prettier-ignore
  'as by plain http': ['navigator.serviceWorker', 'caches', 'crypto.subtle', 'navigator.clipboard', 'navigator.gpu', 'navigator.storage', 'DeviceMotionEvent'].map(without).join(''), // prettier-ignore
  'no workers, no canvas for them, no streams': ['Worker', 'OffscreenCanvas', 'CompressionStream', 'DecompressionStream'].map(without).join(''), // prettier-ignore
  'no WebAssembly and no WebGPU': ['WebAssembly', 'navigator.gpu'].map(without).join(''),
  ...Object.fromEntries(parts.map((part, i) => {
    const other = barrable[(i + 7) % barrable.length];
    return [`without ${part}, and ${other} barred`, without(part) + barred(other)];
  })),
}; // prettier-ignore

const refusals: Readonly<Record<string, string>> = {
  'localStorage is full': refusing('Storage.prototype.setItem', 'QuotaExceededError', false),
  'Cache Storage is full': refusing('Cache.prototype.put'),
  'Cache Storage opens nothing': refusing('CacheStorage.prototype.open', 'SecurityError'),
  'IndexedDB opens nothing': refusing('IDBFactory.prototype.open', 'SecurityError', false),
  'the clipboard refuses': refusing('Clipboard.prototype.writeText', 'NotAllowedError'),
  'the address refuses to change': refusing('History.prototype.replaceState', 'SecurityError', false),
  'the whole screen is refused': refusing('Element.prototype.requestFullscreen', 'NotAllowedError'),
  'the service worker is refused': refusing('ServiceWorkerContainer.prototype.register', 'SecurityError'),
  'no canvas can be drawn on': `HTMLCanvasElement.prototype.getContext = () => null;`.replace(/^/, 'if (self.HTMLCanvasElement) '), // prettier-ignore
  'workers start nothing': `if (self.Worker) self.Worker = function () { throw new DOMException('Refused.', 'SecurityError'); };`,
  'WebAssembly is not allowed': `if (self.WebAssembly) for (const name of ['compile', 'instantiate', 'instantiateStreaming']) WebAssembly[name] = () => Promise.reject(new WebAssembly.CompileError('Refused.'));`, // prettier-ignore
  'no memory for the networks': `if (!self.document) {${noMemory}}`,
};

function inTheBrowser(): [string, Failure][] {
  const lacks = parts.flatMap((path): [string, Failure][] => [
    [`without ${path}`, { lacks: without(path) }],
    ...(barrable.includes(path) ? [[`${path} barred`, { lacks: barred(path) }] satisfies [string, Failure]] : []),
  ]);
  return [
    ...lacks,
    ...Object.entries({ ...together, ...refusals }).map(([name, lacks]): [string, Failure] => [name, { lacks }]),
  ];
}

// ------------------------------------------------------------------------------------------------------- and at any moment

/** To workers of this kind that are there; with `always` to every one that comes after them, too. */
const dies = (kind: string, how: 'crashes' | 'is killed', always = false): Failure => ({
  start: ({ page }) =>
    page.evaluate(
      ({ kind, how, always }) => {
        const { fault } = window as unknown as {
          fault: { dies: string; workers: { kind: string; worker: Worker }[] };
        };
        if (always) fault.dies = kind;
        const last = fault.workers.findLast((each) => each.kind.endsWith(kind))?.worker;
        if (how === 'is killed') last?.terminate();
        else last?.dispatchEvent(new ErrorEvent('error', { message: 'out of order' }));
      },
      { kind, how, always },
    ),
  end: ({ page }) => page.evaluate(() => void Object.assign((window as { fault?: object }).fault ?? {}, { dies: '' })),
});

const set = (change: Record<string, unknown>, back: Record<string, unknown>): Failure => ({
  start: ({ page }) => page.evaluate((change) => void Object.assign((window as { fault?: object }).fault!, change), change), // prettier-ignore
  end: ({ page }) => page.evaluate((back) => void Object.assign((window as { fault?: object }).fault ?? {}, back), back), // prettier-ignore
});

const day = 86_400_000; // milliseconds

const moments: readonly [string, Failure][] = [
  ['the worker of the network crashes', dies('model', 'crashes')],
  ['every worker of the network crashes', dies('model', 'crashes', true)],
  ['the worker of the network is killed', dies('model', 'is killed')],
  ['the worker of the decoder crashes', dies('decoder', 'crashes')],
  ['every worker of the decoder crashes', dies('decoder', 'crashes', true)],
  ['the worker that reads crashes', dies('reader', 'crashes')],
  ['every worker that packs crashes', dies('filer', 'crashes', true)],
  ['the page gets no memory', set({ memory: true }, { memory: false })],
  ['the clock jumps a day ahead', set({ jump: day }, { jump: 0 })],
  ['the clock jumps a day back', set({ jump: -day }, { jump: 0 })],
  ['timers are slow, as in a hidden tab', set({ slow: true }, { slow: false })],
  ['the disk is full', { start: (visit) => visit.giveRoom(20_000), end: (visit) => visit.giveRoom() }],
  [
    'another link is put into the address',
    {
      start: ({ page }) => page.evaluate(() => void (location.hash = '#prompt=a+red+zebra&steps=1e99&seed=&&&=%E0%A4%A&vs=*&lab=kitchen')), // prettier-ignore
      end: () => {},
    },
  ],
  [
    'somebody clicks everything fast',
    {
      async start({ page }) {
        await page.evaluate(() => {
          const { studio } = document.querySelector('snow-globe')!;
          for (let i = 0; i < 10; i++) {
            void studio.runs.shake();
            studio.runs.stop();
            studio.view.go((['story', 'inside', 'lab', 'watch'] as const)[i % 4]);
          }
        });
      },
      end: () => {},
    },
  ],
];

export const failures: Readonly<Record<string, Failure>> = Object.fromEntries([
  ...onTheWay(),
  ...inTheBrowser(),
  ...moments,
]);
