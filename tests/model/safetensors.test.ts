import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { gridOf, parameterShapes, parseConfig, tokensOf } from '../../src/model/config';
import { WeightsError } from '../../src/model/errors';
import { patchify, patchLevels, unpatchify } from '../../src/model/patches';
import { checkTensors, parseSafetensors } from '../../src/model/safetensors';

const folder = 'tests/golden/model-tiny';
let weights: Uint8Array;
let config: string;

beforeAll(async () => {
  weights = new Uint8Array(await readFile(`${folder}/model.safetensors`));
  config = await readFile(`${folder}/config.json`, 'utf8');
});

/** A file from its header and its data. */
function fileOf(header: unknown, data: Uint8Array = new Uint8Array()): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

const halves = (...bits: number[]) => new Uint8Array(Uint16Array.from(bits).buffer);
const vector = (count: number, dtype = 'F16') => ({
  dtype,
  shape: [count],
  data_offsets: [0, count * (dtype === 'F16' ? 2 : 4)],
});

/** Parsed as a model would be: either it holds exactly the tensors of the network, or it is refused. */
function parseModel(bytes: Uint8Array): void {
  const tensors = parseSafetensors(bytes, 'model.safetensors');
  checkTensors(tensors, parameterShapes(parseConfig(config).config), 'model.safetensors');
}

describe('reading numbers', () => {
  it('turns every kind of half into the same single', () => {
    const bits = [0x0000, 0x8000, 0x3c00, 0xc000, 0x3555, 0x7bff, 0x0400, 0x03ff, 0x0001, 0x8001];
    const expected = [0, -0, 1, -2, 0.333251953125, 65504, 2 ** -14, 1023 * 2 ** -24, 2 ** -24, -(2 ** -24)];
    const { data } = parseSafetensors(fileOf({ a: vector(bits.length) }, halves(...bits)), 'f').get('a')!;
    expect([...data].map((value, i) => Object.is(value, expected[i]))).toEqual(bits.map(() => true));
  });

  it('reads singles from a place that is no multiple of four', () => {
    const values = Float32Array.of(1.5, -2.25);
    const odd = fileOf('{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} ', new Uint8Array(values.buffer));
    const shifted = new Uint8Array(odd.length + 1);
    shifted.set(odd, 1);
    expect(parseSafetensors(shifted.subarray(1), 'f').get('a')).toEqual({ shape: [2], data: values });
  });

  it('multiplies a row of whole numbers with its scale', () => {
    const header = (rows: number, start = 6) => ({
      a: { dtype: 'I8', shape: [2, 3], data_offsets: [0, 6] },
      'a.scale': { dtype: 'F32', shape: [rows], data_offsets: [start, start + 4 * rows] },
    });
    const scales = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
    const numbers = new Uint8Array(Int8Array.of(-127, 0, 127, 1, -128, 2).buffer);
    const tensors = parseSafetensors(fileOf(header(2), Uint8Array.of(...numbers, ...scales(0.5, 2))), 'f');
    expect([...tensors]).toEqual([['a', { shape: [2, 3], data: Float32Array.of(-63.5, 0, 63.5, 2, -256, 4) }]]);
    expect(() => parseSafetensors(fileOf(header(1), Uint8Array.of(...numbers, ...scales(1))), 'f')).toThrow(/a is in I8 and has not one scale/); // prettier-ignore
    expect(() => parseSafetensors(fileOf({ a: header(2).a }, numbers), 'f')).toThrow(WeightsError);
    expect(() => parseSafetensors(fileOf(header(2), Uint8Array.of(...numbers, ...scales(1, NaN))), 'f')).toThrow(/not finite/); // prettier-ignore
    expect(() => parseSafetensors(fileOf(header(2), Uint8Array.of(...numbers, ...scales(1, 3e38))), 'f')).toThrow(/not finite/); // prettier-ignore
  });

  it.each([0x7c00, 0xfc00, 0x7e00])('refuses numbers that are not finite: %i', (bits) => {
    expect(() => parseSafetensors(fileOf({ a: vector(1) }, halves(bits)), 'f')).toThrow(WeightsError);
  });
});

