/**
 * The detail head, in tfjs: convolutions over the guess at full size, before it is weighed.
 *
 * What it is: the last part of a model with `detail`. A token has `dim` numbers for a patch of more pixels than that, so
 * outlines fray where they cross it; a small U-Net (Ronneberger et al. 2015) sees every pixel of the guess beside what is
 * left of the noisy clip when the guess is taken away, and corrects both colour and variance. Its counterpart: the patch
 * detailer of DiP (Chen et al. 2025).
 * What it is not: it decides nothing that needs the whole clip; it sees some pixels and a few frames around each.
 *
 * training/snowglobe/detail.py says the same in PyTorch, name by name: read them side by side.
 *
 * Letters in the shape comments: B rows (prompt, empty prompt), F frames, H height, W width, C channels at full size,
 * D width of a token; channels come last here, and before F in PyTorch.
 */
import {
  add,
  concat,
  dispose,
  matMul,
  reshape,
  slice,
  tensor,
  tidy,
  type Tensor,
  type Tensor3D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { ClipShape } from '../sampling/types';
import { detailDepth, seenChannels } from './config';
import { convolve, pixelShuffle, silu, weightOf } from './convolutions';
import type { StoredTensor } from './safetensors';

/** Parameters of the detail head, by their names in a model's file. */
export const isDetail = (name: string) => name.startsWith('detail.');

export class Detail {
  private readonly weights: ReadonlyMap<string, Tensor>;

  /** Takes its part of a model's tensors to the backend that is chosen at this moment. */
  constructor(tensors: ReadonlyMap<string, StoredTensor>) {
    const own = [...tensors].filter(([name]) => isDetail(name));
    this.weights = new Map(
      own.map(([name, stored]) => [name.slice(name.indexOf('.') + 1), weightOf(stored, name.startsWith('detail.up'))]),
    );
  }

  dispose(): void {
    dispose([...this.weights.values()]);
  }

  /**
   * drawn: of each of B rows the guess and the logit of its variance, (4, F, H, W); x: (3, F, H, W) the noisy clip; levels:
   * F x H x W noise levels, or one for all; caption: (B, 1, D). Returns both, corrected, (4, F, H, W) each. One read-back.
   */
  async correct(
    drawn: readonly Float32Array[],
    x: Float32Array,
    levels: Float32Array,
    caption: Tensor,
    { frames, height, width }: ClipShape,
  ): Promise<Float32Array[]> {
    const change = tidy(() => {
      const shape: [number, number, number, number] = [drawn.length * frames, height, width, seenChannels];
      return this.forward(tensor(seenOf(drawn, x, levels), shape), caption as Tensor3D, frames);
    });
    const data = (await change.data()) as Float32Array; // (B, F, H, W, 4)
    change.dispose();
    const pixels = frames * height * width;
    return drawn.map((row, b) =>
      row.map((value, i) => value + data[4 * (b * pixels + (i % pixels)) + Math.floor(i / pixels)]),
    );
  }

  /** seen: (B F, H, W, 8), see `seenOf`; caption: (B, 1, D). Returns what is to be added, (B F, H, W, 4). */
  private forward(seen: Tensor4D, caption: Tensor3D, frames: number): Tensor4D {
    let full = silu(convolve(this.weights, 'stem', seen)); // (B F, H, W, C)
    const words = matMul(reshape(caption, [-1, caption.shape[2]]), this.weights.get('caption.weight')!); // (B, 2C)
    let half = silu(each(convolve(this.weights, 'down', full, 2), words)); // (B F, H/2, W/2, 2C)
    for (let i = 0; i < detailDepth; i++) half = this.block(`blocks.${i}`, half, frames); // (B F, H/2, W/2, 2C)
    full = add(full, pixelShuffle(convolve(this.weights, 'up', half))); // (B F, H, W, C)
    full = add(full, convolve(this.weights, 'outer', silu(convolve(this.weights, 'inner', full)))); // (B F, H, W, C)
    return convolve(this.weights, 'out', silu(full)); // (B F, H, W, 4)
  }

  /** x + outer(frames around silu(inner(x))): 3 x 3 in space, then 3 in time (Qiu et al. 2017). */
  private block(name: string, x: Tensor4D, frames: number): Tensor4D {
    const inner = silu(convolve(this.weights, `${name}.inner`, x)); // (B F, H, W, C)
    return add(x, convolve(this.weights, `${name}.outer`, framesAround(inner, frames))); // (B F, H, W, C)
  }
}

/** x: (B F, H, W, C) and, for all pixels of a row, words: (B, C). */
function each(x: Tensor4D, words: Tensor): Tensor4D {
  const [rows, channels] = words.shape as [number, number];
  return reshape(add(reshape(x, [rows, -1, channels]), reshape(words, [rows, 1, channels])), x.shape);
}

/** (B F, H, W, C) -> (B F, H, W, 3C): the frame before, this one, the one after; the ends are repeated. */
function framesAround(x: Tensor4D, frames: number): Tensor4D {
  const clip = reshape(x, [x.shape[0] / frames, frames, -1]) as Tensor3D; // (B, F, H W C)
  const some = (first: number, count: number) => slice(clip, [0, first, 0], [-1, count, -1]);
  const before = concat([some(0, 1), some(0, frames - 1)], 1); // (B, F, H W C)
  const after = concat([some(1, frames - 1), some(frames - 1, 1)], 1); // (B, F, H W C)
  return concat([reshape(before, x.shape), x, reshape(after, x.shape)], 3);
}

/**
 * What each pixel is judged by: (B, F, H, W, 8) colour and variance of the guess, the noise if the guess is right (a clean
 * pixel has none), the noise level. See `Detail.correct`.
 */
export function seenOf(drawn: readonly Float32Array[], x: Float32Array, levels: Float32Array): Float32Array {
  const pixels = x.length / 3;
  const seen = new Float32Array(drawn.length * pixels * seenChannels);
  drawn.forEach((row, b) => {
    for (let i = 0; i < pixels; i++) {
      const t = levels.length === 1 ? levels[0] : levels[i];
      const at = (b * pixels + i) * seenChannels;
      for (let c = 0; c < 3; c++) {
        const guess = row[c * pixels + i];
        seen[at + c] = guess;
        seen[at + 4 + c] = (x[c * pixels + i] - t * guess) / (2.1 - 2 * t);
      }
      seen[at + 3] = row[3 * pixels + i] / 5;
      seen[at + 7] = 2 * t - 1;
    }
  });
  return seen;
}
