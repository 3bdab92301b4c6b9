/** The teacher's kit in a browser: its codes are those of the address that it came from, and it says nothing to the console. */
import axe from 'axe-core';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type Page } from 'playwright-core';
import { encode, renderSVG } from 'uqr';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { browserFlags, findBrowser, howToInstall } from '../../scripts/browser.mjs';
import { pageLink, storyHash } from '../../scripts/kit/ground';
import { kit } from '../../scripts/kit/kit';

vi.setConfig({ testTimeout: 300_000 });
let files: ReadonlyMap<string, string>;
let server: Server;
let browser: Browser;
let address: string;

beforeAll(async () => {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error(howToInstall);
  files = await kit();
  server = createServer((request, response) => {
    const text = files.get((request.url ?? '').replace(/^\/some\/where\/kit\//, '').split('?')[0]);
    response.writeHead(text ? 200 : 404, { 'Content-Type': 'text/html' }).end(text ?? 'the page');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/some/where/`;
  browser = await chromium.launch({ executablePath, args: browserFlags });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

async function opened(name: string): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${address}kit/${name}`);
  return { page, complaints };
}

it('every document opens without a complaint, fits a phone, and can be read by everybody', async () => {
  for (const name of files.keys()) {
    const { page, complaints } = await opened(name);
    expect(
      complaints.filter((text) => !text.includes('favicon')),
      name,
    ).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(360);
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
      name,
    ).toEqual([]);
    await page.close();
  }
});

it('the worksheet’s code is the link of where it came from', async () => {
  const { page } = await opened('en/worksheet.html');
  const link = new URL(pageLink('en', storyHash), `${address}kit/en/`).href;
  const drawn = await page.locator('[data-code] svg').innerHTML();
  const wanted = renderSVG(link, { border: 1 });
  expect(encode(link).size).toBeGreaterThan(20);
  expect(drawn).toBe(await page.evaluate((text) => new DOMParser().parseFromString(text, 'text/html').querySelector('svg')!.innerHTML, wanted)); // prettier-ignore
  await page.close();
});

it('a figure of the article opens the page in its place', async () => {
  const { page } = await opened('en/article.html');
  const summary = page.locator('summary').first();
  await summary.click();
  await page.frameLocator('details[open] iframe').getByText('the page').waitFor({ timeout: 20_000 });
  await page.close();
});
