import { describe, expect, it } from 'vitest';
import { acrossTime, gazeOf, readersIn, readersOf, rowOf, timesOf } from '../../../src/sessions/inside/attention';
import { early, strongest } from '../../../src/sessions/inside/depth';
import { fakeBlocks } from '../../app/fake-run';

const shape = { frames: 8, height: 16, width: 16 };
const blocks = fakeBlocks({ shape, x: new Float32Array(3 * 8 * 16 * 16) });
const [{ places }] = blocks;
const grid = [4, 4, 4] as const;
const patches = 64;
const sum = (shares: ArrayLike<number>) => Array.from(shares).reduce((a, b) => a + b, 0);

describe('a row of attention', () => {
  it('is that of one head in one block, or the mean of all that are meant; it always adds up to 1', () => {
    const own = rowOf(blocks, 5, 0, 0);
    expect([own[1], own[places + 5]]).toEqual([0.5, 0.5]);
    expect(rowOf(blocks, 5, 1, 1)[places + patches - 1]).toBe(1);
    const mean = rowOf(blocks, 5, 'mean', 'mean');
    const even = 1 / (places + patches);
    expect(mean[places + 5]).toBeCloseTo((0.5 + even) / 4, 6);
    expect(mean[places + patches - 1]).toBeCloseTo((2 + even) / 4, 6);
    expect(rowOf(blocks, 5, 'mean', 1)[places + patches - 1]).toBe(1);
    for (const row of [own, mean, rowOf(blocks, 63, 1, 'mean')]) expect(sum(row)).toBeCloseTo(1, 5);
  });
});

describe('where a patch looks', () => {
  const names = Array.from({ length: places }, (_, place) => ['', 'red', 'ball'][place] || null);
  /** A row with these shares, and the rest on the last place of the prompt. */
  const rowWith = (shares: Record<number, number>) => {
    const row = new Float32Array(places + patches);
    for (const [key, share] of Object.entries(shares)) row[Number(key)] = share;
    row[places - 1] = 1 - sum(Object.values(shares));
    return row;
  };
  const at = (time: number, inPicture: number) => places + 16 * time + inPicture;

  it('is said by shares of the whole row, which add up to 1', () => {
    const row = rowWith({ 1: 0.05, 2: 0.1, [at(0, 3)]: 0.2, [at(1, 6)]: 0.1, [at(2, 6)]: 0.3, [at(2, 7)]: 0.05 });
    const gaze = gazeOf(row, 16 * 3 + 6, grid, names);
    expect(gaze.patches).toBeCloseTo(0.65, 6);
    expect(gaze.words).toBeCloseTo(0.15, 6);
    expect(gaze.rest).toBeCloseTo(0.2, 6);
    expect(gaze.ownPlace).toBeCloseTo(0.4, 6); // row 1, column 2, at any time
    expect(gaze.ownPlaceEven).toBeCloseTo(0.65 / 16, 6);
    expect(gaze.word).toMatchObject({ text: 'ball', share: expect.closeTo(0.1, 6) as number });
    expect(gaze.most).toMatchObject({ patch: 16 * 2 + 6, share: expect.closeTo(0.3, 6) as number });
  });

  it('names the fewest neighbouring times that hold half of what goes to patches, of several the fullest', () => {
    const one = gazeOf(rowWith({ [at(0, 0)]: 0.1, [at(2, 5)]: 0.3, [at(3, 5)]: 0.1 }), 0, grid, names);
    expect(one.times).toMatchObject({ first: 2, last: 2, share: expect.closeTo(0.3, 6) as number });
    const two = gazeOf(
      rowWith({ [at(0, 0)]: 0.2, [at(1, 0)]: 0.02, [at(2, 5)]: 0.3, [at(3, 5)]: 0.36 }),
      0,
      grid,
      names,
    );
    expect(two.times).toMatchObject({ first: 2, last: 3, share: expect.closeTo(0.66, 6) as number });
  });

  it('says that all times are alike where they are', () => {
    const alike = rowWith(Object.fromEntries([0, 1, 2, 3].map((time) => [at(time, 5), 0.2])));
    expect(gazeOf(alike, 0, grid, names).times).toBeNull();
  });

  it('has no word where the prompt has none, and counts nothing as words', () => {
    const gaze = gazeOf(rowWith({ 1: 0.5 }), 0, grid, new Array<null>(places).fill(null));
    expect([gaze.word, gaze.words]).toEqual([null, 0]);
    expect(gaze.rest).toBeCloseTo(1, 6);
  });
});

it('the readers of a word: each patch, the mean, and the one that reads it most', () => {
  const first = readersIn(readersOf(blocks, 1, 0));
  expect(first.mean).toBeCloseTo(0.25, 6); // one of two heads, half of it
  expect(first.shares.length).toBe(patches);
  expect(readersIn(Float32Array.of(0.1, 0.4, 0.1)).most).toMatchObject({ patch: 1 });
  const both = readersOf(blocks, 1, 'mean');
  expect(both[7]).toBeCloseTo((0.25 + 0.5 / (places + patches)) / 2, 6);
});

it('from time to time: own, beside, far and the prompt add up to 1', () => {
  const own = acrossTime(timesOf(blocks, 0));
  // Head 0: half to itself. Head 1: all to the last time, which is own for a quarter and beside for another.
  expect(own.own).toBeCloseTo(0.25 + 0.5 / 4, 5);
  expect(own.beside).toBeCloseTo(0.5 / 4, 5);
  expect(own.far).toBeCloseTo(0.5 / 2, 5);
  expect(own.prompt).toBeCloseTo(0.25, 5);
  const { beside, far, prompt, ...rest } = acrossTime(timesOf(blocks, 'mean'));
  expect(beside + far + prompt + rest.own).toBeCloseTo(1, 6);
});

describe('block by block', () => {
  const picture = Float32Array.from({ length: 3 * 8 }, (_, i) => Math.sin(5 * i) / 2);

  it('a guess is like the last one whatever its scale, and the less the less it shows of it', () => {
    const guesses = [
      picture.map((value) => 40 * value + 3),
      picture.map((value) => -value),
      picture.map((_, i) => (i % 2 ? 1 : -1) * Math.sign(picture[i])),
      new Float32Array(24).fill(0.5),
      picture,
    ];
    const [same, negative, other, grey, last] = early(guesses).map(({ likeness }) => likeness);
    expect([same, negative, last]).toEqual([expect.closeTo(1, 5), -1, 1]);
    expect(Math.abs(other)).toBeLessThan(0.5);
    expect(grey).toBe(0);
  });

  it('what would only glare is drawn fainter, as far as the last guess runs, and says how many times', () => {
    const [far, near, last] = early([
      picture.map((value) => -20 * value),
      picture.map((value) => 1.2 * value),
      picture,
    ]);
    expect([far.fainter, near.fainter, last.fainter]).toEqual([expect.closeTo(20, 4), 1, 1]);
    far.clip.forEach((value, i) => expect(value).toBeCloseTo(-picture[i], 5));
    expect(last.clip).toBe(picture);
  });

  it('the strongest block is the one of the largest rise, also where another leads away', () => {
    expect(strongest([0.5, 0.4, 0.8, 1])).toBe(2);
    expect(strongest([-0.5, 1])).toBe(1);
    expect(strongest([1])).toBeNull();
  });
});
