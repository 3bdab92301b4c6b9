/** The built page where a script of it does not come, or not as it was sent: it says so, with a next step, and never waits in vain. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { de } from '../../src/i18n/de';
import { en } from '../../src/i18n/en';
import { hosted, type Trick } from './host';

const site = hosted();
let context: BrowserContext;

beforeEach(async () => {
  context = await site.browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', serviceWorkers: 'block' });
});

afterEach(async () => {
  await context.close();
  site.host.trick = () => false;
});

async function open(address = site.host.address): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address, { waitUntil: 'commit' });
  return page;
}

const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: 40_000 });

/** What happens to the script of this name: it is not there, is cut off, or one letter of a text in it is another. */
const ways: Readonly<Record<string, (script: string) => Trick>> = {
  'is not there': (script) => (name, _, response) =>
    name.startsWith(`assets/${script}-`) && (response.writeHead(404).end(), true),
  'is cut off': (script) => (name, _, response, file) =>
    name.startsWith(`assets/${script}-`) && send(response, file().subarray(0, file().length / 2)),
  'has one byte that is another': (script) => (name, _, response, file) =>
    name.startsWith(`assets/${script}-`) && send(response, Buffer.concat([file(), Buffer.from(' ')])),
};

function send(response: Parameters<Trick>[2], body: Buffer, type = 'text/javascript'): true {
  response.writeHead(200, { 'Content-Type': type }).end(body);
  return true;
}

const lost = 'could not start: a part of this page did not arrive, or not as it was sent';
const { cause } = en.faults.ScriptError as { cause: string };

describe.each(Object.keys(ways))('a script that %s', (way) => {
  it('of the page itself', async () => {
    site.host.trick = ways[way]('page');
    await says(await open(), lost);
  });

  it('that starts the engine: the recorded run plays on', async () => {
    site.host.trick = ways[way]('steady');
    const page = await open();
    await says(page, cause);
    await says(page, 'Recorded run: done');
  });
});

// No browser checks a worker's scripts against what the page says of them: one byte that is another goes unnoticed there.
it.each(['is not there', 'is cut off'])('the script of the worker %s: the recorded run plays on', async (way) => {
  site.host.trick = ways[way]('worker');
  const page = await open();
  await says(page, cause);
  await says(page, 'Recorded run: done');
});

it.each(['is not there', 'is cut off'])('a script that the worker loads later %s', async (way) => {
  site.host.trick = ways[way]('tfjs');
  await says(await open(), cause);
});

it('in German, where the page is asked for German', async () => {
  site.host.trick = ways['is not there']('page');
  await says(await open(`${site.host.address}?lang=de`), 'Ein Teil dieser Seite ist nicht angekommen');
  site.host.trick = ways['is not there']('steady');
  await says(await open(`${site.host.address}?lang=de`), (de.faults.ScriptError as { cause: string }).cause);
});

it('a script that does not come for long: after fifteen seconds it says what to do, and starts once it is there', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  site.host.trick = (name, _, response, file) => {
    if (!name.startsWith('assets/page-')) return false;
    void held.then(() => send(response, file()));
    return true;
  };
  const page = await context.newPage();
  await page.clock.install();
  await page.goto(site.host.address, { waitUntil: 'commit' });
  await says(page, 'Snowglobe is starting');
  await page.clock.runFor(16_000);
  await says(page, 'Snowglobe is still starting. If the connection is slow');
  release();
  await page.getByRole('heading', { name: 'Snowglobe' }).waitFor({ timeout: 40_000 });
});

it('opened from a disk it says that it cannot, and what to do', async () => {
  await says(
    await open(pathToFileURL(join(site.host.folder, 'index.html')).href),
    'cannot start from a file on a disk',
  );
});