describe('refusing a file', () => {
  const zeros = new Uint8Array(8);
  const a = { dtype: 'F16', shape: [2], data_offsets: [0, 4] };

  it.each<[string, Uint8Array, RegExp]>([
    ['nothing', new Uint8Array(), /cut off before its header/],
    ['a web page', new TextEncoder().encode('<!doctype html><title>404</title>'), /no safetensors file/],
    ['a header longer than the file', fileOf({}).subarray(0, 9), /cut off within its header/],
    ['a header that is no JSON', fileOf('{"a":'), /not a JSON object/],
    ['a header that is a list', fileOf([]), /not a JSON object/],
    ['an entry that is null', fileOf({ a: null }), /type other than/],
    ['another type', fileOf({ a: { ...a, dtype: 'I64' } }, zeros), /type other than/],
    ['a type of Object.prototype', fileOf({ a: { ...a, dtype: 'constructor' } }, zeros), /type other than/],
    ['a shape that is text', fileOf({ a: { ...a, shape: '2' } }, zeros), /nonsense/],
    ['a negative size', fileOf({ a: { ...a, shape: [-2] } }, zeros), /nonsense/],
    [
      'offsets beyond the file',
      fileOf({ a: { dtype: 'F16', shape: [200], data_offsets: [0, 400] } }, zeros),
      /cut off within a/,
    ],
    ['offsets turned round', fileOf({ a: { ...a, data_offsets: [4, 0] } }, zeros), /altered/],
    ['a size unlike the shape', fileOf({ a: { ...a, shape: [3] } }, zeros), /does not fit its shape/],
    ['a shape past every number', fileOf({ a: { ...a, shape: [2 ** 40, 2 ** 40] } }, zeros), /does not fit its shape/],
    ['two tensors in one place', fileOf({ a, b: a }, zeros), /does not begin/],
    ['a gap', fileOf({ a, b: { ...a, data_offsets: [6, 10] } }, new Uint8Array(10)), /does not begin/],
    ['data after the end', fileOf({ a }, zeros), /after its last tensor/],
  ])('%s', (_, bytes, message) => {
    expect(() => parseSafetensors(bytes, 'some.safetensors')).toThrow(WeightsError);
    expect(() => parseSafetensors(bytes, 'some.safetensors')).toThrow(message);
    expect(() => parseSafetensors(bytes, 'some.safetensors')).toThrow(/^some\.safetensors .+: .+/); // the file, and what to do
  });

  it('that lacks a tensor, has one too many, or one of another shape', () => {
    const tensors = parseSafetensors(weights, 'f');
    const shapes = parameterShapes(parseConfig(config).config);
    checkTensors(tensors, shapes, 'f');
    const without = new Map(tensors);
    without.delete('head_norm');
    expect(() => checkTensors(without, shapes, 'f')).toThrow(/lacks head_norm/);
    const extra = new Map(tensors).set('spy', { shape: [1], data: new Float32Array(1) });
    expect(() => checkTensors(extra, shapes, 'f')).toThrow(/holds spy/);
    const turned = new Map(tensors).set('head_norm', { shape: [2, 20], data: new Float32Array(40) });
    expect(() => checkTensors(turned, shapes, 'f')).toThrow(/2 x 20.*asks for 40/);
  });

  it('cut off anywhere', () => {
    fc.assert(
      fc.property(fc.nat(weights.length - 1), (length) => {
        expect(() => parseModel(weights.subarray(0, length))).toThrow(WeightsError);
      }),
    );
  });

  it('altered anywhere in its header: it is refused, or means the same', () => {
    const length = Number(new DataView(weights.buffer).getBigUint64(0, true));
    fc.assert(
      fc.property(fc.nat(8 + length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const altered = weights.slice();
        altered[at] ^= change;
        try {
          parseModel(altered);
          expect(parseSafetensors(altered, 'f')).toEqual(parseSafetensors(weights, 'f')); // such as another space
        } catch (error) {
          expect(error).toBeInstanceOf(WeightsError);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('with any header at all: nothing but a WeightsError', () => {
    const size = fc.oneof(fc.nat(64), fc.integer(), fc.double(), fc.constant(2 ** 53));
    const entry = fc.record({
      dtype: fc.constantFrom('F16', 'F32', 'I8'),
      shape: fc.array(size),
      data_offsets: fc.array(size),
    });
    const header = fc.oneof(
      fc.json(),
      fc.dictionary(fc.string(), entry).map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(header, fc.uint8Array(), (text, data) => {
        try {
          parseSafetensors(fileOf(text, data), 'f');
        } catch (error) {
          expect(error).toBeInstanceOf(WeightsError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('config.json', () => {
  const changed = (
    change: (value: { name?: unknown; model: Record<string, unknown>; vocabulary: string[] }) => void,
  ) => {
    const value = JSON.parse(config);
    change(value);
    return JSON.stringify(value);
  };

  it('gives name, grid and tokens', () => {
    const { name, config: shape, words } = parseConfig(config);
    expect([name, gridOf(shape), tokensOf(shape)]).toEqual(['tiny', [3, 4, 6], 72]);
    expect(words).toBe(51); // fewer than the world has now
  });

  it.each<[string, () => string, RegExp]>([
    ['no JSON', () => 'hello', /not JSON/],
    ['a list', () => '[]', /must hold/],
    ['no name', () => changed((c) => delete c.name), /must hold/],
    ['an unknown setting', () => changed((c) => (c.model.magic = 1)), /does not know: magic/],
    ['a missing setting', () => changed((c) => delete c.model.dim), /"dim"/],
    ['a setting that is text', () => changed((c) => (c.model.dim = '40')), /"dim"/],
    ['a depth of zero', () => changed((c) => (c.model.depth = 0)), /"depth"/],
    ['an endless depth', () => changed((c) => (c.model.depth = 1e9)), /"depth"/],
    ['patches that do not fit', () => changed((c) => (c.model.patch_size = 5)), /do not divide/],
    ['heads that do not fit', () => changed((c) => (c.model.heads = 3)), /heads/],
    ['another word', () => changed((c) => (c.vocabulary[5] = 'cat')), /other words/],
    ['one word more', () => changed((c) => c.vocabulary.push('cat')), /other words/],
    ['words in another order', () => changed((c) => c.vocabulary.reverse()), /other words/],
    ['more words than it has vectors for', () => changed((c) => (c.model.vocabulary = 50)), /other words/],
    ['no words', () => changed((c) => (c.vocabulary = [])), /other words/],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseConfig(text())).toThrow(WeightsError);
    expect(() => parseConfig(text())).toThrow(message);
  });
});

describe('patches', () => {
  it('hold every pixel of the clip once, its level beside it, and go back to the same clip', () => {
    const shape = parseConfig(config).config;
    const pixels = shape.frames * shape.height * shape.width;
    const x = Float32Array.from({ length: 3 * pixels }, (_, i) => i);
    const levels = Float32Array.from({ length: pixels }, (_, i) => i / pixels);
    const patches = patchify(x, levels, shape);
    const [patch, colours] = [4 * 32, 3 * 32]; // numbers of a patch of 2 x 4 x 4 pixels, and its share of colours
    const back = Float32Array.from(
      { length: 3 * pixels },
      (_, i) => patches[Math.floor(i / colours) * patch + (i % colours)],
    );
    expect(unpatchify(back, shape)).toEqual(x);
    expect([...x].sort()).toEqual([...back].sort());
    // The first row of the first patch, in all four channels.
    expect([...patches.subarray(0, 4)]).toEqual([0, 1, 2, 3]);
    expect([...patches.subarray(96, 100)]).toEqual([...levels.subarray(0, 4)].map((t) => Math.fround(2 * t - 1)));
  });

  it('have the mean level of their pixels; one number where it is one everywhere', () => {
    const shape = parseConfig(config).config;
    const levels = new Float32Array(shape.frames * shape.height * shape.width).fill(0.25);
    expect([...patchLevels(levels, shape)]).toEqual([0.25]);
    levels[0] = 1.25; // one of the 32 pixels of the first patch
    const t = patchLevels(levels, shape);
    expect(t.length).toBe(72);
    expect([t[0], t[1]]).toEqual([0.25 + 1 / 32, 0.25]);
  });
});
