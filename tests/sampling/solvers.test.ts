import { describe, expect, it, test } from 'vitest';
import { times } from '../../src/sampling/schedule';
import { solvers, stepsFor } from '../../src/sampling/solvers';
import type { SamplerName } from '../../src/sampling/types';
import { drawnMixture, error, exact, measuredOrder, threeModes, twoModes, type Gaussian } from './mixture';

const names = Object.keys(solvers) as SamplerName[];
const deterministic = names.filter((name) => !solvers[name].noise);
const noise = () => new Float32Array(0);
const begin = (name: SamplerName) => solvers[name].start({ eta: 0, churn: 0 });

describe('order of convergence against the exact quantile map', () => {
  const mixtures = {
    'two modes': twoModes,
    'three modes': threeModes,
    drawn: drawnMixture(1),
    'drawn again': drawnMixture(2),
  };

  describe.each(Object.entries(mixtures))('%s', (_, mixture) => {
    it.each(names.map((name) => [name, solvers[name].order] as const))('%s: %d', async (sampler, order) => {
      expect(Math.abs((await measuredOrder(mixture, solvers[sampler])) - order)).toBeLessThan(0.15);
    });
  });

  it('for the same number of calls, multistep comes closest at t = 1 of the three that were there first', async () => {
    for (const calls of [8, 16, 24, 50]) {
      const [euler, heun, multistep] = [
        await error(twoModes, begin('euler'), calls, 1),
        await error(twoModes, begin('heun'), stepsFor('heun', calls), 1),
        await error(twoModes, begin('multistep'), calls, 1),
      ];
      expect(multistep).toBeLessThan(heun);
      expect(multistep).toBeLessThan(euler / 2);
    }
  });

  it('more steps keep helping up to t = 1: no clamp, no floor', async () => {
    for (const sampler of deterministic) {
      const [few, many] = [await error(twoModes, begin(sampler), 50, 1), await error(twoModes, begin(sampler), 400, 1)];
      expect(many, sampler).toBeLessThan(few / 6);
    }
    expect(await error(twoModes, begin('heun'), 200, 1)).toBeLessThan(4e-4);
    expect(await error(twoModes, begin('multistep'), 400, 1)).toBeLessThan(1e-4);
  });
});

test.each(names)('%s makes as many calls as it says, and stepsFor stays within them', async (sampler) => {
  const { calls, start } = solvers[sampler];
  for (const steps of [1, 2, 3, 9]) {
    let asked = 0;
    const ask = async (x: Float32Array) => (asked++, x.map((z) => z / 2));
    const solve = start({ eta: 1, churn: 0.5 });
    let x: Float32Array = Float32Array.of(1, 2);
    for (let i = 0; i < steps; i++) {
      const [t, tNext] = [i / steps, (i + 1) / steps];
      const guess = await ask(x);
      if (tNext < 1) x = await solve({ x, t, tNext, guess, ask, noise: () => x });
    }
    expect(asked).toBe(calls(steps));
  }
  for (const budget of [4, 8, 16, 24, 48, 100]) {
    const steps = stepsFor(sampler, budget);
    expect(calls(steps)).toBeLessThanOrEqual(budget);
    expect(steps === 100 || calls(steps + 1) > budget).toBe(true);
  }
});

test('the exact path of a single Gaussian is the straight line that the oracle says', () => {
  const one: Gaussian[] = [{ weight: 1, mean: 0.3, deviation: 0.5 }];
  for (const z of [-3, -0.5, 0, 1, 2.5]) expect(exact(one, z, 1)).toBeCloseTo(0.3 + 0.5 * z, 9);
});

test.each(deterministic)('%s keeps a point mass on its straight line, whatever the steps', async (sampler) => {
  const solve = solvers[sampler].start({ eta: 1, churn: 0.5 });
  const target = Float32Array.of(0.25, -0.75);
  const start = Float32Array.of(-1.5, 0.5);
  let x: Float32Array = start;
  const grid = times({ steps: 7, shift: 2.5 });
  for (let i = 0; i < 6; i++) {
    x = await solve({ x, t: grid[i], tNext: grid[i + 1], guess: target, ask: async () => target, noise });
    const t = grid[i + 1];
    x.forEach((value, k) => expect(value).toBeCloseTo(t * target[k] + (1 - t) * start[k], 6));
  }
});

test('multistep is exact where the guess is a straight line in t', async () => {
  // dx/dt = (a + b t - x) / (1 - t) has the solution x = a + b t + (1 - t) (x0 - a + b ln(1 - t)).
  const [a, b, x0] = [0.4, -0.7, 1.3];
  const exactAt = (t: number) => a + b * t + (1 - t) * (x0 - a + b * Math.log(1 - t));
  const solve = solvers.multistep.start({ eta: 1, churn: 0.5 });
  const step = async (x: number, t: number, tNext: number) =>
    (
      await solve({
        x: Float32Array.of(x),
        t,
        tNext,
        guess: Float32Array.of(a + b * t),
        ask: () => Promise.reject(),
        noise,
      })
    )[0];
  await step(exactAt(0.1), 0.1, 0.2); // the first step has nothing to draw a line through
  let x = exactAt(0.2);
  for (const [t, tNext] of [[0.2, 0.3], [0.3, 0.35], [0.35, 0.8], [0.8, 0.99]]) x = await step(x, t, tNext); // prettier-ignore
  expect(x).toBeCloseTo(exactAt(0.99), 5);
});
