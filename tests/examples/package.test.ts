/**
 * The package as others meet it: packed, installed into an empty project, checked by TypeScript and built by Vite; and the
 * examples in a browser, on pages that are not ours. The model is the tiny one of the golden files.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { browserFlags, findBrowser, howToInstall } from '../../scripts/browser.mjs';
import type { SnowGlobe } from '../../src/page/snow-globe/snow-globe';

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.wasm': 'application/wasm' }; // prettier-ignore

vi.setConfig({ testTimeout: 300_000 });

const root = mkdtempSync(join(tmpdir(), 'snowglobe-package-'));
const project = join(root, 'project');
let server: Server;
let browser: Browser;
let page: Page;
let host: string;
const missing: string[] = [];

beforeAll(async () => {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error(howToInstall);
  await build({ logLevel: 'silent', build: { outDir: join(root, 'dist'), emptyOutDir: true } });
  execFileSync(process.execPath, ['scripts/lib.mjs', '--out', join(root, 'dist/lib')], { stdio: 'ignore' });
  for (const name of ['mini', 'decoder']) {
    const folder = join(root, 'dist/lib/snowglobe-files/models', name);
    for (const file of ['config.json', 'manifest.json', 'model.safetensors']) rmSync(join(folder, file)); // the report stays
    cpSync(`tests/golden/${name === 'mini' ? 'model' : name}-tiny`, folder, { recursive: true });
  }
  cpSync('examples', join(root, 'examples'), { recursive: true });
  await install();
  server = createServer((request, response) => {
    const name = decodeURI(new URL(request.url ?? '', 'http://localhost').pathname);
    try {
      const body = readFileSync(join(root, name));
      response.writeHead(200, { 'Content-Type': types[extname(name)] ?? 'application/octet-stream' }).end(body);
    } catch {
      if (!name.endsWith('favicon.ico')) missing.push(name);
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await chromium.launch({ executablePath, args: browserFlags });
}, 600_000);

afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
  rmSync(root, { recursive: true, force: true });
});

afterEach(async () => {
  await page?.context().close();
  expect(missing.splice(0)).toEqual([]);
});

/** An empty project with both packages, one page, and one script that uses every entry. */
async function install(): Promise<void> {
  mkdirSync(join(project, 'public'), { recursive: true });
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'empty', private: true, type: 'module' }));
  const npm = (...args: string[]) => execFileSync('npm', args, { cwd: project, encoding: 'utf8', shell: process.platform === 'win32' }); // prettier-ignore
  const packed = ['snowglobe', 'snowglobe-files'].map((name) => npm('pack', '--silent', join(root, 'dist/lib', name)).trim()); // prettier-ignore
  npm('install', '--offline', '--no-audit', '--no-fund', ...packed.map((name) => `./${name}`));
  cpSync(join(project, 'node_modules/snowglobe-files'), join(project, 'public/snowglobe-files'), { recursive: true });
  writeFileSync(join(project, 'index.html'), '<!doctype html><script type="module" src="./main.ts"></script>');
  writeFileSync(
    join(project, 'main.ts'),
    `import 'snowglobe';
import { defaults, times } from 'snowglobe/sampling';
import { readClip } from 'snowglobe/reading';
import { draws, render, sampleScene } from 'snowglobe/world';

const globe = document.createElement('snow-globe');
globe.controls = 'film';
globe.addEventListener('run-end', ({ detail }) => {
  document.title = detail.phase + ' ' + detail.seed;
});
document.body.append(globe);
const shape = { frames: 16, height: 32, width: 32 };
const { objects } = readClip(render(sampleScene(draws(3)), shape), shape);
document.body.dataset.seen = String(objects.length);
document.body.dataset.steps = String(times({ ...defaults, steps: 4 }).length);
`,
  );
  const options = { strict: true, module: 'esnext', moduleResolution: 'bundler', target: 'es2023', lib: ['es2023', 'dom'], types: [], noEmit: true }; // prettier-ignore
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['main.ts'] }));
  await build({ root: project, configFile: false, base: './', logLevel: 'silent', build: { target: 'esnext' } });
}

async function open(path: string): Promise<void> {
  const context = await browser.newContext({ locale: 'en-GB' });
  page = await context.newPage();
  page.on('pageerror', (error) => missing.push(String(error)));
  await page.goto(host + path);
}

const globes = <Answer>(ask: (globes: SnowGlobe[]) => Answer) =>
  page.evaluate(
    `(${ask.toString()})([...document.querySelectorAll('snow-globe')])`,
  ) as Promise<Awaited<Answer>>; // prettier-ignore
/** Names of the workers; one that ends at this moment has none. */
const workers = () => Promise.all(page.workers().map((worker) => worker.evaluate(() => self.name).catch(() => '')));
const until = (ask: () => Promise<unknown>) => expect.poll(ask, { timeout: 120_000 });

it('its types are whole, without another package', () => {
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', project], { stdio: 'pipe' });
});

it('the pure rooms run in Node as they are', () => {
  const script = "import { run } from 'snowglobe/sampling'; import { vocabulary } from 'snowglobe/world'; console.log(typeof run, vocabulary.length > 50)"; // prettier-ignore
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: project,
    encoding: 'utf8',
  });
  expect(said.trim()).toBe('function true');
});

