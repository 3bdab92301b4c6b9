/** How far from the training world: true clips are near it, by figures that a command measured, and what is not of it is told. */
import { describe, expect, it } from 'vitest';
import { errorOf, farOf, level, noised, outside, seenIn } from '../../src/pictures/far';
import figures from '../../src/pictures/far.json';
import { held } from '../../src/pictures/ground';
import { readClip } from '../../src/reading';
import { draws, render, sampleScene, world } from '../../src/world';
import { blank, reading } from '../judging/fake-reading';

const shape = { frames: 4, height: 32, width: 32 };
const clipOf = (seed: number) => render(sampleScene(draws(seed), shape), shape).map((value) => 2 * value - 1);
const [model] = Object.keys(figures.errors);
const { median, most } = (figures.errors as Record<string, { median: number; most: number }>)[model];

describe('noise', () => {
  it('of a level is mixed in as a run has it, the same each time', () => {
    const clip = clipOf(1);
    expect(noised(clip, 1)).toEqual(clip);
    expect(noised(clip)).toEqual(noised(clip, level));
    const noise = noised(clip, 0);
    const mixed = noised(clip, 0.25);
    expect(mixed.every((value, i) => Math.abs(value - 0.25 * clip[i] - 0.75 * noise[i]) < 1e-5)).toBe(true);
    const spread = Math.sqrt(noise.reduce((sum, value) => sum + value * value, 0) / noise.length);
    expect(spread).toBeCloseTo(1, 1);
  });
});

it('the error is the root of the mean square', () => {
  expect(errorOf(Float32Array.of(1, -1, 0, 0), Float32Array.of(0, 0, 0, 0))).toBeCloseTo(Math.SQRT1_2, 6);
});

describe('other colours', () => {
  const plain = (rgb: readonly number[]) => Float32Array.from(rgb.flatMap((c) => Array<number>(16).fill((2 * c) / 255 - 1))); // prettier-ignore

  it('are none that the world has: of things, of marks, of any height of a sky', () => {
    for (const rgb of [...Object.values(world.colours), ...Object.values(world.paints)])
      expect(outside(plain(rgb))).toBe(0);
    const [top, horizon] = world.settings.sunset.sky;
    expect(outside(plain(top.map((c, i) => 0.3 * c + 0.7 * horizon[i])))).toBe(0);
  });

  it('are those that it has not', () => {
    expect([outside(plain([128, 128, 128])), outside(plain([90, 60, 20]))]).toEqual([1, 1]);
  });

  it('are few in true clips: only where edges mix', () => {
    const shares = Array.from({ length: 20 }, (_, n) => outside(clipOf(2_000_000 + n)));
    expect(Math.max(...shares)).toBeLessThan(0.5);
    expect(shares.filter((share) => share <= figures.outside.most).length).toBeGreaterThanOrEqual(16);
  });
});

describe('what the reader makes of it', () => {
  it('is things, a place alone, or nothing', () => {
    expect(seenIn(reading([{}]))).toBe('things');
    expect(seenIn(reading([{ thing: 'undecided' }]))).toBe('setting');
    expect(seenIn(reading([], { setting: 'undecided' }))).toBe('nothing');
    expect(seenIn(blank)).toBe('nothing');
  });

  it('of a true still is what stands there', () => {
    const clip = clipOf(3);
    const still = new Float32Array(3 * 1024);
    for (let c = 0; c < 3; c++) still.set(clip.subarray(4096 * c, 4096 * c + 1024), 1024 * c);
    expect(seenIn(readClip(held(still, shape), shape))).not.toBe('nothing');
  });
});

describe('the verdict', () => {
  const seen = reading([{}]);
  it.each([
    ['near: all is as in true clips', seen, 0, median, 'near'],
    ['between: the network errs a little more than nearly always', seen, 0, 1.2 * most, 'between'],
    ['far: it errs much more', seen, 0, 2 * most, 'far'],
    ['between: the reader finds nothing', blank, 0, median, 'between'],
    ['between: colours are more than usual', seen, figures.outside.most + 0.05, median, 'between'],
    ['far: most colours are others', seen, 0.9, median, 'far'],
  ] as const)('%s', (_, read, share, error, verdict) => {
    expect(farOf(read, share, error, model)).toMatchObject({ verdict, outside: share, times: error / median });
  });

  it('is made without the network where none was asked, or of one that nobody measured', () => {
    expect(farOf(seen, 0, null, '')).toMatchObject({ verdict: 'near', times: null });
    expect(farOf(seen, 0, 99, 'another')).toMatchObject({ verdict: 'near', times: null });
    expect(farOf(seen, 0.9, null, '').verdict).toBe('far');
  });

  it('compares with figures of true clips that lie in order', () => {
    expect(median).toBeGreaterThan(0);
    expect(most).toBeGreaterThan(median);
    expect(figures.outside.most).toBeGreaterThan(figures.outside.median);
  });
});
