/**
 * Every text that comes from outside, written by somebody who wants it to become markup or to run: in the built page, under
 * its own policy. What the page shows of it is text, nothing runs, and the policy has nothing to refuse.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en';
import { story } from '../../src/i18n/en/story';
import { encode } from '../../src/recording/file';
import { record } from '../../src/recording/recording';
import { blobs, settings } from '../recording/made';
import { hosted } from './host';

/** The word "spiteful" is in each, so that it can be told whether the page has shown it at all. */
const spite = [
  '<img src=x onerror="window.hit=1">spiteful',
  '<script>window.hit=1</script>spiteful',
  '"><svg onload=window.hit=1>spiteful',
  "javascript:window.hit=1//spiteful'",
  '${window.hit=1}{{window.hit=1}}<!--?lit$1$-->spiteful',
];

const site = hosted();
let context: BrowserContext;
let refused: string[]; // what the policy had to stop, and errors that nobody caught

beforeEach(async () => {
  refused = [];
  context = await site.browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', serviceWorkers: 'block' });
});

afterEach(async () => {
  await context.close();
  site.host.trick = () => false;
  expect(refused).toEqual([]);
});

async function open(hash = '', prepare?: (page: Page) => Promise<void>): Promise<Page> {
  const page = await context.newPage();
  page.on('pageerror', (error) => refused.push(String(error)));
  page.on('console', (message) => {
    if (/content security policy|trusted ?types?/i.test(message.text())) refused.push(message.text());
  });
  await prepare?.(page);
  await page.goto(site.host.address + hash);
  return page;
}

/** On the screen: what only a printer gets stands there hidden. */
const says = (page: Page, text: string | RegExp) =>
  page.getByText(text).filter({ visible: true }).first().waitFor({ timeout: 40_000 });

/** Nothing ran, and no element came from a text: none has a handler, and none is there that the page never makes. */
async function expectText(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const odd: string[] = [];
    const walk = (root: ParentNode) => {
      for (const element of root.querySelectorAll('*')) {
        const handlers = element.getAttributeNames().filter((name) => name.startsWith('on'));
        const link = element.getAttribute('href') ?? element.getAttribute('src') ?? '';
        const foreign = element.matches('img, iframe, object, embed, base, form[action]');
        if (handlers.length > 0 || foreign || /^javascript:/i.test(link)) odd.push(element.outerHTML.slice(0, 200));
        if (element.shadowRoot) walk(element.shadowRoot);
      }
    };
    walk(document);
    return { odd, hit: (window as { hit?: number }).hit, scripts: document.scripts.length };
  });
  expect(found).toEqual({ odd: [], hit: undefined, scripts: 3 }); // start.js, the import map, the page
}

it.each(spite)('typed: %s', async (text) => {
  const page = await open();
  await says(page, 'Recorded run: done');
  await page.getByRole('combobox', { name: en.promptTitle }).fill(text);
  await says(page, /spiteful/i);
  await says(page, /Runs on your/);
  await page.getByRole('button', { name: en.shake, exact: true }).click();
  await says(page, 'Live run: done');
  await expectText(page);
});

it('every key of a link, and keys that no link has', async () => {
  const keys = ['prompt', 'typed', 'negative', 'sampler', 'seed', 'vsprompt', 'race', 'hide', 'lab', 'view', 'show'];
  for (const text of spite) {
    const pairs = keys.map((key) => `${key}=${encodeURIComponent(text)}`);
    const page = await open(`?lang=${encodeURIComponent(text)}#${pairs.join('&')}&${encodeURIComponent(text)}=1`);
    await says(page, /cannot be read|does not know/);
    await says(page, 'Live run: done');
    await expectText(page);
    await page.close();
  }
});

/** A run whose every word is spite. */
async function spitefulRun(text: string): Promise<Buffer> {
  const shape = { frames: 6, height: 16, width: 24 };
  const about = { model: text, prompt: text, negative: text };
  return Buffer.from(await encode(await record(blobs(shape), settings, about)));
}

it('a file: its name, and prompt, model and words to stay away from in it', async () => {
  const page = await open();
  await says(page, 'Recorded run: done');
  for (const text of spite) {
    const file = { name: `${text.replaceAll('/', '')}.snow`, mimeType: 'text/html', buffer: await spitefulRun(text) };
    await page.locator('share-box input[type=file]').setInputFiles(file);
    await expect.poll(() => page.locator('run-status q').textContent(), { timeout: 20_000 }).toContain('spiteful');
    await expectText(page);
  }
  // One that is refused, with a header that says why in its own words.
  const good = await spitefulRun('a');
  const header = Buffer.from(good.subarray(12, 12 + good.readUInt32LE(8)).toString().replace('"heun"', JSON.stringify(spite[0]))); // prettier-ignore
  const file = Buffer.concat([good.subarray(0, 12), header, good.subarray(12 + good.readUInt32LE(8))]);
  file.writeUInt32LE(header.length, 8);
  await page.locator('share-box input[type=file]').setInputFiles({ name: 'x.snow', mimeType: '', buffer: file });
  await says(page, en.troubles.file);
  await page.locator('page-notes summary').first().click();
  await says(page, /spiteful/);
  await expectText(page);
});

