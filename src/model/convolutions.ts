/**
 * What the two pages with convolutions share: decoder.ts and detail.ts.
 *
 * What it is not: it knows neither network.
 */
import {
  fused,
  mul,
  reshape,
  sigmoid,
  tensor,
  tidy,
  transpose,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { StoredTensor } from './safetensors';

/** PyTorch keeps outputs first, tfjs last: of a vector, a matrix (in, out), a convolution (height, width, in, out). */
const order: Readonly<Record<number, number[]>> = { 1: [0], 2: [1, 0], 4: [2, 3, 1, 0] };

/** A stored weight as tfjs has it. shuffle: its outputs go through `pixelShuffle`. The caller disposes of it. */
export function weightOf(stored: StoredTensor, shuffle: boolean): Tensor {
  const { data, shape } = shuffle ? shuffled(stored) : stored;
  return tidy(() => transpose(tensor(data, [...shape]), order[shape.length]));
}

export function silu<T extends Tensor>(x: T): T {
  return mul(x, sigmoid(x));
}

/**
 * Each four channels become a square of pixels: (B, H, W, 4C) -> (B, 2H, 2W, C). It is depthToSpace, which WebAssembly
 * computes number by number; a transposition moves 2C of them at once.
 */
export function pixelShuffle(x: Tensor4D): Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const lines = transpose(reshape(x, [batch * height, width, 2, channels / 2]), [0, 2, 1, 3]); // (B H, 2, W, 2C)
  return reshape(lines, [batch, 2 * height, 2 * width, channels / 4]);
}

/** (B, H, W, in) -> (B, H / stride, W / stride, out), by the weights `name`.weight and `name`.bias. */
export function convolve(weights: ReadonlyMap<string, Tensor>, name: string, x: Tensor4D, stride = 1): Tensor4D {
  const filter = weights.get(`${name}.weight`) as Tensor4D; // (height, width, in, out)
  const bias = weights.get(`${name}.bias`) as Tensor1D;
  return fused.conv2d({ x, filter, bias, strides: stride, pad: 'same' });
}

/**
 * The outputs of a shuffle, in tfjs's order. PyTorch's pixel_shuffle takes the four pixels of channel c from channels
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
