/** Pictures of every size: what is halved, doubled and enlarged, and which of it the decoder drew. */
import { describe, expect, it } from 'vitest';
import { blocks, doubled, framesOf, halved, type Picture } from '../../cli/pictures';
import { decoded, raw } from '../../cli/sizes';
import type { FrameDecoder } from '../../src/model/decoder';

/** A picture of one row of each channel, the second and third 10 and 20 brighter. */
const row = (...values: number[]): Picture => ({
  height: 1,
  width: values.length,
  values: Float32Array.from([0, 10, 20].flatMap((more) => values.map((value) => value + more))),
});
const across = ({ values, width }: Picture, line = 0): number[] => [
  ...values.subarray(line * width, (line + 1) * width),
];

describe('a picture', () => {
  it('as blocks has nothing between its pixels', () => {
    const large = blocks(row(1, 2), 3);
    expect([large.height, large.width]).toEqual([3, 6]);
    for (const line of [0, 1, 2]) expect(across(large, line)).toEqual([1, 1, 1, 2, 2, 2]);
    expect(across(large, 6)).toEqual([21, 21, 21, 22, 22, 22]);
  });

  it('halved is the means of 2 x 2', () => {
    const values = Float32Array.from({ length: 3 * 2 * 4 }, (_, i) => i);
    expect(halved({ height: 2, width: 4, values })).toEqual({
      height: 1,
      width: 2,
      values: Float32Array.from([2.5, 4.5, 10.5, 12.5, 18.5, 20.5]),
    });
  });

  it('doubled is bilinear, pixels being squares; halved again it is itself where it is flat or straight', () => {
    const large = doubled(row(0, 4, 4));
    expect([large.height, large.width]).toEqual([2, 6]);
    for (const line of [0, 1]) expect(across(large, line)).toEqual([0, 1, 3, 4, 4, 4]);
    expect(across(large, 5)).toEqual([20, 21, 23, 24, 24, 24]);
    const ramp = { height: 4, width: 3, values: Float32Array.from({ length: 36 }, (_, i) => Math.floor((i % 12) / 3)) };
    const inside = [3, 4, 5, 6, 7, 8]; // the first and the last row have a neighbour on one side only
    const again = halved(doubled(ramp)).values;
    for (const i of inside) expect(again[i]).toBeCloseTo(ramp.values[i], 6);
  });
});

describe('the sizes of a clip', () => {
  const shape = { frames: 3, height: 4, width: 8 };
  const clip = Float32Array.from({ length: 3 * 3 * 32 }, (_, i) => Math.sin(i) * 1.5);

  it('as the transformer made it: each pixel a square', async () => {
    const [first, , last] = framesOf(clip, shape);
    expect([last.values[0], last.values[32]]).toEqual([clip[64], clip[96 + 64]]);
    const film = await raw(shape).film(clip);
    expect(film).toHaveLength(3);
    expect(film[0]).toEqual(blocks(first, 8));
    expect((await raw(shape).cells(clip))[2]).toEqual(blocks(last, 2));
  });

  it('as the decoder draws it: asked for every frame at once, with the words', async () => {
    const asked: unknown[] = [];
    const drawn = (frame: number): Float32Array => Float32Array.from({ length: 3 * 16 * 32 }, (_, i) => Math.cos(i + frame)); // prettier-ignore
    const fake = {
      draw: async (given: Float32Array, ...more: unknown[]) => {
        asked.push(given, ...more);
        return [0, 1, 2].map(drawn);
      },
    } as unknown as FrameDecoder;
    const tokens = Int32Array.of(1, 13, 21);
    const whole = { height: 16, width: 32, values: drawn(2) };
    for (const [size, expected] of [
      [64, halved(whole)],
      [128, whole],
      [256, doubled(whole)],
    ] as const) {
      const show = decoded(fake, shape, tokens, size);
      expect((await show.film(clip))[2]).toEqual(expected);
      expect((await show.cells(clip))[2]).toEqual(halved(whole));
    }
    expect(asked.slice(0, 4)).toEqual([clip, shape, [0, 1, 2], tokens]);
  });
});
