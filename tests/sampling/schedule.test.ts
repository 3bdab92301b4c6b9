import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastRise, schedules, times } from '../../src/sampling/schedule';
import { checkSettings } from '../../src/sampling/settings';
import type { ScheduleName } from '../../src/sampling/types';

/** Points that a person could have dragged. */
const curves = fc.array(fc.integer({ min: 1, max: 999 }), { minLength: 1, maxLength: 8 }).map((points) => {
  const rising = [...new Set(points)].sort((a, b) => a - b);
  return rising.map((point) => point / 1000);
});
const names = Object.keys(schedules) as ScheduleName[];

describe('time grids', () => {
  const grid = fc.tuple(fc.integer({ min: 1, max: 100 }), fc.double({ min: 0.1, max: 10, noNaN: true }));

  it.each(names)('of schedule %s run from 0 to 1 exactly and never stand still', (schedule) => {
    fc.assert(
      fc.property(grid, curves, ([steps, shift], curve) => {
        checkSettings({
          seed: 1,
          steps,
          sampler: 'euler',
          guidance: { scale: 1, from: 0, to: 1 },
          schedule,
          curve,
          shift,
        });
        const t = times({ steps, schedule, curve, shift });
        expect(t).toHaveLength(steps + 1);
        expect([t[0], t[steps]]).toEqual([0, 1]);
        for (let i = 0; i < steps; i++) expect(t[i + 1]).toBeGreaterThan(t[i]);
      }),
    );
  });

  it('shifts s and 1/s undo each other, and shift 1 is even', () => {
    fc.assert(
      fc.property(grid, ([steps, shift]) => {
        times({ steps, shift }).forEach((t, i) => {
          const back = t / (t + (1 / shift) * (1 - t));
          expect(back).toBeCloseTo(i / steps, 12);
        });
        times({ steps }).forEach((t, i) => expect(t).toBe(i / steps));
      }),
    );
  });

  it('a larger shift spends more of the steps in the noise', () => {
    expect(times({ steps: 2, shift: 3 })[1]).toBe(0.25); // noise level 1/2 becomes 3/4
  });

  it('are what each schedule says', () => {
    const middle = (schedule: ScheduleName, steps: number, curve?: number[]) =>
      times({ steps, schedule, curve }).map((t) => Number(t.toFixed(4)));
    expect(middle('uniform', 4)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(middle('logit-normal', 4)).toEqual([0, 0.3375, 0.5, 0.6625, 1]); // quartiles of a normal are at 0.6745
    expect(middle('cosine', 3)).toEqual([0, 0.366, 0.634, 1]); // tan 30 degrees = 0.5774 = t / (1 - t)
    expect(middle('curve', 4, [0.1, 0.2, 0.9])).toEqual([0, 0.1, 0.2, 0.9, 1]);
    expect(middle('curve', 4, [0.1])).toEqual([0, 0.05, 0.1, 0.55, 1]); // half-way on each straight line
    const sigma = times({ steps: 4, schedule: 'karras' }).slice(1, -1).map((t) => ((1 - t) / t) ** (1 / 7)); // prettier-ignore
    expect(sigma[1] - sigma[0]).toBeCloseTo(sigma[2] - sigma[1], 9);
    expect(sigma[1]).toBeCloseTo((80 ** (1 / 7) + 0.002 ** (1 / 7)) / 2, 9);
  });

  it('are the same from the noise as from the clip, where a schedule has no side', () => {
    for (const schedule of ['uniform', 'logit-normal', 'cosine'] as const)
      times({ steps: 12, schedule }).forEach((t, i, all) => expect(t + all[12 - i]).toBeCloseTo(1, 12));
  });

  it('refuse a curve that stands still or falls', () => {
    const settings = {
      seed: 1,
      steps: 3,
      sampler: 'euler',
      guidance: { scale: 1, from: 0, to: 1 },
      schedule: 'curve',
    } as const;
    fc.assert(
      fc.property(fc.array(fc.double({ min: -0.2, max: 1.2, noNaN: true }), { maxLength: 4 }), (curve) => {
        const rises = [0, ...curve, 1].every((t, i, all) => i === 0 || t - all[i - 1] >= leastRise);
        const check = () => checkSettings({ ...settings, curve });
        if (curve.length && rises) expect(check).not.toThrow();
        else expect(check).toThrow(/^curve is/);
      }),
    );
  });
});
