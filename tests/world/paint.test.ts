import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clamp, lerp, modulo } from '../../src/world/arithmetic';
import {
  coverOf,
  frameOf,
  groundAt,
  paintBackdrop,
  paintThing,
  paintWall,
  planeOf,
  rasterAt,
  sceneryOf,
  skyAt,
  wallAt,
} from '../../src/world/paint';
import { distanceFields } from '../../src/world/shapes';
import { world } from '../../src/world';

const shape = { frames: 2, height: 24, width: 32 };
const pixels = shape.height * shape.width;
const at = (depth: number) => rasterAt(shape, depth);

describe('the arithmetic', () => {
  it('keeps to its range, goes all the way, and leaves what is left', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -9, max: 9 }), fc.double({ noNaN: true, min: 0.1, max: 3 }), (a, b) => {
        expect(clamp(a, -b, b)).toBe(a < -b ? -b : a > b ? b : a);
        expect([lerp(a, b, 0), lerp(a, b, 1)]).toEqual([expect.closeTo(a, 12), expect.closeTo(b, 12)]);
        const rest = modulo(a, b);
        expect(rest >= -1e-9 && rest <= b + 1e-9).toBe(true);
        expect(Math.abs((a - rest) / b - Math.round((a - rest) / b))).toBeLessThan(1e-9);
      }),
    );
  });
});

describe('a surface', () => {
  it('of either layout gets the same picture, frame for frame', () => {
    const [planes, lines] = [new Float32Array(6 * pixels), new Float32Array(6 * pixels)];
    for (const n of [0, 1])
      for (const surface of [planeOf(planes, n, shape), frameOf(lines, n, shape)])
        paintBackdrop(surface, at, sceneryOf(n ? 'night' : 'meadow'), 0.3);
    for (let n = 0; n < 2; n++)
      for (let i = 0; i < pixels; i++)
        for (let c = 0; c < 3; c++)
          expect(lines[3 * (n * pixels + i) + c]).toBe(planes[(c * shape.frames + n) * pixels + i]);
  });

  it('says how much of it is covered, by one thing before another no more than wholly', () => {
    const [picture, cover] = [new Float32Array(6 * pixels), new Float32Array(2 * pixels)];
    const surface = frameOf(picture, 1, shape, cover);
    surface.lay(3, 4, [1, 1, 1], 0.5);
    surface.lay(3, 4, [0, 1, 0], 0.5);
    const place = pixels + 3 * shape.width + 4;
    expect(cover[place]).toBe(0.75);
    expect([...picture.subarray(3 * place, 3 * place + 3)]).toEqual([0.25, 0.75, 0.25]);
    expect(cover.filter((each) => each > 0)).toHaveLength(1);
  });
});

describe('a backdrop', () => {
  const painted = (offset: number, ...scenery: Parameters<typeof sceneryOf>): Float32Array => {
    const out = new Float32Array(6 * pixels);
    paintBackdrop(frameOf(out, 0, shape), at, sceneryOf(...scenery), offset);
    return out;
  };

  it('comes round after its period, and not before', () => {
    const [first, half, round] = [0.2, 0.2 + world.backdrop_period / 2, 0.2 + world.backdrop_period].map((offset) => painted(offset, 'meadow')); // prettier-ignore
    const apart = (a: Float32Array, b: Float32Array) => Math.max(...a.map((value, i) => Math.abs(value - b[i])));
    expect(apart(first, round)).toBeLessThan(1e-5);
    expect(apart(first, half)).toBeGreaterThan(0.05);
  });

  it('is day at the beginning of dusk, night at its end, and half of each in between', () => {
    expect(painted(0.2, 'sea', 'dusk', 0)).toEqual(painted(0.2, 'sea'));
    expect(painted(0.2, 'sea', 'dusk', 1)).toEqual(painted(0.2, 'night'));
    expect(painted(0.2, 'sea', 'dawn', 1)).toEqual(painted(0.2, 'sea'));
    const [day, night, dusk] = [sceneryOf('sea'), sceneryOf('night'), sceneryOf('sea', 'dusk', 0.5)];
    for (const [colour, y] of [
      [skyAt, 0.3],
      [groundAt, 0.9],
    ] as const)
      // prettier-ignore
      colour(dusk, y).forEach((value, c) => expect(value).toBeCloseTo((colour(day, y)[c] + colour(night, y)[c]) / 2, 9));
    expect(dusk.ridge(0.4)).toBeCloseTo((day.ridge(0.4) + night.ridge(0.4)) / 2, 9);
  });
});

