import { describe, expect, it, test } from 'vitest';
import {
  cells,
  constantVelocity,
  copyLast,
  errorFigures,
  nearestPath,
  poolPaths,
  seenPath,
  trainingPool,
  trial,
  truePath,
  velocityError,
  type Point,
} from '../../src/evaluation';
import { MeasureError, readClip } from '../../src/reading';
import { inHole, render, world } from '../../src/world';

const given = 4;
/** Straight on from (0.2, 0.3), 0.03 right and 0.04 down a frame: a speed of exactly 0.05. */
const straight: Point[] = Array.from({ length: 12 }, (_, n) => [0.2 + 0.03 * n, 0.3 + 0.04 * n]);

describe('the velocity error', () => {
  it('is 0 for the truth, wherever it is seen from', () => {
    const moved = straight.map(([x, y]): Point => [x + 0.1, y - 0.05]);
    expect(velocityError(straight, moved, given).error).toBeCloseTo(0, 12);
  });

  it('is exactly what a continuation is off by in each frame', () => {
    // From the last given frame on 0.006 too fast across and 0.008 too slow down: off by 0.01 a frame.
    const off = straight.map(([x, y], n): Point => {
      const late = Math.max(0, n - given + 1);
      return [x + 0.006 * late, y - 0.008 * late];
    });
    const { error, speed, along, frames, lost } = velocityError(straight, off, given);
    expect(error).toBeCloseTo(0.01, 12);
    expect(speed).toBeCloseTo(0.05, 12);
    expect(along).toBeCloseTo((0.036 * 0.03 + 0.032 * 0.04) / 0.05, 12);
    expect([frames, lost]).toEqual([8, 0]);
  });

  it('does not see what was given, and counts frames in which the thing is lost', () => {
    const seen = straight.map((point, n) => (n < given - 1 ? ([9, 9] as Point) : n === 6 || n === 7 ? null : point));
    const { error, frames, lost } = velocityError(straight, seen, given);
    expect(error).toBeCloseTo(0, 12);
    expect([frames, lost]).toEqual([8, 2]);
    expect(velocityError(straight, straight.map(() => null), given)).toMatchObject({ error: null, along: null, lost: 8 }); // prettier-ignore
  });

  it('leaves out frames in which the law has it outside the picture', () => {
    const away = straight.map(([x, y]): Point => [x + 0.55, y]); // past 1 from frame 9 on
    expect(velocityError(away, away, given).frames).toBe(5);
    expect(velocityError(away, away, given, 2).frames).toBe(8); // a picture twice as wide
  });
});

describe('a baseline', () => {
  it('that repeats the last frame errs by exactly the speed, 100 % of it', () => {
    const wrong = velocityError(straight, copyLast(straight, given), given);
    expect(wrong.error).toBeCloseTo(0.05, 12);
    const figures = errorFigures([wrong, wrong]);
    expect(figures?.relative?.mean).toBeCloseTo(1, 12);
    expect(figures?.error.interval[1]).toBeCloseTo(0.05, 12);
  });

  it('that goes straight on errs by 0 where the motion is even, and by the change of speed in a fall', () => {
    expect(velocityError(straight, constantVelocity(straight, given, 12), given).error).toBeCloseTo(0, 12);
    const gap = straight.map((point, n) => (n === 1 ? null : point)); // one given frame could not be read
    expect(velocityError(straight, constantVelocity(gap, given, 12), given).error).toBeCloseTo(0, 12);
    // y = n^2 / 1000: the line through frames 0 .. 3 has slope 3 / 1000, the step into frame n is (2n - 1) / 1000.
    const fall = Array.from({ length: 6 }, (_, n): Point => [0.5, (n * n) / 1000]);
    const { error } = velocityError(fall, constantVelocity(fall, given, 6), given);
    expect(error).toBeCloseTo((7 - 3 + 9 - 3) / 2 / 1000, 12);
    expect(constantVelocity([null, null], 2, 3)).toEqual([null, null, null]);
  });

  it('that takes the nearest training clip errs by 0 where that very clip is in the pool', () => {
    const pool = trainingPool(200, 5);
    const paths = poolPaths(pool, 16);
    for (const index of [3, 77, 150]) {
      const { path, radius } = paths[index];
      expect(nearestPath(paths, path, radius, given)).toBe(path);
    }
    expect(pool.every(({ objects, camera }) => objects.length === 1 && camera === 'stands')).toBe(true);
    expect(pool.some(inHole)).toBe(false);
  });
});

