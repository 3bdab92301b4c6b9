/** Pictures of every size, and the label that can be seen. */
import { describe, expect, it } from 'vitest';
import { blank, fitted, frameOf, type Picture } from '../../src/export/picture';
import { stamped } from '../../src/export/stamp';

const row = (...values: number[]): Picture => {
  const picture = blank(values.length, 1);
  values.forEach((value, i) => picture.rgba.fill(value, 4 * i, 4 * i + 3));
  return picture;
};
const reds = ({ rgba, width }: Picture, line = 0) => Array.from({ length: width }, (_, x) => rgba[4 * (line * width + x)]); // prettier-ignore

describe('a frame of a clip', () => {
  it('is its three planes, cut to what a screen shows', () => {
    const shape = { frames: 2, height: 1, width: 2 };
    const clip = Float32Array.from([0, 0, -1, 1, 0, 0, -2, 2, 0, 0, 0, 1]);
    expect([...frameOf(clip, shape, 1).rgba]).toEqual([0, 0, 128, 255, 255, 255, 255, 255]);
  });
});

describe('a size', () => {
  const shape = { height: 1, width: 2 };

  it('crisp: each pixel is a square', () => {
    const large = fitted(row(10, 200), shape, 8, false);
    expect([large.width, large.height]).toEqual([8, 4]);
    for (const line of [0, 3]) expect(reds(large, line)).toEqual([10, 10, 10, 10, 200, 200, 200, 200]);
  });

  it('smooth: between two pixels the colours go over, and at the edges they stay', () => {
    expect(reds(fitted(row(0, 80), shape, 8, true))).toEqual([0, 0, 10, 30, 50, 70, 80, 80]);
  });

  it('smaller: means', () => {
    const drawn = { ...blank(8, 4), rgba: blank(8, 4).rgba.map((_, i) => (i % 4 === 3 ? 255 : 4 * Math.floor(i / 4))) };
    const small = fitted(drawn, shape, 2, true);
    expect([small.width, small.height]).toEqual([2, 1]);
    expect(reds(small)).toEqual([54, 70]); // of 4 x 4 pixels, 0, 4, 8 .. in rows of 8: (13.5, 17.5) * 4
  });

  it.each([64, 128, 256, 512, 1024])('%i is that of the transformer’s pixels and of the decoder’s alike', (size) => {
    for (const side of [32, 128]) {
      const { width, height } = fitted(blank(side, side), { height: 32, width: 32 }, size, false);
      expect([width, height]).toEqual([size, size]);
    }
  });

  it.each([
    [24, 48],
    [40, 32],
    [48, 16],
  ])('of a clip of %i x %i comes out alike for both networks', (height, width) => {
    for (const size of [64, 128, 256, 512]) {
      const raw = fitted(blank(width, height), { height, width }, size, false);
      const drawn = fitted(blank(4 * width, 4 * height), { height, width }, size, true);
      expect([drawn.width, drawn.height]).toEqual([raw.width, raw.height]);
    }
  });
});

describe('the label', () => {
  const label = (size: number) => {
    const before = blank(size, size, [80, 160, 240]);
    const after = stamped(before);
    const changed = Array.from({ length: size * size }, (_, i) => i).filter((i) => after.rgba[4 * i] !== 80);
    const [across, down] = [changed.map((i) => i % size), changed.map((i) => Math.floor(i / size))];
    return { after, box: [Math.min(...across), Math.min(...down), Math.max(...across), Math.max(...down)] };
  };

  it('stands in the right lower corner, and nothing else changes', () => {
    expect(label(512).box).toEqual([512 - 150, 512 - 22, 511, 511]);
    expect(label(64).box).toEqual([64 - 15, 64 - 11, 63, 63]);
  });

  it('says AI where there is no room for more', () => {
    const { after } = label(64);
    const lit = Array.from(
      { length: 11 },
      (_, y) =>
      Array.from({ length: 15 }, (_, x) => (after.rgba[4 * ((53 + y) * 64 + 49 + x)] === 255 ? '#' : ' ')).join('').trimEnd(), // prettier-ignore
    ).join('\n');
    expect(lit).toMatchInlineSnapshot(`
      "

         ###   ###
        #   #   #
        #   #   #
        #####   #
        #   #   #
        #   #   #
        #   #  ###

      "
    `);
  });

  it('leaves a picture alone in which it has no room', () => {
    const small = blank(8, 8);
    expect(stamped(small)).toBe(small);
  });
});
