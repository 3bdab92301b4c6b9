import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  apart,
  compareOpen,
  describeReading,
  describeScene,
  kolmogorov,
  kolmogorovSmirnov,
  nearestDescription,
  nearestThumbnail,
  noveltyOf,
  openOf,
  thumbnail,
  thumbnailShape,
  totalVariation,
  trainingPool,
  type Open,
} from '../../src/evaluation';
import { MeasureError, readClip } from '../../src/reading';
import { render } from '../../src/world';

describe('the test of Kolmogorov and Smirnov', () => {
  it('has the statistic and the chance of a case done by hand', () => {
    // Below 2 and up to it lie 2 of 3 against none. Of the 20 orders of 3 and 3, 8 never come two apart.
    const { statistic, p } = kolmogorovSmirnov([1, 2, 3], [2.5, 3.5, 4.5]);
    expect(statistic).toBeCloseTo(2 / 3, 12);
    expect(p).toBeCloseTo(12 / 20, 12);
  });

  // Massey 1951, table of N = M: chance of a difference of at least k / N.
  it.each([
    [5, 5, 0.0079],
    [8, 6, 0.0186],
    [10, 6, 0.0524],
    [10, 7, 0.0123],
    [20, 9, 0.0335],
  ])('of two lots of %i has the published chance of a difference of %i', (size, k, published) => {
    // The second lot is the first moved up by k places.
    const first = Array.from({ length: size }, (_, i) => i);
    const { statistic, p } = kolmogorovSmirnov(first, first.map((value) => value + k - 0.5)); // prettier-ignore
    expect(statistic).toBeCloseTo(k / size, 12);
    expect(p).toBeCloseTo(published, 4);
  });

  // Smirnov 1948.
  it.each([
    [1.2238, 0.1],
    [1.3581, 0.05],
    [1.6276, 0.01],
    [0, 1],
  ])('in the limit has the published chance at %f', (lambda, published) => {
    expect(kolmogorov(lambda)).toBeCloseTo(published, 4);
  });

  it('counts every order right, for lots of unequal size', () => {
    const orders = (a: number, b: number): boolean[][] =>
      a + b === 0 ? [[]] : [...(a ? orders(a - 1, b).map((rest) => [...rest, true]) : []), ...(b ? orders(a, b - 1).map((rest) => [...rest, false]) : [])]; // prettier-ignore
    const all = orders(3, 4).map((order) => {
      const places = (own: boolean): number[] => order.flatMap((each, i) => (each === own ? [i] : []));
      return kolmogorovSmirnov(places(true), places(false));
    });
    expect(all).toHaveLength(35);
    for (const { statistic, p } of all)
      expect(p).toBeCloseTo(all.filter((other) => other.statistic >= statistic - 1e-9).length / 35, 12);
  });

  it('is 0 with chance 1 for the same values, and never out of range', () => {
    expect(kolmogorovSmirnov([1, 1, 2], [2, 1, 1])).toEqual({ statistic: 0, p: 1 });
    const lot = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(lot, lot, (a, b) => {
        const [there, back] = [kolmogorovSmirnov(a, b), kolmogorovSmirnov(b, a)];
        expect(there.statistic).toBeCloseTo(back.statistic, 12);
        expect(there.p).toBeCloseTo(back.p, 9);
        expect(there.p >= 0 && there.p <= 1 && there.statistic <= 1).toBe(true);
      }),
      { seed: 1 },
    );
    expect(() => kolmogorovSmirnov([], [1])).toThrow(MeasureError);
    expect(() => kolmogorovSmirnov([NaN], [1])).toThrow(MeasureError);
  });
});

test('total variation is half of what the shares differ by', () => {
  expect(totalVariation(['a', 'a', 'b', 'b'], ['a', 'b', 'b', 'b'])).toBeCloseTo(0.25, 12);
  expect(totalVariation(['a'], ['b'])).toBe(1);
  expect(() => totalVariation([], ['b'])).toThrow(MeasureError);
});

const shape = { frames: 16, height: 32, width: 32 };

