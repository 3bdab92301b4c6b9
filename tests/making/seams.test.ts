import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decibels, seamsOf } from '../../src/making/seams';
import type { ClipShape } from '../../src/sampling/types';

const shape: ClipShape = { frames: 6, height: 8, width: 8 };
const [plane, pixels] = [64, 384];

/** All three colours alike, from a formula. */
function clipOf(value: (frame: number, y: number, x: number) => number): Float32Array {
  return Float32Array.from({ length: 3 * pixels }, (_, i) => {
    const pixel = i % pixels;
    return value(Math.floor(pixel / plane), Math.floor(pixel / 8) % 8, pixel % 8);
  });
}
const maskOf = (given: (frame: number, y: number, x: number) => boolean) =>
  Uint8Array.from({ length: pixels }, (_, i) => Number(given(Math.floor(i / plane), Math.floor(i / 8) % 8, i % 8)));

describe('from frame to frame', () => {
  const mask = maskOf((frame) => frame < 2);

  it('a seam that is as smooth as the rest is said to be so', () => {
    const { time, space } = seamsOf(
      clipOf((frame) => 0.1 * frame),
      mask,
      shape,
    );
    expect(time!.seam).toBeCloseTo(0.05, 5);
    expect(time!.usual).toBeCloseTo(0.05, 5);
    expect(time!.most).toBeCloseTo(0.05, 5);
    expect(space).toBeNull(); // whole frames have no border inside
  });

  it('a jump is found where it is, as a share of black to white', () => {
    const { time } = seamsOf(
      clipOf((frame) => (frame < 2 ? -1 : 1)),
      mask,
      shape,
    );
    expect(time).toEqual({ seam: 1, usual: 0, most: 0 });
    const { time: elsewhere } = seamsOf(
      clipOf((frame) => (frame < 4 ? -1 : 1)),
      mask,
      shape,
    );
    expect(elsewhere).toEqual({ seam: 0, usual: 0, most: 1 });
  });

  it('counts the pixels alone that change from given to made up', () => {
    const region = maskOf((frame, y) => !(frame >= 2 && y < 4));
    const { time } = seamsOf(
      clipOf((frame, y) => (frame >= 2 && y >= 4 ? 1 : -1)),
      region,
      shape,
    );
    expect(time!.seam).toBe(0); // what jumps is given before and after
  });
});

describe('within a frame', () => {
  const mask = maskOf((_, __, x) => x < 4);

  it('a border is measured beside the pairs next to it', () => {
    const { space, time } = seamsOf(
      clipOf((_, __, x) => (x < 4 ? 0.1 * x : 0.1 * x + 1)),
      mask,
      shape,
    );
    expect(space!.seam).toBeCloseTo(0.55, 5);
    expect(space!.most).toBeCloseTo(0.05, 5);
    expect(time).toBeNull(); // no pixel changes its kind
  });
});

it('says nothing where all is given, or all made up', () => {
  const clip = clipOf((frame, y, x) => Math.sin(frame + y * x));
  for (const mask of [maskOf(() => true), maskOf(() => false)])
    expect(seamsOf(clip, mask, shape)).toEqual({ time: null, space: null });
});

it('is finite and in order, whatever is given', () => {
  const bits = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: pixels, maxLength: pixels });
  fc.assert(
    fc.property(bits, (bits) => {
      const { time, space } = seamsOf(
        clipOf((frame, y, x) => Math.sin(7 * frame + 3 * y + x)),
        bits,
        shape,
      );
      for (const each of [time, space]) {
        if (!each) continue;
        expect(Object.values(each).every(Number.isFinite)).toBe(true);
        expect(each.usual).toBeLessThanOrEqual(each.most);
      }
    }),
    { numRuns: 30 },
  );
});

it('decibels are those of black to white', () => {
  expect(decibels(2)).toBe(0);
  expect(decibels(0.02)).toBeCloseTo(40, 6);
  expect(Number.isFinite(decibels(0))).toBe(true);
});
