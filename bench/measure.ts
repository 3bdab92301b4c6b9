/**
 * The measurement itself: the same network as a static graph, as plain tfjs operations and in onnxruntime-web, on one
 * adapter (or on the processor, by WebAssembly), turn by turn in one process, so that whatever else the machine does hits
 * all alike. Runs in Node and in a page.
 *
 * What it is not: it compares no two adapters and no two processes; nobody should.
 */
import { matMul, randomNormal } from '@tensorflow/tfjs-core';
import type { ChosenBackend } from '../src/engine/backend';
import type { ModelConfig } from '../src/model/config';
import type { Encoded } from '../src/model/forward';
import { StaticGraph } from '../src/model/graph';
import { maxBatch, type TileOf } from '../src/model/network';
import type { Way } from '../src/model/recorder';
import { unpatchify } from '../src/model/patches';
import { weigh } from '../src/model/weigh';
import { Transformer, type EncodedText } from '../src/model/transformer';
import { measureOn, productsOf, tuneTiles } from '../src/model/tuning';
import { normals } from '../src/sampling/noise';
import { tokenize } from '../src/world/prompt';
import type { Counter } from './count';
import { costModel, models, operationsOf, randomTensors, withTokens, type ModelName } from './models';
import { ortOf, type Ort } from './ort';
import { spreadOf, type Spread } from './spread';

export const implementations = ['static graph', 'tfjs operations', 'onnxruntime-web'] as const;

export interface Figures {
  readonly implementation: (typeof implementations)[number];
  readonly way?: Way; // of the static graph: plain, or with what it proved on this device beyond that
  readonly model: ModelName;
  readonly tokens: number;
  readonly rows: number;
  readonly operations: number; // floating point, of one call
  readonly cost: number; // the same by the cost model
  readonly error: number; // largest difference from the tfjs operations' guess, as a share of its largest number
  readonly calls: number; // that were measured
  readonly call: Spread; // until the guess is there
  readonly javascript: Spread; // of it, until the last submit returns, and after the read-back
  readonly processor?: Spread; // milliseconds of processor time, all threads: what other work on the machine does not touch
  readonly firstCall: number; // milliseconds: weights to the device, compile, and the first guess
  readonly dispatches: number; // of one call, as the next two
  readonly submits: number;
  readonly readBacks: number;
  readonly bytes: number; // of GPU buffers alive after all calls, without the other implementation's
  readonly shareOfPeak?: number;
}

/**
 * What a device is good for: 'null' computes nothing, 'emulated' is a program that plays a graphics processor, 'real' is one,
 * 'processor' is none: WebAssembly.
 */
export type Kind = 'null' | 'emulated' | 'real' | 'processor';

export interface Report {
  readonly where: string; // browser or Node, with its version
  readonly adapter: string;
  readonly kind: Kind;
  readonly threads?: number; // that onnxruntime-web may use on the processor; tfjs uses one
  readonly versions: Readonly<Record<string, string>>;
  /** Operations per second in a large square matrix product, the best that anything here reaches. */
  readonly peak?: { readonly operations: number; readonly by: string };
  /** The products of a step, each in its best block, as shares of that peak. */
  readonly products: readonly { readonly model: ModelName; readonly product: string; readonly shareOfPeak: number }[];
  readonly figures: readonly Figures[];
}

export interface Plan {
  readonly kind: Kind;
  readonly cases: readonly (readonly [ModelName, tokens: number])[];
  readonly warmUps: number;
  readonly rounds: number;
  readonly seconds: number; // for the rounds of one case; three are measured whatever they take
  readonly peakSize?: number; // of the square product
}

const series = (['nano', 'small'] as const).flatMap((name) =>
  [128, 256, 512, 1024].map((tokens) => [name, tokens] as const),
);

/** What each kind can bear. Emulated ones need minutes for a call of nano. */
export const plans: Readonly<Record<Kind, Plan>> = {
  null: { kind: 'null', cases: [['nano', 128], ['small', 512]], warmUps: 10, rounds: 40, seconds: 60 }, // prettier-ignore
  emulated: { kind: 'emulated', cases: [['tiny', 72]], warmUps: 1, rounds: 5, seconds: 120, peakSize: 128 },
  real: { kind: 'real', cases: series, warmUps: 3, rounds: 20, seconds: 20, peakSize: 1024 },
  processor: { kind: 'processor', cases: series, warmUps: 0, rounds: 15, seconds: 6, peakSize: 512 },
};

