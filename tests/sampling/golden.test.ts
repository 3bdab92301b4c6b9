/** The same runs as the Python twin, step by step, on a model that is one formula (training/golden_sampling.py). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run } from '../../src/sampling/run';
import type { RunSettings } from '../../src/sampling/types';
import { denoiserOf } from './mixture';

interface GoldenRun {
  settings: RunSettings;
  steps: { t: number; x: number[]; guess: number[] }[];
}
const golden = JSON.parse(readFileSync(join(import.meta.dirname, '../golden/sampling.json'), 'utf8')) as GoldenRun[];
const formula = denoiserOf({ frames: 2, height: 2, width: 3 }, (z, t, condition) => {
  return ({ prompt: 1, then: 1, weak: 0.8, empty: 0.5, negative: 0 }[condition] * (z * t + 0.3)) / (1 + z * z);
});
const conditions = ['prompt', 'empty', 'weak'] as const;

it.each(golden)('$settings', async ({ settings, steps }) => {
  let count = 0;
  for await (const { index, t, x, guess } of run({ ...formula, conditions }, settings)) {
    expect(t).toBeCloseTo(steps[index].t, 12);
    x.forEach((value, i) => expect(value).toBeCloseTo(steps[index].x[i], 5));
    guess.forEach((value, i) => expect(value).toBeCloseTo(steps[index].guess[i], 5));
    count++;
  }
  expect(count).toBe(steps.length);
});
