/**
 * Measures how well what a model makes up fits what it was given: for each ready-made start (src/making/plan.ts), true films of
 * the world, of which the plan gives a part. `npm run measure:making -- --help`.
 *
 * What it is not: the suite `editing` of cli/evaluate.ts, which judges many clips for a report card.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { modelFolder } from './options';
import { openModel } from './model';
import { median, score, stored, wilson } from '../src/evaluation';
import { knownOf } from '../src/making/given';
import { planOf, starts, type Start } from '../src/making/plan';
import { decibels, isSmooth, seamsOf, type Seam, type Seams } from '../src/making/seams';
import { TransformerDenoiser } from '../src/model/denoiser';
import { readClip } from '../src/reading';
import { run } from '../src/sampling/run';
import { defaults } from '../src/sampling/settings';
import type { Step } from '../src/sampling/types';
import { caption, draws, render, sampleScene } from '../src/world';
import { tokenize } from '../src/world/prompt';

const help = `npm run measure:making -- [--n 16] [--seed 5000000] [--model mini] [--steps 24] [--only still,forward]

Of n true films with one thing a part is given, as each ready-made start does, and the model makes up the rest. Prints, for each start:
given pixels in the model's own guess, before they are put back (PSNR in dB, black to white is 2), in the last step and half-way;
how often the jump where given and made up meet is no larger than the largest elsewhere, in the films made and in the true ones;
and how often every word of the caption is seen, beside films of the same captions and seeds of which nothing is given.
`;

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '16' },
    seed: { type: 'string', default: '5000000' },
    model: { type: 'string', default: 'mini' },
    steps: { type: 'string', default: String(defaults.steps) },
    only: { type: 'string', default: starts.join() },
    help: { type: 'boolean' },
  },
});

/** True films that the seams are read beside: they cost no call of a model. */
const trueFilms = 256;

/** What was seen of one film. */
interface Row {
  readonly last: number; // dB
  readonly half: number;
  readonly time: Seam | null;
  readonly space: Seam | null;
  readonly strict: boolean;
}

async function measure(): Promise<void> {
  const [n, first, steps] = [values.n, values.seed, values.steps].map(Number);
  const { model, words } = await openModel(
    modelFolder(values.model, join(import.meta.dirname, '..')),
    'wasm',
    (error) => {
      throw error;
    },
  );
  const { frames, height, width, text_length } = model.config;
  const shape = { frames, height, width };
  const truth = (seed: number) => {
    const scene = sampleScene(draws(seed), { objects: 1, frames });
    return { clip: stored(render(scene, shape)), prompt: caption(scene) };
  };
  const stepsOf = async (prompt: string, seed: number, known?: ReturnType<typeof knownOf>) => {
    const denoiser = new TransformerDenoiser(model, tokenize(prompt, text_length, words).tokens);
    const all: Step[] = [];
    for await (const step of run(denoiser, { ...defaults, seed, steps }, { known })) all.push(step);
    denoiser.dispose();
    return all;
  };
  const strict = (clip: Float32Array, prompt: string) => score(readClip(clip, shape), prompt).strict;

  const plain: boolean[] = [];
  for (let i = 0; i < n; i++) {
    const { prompt } = truth(first + i);
    plain.push(strict((await stepsOf(prompt, first + i)).at(-1)!.guess, prompt));
  }
  console.log(`${values.model}, ${n} films a start from seed ${first}, ${steps} steps; of captions alone, ${shareOf(plain, Boolean)} are right in every word\n`); // prettier-ignore
  console.log('| start | kept in the last guess (median; 5th percentile) | half-way | at least 35 dB | seam in time | true films | edge | true films | every word right |\n|---|---|---|---|---|---|---|---|---|'); // prettier-ignore
  for (const start of values.only.split(',') as Start[]) {
    const rows: Row[] = [];
    for (let i = 0; i < n; i++) {
      const [{ clip, prompt }, second] = [truth(first + i), truth(first + 1_000_000 + i)];
      const known = knownOf(planOf(start, shape), [clip, second.clip], shape);
      const made = await stepsOf(prompt, first + i, known);
      const seams = seamsOf(made.at(-1)!.guess, known.mask, shape);
      rows.push({
        last: decibels(made.at(-1)!.strayed!),
        half: decibels(made[Math.floor(made.length / 2)].strayed!),
        ...seams,
        strict: strict(made.at(-1)!.guess, prompt),
      });
    }
    const truths = Array.from({ length: trueFilms }, (_, i) => {
      const { clip } = truth(first + i);
      return seamsOf(clip, knownOf(planOf(start, shape), [clip, clip], shape).mask, shape);
    });
    console.log(lineOf(start, rows, truths));
  }
}

function lineOf(start: string, rows: readonly Row[], truths: readonly Seams[]): string {
  const last = rows.map((row) => row.last).sort((a, b) => a - b);
  const smooth = (seams: readonly (Seam | null)[], where: keyof Seams) =>
    seams.every((seam) => seam === null) ? '-' : shareOf(seams, (seam) => seam !== null && isSmooth(seam, where));
  const cells = [
    start,
    `${median(last).toFixed(1)}; ${last[Math.floor(0.05 * last.length)].toFixed(1)} dB`,
    `${median(rows.map(({ half }) => half)).toFixed(1)} dB`,
    shareOf(last, (value) => value >= 35),
    smooth(rows.map(({ time }) => time), 'time'), // prettier-ignore
    smooth(truths.map(({ time }) => time), 'time'), // prettier-ignore
    smooth(rows.map(({ space }) => space), 'space'), // prettier-ignore
    smooth(truths.map(({ space }) => space), 'space'), // prettier-ignore
    shareOf(rows, (row) => row.strict),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** "81 % (57 to 93)": the share, and its 95 % interval (Wilson). */
function shareOf<Thing>(all: readonly Thing[], is: (thing: Thing) => boolean): string {
  const count = all.filter(is).length;
  const [low, high] = wilson(count, all.length);
  const percent = (share: number) => String(Math.round(100 * share));
  return `${percent(count / all.length)} % (${percent(low)} to ${percent(high)})`;
}

if (values.help) process.stdout.write(help);
else await measure();