describe('what lies on the host beside the page', () => {
  const give = (files: Readonly<Record<string, Buffer>>) => {
    site.host.trick = (name, _, response) => {
      if (!Object.hasOwn(files, name)) return false;
      response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(files[name]);
      return true;
    };
  };
  const hashOf = (data: Buffer) => createHash('sha256').update(data).digest('hex');

  it.each(spite)('the list of recordings, and the run: %s', async (text) => {
    give({
      'recordings/index.json': Buffer.from(JSON.stringify([{ file: 'one.snow', prompt: text }])),
      'recordings/one.snow': await spitefulRun(text),
    });
    const page = await open();
    await says(page, /Recorded run: done/);
    await says(page, /spiteful/i);
    await expectText(page);
  });

  it('a model: its name, its files, and what is wrong with them', async () => {
    const folder = 'tests/golden/model-tiny';
    const weights = readFileSync(`${folder}/model.safetensors`);
    const said = JSON.parse(readFileSync(`${folder}/config.json`, 'utf8')) as object;
    for (const text of spite) {
      const config = Buffer.from(JSON.stringify({ ...said, name: text }));
      const files = [['config.json', config], ['model.safetensors', weights]] as const; // prettier-ignore
      const entries = files.map(([name, data]) => ({ name, bytes: data.length, sha256: hashOf(data) }));
      give({
        'models/mini/config.json': config,
        'models/mini/manifest.json': Buffer.from(JSON.stringify({ name: text, files: entries })),
      });
      const page = await open();
      await says(page, /Runs on your/);
      await expectText(page);
      await page.close();
    }
    // Weights with a tensor that no network has, which is named where it is said what is wrong.
    const header = Buffer.from(JSON.stringify({ [spite[0]]: { dtype: 'F64', shape: [1], data_offsets: [0, 8] } }));
    const odd = Buffer.concat([Buffer.alloc(8), header, Buffer.alloc(8)]);
    odd.writeBigUInt64LE(BigInt(header.length));
    const config = readFileSync(`${folder}/config.json`);
    const entries = [['config.json', config], ['model.safetensors', odd]] as const; // prettier-ignore
    give({
      'models/mini/model.safetensors': odd,
      'models/mini/manifest.json': Buffer.from(
        JSON.stringify({ files: entries.map(([name, data]) => ({ name, bytes: data.length, sha256: hashOf(data) })) }),
      ),
    });
    const page = await open();
    await says(page, en.troubles.engine);
    await page.locator('page-notes summary').first().click();
    await says(page, /spiteful/);
    await expectText(page);
  });
});

it('the learner’s notebook, wherever an answer of it is shown', async () => {
  const page = await open('', async (fresh) => {
    const notebook = {
      predictions: Object.fromEntries(['noise', 'patches', 'words'].map((id) => [id, { alike: spite[0], count: spite[1], order: spite[2] }])), // prettier-ignore
      found: [spite[0], 'noise'],
      before: { where: spite[0], wrong: spite[1] },
      after: { where: spite[2], wrong: spite[4] },
      judged: { store: true },
    };
    await fresh.addInitScript((text) => localStorage.setItem('snowglobe story', text), JSON.stringify(notebook));
  });
  await says(page, 'Recorded run: done');
  await page.getByRole('navigation').getByRole('button', { name: en.views.names.story, exact: true }).click();
  await page.getByText(story.quiz.before, { exact: true }).click();
  await expect.poll(() => page.getByLabel(story.quiz.open.where).first().inputValue()).toBe(spite[0]);
  await expectText(page);
  for (const chapter of [1, 2, 3]) {
    await page.evaluate((chapter) => void (location.hash = `view=story&chapter=${chapter}`), chapter);
    await page.locator('story-chapter').first().waitFor();
    await expectText(page);
  }
});

describe('the policy', () => {
  it('names no source that is unsafe, and only this site', () => {
    const page = readFileSync(join(site.host.folder, 'index.html'), 'utf8');
    const [, policy] = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(page)!;
    expect(policy).not.toMatch(/'unsafe-|https?:|\*/);
    expect(policy.match(/'wasm-unsafe-eval'/g)).toHaveLength(1); // WebAssembly's own word: it allows no script
    for (const part of [
      "default-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
    ])
      // prettier-ignore
      expect(policy).toContain(part);
  });

  it('lets nothing run that is written into the page: no script, no handler, no evaluated text, no frame, no other host', async () => {
    const page = await open();
    await says(page, 'Recorded run: done');
    const tried = await page.evaluate(async () => {
      const attempts: (() => unknown)[] = [
        () => (document.body.innerHTML += '<img src=x onerror="window.hit=1">'),
        () => Object.assign(document.createElement('script'), { text: 'window.hit=1' }),
        () => document.body.setAttribute('onclick', 'window.hit=1'),
        () => document.body.click(),
        () => document.write('<p>x'),
        () => (0, window.setTimeout)('window.hit=1' as never),
        () => document.body.append(Object.assign(document.createElement('iframe'), { src: 'data:text/html,x' })),
        () => fetch('https://other.example/').catch(() => {}),
        () => document.head.append(Object.assign(document.createElement('style'), { textContent: 'body{color:red}' })),
      ];
      let thrown = 0;
      for (const attempt of attempts)
        try {
          await attempt();
        } catch {
          thrown += 1;
        }
      return { thrown, hit: (window as { hit?: number }).hit };
    });
    expect(tried.hit).toBeUndefined();
    expect(tried.thrown).toBeGreaterThanOrEqual(4); // Trusted Types throw at once
    for (const said of [/connect-src 'self'/, /Framing .* violates/, /inline style violates/])
      await expect.poll(() => refused.join(), { timeout: 20_000 }).toMatch(said);
    refused = [];
  });
});
