/**
 * What the kit needs and a build has no time for: `npm run kit -- --measure` reads the recorded runs by machine, as the story
 * does, and draws some of their frames with the decoder. It writes measured.json and pictures/ beside this file, with the
 * checksum of everything that they were made of: tests/scripts/kit.test.ts says when they are out of date.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { format, resolveConfig } from 'prettier';
import { openDecoder, openModel } from '../../cli/model';
import { decide } from '../../src/judging/decided';
import { completed } from '../../src/settings/settings';
import type { Run } from '../../src/app/state';
import type { AnyFinding, ChapterId, Findings, Trace } from '../../src/lessons/chapter';
import { chapters } from '../../src/lessons/chapters';
import { facts } from '../../src/lessons/facts';
import {
  ball,
  boat,
  cutTime,
  fish,
  heart,
  hole,
  otherFalls,
  otherNoise,
  rocket,
  sameNoise,
} from '../../src/lessons/films';
import { networkSide } from '../../src/lessons/twin';
import { noiseShares, wreckFilm, wreckScene } from '../../src/lessons/wreck';
import { readClip, type Reading } from '../../src/reading';
import { decode } from '../../src/recording/file';
import { replay } from '../../src/recording/recording';
import type { Step } from '../../src/sampling/types';
import { tokenize } from '../../src/world/prompt';

export const root = join(import.meta.dirname, '../..');
const recordings = join(root, 'public/recordings');

/** Of each film that the kit shows: these frames, counted from 0. */
export const shownFrames = [0, 5, 10, 15] as const;
/** Steps of the ball's run whose guess is shown, and the last of them is the film. */
export const shownSteps = [0, 4, 8, 15] as const;

export interface Measured {
  readonly from: Readonly<Record<string, string>>; // SHA-256 of every file that it was made of
  readonly findings: { readonly [Id in ChapterId]: Findings[Id] };
  readonly falls: readonly { readonly file: string; readonly heights: readonly (number | null)[] }[]; // share of the frame, from below
}

const films = [ball, ...sameNoise, ...otherNoise, cutTime, ...otherFalls, hole, fish, rocket, heart, boat];
const weights = ['models/mini', 'models/decoder'].map((folder) => `${folder}/model.safetensors`);

/** The files that all of this rests on. */
export const sources = [...films, wreckFilm].map(({ file }) => `public/recordings/${file}`).concat(weights);

export function checksumOf(file: string): string {
  return createHash('sha256')
    .update(readFileSync(join(root, file)))
    .digest('hex');
}

/** A recorded run, grown again from its file. */
export async function runOf({ file }: { readonly file: string }): Promise<Run> {
  const recording = await decode(readFileSync(join(recordings, file)));
  const steps: Step[] = [];
  for await (const step of replay(recording)) steps.push(step);
  const { model, prompt, settings, shape } = recording;
  return { source: 'recording', model, prompt, settings: completed(settings), shape, steps, phase: 'done' };
}

export const filmOf = ({ steps }: Run): Float32Array => steps[steps.length - 1].guess;

/** Reads every clip once. */
const readings = new Map<Float32Array, Reading>();
function read(clip: Float32Array, { shape }: Run): Reading {
  const reading = readings.get(clip) ?? readClip(clip, shape);
  if (!readings.has(clip)) process.stderr.write('.');
  readings.set(clip, reading);
  return reading;
}

/** What a learner has done who did all that a chapter asks, and predicted right where the page says so. */
async function traceOf(id: ChapterId, runs: ReadonlyMap<string, Run>): Promise<Trace> {
  const run = (film: { readonly file: string }) => runs.get(film.file)!;
  const seen = (...played: { readonly file: string }[]) => played.map((film) => ({ run: run(film), reading: null }));
  const empty: Trace = { answers: {}, films: [], rows: [], tries: [], run: null, readings: [], decisions: [], beside: [], besideReadings: [], parameters: facts.parameters }; // prettier-ignore
  switch (id) {
    case 'noise':
      return { ...empty, films: seen(ball, sameNoise[0], otherNoise[0]) };
    case 'wrecking': {
      const wrecked = run(wreckFilm);
      const beside = wrecked.steps.map(({ guess }) => guess);
      const answers = Object.fromEntries(noiseShares.map((share) => [`at${100 * share}`, wreckScene.objects[0].thing]));
      return { ...empty, answers, tries: ['clean'], beside, besideReadings: beside.map((clip) => read(clip, wrecked)) };
    }
    case 'patches':
      return { ...empty, tries: ['2.4', '4.16'] };
    case 'together':
      return { ...empty, films: seen(fish, cutTime), rows: [4, 8, 12] };
    case 'words': {
      const its = run(rocket);
      const all = its.steps.map(({ guess }) => read(guess, its));
      return { ...empty, run: its, rows: [8], readings: all, decisions: decide(its.prompt, all, true) };
    }
    case 'roads': {
      const its = run(ball);
      const [first, last] = [its.steps[0].guess, filmOf(its)].map((clip) => read(clip, its));
      const between = its.steps.slice(1, -1).map(() => undefined);
      return { ...empty, run: its, rows: [0, its.steps.length], readings: [first, ...between, last] };
    }
    case 'physics':
      return { ...empty, films: [ball, ...otherFalls, hole].map((film) => ({ run: run(film), reading: read(filmOf(run(film)), run(film)) })) }; // prettier-ignore
    case 'sora':
      return { ...empty, answers: { which: networkSide }, tries: ['label'], beside: [filmOf(run(boat))] };
  }
}

