/**
 * The whole story as a class walks it: the built page without its networks, eight chapters one after the other, by keyboard alone.
 * Time is a reader's: the words that stood there at 200 a minute, half a second for every key, and two for every film that clears. The
 * machine's own time is said, and not counted: a busy one is slow, not red.
 */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { browserFlags, findBrowser, howToInstall } from '../../scripts/browser.mjs';
import { story } from '../../src/i18n/en/story';
import { chapterIds, type ChapterId } from '../../src/lessons/chapter';
import { chapters } from '../../src/lessons/chapters';
import type { SnowGlobe } from '../../src/page/snow-globe/snow-globe';
import { builtPage } from '../page/page-build';

vi.setConfig({ testTimeout: 900_000 });
let folder: string;
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml' }; // prettier-ignore
let server: Server;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error(howToInstall);
  folder = process.env.SNOWGLOBE_DIST ?? (await builtPage(inject('shared')));
  server = createServer((request, response) => {
    const name = new URL(request.url ?? '', 'http://localhost').pathname.slice(1) || 'index.html';
    try {
      if (name.startsWith('models/')) throw new Error('no network');
      const body = readFileSync(join(folder, name));
      response.writeHead(200, { 'Content-Type': types[extname(name)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  browser = await chromium.launch({ executablePath, args: browserFlags });
}, 600_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
});

let keys = 0;
async function press(key: string): Promise<void> {
  keys++;
  await page.keyboard.press(key);
}

/** What has the focus, through all shadow roots: its tag, and what it says. */
const focused = () =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const label = element?.closest('label')?.textContent ?? '';
    const of = (element?.getRootNode() as ShadowRoot | undefined)?.host?.localName ?? '';
    return [of, element?.localName, element?.getAttribute('type'), element?.getAttribute('name'), (element?.textContent || label).replace(/\s+/g, ' ').trim()].join('|'); // prettier-ignore
  });

/** Tab after tab until what has the focus is the one; back to a figure, which stands above what there is to do. */
async function tabTo(wanted: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  let there = await focused();
  for (let presses = 0; presses < 150 && !wanted.test(there); presses++) {
    await press(key);
    there = await focused();
  }
  expect(there).toMatch(wanted);
}

const button = (name: string): RegExp =>
  new RegExp(`\\|button\\|.*(^|[| ])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
/** What can be read without opening anything: an equation stays behind its press. */
const chapterText = () =>
  page
    .locator('story-chapter')
    .first()
    .evaluate((element) => [...element.shadowRoot!.children].map((each) => (each as HTMLElement).innerText).join(' '));
const says = (text: string) => page.getByText(text).first().waitFor({ timeout: 300_000 });

/** The chapter's film stands on the stage: a learner looks at it before they walk it. */
const staged = (prompt: string) =>
  page.waitForFunction((prompt) => {
    const run = document.querySelector<SnowGlobe>('snow-globe')!.studio.state.run.value;
    return run?.prompt === prompt && run.phase === 'done';
  }, prompt);

async function predict(id: ChapterId): Promise<void> {
  for (const question of chapters[chapterIds.indexOf(id)].questions) {
    if (question.kind === 'number') {
      await tabTo(/^story-chapter\|input\|text/);
      for (const digit of '128') await press(digit);
    } else {
      await tabTo(/^story-chapter\|input\|radio/);
      await press('Space');
    }
    await tabTo(button(story.fix));
    await press('Enter');
  }
}

/** Plays films of the chapter, by the names of their buttons. */
async function play(id: ChapterId, files: readonly string[]): Promise<void> {
  const names = story.chapters[id].films as Readonly<Record<string, string>>;
  for (const [n, file] of files.entries()) {
    await tabTo(button(story.play(names[file])));
    await press('Enter');
    await says(story.played(n + 1, Object.keys(names).length));
  }
}

async function rows(moves: readonly string[]): Promise<void> {
  await tabTo(/^step-sheet\|(?!button|input|select)/);
  for (const key of moves) await press(key);
}

/** What there is to do, with the keys that a learner would take. */
const deeds: Readonly<Record<ChapterId, () => Promise<void>>> = {
  noise: () => play('noise', ['story/same-noise-heart.snow', 'story/other-noise-1.snow']),
  async wrecking() {
    await tabTo(/^wreck-figure\|input\|range/, 'Shift+Tab');
    await press('Home');
  },
  async patches() {
    for (const name of ['side', 'frames']) {
      await tabTo(new RegExp(`^cut-figure\\|input\\|radio\\|${name}`), 'Shift+Tab');
      await press('ArrowLeft');
    }
  },
  async together() {
    await play('together', ['story/cut-time.snow']);
    await rows(['ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp']);
  },
  async words() {
    await tabTo(/^decided-plot\|(?!button|input|select)/);
    await press('ArrowLeft');
  },
  roads: () => rows(['PageDown', 'PageUp', 'PageDown']),
  physics: () => play('physics', chapters[6].films.map(({ file }) => file)), // prettier-ignore
  async sora() {
    await tabTo(button(story.chapters.sora.figure.label), 'Shift+Tab');
    await press('Enter');
  },
};

it('ends, all eight chapters of it, in at most 18 minutes', async () => {
  page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/#view=story&chapter=1`);
  const began = Date.now();
  let read = 0;
  const said: string[] = [];
  for (const [at, id] of chapterIds.entries()) {
    const [from, pressed] = [Date.now(), keys];
    await says(story.chapters[id].claim);
    await predict(id);
    await staged(chapters[at].stage.film.prompt);
    await deeds[id]();
    await says(story.shown);
    const words = (await chapterText()).split(/\s+/).length;
    read += words;
    said.push(
      `${id}: ${words} words, ${keys - pressed} keys, ${Math.round((Date.now() - from) / 1000)} s of the machine`,
    );
    if (at < chapterIds.length - 1) {
      await tabTo(button(story.next));
      await press('Enter');
    }
  }
  const films = chapters.reduce((sum, chapter) => sum + 1 + chapter.films.length, 0); // on the stage, and to play
  const minutes = { reading: read / 200, keys: keys / 120, films: films / 30, machine: (Date.now() - began) / 60_000 };
  console.log([...said, JSON.stringify(minutes)].join('\n'));
  expect(minutes.reading + minutes.keys + minutes.films).toBeLessThanOrEqual(18);
});
