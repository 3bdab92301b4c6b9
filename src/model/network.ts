/**
 * The network's page once more: which kernel runs on which buffers, and in what order.
 *
 * What it is: transformer.ts, line by line, for the static graph. Read that page first, and this one beside it.
 * What it is not: it compiles and runs nothing (graph.ts does), and knows no device but through `upload`.
 *
 * Letters as in transformer.ts: B batch size, N video tokens, P pixels of a patch, L words, D width, h heads, d width of a
 * head, M hidden width of an MLP, T time features.
 */
import { gridOf, guessChannelsOf, patchPixelsOf, tokensOf, type ModelConfig } from './config';
import { detailBytes, draftDetail } from './detail-network';
import { GraphError } from './errors';
import { packed } from './half';
import { attention, largestHeadDim } from './kernels/attention';
import { callBytes, limitsBytes, noExtras, type Extras, type Kernel } from './kernels/kernel';
import { matmul, type Load, type Shape, type Epilogue, type Tile } from './kernels/matmul';
import { largestDim, modulatedNorm, weightedNorm } from './kernels/norm';
import { patchified, unpatchified } from './kernels/patches';
import { qkNorm } from './kernels/qk-norm';
import {
  activatedOnce,
  biased,
  gatedResidual,
  plain,
  plainOnce,
  residual,
  spread,
  swiGLU,
  withCaption,
} from './kernels/epilogues';
import type { Draft, Stage } from './recorder';
import type { StoredTensor } from './safetensors';

/** Rows of a call at most: the prompt and the empty prompt. */
export const maxBatch = 2;

/** Throws GraphError where the kernels cannot have a network of this shape. */
export function checkShape(config: ModelConfig): void {
  const { dim, heads, mlp_dim, bottleneck, time_features, patch_size, detail = 0 } = config;
  const headDim = dim / heads;
  const sizes = { dim, mlp_dim, bottleneck, time_features, patch_size, detail, 'width of a head': headDim };
  for (const [name, size] of Object.entries(sizes)) {
    if (size % 4) throw new GraphError(`the model has a ${name} of ${size}, and its kernels need a multiple of 4`);
  }
  if (headDim > largestHeadDim) {
    throw new GraphError(`the model has heads of ${headDim}, and its kernels can have ${largestHeadDim} at most`);
  }
  if (heads > 32) {
    throw new GraphError(`the model has ${heads} heads, and its kernels can have 32 at most`);
  }
  if (dim > largestDim) {
    throw new GraphError(`the model has a dim of ${dim}, and its kernels can have ${largestDim} at most`);
  }
}

/** Bytes of every buffer that holds no weight. The whole batch shares them with the text encoder: each is written, then read. */
export function bufferBytes(config: ModelConfig) {
  const { dim, heads, mlp_dim, bottleneck, time_features, text_length } = config;
  const tokens = tokensOf(config);
  const longest = Math.max(tokens, text_length);
  const pixels = config.frames * config.height * config.width;
  return {
    call: callBytes,
    limits: regionAfter(limitsBytes) * config.depth, // of each block's attention
    scales: 4 * maxBatch * text_length, // of the keys of the words, (B, L)
    clip: 4 * 4 * pixels, // (4, F, H, W): noisy clip, then levels where they differ
    rotary: 4 * tokens * (dim / heads), // (N, d/2) of (cosine, sine)
    waves: 4 * tokens * time_features, // (N or 1, T)
    time: 4 * tokens * dim, // (N or 1, D)
    condition: 4 * maxBatch * tokens * dim, // (B, N or 1, D)
    modulation: 4 * maxBatch * tokens * 6 * dim, // (B, N or 1, 6D)
    down: 4 * tokens * bottleneck, // (N, bottleneck)
    h: 4 * maxBatch * longest * dim, // (B, N or L, D)
    y: 4 * maxBatch * longest * dim, // (B, N or L, D)
    qkv: 4 * maxBatch * longest * 3 * dim, // (B, N or L, 3D)
    hidden: 4 * maxBatch * longest * mlp_dim, // (B, N or L, M)
    clips: 4 * maxBatch * guessChannelsOf(config) * pixels, // (B, 3 or 4, F, H, W)
    ...detailBytes(config, maxBatch),
    words: textRegions(config).total,
  };
}

export type BufferName = keyof ReturnType<typeof bufferBytes>;

/** Bytes up to where the next region may begin, as WebGPU asks. */
const regionAfter = (bytes: number) => Math.ceil(bytes / 256) * 256;

/** Where the limits of block i lie in `limits`, in bytes. */
export const limitsOffset = (i: number) => i * regionAfter(limitsBytes);

/** Where words (B, L, D), then each block's keys and values (B, L, 2D) lie in `words`, in bytes. */
function textRegions({ dim, depth, text_length }: ModelConfig) {
  const words = 4 * maxBatch * text_length * dim;
  const keysValues = 2 * words;
  const block = (i: number) => regionAfter(words) + i * regionAfter(keysValues);
  return { words, keysValues, block, total: block(depth) };
}