/** How high the ball is in each frame, as a share of the frame from below; null where it is not seen. */
function heightsOf({ objects: [object] }: Reading): (number | null)[] {
  return object.track.map(({ y, visible }) => (visible > 0.3 ? Number((1 - y).toFixed(4)) : null));
}

async function findAll(runs: ReadonlyMap<string, Run>): Promise<Measured['findings']> {
  const found: Partial<Record<ChapterId, AnyFinding>> = {};
  for (const { id, find } of chapters) {
    process.stderr.write(`\n${id} `);
    found[id] = find(await traceOf(id, runs)) ?? undefined;
    if (!found[id]) throw new Error(`chapter ${id} finds nothing: its recorded runs have changed`);
  }
  return found as Measured['findings'];
}

/** Frames beside one another, as the decoder draws them: bytes of a PNG. */
function strip(drawn: readonly Float32Array[], size: number): Buffer {
  const png = new PNG({ width: drawn.length * size, height: size });
  drawn.forEach((values, column) => {
    for (let i = 0; i < size * size; i++) {
      const at = 4 * ((Math.floor(i / size) * drawn.length + column) * size + (i % size));
      for (let c = 0; c < 3; c++) png.data[at + c] = Math.min(255, Math.max(0, Math.round((values[c * size * size + i] + 1) * 127.5))); // prettier-ignore
      png.data[at + 3] = 255;
    }
  });
  return PNG.sync.write(png, { colorType: 2, deflateLevel: 9 });
}

export const pictureName = (file: string, step?: number): string =>
  `${file.replace(/^story\//, '').replace(/\.snow$/, '')}${step === undefined ? '' : `-${step}`}.png`;

async function drawAll(runs: ReadonlyMap<string, Run>): Promise<void> {
  const fail = (error: Error) => {
    throw error;
  };
  await openModel(join(root, 'models/mini'), 'wasm', fail); // which starts the backend
  const { decoder, words } = await openDecoder(join(root, 'models/decoder'));
  const draw = async (run: Run, step: number, name: string) => {
    const drawn = await decoder.draw(
      run.steps[step].guess,
      run.shape,
      shownFrames,
      tokenize(run.prompt, 64, words).tokens,
    );
    const png = strip(drawn, 4 * run.shape.width);
    writeFileSync(join(import.meta.dirname, 'pictures', name), png);
    process.stderr.write(`${name}: ${png.length} bytes\n`);
  };
  for (const { file } of films) await draw(runs.get(file)!, runs.get(file)!.steps.length - 1, pictureName(file));
  for (const step of shownSteps.slice(0, -1)) await draw(runs.get(ball.file)!, step, pictureName(ball.file, step));
}

export async function measure(): Promise<void> {
  const runs = new Map<string, Run>();
  for (const film of [...films, wreckFilm]) runs.set(film.file, await runOf(film));
  const findings = await findAll(runs);
  const falls = [ball, ...otherFalls].map(({ file }) => {
    const run = runs.get(file)!;
    return { file, heights: heightsOf(read(filmOf(run), run)) };
  });
  const from = Object.fromEntries(sources.map((file) => [file, checksumOf(file)]));
  const measured: Measured = { from, findings, falls };
  const file = join(import.meta.dirname, 'measured.json');
  const text = JSON.stringify(measured, null, 2);
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), parser: 'json' }));
  process.stderr.write('\n');
  await drawAll(runs);
}
