import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { cut, glued, heldStill, joined, knownOf, type Film } from '../../src/making/given';
import { planOf, type Plan, type Start } from '../../src/making/plan';
import type { ClipShape } from '../../src/sampling/types';

/** Each pixel says where it is: its level is its number. */
function numbered({ frames, height, width }: ClipShape, from = 0): Float32Array {
  return Float32Array.from({ length: 3 * frames * height * width }, (_, i) => ((i + from) % 256) / 127.5 - 1);
}

const shape: ClipShape = { frames: 6, height: 4, width: 8 };
const [plane, pixels] = [32, 192];

const shapes = fc.record({
  frames: fc.integer({ min: 2, max: 8 }),
  height: fc.integer({ min: 2, max: 6 }),
  width: fc.integer({ min: 2, max: 6 }),
});

const plans: fc.Arbitrary<{ plan: Plan; shape: ClipShape }> = shapes.chain((shape) => {
  const { frames, height, width } = shape;
  return fc
    .record({
      frames: fc.array(fc.option(fc.nat(2 * frames - 1)), { minLength: frames, maxLength: frames }),
      dx: fc.integer({ min: 1 - width, max: width - 1 }),
      dy: fc.integer({ min: 1 - height, max: height - 1 }),
      bits: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: height * width, maxLength: height * width }),
      hole: fc.option(fc.tuple(fc.nat(frames - 1), fc.nat(frames - 1))),
    })
    .map(({ hole, bits, ...rest }) => ({
      shape,
      plan: {
        ...rest,
        kind: 'own' as const,
        hole: hole && { first: Math.min(...hole), last: Math.max(...hole), pixels: Uint8Array.from(bits) },
      },
    }));
});

test('each given pixel is the one of the source that the plan says, and no other is given', () => {
  fc.assert(
    fc.property(plans, ({ plan, shape }) => {
      const { frames, height, width } = shape;
      const sources = [numbered(shape), numbered(shape, 77)];
      const { clip, mask } = knownOf(plan, sources, shape);
      const all = frames * height * width;
      for (let i = 0; i < 3 * all; i++) {
        const [frame, y, x] = [Math.floor((i % all) / (height * width)), Math.floor(i / width) % height, i % width];
        const from = plan.frames[frame];
        const [sy, sx] = [y - plan.dy, x - plan.dx];
        const inside = sy >= 0 && sy < height && sx >= 0 && sx < width;
        const { hole } = plan;
        const inHole = hole && frame >= hole.first && frame <= hole.last && hole.pixels[y * width + x] === 1;
        const given = from !== null && inside && !inHole;
        expect(mask[i % all]).toBe(Number(given));
        if (!given) continue;
        const channel = Math.floor(i / all);
        const place = channel * all + ((from % frames) * height + sy) * width + sx;
        expect(clip[i]).toBe(sources[Math.floor(from / frames)][place]);
      }
    }),
    { numRuns: 60 },
  );
});

test('given pixels have the levels of a picture, whatever a guess overshoots', () => {
  const source = new Float32Array(3 * pixels).fill(1.7).fill(-9, 0, 10).fill(0.123456, 10, 20);
  const { clip } = knownOf({ ...planOf('region', shape), hole: null }, [source], shape);
  expect(clip[0]).toBe(-1);
  expect(clip[12]).toBeCloseTo(0.123456, 2);
  expect(clip[12]).toBe(Math.fround(143 / 127.5 - 1));
  expect(clip[100]).toBe(1);
  expect(knownOf({ ...planOf('region', shape), hole: null }, [clip], shape).clip).toEqual(clip); // a second time changes nothing
});

test('a source that is not there is not made up', () => {
  expect(() => knownOf(planOf('connect', shape, { count: 1 }), [numbered(shape)], shape)).toThrow(RangeError);
});

test('a still is the same in every frame', () => {
  const picture = numbered({ ...shape, frames: 1 });
  const clip = heldStill(picture, shape);
  for (let i = 0; i < clip.length; i++) expect(clip[i]).toBe(picture[Math.floor(i / pixels) * plane + (i % plane)]);
});

describe('a longer film', () => {
  const film = (from: number, frames = shape.frames): Film => {
    // Every frame is one number: its own.
    const size = { ...shape, frames };
    const clip = Float32Array.from({ length: 3 * frames * plane }, (_, i) => from + (Math.floor(i / plane) % frames));
    return { clip, shape: size };
  };
  const numbers = ({ clip, shape: { frames } }: Film) =>
    Array.from({ length: frames }, (_, frame) => {
      const values = new Set([0, 1, 2].flatMap((channel) => [...clip.subarray((channel * frames + frame) * plane, (channel * frames + frame + 1) * plane)])); // prettier-ignore
      expect(values.size).toBe(1); // no two frames were mixed
      return [...values][0];
    });

  it('is cut and glued together by whole frames', () => {
    expect(numbers(cut(film(0), 2, 4))).toEqual([2, 3]);
    expect(numbers(glued([film(0, 2), film(10, 1), film(20, 3)]))).toEqual([0, 1, 10, 20, 21, 22]);
    expect(cut(film(0), 4, 2).shape.frames).toBe(0);
  });

  it('goes on at the end or before the beginning, and closes where it began', () => {
    const plan = (kind: Start) => planOf(kind, shape, { count: 2 });
    const [source, made, second] = [film(0), film(100), film(200)];
    expect(numbers(joined(plan('forward'), source, made))).toEqual([0, 1, 2, 3, 100, 101, 102, 103, 104, 105]);
    expect(numbers(joined(plan('backward'), source, made))).toEqual([100, 101, 102, 103, 104, 105, 2, 3, 4, 5]);
    expect(numbers(joined(plan('loop'), source, made))).toEqual([0, 1, 2, 3, 100, 101, 102, 103]); // then 0 again
    expect(numbers(joined(plan('connect'), source, made, second))).toEqual([0, 1, 2, 3, 100, 101, 102, 103, 104, 105, 202, 203, 204, 205]); // prettier-ignore
    for (const kind of ['still', 'gap', 'region', 'shift'] as const)
      expect(joined(plan(kind), source, made)).toBe(made);
  });

  it('goes on from a film that is longer already', () => {
    expect(numbers(joined(planOf('forward', shape, { count: 2 }), film(0, 10), film(100)))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 100, 101, 102, 103, 104, 105]); // prettier-ignore
  });
});
