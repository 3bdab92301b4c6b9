/**
 * What somebody waits for: the built page, served by this machine, in a browser that was never there before. No network lies
 * in between, so these times are the page's own; what a line adds follows from the bytes.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { build, preview } from 'vite';
import { findBrowser, howToInstall, visitorFlags } from '../scripts/browser.mjs';
import { spreadOf, type Spread } from './spread';

export interface Opening {
  readonly where: string;
  readonly backend: string; // on which the model ran
  readonly openings: number;
  /** Milliseconds from the start of navigation until a canvas is painted, and until it is painted with something else. */
  readonly picture: Spread;
  readonly moving: Spread;
  /** Until the first step of the visitor's own clip is there, and the last; the link asks for it, nobody has to click. */
  readonly ownStep: Spread;
  readonly ownClip: Spread;
  readonly ownSteps: number;
  /** Live: from another seed until the new film is whole and its shown frame is drawn large. */
  readonly live: Spread;
  /**
   * Bytes that came over the line, text and WebAssembly gzipped: the page, until its recorded run moves; what came after, to
   * compute and to read clips; recorded runs; the model.
   */
  readonly bytes: {
    readonly page: number;
    readonly engine: number;
    readonly recordings: number;
    readonly weights: number;
  };
}

const patience = 10 * 60_000;
/** How often Live is given another seed. */
const changes = 10;
const gzipped = ['.html', '.js', '.css', '.svg', '.json', '.webmanifest', '.wasm', '']; // what web hosts commonly compress

/** When what was seen, in milliseconds of performance.now(). */
interface Seen {
  picture?: number;
  moving?: number;
  ownStep?: number;
  ownClip?: number;
}

