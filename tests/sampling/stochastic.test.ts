/** Solvers with fresh noise: the clips they draw must be spread as the data is, whatever the amount of noise. */
import { describe, expect, it, test } from 'vitest';
import { clipStream, normals, stirStream } from '../../src/sampling/noise';
import { solvers } from '../../src/sampling/solvers';
import type { SamplerName } from '../../src/sampling/types';
import { below, bestGuess, drawnMixture, twoModes, type Gaussian } from './mixture';

const count = 2000;
const end = 0.9;

interface Walk {
  readonly amount: number; // eta or churn
  readonly louder?: number; // the fresh noise times this
  readonly steps?: number;
}

/** Where `count` values of noise end at t = 0.9. */
async function walk(mixture: readonly Gaussian[], sampler: SamplerName, { amount, louder = 1, steps = 45 }: Walk) {
  const solve = solvers[sampler].start({ eta: amount, churn: amount });
  const ask = async (x: Float32Array, t: number) => x.map((z) => bestGuess(mixture, z, t));
  let x: Float32Array = normals(3, clipStream, count);
  for (let i = 0; i < steps; i++) {
    const [t, tNext] = [(end * i) / steps, (end * (i + 1)) / steps];
    const noise = () => normals(3, stirStream + i, count).map((value) => louder * value);
    x = await solve({ x, t, tNext, guess: await ask(x, t), ask, noise });
  }
  return x;
}

/** Kolmogorov-Smirnov: sqrt(n) times the widest gap between the values' shares and the exact ones. Below 1.63 in 99 of 100. */
function gap(values: Float32Array, mixture: readonly Gaussian[]): number {
  const sorted = values.slice().sort();
  const n = sorted.length;
  const gaps = Array.from(sorted, (value, i) => {
    const share = below(mixture, value, end);
    return Math.max(share - i / n, (i + 1) / n - share);
  });
  return Math.sqrt(n) * Math.max(...gaps);
}

const amounts: readonly [SamplerName, number][] = [
  ['ancestral', 0.5],
  ['ancestral', 1],
  ['ancestral', 2],
  ['ddim', 0.5],
  ['ddim', 1],
  ['sde', 0.5],
  ['sde', 2],
];

describe.each(amounts)('%s with %d', (sampler, amount) => {
  it('keeps the distribution', async () => {
    for (const mixture of [twoModes, drawnMixture(5)])
      expect(gap(await walk(mixture, sampler, { amount }), mixture)).toBeLessThan(1.63);
  });

  it('would be found out with noise of the wrong scale', async () => {
    for (const louder of [0.7, 1.4])
      expect(gap(await walk(twoModes, sampler, { amount, louder }), twoModes), `${louder}`).toBeGreaterThan(2);
  });
});

test('the noise that they all start from passes, and a step that forgets its noise does not', async () => {
  expect(gap(await walk(twoModes, 'heun', { amount: 0 }), twoModes)).toBeLessThan(1.63);
  for (const sampler of ['ancestral', 'ddim', 'sde'] as const)
    expect(gap(await walk(twoModes, sampler, { amount: 1, louder: 0 }), twoModes)).toBeGreaterThan(2);
});

test('ddim with eta 2 is broken, as its comment says', async () => {
  expect(gap(await walk(twoModes, 'ddim', { amount: 2 }), twoModes)).toBeGreaterThan(2);
});

test('eta 0 is Euler, and churn 0 is Heun to the last bit', async () => {
  const [euler, heun] = [await walk(twoModes, 'euler', { amount: 0 }), await walk(twoModes, 'heun', { amount: 0 })];
  expect(await walk(twoModes, 'sde', { amount: 0 })).toEqual(heun);
  for (const sampler of ['ancestral', 'ddim'] as const) {
    const x = await walk(twoModes, sampler, { amount: 0 });
    x.forEach((value, i) => expect(Math.abs(value - euler[i])).toBeLessThan(1e-5));
  }
});
