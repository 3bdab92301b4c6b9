/**
 * The fault matrix: what somebody does x what goes wrong x when. A cell ends well where the page does what it promises, or
 * says in a sentence why not and what to do; where nobody's error is uncaught, nothing that somebody made is lost, and the
 * page still answers; and where the fault can end, everything is there again after it.
 */
import type { Browser } from 'playwright-core';
import { de } from '../../src/i18n/de';
import { en } from '../../src/i18n/en';
import { inside } from '../../src/i18n/en/inside';
import { learn } from '../../src/i18n/en/learn';
import { make } from '../../src/i18n/en/make';
import { pictures } from '../../src/i18n/en/pictures';
import { story } from '../../src/i18n/en/story';
import type { Host } from '../page/host';
import { failures, type Failure } from './failures';
import { features, type as typeIn, type Feature } from './features';
import { Visit } from './visit';

/** Before the page is opened; as the feature begins; after it was used once, and before it is used again. */
export const moments = ['before', 'during', 'after'] as const;

export interface Cell {
  readonly feature: string;
  readonly failure: string;
  readonly moment: (typeof moments)[number];
}

export const nameOf = ({ feature, failure, moment }: Cell): string => `${feature} / ${failure} / ${moment}`;

/** Those that can tell more than that nothing happened: a file that a feature never asks for cannot fail it. */
function makesSense({ feature, failure, moment }: Cell): boolean {
  const { reloads, offline, fetches } = features[feature];
  const { lacks, asset } = failures[failure];
  if (lacks !== undefined) return moment === 'before' && (!offline || /Cache|caches|serviceWorker|subtle|service worker/.test(failure)); // prettier-ignore
  if (asset === undefined) return moment !== 'before' && !offline;
  if (offline) return moment === 'before' && /service worker|web manifest|later script|the recording/.test(failure);
  if (moment === 'before') return Boolean(reloads) || !fetches || touches(fetches, asset);
  return Boolean(reloads) || (fetches !== undefined && touches(fetches, asset)) || failure.startsWith('everything');
}

/** Whether a feature's own files are among those that do not come. Both are patterns of names. */
function touches(fetches: RegExp, asset: RegExp): boolean {
  const names = ['assets/story-view-1.js', 'assets/inside-view-1.js', 'assets/probe-1.js', 'assets/lab-view-1.js', 'assets/make-view-1.js', 'assets/remake-1.js', 'assets/learn-view-1.js', 'assets/opener-worker-1.js', 'assets/worker-1.js', 'assets/tfjs-1.js', 'wasm/tfjs-backend-wasm-simd.wasm', 'assets/take-away-1.js', 'assets/words-1.js', 'assets/heard-words-1.js', 'assets/decoder-client-1.js', 'assets/filer-worker-1.js', 'assets/reader-worker-1.js', 'assets/read-1.js', 'models/decoder/model.safetensors', 'models/decoder/manifest.json', 'recordings/one.snow']; // prettier-ignore
  return names.some((name) => fetches.test(name) && asset.test(name));
}

export const allCells: readonly Cell[] = Object.keys(features).flatMap((feature) =>
  Object.keys(failures).flatMap((failure) =>
    moments.map((moment) => ({ feature, failure, moment })).filter(makesSense),
  ),
);

/** The same cells for the same seed: at each moment one of those whose feature and failure came least often so far. */
export function* chosenBy(seed: number, from = allCells): Generator<Cell> {
  let state = seed >>> 0;
  const chance = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const uses = new Map<string, number>();
  const usesOf = (cell: Cell) => [cell.feature, cell.failure].reduce((sum, name) => sum + (uses.get(name) ?? 0), 0);
  const left = from.map((cell) => ({ cell, lot: chance() }));
  while (left.length > 0) {
    const least = Math.min(...left.map(({ cell }) => usesOf(cell)));
    const open = left.filter(({ cell }) => usesOf(cell) === least);
    const next = open.reduce((one, other) => (other.lot < one.lot ? other : one));
    left.splice(left.indexOf(next), 1);
    for (const name of [next.cell.feature, next.cell.failure]) uses.set(name, (uses.get(name) ?? 0) + 1);
    yield next.cell;
  }
}

