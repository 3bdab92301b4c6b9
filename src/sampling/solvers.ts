/**
 * Solvers of dx/dt = v(x, t), with the velocity v = (guess - x) / (1 - t).
 *
 * What they are: one step each, from x at t to the x at tNext < 1. The last step to t = 1 is not theirs: there x becomes
 * the guess. So 1 / (1 - t) stays finite and is never clamped (docs/decisions/no-clamp.md).
 * What they are not: they know no model, no guidance and no seed.
 *
 * In what follows u = 1 - t is the noise that is left, and h = tNext - t.
 */
import type { RunSettings, SamplerName } from './types';

export interface SolverInput {
  readonly x: Float32Array;
  readonly t: number;
  readonly tNext: number;
  readonly guess: Float32Array; // at x and t
  /** One more call of the model. */
  ask(x: Float32Array, t: number): Promise<Float32Array>;
  /** Fresh standard normal noise, as long as x, with a name of its own in this step: the same whenever it is asked for. */
  noise(): Float32Array;
}

/** Returns the x at tNext, in a new array, and keeps none of the arrays it was given. */
export type Solver = (input: SolverInput) => Promise<Float32Array>;

export interface SolverKind {
  /** Halving the steps' length divides the error by 2^order. Of a stochastic one: without its noise. */
  readonly order: 1 | 2 | 3 | 4;
  /** Calls of the model in a whole run; the last step always has one. Twice that with guidance of two conditions. */
  calls(steps: number): number;
  /** The setting that says how much fresh noise it takes; none where it is deterministic. */
  readonly noise?: 'eta' | 'churn';
  /** A fresh solver for one run: some remember the steps before. */
  start(settings: Required<Pick<RunSettings, 'eta' | 'churn'>>): Solver;
}

const once = (steps: number) => steps;
const onceMore = (steps: number) => (steps > 1 ? steps + 1 : 1); // the first step asks twice
const times = (each: number) => (steps: number) => each * (steps - 1) + 1;

export const solvers: Readonly<Record<SamplerName, SolverKind>> = {
  euler: { order: 1, calls: once, start: () => euler },
  heun: { order: 2, calls: times(2), start: () => heun },
  midpoint: { order: 2, calls: times(2), start: () => midpoint },
  ab2: { order: 2, calls: once, start: () => adamsBashforth(2) },
  ab3: { order: 3, calls: onceMore, start: () => adamsBashforth(3) },
  multistep: { order: 2, calls: once, start: multistep },
  dpm2m: { order: 2, calls: once, start: dpm2m },
  dpm3m: { order: 3, calls: onceMore, start: dpm3m },
  unipc: { order: 3, calls: once, start: unipc },
  rk4: { order: 4, calls: times(4), start: () => rk4 },
  ancestral: { order: 1, calls: once, noise: 'eta', start: ({ eta }) => ancestral(eta) },
  ddim: { order: 1, calls: once, noise: 'eta', start: ({ eta }) => ddim(eta) },
  sde: { order: 2, calls: times(2), noise: 'churn', start: ({ churn }) => sde(churn) },
};

/** The most steps, at least 1, that need no more than so many calls of the model: for comparing at equal cost. */
export function stepsFor(sampler: SamplerName, calls: number): number {
  let steps = 1;
  while (steps < 100 && solvers[sampler].calls(steps + 1) <= calls) steps++;
  return steps;
}

// ---------------------------------------------------------------------------------------------------------- one step

/** Euler; for this path of noise it is DDIM without noise (Song et al. 2021). Order 1. */
async function euler({ x, t, tNext, guess }: Pick<SolverInput, 'x' | 't' | 'tNext' | 'guess'>): Promise<Float32Array> {
  const h = tNext - t;
  return x.map((xi, i) => xi + (h * (guess[i] - xi)) / (1 - t));
}

