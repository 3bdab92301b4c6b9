/**
 * Classifier-free guidance (Ho & Salimans 2022): guided = empty + scale (prompt - empty), only between two noise levels
 * (Kynkaanniemi et al. 2024). On guesses it is the same as on velocities, because v = (guess - x) / (1 - t) is linear.
 */
import type { Guidance, Row } from './types';

/** The rows that this noise level needs: two only where guidance does something. */
export function rowsAt(t: number, { scale, from, to }: Guidance): readonly Row[] {
  if (scale === 1 || t < from || t > to) return ['prompt'];
  return scale === 0 ? ['empty'] : ['prompt', 'empty'];
}

/** One guess from the guesses of `rowsAt`, in its order. Always a new array. */
export function guide(guesses: readonly Float32Array[], scale: number): Float32Array {
  if (guesses.length === 1) return guesses[0].slice();
  const [prompt, empty] = guesses;
  return prompt.map((value, i) => empty[i] + scale * (value - empty[i]));
}