it('installed and built by Vite it makes a film, with files that were copied beside the page', async () => {
  await open('/project/dist/index.html');
  await until(() => globes(([globe]) => globe.studio.state.run.value?.phase)).toBe('done'); // a recorded one
  await globes(([globe]) => globe.shake());
  await until(() => globes(([globe]) => globe.studio.state.run.value?.source)).toBe('live');
  await until(() => page.title()).toMatch(/^done \d+$/);
  expect(await page.evaluate(() => ({ ...document.body.dataset }))).toMatchObject({ steps: '5', seen: /^[12]$/ });
});

it('two on a foreign page share one network, and change nothing outside themselves', async () => {
  await open('/examples/element.html#a-place-of-the-page');
  const outside = () => ({
    lang: document.documentElement.lang,
    hash: location.hash,
    title: document.title,
    head: document.head.children.length,
    root: document.documentElement.getAttribute('style'),
    kept: localStorage.length + sessionStorage.length,
  });
  const before = await page.evaluate(outside);
  await until(() => globes((all) => all.map(({ studio }) => studio?.state.prompt.value))).toEqual(Array(2).fill('a big blue star')); // prettier-ignore
  expect(page.workers().filter((worker) => /\/worker-/.test(worker.url()))).toEqual([]); // nothing is asked for yet
  await page.locator('#shake').click();
  await until(() => page.locator('#said').textContent()).toMatch(/(first|second): done.*(first|second): done/);
  const networks = async () => (await workers()).filter((name) => /model|decoder/.test(name)).sort();
  await until(networks).toEqual(['snowglobe decoder', 'snowglobe model']);
  const films = await globes((all) => all.map(({ studio }) => [...studio.state.run.value!.steps.at(-1)!.guess.slice(0, 50)].join())); // prettier-ignore
  expect(films[0]).not.toBe(films[1]);
  expect(await page.evaluate(outside)).toEqual(before);
  expect(await page.evaluate(async () => [(await caches.keys()).length, (await indexedDB.databases()).length, (await navigator.serviceWorker.getRegistrations()).length])).toEqual([0, 0, 0]); // prettier-ignore
  await page.evaluate(() => document.body.focus());
  const seeds = () => globes((all) => all.map(({ studio }) => studio.state.settings.value.seed));
  const shaken = await seeds();
  await page.keyboard.press('s'); // the page's own key
  expect(await seeds()).toEqual(shaken);
});

it('moved in the page it stays what it is, and goes with the last of them', async () => {
  await open('/examples/element.html');
  await until(() => globes((all) => all[1].studio?.state.prompt.value)).toBe('a big blue star');
  await page.locator('#shake').click();
  await until(() => globes((all) => all.map(({ studio }) => studio.state.run.value?.phase))).toEqual(['done', 'done']);
  const same = await globes(([globe]) => {
    const { studio } = globe;
    document.body.prepend(globe);
    return globe.studio === studio;
  });
  expect(same).toBe(true);
  // Taken away for a while, it comes back with its film.
  const back = await globes(async ([globe]) => {
    const guess = globe.studio.state.run.value!.steps.at(-1)!.guess;
    globe.remove();
    await new Promise((done) => setTimeout(done, 50));
    document.body.append(globe);
    await globe.updateComplete;
    return globe.studio.state.run.value?.steps.at(-1)?.guess === guess;
  });
  expect(back).toBe(true);
  const model = async () => (await workers()).includes('snowglobe model');
  expect(await model()).toBe(true);
  await globes((all) => all.forEach((globe) => globe.remove()));
  await until(model).toBe(false);
});

it('attributes that change are followed, and events say what happens', async () => {
  await open('/examples/element.html');
  await until(() => globes((all) => all[1].studio?.state.prompt.value)).toBe('a big blue star');
  const heard = await globes(async ([globe]) => {
    const events: string[] = [];
    for (const name of ['ready', 'step', 'run-end'] as const)
      globe.addEventListener(name, (event) => void events.push(`${name} ${(event as CustomEvent).detail.index ?? ''}`.trim())); // prettier-ignore
    const end = new Promise((done) => globe.addEventListener('run-end', done));
    globe.autoplay = true;
    globe.setAttribute('prompt', 'a small red ball');
    globe.setAttribute('seed', '5');
    globe.setAttribute('lang', 'de');
    await end;
    globe.goTo(2, 1);
    const { row, frame, run } = globe.studio.state;
    return { events, row: row.value, frame: frame.value, seed: run.value!.settings.seed, link: globe.currentLink };
  });
  expect(heard).toMatchObject({ row: 2, frame: 1, seed: 5 });
  expect(heard.link).toMatch(/prompt=a\+small\+red\+ball&.*seed=5/);
  expect(heard.events).toEqual(['ready', 'step 0', 'step 1', 'step 2', 'step 3', 'run-end']);
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
});

it('the frame of the example shows its film', async () => {
  await open('/examples/iframe.html');
  const frame = page.frameLocator('iframe');
  await frame.getByText('heart growing').first().waitFor({ timeout: 60_000 });
});

it('the lesson of the example opens at its chapter', async () => {
  await open('/examples/lesson.html');
  await page.getByRole('link', { name: 'chapter four' }).click();
  await page.locator('story-view').waitFor({ timeout: 60_000 });
  expect(readdirSync(join(root, 'dist')).includes('index.html')).toBe(true);
});
