/**
 * Data whose perfect denoiser is a formula: one number a pixel, drawn from a mixture of Gaussians. In one dimension the
 * flow keeps order, so the exact x at any t is the quantile map of the starting noise: an oracle for every solver.
 */
import type { ClipShape, Denoiser, Row } from '../../src/sampling/types';

export interface Gaussian {
  readonly weight: number;
  readonly mean: number;
  readonly deviation: number;
}

/** E[clean | noisy z] at level t. */
export function bestGuess(mixture: readonly Gaussian[], z: number, t: number): number {
  const parts = mixture.map(({ weight, mean, deviation }) => {
    const variance = (t * deviation) ** 2 + (1 - t) ** 2;
    const off = z - t * mean;
    return {
      log: Math.log(weight) - Math.log(variance) / 2 - (off * off) / (2 * variance),
      guess: mean + ((t * deviation ** 2) / variance) * off,
    };
  });
  const top = Math.max(...parts.map(({ log }) => log));
  const shares = parts.map(({ log }) => Math.exp(log - top));
  const total = shares.reduce((a, b) => a + b);
  return parts.reduce((sum, { guess }, i) => sum + (shares[i] / total) * guess, 0);
}

/** The exact x at t of the path that starts at noise z0. */
export function exact(mixture: readonly Gaussian[], z0: number, t: number): number {
  const below = (z: number) =>
    mixture.reduce(
      (sum, { weight, mean, deviation }) =>
        sum + weight * normalBelow((z - t * mean) / Math.hypot(t * deviation, 1 - t)),
      0,
    );
  const target = normalBelow(z0);
  let [low, high] = [-20, 20];
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (below(middle) < target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The share of a standard normal below z, by its Taylor series (Marsaglia 2004); good to 1e-15 for |z| < 6. */
function normalBelow(z: number): number {
  if (Math.abs(z) > 8) return z > 0 ? 1 : 0;
  let [sum, term] = [z, z];
  for (let n = 3; Math.abs(term) > 1e-18; n += 2) {
    term *= (z * z) / n;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}

export interface Call {
  readonly x: Float32Array;
  readonly levels: Float32Array;
  readonly rows: readonly Row[];
}

/** A denoiser from a formula of one pixel, which notes what it was asked. */
export function denoiserOf(
  shape: ClipShape,
  formula: (z: number, t: number, row: Row) => number,
): Denoiser & { readonly calls: Call[] } {
  const calls: Call[] = [];
  return {
    shape,
    calls,
    async guess(x, levels, rows) {
      calls.push({ x: x.slice(), levels: levels.slice(), rows });
      return rows.map((row) => x.map((z, i) => formula(z, levels[i % levels.length], row)));
    },
  };
}
