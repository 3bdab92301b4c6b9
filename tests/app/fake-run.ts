/**
 * A stream of steps without a model, for tests only: a disc that moves to the right, mixed with noise by the same rule
 * as a real run. The guess is the disc, pale at first.
 */
import type { DecoderPort } from '../../src/app/drawing';
import type { DecoderInfo, DrawRequest, Picture } from '../../src/engine/decoder-protocol';
import type {
  EngineInfo,
  OtherProgress,
  ProbedBlock,
  ProbeRequest,
  RunRequest,
  WordVectors,
} from '../../src/engine/protocol';
import type { EnginePort } from '../../src/app/engine-session';
import type { Recorded } from '../../src/app/run-session';
import type { Ports } from '../../src/studio/studio';
import type { Known } from '../../src/sampling/run';
import type { ClipShape, RunSettings, Step } from '../../src/sampling/types';
import { defaults } from '../../src/settings/settings';
import { blank } from '../judging/fake-reading';

export const shape: ClipShape = { frames: 16, height: 32, width: 32 };

export function disc({ frames, height, width }: ClipShape): Float32Array {
  const clip = new Float32Array(3 * frames * height * width);
  let i = 0;
  for (let channel = 0; channel < 3; channel++)
    for (let frame = 0; frame < frames; frame++)
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const inside = Math.hypot(x - 5 - 1.4 * frame, y - 16) < 5;
          clip[i++] = inside ? [0.8, -0.6, -0.6][channel] : [-0.3, 0.1, 0.5][channel];
        }
  return clip;
}

export interface FakeOptions {
  /** Milliseconds before each step. */
  readonly wait?: number;
  /** Throws before this step. */
  readonly failAt?: number;
  readonly error?: Error;
  /** What a run says of another network that it loads, and what it waits for after each word. */
  readonly others?: readonly OtherProgress[];
  readonly gate?: () => Promise<void>;
  /** What each block of a probe waits for. */
  readonly probing?: () => Promise<void>;
  /** Of the clip; smaller ones are quicker. */
  readonly shape?: ClipShape;
}

/** After what waits already, as a timer of 0 ms, for which a browser takes 4 once they follow each other. */
function soon(then: (value?: unknown) => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    then();
  };
  port2.postMessage(0);
}

export async function* fakeRun(
  { seed, steps }: Pick<RunSettings, 'seed' | 'steps'>,
  signal?: AbortSignal,
  { wait = 0, failAt = Infinity, error = new Error('broken'), shape: size = shape }: FakeOptions = {},
): AsyncGenerator<Step> {
  const clean = disc(size);
  let state = seed + 1;
  const noise = clean.map(() => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return 3.4 * (state / 2 ** 32 - 0.5); // about the spread of a normal distribution
  });
  for (let index = 0; index < steps; index++) {
    await new Promise((done) => (wait ? setTimeout(done, wait) : soon(done)));
    signal?.throwIfAborted();
    if (index >= failAt) throw error;
    const t = index / steps;
    const sure = (index + 1) / steps;
    yield {
      index,
      steps,
      t,
      tNext: (index + 1) / steps,
      x: clean.map((value, i) => t * value + (1 - t) * noise[i]),
      guess: clean.map((value) => sure * value),
      calls: 2,
      milliseconds: 20,
    };
  }
}

/** The same with pixels that are given, which the guess missed by a tenth of black to white. */
function keeping(step: Step, { clip, mask }: Known): Step {
  const kept = (values: Float32Array) => values.map((value, i) => (mask[i % mask.length] ? clip[i] : value));
  return { ...step, x: kept(step.x), guess: kept(step.guess), strayed: 0.2 };
}

export const info: EngineInfo = {
  backend: 'cpu',
  whyNot: ['noAdapter', 'failed'],
  reason: 'This is a test.',
  model: 'fake',
  parameters: 1234,
  shape,
  words: 51,
  tokens: 28,
};

export class FakeEngine implements EnginePort {
  disposed = false;
  readonly requests: RunRequest[] = [];

  constructor(
    readonly options: FakeOptions = {},
    readonly loading: Promise<unknown> = Promise.resolve(),
  ) {}

  /** Tells the page that the engine broke, and what came of it. */
  breakDown: Parameters<EnginePort['load']>[1] = () => {};

  async load(...[onProgress, onBreakdown]: Parameters<EnginePort['load']>): Promise<EngineInfo> {
    this.breakDown = onBreakdown;
    onProgress({ stage: 'weights', done: 1_000_000, total: 3_000_000 });
    await this.loading;
    return { ...info, shape: this.options.shape ?? shape };
  }

  async *run(
    request: RunRequest,
    signal: AbortSignal,
    onOther: (progress: OtherProgress) => void = () => {},
  ): AsyncGenerator<Step> {
    this.requests.push(request);
    const { others = [], gate } = this.options;
    for (const progress of others) {
      onOther(progress);
      await gate?.();
      signal.throwIfAborted();
    }
    for await (const step of fakeRun(request, signal, this.options))
      yield request.known ? keeping(step, request.known) : step;
  }

  readonly probes: ProbeRequest[] = [];

  async *probe(request: ProbeRequest, signal: AbortSignal): AsyncGenerator<ProbedBlock> {
    this.probes.push(request);
    for (const block of fakeBlocks(request)) {
      await this.options.probing?.();
      signal.throwIfAborted();
      yield block;
    }
  }

