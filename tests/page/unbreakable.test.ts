/** What the built page does when things break: in a real browser, with real workers, files and a host that can vanish. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { packageOf } from '../../scripts/licences.mjs';
import { stampServiceWorker } from '../../scripts/offline.mjs';
import type { SnowGlobe } from '../../src/page/snow-globe/snow-globe';
import { hosted } from './host';

const site = hosted();
let context: BrowserContext;
let requests: string[]; // of the page, its workers and its service worker
let serviceWorkers: 'allow' | 'block' = 'block'; // one keeps a whole version at each first visit, for whoever needs it
let complaints: string[]; // of the content security policy, and errors that nobody caught

beforeEach(async () => {
  [requests, complaints] = [[], []];
  context = await site.browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', serviceWorkers });
  context.on('request', (request) => requests.push(request.url()));
  // Every worker that the page starts can be got at, as `workers`.
  await context.addInitScript(() => {
    const list: Worker[] = [];
    const Real = Worker;
    Object.assign(window, {
      workers: list,
      Worker: class extends Real {
        constructor(...given: ConstructorParameters<typeof Real>) {
          super(...given);
          if (given[1]?.name === 'snowglobe model') list.push(this);
        }
      },
    });
  });
});

afterEach(async () => {
  await context.close();
  site.host.trick = () => false;
  expect(complaints).toEqual([]);
  expect(requests.filter((url) => !/^(http:\/\/(127\.0\.0\.1|school\.test):\d+\/|data:|blob:)/.test(url))).toEqual([]);
});

async function open(hash = '', address = site.host.address): Promise<Page> {
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (/content security policy|trusted/i.test(message.text())) complaints.push(message.text());
  });
  await page.goto(address + hash);
  return page;
}

const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: 40_000 });

type Told = Window & { workers: Worker[] };

/** Shakes; and to the engine's worker happens `what`, each time a run has got so many steps. */
const shake = (page: Page, what: 'nothing' | 'terminate' | 'crash', at: readonly number[] = []) =>
  page.evaluate(
    ({ what, at }) => {
      const { studio } = document.querySelector<SnowGlobe>('snow-globe')!;
      const counts = [...at];
      studio.state.run.subscribe((run) => {
        if (run?.source !== 'live' || counts.length === 0 || run.steps.length < counts[0]) return;
        counts.shift();
        const worker = (window as unknown as Told).workers.at(-1)!;
        if (what === 'terminate') worker.terminate();
        else queueMicrotask(() => worker.dispatchEvent(new ErrorEvent('error')));
      });
      studio.controls.setPrompt('a green box');
      studio.controls.set({ seed: 11, steps: 12 });
      void studio.runs.again();
    },
    { what, at },
  );

/** What is on the stage, in a form that two pages can be compared by. */
const result = (page: Page) =>
  page.evaluate(() => {
    const run = document.querySelector<SnowGlobe>('snow-globe')!.studio.state.run.value!;
    const last = run.steps.at(-1)!;
    return { phase: run.phase, rows: run.steps.map(({ index }) => index), end: [...last.guess.slice(0, 50)] };
  });

const patient = { timeout: 60_000 }; // a busy machine keeps a whole version slowly

