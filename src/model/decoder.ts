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
  dispose,
  image,
  matMul,
  mul,
  slice,
  split,
  tensor,
  tidy,
  transpose,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { ClipShape } from '../sampling/types';
import { convolve, pixelShuffle, silu, weightOf } from './convolutions';
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

export class Decoder implements FrameDecoder {
  readonly parameters: number;
  private readonly weights = new Map<string, Tensor>();

  /** Takes the tensors of a checked file (see `readDecoder`) to the backend that is chosen at this moment. */
  constructor(
    readonly config: DecoderConfig,
    tensors: ReadonlyMap<string, StoredTensor>,
  ) {
    this.parameters = [...tensors.values()].reduce((sum, { data }) => sum + data.length, 0);
    for (const [name, stored] of tensors) this.weights.set(name, weightOf(stored, /_up\.\w+$/.test(name)));
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
    const [gate, value] = split(pixelShuffle(this.convolution('fine_up', double)), 2, -1); // (B, 4H, 4W, full) each
    // An edge is one colour times a mask, and another times the rest: products, at the size of the picture.
    const drawn = this.convolution('out', mul(silu(gate), value)); // (B, 4H, 4W, 3)
    // Pixels are squares, and a picture ends at their edges: PyTorch's align_corners=False.
    return add(drawn, image.resizeBilinear(frame, [factor * height, factor * width], false, true));
  }

  /** x + outer(silu(inner(x))), both 3 x 3 (He et al. 2016). */
  private block(name: string, x: Tensor4D): Tensor4D {
    return add(x, this.convolution(`${name}.outer`, silu(this.convolution(`${name}.inner`, x)))); // (B, H, W, C)
  }

  private convolution(name: string, x: Tensor4D, stride = 1): Tensor4D {
    return convolve(this.weights, name, x, stride);
  }

  private weight(name: string): Tensor {
    return this.weights.get(name)!;
  }
}
