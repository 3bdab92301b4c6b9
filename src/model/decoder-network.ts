/**
 * The decoder's page once more: which kernel runs on which buffers, and in what order.
 *
 * What it is: decoder.ts, line by line, for the static graph. Read that page first, and this one beside it.
 * What it is not: it compiles and runs nothing (decoder-graph.ts does), and knows no device but through `upload`.
 *
 * Letters as in decoder.ts: B frames, H height, W width.
 */
import { factor, type DecoderConfig } from './decoder-config';
import { GraphError } from './errors';
import { gathered, packed } from './half';
import {
  enlarged,
  neighbourhood,
  pairedOutputs,
  shuffledActivated,
  shuffledAdded,
  shuffledGated,
  type Grid,
} from './kernels/convolution';
import { callBytes, type Kernel } from './kernels/kernel';
import { matmul, type Epilogue } from './kernels/matmul';
import { activated, added } from './kernels/epilogues';
import type { TileOf } from './network';
import type { Draft, Stage } from './recorder';
import type { StoredTensor } from './safetensors';

export type DecoderNetwork<Step> = Readonly<Record<'drawing', readonly Stage<Step>[]>>;

/** Throws GraphError where the kernels cannot have a decoder of this shape, for frames of this size. */
export function checkDecoder({ detail, middle, context, fine }: DecoderConfig, { height, width }: Grid): void {
  for (const [name, size] of Object.entries({ detail, middle, context, fine, height, width })) {
    if (size % 4) throw new GraphError(`the decoder has a ${name} of ${size}, and its kernels need a multiple of 4`);
  }
}

/** Channels of what goes in: numbers are read in vectors of four, so there are zeros behind the frames. */
export const nearChannels = ({ near }: DecoderConfig): number => 4 * Math.ceil((3 * near) / 4);

/** Bytes of every buffer that holds no weight, for as many frames. */
export function decoderBytes(config: DecoderConfig, { height, width }: Grid, frames: number) {
  const { detail, middle, context, fine, full } = config;
  const numbers = 4 * frames * height * width; // in bytes
  return {
    call: callBytes,
    near: numbers * nearChannels(config), // (B, H, W, 3 near, padded)
    caption: 4 * context, // what the words and the bias of `middle_down` say
    detail: numbers * detail, // (B, H, W, detail)
    half: (numbers / 4) * middle, // (B, H/2, W/2, middle)
    quarter: (numbers / 16) * context, // (B, H/4, W/4, context)
    hidden: numbers * Math.max(detail, middle / 4, context / 16), // within a block
    double: 4 * numbers * fine, // (B, 2H, 2W, fine)
    full: factor ** 2 * numbers * full, // (B, full, 4H, 4W)
    pictures: factor ** 2 * numbers * 3, // (B, 3, 4H, 4W)
  };
}

export type DecoderBuffer = keyof ReturnType<typeof decoderBytes>;

type Region = GPUBufferBinding;

