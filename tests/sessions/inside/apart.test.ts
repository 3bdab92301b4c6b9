import { describe, expect, it } from 'vitest';
import { apart } from '../../../src/sessions/inside/apart';
import type { Grid } from '../../../src/sessions/inside/patches';

const [grid, shape]: [Grid, { frames: number; height: number; width: number }] = [[8, 4, 4], { frames: 16, height: 32, width: 32 }]; // prettier-ignore

/** Whether two squares lie on each other. */
const meet = (a: { x: number; y: number }, b: { x: number; y: number }) => Math.abs(a.x - b.x) < 0.99 && Math.abs(a.y - b.y) < 0.99; // prettier-ignore

describe('a clip taken apart', () => {
  it.each([0, 1])('lies whole within the picture at its ends, and nothing lies on anything else (%s)', (share) => {
    const { width, height, squares } = apart(share, grid, shape);
    expect(squares.length).toBe(256);
    for (const { x, y } of squares) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(-1e-9);
      expect(x + 1).toBeLessThanOrEqual(width + 1e-9);
      expect(y + 1).toBeLessThanOrEqual(height + 1e-9);
    }
    expect(squares.filter((a, i) => squares.slice(i + 1).some((b) => meet(a, b)))).toEqual([]);
  });

  it('is the film at first: the squares of a frame lie together in their rows and columns', () => {
    const { squares } = apart(0, grid, shape);
    const frame = squares.filter((square) => square.frame === 9);
    for (const { x, y, row, column } of frame) {
      expect(x - frame[0].x).toBeCloseTo(column, 9);
      expect(y - frame[0].y).toBeCloseTo(row, 9);
    }
  });

  it('is a list in the end: the two frames of a token side by side, tokens in the order of the network', () => {
    const { squares } = apart(1, grid, shape);
    const of = (patch: number) => squares.filter((square) => square.patch === patch);
    expect(of(21).map(({ frame }) => frame)).toEqual([2, 3]);
    const [first, second] = of(21);
    expect([second.x - first.x, second.y - first.y]).toEqual([1, 0].map((value) => expect.closeTo(value, 9) as number));
    const order = [...squares].sort((a, b) => a.y - b.y || a.x - b.x).map(({ patch }) => patch);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('is half-way at half', () => {
    const [film, half, list] = [0, 0.5, 1].map((share) => apart(share, grid, shape).squares);
    half.forEach(({ x, y }, i) => {
      expect(x).toBeCloseTo((film[i].x + list[i].x) / 2, 9);
      expect(y).toBeCloseTo((film[i].y + list[i].y) / 2, 9);
    });
  });
});