  /** Words of the same kind lie together: one of eight numbers is large, by the word's own place. */
  async vectors(): Promise<WordVectors> {
    const [dim, count] = [8, info.words];
    const vectors = Float32Array.from({ length: dim * count }, (_, i) => {
      const [word, at] = [Math.floor(i / dim), i % dim];
      return at === Math.floor(word / 8) ? 4 : Math.sin(i);
    });
    return { vectors, dim };
  }

  dispose(): void {
    this.disposed = true;
  }
}

/**
 * Two blocks of two heads, patches of 2 frames and a quarter of the picture's sides. In block 0 each patch reads half from
 * itself and half from the first word; in block 1 all keys alike. Head 1 reads from the last patch alone.
 */
export function fakeBlocks({ shape, x }: Pick<ProbeRequest, 'shape' | 'x'>): ProbedBlock[] {
  const [depth, heads, places] = [2, 2, info.tokens];
  const grid = [shape.frames / 2, 4, 4] as const;
  const patches = grid[0] * 16;
  const keys = places + patches;
  return [0, 1].map((block) => {
    const rows = new Float32Array(heads * patches * keys);
    const reads = new Float32Array(patches * places);
    const times = new Float32Array(grid[0] ** 2);
    for (let patch = 0; patch < patches; patch++) {
      const [own, last] = [patch * keys, (patches + patch) * keys];
      if (block === 0) rows[own + 1] = rows[own + places + patch] = 0.5;
      else rows.fill(1 / keys, own, own + keys);
      rows[last + keys - 1] = 1;
      for (let key = 0; key < keys; key++) {
        const share = (rows[own + key] + rows[last + key]) / 2;
        if (key < places) reads[patch * places + key] = share;
        else times[Math.floor(patch / 16) * grid[0] + Math.floor((key - places) / 16)] += share / 16;
      }
    }
    const guess = x.map((value) => (block === 0 ? 0 : value > 0 ? 0.5 : -0.5));
    const lengths = Float32Array.from({ length: 4 * patches }, (_, i) => Math.floor(i / patches) + 1); // 1, 2, 3, 4
    return { block, depth, heads, grid, places, dim: 8, hidden: 16, channels: 3, rows, reads, times, lengths, guess };
  });
}

/** Draws every frame as one colour: its number, times 16. */
export class FakeDecoder implements DecoderPort {
  disposed = false;
  readonly requests: DrawRequest[] = [];

  /** loading: what it waits for; drawing: what each picture waits for. */
  constructor(
    readonly loading: Promise<unknown> = Promise.resolve(),
    readonly drawing: () => Promise<unknown> = async () => {},
  ) {
    loading.catch(() => {}); // whoever loads it hears of it
  }

  async load(): Promise<DecoderInfo> {
    await this.loading;
    return decoderInfo;
  }

  async draw(request: DrawRequest): Promise<readonly Picture[]> {
    this.requests.push(request);
    await this.drawing();
    const [height, width] = [4 * request.shape.height, 4 * request.shape.width];
    return request.frames.map((frame) => {
      const rgba = new Uint8ClampedArray(4 * height * width).fill(16 * frame);
      for (let i = 3; i < rgba.length; i += 4) rgba[i] = 255;
      return { width, height, rgba };
    });
  }

  dispose(): void {
    this.disposed = true;
  }
}

export const decoderInfo: DecoderInfo = {
  backend: 'cpu',
  whyNot: [],
  reason: 'This is a test, too.',
  name: 'fake decoder',
  parameters: 567,
};

export const recordedPrompt = 'A small red ball moving right.';

/** A file of a fake run: its prompt and settings as JSON. */
export const fakeFile = (prompt: string, settings: RunSettings) =>
  new TextEncoder().encode(JSON.stringify({ prompt, settings }));

function fakeRecorded(prompt: string, settings: RunSettings): Recorded {
  return {
    model: 'fake',
    prompt,
    settings,
    shape,
    encode: async () => fakeFile(prompt, settings),
    replay: (signal) => fakeRun(settings, signal),
  };
}

/** Ports with a fake engine and one fake recording. */
export function fakePorts(
  engine: EnginePort | (() => EnginePort) = new FakeEngine(),
  over: Partial<Ports> = {},
): Ports {
  return {
    calm: true,
    createDecoder: async () => new FakeDecoder(new Promise(() => {})), // where a test brings none, it never arrives
    createReader: () => ({ read: async () => blank, dispose: () => {} }),
    openMaking: () => import('../../src/studio/remake'),
    createEngine: async () => (typeof engine === 'function' ? engine() : engine),
    readModelJson: async () => ({}),
    openLook: () => Promise.reject(new Error('there is none')),
    listRecordings: async () => [{ file: 'one.snow', prompt: recordedPrompt }],
    openRecording: async (): Promise<Recorded> => {
      const { negative: _, ...settings } = { ...defaults, steps: 12, seed: 3 };
      return fakeRecorded(recordedPrompt, settings);
    },
    readRun: async (bytes) => {
      const { prompt, settings } = JSON.parse(new TextDecoder().decode(bytes)) as Pick<Recorded, 'prompt' | 'settings'>;
      return fakeRecorded(prompt, settings);
    },
    writeRun: async ({ prompt, settings: { negative: _, ...settings } }) => fakeFile(prompt, settings),
    ...over,
  };
}
