/**
 * Prints the tables of docs/decisions/default-sampler.md: solvers against the exact answer, on data whose perfect denoiser
 * is a formula.
 *
 *     npx tsx bench/solvers.ts            the two mixtures of the document
 *     npx tsx bench/solvers.ts --seed 5   a mixture that this seed draws
 *
 * The data: one number, drawn from a mixture of Gaussians. In one dimension the flow keeps order, so the exact solution is
 * the quantile map of the starting noise. Beside our own solvers: what a clamp does, and two ways that others go.
 */
import { parseArgs } from 'node:util';
import { solvers, type SolverInput, type Solver, type SolverKind } from '../src/sampling/solvers';
import { drawnMixture, error, measuredOrder, threeModes, twoModes } from '../tests/sampling/mixture';

/** Heun with 1 / max(1 - t, 0.05), as in a loss. */
async function clampedHeun({ x, t, tNext, guess, ask }: SolverInput): Promise<Float32Array> {
  const h = tNext - t;
  const [u, uNext] = [Math.max(1 - t, 0.05), Math.max(1 - tNext, 0.05)];
  const y = x.map((xi, i) => xi + (h * (guess[i] - xi)) / u);
  const guessNext = await ask(y, tNext);
  return x.map((xi, i) => xi + (h / 2) * ((guess[i] - xi) / u + (guessNext[i] - y[i]) / uNext));
}

/**
 * DPM-Solver++(3M) with a polynomial in lambda from the very first guess on: at t = 0 lambda is endless, so that guess
 * drops out and the polynomial through it has one degree less. `share` 1/2 is the second difference as it stands in several
 * public implementations, where a parabola needs 1.
 */
function dpm3mInLambda(share: number): Solver {
  let past: { lambda: number; guess: Float32Array }[] = [];
  return async (input) => {
    const { x, t, tNext, guess } = input;
    const [lambda, lambdaNext] = [t, tNext].map((time) => Math.log(time / (1 - time)));
    past = [{ lambda, guess: guess.slice() }, ...past].slice(0, 3);
    if (past.length === 1) return solvers.heun.start({ eta: 0, churn: 0 })(input);
    const h = lambdaNext - lambda;
    const pull = (tNext - t) / (1 - t);
    const [first, second] = [tNext * h - pull, tNext * h ** 2 - 2 * (tNext * h - pull)];
    const [now, before, older] = past;
    const [d0, d1] = [now.lambda - before.lambda, older ? before.lambda - older.lambda : Infinity];
    return x.map((xi, i) => {
      const slope = (now.guess[i] - before.guess[i]) / d0;
      const change = d0 + d1 < Infinity ? (slope - (before.guess[i] - older.guess[i]) / d1) / (d0 + d1) : 0;
      return xi + pull * (now.guess[i] - xi) + first * (slope + (change && d0 * change)) + share * second * change;
    });
  };
}

type Candidate = Pick<SolverKind, 'order' | 'calls' | 'start'>;

const candidates: Readonly<Record<string, Candidate>> = {
  ...Object.fromEntries(Object.entries(solvers).filter(([, { noise }]) => !noise)),
  'heun, 1 - t clamped': { ...solvers.heun, start: () => clampedHeun },
  'dpm3m, all in lambda': { ...solvers.dpm3m, start: () => dpm3mInLambda(1) },
  'the same, half the second difference': { ...solvers.dpm3m, start: () => dpm3mInLambda(1 / 2) },
};

/** The most steps within so many calls; no limit here on how many that is. */
function stepsWithin(calls: number, { calls: needs }: Candidate): number {
  let steps = 1;
  while (needs(steps + 1) <= calls) steps++;
  return steps;
}

const { values } = parseArgs({ options: { seed: { type: 'string' } } });
const mixtures = values.seed
  ? { [`drawn by seed ${values.seed}`]: drawnMixture(Number(values.seed)) }
  : { 'two modes': twoModes, 'three modes': threeModes };
const budgets = [4, 8, 12, 16, 24, 50, 400];

for (const [name, mixture] of Object.entries(mixtures)) {
  const parts = mixture.map((part) => `${part.weight.toFixed(2)} N(${part.mean.toFixed(2)}, ${part.deviation.toFixed(2)}²)`); // prettier-ignore
  console.log(`\n${name}: ${parts.join(' + ')}\n`);
  console.log(`| | order | ${budgets.map((calls) => `${calls} calls`).join(' | ')} |`);
  console.log(`| --- ${'| --- '.repeat(budgets.length + 1)}|`);
  for (const [solver, candidate] of Object.entries(candidates)) {
    const cells = [(await measuredOrder(mixture, candidate)).toFixed(2)];
    for (const calls of budgets) {
      const solve = candidate.start({ eta: 0, churn: 0 });
      cells.push((await error(mixture, solve, stepsWithin(calls, candidate), 1)).toFixed(5));
    }
    console.log(`| ${solver} | ${cells.join(' | ')} |`);
  }

  const later = async (share: number, steps: number) => error(mixture, dpm3mInLambda(share), steps, 0.9, 0.2);
  const orders = [1, 1 / 2].map(async (share) => Math.log2((await later(share, 160)) / (await later(share, 640))) / 2);
  const [whole, half] = await Promise.all(orders);
  console.log(
    `\nfrom t = 0.2 on, dpm3m has order ${whole.toFixed(2)}, with half the second difference ${half.toFixed(2)}`,
  );
}
