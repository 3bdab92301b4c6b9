import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Look } from '../../../src/sessions/inside/inside';
import { shapeOf, stations, walkOf } from '../../../src/sessions/inside/walk';
import { languages } from '../../../src/i18n/all';
import { walkStrings } from '../../../src/i18n/walk';
import { anchors, fileOf, languages as codes, linesOf } from '../../../src/views/inside/source';
import { fakeBlocks } from '../../app/fake-run';

const shape = { frames: 4, height: 16, width: 16 };
const x = new Float32Array(3 * 4 * 16 * 16);
const look = {
  run: { shape },
  step: { t: 0.25, tNext: 0.5 },
  level: 0.25,
  grid: [2, 4, 4],
  names: [null, 'Red', 'ball', ...new Array<null>(25).fill(null)],
  blocks: fakeBlocks({ shape, x }),
} as unknown as Look;

describe('a walk through one step', () => {
  it('has the numbers of the network, of the step and of the chosen token', () => {
    const walk = walkOf(look, 5);
    expect(walk).toMatchObject({ patches: 32, pixels: 32, dim: 8, hidden: 16, depth: 2, noise: 0.75, t: [0.25, 0.5] });
    expect(walk.words.map(({ text }) => text)).toEqual(['Red', 'ball']);
    expect(walk.passages[1]).toEqual({ block: 1, before: 1, attention: 2, mlp: 3, after: 4 });
    expect(walk.most).toMatchObject({ block: 0, by: 'mlp' });
    expect(stations.map((station) => shapeOf(station, walk))).toEqual(
      ['28', '28 × 8', '2 × 28 × 4', '32 × 128', '32 × 8', '48', '32 × 8', '32 × 8', '32 × 96', '3 × 4 × 16 × 16', '3 × 4 × 16 × 16'], // prettier-ignore
    );
  });

  it.each(Object.values(languages))('says something of each station, whatever is missing', (strings) => {
    const words = walkStrings(strings);
    const walk = walkOf(look, 0);
    for (const station of stations) {
      const plain = words.says[station](walk);
      expect(plain).not.toMatch(/undefined|NaN|null/);
      expect(plain).toMatch(/\.$/);
    }
    expect(words.says.words(walk)).toMatch(/Red = \d+, ball = \d+/);
    expect(words.says.words({ ...walk, words: [] })).not.toMatch(/=/);
    expect(words.says.next({ ...walk, t: [0.9, 1] })).not.toBe(words.says.next(walk));
    expect(words.says.guess({ ...walk, channels: 4 })).not.toBe(words.says.guess(walk));
  });
});

describe('the lines in the code', () => {
  it.each(codes)('of each station are found once, and are a part of the file that stands by itself: %s', (language) => {
    const text = readFileSync(fileOf(language), 'utf8');
    const lines = text.split('\n');
    for (const [station, { [language]: anchor }] of Object.entries(anchors)) {
      expect(lines.filter((line) => line.startsWith(anchor)).length, station).toBe(1);
      const [first, last] = linesOf(text, anchor);
      expect(lines[first].startsWith(anchor) && last >= first && last - first < 60, station).toBe(true);
      const braces = lines.slice(first, last + 1).join('\n');
      for (const [open, close] of ['()', '[]', '{}'])
        expect(braces.split(open).length, `${station}: ${open}`).toBe(braces.split(close).length);
    }
  });
});
