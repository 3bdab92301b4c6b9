/**
 * The built page, from outside: files that it saves, read here and, where there is one, by ffmpeg; and its film in the frame of a
 * foreign page with a strict policy, and in a sandbox.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Comparison, psnr } from '../../src/export/compare';
import { labelOf } from '../../src/export/labels';
import { frameOf, type Picture } from '../../src/export/picture';
import type { Format } from '../../src/export/recipe';
import { shown } from '../../src/export/render';
import { decode } from '../../src/recording/file';
import { replay } from '../../src/recording/recording';
import type { Step } from '../../src/sampling/types';
import { hosted, recordedPrompt } from './host';

const site = hosted();
const folder = mkdtempSync(join(tmpdir(), 'snowglobe-exported-'));
const hasFfmpeg = ['ffmpeg', 'ffprobe'].every((name) => spawnSync(name, ['-version']).status === 0);
if (!hasFfmpeg) console.warn('ffmpeg and ffprobe are not on the PATH: what they read of the files is not tried (Debian: apt-get install ffmpeg).'); // prettier-ignore

let foreign: Server;
let page: Page | undefined;
let frameTag = '';

/** A page of another port, with a policy that allows nothing but this one frame. */
beforeAll(async () => {
  foreign = createServer((_, response) => {
    const policy = `default-src 'none'; frame-src ${new URL(site.host.address).origin}`;
    response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': policy });
    response.end(`<!doctype html><title>foreign</title><h1>A school’s page</h1>${frameTag}`);
  });
  await new Promise<void>((listening) => foreign.listen(0, '127.0.0.1', listening));
});

