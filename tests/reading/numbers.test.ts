import fc from 'fast-check';
import { expect, it } from 'vitest';
import { descend, leastSquares, line, mean, median, parabola, wrap } from '../../src/reading/numbers';

const number = fc.double({ min: -3, max: 3, noNaN: true });
const even = new Array<number>(12).fill(1);

it('a mean weighs, and a median is the middle of any order', () => {
  expect(mean([1, 2, 9], [1, 1, 0])).toBeCloseTo(1.5, 9);
  expect([median([3, 1, 2]), median([4, 1, 3, 2])]).toEqual([2, 2.5]);
});

it('a line and a parabola are found in values that lie on one, whatever their weights', () => {
  const weights = fc.array(fc.double({ min: 0.1, max: 1, noNaN: true }), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(number, number, number, weights, (a, b, c, weight) => {
      const [start, slope] = line(even.map((_, n) => a + b * n), weight); // prettier-ignore
      expect([start, slope]).toEqual([expect.closeTo(a, 6), expect.closeTo(b, 6)]);
      const found = parabola(even.map((_, n) => a + b * n + c * n * n), weight); // prettier-ignore
      found.forEach((value, i) => expect(value).toBeCloseTo([a, b, c][i], 5));
    }),
  );
});

it('a value without weight bends neither', () => {
  const values = even.map((_, n) => (n === 5 ? 99 : 2 * n));
  expect(line(values, even.map((w, n) => (n === 5 ? 0 : w)))[1]).toBeCloseTo(2, 6); // prettier-ignore
});

it('least squares solve a system, come nearest to one that has no answer, and say where there are many', () => {
  expect(leastSquares([[2, 1], [1, -1]], [5, 1])).toEqual([expect.closeTo(2, 9), expect.closeTo(1, 9)]); // prettier-ignore
  expect(leastSquares([[1], [1], [1]], [1, 2, 6])).toEqual([expect.closeTo(3, 9)]);
  expect(leastSquares([[1, 1], [2, 2]], [1, 2])).toBeUndefined(); // prettier-ignore
});

it('a walk downhill ends in the valley', () => {
  const [x, y] = descend(([a, b]) => (a - 0.3) ** 2 + 2 * (b + 0.2) ** 2, [0, 0], [0.2, 0.2]);
  expect([x, y]).toEqual([expect.closeTo(0.3, 2), expect.closeTo(-0.2, 2)]);
});

it('an angle is wrapped to half a turn on either side', () => {
  expect(wrap(2 * Math.PI + 0.1)).toBeCloseTo(0.1, 9);
  expect(wrap(-1.5 * Math.PI)).toBeCloseTo(0.5 * Math.PI, 9);
});
