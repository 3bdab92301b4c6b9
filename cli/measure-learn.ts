/**
 * Trains a micro network as the view Learn does, on one core by WebAssembly, and says how often its films show what was asked:
 * in cells that training shows, and in its holes. `npm run measure:learn -- --help`.
 *
 * What it is not: a judge of the models that are shipped; that is cli/evaluate.ts.
 */
import { writeFileSync } from 'node:fs';
import { cpuUsage } from 'node:process';
import { parseArgs } from 'node:util';
import { selectBackend } from '../src/engine/backend';
import { modelFile } from '../src/learn/file';
import { Curve, Tally } from '../src/learn/history';
import { firstGrid, holesOf, microCaption, pairOf, shownBy, tidied, type Cell, type Grid } from '../src/learn/micro';
import type { Score } from '../src/learn/protocol';
import { recordedFile, type Moment } from '../src/learn/recorded';
import { cleanSettings, firstSettings } from '../src/learn/settings';
import { Training } from '../src/learn/training';
import { paints } from '../src/pictures/drawing';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '300' },
    films: { type: 'string', default: '64' },
    every: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    rate: { type: 'string', default: String(firstSettings.rate) },
    batch: { type: 'string', default: String(firstSettings.batch) },
    width: { type: 'string', default: String(firstSettings.width) },
    mean: { type: 'string', default: String(firstSettings.mean) },
    colours: { type: 'string' },
    motions: { type: 'string', default: 'left,right' },
    things: { type: 'string', default: 'ball' },
    hole: { type: 'string', multiple: true, default: [] },
    drawn: { type: 'boolean' },
    record: { type: 'string' },
    out: { type: 'string' },
    help: { type: 'boolean' },
  },
});

/** Seconds that the processor has worked for this program: on an idle machine as many as the clock's. */
function worked(): number {
  const { user, system } = cpuUsage();
  return (user + system) / 1e6;
}

/** Two things as a learner might draw them: r red, y yellow, b blue, g green. */
const pictures: Readonly<Record<string, string>> = {
  fish: '......../..rrr..r/.rrrrrrr/rryrrrrr/rrrrrrrr/.rrrrrrr/..rrr..r/........',
  rocket: '...bb.../...bb.../..bggb../..bggb../..bbbb../.bbbbbb./bb.yy.bb/...yy...',
};
const inks = { r: 'red', y: 'yellow', b: 'blue', g: 'green' } as const;

function drawnThings(): Grid['drawn'] {
  const placeOf = (ink: string) => 1 + paints.findIndex(({ name }) => name === inks[ink as keyof typeof inks]);
  return Object.entries(pictures).map(([word, rows]) => ({ word, cells: [...rows.replaceAll('/', '')].map(placeOf) }));
}

/** The grid that the view begins with; or, where colours are named, all that they make with motions and things, but for the holes. */
function gridOf({ colours, motions, things, hole, drawn }: typeof values): Grid {
  if (drawn) {
    const own = drawnThings();
    const all = own.flatMap(({ word }) => motions.split(',').map((motion) => pairOf(word, motion)));
    return tidied({ motions: all.filter((pair) => !hole.includes(pair)), things: [], drawn: own });
  }
  if (!colours) return firstGrid;
  const pairs = (words: string) => colours.split(',').flatMap((colour) => words.split(',').map((word) => pairOf(colour, word))); // prettier-ignore
  const without = (all: readonly string[]) => all.filter((pair) => !hole.includes(pair));
  return tidied({ motions: without(pairs(motions)), things: without(pairs(things)), drawn: [] });
}

const none: Score = { films: 0, right: 0, colour: 0, motion: 0, both: 0, instead: null };

