/**
 * Solvers of dx/dt = v(x, t), with the velocity v = (guess - x) / (1 - t).
 *
 * What they are: one step each, from x at t to the x at tNext < 1. The last step to t = 1 is not theirs: there x becomes
 * the guess. So 1 / (1 - t) stays finite and is never clamped (docs/sampling.md says what a clamp costs).
 * What they are not: they know no model, no guidance and no noise.
 */
import type { SamplerName } from './types';

export interface Leap {
  readonly x: Float32Array;
  readonly t: number;
  readonly tNext: number;
  readonly guess: Float32Array; // at x and t
  /** One more call of the model. */
  ask(x: Float32Array, t: number): Promise<Float32Array>;
}

/** Returns the x at tNext, in a new array, and keeps none of the arrays it was given. */
export type Solver = (leap: Leap) => Promise<Float32Array>;

/** A fresh solver for one run: `multistep` remembers the step before. */
export const solvers: Readonly<Record<SamplerName, () => Solver>> = {
  euler: () => euler,
  heun: () => heun,
  multistep,
};

/** Euler; for this path of noise it is DDIM without noise (Song et al. 2021). Order 1. */
async function euler({ x, t, tNext, guess }: Leap): Promise<Float32Array> {
  const h = tNext - t;
  return x.map((xi, i) => xi + (h * (guess[i] - xi)) / (1 - t));
}

/** Heun: the mean of the velocities at both ends of an Euler step (Karras et al. 2022, algorithm 1). Order 2, two calls. */
async function heun({ x, t, tNext, guess, ask }: Leap): Promise<Float32Array> {
  const h = tNext - t;
  const v = x.map((xi, i) => (guess[i] - xi) / (1 - t));
  const y = x.map((xi, i) => xi + h * v[i]);
  const guessNext = await ask(y, tNext);
  return x.map((xi, i) => xi + (h / 2) * (v[i] + (guessNext[i] - y[i]) / (1 - tNext)));
}

/**
 * Two-step multistep: draws a straight line in t through this guess and the one before, and solves the equation for that
 * line exactly (DEIS with time polynomials of degree 1; Zhang & Chen 2023). Order 2, one call. With u = 1 - t:
 * xNext = x + (1 - uNext/u) (guess - x) + slope (u - uNext - uNext ln(u/uNext)).
 */
function multistep(): Solver {
  let before: { guess: Float32Array; t: number } | undefined;
  return async ({ x, t, tNext, guess }) => {
    const [u, uNext] = [1 - t, 1 - tNext];
    const pull = 1 - uNext / u;
    const bend = before ? (u - uNext - uNext * Math.log(u / uNext)) / (t - before.t) : 0;
    const last = before?.guess ?? guess;
    before = { guess: guess.slice(), t }; // a copy: the step's own arrays belong to whoever watches the run
    return x.map((xi, i) => xi + pull * (guess[i] - xi) + bend * (guess[i] - last[i]));
  };
}
