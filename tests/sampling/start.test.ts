/** The noise lab: what each operation does, and what of "standard normal, each by itself" it keeps. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { SettingsError } from '../../src/sampling/errors';
import { clipStream, normals } from '../../src/sampling/noise';
import { run } from '../../src/sampling/run';
import { checkStart, mostOperations, readStart, startingNoise, startText } from '../../src/sampling/start';
import type { ClipShape, Region, StartOperation } from '../../src/sampling/types';
import { denoiserOf } from './mixture';

const shape: ClipShape = { frames: 6, height: 8, width: 10 };
const pixels = 480;
const whole: Region = { x: 0, y: 0, width: 10, height: 8, first: 0, last: 5 };
const box: Region = { x: 2, y: 1, width: 4, height: 4, first: 1, last: 3 };
const seed = 7;
const plain = normals(seed, clipStream, 3 * pixels);
const made = (...operations: StartOperation[]) => startingNoise(seed, shape, operations);

/** The number at a place of red, green or blue. */
const at = (noise: Float32Array, channel: number, frame: number, y: number, x: number) =>
  noise[((channel * 6 + frame) * 8 + y) * 10 + x];

/** A noise told place by place. */
const told = (value: (channel: number, frame: number, y: number, x: number) => number) =>
  plain.map((_, i) => value(Math.floor(i / 480), Math.floor(i / 80) % 6, Math.floor(i / 10) % 8, i % 10));

const inBox = (frame: number, y: number, x: number) => frame >= 1 && frame <= 3 && y >= 1 && y < 5 && x >= 2 && x < 6;

describe('each operation', () => {
  it('none at all is the noise of the seed', () => {
    expect(made()).toEqual(plain);
  });

  it('copy repeats a frame, and leaves the others', () => {
    const noise = made({ kind: 'copy', from: 4, first: 1, last: 2 });
    expect(noise).toEqual(told((c, f, y, x) => at(plain, c, f === 1 || f === 2 ? 4 : f, y, x)));
  });

  it('swap exchanges two frames, and twice is nothing', () => {
    const swap: StartOperation = { kind: 'swap', a: 1, b: 5 };
    expect(made(swap)).toEqual(told((c, f, y, x) => at(plain, c, f === 1 ? 5 : f === 5 ? 1 : f, y, x)));
    expect(made(swap, swap)).toEqual(plain);
  });

  it('roll moves a region right and down, round its edge', () => {
    const noise = made({ kind: 'roll', region: box, dx: 1, dy: -2 });
    const rolled = told((c, f, y, x) =>
      inBox(f, y, x) ? at(plain, c, f, 1 + ((y - 1 + 2) % 4), 2 + ((x - 2 + 3) % 4)) : at(plain, c, f, y, x),
    );
    expect(noise).toEqual(rolled);
    expect(made({ kind: 'roll', region: whole, dx: 10, dy: -8 })).toEqual(plain);
  });

  it('turn turns a region clockwise, and four quarters are nothing', () => {
    const turn = (quarters: number): StartOperation => ({ kind: 'turn', region: box, quarters });
    const noise = made(turn(1));
    expect(at(noise, 1, 2, 1, 5)).toBe(at(plain, 1, 2, 1, 2)); // upper left comes to the upper right
    expect(at(noise, 1, 2, 4, 5)).toBe(at(plain, 1, 2, 1, 5)); // upper right to the lower right
    expect(told((c, f, y, x) => at(inBox(f, y, x) ? plain : noise, c, f, y, x))).toEqual(plain); // outside all is left
    expect(made(turn(1), turn(1))).toEqual(made(turn(2)));
    expect(made(turn(1), turn(2))).toEqual(made(turn(3)));
    expect(made(turn(2), turn(2))).toEqual(plain);
    expect(made({ kind: 'turn', region: whole, quarters: 2 })).not.toEqual(plain); // half a turn needs no square
  });

  it('paint brings the noise of another seed, there and nowhere else', () => {
    const other = normals(9, clipStream, 3 * pixels);
    const noise = made({ kind: 'paint', region: box, seed: 9 });
    expect(noise).toEqual(told((c, f, y, x) => at(inBox(f, y, x) ? other : plain, c, f, y, x)));
    expect(made({ kind: 'paint', region: whole, seed: 9 })).toEqual(other);
  });

  it('blend goes from one seed to another, and a seed stays where it is with itself', () => {
    const blend = (percent: number, other = 9) => made({ kind: 'blend', seed: other, percent });
    expect(blend(0)).toEqual(plain);
    expect(blend(100)).toEqual(normals(9, clipStream, 3 * pixels));
    expect(Math.max(...blend(30, seed).map((value, i) => Math.abs(value - plain[i])))).toBeLessThan(1e-5);
    const halfway = blend(50);
    const other = normals(9, clipStream, 3 * pixels);
    const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i], 0);
    expect(dot(halfway, plain) / dot(halfway, other)).toBeCloseTo(1, 1); // as near to one as to the other
  });

  it('is done after the one before it', () => {
    const copy: StartOperation = { kind: 'copy', from: 0, first: 0, last: 5 };
    const paint: StartOperation = { kind: 'paint', region: box, seed: 9 };
    expect(made(copy, paint)).not.toEqual(made(paint, copy));
    const still = made(paint, copy);
    expect(still).toEqual(told((c, _f, y, x) => at(still, c, 0, y, x)));
  });
});