export async function measureOpening(root: string, openings = 5): Promise<Opening> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error(howToInstall);
  const { chromium } = await import('playwright-core');
  const outDir = mkdtempSync(join(tmpdir(), 'snowglobe-bench-'));
  try {
    await build({ root, logLevel: 'silent', build: { outDir, emptyOutDir: true } });
    const server = await preview({
      root,
      logLevel: 'error',
      build: { outDir },
      preview: { port: 0, host: '127.0.0.1' },
    });
    const browser = await chromium.launch({ executablePath, args: visitorFlags });
    try {
      const address = server.resolvedUrls!.local[0];
      const plain: Seen[] = [];
      let bytes: Opening['bytes'] | undefined;
      let backend = '';
      for (let i = 0; i < openings; i++) {
        const visit = await open(browser, address);
        plain.push(await visit.until('moving'));
        if (!bytes) {
          const early = visit.files();
          backend = await visit.backend();
          bytes = await visit.bytes(early);
        }
        await visit.close();
      }
      const own: Seen[] = [];
      const live: number[] = [];
      let ownSteps = 0;
      for (let i = 0; i < Math.min(3, openings); i++) {
        const visit = await open(browser, `${address}#prompt=a+small+red+ball+bouncing+at+night&seed=7`);
        own.push(await visit.until('ownClip'));
        ownSteps = await visit.steps();
        if (i === 0) live.push(...(await visit.live(changes)));
        await visit.close();
      }
      const spread = (seen: readonly Seen[], what: keyof Seen) => spreadOf(seen.map((times) => times[what]!));
      return {
        ...{ where: `Chromium ${browser.version()}`, backend, openings, bytes: bytes!, ownSteps },
        ...{ picture: spread(plain, 'picture'), moving: spread(plain, 'moving') },
        ...{ ownStep: spread(own, 'ownStep'), ownClip: spread(own, 'ownClip'), live: spreadOf(live) },
      };
    } finally {
      await browser.close();
      await server.close();
    }
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

async function open(browser: Browser, address: string) {
  const context = await browser.newContext({ serviceWorkers: 'block' }); // nothing cached, and nobody keeps a whole version meanwhile
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  const files: Promise<{ path: string; size: number }>[] = [];
  const known = new Set<string>();
  page.on('response', (response) => {
    const path = new URL(response.url()).pathname;
    if (!response.url().startsWith('http') || known.has(path)) return; // two workers share what they fetch
    known.add(path);
    const size = response
      .body()
      .then((body) => (gzipped.includes(extname(path)) ? gzipSync(body).length : body.length));
    files.push(size.then((size) => ({ path, size }), () => ({ path, size: 0 }))); // prettier-ignore
  });
  await page.addInitScript({ content: 'globalThis.__name = (named) => named;' }); // which tsx puts around functions
  await page.addInitScript(watch);
  await page.goto(address);
  return {
    async until(what: keyof Seen): Promise<Seen> {
      await page.waitForFunction((what) => (globalThis as unknown as { seen: Seen }).seen[what], what);
      return page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
    },
    backend: async () =>
      (await page.locator('engine-status [data-backend]').getAttribute('data-backend', { timeout: patience })) ?? '',
    steps: () =>
      page.evaluate(
        () => (document.querySelector('snow-globe') as unknown as Globe).studio.state.run.value!.steps.length,
      ),
    live: (count: number) => page.evaluate(changeLive, count),
    files: () => files.length,
    async bytes(early: number): Promise<Opening['bytes']> {
      const all = await Promise.all(files);
      const sum = (belongs: (path: string, i: number) => boolean) =>
        all.filter(({ path }, i) => belongs(path, i)).reduce((sum, { size }) => sum + size, 0);
      const weights = (path: string) => path.includes('/models/');
      const recordings = (path: string) => path.includes('/recordings/');
      const code = (path: string) => !weights(path) && !recordings(path);
      return {
        page: sum((path, i) => code(path) && i < early),
        engine: sum((path, i) => code(path) && i >= early),
        ...{ recordings: sum(recordings), weights: sum(weights) },
      };
    },
    close: () => context.close(),
  };
}

interface Globe {
  readonly studio: {
    readonly state: {
      readonly run: {
        readonly value?: { readonly source: string; readonly phase: string; readonly steps: readonly unknown[] };
      };
    };
    readonly drawing: { readonly stage: { readonly value: unknown } };
    readonly controls: { goLive(on: boolean): void; set(change: { readonly seed: number }): void };
  };
}

/** Runs in the page: milliseconds that each of so many changes took. The first film of all, with which the student comes, does not count. */
async function changeLive(count: number): Promise<number[]> {
  const { studio } = document.querySelector('snow-globe') as unknown as Globe;
  const frame = () => new Promise(requestAnimationFrame);
  const changed = async (change: () => void): Promise<number> => {
    const [begun, before] = [performance.now(), studio.state.run.value];
    change();
    let picture: unknown; // the last that was drawn before the film was whole
    const isWhole = () => studio.state.run.value !== before && studio.state.run.value?.phase === 'done';
    while (!isWhole()) {
      picture = studio.drawing.stage.value;
      await frame();
    }
    while (studio.drawing.stage.value === picture || typeof studio.drawing.stage.value !== 'object') await frame();
    return performance.now() - begun;
  };
  await changed(() => studio.controls.goLive(true));
  const times: number[] = [];
  for (let seed = 1; seed <= count; seed++) times.push(await changed(() => studio.controls.set({ seed })));
  return times;
}

/** Runs in the page, before anything of it does. */
function watch(): void {
  const seen: Seen = {};
  Object.assign(globalThis, { seen });
  const context = CanvasRenderingContext2D.prototype;
  const { putImageData } = context;
  const painted = new WeakMap<HTMLCanvasElement, string>();
  context.putImageData = function (this: CanvasRenderingContext2D, ...given: Parameters<typeof putImageData>) {
    putImageData.apply(this, given);
    if (seen.moving !== undefined) return;
    let hash = 0;
    for (const value of given[0].data) hash = (31 * hash + value) | 0;
    const before = painted.get(this.canvas);
    painted.set(this.canvas, String(hash));
    seen.picture ??= performance.now();
    if (before !== undefined && before !== String(hash)) seen.moving = performance.now();
  } as typeof putImageData;
  const look = () => {
    const run = (document.querySelector('snow-globe') as unknown as Globe | null)?.studio?.state.run.value;
    if (run?.source === 'live' && run.steps.length) {
      seen.ownStep ??= performance.now();
      if (run.phase === 'done') seen.ownClip ??= performance.now();
    }
    if (seen.ownClip === undefined) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
