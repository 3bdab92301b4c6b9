/** The page as one file, opened from a disk without a network: the same page, with story, recordings and the network live. */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { browserFlags, findBrowser, howToInstall } from '../../scripts/browser.mjs';
import { story } from '../../src/i18n/en/story';

vi.setConfig({ testTimeout: 600_000 });
const folder = mkdtempSync(join(tmpdir(), 'snowglobe single ')); // as a folder on a stick may be called
const file = join(folder, 'snowglobe.html');
let browser: Browser;
let page: Page;
let asked: string[] = []; // of anything that is not in the file
let complaints: string[] = [];

beforeAll(async () => {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error(howToInstall);
  await build({ mode: 'single', logLevel: 'silent', build: { outDir: folder, emptyOutDir: true } });
  browser = await chromium.launch({ executablePath, args: browserFlags });
}, 300_000);

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

afterEach(async () => {
  await page?.context().close();
  expect(asked).toEqual([]);
  expect(complaints).toEqual([]);
});

async function open(hash = ''): Promise<void> {
  const context = await browser.newContext({ locale: 'en-GB', offline: true, reducedMotion: 'reduce' });
  context.setDefaultTimeout(240_000);
  page = await context.newPage();
  [asked, complaints] = [[], []];
  page.on('request', (request) => {
    if (!/^(data:|blob:)/.test(request.url()) && !request.url().startsWith(pathToFileURL(file).href)) asked.push(request.url()); // prettier-ignore
  });
  page.on('console', (message) => {
    if (/content security policy|not allowed|denied/i.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(pathToFileURL(file).href + hash);
}

const says = (text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: 240_000 });

it('is one file of at most 25 MB', () => {
  expect(readdirSync(folder)).toEqual(['snowglobe.html']);
  expect(statSync(file).size).toBeLessThanOrEqual(25e6);
});

it('plays a recorded run, and makes one of its own', async () => {
  await open();
  await says('Recorded run: done');
  await says(/Runs on your/);
  await page.getByRole('button', { name: 'Lab', exact: true }).click();
  await page.getByRole('textbox', { name: 'Steps' }).fill('3');
  await page.getByRole('button', { name: 'Shake' }).click();
  await says('Live run: done');
  await expect
    .poll(() => page.locator('clip-view canvas.film').getAttribute('width'), { timeout: 240_000 })
    .toBe('128');
  await page.locator('what-we-see .verdict').first().waitFor({ state: 'attached', timeout: 240_000 });
});

it('has the earlier copy that autoguidance compares with', async () => {
  await open('#prompt=a+red+ball&seed=1&steps=2&sampler=euler&guidance=2&from=0&rule=auto');
  await says('Live run: done');
});

it('opens a chapter of the story by link', async () => {
  await open('#view=story&chapter=1');
  await says(story.chapters.noise.claim);
  await page.getByText(story.chapters.noise.ask.alike.choices.other).click();
  await page.getByRole('button', { name: story.fix }).click();
  await page
    .getByRole('button', { name: story.play(story.chapters.noise.films['story/same-noise-fish.snow']) })
    .click();
  await says('Recorded run: done');
});

it('speaks the other language, and has the licences in it', async () => {
  await open();
  await page.getByRole('combobox', { name: 'Language' }).selectOption('de');
  await page.getByRole('link', { name: 'Lizenzen' }).waitFor();
  const [licences] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('link', { name: 'Lizenzen' }).click(),
  ]);
  await licences.getByText('Snowglobe is made with these packages').waitFor();
});
