import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { bits, clipStream, normals, uniforms } from '../../src/sampling/noise';

interface Golden {
  bits: { seed: number; stream: number; index: number; words: number[] }[];
  streams: { seed: number; stream: number; uniforms: number[]; normals: number[]; clip: number }[];
}
const golden = JSON.parse(readFileSync(join(import.meta.dirname, '../golden/noise.json'), 'utf8')) as Golden;

test('the answer published with Philox4x32-10 for key and counter zero', () => {
  expect(bits(0, 0, 0)).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
});

describe('the same numbers as the Python twin, to the last bit', () => {
  it.each(golden.bits)('bits($seed, $stream, $index)', ({ seed, stream, index, words }) => {
    expect(bits(seed, stream, index)).toEqual(words);
  });

  it.each(golden.streams)('uniforms and normals of ($seed, $stream)', (stream) => {
    expect([...uniforms(stream.seed, stream.stream, stream.uniforms.length)]).toEqual(stream.uniforms);
    expect([...normals(stream.seed, stream.stream, stream.normals.length)]).toEqual(stream.normals);
  });

  it.each(golden.streams)("a whole clip's worth from ($seed, $stream)", ({ seed, stream, clip }) => {
    const words = new Uint32Array(normals(seed, stream, 3 * 16 * 32 * 32).buffer);
    expect(words.reduce((sum, word) => (sum + word) >>> 0, 0)).toBe(clip);
  });
});

test('a shorter draw is the start of a longer one', () => {
  for (const count of [0, 1, 2, 3, 5, 64]) {
    expect(normals(3, 1, count)).toEqual(normals(3, 1, 100).slice(0, count));
    expect(uniforms(3, 1, count)).toEqual(uniforms(3, 1, 100).slice(0, count));
  }
});

test('neighbouring seeds and streams have nothing in common', () => {
  const n = 100_000;
  const correlation = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i], 0) / n;
  const base = normals(1, clipStream, n);
  expect(Math.abs(correlation(base, base) - 1)).toBeLessThan(0.02);
  expect(Math.abs(correlation(base, normals(2, clipStream, n)))).toBeLessThan(4 / Math.sqrt(n));
  expect(Math.abs(correlation(base, normals(1, clipStream + 1, n)))).toBeLessThan(4 / Math.sqrt(n));
});
