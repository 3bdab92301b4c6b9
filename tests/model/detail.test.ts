/** The detail head's settings and what it sees; what it computes, the tiny model of transformer.test.ts and graph.browser.test.ts has. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parameterShapes, parseConfig } from '../../src/model/config';
import { seenOf } from '../../src/model/detail';
import { checkShape } from '../../src/model/network';

const folder = 'tests/golden/model-tiny';
const text = await readFile(`${folder}/config.json`, 'utf8');
const changed = (change: object) => {
  const settings = JSON.parse(text);
  return JSON.stringify({ ...settings, model: { ...settings.model, ...change } });
};

describe('a model with a detail head', () => {
  it('has the parameters of one, and without it none of them', () => {
    const names = (source: string) => [...parameterShapes(parseConfig(source).config).keys()];
    const own = names(text).filter((name) => name.startsWith('detail.'));
    expect(own).toHaveLength(21);
    expect(names(changed({ detail: 0 }))).toEqual(names(text).filter((name) => !own.includes(name)));
  });

  it.each([
    [{ detail: -4 }, /"detail" as a whole number from 0 to 256/],
    [{ detail: 2.5 }, /"detail" as a whole number from 0 to 256/],
    [{ detail: 512 }, /"detail" as a whole number from 0 to 256/],
    [{ skip: 2 }, /"skip" as a whole number from 0 to 1/],
    [{ skip: 0 }, /has a detail head and no skip, which that needs/],
  ])('is refused with %j', (change, message) => {
    expect(() => parseConfig(changed(change))).toThrow(message);
  });

  it('is no matter for the kernels unless its channels are fours', () => {
    expect(() => checkShape(parseConfig(changed({ detail: 6 })).config)).toThrow(/a detail of 6/);
    expect(() => checkShape(parseConfig(changed({ detail: 0 })).config)).not.toThrow();
  });
});

describe('what it sees', () => {
  it('is the guess, how sure it is, what would be noise, and the level, pixel by pixel', () => {
    const drawn = [Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, -5, 10)]; // two pixels
    const x = Float32Array.of(1, 0.2, 2, 0.4, 3, 0.6);
    const seen = seenOf(drawn, x, Float32Array.of(0.5, 1));
    const noise = (value: number, guess: number) => (value - 0.5 * guess) / 1.1;
    const expected = [0.1, 0.3, 0.5, -1, noise(1, 0.1), noise(2, 0.3), noise(3, 0.5), 0, 0.2, 0.4, 0.6, 2, 0, 0, 0, 1];
    expected.forEach((value, i) => expect(seen[i]).toBeCloseTo(value, 5));
    expect(seen).toHaveLength(expected.length);
    expect(seenOf(drawn, x, Float32Array.of(0.5)).subarray(0, 8)).toEqual(seen.subarray(0, 8));
  });
});
