/** The micro world: what is shown, what is a hole, what a clip of it looks like, and that its reader reads it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  firstGrid,
  fullGrid,
  holesOf,
  isShown,
  microCaption,
  microClip,
  microColours,
  microMotions,
  microShape,
  microThings,
  shownBy,
  ticked,
  tidied,
  withDrawn,
  type Cell,
} from '../../src/learn/micro';
import type { Drawn } from '../../src/learn/drawn';
import { readMicro } from '../../src/learn/read-micro';
import { paints } from '../../src/pictures/drawing';
import { normals } from '../../src/sampling/noise';
import { draws } from '../../src/world/scene';
import { tokenize } from '../../src/world/prompt';

const all: Cell[] = microColours.flatMap((colour) =>
  microThings.flatMap((thing) => microMotions.map((motion) => ({ colour, thing, motion }))),
);

describe('the grid', () => {
  it('begins with four colours of balls that move one way each: the other way of each is a hole', () => {
    const said = (cells: readonly Cell[]) => cells.map(({ colour, motion }) => `${colour} ${motion}`);
    expect(said(shownBy(firstGrid))).toEqual(['red left', 'yellow left', 'green right', 'blue right']);
    expect(said(holesOf(firstGrid))).toEqual(['red right', 'yellow right', 'green left', 'blue left']);
    expect(holesOf(fullGrid)).toEqual([]);
    expect(holesOf(ticked(fullGrid, 'motions', 'blue left', false)).map(microCaption)).toEqual(['A blue ball moving left.']); // prettier-ignore
  });

  it('ticks and unticks a pair, and a cell is shown where both of its pairs are ticked', () => {
    const more = ticked(fullGrid, 'things', 'red box', true);
    expect(shownBy(more).length).toBe(10);
    expect(isShown(more, { colour: 'red', thing: 'box', motion: 'left' })).toBe(true);
    expect(isShown(more, { colour: 'blue', thing: 'box', motion: 'right' })).toBe(false);
    expect(holesOf(more)).toContainEqual({ colour: 'blue', thing: 'box', motion: 'right' });
    expect(ticked(more, 'things', 'red box', false)).toEqual(fullGrid);
  });

  it('calls nothing a hole whose words it never shows', () => {
    expect(holesOf(firstGrid).some(({ motion, colour }) => motion === 'up' || colour === 'pink')).toBe(false);
  });

  it('takes no pair that it does not know', () => {
    expect(ticked(firstGrid, 'motions', 'red bouncing', true)).toEqual(firstGrid);
  });
});

describe('things of one’s own', () => {
  const red = 1 + paints.findIndex(({ name }) => name === 'red');
  const blue = 1 + paints.findIndex(({ name }) => name === 'blue');
  /** A blue bar over a red one, in the upper left part of the easel: its middle is not the easel's. */
  const bars = Array.from({ length: 64 }, (_, i) => (i % 8 > 5 ? 0 : i < 16 ? blue : i < 40 ? red : 0));
  const fish: Drawn = { word: 'fish', cells: bars };
  const rocket: Drawn = { word: 'rocket', cells: bars.map((_, i) => (i % 8 > 2 && i % 8 < 6 ? blue : 0)) };
  const grid = withDrawn(withDrawn(firstGrid, fish), rocket);

  it('go left and right at first, and what is unticked of them is a hole', () => {
    expect(shownBy(grid).slice(-4).map(microCaption)).toEqual(['A fish moving left.', 'A fish moving right.', 'A rocket moving left.', 'A rocket moving right.']); // prettier-ignore
    const left = ticked(grid, 'motions', 'fish left', false);
    expect(holesOf(left)).toContainEqual({ colour: null, thing: 'fish', motion: 'left' });
    expect(isShown(left, { colour: null, thing: 'fish', motion: 'left' })).toBe(false);
  });

  it('are shown once they have cells enough to be found again', () => {
    const dot: Drawn = { word: 'fish', cells: bars.map((cell, i) => (i < 3 ? cell : 0)) };
    expect(shownBy(withDrawn(firstGrid, dot))).toEqual(shownBy(firstGrid));
  });

  it('move as the world’s things do, in their own paints, and are read as what they are', () => {
    const wrong: string[] = [];
    for (const [i, cell] of shownBy(grid).entries())
      for (const seed of [i, i + 100]) {
        const seen = readMicro(microClip(draws(seed), cell, grid), grid.drawn);
        if (JSON.stringify(seen) !== JSON.stringify(cell)) wrong.push(`${microCaption(cell)}: ${JSON.stringify(seen)}`);
      }
    expect(wrong).toEqual([]);
  });

  it('out of a file are taken where they are whole, and named as things may be', () => {
    const { drawn } = tidied({ drawn: [fish, { word: 'cat', cells: bars }, { word: 'rocket', cells: [1] }, { word: 'thing', cells: bars.map(() => 99) }, null] }); // prettier-ignore
    expect(drawn).toEqual([fish]);
    expect(tidied({ motions: 'fish left', things: 3, drawn: {} })).toEqual({ motions: [], things: [], drawn: [] });
  });
});

describe('captions', () => {
  it('are in words of the world, and short enough for the network', () => {
    for (const cell of all) {
      const { unknown, truncated } = tokenize(microCaption(cell), 8);
      expect([unknown, truncated]).toEqual([[], false]);
    }
    expect(microCaption({ colour: 'red', thing: 'ball', motion: 'left' })).toBe('A red ball moving left.');
  });
});

describe('clips', () => {
  it('have their shape, lie between black and white, and are the same for the same seed', () => {
    const [a, b, c] = [5, 5, 6].map((seed) => microClip(draws(seed), all[0]));
    expect(a.length).toBe(3 * microShape.frames * microShape.height * microShape.width);
    expect(a.every((value) => value >= -1 && value <= 1)).toBe(true);
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
  });

  it('are read as what they show, every word of them, also with some noise', () => {
    const wrong: string[] = [];
    for (const [i, cell] of all.entries()) {
      const noise = normals(i, 7, 3 * 8 * 16 * 16);
      const clip = microClip(draws(i), cell).map((value, at) => value + 0.1 * noise[at]);
      const seen = readMicro(clip);
      if (JSON.stringify(seen) !== JSON.stringify({ colour: cell.colour, thing: cell.thing, motion: cell.motion }))
        wrong.push(`${microCaption(cell)} is read as ${JSON.stringify(seen)}`);
    }
    expect(wrong).toEqual([]);
  });

  it('that show nothing, noise alone, or something that stands still, are not read as more', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { colour, thing } = readMicro(normals(seed, 3, 3 * 8 * 16 * 16));
        expect([colour, thing]).toEqual([null, null]);
      }),
      { numRuns: 10 },
    );
    const still = microClip(draws(3), all[0]);
    const plane = 16 * 16;
    for (let c = 0; c < 3; c++)
      for (let n = 1; n < 8; n++) still.copyWithin((c * 8 + n) * plane, c * 8 * plane, (c * 8 + 1) * plane);
    expect(readMicro(still)).toEqual({ colour: 'red', thing: 'ball', motion: null });
  });
});