describe('the nearest training clip', () => {
  const pool = trainingPool(60, 40);
  const descriptions = pool.map((scene) => describeScene(scene, 16));

  it('of a clip that was learned by heart is that clip, in what it shows and in pixels', () => {
    const small = thumbnailShape(shape);
    const thumbnails = pool.map((scene) => thumbnail(render(scene, small).map((value) => 2 * value - 1), small)); // prettier-ignore
    for (const index of [2, 31, 57]) {
      const clip = render(pool[index], shape).map((value) => 2 * value - 1);
      const shown = describeReading(readClip(clip, shape));
      if (!shown) throw new Error('a true clip shows one thing');
      const found = nearestDescription(shown, descriptions);
      expect(found.index).toBe(index);
      expect(found.distance).toBeLessThan(0.05);
      const seen = nearestThumbnail(thumbnail(clip, shape), thumbnails);
      expect(seen.index).toBe(index);
      expect(seen.distance).toBeLessThan(0.03);
    }
    expect(() => nearestDescription(descriptions[0], [])).toThrow(MeasureError);
  });

  it('is as far as its words, places, sizes and backdrop are', () => {
    const [a] = descriptions;
    expect(apart(a, a)).toBe(0);
    expect(apart(a, { ...a, words: ['x', 'y', ...a.words.slice(2)] })).toBeCloseTo(Math.SQRT1_2, 12); // two words: sqrt(2) / 2
    const moved = { ...a, places: a.places.map(([x, y]) => [x + 0.03, y + 0.04] as const) };
    expect(apart(a, moved)).toBeCloseTo(0.05, 12);
    expect(apart({ ...a, backdrop: 1.9 }, { ...a, backdrop: 0.1 })).toBeCloseTo(0.25 * 0.2, 12); // the backdrop goes round
  });

  it('tells copies from new clips', () => {
    const fresh = Array.from({ length: 200 }, (_, i) => 0.1 + i / 1000);
    const copied = noveltyOf(fresh.map(() => 0.01), fresh); // prettier-ignore
    expect([copied.closer, copied.statistic]).toEqual([1, 1]);
    expect(copied.p).toBeLessThan(1e-6);
    const own = noveltyOf(fresh, fresh);
    expect([own.statistic, own.p]).toEqual([0, 1]);
    expect(own.closer).toBe(0.01); // two of 200 lie below the third
    expect(own.expected).toBeCloseTo(3 / 201, 12);
  });
});

describe('what a prompt leaves open', () => {
  const at = (across: number): Open => ({ across, down: null, size: null, speed: null, phase: null, backdrop: null, turning: null }); // prettier-ignore
  const prompts = ['a', 'a', 'a', 'b', 'b', 'b'];
  const truth = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6].map(at);

  it('is as varied as the truth where it is the truth, and not at all where it is always the same', () => {
    expect(compareOpen(truth, truth, prompts)).toEqual([{ name: 'across', count: 6, difference: 0, p: 1, spread: 1 }]);
    const same = [0.2, 0.2, 0.2, 0.5, 0.5, 0.5].map(at);
    const [{ spread, difference }] = compareOpen(same, truth, prompts);
    expect(spread).toBeCloseTo(0, 12);
    expect(difference).toBeCloseTo(1 / 6, 12); // below 0.3: 3 of 6 against 2 of 6
    const half = [0.15, 0.2, 0.25, 0.45, 0.5, 0.55].map(at);
    expect(compareOpen(half, truth, prompts)[0].spread).toBeCloseTo(0.5, 12);
  });

  it('counts only clips that show it, and the true clips of those', () => {
    const some = truth.map((open, i) => (i % 3 ? open : { ...open, across: null }));
    expect(compareOpen(some, truth, prompts)).toMatchObject([{ count: 4, difference: 0 }]);
    expect(compareOpen(some.map(() => ({ ...at(0), across: null })), truth, prompts)).toEqual([]); // prettier-ignore
    const turns = (way: string): Open => ({ ...at(0.5), across: null, turning: way });
    const ways = (list: string) => [...list].map(turns);
    expect(compareOpen(ways('llll'), ways('lrlr'), ['a', 'a', 'a', 'a'])).toMatchObject([{ name: 'turning', difference: 0.5, p: null }]); // prettier-ignore
  });

  it('is read from a clip in the motion that was asked for', () => {
    const [scene] = trainingPool(200, 900).filter(({ objects: [{ motion }] }) => motion === 'orbiting');
    const reading = readClip(render(scene, shape).map((value) => 2 * value - 1), shape); // prettier-ignore
    const [{ omega, phase }] = scene.objects;
    const open = openOf(reading, 'orbiting');
    expect(open.turning).toBe(omega > 0 ? 'clockwise' : 'anticlockwise');
    expect(Math.cos(2 * Math.PI * (open.phase ?? 9) - phase)).toBeGreaterThan(0.98);
    expect(open.size).toBeGreaterThan(0.9);
    expect(open.size).toBeLessThan(1.1);
    expect(Object.values(openOf(reading, 'falling')).every((value) => value === null)).toBe(true);
  });
});