describe('what is left of standard normal', () => {
  const wide: ClipShape = { frames: 8, height: 40, width: 40 }; // 38400 numbers
  const region: Region = { x: 5, y: 5, width: 30, height: 30, first: 0, last: 7 };
  const kept: StartOperation[] = [
    { kind: 'swap', a: 0, b: 7 },
    { kind: 'roll', region, dx: 7, dy: 3 },
    { kind: 'turn', region, quarters: 3 },
    { kind: 'paint', region, seed: 11 },
    { kind: 'blend', seed: 12, percent: 50 },
    { kind: 'blend', seed: 12, percent: 20 },
  ];
  const moments = (values: Float32Array) => [1, 2, 3, 4].map((power) => values.reduce((sum, v) => sum + v ** power, 0) / values.length); // prettier-ignore
  const frame = (noise: Float32Array, n: number) => noise.subarray(n * 1600, (n + 1) * 1600);
  const together = (a: Float32Array, b: Float32Array) => a.reduce((sum, v, i) => sum + v * b[i], 0) / a.length;

  it.each([...kept.map((one) => [one]), kept, [{ kind: 'copy', from: 2, first: 0, last: 7 } as StartOperation]])(
    'mean 0, variance 1, no skew, fourth moment 3: %o',
    (...operations) => {
      const frames = operations[0].kind === 'copy' ? 1 : 8; // copies are no further witnesses
      const [mean, variance, skew, fourth] = moments(startingNoise(3, wide, operations));
      const n = (38400 * frames) / 8;
      expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(n));
      expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
      expect(Math.abs(skew)).toBeLessThan(4 * Math.sqrt(15 / n));
      expect(Math.abs(fourth - 3)).toBeLessThan(4 * Math.sqrt(96 / n));
    },
  );

  it('a blend without the sphere would have been found out', () => {
    const [a, b] = [3, 12].map((one) => normals(one, clipStream, 38400));
    const [, variance] = moments(a.map((value, i) => (value + b[i]) / 2));
    expect(variance).toBeLessThan(0.6);
  });

  it('frames have nothing to do with each other, except after copy', () => {
    const noise = startingNoise(3, wide, kept);
    for (let n = 0; n < 7; n++) expect(Math.abs(together(frame(noise, n), frame(noise, n + 1)))).toBeLessThan(4 / 40);
    const copied = startingNoise(3, wide, [{ kind: 'copy', from: 2, first: 0, last: 7 }]);
    expect(together(frame(copied, 0), frame(copied, 7))).toBeGreaterThan(0.9);
  });
});

const size = 6; // of every side, so that any box fits
const regions = fc
  .tuple(fc.nat(size - 2), fc.nat(size - 2), fc.nat(size - 1), fc.integer({ min: 1, max: size }), fc.nat(size - 1))
  .map(([x, y, first, side, length]) => ({
    x,
    y,
    width: Math.min(side, size - Math.max(x, y)),
    height: Math.min(side, size - Math.max(x, y)),
    first,
    last: Math.min(size - 1, first + length),
  }));
const seeds = fc.integer({ min: 0, max: 4294967295 });
const frames = fc.nat(size - 1);
const operations: fc.Arbitrary<StartOperation> = fc.oneof(
  fc.record({ kind: fc.constant('copy' as const), from: frames, first: frames, last: fc.constant(size - 1) }),
  fc.record({ kind: fc.constant('swap' as const), a: frames, b: frames }),
  fc.record({ kind: fc.constant('roll' as const), region: regions, dx: fc.integer({ min: -9, max: 9 }), dy: fc.integer({ min: -9, max: 9 }) }), // prettier-ignore
  fc.record({ kind: fc.constant('turn' as const), region: regions, quarters: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('paint' as const), region: regions, seed: seeds }),
  fc.record({ kind: fc.constant('blend' as const), seed: seeds, percent: fc.integer({ min: 0, max: 100 }) }),
);
const lists = fc.array(operations, { maxLength: mostOperations });

