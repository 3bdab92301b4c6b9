/** What the chapters measure on the learner's own runs: a few numbers for one sentence each. */
import type { ClipShape } from '../sampling/types';

const shown = (value: number): number => Math.min(1, Math.max(-1, value));

/** How like two clips are, dot for dot: 1 where one follows the other, 0 where they have nothing in common (Pearson 1895). */
export function likeness(a: Float32Array, b: Float32Array): number {
  const mean = (clip: Float32Array) => clip.reduce((sum, value) => sum + value, 0) / clip.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] - ma) * (b[i] - mb);
    aa += (a[i] - ma) ** 2;
    bb += (b[i] - mb) ** 2;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}

/** Mean difference of one frame of two clips as a screen shows them, 0 .. 1: black against white is 1. */
export function frameOff(a: Float32Array, b: Float32Array, shape: ClipShape, frame: number): number {
  const size = shape.height * shape.width;
  let sum = 0;
  for (let channel = 0; channel < 3; channel++) {
    const from = (channel * shape.frames + frame) * size;
    for (let i = from; i < from + size; i++) sum += Math.abs(shown(a[i]) - shown(b[i]));
  }
  return sum / (2 * 3 * size);
}

/** Mean change from one frame to the next, as a screen shows it, 0 .. 1: black that turns white is 1. */
export function changeOf(film: Float32Array, { frames, height, width }: ClipShape): number {
  const size = height * width;
  let sum = 0;
  for (let channel = 0; channel < 3; channel++)
    for (let frame = 1; frame < frames; frame++)
      for (let i = 0, at = (channel * frames + frame) * size; i < size; i++, at++)
        sum += Math.abs(shown(film[at]) - shown(film[at - size]));
  return sum / (2 * 3 * (frames - 1) * size);
}