afterAll(async () => {
  await page?.context().close();
  foreign.closeAllConnections();
  foreign.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(address: string): Promise<Page> {
  await page?.context().close();
  const context = await site.browser.newContext({ locale: 'en-GB', acceptDownloads: true });
  page = await context.newPage();
  await page.goto(address);
  return page;
}

/** What the recorded run shows at the end, as the transformer made it. */
async function lastClip() {
  const recording = await decode(new Uint8Array(readFileSync(join(site.host.folder, 'recordings/one.snow'))));
  let last: Step | undefined;
  for await (const step of replay(recording)) last = step;
  const { shape } = recording;
  return { shape, pictures: Array.from({ length: shape.frames }, (_, frame) => frameOf(last!.guess, shape, frame)) };
}

describe('files that the page saves', () => {
  const saved = new Map<Format, string>();

  beforeAll(async () => {
    const opened = await open(site.host.address);
    await opened.getByText('Recorded run: done').first().waitFor({ timeout: 40_000 });
    await opened.getByRole('button', { name: 'GIF, video, poster …' }).click();
    await opened.getByRole('checkbox', { name: 'Drawn large by the decoder' }).uncheck();
    await opened.getByRole('combobox', { name: 'Size' }).selectOption('256 pixels');
    await opened.getByRole('combobox', { name: 'When it is made larger' }).selectOption({ index: 1 });
    const formats = opened.getByRole('combobox', { name: 'As', exact: true });
    await formats.locator('option', { hasText: 'asking' }).first().waitFor({ state: 'detached', timeout: 120_000 });
    const texts = await formats.locator('option:not([disabled])').allTextContents();
    for (const text of texts) {
      await formats.selectOption(text);
      const coming = opened.waitForEvent('download');
      await opened.getByRole('button', { name: /^Save the/ }).click();
      const download = await coming;
      const path = join(folder, download.suggestedFilename());
      await download.saveAs(path);
      saved.set(path.split('.').at(-1) as Format, path);
    }
  }, 300_000);

  it('are a GIF at least, and carry label and recipe', () => {
    expect([...saved.keys()]).toContain('gif');
    for (const [format, path] of saved)
      expect(labelOf(new Uint8Array(readFileSync(path)), format)).toMatchObject({
        label: true,
        recipe: { model: { name: 'made up' }, shows: { what: 'film', size: 256, smooth: false }, whole: true },
      });
  });

  it.skipIf(!hasFfmpeg)('decode in ffmpeg to the frames on screen, and are as long as the film', async () => {
    const { shape, pictures } = await lastClip();
    for (const [format, path] of saved) {
      const { recipe } = labelOf(new Uint8Array(readFileSync(path)), format);
      const expected = shown(recipe!, { pictures });
      const seconds = Number(execFileSync('ffprobe', ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', path])); // prettier-ignore
      expect(Math.abs(seconds - shape.frames / 8), `${format}: ${seconds} s`).toBeLessThan(0.02);
      const raw = execFileSync('ffmpeg', ['-v', 'error', '-i', path, '-fps_mode', 'passthrough', '-f', 'rawvideo', '-pix_fmt', 'rgba', '-'], { maxBuffer: 2 ** 28 }); // prettier-ignore
      const size = 4 * 256 * 256;
      expect(raw.length).toBe(16 * size);
      const comparison = new Comparison();
      for (let i = 0; i < 16; i++) {
        const rgba = new Uint8ClampedArray(raw.subarray(i * size, (i + 1) * size)) as Picture['rgba'];
        const box = { x: 0, y: 0, width: 256, height: 256 };
        comparison.add(i, expected.at(i), { width: 256, height: 256, rgba }, box);
      }
      expect(psnr(comparison.difference), format).toBeGreaterThan(35);
    }
  });
});

describe('the film in the frame of another page', () => {
  const frame = (attributes = '', hash = '') =>
    `<iframe src="${site.host.address}?embed&amp;lang=en${hash}" width="360" height="440" ${attributes}></iframe>`;
  const address = () => `http://127.0.0.1:${(foreign.address() as AddressInfo).port}/`;
  const line = `“${recordedPrompt}”, made by a small AI.`;

  it('plays under a strict policy: the globe, a line, a way out, and nothing else', async () => {
    frameTag = frame();
    const problems: string[] = [];
    const opened = await open('about:blank');
    opened.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    opened.on('pageerror', (error) => problems.push(String(error)));
    await opened.goto(address());
    const inside = opened.frameLocator('iframe');
    await inside.getByText(line).waitFor({ timeout: 40_000 });
    await inside.getByRole('link', { name: 'See how, step by step' }).waitFor();
    await inside.locator('canvas.film').waitFor();
    expect(await inside.getByRole('textbox').count()).toBe(0);
    expect(await inside.getByRole('button').allTextContents()).toHaveLength(1); // play or pause
    expect(problems).toEqual([]);
  });

  it('keeps nothing on the device, and leaves its address alone', async () => {
    frameTag = frame('', '#prompt=a+blue+star&amp;seed=4&amp;steps=2&amp;sampler=euler&amp;guidance=2&amp;from=0');
    const opened = await open(address());
    await opened.frameLocator('iframe').getByText('“a blue star”, made by a small AI.').waitFor({ timeout: 90_000 });
    const framed = opened.frames().find((each) => each.url().includes('?embed'))!;
    const kept = await framed.evaluate(async () => ({
      caches: await caches.keys(),
      databases: (await indexedDB.databases()).length,
      local: localStorage.length + sessionStorage.length,
      cookies: document.cookie,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
    }));
    expect(kept).toEqual({ caches: [], databases: 0, local: 0, cookies: '', workers: 0 });
    expect(framed.url()).toContain('?embed&lang=en#prompt=a+blue+star&seed=4');
  });

  it('in a sandbox plays the recorded run where its modules come, and else says why not', async () => {
    frameTag = frame('sandbox="allow-scripts"');
    const shut = await open(address());
    await shut.frameLocator('iframe').getByText('Snowglobe cannot start in this frame').waitFor({ timeout: 40_000 });
    site.host.trick = (_, __, response) => {
      response.setHeader('Access-Control-Allow-Origin', '*');
      return false;
    };
    const opened = await open(address());
    await opened.frameLocator('iframe').getByText(line).waitFor({ timeout: 40_000 });
    site.host.trick = () => false;
  });
});
