/**
 * The part of the decoder that needs no GPU: which frames it sees, which words it reads, and what it refuses.
 *
 * What it is not: it computes nothing of the network. `neighbours` and `bagOf` are those of training/snowglobe/decoder.py,
 * with channels last, as tfjs and our own kernels have them.
 */
import type { ClipShape } from '../sampling/types';

/** Throws RangeError for a clip, frames of it or words that cannot be drawn: nothing on the way would notice. */
export function checkFrames(
  clip: Float32Array,
  { frames: count, height, width }: ClipShape,
  frames: readonly number[],
  tokens: Int32Array,
): void {
  if (![count, height, width].every((size) => Number.isInteger(size) && size > 0) || height % 4 || width % 4)
    throw new RangeError(`A clip to draw must be a multiple of 4 high and wide, not ${height} x ${width}.`);
  if (clip.length !== 3 * count * height * width)
    throw new RangeError(`A clip of ${count} x ${height} x ${width} holds other than ${clip.length} numbers.`);
  if (!frames.every((frame) => Number.isInteger(frame) && frame >= 0 && frame < count))
    throw new RangeError(`The frames to draw must be from 0 to ${count - 1}.`);
  if (tokens.some((token) => token < 0)) throw new RangeError('A word token is never below 0.');
}

/**
 * clip: (3, F, H, W) -> (B, H, W, 3 near): each of `frames` with those around it, in order; the ends are repeated, and what
 * lies beyond -1 .. 1 is cut off: a guess may overshoot, a picture can not.
 * channels: if more than 3 near, with zeros behind.
 */
export function neighbours(
  clip: Float32Array,
  { frames: count, height, width }: ClipShape,
  frames: readonly number[],
  near: number,
  channels = 3 * near,
): Float32Array<ArrayBuffer> {
  const pixels = height * width;
  const window = new Float32Array(frames.length * pixels * channels);
  frames.forEach((frame, b) => {
    for (let n = 0; n < near; n++) {
      const from = Math.min(Math.max(frame + n - (near >> 1), 0), count - 1);
      for (let c = 0; c < 3; c++)
        for (let i = 0; i < pixels; i++)
          window[(b * pixels + i) * channels + 3 * n + c] = Math.min(
            1,
            Math.max(-1, clip[(c * count + from) * pixels + i]),
          );
    }
  });
  return window;
}

/** Word tokens (L,) -> (V,): 1 for each word of the caption, whatever its place, and 0 for <pad>. */
export function bagOf(tokens: Int32Array, vocabulary: number): Float32Array<ArrayBuffer> {
  const bag = new Float32Array(vocabulary);
  for (const token of tokens) if (token > 0 && token < vocabulary) bag[token] = 1;
  return bag;
}