/** The words' keys and values for block i, (B, L, 2D), within the buffer `words`. */
export function blockWords(config: ModelConfig, words: GPUBuffer, i: number): GPUBufferBinding {
  const regions = textRegions(config);
  return { buffer: words, offset: regions.block(i), size: regions.keysValues };
}

/** Matrices are kept in fp16, everything else in fp32. */
const isMatrix = (name: string) => name.endsWith('.weight');
/** These stay with the CPU, which looks a prompt's words up in them. */
const isLookedUp = (name: string) => name === 'text.word.weight' || name === 'text.position';

/** Bytes of all weights on the device, of parameters of these shapes. */
export function weightBytes(shapes: Iterable<readonly [string, readonly number[]]>): number {
  let bytes = 0;
  for (const [name, shape] of shapes) {
    if (!isLookedUp(name)) bytes += shape.reduce((a, b) => a * b, 1) * (isMatrix(name) ? 2 : 4);
  }
  return bytes;
}

/** The block of a product whose factors are fp16, or fp32. */
export type TileOf = (shape: Shape, half: boolean) => Tile;

/** Of a block's stage. */
export const blockName = (i: number) => `block.${i}`;

export type Network<Step> = Readonly<Record<'encoding' | 'denoising', readonly Stage<Step>[]>>;

