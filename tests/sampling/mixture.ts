/**
 * Data whose perfect denoiser is a formula: one number a pixel, drawn from a mixture of Gaussians. In one dimension the
 * flow keeps order, so the exact x at any t is the quantile map of the starting noise: an oracle for every solver.
 */
import { uniforms } from '../../src/sampling/noise';
import type { Solver, SolverKind } from '../../src/sampling/solvers';
import type { ClipShape, Denoiser, Condition } from '../../src/sampling/types';

export interface Gaussian {
  readonly weight: number;
  readonly mean: number;
  readonly deviation: number;
}

export const twoModes: readonly Gaussian[] = [
  { weight: 0.5, mean: -0.6, deviation: 0.3 },
  { weight: 0.5, mean: 0.6, deviation: 0.3 },
];
export const threeModes: readonly Gaussian[] = [
  { weight: 0.3, mean: -1, deviation: 0.15 },
  { weight: 0.5, mean: 0.3, deviation: 0.2 },
  { weight: 0.2, mean: 1.2, deviation: 0.1 },
];

/** Two to four modes that nobody chose; apart, because on a single one some solvers are better than their order. */
export function drawnMixture(seed: number): readonly Gaussian[] {
  const [count, ...u] = uniforms(seed, 0x6d6978, 13);
  const modes = 2 + Math.floor(3 * count);
  const parts = Array.from({ length: modes }, (_, k) => ({
    weight: 0.3 + u[3 * k],
    mean: -0.8 + (1.6 * k) / (modes - 1) + 0.3 * (u[3 * k + 1] - 0.5),
    deviation: 0.2 + 0.2 * u[3 * k + 2],
  }));
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  return parts.map((part) => ({ ...part, weight: part.weight / total }));
}

/** E[clean | noisy z] at level t. */
export function bestGuess(mixture: readonly Gaussian[], z: number, t: number): number {
  let [top, total, sum] = [-Infinity, 0, 0]; // shares are relative to the largest so far
  for (const { weight, mean, deviation } of mixture) {
    const variance = (t * deviation) ** 2 + (1 - t) ** 2;
    const off = z - t * mean;
    const log = Math.log(weight) - Math.log(variance) / 2 - (off * off) / (2 * variance);
    if (log > top) {
      const fade = Math.exp(top - log);
      [top, total, sum] = [log, total * fade, sum * fade];
    }
    const share = Math.exp(log - top);
    total += share;
    sum += share * (mean + ((t * deviation ** 2) / variance) * off);
  }
  return sum / total;
}

/** The share of noisy values below z at level t. */
export function below(mixture: readonly Gaussian[], z: number, t: number): number {
  return mixture.reduce(
    (sum, { weight, mean, deviation }) => sum + weight * normalBelow((z - t * mean) / Math.hypot(t * deviation, 1 - t)),
    0,
  );
}

/** The exact x at t of the path that starts at noise z0. */
export function exact(mixture: readonly Gaussian[], z0: number, t: number): number {
  const target = normalBelow(z0);
  let [low, high] = [-20, 20];
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (below(mixture, middle, t) < target) low = middle;
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

/** 21 values of starting noise in double precision, so that rounding hides no order. Solvers keep the kind of array. */
export const starts = Float64Array.from({ length: 21 }, (_, i) => -2.5 + i / 4) as unknown as Float32Array;

/** Root mean square distance from the exact path at time `end`, after `steps` even steps; t = 1 is the last guess. */
export async function error(
  mixture: readonly Gaussian[],
  solve: Solver,
  steps: number,
  end: number,
  begin = 0,
): Promise<number> {
  const ask = async (x: Float32Array, t: number) => x.map((z) => bestGuess(mixture, z, t));
  let x = begin > 0 ? starts.map((z) => exact(mixture, z, begin)) : starts;
  const time = (i: number) => begin + ((end - begin) * i) / steps;
  for (let i = 0; i < steps; i++) {
    const [t, tNext] = [time(i), time(i + 1)];
    const guess = await ask(x, t);
    x = tNext < 1 ? await solve({ x, t, tNext, guess, ask, noise: () => x }) : guess;
  }
  const squares = x.map((value, i) => (value - exact(mixture, starts[i], end)) ** 2);
  return Math.sqrt(squares.reduce((a, b) => a + b) / squares.length);
}

/**
 * log2 of what halving the steps does to the error at t = 0.9. From 160 to 640 steps; for order 4 from 40 to 160, where the
 * error is still above the rounding of doubles.
 */
export async function measuredOrder(
  mixture: readonly Gaussian[],
  { order, start }: Pick<SolverKind, 'order' | 'start'>,
): Promise<number> {
  const coarse = order === 4 ? 40 : 160;
  const after = (steps: number) => error(mixture, start({ eta: 0, churn: 0 }), steps, 0.9);
  return Math.log2((await after(coarse)) / (await after(4 * coarse))) / 2;
}

export interface Call {
  readonly x: Float32Array;
  readonly levels: Float32Array;
  readonly conditions: readonly Condition[];
}

/** A denoiser from a formula of one pixel, which notes what it was asked. */
export function denoiserOf(
  shape: ClipShape,
  formula: (z: number, t: number, condition: Condition) => number,
): Denoiser & { readonly calls: Call[] } {
  const calls: Call[] = [];
  return {
    shape,
    calls,
    async guess(x, levels, conditions) {
      calls.push({ x: x.slice(), levels: levels.slice(), conditions });
      return conditions.map((condition) => x.map((z, i) => formula(z, levels[i % levels.length], condition)));
    },
  };
}
