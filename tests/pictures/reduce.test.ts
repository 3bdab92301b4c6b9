/** Large pictures made small: as much light as before, no colour that was not there, and the same in strips as at once. */
import { describe, expect, it } from 'vitest';
import { clipOf, groundOf, grounds, held, isTransparent } from '../../src/pictures/ground';
import { boxOf, reduce, Reducer, toLinear, toScreen } from '../../src/pictures/reduce';
import { readClip } from '../../src/reading';
import { settings } from '../../src/world';

const one = { width: 1, height: 1 };
const rgba = (...pixels: readonly (readonly number[])[]) => new Uint8ClampedArray(pixels.flat());
const [black, white, red] = [[0, 0, 0, 255], [255, 255, 255, 255], [255, 0, 0, 255]]; // prettier-ignore
const nothing = [90, 200, 10, 0]; // transparent, whatever colour it says
/** Pixels of any colours, the same each time. */
const noisy = (width: number, height: number) =>
  Uint8ClampedArray.from({ length: 4 * width * height }, (_, i) => (i * 7919 + 13 * (i >> 3)) % 256);

describe('a mean', () => {
  it('is one of light: black and white side by side are the grey that they look like from far away', () => {
    const { data } = reduce(rgba(black, white), { width: 2, height: 1 }, one, 'whole');
    expect(data[0]).toBeCloseTo(0.25, 6); // two stripes of nothing above and below
    const filled = reduce(rgba(black, white, white, black), { width: 2, height: 2 }, one, 'fill');
    expect(255 * toScreen(filled.data[0])).toBeCloseTo(187.5, 0);
  });

  it('leaves out the colour of what is transparent', () => {
    const { data } = reduce(rgba(red, nothing, nothing, red), { width: 2, height: 2 }, one, 'fill');
    expect([...data]).toEqual([0.5, 0, 0, 0.5]);
  });

  it('of a large picture of one colour is that colour, everywhere', () => {
    const size = { width: 37, height: 53 };
    const all = rgba(...Array.from({ length: 37 * 53 }, () => [10, 130, 250, 255]));
    const { data } = reduce(all, size, { width: 8, height: 8 }, 'fill');
    for (let i = 0; i < data.length; i += 4)
      expect([...data.subarray(i, i + 4)].map((value) => value.toFixed(5))).toEqual(
        [10, 130, 250].map((value) => toLinear(value / 255).toFixed(5)).concat('1.00000'),
      );
  });

  it('counts each pixel once: no light is lost or won', () => {
    const size = { width: 29, height: 29 };
    const source = noisy(29, 29);
    const { data } = reduce(source, size, { width: 4, height: 4 }, 'fill');
    let [light, before] = [0, 0];
    for (let i = 0; i < data.length; i += 4) light += data[i] / 16;
    for (let i = 0; i < source.length; i += 4) before += (toLinear(source[i] / 255) * source[i + 3]) / 255 / 841;
    expect(light).toBeCloseTo(before, 5);
  });

  it('in strips is what it is at once', () => {
    const [size, target] = [
      { width: 50, height: 31 },
      { width: 6, height: 6 },
    ];
    const source = noisy(50, 31);
    const reducer = new Reducer(size, target, boxOf(size, target, 'fill'));
    for (let row = 0; row < 31; row += 4) reducer.add(source.subarray(200 * row, 200 * Math.min(31, row + 4)), row);
    expect(reducer.result).toEqual(reduce(source, size, target, 'fill'));
  });
});

describe('a picture', () => {
  it.each([
    ['wide, fills with its middle', { width: 300, height: 100 }, 'fill', { x: 100, y: 0, width: 100, height: 100 }],
    ['tall, fills with its middle', { width: 100, height: 300 }, 'fill', { x: 0, y: 100, width: 100, height: 100 }],
    ['wide, is all there with stripes', { width: 300, height: 100 }, 'whole', { x: 0, y: -100, width: 300, height: 300 }],
  ] as const)('%s', (_, size, fit, box) => expect(boxOf(size, { width: 32, height: 32 }, fit)).toEqual(box)); // prettier-ignore

  it('that is smaller becomes squares, without a colour that it has not', () => {
    const { data } = reduce(rgba(red, white, black, red), { width: 2, height: 2 }, { width: 4, height: 4 }, 'fill');
    const green = [...data].filter((_, i) => i % 4 === 1);
    expect(green).toEqual([0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('has stripes beside it where all of it is shown, which are transparent', () => {
    const wide = reduce(rgba(white, white), { width: 2, height: 1 }, { width: 4, height: 4 }, 'whole');
    expect([...wide.data].filter((_, i) => i % 16 === 3)).toEqual([0, 1, 1, 0]);
    expect(isTransparent(wide)).toBe(true);
    expect(isTransparent(reduce(rgba(white), one, { width: 4, height: 4 }, 'fill'))).toBe(false);
  });
});

describe('on a ground', () => {
  it('a clip has channels, frames, rows and columns in the model’s order, from -1 to 1', () => {
    const pictures = [red, white].map((colour) => reduce(rgba(colour), one, { width: 2, height: 1 }, 'fill'));
    expect([...clipOf(pictures, new Float32Array(6))].map((value) => Number(value.toFixed(5)))).toEqual([1, 1, 1, 1, -1, -1, 1, 1, -1, -1, 1, 1]); // prettier-ignore
  });

  it('what is half transparent mixes with it in light, and what is opaque shows none of it', () => {
    const half = { width: 1, height: 1, data: Float32Array.of(0.5, 0, 0, 0.5) };
    const [r, g, b] = clipOf([half], Float32Array.of(0, 1, 0));
    expect([toLinear((r + 1) / 2), toLinear((g + 1) / 2), b].map((value) => value.toFixed(3))).toEqual(['0.500', '0.500', '-1.000']); // prettier-ignore
    const opaque = reduce(rgba(red), one, one, 'fill');
    expect(clipOf([opaque], Float32Array.of(0, 1, 0))).toEqual(clipOf([opaque], Float32Array.of(1, 1, 1)));
  });

  it('of a setting the reader sees that setting, and nothing else', () => {
    const size = { width: 32, height: 32 };
    const empty = { ...size, data: new Float32Array(4 * 32 * 32) };
    for (const name of settings) {
      const { setting, objects } = readClip(held(clipOf([empty], groundOf(name, size)), { frames: 4, ...size }), { frames: 4, ...size }); // prettier-ignore
      expect([setting, objects.length]).toEqual([name, 0]);
    }
    expect(grounds).toEqual([...settings, 'light', 'dark']);
  });

  it('a still that is held is the same in every frame', () => {
    const still = Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6); // 3 x 1 x 1 x 2
    expect(held(still, { frames: 2, height: 1, width: 2 })).toEqual(
      Float32Array.of(0.1, 0.2, 0.1, 0.2, 0.3, 0.4, 0.3, 0.4, 0.5, 0.6, 0.5, 0.6),
    );
  });
});