describe('in the middle of a run', () => {
  it('a worker that is killed without a word is replaced, and the run comes to the same end', async () => {
    const whole = await open();
    await says(whole, /Runs on your/);
    await shake(whole, 'nothing');
    await says(whole, 'Live run: done');

    const page = await open();
    await says(page, /Runs on your/);
    await shake(page, 'terminate', [3]);
    await says(page, 'Something broke and was mended.');
    await page.locator('page-notes summary').click();
    await says(page, /said nothing for \d+ seconds/);
    await says(page, 'Live run: done');
    expect(await page.evaluate(() => (window as unknown as Told).workers.length)).toBe(2);
    expect(await result(page)).toEqual(await result(whole));
  }, 180_000); // two runs and a silence, which a busy machine draws out

  it('a worker that crashes again and again: two more, then the next slower backend, and it says why', async () => {
    const page = await open();
    await says(page, /Runs on your/);
    await shake(page, 'crash', [3, 6, 9]);
    await says(page, 'Live run: done');
    await says(page, 'Runs on your processor (JavaScript), slowly');
    await says(page, 'because a faster way broke off here');
    await page.locator('engine-status summary').click();
    await says(page, /because WebAssembly broke 3 times: the worker that runs the model stopped/);
    expect((await result(page)).rows.length).toBe(12);
  });

  it('a worker that is killed while the weights come is missed soon, replaced, and it is said', async () => {
    let held = true;
    site.host.trick = (name, _, response, file) => {
      const wait = () => (held ? setTimeout(wait, 50) : response.end(file()));
      return name.endsWith('mini/model.safetensors') && (wait(), true);
    };
    const page = await open();
    await says(page, 'Fetching the network');
    await page.evaluate(() => (window as unknown as Told).workers[0].terminate());
    await expect
      .poll(() => page.evaluate(() => (window as unknown as Told).workers.length), { timeout: 60_000 })
      .toBe(2);
    held = false;
    await says(page, 'Something broke and was mended.');
    await says(page, /Runs on your/);
  });

  it('clicking fast, to another prompt and back, ends with what was asked last', async () => {
    const page = await open();
    await says(page, /Runs on your/);
    await page.evaluate(async () => {
      const { studio } = document.querySelector<SnowGlobe>('snow-globe')!;
      for (const prompt of ['a red ball', 'a blue star', 'a red ball', 'a blue star', 'a red ball']) {
        studio.controls.setPrompt(prompt);
        void studio.runs.again();
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
    });
    await says(page, 'Live run: done');
    const { rows } = await result(page);
    expect(rows).toEqual(rows.map((_, index) => index));
    expect(await page.locator('run-status q').textContent()).toBe('a red ball');
  });

  it('two tabs do not disturb each other', async () => {
    const long = '#prompt=a+green+box&seed=11&steps=12';
    const pages = await Promise.all([open(long), open(long)]);
    await Promise.all(pages.map((page) => says(page, 'Live run: done')));
    expect(await result(pages[0])).toEqual(await result(pages[1]));
  });
});

describe('without a network', () => {
  beforeAll(() => void (serviceWorkers = 'allow'));
  /** A first visit, to its end: everything is kept. */
  async function visit(): Promise<Page> {
    const page = await open();
    await says(page, 'Kept on this device: next time it opens without a network, too.');
    return page;
  }

  it('the page opens after the first visit and runs, both networks, WebAssembly and recordings included', async () => {
    const page = await visit();
    const session = await context.newCDPSession(page);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']); // as every page is in a test
    await page.close();
    await site.host.stop();
    try {
      const again = await open('?lang=en');
      await says(again, 'Recorded run: done');
      await expect.poll(() => again.locator('clip-view canvas.film').getAttribute('width'), patient).toBe('128');
      await says(again, 'Runs on your processor (WebAssembly)');
      await again.getByRole('button', { name: 'Lab', exact: true }).click();
      await again.getByRole('textbox', { name: 'Steps' }).fill('3');
      await again.getByRole('button', { name: 'Shake' }).click();
      await says(again, 'Live run: done');
    } finally {
      await site.host.start();
    }
  });

  /** What the list of recordings says, a file that both versions have under the same name. */
  const listed = (page: Page) =>
    page.evaluate(() => document.querySelector<SnowGlobe>('snow-globe')!.studio.state.recordings.value[0].prompt);

  // In a whole run the last load hung for a minute once (2026-11-26), and never since, nor beside twelve busy loops: LONG=1 asks for it.
  it.skipIf(!process.env.LONG).each([
    ['with nothing behind its address', ''],
    ['with a state behind the # of its address', '#prompt=a+red+ball&steps=3&step=2'],
  ])(
    'a new version comes whole, at the next visit but one, and an incomplete one never: a page %s',
    async (_, state) => {
      await (await visit()).close();
      const old = site.host.folder;
      site.host.folder = mkdtempSync(join(tmpdir(), 'snowglobe-host-'));
      cpSync(old, site.host.folder, { recursive: true });
      const write = (name: string, change: (text: string) => string) =>
        writeFileSync(join(site.host.folder, name), change(readFileSync(join(old, name), 'utf8')));
      try {
        write('index.html', (text) => text.replace('<title>Snowglobe', '<title>Newer'));
        write('recordings/index.json', (text) => text.replace('A small red ball', 'A small red star'));
        stampServiceWorker(site.host.folder);
        site.host.trick = (name, _, response) => name === 'icon.svg' && (response.end('not of this version'), true);

        const page = await open(state);
        await expect.poll(() => requests.filter((url) => url.endsWith('icon.svg')).length, patient).toBeGreaterThan(1);
        await page.reload();
        await says(page, /(Recorded|Live) run: done/);
        expect(await page.title()).toBe('Snowglobe');
        expect(await listed(page)).toMatch(/ball/);

        site.host.trick = () => false;
        await page.reload(); // looks for a new version, finds it whole, and lets it wait
        const waits = () =>
          page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting));
        await expect.poll(waits, patient).toBe(true);
        expect(await page.title()).toBe('Snowglobe');
        const other = await open(); // while another page of the old version is open, it stays with that
        await says(other, 'Recorded run: done');
        expect(await other.title()).toBe('Snowglobe');
        await other.close();
        await page.reload();
        await expect.poll(() => page.title(), patient).toBe('Newer');
        await says(page, /(Recorded|Live) run: done/);
        expect(await listed(page)).toMatch(/star/);
        expect(page.url()).toMatch(state ? /#.*steps=3/ : /\/$/); // and what it shows is what it showed
        expect((await page.evaluate(() => caches.keys())).length).toBe(2); // this version, and the weights
      } finally {
        site.host.remove();
        site.host.folder = old;
      }
    },
    180_000, // six loads of a page, each whole
  );

  it('a full disk is said, and nothing else breaks', async () => {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const origin = new URL(site.host.address).origin;
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 20_000 });
    await page.goto(`${site.host.address}#prompt=a+red+ball&steps=3`);
    await says(page, 'Live run: done');
    await says(page, 'There is no room left on this device to keep the network.');
  });

  it('by plain http from another machine nothing can be kept; it says so and runs', async () => {
    const page = await open('#prompt=a+red+ball&steps=3', site.host.address.replace('127.0.0.1', 'school.test'));
    await says(page, 'Live run: done');
    await says(page, 'Browsers keep files only for pages that come by https or from this machine.');
  });

  it('a download that breaks off halfway goes on by itself', async () => {
    let breaks = 0;
    site.host.trick = (name, request, response, file) => {
      if (!name.endsWith('mini/model.safetensors') || breaks++ > 1) return false;
      const from = Number(/\d+/.exec(request.headers.range ?? '0')![0]);
      response.writeHead(from ? 206 : 200, {
        'Content-Length': file().length - from,
        'Content-Range': `bytes ${from}-${file().length - 1}/${file().length}`,
      });
      response.write(file().subarray(from, from + 50_000));
      setTimeout(() => response.destroy(), 100);
      return true;
    };
    const page = await open('#prompt=a+red+ball&steps=3');
    await says(page, 'Live run: done');
    expect(breaks).toBe(3);
  });
});