/** Heun: the mean of the velocities at both ends of an Euler step (Karras et al. 2022, algorithm 1). Order 2, two calls. */
async function heun({ x, t, tNext, guess, ask }: SolverInput): Promise<Float32Array> {
  const h = tNext - t;
  const v = x.map((xi, i) => (guess[i] - xi) / (1 - t));
  const y = x.map((xi, i) => xi + h * v[i]);
  const guessNext = await ask(y, tNext);
  return x.map((xi, i) => xi + (h / 2) * (v[i] + (guessNext[i] - y[i]) / (1 - tNext)));
}

/** The velocity half-way, for the whole step (Runge 1895; DPM-Solver-2 has the idea in log-SNR). Order 2, two calls. */
async function midpoint({ x, t, tNext, guess, ask }: SolverInput): Promise<Float32Array> {
  const h = tNext - t;
  const v = velocity(x, t, guess);
  const y = x.map((xi, i) => xi + (h / 2) * v[i]);
  const vHalf = velocity(y, t + h / 2, await ask(y, t + h / 2));
  return x.map((xi, i) => xi + h * vHalf[i]);
}

/** The classical Runge-Kutta method (Kutta 1901): the reference, not a bargain. Order 4, four calls. */
async function rk4({ x, t, tNext, guess, ask }: SolverInput): Promise<Float32Array> {
  const h = tNext - t;
  const slope = async (v: Float32Array, share: number) => {
    const y = x.map((xi, i) => xi + share * h * v[i]);
    return velocity(y, t + share * h, await ask(y, t + share * h));
  };
  const v1 = velocity(x, t, guess);
  const v2 = await slope(v1, 1 / 2);
  const v3 = await slope(v2, 1 / 2);
  const v4 = await slope(v3, 1);
  return x.map((xi, i) => xi + (h / 6) * (v1[i] + 2 * v2[i] + 2 * v3[i] + v4[i]));
}

function velocity(x: Float32Array, t: number, guess: Float32Array): Float32Array {
  return x.map((xi, i) => (guess[i] - xi) / (1 - t));
}

// ----------------------------------------------------------------------------------------------- with a memory, 1 call

/** What was at an earlier step: a guess, or a velocity. */
interface Past {
  readonly t: number;
  readonly value: Float32Array;
}

/**
 * Adams-Bashforth: a polynomial in t through the last velocities, integrated over the step (Bashforth & Adams 1883).
 * The first step has no past: Euler's for order 2, Heun's for order 3.
 */
function adamsBashforth(order: 2 | 3): Solver {
  let past: Past[] = []; // newest first
  return async (input) => {
    const { x, t, tNext, guess } = input;
    past = [{ t, value: velocity(x, t, guess) }, ...past].slice(0, order);
    if (order === 3 && past.length === 1) return heun(input);
    const h = tNext - t;
    const weights = newton(past, (time) => time, [h, h ** 2 / 2, h ** 3 / 3]);
    return x.map((xi, i) => past.reduce((sum, { value }, k) => sum + weights[k] * value[i], xi));
  };
}

/**
 * Two-step multistep: draws a straight line in t through this guess and the one before, and solves the equation for that
 * line exactly (DEIS with time polynomials of degree 1; Zhang & Chen 2023). Order 2, one call.
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

/**
 * DPM-Solver++(2M) (Lu et al. 2022, algorithm 2): the guess as a straight line in lambda = ln(t / u), looked at half-way.
 * xNext = x + (1 - uNext/u) (guess + (lambdaNext - lambda) / (lambda - lambdaBefore) / 2 (guess - before) - x).
 * Order 2, one call.
 */
function dpm2m(): Solver {
  let before: Past | undefined;
  return async ({ x, t, tNext, guess }) => {
    const input = { x, t, tNext, now: { t, value: guess }, before };
    before = { t, value: guess.slice() };
    return straight(input);
  };
}