describe('figures of many clips', () => {
  it('are sums over sums, so that slow clips do not outweigh fast ones', () => {
    const clip = (error: number, speed: number) => ({ error, speed, along: null, frames: 8, lost: 0 });
    const figures = errorFigures([clip(0.01, 0.01), clip(0.01, 0.03)]);
    expect(figures?.error.mean).toBeCloseTo(0.01, 12);
    expect(figures?.relative?.mean).toBeCloseTo(0.5, 12);
    expect(figures?.relative?.interval).toEqual([expect.closeTo(1 / 3, 9), 1]);
    expect(errorFigures([clip(0.01, 0)])?.relative).toBe(null);
    expect(errorFigures([])).toBe(null);
  });
});

describe('trials', () => {
  const speeds = world.motions.right.speeds as Record<string, readonly number[]>;
  const turns = world.motions.orbiting.speeds as Record<string, readonly number[]>;
  const within = (value: number, [low, high]: readonly number[]) => value > low && value < high;
  const all = cells.flatMap((cell) => Array.from({ length: 20 }, (_, i) => trial(cell, 900 + i)));

  it('are the same from the same seed, with one thing and a standing camera', () => {
    expect(cells).toHaveLength(24);
    expect(trial(cells[5], 7)).toEqual(trial(cells[5], 7));
    expect(trial(cells[5], 7)).not.toEqual(trial(cells[5], 8));
    for (const { scene } of all) expect([scene.objects.length, scene.camera]).toEqual([1, 'stands']);
    expect(() => trial({ law: 'fall', split: 'gap' }, 1)).toThrow(MeasureError);
  });

  it('lie in the holes of the world where they should, and nowhere else', () => {
    for (const { scene, split, prompt } of all) expect(inHole(scene), prompt).toBe(split === 'held-out pair');
  });

  it.each([
    ['uniform', speeds],
    ['orbit', turns],
  ] as const)('of %s motion have the speeds that their split says', (law, { slowly, fast }) => {
    for (const { scene, split, prompt } of all.filter((each) => each.law === law)) {
      const [{ vx, vy, omega }] = scene.objects;
      const rate = law === 'uniform' ? Math.hypot(vx, vy) : Math.abs(omega);
      const inside = within(rate, slowly) || within(rate, fast);
      if (split === 'gap') {
        expect(within(rate, [slowly[1], fast[0]]), prompt).toBe(true);
        expect(prompt).not.toMatch(/slowly|fast/);
      } else if (split === 'faster') expect(rate, prompt).toBeGreaterThan(fast[1]);
      else if (split === 'slower') expect(rate, prompt).toBeLessThan(slowly[0]);
      else expect(inside, `${split}: ${prompt}`).toBe(true);
    }
  });

  it('begin with the thing in the picture, and move it', () => {
    for (const { scene, law, split } of all) {
      const path = truePath(scene, 16);
      const { frames, speed } = velocityError(path, path, given);
      expect(frames, `${law}, ${split}`).toBeGreaterThan(6);
      expect(speed, `${law}, ${split}`).toBeGreaterThan(0.003);
    }
  });
});

test('the reader sees the true clips of trials to a small part of a pixel', () => {
  const shape = { frames: 16, height: 32, width: 32 };
  for (const cell of cells.filter(({ split }) => split === 'faster' || split === 'other size').slice(0, 4)) {
    const { scene } = trial(cell, 31);
    const truth = truePath(scene, 16);
    const reading = readClip(render(scene, shape).map((value) => 2 * value - 1), shape); // prettier-ignore
    const { error, lost } = velocityError(truth, seenPath(reading, truth, given), given);
    expect(32 * (error ?? 1), `${cell.law}, ${cell.split}`).toBeLessThan(0.1);
    expect(lost).toBe(0);
  }
});

test('a clip without anything in it has a path of nothing', () => {
  const reading = readClip(new Float32Array(3 * 16 * 32 * 32), { frames: 16, height: 32, width: 32 });
  const truth = truePath(trial(cells[0], 1).scene, 16);
  expect(seenPath(reading, truth, given)).toEqual(truth.map(() => null));
});
