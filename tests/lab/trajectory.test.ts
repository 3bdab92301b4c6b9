import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance, eigen, project, updates, type Point } from '../../src/lab/trajectory';
import type { Step } from '../../src/sampling/types';

/** Steps that lie in the plane spanned by two directions, plus an offset that all of them share. */
function flat(places: readonly { x: Point; guess: Point }[], size = 60): Step[] {
  const one = Array.from({ length: size }, (_, i) => (i % 3 === 0 ? 1 : 0));
  const two = Array.from({ length: size }, (_, i) => (i % 3 === 1 ? 1 : 0));
  const clip = ([a, b]: Point) => Float32Array.from({ length: size }, (_, i) => a * one[i] + b * two[i] + 0.5);
  return places.map(({ x, guess }, index) => ({
    index,
    steps: places.length,
    t: index / places.length,
    tNext: (index + 1) / places.length,
    x: clip(x),
    guess: clip(guess),
    calls: 1,
    milliseconds: 1,
  }));
}

const apart = ([a, b]: Point, [c, d]: Point) => Math.hypot(a - c, b - d);

describe('the plane of a run', () => {
  const places = Array.from({ length: 8 }, (_, i) => ({
    x: [i, Math.sin(i)] as Point,
    guess: [8, 3 - i / 4] as Point,
  }));
  const steps = flat(places);

  it('keeps every distance where the clips lie in a plane, and shows all of them', () => {
    const {
      runs: [{ x, guess }],
      shown,
    } = project([steps]);
    expect(shown).toBeCloseTo(1, 5);
    expect([x.length, guess.length]).toEqual([9, 8]); // the finished clip is one point more
    const points = [...x.slice(0, 8), ...guess];
    const clips = [...steps.map((step) => step.x), ...steps.map((step) => step.guess)];
    for (let i = 0; i < points.length; i++)
      for (let j = 0; j < i; j++)
        expect(apart(points[i], points[j])).toBeCloseTo(distance(clips[i], clips[j]) * Math.sqrt(60), 3);
    expect(apart(x[8], guess[7])).toBe(0);
  });

  it('lets time run to the right and the way bend upwards, whichever sign the axes came with', () => {
    const mirrored = flat(places.map(({ x: [a, b], guess: [c, d] }) => ({ x: [-a, -b], guess: [-c, -d] })));
    for (const each of [steps, mirrored]) {
      const [{ x }] = project([each]).runs;
      expect(x[8][0]).toBeGreaterThan(x[0][0]);
      expect(x[4][1]).toBeGreaterThanOrEqual((x[0][1] + x[8][1]) / 2);
    }
  });

  it('puts two runs into one plane, where the same clip is the same place', () => {
    const other = flat(places.map(({ guess }, i) => ({ x: i === 0 ? [0, 0] : [i, -i], guess })));
    const [a, b] = project([steps, other]).runs;
    expect(apart(a.x[0], b.x[0])).toBeLessThan(1e-3);
    expect(apart(a.x[4], b.x[4])).toBeGreaterThan(1);
  });

  it('has points for a run that is under way, none for one without a step, and bears clips that do not differ', () => {
    const [under, none] = project([steps.slice(0, 3), []]).runs;
    expect([under.x.length, none.x.length]).toEqual([3, 0]);
    expect(project([]).runs).toEqual([]);
    const still = project([flat([{ x: [1, 1], guess: [1, 1] }])]);
    expect(still.runs[0].x.flat().every((value) => Math.abs(value) < 1e-3)).toBe(true);
  });

  it('draws all steps of a long run', () => {
    const long = flat(Array.from({ length: 100 }, (_, i) => ({ x: [i, (i * i) / 100], guess: [100, 100] })));
    const [{ x }] = project([long]).runs;
    expect(x).toHaveLength(101);
    expect(apart(x[30], x[31])).toBeCloseTo(distance(long[30].x, long[31].x) * Math.sqrt(60), 2);
  });
});

it('how much a step changed: the last step goes to its guess', () => {
  const steps = flat([
    { x: [0, 0], guess: [3, 0] },
    { x: [3, 0], guess: [3, 4] },
  ]);
  expect(updates(steps)).toEqual([expect.closeTo(Math.sqrt(9 / 3), 5), expect.closeTo(Math.sqrt(16 / 3), 5)]);
});

it('eigenvectors and eigenvalues give the matrix back', () => {
  const square = fc.integer({ min: 1, max: 7 }).chain((n) =>
    fc.array(fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: n, maxLength: n }), {
      minLength: n,
      maxLength: n,
    }),
  );
  fc.assert(
    fc.property(square, (half) => {
      const matrix = half.map((row, i) => row.map((value, j) => value + half[j][i]));
      const { values, vectors } = eigen(matrix);
      expect(values).toEqual([...values].sort((a, b) => b - a));
      matrix.forEach((row, i) =>
        row.forEach((value, j) => {
          const again = values.reduce((sum, lambda, k) => sum + lambda * vectors[k][i] * vectors[k][j], 0);
          expect(again).toBeCloseTo(value, 6);
        }),
      );
    }),
    { numRuns: 50 },
  );
});
