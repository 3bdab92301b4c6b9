/**
 * The decoder, in tfjs: the second network, which draws large what the transformer made small.
 *
 * What it is: a convolutional network. A frame of the transformer's guess with the frames before and after it goes in,
 * that frame at four times its height and width comes out: a two-stage cascade (Ho et al. 2022) whose second stage leaves
 * nothing to chance (sub-pixel convolution; Shi et al. 2016).
 * What it is not: no sampler, and no second opinion. It draws what the transformer believes.
 *
 * training/snowglobe/decoder.py says the same in PyTorch, name by name: read them side by side.
 *
 * Letters in the shape comments: B frames, H height, W width; channels come last here, and after B in PyTorch.
 */
import {
  add,
  depthToSpace,
  dispose,
  fused,
  image,
  matMul,
  mul,
  sigmoid,
  slice,
  tensor,
  tidy,
  transpose,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { ClipShape } from '../sampling/types';
import { factor, type DecoderConfig } from './decoder-config';
import { bagOf, checkFrames, neighbours } from './frames';
import type { StoredTensor } from './safetensors';

/** The decoder's forward pass, whoever computes it: this page of tfjs operations, or the static graph. */
export interface FrameDecoder {
  readonly config: DecoderConfig;
  readonly parameters: number;

  /**
   * clip: 3 x F x H x W, -1 .. 1, H and W multiples of 4; frames: which of its F frames to draw; tokens: the caption's,
   * see `tokenize` in src/world/prompt.ts. A picture for each frame asked for, 3 x 4H x 4W, about -1 .. 1 (not clamped).
   * One read-back, or a few where frames are many. Rejects with a RangeError for what it cannot draw.
   */
  draw(clip: Float32Array, shape: ClipShape, frames: readonly number[], tokens: Int32Array): Promise<Float32Array[]>;

  dispose(): void;
}

/** PyTorch keeps outputs first, tfjs last: of a vector, a matrix (in, out), a convolution (height, width, in, out). */
const order: Readonly<Record<number, number[]>> = { 1: [0], 2: [1, 0], 4: [2, 3, 1, 0] };

function silu<T extends Tensor>(x: T): T {
  return mul(x, sigmoid(x));
}

/** Each four channels become a square of pixels: (B, H, W, 4C) -> (B, 2H, 2W, C). */
function pixelShuffle(x: Tensor4D): Tensor4D {
  return depthToSpace(x, 2, 'NHWC');
}

export class Decoder implements FrameDecoder {
  readonly parameters: number;
  private readonly weights = new Map<string, Tensor>();

  /** Takes the tensors of a checked file (see `readDecoder`) to the backend that is chosen at this moment. */
  constructor(
    readonly config: DecoderConfig,
    tensors: ReadonlyMap<string, StoredTensor>,
  ) {
    this.parameters = [...tensors.values()].reduce((sum, { data }) => sum + data.length, 0);
    for (const [name, stored] of tensors) {
      const { data, shape } = /_up\.\w+$/.test(name) ? shuffled(stored) : stored;
      this.weights.set(
        name,
        tidy(() => transpose(tensor(data, [...shape]), order[shape.length])),
      );
    }
  }

  dispose(): void {
    dispose([...this.weights.values()]);
  }

  /** See `FrameDecoder`. */
  async draw(
    clip: Float32Array,
    shape: ClipShape,
    frames: readonly number[],
    tokens: Int32Array,
  ): Promise<Float32Array[]> {
    const { near, vocabulary } = this.config;
    checkFrames(clip, shape, frames, tokens);
    if (!frames.length) return [];
    const drawn = tidy(() => {
      const window = tensor(neighbours(clip, shape, frames, near), [
        frames.length,
        shape.height,
        shape.width,
        3 * near,
      ]);
      const words = vocabulary ? tensor(bagOf(tokens, vocabulary), [1, vocabulary]) : undefined; // (1, V), the same for every frame
      return transpose(this.forward(window as Tensor4D, words), [0, 3, 1, 2]); // (B, 3, 4H, 4W)
    });
    const data = (await drawn.data()) as Float32Array; // the one read-back of a call, and never dataSync()
    drawn.dispose();
    const size = data.length / frames.length;
    return frames.map((_, b) => data.slice(b * size, (b + 1) * size));
  }

  /** near: (B, H, W, 3 near), see `neighbours`; words: (1, V), see `bagOf`. Returns (B, 4H, 4W, 3). */
  private forward(near: Tensor4D, words: Tensor | undefined): Tensor4D {
    const { config } = this;
    const [, height, width] = near.shape;
    const frame = slice(near, [0, 0, 0, 3 * (config.near >> 1)], [-1, -1, -1, 3]); // (B, H, W, 3) the one to draw
    let detail = silu(this.convolution('stem', near)); // (B, H, W, detail)
    let half = silu(this.convolution('detail_down', detail, 2)); // (B, H/2, W/2, middle)
    let quarter = this.convolution('middle_down', half, 2); // (B, H/4, W/4, context)
    if (words) quarter = add(quarter, matMul(words, this.weight('word.weight'))); // (B, H/4, W/4, context)
    quarter = silu(quarter); // (B, H/4, W/4, context)
    for (let i = 0; i < config.context_depth; i++) quarter = this.block(`context_blocks.${i}`, quarter); // (B, H/4, W/4, context)
    half = add(half, pixelShuffle(this.convolution('context_up', quarter))); // (B, H/2, W/2, middle)
    for (let i = 0; i < config.middle_depth; i++) half = this.block(`middle_blocks.${i}`, half); // (B, H/2, W/2, middle)
    detail = add(detail, pixelShuffle(this.convolution('middle_up', half))); // (B, H, W, detail)
    for (let i = 0; i < config.detail_depth; i++) detail = this.block(`detail_blocks.${i}`, detail); // (B, H, W, detail)
    const double = silu(pixelShuffle(this.convolution('detail_up', detail))); // (B, 2H, 2W, fine)
    const drawn = pixelShuffle(this.convolution('fine_up', double)); // (B, 4H, 4W, 3)
    // Pixels are squares, and a picture ends at their edges: PyTorch's align_corners=False.
    return add(drawn, image.resizeBilinear(frame, [factor * height, factor * width], false, true));
  }

  /** x + outer(silu(inner(x))), both 3 x 3 (He et al. 2016). */
  private block(name: string, x: Tensor4D): Tensor4D {
    return add(x, this.convolution(`${name}.outer`, silu(this.convolution(`${name}.inner`, x)))); // (B, H, W, C)
  }

  /** (B, H, W, in) -> (B, H / stride, W / stride, out) */
  private convolution(name: string, x: Tensor4D, stride = 1): Tensor4D {
    const filter = this.weight(`${name}.weight`) as Tensor4D; // (height, width, in, out)
    const bias = this.weight(`${name}.bias`) as Tensor1D;
    return fused.conv2d({ x, filter, bias, strides: stride, pad: 'same' });
  }

  private weight(name: string): Tensor {
    return this.weights.get(name)!;
  }
}

/**
 * The outputs of an `_up`, in tfjs's order. PyTorch's pixel_shuffle takes the four pixels of channel c from channels
 * 4c .. 4c + 3, tfjs's depthToSpace from c, c + C, c + 2C and c + 3C.
 */
function shuffled({ data, shape }: StoredTensor): StoredTensor {
  const channels = shape[0] / 4;
  const size = data.length / shape[0]; // of one output
  const result = new Float32Array(data.length);
  for (let c = 0; c < channels; c++)
    for (let pixel = 0; pixel < 4; pixel++) {
      const from = (4 * c + pixel) * size;
      result.set(data.subarray(from, from + size), (pixel * channels + c) * size);
    }
  return { data: result, shape };
}
