/** The networks that are measured: the shapes of the product with random weights, so that no file must be fetched. */
import { guessChannelsOf, parameterShapes, patchPixelsOf, tokensOf, type ModelConfig } from '../src/model/config';
import type { DecoderConfig } from '../src/model/decoder-config';
import type { StoredTensor } from '../src/model/safetensors';
import { normals } from '../src/sampling/noise';

const words = { text_length: 28, text_depth: 2, vocabulary: 51, time_features: 32 };

export const models = {
  // The shape of tests/golden/model-tiny: for an emulated adapter, on which the others would take minutes.
  tiny: {
    ...{ frames: 6, height: 16, width: 24, patch_frames: 2, patch_size: 4, bottleneck: 16 },
    ...{ dim: 40, depth: 2, heads: 2, mlp_dim: 56, text_length: 14, text_depth: 2, vocabulary: 54, time_features: 12 },
  },
  // The shape of models/nano.
  nano: {
    ...words,
    ...{ frames: 16, height: 32, width: 32, patch_frames: 2, patch_size: 8, bottleneck: 192 },
    ...{ dim: 192, depth: 6, heads: 6, mlp_dim: 512 },
  },
  // 512 tokens of 256 numbers, ten blocks.
  small: {
    ...words,
    ...{ frames: 16, height: 64, width: 64, patch_frames: 2, patch_size: 8, bottleneck: 192 },
    ...{ dim: 256, depth: 10, heads: 8, mlp_dim: 704 },
  },
} satisfies Record<string, ModelConfig>;

/** The shape of models/decoder. */
export const decoder: DecoderConfig = {
  ...{ near: 3, detail: 28, middle: 48, context: 84, fine: 12, full: 6 },
  ...{ detail_depth: 1, middle_depth: 1, context_depth: 1, vocabulary: 64 },
};

export type ModelName = keyof typeof models;

/** The same network on a clip of another size, so that it has that many tokens. */
export function withTokens(config: ModelConfig, tokens: number): ModelConfig {
  const patches = (tokens * config.patch_frames) / config.frames; // of one group of frames
  const down = 2 ** Math.floor(Math.log2(patches) / 2);
  return { ...config, height: down * config.patch_size, width: (patches / down) * config.patch_size };
}

/**
 * The cost model, 2NP + 4N²d a row. N: video tokens. P: weights of the matrices that every one of them is multiplied with (not
 * the words', not the noise level's). d: the width of attention, all blocks together (depth x dim). The first term is those
 * products (2 operations a weight), the second what each query does with each key and value (4 a number of the width).
 */
export function costModel(config: ModelConfig, rows: number): number {
  const { depth, dim } = config;
  const N = tokensOf(config);
  const met = [...parameterShapes(config)].filter(([name]) => /^(embed|head\.|blocks\.\d+\.(qkv|out|mlp))/.test(name));
  const P = met.reduce((sum, [, shape]) => sum + (shape.length > 1 ? shape[0] * shape[1] : 0), 0);
  return rows * (2 * N * P + 4 * N ** 2 * depth * dim);
}

/** Weights like those of a fresh network, as fp16 would hold them closely enough. */
export const randomTensors = (config: ModelConfig): ReadonlyMap<string, StoredTensor> =>
  randomOf(parameterShapes(config));

/** The same of any network, by the shapes of its parameters. */
export function randomOf(shapes: ReadonlyMap<string, readonly number[]>): ReadonlyMap<string, StoredTensor> {
  const product = (sizes: readonly number[]) => sizes.reduce((a, b) => a * b, 1);
  let seed = 0;
  return new Map(
    [...shapes].map(([name, shape]) => {
      const scale = shape.length > 1 ? product(shape.slice(1)) ** -0.5 : 0.1;
      const data = normals(++seed, 0, product(shape)).map((value) => Math.round(value * scale * 1024) / 1024);
      return [name, { shape, data }];
    }),
  );
}

/** Floating point operations of a call: 2 for each weight and token it meets, 4 D for each pair of query and key. */
export function operationsOf(config: ModelConfig, rows: number): number {
  const { dim, depth, mlp_dim, bottleneck, text_length } = config;
  const n = tokensOf(config);
  const pixels = patchPixelsOf(config);
  const mlp = (out: number) => 2 * n * mlp_dim * (2 * dim + out);
  const block = 2 * n * dim * 4 * dim + 4 * n * (n + text_length) * dim + mlp(dim);
  const embedding = 2 * n * bottleneck * (4 * pixels + dim);
  return embedding + rows * (depth * block + mlp(guessChannelsOf(config) * pixels));
}
