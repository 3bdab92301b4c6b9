/** The same steps and guesses as the papers' own formulas, which training/papers.py computes in another way. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { guide, rules } from '../../src/sampling/guidance';
import { run } from '../../src/sampling/run';
import { solvers } from '../../src/sampling/solvers';
import type { Guidance, RuleName, SamplerName } from '../../src/sampling/types';
import { denoiserOf } from './mixture';

interface Golden {
  walks: { solver: SamplerName; where: string; amount: number; grid: number[]; noises: number[][]; xs: number[][] }[];
  guided: {
    guidance: Required<Guidance>;
    t: number;
    prompt: number[];
    other: number[];
    x: number[];
    guess: number[];
  }[];
  momentum: {
    guidance: Required<Guidance>;
    calls: { t: number; prompt: number[]; other: number[]; guess: number[] }[];
  }[];
  cfgpp: { scale: number; seed: number; xs: number[][] }[];
}
const golden = JSON.parse(readFileSync(join(import.meta.dirname, '../golden/papers.json'), 'utf8')) as Golden;

/** Solvers and rules keep the kind of array that they are given: in doubles, agreement is to the last digits. */
const doubles = (values: readonly number[]) => Float64Array.from(values) as unknown as Float32Array;
const formula = (x: number, t: number) => (x * t + 0.3) / (1 + x * x);

function expectClose(values: Float32Array, wanted: readonly number[]) {
  expect(values).toHaveLength(wanted.length);
  values.forEach((value, i) => expect(Math.abs(value - wanted[i])).toBeLessThan(1e-10 * (1 + Math.abs(wanted[i]))));
}

describe('solvers', () => {
  it.each(golden.walks)('$solver $where, fresh noise $amount', async ({ solver, amount, grid, noises, xs }) => {
    const solve = solvers[solver].start({ eta: amount, churn: amount });
    const ask = async (x: Float32Array, t: number) => x.map((z) => formula(z, t));
    let x = doubles(xs[0]);
    for (let i = 0; i + 1 < grid.length; i++) {
      const [t, tNext] = [grid[i], grid[i + 1]];
      const noise = () => doubles(noises[i] ?? [0, 0, 0, 0, 0]);
      x = await solve({ x, t, tNext, guess: await ask(x, t), ask, noise });
      expectClose(x, xs[i + 1]);
    }
  });

  it('all of them are compared', () => {
    expect(new Set(golden.walks.map(({ solver }) => solver))).toEqual(new Set(Object.keys(solvers)));
  });
});

describe('guidance', () => {
  it.each(golden.guided)('$guidance', ({ guidance, t, prompt, other, x, guess }) => {
    const moment = { x: doubles(x), t, last: false };
    expectClose(guide([doubles(prompt), doubles(other)], moment, guidance).guess, guess);
  });

  it.each(golden.momentum)('with momentum, step after step: $guidance', ({ guidance, calls }) => {
    let average: Float32Array | undefined;
    for (const { t, prompt, other, guess } of calls) {
      const moment = { x: doubles(other), t, last: false, average };
      const guided = guide([doubles(prompt), doubles(other)], moment, guidance);
      expectClose(guided.guess, guess);
      average = guided.average;
    }
  });

  it.each(golden.cfgpp)('CFG++ from seed $seed, the whole way', async ({ scale, seed, xs }) => {
    const denoiser = denoiserOf({ frames: 1, height: 1, width: 2 }, (z, t, condition) => (condition === 'prompt' ? 1 : 0.5) * formula(z, t)); // prettier-ignore
    const guidance = { rule: 'cfgpp' as const, scale, from: 0, to: 1 };
    for await (const { index, x, guess, tNext } of run(denoiser, {
      seed,
      steps: xs.length - 1,
      sampler: 'euler',
      guidance,
    })) {
      x.forEach((value, i) => expect(value).toBeCloseTo(xs[index][i], 5));
      if (tNext === 1) guess.forEach((value, i) => expect(value).toBeCloseTo(xs[index + 1][i], 5));
    }
  });

  it('all of them are compared', () => {
    const seen = new Set<RuleName>(golden.guided.map(({ guidance }) => guidance.rule));
    expect(seen).toEqual(new Set(Object.keys(rules)));
  });
});
