/**
 * The measurement itself: the same network as a static graph and as plain tfjs operations, on one device, turn by turn in
 * one process, so that whatever else the machine does hits both. Runs in Node and in a page.
 *
 * What it is not: it compares no two adapters and no two processes; nobody should.
 */
import { matMul, randomNormal } from '@tensorflow/tfjs-core';
import type { ChosenBackend } from '../src/engine/backend';
import { tokensOf, type ModelConfig } from '../src/model/config';
import type { Encoded } from '../src/model/forward';
import { StaticGraph } from '../src/model/graph';
import { maxRows, type TileOf } from '../src/model/network';
import { unpatchify } from '../src/model/patches';
import { Transformer } from '../src/model/transformer';
import { measureOn, productsOf, tuneTiles } from '../src/model/tuning';
import { normals } from '../src/sampling/noise';
import { tokenize } from '../src/world/prompt';
import type { Counter } from './count';
import { models, operationsOf, randomTensors, type ModelName } from './models';

/** Milliseconds of many calls: the middle one, and the bounds of the middle eight tenths. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export const implementations = ['static graph', 'tfjs operations'] as const;

export interface Figures {
  readonly implementation: (typeof implementations)[number];
  readonly model: ModelName;
  readonly tokens: number;
  readonly rows: number;
  readonly operations: number; // floating point, of one call
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

export interface Report {
  readonly where: string; // browser or Node, with its version
  readonly adapter: string;
  /** What the adapter is good for: 'null' computes nothing, 'emulated' is a program, and only 'real' has times worth reading. */
  readonly kind: 'null' | 'emulated' | 'real';
  readonly versions: Readonly<Record<string, string>>;
  /** Operations per second in a large matrix product, the best that anything here reaches. */
  readonly peak?: { readonly operations: number; readonly by: string };
  /** The products of a step, each in its best block, as shares of that peak. */
  readonly products: readonly { readonly model: ModelName; readonly product: string; readonly shareOfPeak: number }[];
  readonly figures: readonly Figures[];
}

export interface Plan {
  readonly kind: Report['kind'];
  readonly models: readonly ModelName[];
  readonly warmUps: number;
  readonly rounds: number;
}

/** What each kind of adapter can bear. Emulated ones need minutes for a call of nano. */
export const plans: Readonly<Record<Report['kind'], Plan>> = {
  null: { kind: 'null', models: ['nano', 'small'], warmUps: 10, rounds: 40 },
  emulated: { kind: 'emulated', models: ['tiny'], warmUps: 1, rounds: 5 },
  real: { kind: 'real', models: ['nano', 'small'], warmUps: 3, rounds: 20 },
};

export async function measure(
  { device, adapter }: ChosenBackend,
  plan: Plan,
  counter: Counter,
  about: Pick<Report, 'where' | 'versions'>,
  processorTime?: () => number,
): Promise<Report> {
  if (!device || !adapter) throw new Error('There is no WebGPU device to measure.');
  const real = plan.kind === 'real';
  const peak = real ? await measurePeak(device) : undefined;
  const figures: Figures[] = [];
  const products: Report['products'][number][] = [];
  for (const name of plan.models) {
    const config = models[name];
    let tileOf: TileOf | undefined;
    if (peak) {
      const times = measureOn(device);
      const forget = { recall: async () => undefined, remember: async () => {} };
      const halves = device.features.has('shader-f16');
      tileOf = await tuneTiles(productsOf(config), '', forget, times, { halves, patience: Infinity });
      for (const product of productsOf(config)) {
        const { m, k, n } = product;
        const best = Math.min(...Object.values(await times(product, false)));
        const rate = (2 * maxRows * m * k * n) / (best / 1000);
        products.push({ model: name, product: `${m} x ${k} x ${n}`, shareOfPeak: rate / peak.operations });
      }
    }
    for (const rows of [1, 2]) {
      for (const figure of await sideBySide(device, name, config, rows, plan, counter, tileOf, processorTime)) {
        const rate = figure.operations / (figure.call.median / 1000);
        figures.push(peak ? { ...figure, shareOfPeak: rate / peak.operations } : figure);
      }
    }
  }
  return { ...about, adapter: adapter.name || plan.kind, kind: plan.kind, peak, products, figures };
}