/** Films of cells, each of another noise, and what is seen in them. */
async function judged(
  training: Training,
  cells: readonly Cell[],
  films: number,
): Promise<{ score: Score; said: string }> {
  // prettier-ignore
  if (cells.length === 0) return { score: none, said: '-' };
  const tally = new Tally(films);
  const instead = new Map<string, number>();
  for (let i = 0; i < films; i++) {
    const { cell, seen, right } = await training.draw(cells[i % cells.length], 10_000 + i);
    tally.add(cell, seen);
    const what = `${seen.colour ?? '?'} ${seen.thing ?? '?'} ${seen.motion ?? '?'}`;
    if (!right) instead.set(what, (instead.get(what) ?? 0) + 1);
  }
  const { score } = tally;
  const percent = (count: number) => `${Math.round((100 * count) / films)} %`;
  const others = [...instead].sort((a, b) => b[1] - a[1]).slice(0, 4);
  const words = `colour and direction right ${percent(score.both)}, the thing too ${percent(score.right)} (colour ${percent(score.colour)}, direction ${percent(score.motion)})`; // prettier-ignore
  return { score, said: `${words}${others.length ? `; else ${others.map(([what, times]) => `${times} x ${what}`).join(', ')}` : ''}` }; // prettier-ignore
}

/** Seconds of training at which a recording stands: the first before all, then later and later. */
function momentsOf(seconds: number): readonly number[] {
  return Array.from({ length: 12 }, (_, i) => (i === 0 ? 0 : seconds * 0.01 ** ((11 - i) / 10)));
}

async function main(): Promise<void> {
  const onFault = (error: Error) => {
    throw error;
  };
  await selectBackend({ preferred: 'wasm', wasmFolder: 'node_modules/@tensorflow/tfjs-backend-wasm/dist/', onFault });
  const { rate, batch, width, mean, seed } = values;
  const settings = cleanSettings({ rate: Number(rate), batch: Number(batch), width: Number(width), mean: Number(mean), seed: Number(seed) }); // prettier-ignore
  const grid = gridOf(values);
  const training = new Training({ settings, grid });
  const [shown, holes] = [shownBy(grid), holesOf(grid)];
  console.log(`${training.parameters} parameters; shown: ${shown.map(microCaption).join(' ')}; holes: ${holes.map(microCaption).join(' ') || 'none'}`); // prettier-ignore
  const seconds = Number(values.seconds);
  const stops = values.record
    ? momentsOf(seconds)
    : Array.from({ length: Math.ceil(seconds / Number(values.every)) }, (_, i) => Math.min(seconds, (i + 1) * Number(values.every))); // prettier-ignore
  const curve = new Curve();
  const moments: Moment[] = [];
  let spent = 0;
  let latest: Pick<Moment, 'shown' | 'holes'> = { shown: none, holes: none };
  const share = ({ right, films }: Score) => (films > 0 ? right / films : null);
  for (const stop of stops) {
    while (spent < stop) {
      const before = worked();
      const { sums, counts } = await training.advance();
      spent += worked() - before;
      curve.add(sums, counts, { seen: training.seen, seconds: spent, shown: share(latest.shown), holes: share(latest.holes) }); // prettier-ignore
    }
    const films = stop < seconds && !values.record ? Math.min(24, Number(values.films)) : Number(values.films);
    const [right, wrong] = [await judged(training, shown, films), await judged(training, holes, films)];
    latest = { shown: right.score, holes: wrong.score };
    console.log(`${Math.round(spent)} s, ${training.seen} clips\n  shown: ${right.said}\n  holes: ${wrong.said}`);
    moments.push({ ...training.snapshot(), seconds: spent, points: [...curve.points], ...latest });
  }
  if (values.record) writeFileSync(values.record, recordedFile(moments));
  if (values.out) writeFileSync(values.out, modelFile({ ...training.snapshot(), seconds: spent }));
}

if (values.help)
  console.log(`npm run measure:learn -- [--seconds 300] [--films 64] [--every 60] [--seed 1] [--rate 0.003] [--batch 16] [--width 48] [--mean -0.6]
  [[--colours red,yellow,green,blue [--motions left,right] [--things ball] [--hole "blue left"]] | --drawn [--motions left,right] [--hole "fish left"]] [--out FILE] [--record FILE]

Trains for so many seconds of one core (time for films not counted) and reads so many films. Without --colours on what the view
begins with; with --drawn on a fish and a rocket as a learner might draw them. --out writes the model as a file, --record the whole training at twelve moments.`);
else await main();
