/** What somebody does on the page, by its own buttons, and when that has come to what it promises. */
import { readFileSync } from 'node:fs';
import { encode } from '../../src/recording/file';
import { record } from '../../src/recording/recording';
import { en } from '../../src/i18n/en';
import { takeAway } from '../../src/i18n/en/export';
import { learn } from '../../src/i18n/en/learn';
import { make } from '../../src/i18n/en/make';
import { story } from '../../src/i18n/en/story';
import { recordedPrompt } from '../page/host';
import { png } from '../pictures/made-png';
import { blobs, settings } from '../recording/made';
import type { Visit } from './visit';

export interface Feature {
  begin(visit: Visit): Promise<void>;
  isDone(visit: Visit): Promise<boolean>;
  /** It loads the page anew: what was made before and is kept nowhere ends with the page. */
  readonly reloads?: true;
  /** It is about what is kept, so a service worker has its part in it. */
  readonly offline?: true;
  /** What it fetches beside what every visit does. */
  readonly fetches?: RegExp;
}

const run = async (visit: Visit) => (await visit.facts())?.run ?? null;
const isWhole = (one: Awaited<ReturnType<typeof run>>) => one !== null && one.phase === 'done' && one.steps === one.of;
const button = ({ page }: Visit, name: string) => page.getByRole('button', { name, exact: true });

export async function type({ page }: Visit, prompt: string): Promise<void> {
  await page.locator('prompt-box #prompt').fill(prompt); // in every language
}

/** Few steps, as the laboratory sets them; the studio's own command, because not every feature is about that. */
const steps = ({ page }: Visit, count: number) =>
  page.evaluate((count) => document.querySelector('snow-globe')!.studio.controls.set({ steps: count }), count);

async function shaken(visit: Visit, prompt: string, count: number): Promise<void> {
  await type(visit, prompt);
  await steps(visit, count);
  await button(visit, en.shake).click();
}

const live = async (visit: Visit, word: string) => {
  const now = await run(visit);
  return isWhole(now) && now!.source === 'live' && now!.prompt.includes(word);
};

async function view(visit: Visit, name: keyof typeof en.views.names): Promise<void> {
  await visit.page.getByRole('navigation').getByRole('button', { name: en.views.names[name], exact: true }).click();
}

const sees = ({ page }: Visit, selector: string) => page.locator(selector).first().isVisible();

/** A run that somebody saved, with words of its own. */
export async function savedRun(): Promise<Buffer> {
  const shape = { frames: 6, height: 16, width: 24 };
  return Buffer.from(
    await encode(await record(blobs(shape), settings, { model: 'made up', prompt: 'A big green ring.' })),
  );
}

/** Pictures that were opened: each has a name of its own. */
let pictures = 0;

const isTaught = /shown [1-9][\d,]* films/;

/** The story's first open question, as the learner answers it. */
const answer = 'From the noise, I think.';

