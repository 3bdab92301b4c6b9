/** What the networks must compute, by PyTorch (training/golden_model.py, golden_decoder.py); the same checks on every backend. */
import { expect } from 'vitest';
import type { Tensor } from '@tensorflow/tfjs-core';
import { TransformerDenoiser } from '../../src/model/denoiser';
import type { FrameDecoder } from '../../src/model/decoder';
import { readDecoder, readTensors, type ReadDecoder } from '../../src/model/load';
import { parseSafetensors, type StoredTensor } from '../../src/model/safetensors';
import { Transformer, type EncodedText } from '../../src/model/transformer';
import { run } from '../../src/sampling/run';
import type { ClipShape, SamplerName } from '../../src/sampling/types';

/** Reads a file by its path from the project's root. */
export type Read = (path: string) => Promise<Uint8Array>;

/** `Read` in a browser. */
export async function fetchBytes(path: string): Promise<Uint8Array> {
  const response = await fetch(`/${path}`);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

export const tolerance = 1e-3;

export interface Golden {
  readonly model: Transformer;
  readonly expected: ReadonlyMap<string, StoredTensor>;
}

export async function loadGolden(read: Read, modelFolder: string, goldenFile: string): Promise<Golden> {
  const [shape, weights] = [await read(`${modelFolder}/config.json`), await read(`${modelFolder}/model.safetensors`)];
  const { config, tensors } = readTensors(shape, weights);
  const model = new Transformer(config, tensors);
  return { model, expected: parseSafetensors(await read(goldenFile), goldenFile) };
}

/** Rows of word tokens as PyTorch was given them. */
export function tokenRows({ data, shape }: StoredTensor): Int32Array[] {
  return Array.from({ length: shape[0] }, (_, row) =>
    Int32Array.from(data.subarray(row * shape[1], (row + 1) * shape[1])),
  );
}

/** Largest difference, as a share of the largest number. A wrong size or a NaN is infinitely wrong. */
export function relativeError(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (got.length !== expected.length) return Infinity;
  let [difference, largest] = [0, 0];
  for (let i = 0; i < got.length; i++) {
    difference = Math.max(difference, Math.abs(got[i] - expected[i])); // NaN stays NaN
    largest = Math.max(largest, Math.abs(expected[i]));
  }
  return Number.isNaN(difference) ? Infinity : difference / largest;
}

/** Errors of a forward pass by the name of the golden tensor: text, caption, each block, the whole guess. */
export async function forwardErrors(
  { model, expected }: Golden,
  kase: 'uniform' | 'mixed' | 'other',
): Promise<Record<string, number>> {
  const errors: Record<string, number> = {};
  const compare = (name: string, got: ArrayLike<number>) => {
    const golden = expected.get(name);
    if (golden) errors[name] = relativeError(got, golden.data);
  };
  const tokens = tokenRows(expected.get('tokens')!);
  const text: EncodedText = model.encodeText(tokens);
  if (expected.has('text')) {
    const words = model.text(tokens);
    compare('text', await words.data());
    words.dispose();
  }
  compare('caption', await text.caption.data());

  const states: Tensor[] = [];
  const { data: x } = expected.get(`${kase}.x`) ?? expected.get('x')!;
  const { data: levels, shape: sizes } = expected.get(`${kase}.levels`)!;
  const shape = { frames: sizes[0], height: sizes[1], width: sizes[2] };
  const patches = model.denoise(
    x,
    levels,
    text,
    shape,
    expected.has(`${kase}.block.0`) ? (h) => states.push(h.clone()) : undefined,
  );
  for (const [i, state] of states.entries()) {
    compare(`${kase}.block.${i}`, await state.data());
    state.dispose();
  }
  const guesses = await model.finish(patches, x, levels, text, shape);
  text.dispose();
  compare(`${kase}.guess`, Float32Array.from(guesses.flatMap((guess) => [...guess])));
  return errors;
}

/** Errors of a whole guided run through the same run() as the page's, by the name of the golden tensor. */
export async function runErrors({ model, expected }: Golden, sampler: SamplerName): Promise<Record<string, number>> {
  const errors: Record<string, number> = {};
  const [seed, steps, scale, from, to] = expected.get('run')!.data;
  const denoiser = new TransformerDenoiser(model, tokenRows(expected.get('tokens')!)[0]);
  for await (const { index, guess } of run(denoiser, { seed, steps, sampler, guidance: { scale, from, to } })) {
    const golden = expected.get(`run.${sampler}.${index}`);
    if (golden) errors[`run.${sampler}.${index}`] = relativeError(guess, golden.data);
  }
  denoiser.dispose();
  return errors;
}

export const runNames = (sampler: SamplerName) => [`run.${sampler}.6`, `run.${sampler}.11`];

export function expectWithin(errors: Readonly<Record<string, number>>, names: readonly string[]): void {
  expect(Object.keys(errors).sort()).toEqual([...names].sort()); // nothing was left out
  expect(Object.entries(errors).filter(([, error]) => !(error <= tolerance))).toEqual([]);
}

export const tinyNames = (kase: string) => ['text', 'caption', `${kase}.block.0`, `${kase}.block.1`, `${kase}.guess`];

export interface GoldenDecoder extends ReadDecoder {
  readonly clip: Float32Array;
  readonly shape: ClipShape;
  readonly tokens: Int32Array;
  readonly drawn: readonly Float32Array[];
}

export const tinyDecoder = ['tests/golden/decoder-tiny', 'tests/golden/decoder-tiny/golden.safetensors'] as const;
export const shippedDecoder = ['models/decoder', 'tests/golden/decoder.safetensors'] as const;

export async function loadGoldenDecoder(
  read: Read,
  [folder, goldenFile]: readonly [string, string],
): Promise<GoldenDecoder> {
  const [config, weights] = [await read(`${folder}/config.json`), await read(`${folder}/model.safetensors`)];
  const expected = parseSafetensors(await read(goldenFile), goldenFile);
  const [clip, tokens, drawn] = ['clip', 'tokens', 'drawn'].map((name) => expected.get(name)!);
  const [, frames, height, width] = clip.shape;
  const size = drawn.data.length / frames;
  return {
    ...readDecoder(config, weights),
    clip: clip.data,
    shape: { frames, height, width },
    tokens: Int32Array.from(tokens.data),
    drawn: Array.from({ length: frames }, (_, f) => drawn.data.subarray(f * size, (f + 1) * size)),
  };
}

/** Errors of some frames of the golden clip, or of all, drawn in one call. */
export async function drawErrors(
  decoder: FrameDecoder,
  { clip, shape, tokens, drawn }: GoldenDecoder,
  frames: readonly number[] = drawn.map((_, f) => f),
): Promise<number[]> {
  const got = await decoder.draw(clip, shape, frames, tokens);
  return got.map((picture, i) => relativeError(picture, drawn[frames[i]]));
}

/** What no decoder can draw: each must be a RangeError. */
export function refusals(
  decoder: FrameDecoder,
  { clip, shape, tokens }: GoldenDecoder,
): [what: string, ask: () => Promise<unknown>][] {
  const draw = (change: Partial<ClipShape>, frames = [0], words = tokens, pixels = clip) =>
    decoder.draw(pixels, { ...shape, ...change }, frames, words);
  const { frames, height, width } = shape; // 5 x 12 x 16
  return [
    ['a height that is no multiple of 4', () => draw({ height: 10, width: (height * width) / 10 })],
    ['a width that is no multiple of 4', () => draw({ height: 32, width: 6 })],
    ['nothing at all', () => draw({ height: 0 }, [0], tokens, new Float32Array())],
    ['another number of pixels', () => draw({ frames: frames + 1 })],
    ['a frame behind the last', () => draw({}, [frames])],
    ['a frame before the first', () => draw({}, [0, -1])],
    ['half a frame', () => draw({}, [0.5])],
    ['words that are none', () => draw({}, [0], Int32Array.of(-1))],
  ];
}