interface Candidate {
  guess(x: Float32Array, levels: Float32Array): Promise<Float32Array[]>;
  dispose(): void;
}

async function sideBySide(
  device: GPUDevice,
  model: ModelName,
  config: ModelConfig,
  rows: number,
  { warmUps, rounds }: Plan,
  counter: Counter,
  tileOf?: TileOf,
  processorTime?: () => number,
): Promise<Figures[]> {
  const tensors = randomTensors(config);
  const tokens = Array.from({ length: rows }, () => tokenize('', config.text_length).tokens);
  const pixels = config.frames * config.height * config.width;
  const [x, levels] = [normals(1, 0, 3 * pixels), Float32Array.of(0.3)]; // one for all, as run() says it
  const make: Record<Figures['implementation'], () => Promise<Candidate>> = {
    'static graph': async () => {
      const graph = await StaticGraph.build(device, config, tensors, { tileOf });
      const text = graph.encodeText(tokens);
      return { guess: (x, levels) => graph.guess(x, levels, text), dispose: () => disposeAll(text, graph) };
    },
    'tfjs operations': async () => {
      const transformer = new Transformer(config, tensors);
      const text = transformer.encodeText(tokens);
      return {
        // Transformer.guess without its pause, which is for other backends.
        async guess(x, levels) {
          const patches = transformer.denoise(x, levels, text);
          const data = (await patches.data()) as Float32Array;
          patches.dispose();
          const size = data.length / rows;
          return tokens.map((_, i) => unpatchify(data.subarray(i * size, (i + 1) * size), config));
        },
        dispose: () => disposeAll(text, transformer),
      };
    },
  };
  const entries = [];
  for (const implementation of implementations) {
    const [before, started] = [counter.bytes, performance.now()];
    const candidate = await make[implementation]();
    await candidate.guess(x, levels);
    const firstCall = performance.now() - started;
    for (let i = 0; i < warmUps; i++) await candidate.guess(x, levels);
    const bytes = counter.bytes - before;
    const times = { call: [] as number[], javascript: [] as number[], processor: [] as number[] };
    entries.push({ implementation, candidate, firstCall, bytes, times });
  }
  const counts = new Map<string, Counter['counts']>();
  for (let round = 0; round < rounds; round++) {
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
  return entries.map(({ implementation, firstCall, bytes, times }) => ({
    ...{ implementation, model, tokens: tokensOf(config), rows, operations: operationsOf(config, rows), calls: rounds },
    ...{ call: spreadOf(times.call), javascript: spreadOf(times.javascript) },
    ...(processorTime ? { processor: spreadOf(times.processor) } : {}),
    ...{ firstCall, ...counts.get(implementation)!, bytes },
  }));
}

function disposeAll(...things: readonly Encoded[]): void {
  for (const thing of things) thing.dispose();
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))];
  return { median: at(0.5), low: at(0.1), high: at(0.9) };
}

/** The best of our blocks and of tfjs in a product of 1024 x 1024 x 1024. */
async function measurePeak(device: GPUDevice): Promise<Report['peak']> {
  const size = 1024;
  const rates: [string, number][] = Object.entries(
    await measureOn(device, 1e11)({ m: size, k: size, n: size }, false),
  ).map(([name, time]) => [`static graph, block "${name}"`, (2 * maxRows * size ** 3) / (time / 1000)]);
  const [a, b] = [randomNormal([size, size]), randomNormal([size, size])];
  const repeats = 50;
  for (let round = 0; round < 3; round++) {
    const started = performance.now();
    let last = matMul(a, b);
    for (let i = 1; i < repeats; i++) {
      last.dispose();
      last = matMul(a, b);
    }
    await last.data();
    last.dispose();
    rates.push(['tfjs matMul', (repeats * 2 * size ** 3) / ((performance.now() - started) / 1000)]);
  }
  a.dispose();
  b.dispose();
  const [by, operations] = rates.reduce((best, rate) => (rate[1] > best[1] ? rate : best));
  return { operations, by };
}