// ------------------------------------------------------------------------------------------------------- what is said

const starts = [
  'Check the connection, then reload the page.',
  'Open the page in a current browser',
  'If the connection is slow, wait',
]; // start.js
const steps = [en, de].flatMap(({ faults }) =>
  Object.values(faults).flatMap(({ next }) => (typeof next === 'string' ? [next] : [])),
);
const others = [
  ...[en, de].flatMap((strings) => [strings.views.failed, strings.decoder.fault, strings.files.notCopied]),
  inside.obstacles.noModel,
  learn.failed,
  make.obstacles.noModel,
  ...(['unsupported', 'unreadable', 'tooSlow', 'cannot'] as const).map((reason) => pictures.refused({ reason })),
  inside.fault,
  story.lacking,
  story.quiz.unkept,
];
const sentences = [...starts, ...steps, ...others];

export const isSaid = (text: string): boolean => sentences.some((sentence) => text.includes(sentence.replace(/\s+/g, ' '))); // prettier-ignore

// ---------------------------------------------------------------------------------------------------------- one cell

const own = { prompt: 'A small green box.', answer: 'Something that I wrote.' };
const shelf = 'snowglobe story';

/** Somebody has been here for a while: a film of their own, and an answer in the notebook. */
async function settleIn(visit: Visit, patience: number): Promise<void> {
  await visit.open();
  const there = await visit.until(async () => {
    const facts = await visit.facts();
    return facts?.engine === 'ready' && facts.run?.phase === 'done';
  }, patience);
  if (!there) throw new Error(`the page was not ready for the fault: ${(await visit.text()).slice(0, 400)}`);
  await visit.page.evaluate(([name, text]) => localStorage.setItem(name, text), [shelf, JSON.stringify({ before: { wrong: own.answer } })]); // prettier-ignore
  await visit.page.evaluate((prompt) => {
    const { studio } = document.querySelector('snow-globe')!;
    studio.controls.setPrompt(prompt);
    studio.controls.set({ steps: 3 });
    void studio.runs.again();
  }, own.prompt);
  await visit.until(async () => (await visit.facts())!.films.some((prompt) => prompt.includes('box')), patience);
}

/** What is wrong with how it ended; nothing where it ended well. */
async function judge(visit: Visit, cell: Cell, { begun }: { begun: unknown }, patience: number): Promise<string[]> {
  const feature = features[cell.feature];
  const problems: string[] = [];
  const done = () => feature.isDone(visit).catch(() => false); // a page that did not start knows nothing of it
  const ended = await visit.until(async () => (await done()) || isSaid(await visit.text()), patience);
  const text = await visit.text();
  const said = isSaid(text);
  if (!ended)
    problems.push(`neither done nor said why: ${ends(text)} ... ${begun instanceof Error ? begun.message.split('\n')[0] : ''}`); // prettier-ignore
  // Where a browser lacks something, an error may go uncaught as long as the page has heard of it and says so.
  const told = visit.lacks !== undefined && said;
  const needless = cell.failure.startsWith('start.js'); // the page does without
  if (visit.errors.length > 0 && !told && !needless)
    problems.push(`nobody caught: ${[...new Set(visit.errors)].slice(0, 3).join(' | ')}`);
  if (cell.moment !== 'before') problems.push(...(await lost(visit, feature)));
  const facts = await visit.facts();
  if (facts && ended && !said && facts.view === 'watch' && !facts.presenting) {
    const answers = await typeIn(visit, 'a red ball').then(
      () => visit.until(async () => (await visit.facts())!.prompt === 'a red ball', 10_000),
      () => false,
    );
    if (!answers) problems.push('the page does not answer any more');
  }
  return problems;
}

