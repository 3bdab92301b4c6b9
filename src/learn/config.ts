/**
 * The micro network: which shape it has, and the weights that it begins with. The same network as the big ones, only narrower
 * and with fewer blocks.
 *
 * What it is not: it trains nothing (trainer.ts does).
 */
import { WeightsError } from '../model/errors';
import { parameterShapes, type ModelConfig } from '../model/config';
import type { StoredTensor } from '../model/safetensors';
import { normals } from '../sampling/noise';
import { firstCount } from '../world/prompt';
import { microShape } from './micro';
import { widths } from './settings';

/** Two for each of three axes in each half: the least that rotary positions can do with. */
const headDim = 12;

/** width: D, one of `widths`. */
export function microConfig(width: number): ModelConfig {
  return {
    ...microShape,
    patch_frames: 2,
    patch_size: 4,
    bottleneck: 32,
    dim: width,
    depth: 3,
    heads: width / headDim,
    mlp_dim: Math.round((4 * width) / 3),
    text_length: 8,
    text_depth: 1,
    vocabulary: firstCount,
    time_features: 16,
  };
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** The width of a network of this room. Throws WeightsError for one of another shape: it could not learn on here. */
export function widthOf(config: ModelConfig, file: string): number {
  const width = widths.find((width) => JSON.stringify(microConfig(width)) === JSON.stringify(config));
  if (width === undefined) throw new WeightsError(file, 'holds a network of another shape than those that learn here');
  return width;
}

/** A stream of the noise source for each parameter, by its place. */
const weightStream = 0x77656967;

/**
 * Weights to begin with, by PyTorch's names. Normal for every matrix, by the numbers that go in; norms at one; gates and head
 * at zero, so that each block starts as the identity (DiT; `initialise` in training/snowglobe/model.py).
 */
export function firstWeights(config: ModelConfig, seed: number): Map<string, StoredTensor> {
  const entries = [...parameterShapes(config)].map(([name, shape], i): [string, StoredTensor] => {
    const count = sizeOf(shape);
    if (shape.length === 1) return [name, { shape, data: new Float32Array(count).fill(name.includes('norm') ? 1 : 0) }];
    const nothing = name === 'modulation.weight' || name === 'head.outer.weight';
    const spread = nothing ? 0 : /word|position/.test(name) ? 0.02 : shape[1] ** -0.5;
    return [name, { shape, data: normals(seed, weightStream + i, count).map((value) => spread * value) }];
  });
  return new Map(entries);
}
