/**
 * The detail head's page once more: which kernel runs on which buffers, and in what order.
 *
 * What it is: detail.ts, line by line, for the static graph: the last stage of network.ts, where a model has it. Read that page
 * first, and this one beside it.
 * What it is not: it compiles and runs nothing (graph.ts does), and knows no device but through `upload`.
 *
 * Letters as in detail.ts: B rows, F frames, H height, W width, C channels at full size. Rows of a product are the pixels of
 * all frames.
 */
import { detailDepth, seenChannels, type ModelConfig } from './config';
import { gathered, packed } from './half';
import { framesAround, neighbourhood, shuffledAdded, stacked, type Grid } from './kernels/convolution';
import { addedToClips, captions, seen } from './kernels/detail';
import { activated, activatedWith, added, addedActivated, biased } from './kernels/epilogues';
import type { Kernel } from './kernels/kernel';
import { matmul, tiles, type Epilogue, type Load } from './kernels/matmul';
import type { BufferName } from './network';
import type { Draft, Stage } from './recorder';
import type { StoredTensor } from './safetensors';

type Region = GPUBufferBinding;

/** Bytes of the buffers that only the detail head has; none where there is none. batch: rows of a call at most */
export function detailBytes({ frames, height, width, detail: channels = 0 }: ModelConfig, batch: number) {
  const full = 4 * batch * frames * height * width * channels;
  return {
    seen: full && (full / channels) * seenChannels, // (B, F, H, W, 8)
    full, // (B, F, H, W, C)
    half: full / 2, // (B, F, H/2, W/2, 2C)
    within: full, // within a block: (B, F, H, W, C), or (B, F, H/2, W/2, 2C)
    spoken: 4 * batch * 2 * channels, // (B, 2C), what the caption says to every pixel
  };
}

export function draftDetail(
  config: ModelConfig,
  tensors: ReadonlyMap<string, StoredTensor>,
  buffers: Readonly<Record<BufferName, GPUBuffer>>,
  upload: (label: string, data: Uint16Array<ArrayBuffer> | Float32Array<ArrayBuffer>) => GPUBuffer,
  words: Region, // (B, L, D)
): Stage<Draft> {
  const { frames, height, width, text_length, detail: c = 0 } = config;
  const [atFull, atHalf]: Grid[] = [config, { height: height / 2, width: width / 2 }];
  const whole = (name: BufferName): Region => ({ buffer: buffers[name] });
  const [call, clip, clips] = (['call', 'clip', 'clips'] as const).map(whole);
  const [seenThere, full, half, within, spoken] = (['seen', 'full', 'half', 'within', 'spoken'] as const).map(whole);
  const bias = (name: string): Region => {
    const label = `detail.${name}.bias`;
    return { buffer: upload(label, Float32Array.from(tensors.get(label)!.data)) };
  };
  /** There are no extras: both ways are one. */
  const both = (kernel: Kernel) => ({ plain: kernel, extra: kernel });

  /** What `epilogue` makes of x W, with `own`: the result first. Channels are few, so blocks are small. */
  const product = (
    name: string,
    m: number,
    load: Load,
    x: Region,
    epilogue: Epilogue,
    own: readonly Region[],
    channels?: number, // of x, where W is a convolution's
  ): Draft => {
    const label = `detail.${name}`;
    const weight = tensors.get(`${label}.weight`)!;
    const rows = channels === undefined ? weight.data : gathered(weight, channels); // (n, k)
    const [n, k] = [weight.shape[0], rows.length / weight.shape[0]];
    const kernel = matmul(label.replace(/\.\d+\./, '.'), { m, k, n }, tiles.small, epilogue, load);
    return { kernels: both(kernel), regions: [x, { buffer: upload(label, packed(rows, [n, k])) }, ...own, call] };
  };
  const pixelsOf = (at: Grid) => frames * at.height * at.width;
  /** A convolution of x in space, for each pixel of `at`. */
  const convolution = (name: string, at: Grid, x: Region, epilogue: Epilogue, own: readonly Region[]): Draft => {
    const [, channels, size] = tensors.get(`detail.${name}.weight`)!.shape;
    const load = neighbourhood(at, channels, size, size === 2 ? 2 : 1, frames);
    return product(name, pixelsOf(at), load, x, epilogue, own, channels);
  };
  /** h += outer(frames around silu(inner(h))) */
  const block = (name: string): readonly Draft[] => {
    const [inner, outer] = [`${name}.inner`, `${name}.outer`];
    const around = framesAround(atHalf, 2 * c, frames);
    return [
      convolution(inner, atHalf, half, activated, [within, bias(inner)]), // (B, F, H/2, W/2, 2C)
      product(outer, pixelsOf(atHalf), around, within, added, [half, bias(outer)], 6 * c), // (B, F, H/2, W/2, 2C)
    ];
  };

  const shuffle = shuffledAdded(stacked(atHalf, frames));
  return {
    name: 'detail',
    steps: [
      { kernels: both(seen('seen', pixelsOf(atFull))), regions: [clips, clip, seenThere, call] }, // (B, F, H, W, 8)
      convolution('stem', atFull, seenThere, activated, [full, bias('stem')]), // (B, F, H, W, C)
      product('caption', 1, captions(text_length), words, biased, [spoken, bias('down')]), // (B, 2C)
      convolution('down', atHalf, full, activatedWith, [half, spoken]), // (B, F, H/2, W/2, 2C)
      ...Array.from({ length: detailDepth }, (_, i) => block(`blocks.${i}`)).flat(), // (B, F, H/2, W/2, 2C)
      convolution('up', atHalf, half, shuffle, [full, bias('up')]), // (B, F, H, W, C)
      convolution('inner', atFull, full, activated, [within, bias('inner')]), // (B, F, H, W, C)
      convolution('outer', atFull, within, addedActivated, [full, bias('outer')]), // (B, F, H, W, C)
      convolution('out', atFull, full, addedToClips, [clips, bias('out')]), // (B, 4, F, H, W)
    ],
  };
}