/** Beginning and end of a long text: what went wrong is said above everything, or where it was asked for. */
const ends = (text: string) => (text.length > 2000 ? `${text.slice(0, 700)} ... ${text.slice(-700)}` : text);

/** What somebody had made, and is not there any more. */
async function lost(visit: Visit, { reloads }: Feature): Promise<string[]> {
  const kept = await visit.page.evaluate((name) => localStorage.getItem(name), shelf).catch(() => null);
  const films = (await visit.facts())?.films ?? [];
  return [
    ...(kept?.includes(own.answer) ? [] : ['the notebook is lost']),
    ...(reloads || films.some((prompt) => prompt.includes('box')) ? [] : ['the film of before is lost']),
  ];
}

/** After the fault: the page opens, plays and has its network. */
async function recovers(visit: Visit, failure: Failure, patience: number): Promise<string[]> {
  if (!failure.end) return [];
  await failure.end(visit);
  visit.errors.length = 0;
  await visit.open(`?again=${visit.host.address.length}`);
  const whole = async () => {
    const facts = await visit.facts();
    return facts?.engine === 'ready' && facts.run?.phase === 'done';
  };
  if (await visit.until(whole, patience)) return [];
  return [`does not come back after the fault: ${(await visit.text()).slice(0, 400)}`];
}

/** As soon as there is a page for it to happen to: the feature may be loading it anew. */
async function startSoon(visit: Visit, failure: Failure): Promise<void> {
  await visit.until(async () => (await failure.start?.(visit), true), 20_000);
}

/** What is wrong with it, none where it ends well. patience: milliseconds for the page to come to an end. */
export async function tryCell(browser: Browser, host: Host, cell: Cell, patience = 60_000): Promise<string[]> {
  const feature = features[cell.feature];
  const failure = failures[cell.failure];
  const visit = await Visit.begin(browser, host, {
    serviceWorkers: feature.offline || /service worker|serviceWorker/.test(cell.failure) ? 'allow' : 'block',
    lacks: failure.lacks,
    patience,
  });
  host.trick = lackIn(visit);
  try {
    let begun: unknown;
    const begin = () => feature.begin(visit).catch((thrown: unknown) => thrown);
    if (cell.moment === 'before') {
      await failure.start?.(visit);
      await visit.open();
      // What can't be begun, because the page has said why it did not start, is said.
      await visit.until(async () => (await visit.facts())?.run?.phase === 'done' || isSaid(await visit.text()), patience / 2); // prettier-ignore
      begun = await begin();
    } else {
      await settleIn(visit, patience);
      if (cell.moment === 'during') [begun] = await Promise.all([begin(), startSoon(visit, failure)]);
      else {
        const first = await begin();
        if (!(await visit.until(() => feature.isDone(visit), patience)))
          return [`not even without a fault: ${first instanceof Error ? first.message : ''} ${(await visit.text()).slice(0, 300)}`]; // prettier-ignore
        await failure.start?.(visit);
        begun = await begin();
      }
    }
    const problems = await judge(visit, cell, { begun }, patience);
    return [...problems, ...(await recovers(visit, failure, patience))];
  } catch (thrown) {
    return [
      `broke off: ${thrown instanceof Error ? thrown.message.split('\n').slice(0, 3).join(' ') : String(thrown)}`,
    ];
  } finally {
    host.trick = () => false;
    await visit.end();
  }
}

/** What a browser lacks it lacks in workers as well, where only their script can be got at; then its lock must go. */
function lackIn({ lacks }: Visit): Host['trick'] {
  if (!lacks) return () => false;
  return (name, _, response, file) => {
    if (name === 'index.html') {
      const page = file()
        .toString()
        .replace(/<script type="importmap">.*?<\/script>/, '');
      return (response.writeHead(200, { 'Content-Type': 'text/html' }).end(page), true);
    }
    if (!/^assets\/([a-z]+-)?worker-.*\.js$/.test(name)) return false;
    const script = `{${lacks}}\n${file().toString()}`;
    return (response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script), true);
  };
}
