/**
 * The built page as a web host serves it, under a path of its own and under its own content security policy: real
 * engine, real recording format, real browser. The model is the tiny one of the golden files: small, and never trained.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { browserFlags, findBrowser, flagsWithoutGpu, howToInstall } from '../../scripts/browser.mjs';
import { de } from '../../src/i18n/de';
import { en } from '../../src/i18n/en';
import { encode } from '../../src/recording/file';
import { record } from '../../src/recording/recording';
import { blobs, settings } from '../recording/made';
import { builtPage } from './page-build';

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};
const recordedPrompt = 'A small red ball bouncing at night.';
let folder: string;

/** What the server does with the transformer's weights: gives them, holds them back, spoils one byte, or has none. */
let weights: 'good' | 'held' | 'spoiled' | 'missing' = 'good';
let decoder: 'good' | 'missing' = 'good';
/** The page asks for no backend, and a program that plays a graphics processor is not taken unless it is asked for. */
let onWebGPU = false;
let gone: RegExp | undefined; // files that the server does not have just now
const askForWebGPU = () => {
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (this: Worker, message: { type?: string }) {
    postMessage.call(this, message.type === 'load' ? { ...message, backend: 'webgpu' } : message);
  };
};
/** One layout shift, as browsers measure it: https://web.dev/articles/cls */
interface Shift {
  readonly at: number; // milliseconds
  readonly value: number;
  readonly from: readonly string[]; // left, top, width, height of what moved, before and after
}
const noteShifts = () => {
  const shifts: Shift[] = ((window as unknown as { shifts: Shift[] }).shifts = []);
  const box = ({ x, y, width, height }: DOMRectReadOnly) => [x, y, width, height].map(Math.round).join();
  interface Entry extends PerformanceEntry {
    value: number;
    hadRecentInput: boolean;
    sources: { previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
  }
  new PerformanceObserver((list) => {
    for (const { startTime, value, hadRecentInput, sources } of list.getEntries() as Entry[])
      if (!hadRecentInput)
        shifts.push({
          at: startTime,
          value,
          from: sources.map((each) => `${box(each.previousRect)} > ${box(each.currentRect)}`),
        });
  }).observe({ type: 'layout-shift', buffered: true });
};
/** Shifts in a row, at most a second apart and five seconds in all, count together; the worst of such windows counts. */
function worstWindow(shifts: readonly Shift[]): number {
  let [worst, sum, first, last] = [0, 0, -Infinity, -Infinity];
  for (const { at, value } of shifts) {
    if (at - last > 1000 || at - first > 5000) [sum, first] = [0, at];
    sum += value;
    last = at;
    worst = Math.max(worst, sum);
  }
  return worst;
}
let given: string[] = []; // names of the files that the server gave
let server: Server;
let browser: Browser;
let page: Page;
let address: string;
let strangers: string[] = []; // requests to anywhere else
let violations: string[] = [];

beforeAll(async () => {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error(howToInstall);
  folder = await builtPage(inject('shared'));
  const shape = { frames: 16, height: 32, width: 32 };
  const recording = Buffer.from(
    await encode(await record(blobs(shape), settings, { model: 'made up', prompt: recordedPrompt })),
  );
  const index = JSON.stringify([{ file: 'one.snow', prompt: recordedPrompt }]);

  const read = (name: string): Buffer | string => {
    if (gone?.test(name)) throw new Error('gone');
    if (name === 'recordings/index.json') return index;
    if (name === 'recordings/one.snow') return recording;
    if (name.startsWith('models/mini/')) {
      const file = readFileSync(join('tests/golden/model-tiny', name.slice('models/mini/'.length)));
      if (weights === 'missing') throw new Error('missing');
      if (weights === 'spoiled' && name.endsWith('.safetensors')) file[file.length - 9] ^= 1;
      return file;
    }
    if (name.startsWith('models/decoder/')) {
      if (decoder === 'missing') throw new Error('missing');
      return readFileSync(join('tests/golden/decoder-tiny', name.slice('models/decoder/'.length)));
    }
    return readFileSync(join(folder, name || 'index.html'));
  };
  server = createServer((request, response) => {
    const name = new URL(request.url ?? '', 'http://localhost').pathname.replace('/some/where/', '');
    const answer = () => {
      try {
        const body = read(name);
        given.push(name);
        response.writeHead(200, { 'Content-Type': types[extname(name || 'index.html')] ?? 'application/octet-stream' });
        response.end(body);
      } catch {
        response.writeHead(404).end();
      }
    };
    const wait = () => (weights === 'held' && /mini.*\.safetensors$/.test(name) ? setTimeout(wait, 50) : answer());
    wait();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/some/where/`;
  browser = await chromium.launch({ executablePath, args: flagsWithoutGpu });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

afterEach(async () => {
  await page?.context().close();
  expect(strangers).toEqual([]);
  expect(violations).toEqual([]);
});

async function open(hash = '', options: BrowserContextOptions = {}): Promise<void> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  await context.addInitScript(noteShifts);
  if (onWebGPU) await context.addInitScript(askForWebGPU);
  page = await context.newPage();
  given = [];
  strangers = [];
  violations = [];
  page.on('request', (request) => {
    if (!/^(http:\/\/127\.0\.0\.1|data:|blob:)/.test(request.url())) strangers.push(request.url());
  });
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) violations.push(message.text());
  });
  page.on('pageerror', (error) => violations.push(String(error)));
  await page.goto(address + hash);
}

const says = (text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: 40_000 });

describe('the built page', () => {
  it('has the student, where the model names one; it is no part of the first download', () => {
    const { student } = JSON.parse(readFileSync('models/mini/manifest.json', 'utf8')) as { student?: string };
    const built = join(folder, 'models/mini');
    expect(readdirSync(built).filter((name) => name === student)).toEqual(student ? [student] : []);
    if (student) expect(readdirSync(join(built, student))).toEqual(readdirSync(join('models/mini', student)));
  });

  it('has the earlier copy that autoguidance asks for, and those that the view Inside shows; none is part of the first download', () => {
    const { weak } = JSON.parse(readFileSync('models/mini/manifest.json', 'utf8')) as { weak: string };
    const copy = join('models/mini', weak);
    for (const name of ['manifest.json', 'config.json', 'model.safetensors'])
      expect(readFileSync(join(folder, copy, name)).equals(readFileSync(join(copy, name)))).toBe(true);
    expect(readdirSync(join(folder, 'models')).sort()).toEqual(['decoder', 'mini', 'nano']);
    expect(readdirSync(join(folder, copy)).sort()).toEqual([
      'card.md',
      'checkpoints',
      'config.json',
      'manifest.json',
      'model.safetensors',
    ]);
    const { checkpoints } = JSON.parse(readFileSync(join(folder, copy, 'manifest.json'), 'utf8')) as {
      checkpoints: { folder: string }[];
    };
    for (const { folder: each } of checkpoints)
      expect(readdirSync(join(folder, copy, each))).toContain('model.safetensors');
    const kept = readFileSync(join(folder, 'sw.js'), 'utf8'); // so that it is found offline, once its weights have come
    expect(kept).toContain(`${copy}/manifest.json=`);
    for (const others of ['.safetensors=', 'checkpoints/', '.look=']) expect(kept).not.toContain(others);
  });

  it('no chunk imports the own script of a worker, which WebKit would evaluate once more', () => {
    const scripts = readdirSync(join(folder, 'assets')).filter((name) => name.endsWith('.js'));
    const text = (name: string) => readFileSync(join(folder, 'assets', name), 'utf8');
    const workers = scripts.flatMap((name) => [...text(name).matchAll(/new URL\(.([\w-]*worker-[\w-]+\.js)/g)].map(([, worker]) => worker)); // prettier-ignore
    expect(new Set(workers).size).toBeGreaterThanOrEqual(5); // networks, files, runs, pictures, reader
    const imported = scripts.flatMap((name) => [...text(name).matchAll(/from ?.\.\/([\w-]+\.js)/g)].map(([, chunk]) => chunk)); // prettier-ignore
    expect(imported.length).toBeGreaterThan(20);
    expect(workers.filter((worker) => imported.includes(worker))).toEqual([]);
  });

  it('is at most 200 kB before its model where WebGPU computes, gzipped, its two faces (40 kB) and recorded runs aside', async () => {
    [weights, onWebGPU] = ['held', true];
    const withoutGpu = browser;
    browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags });
    try {
      await open('', { serviceWorkers: 'block' }); // which would fetch the rest, too, once the page is there
      await says('Recorded run: done');
      await says('Fetching the network');
      // Who computes, who decodes, and who reads clips.
      await expect.poll(() => page.workers().length, { timeout: 40_000 }).toBe(3);
      await expect.poll(() => given.some((name) => name.endsWith('config.json')), { timeout: 40_000 }).toBe(true);
      await expect.poll(() => given.some((name) => name.includes('/decoder-graph-')), { timeout: 40_000 }).toBe(true);
      expect(new Set(page.workers().map((worker) => worker.url())).size).toBe(2); // both networks share one script
    } finally {
      await browser.close();
      [weights, onWebGPU, browser] = ['good', false, withoutGpu];
    }
    const all = [...new Set(given)];
    const bytesOf = (names: string[]) =>
      names.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name || 'index.html'))).length, 0);
    const faces = all.filter((name) => name.endsWith('.woff2'));
    expect(faces.length).toBe(2);
    expect(bytesOf(faces)).toBeLessThanOrEqual(40_000);
    const code = all.filter((name) => !/^(models|recordings)\/|\.woff2$/.test(name));
    for (const name of ['page', 'reader-worker', 'steady', 'decoder-client'])
      expect(code.filter((each) => each.startsWith(`assets/${name}-`) && each.endsWith('.js')).length).toBe(1);
    expect(code.filter((name) => /^assets\/(de|lab|lab-view)-/.test(name))).toEqual([]); // another language, another view
    console.info(`first load on WebGPU: ${bytesOf(code)} bytes gzipped, and ${bytesOf(faces)} of faces`);
    expect(bytesOf(code), code.join()).toBeLessThanOrEqual(200_000);
  });

  it('is never seen in English first where it is read in German, and still speaks where the German does not come', async () => {
    const german = async () => {
      await open('', { locale: 'de-AT', serviceWorkers: 'block' });
      await page.locator('snow-globe h1').waitFor();
      return await page.locator('snow-globe .tagline').textContent();
    };
    expect(await german()).toBe(de.tagline);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
    expect(given.filter((name) => /^assets\/de-/.test(name)).length).toBe(1);
    await page.context().close();
    gone = /^assets\/de-/;
    try {
      expect(await german()).toBe(en.tagline);
      expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
    } finally {
      gone = undefined;
    }
  });

  it.each([
    ['a laptop', { viewport: { width: 1280, height: 800 } }, ''],
    ['a phone', { viewport: { width: 390, height: 844 } }, ''],
    ['a laptop in German', { viewport: { width: 1280, height: 800 }, locale: 'de-AT' }, ''],
    ['a projector, in the story', { viewport: { width: 1920, height: 1080 } }, '#view=story'],
  ])('moves nothing while it comes, on %s: layout shift of at most 0.02', async (_, options, hash) => {
    await open(hash, { ...options, serviceWorkers: 'block' });
    await page.locator('engine-status [data-backend]').waitFor({ timeout: 40_000 });
    await page.locator('seen-line button').waitFor({ timeout: 40_000 });
    const shifts = await page.evaluate(() => (window as unknown as { shifts: Shift[] }).shifts);
    expect(worstWindow(shifts), JSON.stringify(shifts.filter(({ value }) => value > 0.002))).toBeLessThanOrEqual(0.02);
  });

  it('plays a recorded run before the model is there, then runs it live', async () => {
    weights = 'held';
    await open();
    await says('Recorded run: done');
    await says('Fetching the network');
    weights = 'good';
    await says(/Runs on your/);
    await page
      .locator('engine-status')
      .getByText(/WebGPU on|because/)
      .first()
      .waitFor(); // where, and why there
    // The recorded run is made up, so what is seen in it does not matter; that a worker has read it does.
    await page.locator('what-we-see .verdict').first().waitFor({ timeout: 40_000 });
    expect(page.workers().some((worker) => worker.url().includes('reader'))).toBe(true);
    expect(await page.locator('what-we-see .fault').count()).toBe(0);
    await page.getByRole('combobox', { name: 'What should appear?' }).fill('a big blue star');
    await page.getByRole('button', { name: 'Lab', exact: true }).click();
    await page.getByRole('textbox', { name: 'Steps' }).fill('5');
    await page.getByRole('button', { name: 'Shake' }).click();
    await says('Live run: done');
    expect(await page.locator('run-status q').textContent()).toBe('a big blue star');
    await expect.poll(() => page.url()).toMatch(/#length=\d+&prompt=a\+big\+blue\+star&/);
  });

  it('draws the recorded run sharp before the transformer is there, and a live one after', async () => {
    weights = 'held';
    await open();
    const canvas = page.locator('clip-view canvas.film');
    await expect.poll(() => canvas.getAttribute('width'), { timeout: 40_000 }).toBe('128');
    await says('Fetching the network');
    expect(page.workers().filter((worker) => worker.url().includes('/assets/worker-')).length).toBe(2);
    await page.getByRole('button', { name: 'Decoder' }).click();
    await expect.poll(() => canvas.getAttribute('width')).toBe('32');
    await page.getByRole('button', { name: 'Decoder' }).click();
    weights = 'good';
    await says(/Runs on your/);
    await page.getByRole('button', { name: 'Lab', exact: true }).click();
    await page.getByRole('textbox', { name: 'Steps' }).fill('3');
    await page.getByRole('button', { name: 'Shake' }).click();
    await says('Live run: done');
    await expect.poll(() => canvas.getAttribute('width'), { timeout: 40_000 }).toBe('96'); // four times 24
  });

  it('without a decoder shows what the transformer made, and says so in one sentence', async () => {
    decoder = 'missing';
    await open();
    await says('Recorded run: done');
    await says('The decoder is not running, so you see the pixels of the transformer.');
    await says(/Runs on your/);
    expect(await page.locator('clip-view canvas.film').getAttribute('width')).toBe('32');
    expect((await page.getByRole('alert').textContent())!.trim()).toBe('');
    decoder = 'good';
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect
      .poll(() => page.locator('clip-view canvas.film').getAttribute('width'), { timeout: 40_000 })
      .toBe('128');
  });

  it('opens a link on its prompt, seed, step and frame', async () => {
    weights = 'good';
    await open('#prompt=a+green+box&seed=11&steps=4&sampler=heun&show=guess&step=2&frame=3');
    await says('Live run: done');
    await says('Step 2 of 4, frame 4 of 6, 50 % noise left');
    await says('Seed 11.');
    expect(await page.locator('run-status q').textContent()).toBe('a green box');
    const paper = (await page.pdf({ format: 'A4' })).toString('latin1');
    expect(paper.match(/\/Type \/Page\b/g)?.length).toBe(1);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('snow-globe .paper').innerText()).toMatch(
      /some\/where\/#length=\d+&prompt=a\+green\+box&seed=11&/,
    );
  });

  it('names a spoiled file, keeps the recording, and loads once the file is good again', async () => {
    weights = 'spoiled';
    await open();
    const alert = page.getByRole('alert').filter({ hasText: 'model.safetensors' });
    await alert.waitFor({ timeout: 40_000 });
    await says('Recorded run: done');
    weights = 'good';
    await alert.getByRole('button', { name: 'Try again' }).click();
    await says(/Runs on your/);
    expect(await page.getByRole('alert').textContent()).not.toContain('model.safetensors');
  });

  it('says so where the model is missing', async () => {
    weights = 'missing';
    await open();
    await page.getByRole('alert').filter({ hasText: '404' }).waitFor({ timeout: 40_000 });
    await says('Recorded run: done');
  });
});