export const features: Readonly<Record<string, Feature>> = {
  'opens the page': {
    begin: ({ page }) => page.reload({ waitUntil: 'commit' }).then(() => {}),
    isDone: async (visit) => isWhole(await run(visit)),
    reloads: true,
  },
  'loads the model': {
    begin: ({ page }) => page.reload({ waitUntil: 'commit' }).then(() => {}),
    isDone: async (visit) => (await visit.facts())?.engine === 'ready',
    reloads: true,
  },
  shakes: {
    begin: (visit) => shaken(visit, 'A big blue star.', 8),
    isDone: (visit) => live(visit, 'star'),
  },
  'stops a run': {
    async begin(visit) {
      await visit.mark();
      await shaken(visit, 'A big blue boat.', 100);
      await visit.until(async () => {
        const facts = await visit.facts();
        return facts!.isNew && facts!.run!.steps > 1;
      }, 10_000);
      await button(visit, en.stop).click();
    },
    isDone: async (visit) => /stopped|done/.test((await run(visit))?.phase ?? ''),
  },
  'plays a recording': {
    async begin(visit) {
      await visit.mark();
      await visit.page.locator('prompt-box .recorded select').selectOption('one.snow');
    },
    async isDone(visit) {
      const facts = await visit.facts();
      return facts!.isNew && isWhole(facts!.run) && facts!.run!.prompt === recordedPrompt;
    },
    fetches: /^recordings\/one/,
  },
  'opens a file': {
    async begin(visit) {
      const file = { name: 'run.snow', mimeType: 'application/octet-stream', buffer: await savedRun() };
      await visit.page.locator('share-box input[type=file]').setInputFiles(file);
    },
    isDone: async (visit) => isWhole(await run(visit)) && (await run(visit))!.prompt === 'A big green ring.',
    fetches: /^assets\/filer-worker/,
  },
  'saves a file': {
    async begin(visit) {
      visit.downloads.length = 0;
      await button(visit, en.files.save).click();
    },
    async isDone({ downloads: [download] }) {
      return (
        download !== undefined &&
        readFileSync(await download.path())
          .toString('latin1')
          .startsWith('SNOWRUN')
      );
    },
    fetches: /^assets\/filer-worker/,
  },
  'copies the link': {
    begin: (visit) => button(visit, en.files.copy).click(),
    isDone: ({ page }) => page.locator('share-box [role=status] .help').first().isVisible(),
  },
  'opens the story and answers': {
    async begin(visit) {
      await view(visit, 'story');
      await visit.page.getByText(story.quiz.before, { exact: true }).click();
      await visit.page.getByLabel(story.quiz.open.where).first().fill(answer);
    },
    isDone: async ({ page }) => (await page.getByLabel(story.quiz.open.where).first().inputValue()) === answer,
    fetches: /^assets\/story-view/,
  },
  'looks inside': {
    begin: (visit) => view(visit, 'inside'),
    isDone: (visit) => sees(visit, 'inside-view patch-film'),
    fetches: /^assets\/(inside-view|probe)/,
  },
  'opens the laboratory': {
    begin: (visit) => view(visit, 'lab'),
    isDone: (visit) => sees(visit, 'lab-bench [role=tabpanel]'),
    fetches: /^assets\/lab-view/,
  },
  'goes back to an earlier film': {
    async begin(visit) {
      await shaken(visit, 'A big blue star.', 3);
      await visit.until(() => live(visit, 'star'), 15_000);
      await visit.page.locator('run-history button').last().click();
    },
    isDone: async (visit) => isWhole(await run(visit)) && !(await run(visit))!.prompt.includes('star'),
  },
  'makes a film go on': {
    async begin(visit) {
      // The recorded film has another size than the tiny network, which can go on with its own.
      const engine = async () => (await visit.facts())?.engine;
      await visit.until(async () => /ready|failed/.test((await engine()) ?? 'failed'), 20_000);
      if ((await engine()) === 'ready' && (await run(visit))?.source !== 'live') {
        await shaken(visit, 'A small green box.', 3);
        await visit.until(() => live(visit, 'box'), 20_000);
      }
      await visit.mark();
      await steps(visit, 3);
      await view(visit, 'make');
      await button(visit, make.starts.forward).click();
      await button(visit, make.make).click();
    },
    isDone: async (visit) => (await visit.facts())!.isNew && isWhole(await run(visit)) && (await run(visit))!.source === 'live', // prettier-ignore
    fetches: /^assets\/(make-view|remake)/,
  },
  'opens a picture': {
    async begin(visit) {
      await view(visit, 'make');
      await visit.page.locator('make-view details:has(own-picture)').evaluate((details: HTMLDetailsElement) => void (details.open = true)); // prettier-ignore
      pictures += 1;
      const file = { name: `own-${pictures}.png`, mimeType: 'image/png', buffer: Buffer.from(png(40, 30)) };
      await visit.page.locator('own-picture input[type=file]').setInputFiles(file);
    },
    isDone: (visit) => sees(visit, `own-picture canvas.original[aria-label*="own-${pictures}”"]`),
    fetches: /^assets\/(make-view|opener-worker)/,
  },
  'teaches a network': {
    async begin(visit) {
      await view(visit, 'learn');
      const { page } = visit;
      await page.locator('learn-view button.chief:not([disabled])').first().click();
      await visit.until(async () => isTaught.test(await visit.text()), 20_000);
      await button(visit, learn.pause).click();
    },
    isDone: async (visit) => isTaught.test(await visit.text()),
    fetches: /^assets\/(learn-view|worker|tfjs)|\.wasm$/,
  },
  'takes a film away': {
    async begin(visit) {
      visit.downloads.length = 0;
      const opens = button(visit, en.files.takeAway);
      if ((await opens.getAttribute('aria-expanded')) !== 'true') await opens.click();
      await visit.page.getByRole('checkbox', { name: takeAway.drawn }).uncheck();
      await visit.page.locator('take-away select[name=format]').selectOption({ label: takeAway.formats.gif });
      await button(visit, takeAway.save('GIF')).click();
    },
    async isDone({ downloads: [download] }) {
      return download !== undefined && readFileSync(await download.path()).toString('latin1').startsWith('GIF8'); // prettier-ignore
    },
    fetches: /^assets\/(take-away|worker)/,
  },
  presents: {
    begin: (visit) => button(visit, en.present.start).click(),
    isDone: async (visit) => (await visit.facts())!.presenting,
  },
  'draws large': {
    async begin(visit) {
      await visit.mark();
      await visit.page.locator('prompt-box .recorded select').selectOption('one.snow');
    },
    isDone: async ({ page }) => Number(await page.locator('clip-view canvas.film').getAttribute('width')) > 90,
    fetches: /^assets\/decoder|^models\/decoder/,
  },
  'says it in German': {
    begin: (visit) => type(visit, 'ein kleiner roter Ball hüpft bei Nacht'),
    isDone: async (visit) => /red ball bouncing/i.test((await visit.facts())!.told),
    fetches: /^assets\/(words|heard-words)/,
  },
  'changes the language': {
    begin: ({ page }) =>
      page
        .locator('.language select')
        .selectOption('de')
        .then(() => {}),
    isDone: async (visit) => (await visit.facts())!.language === 'de',
  },
  'is told what is seen': {
    async begin(visit) {
      await visit.mark();
      await visit.page.locator('prompt-box .recorded select').selectOption('one.snow');
    },
    isDone: (visit) => sees(visit, 'what-we-see .verdict'),
    fetches: /^assets\/(reader-worker|read-)/,
  },
  'comes back without a network': {
    async begin(visit) {
      await visit.page.getByText(en.kept).first().waitFor({ timeout: 40_000 });
      visit.host.trick = (_, request) => (request.socket.destroy(), true);
      await visit.page.reload({ waitUntil: 'commit' }).catch(() => {});
    },
    isDone: async (visit) => isWhole(await run(visit)),
    reloads: true,
    offline: true,
  },
};

declare global {
  interface Window {
    marked?: unknown;
  }
}