describe('a thing', () => {
  const painted = (thing: string, radius: number, edge: number, mirror: 1 | -1 = 1): Float32Array => {
    const [picture, cover] = [new Float32Array(6 * pixels), new Float32Array(2 * pixels)];
    const fields = distanceFields(thing);
    const paints = new Float32Array(3 * fields.length).fill(1);
    const pose = { x: 0.5, y: 0.5, radius, angle: 0 };
    paintThing(frameOf(picture, 0, shape, cover), at(1), { fields, paints, mirror }, pose, { edge, reach: 1.2 });
    return cover.slice(0, pixels);
  };
  const area = (cover: Float32Array): number => cover.reduce((sum, each) => sum + each, 0) / shape.height ** 2;

  it('covers its area, however wide its edges are', () => {
    const ball = Math.PI * 0.3 ** 2;
    expect(area(painted('ball', 0.3, 1)) / ball).toBeCloseTo(1, 1);
    expect(area(painted('ball', 0.3, 2)) / area(painted('ball', 0.3, 1))).toBeCloseTo(1, 1);
    const part = (edge: number) => painted('ball', 0.3, edge).filter((each) => each > 0 && each < 1).length;
    expect(part(2)).toBeGreaterThan(1.5 * part(1));
  });

  it('looks the other way in a mirror', () => {
    const [right, left] = [painted('fish', 0.3, 1), painted('fish', 0.3, 1, -1)];
    const flipped = right.map((_, i) => right[i - (i % shape.width) + shape.width - 1 - (i % shape.width)]);
    expect(Math.max(...left.map((value, i) => Math.abs(value - flipped[i])))).toBeLessThan(1e-5);
    expect(left).not.toEqual(right);
  });
});

describe('a wall', () => {
  const { half_width, bottom, course, brick, joint } = world.wall;
  const wall = [0.5, 0.2];
  const fine = 4000; // pixels to a length: edges are sharp

  it('covers what is between its sides, its top and its bottom, and its edges by half', () => {
    expect(wallAt(wall, 0.5, 0.4, fine).cover).toBe(1);
    for (const [x, y] of [
      [0.5 + half_width + 0.01, 0.4],
      [0.5, 0.19],
      [0.5, bottom + 0.01],
    ])
      // prettier-ignore
      expect(wallAt(wall, x, y, fine).cover).toBe(0);
    expect(wallAt(wall, 0.5 + half_width, 0.4, fine).cover).toBeCloseTo(0.5, 9);
    expect(coverOf(0, 32)).toBe(0.5);
  });

  it('is of bricks with mortar between them, every second row shifted by half a brick', () => {
    const left = 0.5 - half_width;
    const middle = (row: number, along: number) =>
      wallAt(wall, left + along * brick, 0.2 + (row + 0.5) * course, fine).stone;
    expect([middle(0, 0.5), middle(0, 1), middle(1, 0.5), middle(1, 1)]).toEqual([1, 0, 0, 1]);
    expect(wallAt(wall, left + brick / 2, 0.2 + course, fine).stone).toBe(0); // between two rows
    const share = Array.from({ length: 200 }, (_, i) => middle(0, (i + 0.5) / 200)).reduce((a, b) => a + b, 0) / 200;
    expect(share).toBeCloseTo(1 - joint / brick, 1);
  });

  it('hides what is behind it', () => {
    const [bare, painted] = [new Float32Array(6 * pixels).fill(0.5), new Float32Array(6 * pixels)];
    for (const picture of [bare, painted]) paintWall(frameOf(picture, 0, shape), at(1), wall);
    const inside = 3 * (12 * shape.width + 16);
    expect(bare.subarray(inside, inside + 3)).toEqual(painted.subarray(inside, inside + 3));
    expect(bare[0]).toBe(0.5);
  });
});