function straight({
  x,
  t,
  tNext,
  now,
  before,
}: {
  x: Float32Array;
  t: number;
  tNext: number;
  now: Past;
  before?: Past;
}) {
  const pull = (tNext - t) / (1 - t); // 1 - uNext/u
  const clock = clockFor(before?.t ?? t, tNext);
  const stretch = before ? (clock(tNext) - clock(t)) / (clock(t) - clock(before.t)) / 2 : 0;
  const last = before?.value ?? now.value;
  return x.map((xi, i) => xi + pull * (now.value[i] + stretch * (now.value[i] - last[i]) - xi));
}

/**
 * DPM-Solver++(3M): the guess as a parabola in lambda through the last three, integrated exactly (Lu et al. 2022, eq. 12
 * with k = 3). Its first step is Heun's and its second has a straight line. Order 3, one call.
 */
function dpm3m(): Solver {
  let past: Past[] = []; // newest first
  return async (input) => {
    const { x, t, tNext, guess } = input;
    past = [{ t, value: guess.slice() }, ...past].slice(0, 3);
    if (past.length === 1) return heun(input);
    const clock = clockFor(past.at(-1)!.t, tNext);
    return pulled(x, past, newton(past, clock, moments(t, tNext, clock)));
  };
}

/**
 * UniPC-2 (Zhao et al. 2023, B2): predicts as DPM-Solver++(2M); when the guess at the predicted x is there, it goes back
 * and takes the step again with a parabola through that guess too, which costs no call. Order 3, one call.
 */
function unipc(): Solver {
  let past: Past[] = []; // newest first
  let step: { x: Float32Array; t: number; predicted: Float32Array } | undefined; // the one before
  return async ({ x, t, tNext, guess }) => {
    const now = { t, value: guess.slice() };
    const [before, older] = past;
    let corrected = x;
    if (step) {
      const clock = clockFor((older ?? before).t, t);
      const pull = (t - step.t) / (1 - step.t);
      const nodes = older ? [before, now, older] : [before, now];
      const weights = older ? newton(nodes, clock, moments(step.t, t, clock)) : [pull / 2, pull / 2];
      const { predicted } = step;
      corrected = pulled(step.x, nodes, weights).map((value, i) => x[i] + (value - predicted[i]));
    }
    past = [now, ...past].slice(0, 2);
    const xNext = straight({ x: corrected, t, tNext, now, before });
    step = { x: corrected.slice(), t, predicted: xNext.slice() };
    return xNext;
  };
}

/**
 * The variable in which a past is drawn as a polynomial. DPM-Solver++ and UniPC take lambda = ln(t / u); but that begins
 * at minus infinity, where steps that are even in t are never small, and any order falls to 2. So where a step's memory
 * (or, running backwards, its end) lies in the first tenth of the way, it is t itself (docs/decisions/time-not-lambda.md).
 */
type Clock = (t: number) => number;
const plain: Clock = (t) => t;
const lambda: Clock = (t) => Math.log(t / (1 - t));
const clockFor = (oldest: number, newest: number): Clock => (Math.min(oldest, newest) < 0.1 ? plain : lambda);

/** uNext times the integrals of 1, (s - s0), (s - s0)^2 over dt / (1 - t)^2, from t to tNext; s is the clock, s0 = s(t). */
function moments(t: number, tNext: number, clock: Clock): [number, number, number] {
  const [u, uNext] = [1 - t, 1 - tNext];
  const pull = (tNext - t) / u; // 1 - uNext/u
  if (clock === plain) {
    const log = Math.log(u / uNext);
    return [pull, u - uNext - uNext * log, u ** 2 - uNext ** 2 - 2 * u * uNext * log];
  }
  const h = clock(tNext) - clock(t); // pull = tNext (1 - e^-h)
  return [pull, tNext * h - pull, tNext * h ** 2 - 2 * (tNext * h - pull)];
}

/**
 * The weight of each of two or three values in the integral of the polynomial through them (Newton's form). `moments` are
 * the integrals of 1, (s - s0) and (s - s0)^2, with s0 the clock of the first.
 */