it('by plain http the link stands there to be copied', async () => {
  const page = await open(site.host.address.replace('127.0.0.1', 'school.test'));
  await says(page, 'Recorded run: done');
  expect(await page.evaluate(() => [isSecureContext, 'clipboard' in navigator, 'serviceWorker' in navigator])).toEqual([false, false, false]); // prettier-ignore
  await page.getByRole('button', { name: en.files.copy }).click();
  const field = page.getByRole('textbox', { name: en.files.notCopied });
  await field.waitFor();
  expect(await page.evaluate(() => getSelection()?.toString())).toMatch(/^http:.*#length=\d+&prompt=/);
});

it.each<[string, () => void]>([
  ['workers', () => Reflect.deleteProperty(window, 'Worker')],
  [
    'workers that start',
    () =>
      Object.assign(window, {
        Worker: function () {
          throw new DOMException('Access is denied.', 'SecurityError');
        },
      }),
  ],
])('without %s the recorded run plays, is read, and it says how to have the network', async (_, lack) => {
  await context.addInitScript(lack);
  const page = await open();
  await says(page, 'Recorded run: done');
  await says(page, 'Open the page in a tab of its own, in a current browser.');
  await page.locator('what-we-see .verdict').first().waitFor({ timeout: 40_000 });
});

it('with every storage blocked, and without WebAssembly, it runs', async () => {
  await context.addInitScript(() => {
    const denied = {
      get: () => {
        throw new DOMException('Access is denied.', 'SecurityError');
      },
    };
    for (const name of ['caches', 'indexedDB', 'localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, denied);
  });
  const blocked = `for (const name of ['caches', 'indexedDB']) Object.defineProperty(self, name, { get: () => { throw new DOMException('Denied.', 'SecurityError'); } }); delete self.WebAssembly;`;
  site.host.trick = (name, _, response, file) => {
    if (name === 'index.html') return send(response, withoutLocks(file()), 'text/html');
    return name.startsWith('assets/worker-') && send(response, Buffer.concat([Buffer.from(blocked), file()]));
  };
  const page = await open(`${site.host.address}#prompt=a+red+ball&steps=3`);
  await says(page, 'Live run: done');
  await says(page, 'Runs on your processor (JavaScript), slowly');
  await says(page, 'This browser keeps nothing here, as in a private window.');
});

/** The page without its import map, so that a test may put something in front of a worker. */
function withoutLocks(file: Buffer): Buffer {
  return Buffer.from(file.toString().replace(/<script type="importmap">.*?<\/script>/, ''));
}

it('in a sandboxed frame the recorded run plays, and it says how to have the network', async () => {
  site.host.trick = (name, _, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*'); // else no module comes at all, as on most hosts
    if (name !== 'frame.html') return false;
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.end(`<iframe sandbox="allow-scripts" src="index.html" width="900" height="900"></iframe>`);
    return true;
  };
  const page = await open(`${site.host.address}frame.html`);
  const frame = page.frameLocator('iframe');
  const heard = (text: string) => frame.getByText(text).first().waitFor({ timeout: 40_000 });
  await heard('Recorded run: done');
  await heard('Open the page in a tab of its own, in a current browser.');
});

it('names the checksum of every script and style in the page, each of which is right', () => {
  const page = readFileSync(join(site.host.folder, 'index.html'), 'utf8');
  const lock = (name: string) =>
    `sha384-${createHash('sha384')
      .update(readFileSync(join(site.host.folder, name)))
      .digest('base64')}`;
  const tags = page.match(/<(script|link)\b[^>]*\.(js|css)"[^>]*>/g)!;
  expect(tags.length).toBeGreaterThan(2);
  for (const tag of tags.filter((each) => !each.includes('start.js')))
    expect(tag).toContain(`integrity="${lock(/\.\/([^"]+)"/.exec(tag)![1])}"`);
  const [, map] = /<script type="importmap">(.*?)<\/script>/.exec(page)!;
  const { integrity } = JSON.parse(map) as { integrity: Record<string, string> };
  const scripts = readdirSync(join(site.host.folder, 'assets')).filter((name) => name.endsWith('.js'));
  expect(Object.keys(integrity).length).toBe(scripts.length);
  for (const [name, value] of Object.entries(integrity)) expect(value).toBe(lock(name));
  expect(page.indexOf('importmap')).toBeLessThan(page.indexOf('type="module"'));
});