/** A guess further from the tfjs operations' is no guess of the same network: its time is not worth a line. */
const tolerances: Readonly<Record<Way, number>> = { plain: 1e-4, extra: 5e-3 };

export interface Surroundings extends Pick<Report, 'where' | 'versions' | 'threads'> {
  readonly counter: Counter;
  readonly processorTime?: () => number; // milliseconds
  readonly ort?: Ort; // where it is installed
}

export async function measure(chosen: ChosenBackend, plan: Plan, surroundings: Surroundings): Promise<Report> {
  const { device, adapter } = chosen;
  const { where, versions, threads } = surroundings;
  await chosen.startTfjs(); // to compare with
  // On the processor with one thread its time is counted and not the clock's, which other work on the machine moves on.
  const time = (plan.kind === 'processor' && threads === 1 && surroundings.processorTime) || (() => performance.now());
  const peak = plan.peakSize ? await measurePeak(device, plan, time) : undefined;
  const figures: Figures[] = [];
  const products: Report['products'][number][] = [];
  for (const [name, tokens] of plan.cases) {
    const config = withTokens(models[name], tokens);
    let tileOf: TileOf | undefined;
    if (device && plan.kind === 'real') {
      const times = measureOn(device);
      const forget = { recall: async () => undefined, remember: async () => {} };
      const fp16 = device.features.has('shader-f16');
      tileOf = await tuneTiles(productsOf(config), '', forget, times, { fp16, patience: Infinity });
      for (const product of productsOf(config)) {
        const { m, k, n } = product;
        const best = Math.min(...Object.values(await times(product, false)));
        const rate = (2 * maxBatch * m * k * n) / (best / 1000);
        products.push({ model: name, product: `${m} x ${k} x ${n}`, shareOfPeak: rate / peak!.operations });
      }
    }
    for (const rows of [1, 2]) {
      for (const figure of await sideBySide(device, name, tokens, config, rows, plan, surroundings, tileOf)) {
        const rate = figure.operations / (timeOf(figure, { kind: plan.kind, threads }).median / 1000);
        figures.push(peak ? { ...figure, shareOfPeak: rate / peak.operations } : figure);
      }
    }
  }
  const name = plan.kind === 'processor' ? 'WebAssembly' : adapter?.name || plan.kind;
  return { where, versions, threads, adapter: name, kind: plan.kind, peak, products, figures };
}

/** A call's time as it is compared: by the clock, or on the processor with one thread the processor's own. */
export function timeOf({ call, processor }: Figures, { kind, threads }: Pick<Report, 'kind' | 'threads'>): Spread {
  return (kind === 'processor' && threads === 1 && processor) || call;
}

interface Candidate {
  readonly way?: Way;
  guess(x: Float32Array, levels: Float32Array): Promise<Float32Array[]>;
  dispose(): void;
}

