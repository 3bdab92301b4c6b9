/**
 * What src/pictures/far.ts compares with: a network's error in one guess, without words, of clips and stills that the world
 * drew, and their share of colours that the world has nowhere. `npx tsx cli/measure-far.ts --help`.
 *
 * What it is not: a score of a network; that is cli/evaluate.ts.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { PNG } from 'pngjs';
import { TransformerDenoiser } from '../src/model/denoiser';
import { errorOf, level, noised, outside } from '../src/pictures/far';
import { clipOf, groundOf, held } from '../src/pictures/ground';
import { reduce } from '../src/pictures/reduce';
import { uniforms } from '../src/sampling/noise';
import type { ClipShape } from '../src/sampling/types';
import { draws, render, sampleScene } from '../src/world';
import { tokenize } from '../src/world/prompt';
import { openModel, type OpenModel } from './model';

const file = 'src/pictures/far.json';
const levels = [0.3, 0.5, 0.7];

const { values, positionals } = parseArgs({
  options: {
    model: { type: 'string', default: 'mini' },
    n: { type: 'string', default: '128' },
    seed: { type: 'string', default: '1000000' },
    write: { type: 'boolean' },
    help: { type: 'boolean' },
  },
  allowPositionals: true,
});
function fail(error: Error): never {
  throw error;
}

/** A clip and how wrong the guess of it is. */
type Errors = (clip: Float32Array) => Promise<number[]>;

async function measure({ name, model, reason }: OpenModel, count: number, seed: number): Promise<void> {
  console.log(`${name}, ${count} scenes from seed ${seed}. ${reason}\n`);
  const shape: ClipShape = model.config;
  const denoiser = new TransformerDenoiser(model, tokenize('', model.config.text_length).tokens);
  const errors: Errors = async (clip) => {
    const all: number[] = [];
    for (const t of levels)
      all.push(errorOf((await denoiser.guess(noised(clip, t), Float32Array.of(t), ['prompt']))[0], clip));
    return all;
  };
  console.log(`| of | ${levels.map((t) => `error at t = ${t}`).join(' | ')} | other colours |`);
  console.log(`|---|${levels.map(() => '---|').join('')}---|`);
  const [clips, stills] = [new Sample('films'), new Sample('stills')];
  for (let n = 0; n < count; n++) {
    const clip = render(sampleScene(draws(seed + n), { frames: shape.frames }), shape).map((value) => 2 * value - 1);
    const still = held(frameOf(clip, shape, shape.frames >> 1), shape);
    for (const [sample, each] of [[clips, clip], [stills, still]] as const) sample.add(await errors(each), outside(each)); // prettier-ignore
  }
  for (const sample of [clips, stills]) sample.print();
  for (const [title, still] of foreign(shape)) {
    const clip = held(still, shape);
    console.log(`| ${title} | ${(await errors(clip)).map((each) => each.toFixed(4)).join(' | ')} | ${percent(outside(clip))} |`);
  } // prettier-ignore
  if (values.write) write(name, new Sample('all', [clips, stills]));
}

class Sample {
  readonly errors: number[][] = levels.map(() => []);
  readonly outside: number[] = [];

  constructor(
    private readonly title: string,
    of: readonly Sample[] = [],
  ) {
    for (const { errors, outside } of of) {
      errors.forEach((each, i) => this.errors[i].push(...each));
      this.outside.push(...outside);
    }
  }

  add(errors: readonly number[], outside: number): void {
    errors.forEach((error, i) => this.errors[i].push(error));
    this.outside.push(outside);
  }

  print(): void {
    for (const share of [0.5, 0.95, 0.99, 1]) {
      const cells = this.errors.map((each) => quantile(each, share).toFixed(4));
      console.log(`| ${this.title}, ${100 * share} % below | ${cells.join(' | ')} | ${percent(quantile(this.outside, share))} |`);
    } // prettier-ignore
  }
}

function quantile(of: readonly number[], share: number): number {
  const sorted = [...of].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const rounded = (value: number) => Number(value.toFixed(4));

function write(name: string, all: Sample): void {
  const old = JSON.parse(readFileSync(file, 'utf8')) as { errors: Record<string, unknown> };
  const usual = (of: readonly number[]) => ({ median: rounded(quantile(of, 0.5)), most: rounded(quantile(of, 0.95)) });
  const errors = { ...old.errors, [name]: usual(all.errors[levels.indexOf(level)]) };
  writeFileSync(file, `${JSON.stringify({ level, errors, outside: usual(all.outside) }, null, 2)}\n`);
  console.log(`\n${file} is written.`);
}

/** 3 x 1 x height x width of a clip. */
function frameOf(clip: Float32Array, { frames, height, width }: ClipShape, n: number): Float32Array {
  const plane = height * width;
  const still = new Float32Array(3 * plane);
  for (let c = 0; c < 3; c++)
    still.set(clip.subarray((c * frames + n) * plane, (c * frames + n + 1) * plane), c * plane);
  return still;
}

/** Stills that the world never draws. */
function foreign(shape: ClipShape): [string, Float32Array][] {
  const { height, width } = shape;
  const plane = height * width;
  const random = uniforms(1, 0, 3 * plane);
  const painted = (at: (x: number, y: number, c: number) => number) =>
    Float32Array.from({ length: 3 * plane }, (_, i) =>
      at(i % width, Math.floor((i % plane) / width), Math.floor(i / plane)),
    );
  const files = positionals.map((path): [string, Float32Array] => {
    const { data, ...size } = PNG.sync.read(readFileSync(path));
    const reduced = reduce(new Uint8ClampedArray(data), size, shape, 'fill');
    return [basename(path), clipOf([reduced], groundOf('light', shape))];
  });
  return [
    ['plain grey', painted(() => 0)],
    ['static', Float32Array.from(random, (value) => 2 * value - 1)],
    ['a chessboard', painted((x, y) => ((x >> 2) + (y >> 2)) % 2 ? 0.9 : -0.9)],
    ['brown stripes', painted((x, _, c) => (x % 8 < 4 ? [0.1, -0.3, -0.6][c] : [0.6, 0.3, 0][c]))],
    ['a rainbow', painted((x, y, c) => Math.cos(2 * Math.PI * (x / width + c / 3)) * (1 - (y / height) * 0.3))],
    ...files,
  ]; // prettier-ignore
}

if (values.help)
  console.log(`npx tsx cli/measure-far.ts [--model mini] [--n 128] [--seed 1000000] [--write] [PICTURE.png ...]

Renders n clips of the world, and a still of each, and prints how wrong the network's guess of them is at the noise levels
${levels.join(', ')}; then the same of pictures that are none of the world's, and of yours. --write puts the figures at ${level}
into ${file}.`);
else await measure(await openModel(`models/${values.model}`, 'wasm', fail), Number(values.n), Number(values.seed));
