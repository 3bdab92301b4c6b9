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
import { Tally } from '../src/learn/history';
import { firstGrid, fullGrid, holesOf, microCaption, shownBy, ticked, type Cell, type Grid } from '../src/learn/micro';
import { cleanSettings, firstSettings } from '../src/learn/settings';
import { Training } from '../src/learn/training';

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
    hole: { type: 'string' },
    out: { type: 'string' },
    help: { type: 'boolean' },
  },
});

/** Seconds that the processor has worked for this program: on an idle machine as many as the clock's. */
function worked(): number {
  const { user, system } = cpuUsage();
  return (user + system) / 1e6;
}

/** The grid that the view begins with, or that of all four colours in both directions, without the hole where one is named. */
function gridOf(hole: string | undefined): Grid {
  return hole === undefined ? firstGrid : ticked(fullGrid, 'motions', hole, false);
}

async function judged(training: Training, cells: readonly Cell[], films: number): Promise<string> {
  if (cells.length === 0) return '-';
  const tally = new Tally(films);
  const instead = new Map<string, number>();
  for (let i = 0; i < films; i++) {
    const { cell, seen, right } = await training.draw(cells[i % cells.length], 10_000 + i);
    tally.add(cell, seen);
    const what = `${seen.colour ?? '?'} ${seen.thing ?? '?'} ${seen.motion ?? '?'}`;
    if (!right) instead.set(what, (instead.get(what) ?? 0) + 1);
  }
  const { right, colour, motion } = tally.score;
  const percent = (count: number) => `${Math.round((100 * count) / films)} %`;
  const others = [...instead].sort((a, b) => b[1] - a[1]).slice(0, 4);
  return `right ${percent(right)} (colour ${percent(colour)}, motion ${percent(motion)})${others.length ? `; else ${others.map(([what, times]) => `${times} x ${what}`).join(', ')}` : ''}`;
}

async function main(): Promise<void> {
  const onFault = (error: Error) => {
    throw error;
  };
  await selectBackend({ preferred: 'wasm', wasmFolder: 'node_modules/@tensorflow/tfjs-backend-wasm/dist/', onFault });
  const { rate, batch, width, mean, seed } = values;
  const settings = cleanSettings({ rate: Number(rate), batch: Number(batch), width: Number(width), mean: Number(mean), seed: Number(seed) }); // prettier-ignore
  const grid = gridOf(values.hole);
  const training = new Training({ settings, grid });
  console.log(`${training.parameters} parameters; shown: ${shownBy(grid).map(microCaption).join(' ')}; holes: ${holesOf(grid).map(microCaption).join(' ') || 'none'}`); // prettier-ignore
  let spent = 0;
  let next = Number(values.every);
  let [sum, count] = [0, 0];
  while (spent < Number(values.seconds)) {
    const before = worked();
    sum += (await training.advance()).loss;
    spent += worked() - before;
    count++;
    if (spent < next && spent < Number(values.seconds)) continue;
    next += Number(values.every);
    console.log(`${Math.round(spent)} s, ${training.seen} clips, loss ${(sum / count).toFixed(3)}`);
    [sum, count] = [0, 0];
    const films = spent < Number(values.seconds) ? Math.min(24, Number(values.films)) : Number(values.films);
    console.log(`  shown: ${await judged(training, shownBy(grid), films)}`);
    console.log(`  holes: ${await judged(training, holesOf(grid), films)}`);
  }
  if (values.out) writeFileSync(values.out, modelFile({ ...training.snapshot(), seconds: spent }));
}

if (values.help)
  console.log(`npm run measure:learn -- [--seconds 300] [--films 64] [--every 60] [--seed 1] [--rate 0.003] [--batch 16] [--width 48] [--mean -0.6] [--hole "blue left"|none] [--out FILE]

Trains for so many seconds of one core (time for films not counted) and reads so many films. Without --hole on what the view begins
with; else on four colours, each to the left and to the right, without that hole.`);
else await main();