export function draftDecoder(
  config: DecoderConfig,
  { height, width }: Grid,
  tensors: Tensors,
  buffers: Readonly<Record<DecoderBuffer, GPUBuffer>>,
  upload: Upload,
  tileOf: TileOf,
): DecoderNetwork<Draft> {
  const whole = (name: DecoderBuffer): Region => ({ buffer: buffers[name] });
  const [call, near, caption, hidden, detail] = (['call', 'near', 'caption', 'hidden', 'detail'] as const).map(whole);
  const [half, quarter, double, full] = (['half', 'quarter', 'double', 'full'] as const).map(whole);
  const grid = (times: number): Grid => ({ height: times * height, width: times * width });
  const [atQuarter, atHalf, atDetail, atDouble] = [1 / 4, 1 / 2, 1, 2].map(grid);
  const { bias, convolution } = convolutions(config, tensors, upload, tileOf, call);

  /** x + outer(silu(inner(x))) */
  const blocks = (name: string, depth: number, at: Grid, x: Region): readonly Draft[] =>
    Array.from({ length: depth }, (_, i) => `${name}.${i}`).flatMap((block) => [
      convolution(`${block}.inner`, at, x, activated, [hidden, bias(`${block}.inner`)]),
      convolution(`${block}.outer`, at, hidden, added, [x, bias(`${block}.outer`)]),
    ]);

  const pairs = pairedOutputs(config.full);
  const steps = [
    convolution('stem', atDetail, near, activated, [detail, bias('stem')]), // (B, H, W, detail)
    convolution('detail_down', atHalf, detail, activated, [half, bias('detail_down')]), // (B, H/2, W/2, middle)
    convolution('middle_down', atQuarter, half, activated, [quarter, caption]), // (B, H/4, W/4, context)
    ...blocks('context_blocks', config.context_depth, atQuarter, quarter), // (B, H/4, W/4, context)
    convolution('context_up', atQuarter, quarter, shuffledAdded(atQuarter), [half, bias('context_up')]), // (B, H/2, W/2, middle)
    ...blocks('middle_blocks', config.middle_depth, atHalf, half), // (B, H/2, W/2, middle)
    convolution('middle_up', atHalf, half, shuffledAdded(atHalf), [detail, bias('middle_up')]), // (B, H, W, detail)
    ...blocks('detail_blocks', config.detail_depth, atDetail, detail), // (B, H, W, detail)
    convolution('detail_up', atDetail, detail, shuffledActivated(atDetail), [double, bias('detail_up')]), // (B, 2H, 2W, fine)
    convolution('fine_up', atDouble, double, shuffledGated(atDouble), [full, bias('fine_up', pairs)], pairs), // (B, full, 4H, 4W)
    { kernels: both(mixed(config, atDetail)), regions: [full, out(tensors, upload), near, whole('pictures')] }, // (B, 3, 4H, 4W)
  ];
  return { drawing: [{ name: 'drawing', steps }] };
}

type Tensors = ReadonlyMap<string, StoredTensor>;
type Upload = (label: string, data: Uint16Array<ArrayBuffer> | Float32Array<ArrayBuffer>) => GPUBuffer;

/** The decoder's kernels have no extras: both ways are one. */
const both = (kernel: Kernel) => ({ plain: kernel, extra: kernel });

/** How a convolution becomes a matrix product. `order`: of its outputs, where the epilogue wants another. */
function convolutions(config: DecoderConfig, tensors: Tensors, upload: Upload, tileOf: TileOf, call: Region) {
  const bias = (name: string, order?: readonly number[]): Region => {
    const { data } = tensors.get(`${name}.bias`)!;
    return { buffer: upload(`${name}.bias`, Float32Array.from(order ?? data, order && ((output) => data[output]))) };
  };
  /** What `epilogue` makes of a convolution of x, for each pixel of `at`, with `own`: the result first. */
  const convolution = (
    name: string,
    at: Grid,
    x: Region,
    epilogue: Epilogue,
    own: readonly Region[],
    order?: readonly number[],
  ): Draft => {
    const weight = tensors.get(`${name}.weight`)!;
    const [n, inner, size] = weight.shape;
    const channels = name === 'stem' ? nearChannels(config) : inner;
    const k = size * size * channels;
    const shape = { m: at.height * at.width, k, n };
    const load = neighbourhood(at, channels, size, size === 2 ? 2 : 1);
    const kernel = matmul(name.replace(/\.\d+\./, '.'), shape, tileOf(shape, false), epilogue, load);
    const matrix = { buffer: upload(`${name}.weight`, packed(gathered(weight, channels, order), [n, k])) };
    return { kernels: both(kernel), regions: [x, matrix, ...own, call] };
  };
  return { bias, convolution };
}

const mixed = (config: DecoderConfig, grid: Grid): Kernel =>
  enlarged('out', { grid, channels: nearChannels(config), first: 3 * (config.near >> 1), full: config.full });

/** Weight and bias of `out` in one buffer. */
function out(tensors: Tensors, upload: Upload): Region {
  const numbers = ['weight', 'bias'].flatMap((part) => [...tensors.get(`out.${part}`)!.data]);
  return { buffer: upload('out', Float32Array.from(numbers)) };
}