async function sideBySide(
  device: GPUDevice | undefined,
  model: ModelName,
  tokens: number,
  config: ModelConfig,
  rows: number,
  { kind, warmUps, rounds, seconds }: Plan,
  { counter, processorTime, ort }: Surroundings,
  tileOf?: TileOf,
): Promise<Figures[]> {
  const tensors = randomTensors(config);
  const prompts = Array.from({ length: rows }, () => tokenize('', config.text_length).tokens);
  const pixels = config.frames * config.height * config.width;
  const [x, levels] = [normals(1, 0, 3 * pixels), Float32Array.of(0.3)]; // one for all, as run() says it
  let words: EncodedText; // as the tfjs operations have them, which are made before onnxruntime-web
  const make: Record<Figures['implementation'], () => Promise<Candidate>> = {
    'static graph': async () => {
      const graph = await StaticGraph.build(device!, config, tensors, { tileOf });
      const text = graph.encodeText(prompts);
      const { way } = graph;
      return { way, guess: (x, levels) => graph.guess(x, levels, text), dispose: () => disposeAll(text, graph) };
    },
    'tfjs operations': async () => {
      const transformer = new Transformer(config, tensors);
      const text = (words = transformer.encodeText(prompts));
      return {
        // Transformer.guess without its pause, which gives others their turn.
        async guess(x, levels) {
          const patches = transformer.denoise(x, levels, text);
          const data = (await patches.data()) as Float32Array;
          patches.dispose();
          const size = data.length / rows;
          return prompts.map((_, i) => weigh(unpatchify(data.subarray(i * size, (i + 1) * size), config), x, levels));
        },
        dispose: () => disposeAll(text, transformer),
      };
    },
    'onnxruntime-web': () => ortOf(ort!, device ? 'webgpu' : 'wasm', config, tensors, words),
  };
  const there = implementations.filter(
    (name) => (name !== 'static graph' || device) && (name !== 'onnxruntime-web' || (ort && kind !== 'null')),
  );
  const entries = [];
  for (const implementation of there) {
    const [before, started] = [counter.bytes, performance.now()];
    const candidate = await make[implementation]();
    const guesses = await candidate.guess(x, levels);
    const firstCall = performance.now() - started;
    for (let i = 0; i < warmUps; i++) await candidate.guess(x, levels);
    const bytes = counter.bytes - before;
    const times = { call: [] as number[], javascript: [] as number[], processor: [] as number[] };
    entries.push({ implementation, candidate, guesses, firstCall, bytes, times });
  }
  const reference = entries.find(({ implementation }) => implementation === 'tfjs operations')!.guesses;
  const errors = new Map(entries.map((entry) => [entry.implementation, differenceOf(entry.guesses, reference)]));
  for (const { implementation, candidate } of entries) {
    const error = errors.get(implementation)!;
    if (kind !== 'null' && !(error < tolerances[candidate.way ?? 'plain']))
      throw new Error(`${implementation} is ${error} away from the tfjs operations on ${model}, ${tokens} tokens.`);
  }
  const counts = new Map<string, Counter['counts']>();
  const ends = performance.now() + 1000 * seconds;
  let calls = 0;
  for (; calls < rounds && (calls < 3 || performance.now() < ends); calls++) {
    for (const { implementation, candidate, times } of entries) {
      counter.reset();
      const processor = processorTime?.() ?? 0;
      const started = performance.now();
      await candidate.guess(x, levels);
      const ended = performance.now();
      times.call.push(ended - started);
      times.processor.push((processorTime?.() ?? 0) - processor);
      times.javascript.push(counter.submitted - started + (ended - counter.mapped));
      counts.set(implementation, { ...counter.counts });
    }
  }
  for (const { candidate } of entries) candidate.dispose();
  const [operations, cost] = [operationsOf(config, rows), costModel(config, rows)];
  return entries.map(({ implementation, candidate: { way }, firstCall, bytes, times }) => ({
    ...{ implementation, way, model, tokens, rows, operations, cost, calls, error: errors.get(implementation)! },
    ...{ call: spreadOf(times.call), javascript: spreadOf(device ? times.javascript : times.call) },
    ...(processorTime ? { processor: spreadOf(times.processor) } : {}),
    ...{ firstCall, ...counts.get(implementation)!, bytes },
  }));
}

function differenceOf(guesses: readonly Float32Array[], reference: readonly Float32Array[]): number {
  let [difference, largest] = [0, 0];
  reference.forEach((row, i) =>
    row.forEach((value, j) => {
      difference = Math.max(difference, Math.abs(value - guesses[i][j]));
      largest = Math.max(largest, Math.abs(value));
    }),
  );
  return difference / largest;
}

function disposeAll(...things: readonly Encoded[]): void {
  for (const thing of things) thing.dispose();
}

/** The best of our blocks (on a graphics processor) and of tfjs in a product of square matrices. */
async function measurePeak(
  device: GPUDevice | undefined,
  { kind, peakSize: size = 1024 }: Plan,
  time: () => number,
): Promise<Report['peak']> {
  const real = kind === 'real';
  const times = device ? await measureOn(device, real ? 1e11 : 1)({ m: size, k: size, n: size }, false) : {};
  const rates: [string, number][] = Object.entries(times).map(([name, time]) => [
    `static graph, block "${name}"`,
    (2 * maxBatch * size ** 3) / (time / 1000),
  ]);
  const [a, b] = [randomNormal([size, size]), randomNormal([size, size])];
  const repeats = real ? 50 : 3;
  for (let round = 0; round < 4; round++) {
    const started = time();
    let last = matMul(a, b);
    for (let i = 1; i < repeats; i++) {
      last.dispose();
      last = matMul(a, b);
    }
    await last.data();
    last.dispose();
    const rate = (repeats * 2 * size ** 3) / ((time() - started) / 1000);
    if (round > 0) rates.push(['tfjs matMul', rate]); // the first one warms up
  }
  a.dispose();
  b.dispose();
  const [by, operations] = rates.reduce((best, rate) => (rate[1] > best[1] ? rate : best));
  return { operations, by: `${by}, ${size} x ${size} x ${size}` };
}