export function draftNetwork(
  config: ModelConfig,
  tensors: ReadonlyMap<string, StoredTensor>,
  buffers: Readonly<Record<BufferName, GPUBuffer>>,
  upload: (label: string, data: Uint16Array<ArrayBuffer> | Float32Array<ArrayBuffer>) => GPUBuffer,
  tileOf: TileOf,
  extras: Extras,
): Network<Draft> {
  const { dim, heads, mlp_dim, bottleneck, time_features, text_length, depth, text_depth } = config;
  const n = tokensOf(config);
  const [, rows, columns] = gridOf(config);
  const headDim = dim / heads;
  const patch = 4 * patchPixelsOf(config);
  const drawn = guessChannelsOf(config) * patchPixelsOf(config);

  const whole = (name: BufferName): GPUBufferBinding => ({ buffer: buffers[name] });
  const [call, clip, rotary, waves] = (['call', 'clip', 'rotary', 'waves'] as const).map(whole);
  const scales = whole('scales');
  const [time, condition, modulation] = (['time', 'condition', 'modulation'] as const).map(whole);
  const [down, h, y, qkv, hidden, clips] = (['down', 'h', 'y', 'qkv', 'hidden', 'clips'] as const).map(whole);
  const regions = textRegions(config);
  const caption: GPUBufferBinding = { buffer: buffers.words, offset: 0, size: regions.words };
  const keysValues = (i: number) => blockWords(config, buffers.words, i);

  const matrix = (name: string): GPUBufferBinding => {
    const { data, shape } = tensors.get(`${name}.weight`)!;
    return { buffer: upload(name, packed(data, shape, name.endsWith('.inner'))) };
  };
  const vector = (...names: string[]): GPUBufferBinding => ({
    buffer: upload(names.join(), Float32Array.from(names.flatMap((name) => [...tensors.get(name)!.data]))),
  });

  const both = (make: (extras: Extras) => Kernel) => ({ plain: make(noExtras), extra: make(extras) });
  /** The few words of a prompt, and the noise level, are not worth another program. */
  const extrasFor = (m: Shape['m'], extras: Extras) => (m === n ? extras : noExtras);

  /** x W, where W is `name`.weight, and what `epilogue` makes of it with `own`: the result first. */
  const linear = (
    name: string,
    [m, k, out]: readonly [Shape['m'], number, number],
    x: GPUBufferBinding,
    epilogue: Epilogue,
    own: readonly GPUBufferBinding[],
    load?: Load,
  ): Draft => {
    const shape = { m, k, n: out };
    return {
      kernels: both((extras) => {
        const mine = extrasFor(m, extras);
        return matmul(name.replace(/\.\d+\./, '.'), shape, tileOf(shape, mine.half), epilogue, load, mine);
      }),
      regions: [x, matrix(name), ...own, call],
    };
  };
  /** y = rms_norm(h) * weight */
  const norm = (name: string, m: number): Draft => ({
    kernels: both((extras) => weightedNorm('norm', m, dim, extrasFor(m, extras))),
    regions: [h, y, vector(name), call],
  });
  /** h += SwiGLU(y), or what else `epilogue` makes of it. */
  const gatedMLP = (
    name: string,
    m: number,
    epilogue: Epilogue,
    own: readonly GPUBufferBinding[],
    out = dim,
  ): readonly Draft[] => [
    linear(`${name}.inner`, [m, dim, 2 * mlp_dim], y, swiGLU, [hidden]), // (B, m, M)
    linear(`${name}.outer`, [m, mlp_dim, out], hidden, epilogue, own), // (B, m, out)
  ];

  const textBlock = (name: string): readonly Draft[] => [
    norm(`${name}.norm1`, text_length), // y: (B, L, D)
    linear(`${name}.qkv`, [text_length, dim, 3 * dim], y, plain, [qkv]), // (B, L, 3D)
    { kernels: both(() => attention('attention', { m: text_length, heads, headDim, words: 0 })), regions: [qkv, y] }, // (B, L, D)
    linear(`${name}.out`, [text_length, dim, dim], y, residual, [h]), // (B, L, D)
    norm(`${name}.norm2`, text_length), // y: (B, L, D)
    ...gatedMLP(`${name}.mlp`, text_length, residual, [h]), // h: (B, L, D)
  ];

  /** Words y (B, L, D) -> their keys and values for block i (B, L, 2D). */
  const textKeysValues = (i: number): readonly Draft[] => [
    linear(`blocks.${i}.text_kv`, [text_length, dim, 2 * dim], y, plain, [keysValues(i)]),
    {
      kernels: both(() =>
        qkNorm('text_k_norm', { m: text_length, heads, headDim, parts: 1, stride: 2 * dim, rotary: false }),
      ),
      regions: [keysValues(i), vector(`blocks.${i}.text_k_norm`), scales],
    },
  ];

  const block = (name: string, i: number): readonly Draft[] => {
    const adapted = [modulation, vector(`${name}.table`)];
    return [
      { kernels: both((extras) => modulatedNorm('norm1', n, dim, 0, extras)), regions: [h, y, ...adapted, call] }, // y: (B, N, D)
      linear(`${name}.qkv`, [n, dim, 3 * dim], y, plain, [qkv]), // (B, N, 3D)
      {
        kernels: both(() => qkNorm('qk_norm', { m: n, heads, headDim, parts: 2, stride: 3 * dim, rotary: true })),
        regions: [qkv, vector(`${name}.q_norm`, `${name}.k_norm`), rotary],
      },
      {
        kernels: both((extras) =>
          attention('attention', { m: n, heads, headDim, words: text_length, area: rows * columns }, extras),
        ),
        regions: [qkv, keysValues(i), y, { buffer: buffers.limits, offset: limitsOffset(i), size: limitsBytes }],
      }, // (B, N, D)
      linear(`${name}.out`, [n, dim, dim], y, gatedResidual(2), [h, ...adapted]), // (B, N, D)
      { kernels: both((extras) => modulatedNorm('norm2', n, dim, 3, extras)), regions: [h, y, ...adapted, call] }, // y: (B, N, D)
      ...gatedMLP(`${name}.mlp`, n, gatedResidual(5), [h, ...adapted]), // h: (B, N, D)
    ];
  };

  const stages = (count: number, stage: (i: number) => Stage<Draft>) =>
    Array.from({ length: count }, (_, i) => stage(i));
  return {
    // h: (B, L, D), the words looked up -> y: (B, L, D), which becomes the beginning of `words`, and the rest of it
    encoding: [
      ...stages(text_depth, (i) => ({ name: `text.block.${i}`, steps: textBlock(`text.blocks.${i}`) })),
      { name: 'text', steps: [norm('text.norm', text_length)] },
      ...stages(depth, (i) => ({ name: `text_kv.${i}`, steps: textKeysValues(i) })),
    ],
    // clip: (4, F, H, W), waves: (N or 1, T) -> clips: (B, 3 or 4, F, H, W)
    denoising: [
      {
        name: 'modulation',
        steps: [
          linear('time_in', ['levels', time_features, dim], waves, activatedOnce, [time, vector('time_in.bias')]), // (1, N or 1, D)
          linear('time_out', ['levels', dim, dim], time, withCaption(text_length), [
            condition,
            vector('time_out.bias'),
            caption,
          ]), // (B, N or 1, D)
          linear('modulation', ['levels', dim, 6 * dim], condition, biased, [modulation, vector('modulation.bias')]), // (B, N or 1, 6D)
        ],
      },
      {
        name: 'embedding',
        steps: [
          linear('embed_down', [n, patch, bottleneck], clip, plainOnce, [down], patchified(config)), // (1, N, bottleneck)
          linear('embed_up', [n, bottleneck, dim], down, spread, [h, vector('embed_up.bias')]), // (B, N, D)
        ],
      },
      ...stages(depth, (i) => ({ name: blockName(i), steps: block(`blocks.${i}`, i) })),
      {
        name: 'head',
        steps: [norm('head_norm', n), ...gatedMLP('head', n, unpatchified(config), [clips], drawn)], // (B, 3 or 4, F, H, W)
      },
      ...(config.detail ? [draftDetail(config, tensors, buffers, upload, caption)] : []),
    ],
  };
}