describe('as text for a link', () => {
  it('comes back exactly, in characters that an address leaves alone', () => {
    fc.assert(
      fc.property(lists, (list) => {
        const text = startText(list);
        expect(readStart(text)).toEqual(list);
        expect(new URLSearchParams({ start: text }).toString()).toBe(`start=${text}`);
        expect(text.length).toBeLessThanOrEqual(40 * list.length);
      }),
    );
    expect(startText([{ kind: 'copy', from: 0, first: 0, last: 15 }, { kind: 'blend', seed: 8, percent: 50 }])).toBe('copy.0.0.15_blend.8.50'); // prettier-ignore
  });

  it('says what is wrong with anything else, and nothing but that', () => {
    const words = fc.constantFrom(
      'copy',
      'swap',
      'roll',
      'toString',
      '1',
      '-1',
      '1e3',
      '',
      '99999999999',
      'NaN',
      '.',
      '_',
    );
    const texts = fc.oneof(fc.string(), fc.array(words, { maxLength: 12 }).map((parts) => parts.join('.'))); // prettier-ignore
    fc.assert(
      fc.property(texts, (text) => {
        try {
          if (startText(readStart(text)) !== text) throw new Error(`${text} comes back as another text`);
        } catch (error) {
          if (!(error instanceof SettingsError)) throw error; // expect() would take its time over each stack
        }
      }),
      { numRuns: 1000 },
    );
    expect(() => readStart('copy.1')).toThrow('start is copy.1: set it to 3 numbers after copy: from, first, last');
  });
});

describe('is refused with a clear sentence', () => {
  it.each<[string, StartOperation]>([
    ['start, from of copy is 6: set it to a whole number from 0 to 5', { kind: 'copy', from: 6, first: 0, last: 5 }],
    ['start, last of copy is 1: set it to a whole number from 2 to 5', { kind: 'copy', from: 0, first: 2, last: 1 }],
    ['start, b of swap is -1: set it to a whole number from 0 to 5', { kind: 'swap', a: 0, b: -1 }],
    [
      'start, width of roll is 9: set it to a whole number from 1 to 8',
      { kind: 'roll', region: { ...box, width: 9 }, dx: 0, dy: 0 },
    ],
    ['start, width of turn is 3: set it to 4', { kind: 'turn', region: { ...box, width: 3 }, quarters: 1 }],
    ['start, quarters of turn is 4: set it to a whole number from 1 to 3', { kind: 'turn', region: box, quarters: 4 }],
    [
      'start, seed of paint is 0.5: set it to a whole number from 0 to 4294967295',
      { kind: 'paint', region: box, seed: 0.5 },
    ],
    [
      'start, x of paint is undefined: set it to a whole number from 0 to 9',
      { kind: 'paint', seed: 1 } as StartOperation,
    ],
    [
      'start, percent of blend is 101: set it to a whole number from 0 to 100',
      { kind: 'blend', seed: 1, percent: 101 },
    ],
  ])('%s', (message, operation) => {
    expect(() => made(operation)).toThrow(message);
  });

  it('as soon as no clip could have it, without knowing the clip', () => {
    expect(() => checkStart([{ kind: 'swap', a: 0, b: 5000 }])).toThrow(SettingsError);
    expect(() => checkStart([{ kind: 'swap', a: 0, b: 500 }])).not.toThrow();
  });
});

test('any list that is accepted gives finite noise of the right size, and the same again', () => {
  const cube = { frames: size, height: size, width: size };
  fc.assert(
    fc.property(lists, seeds, (list, start) => {
      const noise = startingNoise(start, cube, list);
      expect(noise).toHaveLength(3 * size ** 3);
      expect(noise.every((value) => Math.abs(value) < 7)).toBe(true);
      expect(startingNoise(start, cube, list)).toEqual(noise);
    }),
    { numRuns: 60 },
  );
});

test('a run starts from it', async () => {
  const start: StartOperation[] = [{ kind: 'copy', from: 3, first: 0, last: 5 }];
  const settings = { seed, steps: 2, sampler: 'euler', guidance: { scale: 1, from: 0, to: 1 }, start } as const;
  for await (const { index, x } of run(
    denoiserOf(shape, (z) => z / 2),
    settings,
  ))
    // prettier-ignore
    if (index === 0) expect(x).toEqual(made(...start));
});