function newton(past: readonly Past[], clock: Clock, [m0, m1, m2]: readonly number[]): number[] {
  if (past.length === 1) return [m0];
  const [s0, s1, s2] = past.map(({ t }) => clock(t));
  const a = m1 / (s0 - s1);
  if (past.length === 2) return [m0 + a, -a];
  const bend = (m2 + (s0 - s1) * m1) / (s0 - s2);
  return [m0 + a + bend / (s0 - s1), -a - bend / (s0 - s1) - bend / (s1 - s2), bend / (s1 - s2)];
}

/** x pulled toward each value by its weight; 1 - the sum of the weights is uNext/u, what is left of x. */
function pulled(x: Float32Array, past: readonly Past[], weights: readonly number[]): Float32Array {
  return x.map((xi, i) => past.reduce((sum, { value }, k) => sum + weights[k] * (value[i] - xi), xi));
}

// ------------------------------------------------------------------------------------------------- with fresh noise

/**
 * Ancestral Euler for rectified flow: a step that goes too far, to uDown = uNext (1 + eta (uNext/u - 1)), and then noise
 * back up to uNext (k-diffusion's ancestral step, with the algebra of this path). eta 0 is Euler; a great eta goes to the
 * guess itself and noises that afresh. Keeps the distribution for any eta.
 */
function ancestral(eta: number): Solver {
  return async ({ x, t, tNext, guess, noise }) => {
    const [u, uNext] = [1 - t, 1 - tNext];
    const tDown = 1 - Math.max(0, uNext * (1 + eta * (uNext / u - 1)));
    const down = await euler({ x, t, tNext: tDown, guess });
    return renoised(down, tDown, tNext, noise());
  };
}

/**
 * DDIM (Song et al. 2021, eq. 12): xNext = tNext guess + sqrt(uNext^2 - s^2) eps + s noise, with the noise that the guess
 * sees in x, eps = (x - t guess) / u, and s = eta uNext sqrt(1 - (t uNext / (tNext u))^2). eta 0 is Euler, 1 is DDPM. Above
 * 1 it is broken on purpose: more noise goes in than tNext allows, and grain stays.
 */
function ddim(eta: number): Solver {
  return async ({ x, t, tNext, guess, noise }) => {
    const [u, uNext] = [1 - t, 1 - tNext];
    const s = eta * uNext * Math.sqrt(1 - ((t * uNext) / (tNext * u)) ** 2);
    const kept = Math.sqrt(Math.max(0, uNext ** 2 - s ** 2)) / u;
    const fresh = noise();
    return x.map((xi, i) => tNext * guess[i] + kept * (xi - t * guess[i]) + s * fresh[i]);
  };
}

/**
 * A stochastic differential equation by turns (Karras et al. 2022, algorithm 2, half a step later): Heun goes too far, to
 * uOver = uNext (uNext/u)^churn, and noise comes back up to uNext. churn 0 is Heun; 1 goes twice as far as it stays.
 * Keeps the distribution for any churn, and washes out earlier mistakes. Too much: long steps, so mistakes of their own.
 */
function sde(churn: number): Solver {
  return async (input) => {
    const [u, uNext] = [1 - input.t, 1 - input.tNext];
    const tOver = churn === 0 ? input.tNext : 1 - uNext * (uNext / u) ** churn;
    return renoised(await heun({ ...input, tNext: tOver }), tOver, input.tNext, input.noise());
  };
}

/** From t back to an earlier time, as noise would have it: x back / t, and so much noise that the clip's level is right. */
function renoised(x: Float32Array, t: number, back: number, noise: Float32Array): Float32Array {
  if (t <= back) return x;
  const keep = back / t;
  const fresh = Math.sqrt((1 - back) ** 2 - (keep * (1 - t)) ** 2);
  return x.map((xi, i) => keep * xi + fresh * noise[i]);
}