it('the list of foreign work names every package that is in the build, with its licence', () => {
  const built = readdirSync(site.host.folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.map'),
  );
  expect(built.length).toBeGreaterThan(4);
  const sources = built.flatMap(
    (name) => (JSON.parse(readFileSync(join(site.host.folder, name), 'utf8')) as { sources: string[] }).sources,
  );
  const packages = sources.flatMap((source) => packageOf(join('/', source)) ?? []);
  expect(packages.length).toBeGreaterThan(100);
  const text = readFileSync(join(site.host.folder, 'THIRD-PARTY.txt'), 'utf8');
  for (const folder of new Set(packages)) {
    const [name] = /(@[^/]+\/)?[^/]+$/.exec(folder)!;
    const { version } = JSON.parse(readFileSync(join('node_modules', name, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(text).toContain(`\n${name} ${version}\n`);
    expect(text.split(`\n${name} ${version}\n`)[2]).toMatch(
      /^[^=]*(Permission|Redistribution|Apache License|Mozilla Public License)/,
    );
  }
});

it('package.json names exact versions only', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
    string,
    Record<string, string>
  >;
  for (const version of Object.values({ ...dependencies, ...devDependencies }))
    expect(version).toMatch(/^(npm:typescript@)?\d+\.\d+\.\d+$/);
});
