/**
 * Each kernel of the static graph against its formula in plain TypeScript, on sizes that no block or workgroup divides,
 * on a device with WebGPU's default limits. Whole networks are compared with PyTorch in graph.browser.test.ts.
 */
import { afterAll, describe, expect, it } from 'vitest';
import type { ModelConfig } from '../../src/model/config';
import { packed } from '../../src/model/half';
import { attention, type Attention } from '../../src/model/kernels/attention';
import { noExtras, packedLimits, type Call, type Limits } from '../../src/model/kernels/kernel';
import { matmul, tiles, type Load, type Epilogue } from '../../src/model/kernels/matmul';
import { modulatedNorm, weightedNorm } from '../../src/model/kernels/norm';
import { patchified, unpatchified } from '../../src/model/kernels/patches';
import { qkNorm } from '../../src/model/kernels/qk-norm';
import {
  activatedOnce,
  biased,
  gatedResidual,
  plain,
  plainOnce,
  residual,
  spread,
  swiGLU,
  withCaption,
} from '../../src/model/kernels/epilogues';
import { patchify, unpatchify } from '../../src/model/patches';
import { normals } from '../../src/sampling/noise';
import { relativeError } from './golden';
import { openDevice, runKernel } from './gpu';

const gpu = await openDevice(true);
const { half, subgroups } = gpu.extras;
afterAll(() => expect(gpu.faults).toEqual([]));

const tolerance = 1e-5; // of the largest number; everything here is one stage
const halfTolerance = 5e-3;
const fp16 = { ...noExtras, half: true };
let seed = 0;
const random = (...shape: number[]) =>
  normals(
    ++seed,
    0,
    shape.reduce((a, b) => a * b, 1),
  );
/** Numbers that a half can say: a weight, (out, in) as PyTorch keeps it. */
const weight = (out: number, inner: number) => random(out, inner).map((value) => Math.round(value * 64) / 64);
const silu = (x: number) => x / (1 + Math.exp(-x));

/** One axis after the other: a flat array of f(i, j, k). */
function fill(shape: readonly [number, number, number], f: (i: number, j: number, k: number) => number): Float32Array {
  const [a, b, c] = shape;
  return Float32Array.from({ length: a * b * c }, (_, at) =>
    f(Math.floor(at / (b * c)), Math.floor(at / c) % b, at % c),
  );
}

/** x W: x (B, m, k), W (n, k) as PyTorch keeps it -> (B, m, n). */
function product(x: Float32Array, w: Float32Array, batch: number, m: number, k: number, n: number): Float32Array {
  return fill([batch, m, n], (z, i, j) => {
    let sum = 0;
    for (let q = 0; q < k; q++) sum += x[(z * m + i) * k + q] * w[j * k + q];
    return sum;
  });
}

/** Norm of `size` numbers from `at` on: the factor that they are multiplied by. */
function factor(x: Float32Array, at: number, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += x[at + i] ** 2;
  return 1 / Math.sqrt(sum / size + 1e-6);
}

describe('a matrix product', () => {
  const [batch, m, k, n] = [2, 37, 20, 76];

  it.each(Object.entries(tiles))('in blocks of the kind "%s"', async (_, tile) => {
    const [x, w] = [random(batch, m, k), weight(n, k)];
    const kernel = matmul('test', { m, k, n }, tile, plain);
    const inputs = { x, w: packed(w, [n, k]), y: new Float32Array(batch * m * n) };
    const { y } = await runKernel(gpu.device, kernel, inputs, { batch, levels: 1 });
    expect(relativeError(y, product(x, w, batch, m, k, n))).toBeLessThan(tolerance);
  });

  it.skipIf(!half).each(Object.entries(tiles))('of fp16, in blocks of the kind "%s"', async (_, tile) => {
    const [x, w] = [random(batch, m, 300), weight(n, 300)];
    const kernel = matmul('test', { m, k: 300, n }, tile, plain, undefined, fp16);
    const inputs = { x, w: packed(w, [n, 300]), y: new Float32Array(batch * m * n) };
    const { y } = await runKernel(gpu.device, kernel, inputs, { batch, levels: 1 });
    const error = relativeError(y, product(x, w, batch, m, 300, n));
    expect(error).toBeLessThan(halfTolerance);
    expect(error).toBeGreaterThan(tolerance); // it was fp16
  });

  it.each([
    { m: 1024, k: 704, n: 256, tile: 'deep' }, // the longest sums that we have
    { m: 1001, k: 256, n: 1408, tile: 'deep' },
    { m: 1001, k: 256, n: 108, tile: 'wide' },
  ] as const)('as large as any that we use, $m x $k x $n, wherever one looks', async ({ m, k, n, tile }) => {
    const [x, w] = [random(1, m, k), weight(n, k)];
    const kernel = matmul('test', { m, k, n }, tiles[tile], plain);
    const { y } = await runKernel(gpu.device, kernel, { x, w: packed(w, [n, k]), y: new Float32Array(m * n) });
    // Its corners, its last block, and rows all over.
    for (const i of [0, 63, 64, 500, m - 41, m - 1]) {
      const row = product(x.subarray(i * k, (i + 1) * k), w, 1, 1, k, n);
      expect(relativeError(y.subarray(i * n, (i + 1) * n), row)).toBeLessThan(tolerance);
    }
  });

  /** Runs a product of (B or 1, m, k) and (n, k) with this epilogue on buffers of random numbers. */
  async function stored(
    epilogue: Epilogue,
    own: Readonly<Record<string, Float32Array>>,
    call: Call,
    perLevel = false,
    load?: Load,
  ) {
    const count = perLevel ? call.levels : m;
    const x = random(epilogue.once ? 1 : call.batch, count, k);
    const w = weight(n, k);
    const kernel = matmul('test', { m: perLevel ? 'levels' : m, k, n }, tiles.small, epilogue, load);
    const results = await runKernel(gpu.device, kernel, { x, w: packed(w, [n, k], epilogue === swiGLU), ...own }, call);
    return { y: product(x, w, epilogue.once ? 1 : call.batch, count, k, n), results };
  }

  it('with a bias, for as many noise levels as the call has', async () => {
    for (const levels of [1, 9]) {
      const bias = random(n);
      const own = { y: new Float32Array(batch * levels * n), bias };
      const { y, results } = await stored(biased, own, { batch, levels }, true);
      expect(
        relativeError(
          results.y,
          y.map((value, i) => value + bias[i % n]),
        ),
      ).toBeLessThan(tolerance);
    }
  });

  it('once for the whole batch', async () => {
    const own = { y: new Float32Array(m * n) };
    const { y, results } = await stored(plainOnce, own, { batch, levels: 1 });
    expect(relativeError(results.y, y)).toBeLessThan(tolerance);
  });

  it('once for the whole batch, with bias and SiLU', async () => {
    const bias = random(n);
    const { y, results } = await stored(activatedOnce, { y: new Float32Array(m * n), bias }, { batch, levels: 1 });
    expect(
      relativeError(
        results.y,
        y.map((value, i) => silu(value + bias[i % n])),
      ),
    ).toBeLessThan(tolerance);
  });

  it('once, and spread over the batch', async () => {
    const bias = random(n);
    const { y, results } = await stored(spread, { h: new Float32Array(batch * m * n), bias }, { batch, levels: 1 });
    const expected = fill([batch, m, n], (_, i, j) => y[i * n + j] + bias[j]);
    expect(relativeError(results.h, expected)).toBeLessThan(tolerance);
  });

  it('once, then with the caption of each row', async () => {
    const [words, levels] = [5, 7];
    const [bias, text] = [random(n), random(batch, words, n)];
    const own = { condition: new Float32Array(batch * levels * n), bias, text };
    const { y, results } = await stored(withCaption(words), own, { batch, levels }, true);
    const expected = fill([batch, levels, n], (z, i, j) => silu(y[i * n + j] + bias[j] + text[z * words * n + j]));
    expect(relativeError(results.condition, expected)).toBeLessThan(tolerance);
  });

  it('added to what is there', async () => {
    const h = random(batch, m, n);
    const { y, results } = await stored(residual, { h }, { batch, levels: 1 });
    expect(
      relativeError(
        results.h,
        h.map((value, i) => value + y[i]),
      ),
    ).toBeLessThan(tolerance);
  });

  it.each([1, m])('added through a gate, at %i noise levels', async (levels) => {
    const [h, modulation, table] = [random(batch, m, n), random(batch, levels, 6 * n), random(6 * n)];
    const { y, results } = await stored(gatedResidual(2), { h, modulation, table }, { batch, levels });
    const expected = fill([batch, m, n], (z, i, j) => {
      const gate = modulation[(z * levels + (levels > 1 ? i : 0)) * 6 * n + 2 * n + j] + table[2 * n + j];
      return h[(z * m + i) * n + j] + gate * y[(z * m + i) * n + j];
    });
    expect(relativeError(results.h, expected)).toBeLessThan(tolerance);
  });

  it('as gate and value of a SwiGLU', async () => {
    const { y, results } = await stored(swiGLU, { y: new Float32Array((batch * m * n) / 2) }, { batch, levels: 1 });
    const expected = fill(
      [batch, m, n / 2],
      (z, i, j) => silu(y[(z * m + i) * n + j]) * y[(z * m + i) * n + n / 2 + j],
    );
    expect(relativeError(results.y, expected)).toBeLessThan(tolerance);
  });

  it('with gates so far from zero that e^x overflows: finite', async () => {
    const x = Float32Array.of(-1000, 0, 0, 0);
    const w = Float32Array.from({ length: 16 }, (_, i) => (i % 4 ? 0 : 1)); // every column is x[0]
    const kernel = matmul('test', { m: 1, k: 4, n: 4 }, tiles.small, swiGLU);
    const { y } = await runKernel(gpu.device, kernel, { x, w: packed(w, [4, 4], true), y: new Float32Array(2) });
    expect([...y].every((value) => Math.abs(value) < 1e-20)).toBe(true);
  });
});

describe('patches', () => {
  const config = { frames: 6, height: 12, width: 20, patch_frames: 3, patch_size: 4 } as ModelConfig;
  const [pixels, tokens, patch] = [6 * 12 * 20, 2 * 3 * 5, 3 * 4 * 4];

  it.each([
    ['levels', random(pixels)],
    ['one level for all', Float32Array.of(0.3)],
  ])('are cut from clip and %s as patches.ts does', async (_, levels) => {
    const x = random(3 * pixels);
    const [k, n] = [4 * patch, 12];
    const w = weight(n, k);
    const clip = new Float32Array(4 * pixels).fill(7); // nobody reads levels there unless they differ
    clip.set(x);
    if (levels.length > 1) clip.set(levels, x.length);
    const kernel = matmul('test', { m: tokens, k, n }, tiles.small, plainOnce, patchified(config));
    const inputs = { clip, w: packed(w, [n, k]), y: new Float32Array(tokens * n) };
    const call = { batch: 1, levels: levels.length > 1 ? tokens : 1, level: levels[0] };
    const { y } = await runKernel(gpu.device, kernel, inputs, call);
    expect(relativeError(y, product(patchify(x, levels, config), w, 1, tokens, k, n))).toBeLessThan(tolerance);
  });

  it('are put together as patches.ts does, row by row', async () => {
    const [batch, k, n] = [2, 8, 3 * patch];
    const [x, w] = [random(batch, tokens, k), weight(n, k)];
    const kernel = matmul('test', { m: tokens, k, n }, tiles.small, unpatchified(config));
    const inputs = { x, w: packed(w, [n, k]), clips: new Float32Array(batch * 3 * pixels) };
    const { clips } = await runKernel(gpu.device, kernel, inputs, { batch, levels: 1 });
    const y = product(x, w, batch, tokens, k, n);
    const expected = [0, 1].flatMap((z) => [...unpatchify(y.subarray(z * tokens * n, (z + 1) * tokens * n), config)]);
    expect(relativeError(clips, expected)).toBeLessThan(tolerance);
  });
});

describe('a norm', () => {
  const [batch, m, dim] = [2, 5, 276]; // more than one vector of four for each of its 64 threads

  async function weightedError(extras = noExtras): Promise<number> {
    const [x, w] = [random(batch, m, dim), random(dim)];
    const inputs = { x, y: new Float32Array(x.length), weight: w };
    const { y } = await runKernel(gpu.device, weightedNorm('test', m, dim, extras), inputs, { batch, levels: 1 });
    return relativeError(
      y,
      x.map((value, i) => value * factor(x, i - (i % dim), dim) * w[i % dim]),
    );
  }

  it('with a weight', async () => {
    expect(await weightedError()).toBeLessThan(tolerance);
  });

  it.skipIf(!subgroups)('with a weight, summed in subgroups', async () => {
    expect(await weightedError({ ...noExtras, subgroups })).toBeLessThan(tolerance);
  });

  it.each([1, m])('with shift and scale, at %i noise levels', async (levels) => {
    const [x, modulation, table] = [random(batch, m, dim), random(batch, levels, 6 * dim), random(6 * dim)];
    const inputs = { x, y: new Float32Array(x.length), modulation, table };
    const { y } = await runKernel(gpu.device, modulatedNorm('test', m, dim, 3), inputs, { batch, levels });
    const expected = fill([batch, m, dim], (z, i, j) => {
      const at = (z * m + i) * dim;
      const part = (p: number) =>
        modulation[(z * levels + (levels > 1 ? i : 0)) * 6 * dim + p * dim + j] + table[p * dim + j];
      return x[at + j] * factor(x, at, dim) * (1 + part(4)) + part(3);
    });
    expect(relativeError(y, expected)).toBeLessThan(tolerance);
  });

  it.each([
    { parts: 2, rotary: true },
    { parts: 1, rotary: false },
  ])('of queries and keys: $parts part(s), rotary positions: $rotary', async ({ parts, rotary }) => {
    const [heads, headDim] = [3, 12];
    const [D, half, stride] = [heads * headDim, headDim / 2, (parts + 1) * heads * headDim];
    const [x, norms, turns] = [random(batch, m, stride), random(parts * headDim), random(m, half, 2)];
    const scales = random(batch, m);
    const kernel = qkNorm('test', { m, heads, headDim, parts, stride, rotary });
    const results = await runKernel(gpu.device, kernel, { x, norms, rotary: turns, scales }, { batch, levels: 1 });
    const expected = fill([batch, m, stride], (z, i, j) => {
      if (j >= parts * D) return x[(z * m + i) * stride + j]; // values stay as they are
      const head = (z * m + i) * stride + j - (j % headDim);
      const normed = (q: number) => x[head + q] * factor(x, head, headDim) * norms[Math.floor(j / D) * headDim + q];
      const q = j % headDim;
      if (!rotary) return normed(q) * scales[z * m + i];
      const pair = q % half;
      const [cos, sin] = [turns[2 * (i * half + pair)], turns[2 * (i * half + pair) + 1]];
      return q < half ? normed(pair) * cos - normed(pair + half) * sin : normed(pair) * sin + normed(pair + half) * cos;
    });
    expect(relativeError(results.x, expected)).toBeLessThan(tolerance);
  });
});

describe('attention', () => {
  const batch = 2;

  it.each([
    { m: 37, heads: 3, headDim: 20, words: 11, loud: 1 }, // nothing divides anything
    { m: 3, heads: 1, headDim: 32, words: 0, loud: 1 }, // fewer keys than a tile, and no words
    { m: 70, heads: 2, headDim: 64, words: 1, loud: 1 }, // the largest heads
    { m: 37, heads: 3, headDim: 20, words: 11, loud: 40 }, // scores so large that e^x would overflow
  ])('of $m tokens to them and $words words, $heads heads of $headDim', async ({ loud, ...sizes }) => {
    // e^x of a large x magnifies rounding
    expect(await attentionError(sizes, { loud })).toBeLessThan(loud > 1 ? 1e-4 : tolerance);
  });

  const free: Limits = { time: false, space: false, words: false, silent: [] };
  it.each<[string, Limits]>([
    ['nothing', free],
    ['other times', { ...free, time: true }],
    ['other places', { ...free, space: true }],
    ['the words', { ...free, words: true, time: true }],
    ['anything but itself', { time: true, space: true, words: true, silent: [] }],
    ['two of the heads', { ...free, silent: [0, 2] }],
  ])('without %s', async (_, limits) => {
    const sizes = { m: 78, heads: 3, headDim: 20, words: 11, area: 13 };
    expect(await attentionError(sizes, { limits })).toBeLessThan(tolerance);
    if (half) expect(await attentionError(sizes, { limits, extras: fp16 })).toBeLessThan(halfTolerance);
  });

  it.skipIf(!half).each([
    { m: 37, heads: 3, headDim: 20, words: 11 },
    { m: 70, heads: 2, headDim: 64, words: 1 },
  ])('in fp16, of $m tokens, $heads heads of $headDim', async (sizes) => {
    const error = await attentionError(sizes, { extras: fp16 });
    expect(error).toBeLessThan(halfTolerance);
    expect(error).toBeGreaterThan(tolerance); // it was fp16
  });

  it.each([
    { m: 1024, heads: 1, headDim: 32, words: 28 },
    { m: 1001, heads: 1, headDim: 32, words: 28 },
  ])('of $m tokens, wherever one looks', async (sizes) => {
    expect(await attentionError(sizes, { look: [0, 15, 16, 500, 1000] })).toBeLessThan(tolerance);
  });

  /** Of a call with random numbers; `look`: only at these tokens, since the formula takes its time. */
  async function attentionError(
    { m, heads, headDim, words, area }: Attention,
    { loud = 1, extras = noExtras, limits = free, look = Array.from({ length: m }, (_, i) => i) } = {},
  ): Promise<number> {
    const D = heads * headDim;
    const qkv = random(batch, m, 3 * D).map((value) => loud * value);
    const text = random(batch, Math.max(1, words), 2 * D);
    const kernel = attention('test', { m, heads, headDim, words, area }, extras);
    const inputs = { qkv, words: text, limits: packedLimits(limits), result: new Float32Array(batch * m * D) };
    const { result } = await runKernel(gpu.device, kernel, inputs, { batch, levels: 1 });

    const keys = words + m;
    const from = (z: number, key: number, part: number, j: number) =>
      key < words
        ? text[(z * words + key) * 2 * D + part * D + j]
        : qkv[(z * m + key - words) * 3 * D + (part + 1) * D + j];
    const [seen, expected]: [number[], number[]] = [[], []];
    for (let z = 0; z < batch; z++)
      for (const i of look)
        for (let first = 0; first < D; first += headDim) {
          const scores = Array.from({ length: keys }, (_, key) => {
            let sum = 0;
            for (let j = first; j < first + headDim; j++) sum += qkv[(z * m + i) * 3 * D + j] * from(z, key, 0, j);
            return mayRead(limits, i, key - words, area) ? sum / Math.sqrt(headDim) : -Infinity;
          });
          const heard = limits.silent.includes(first / headDim) ? 0 : 1;
          const largest = Math.max(...scores);
          const weights = scores.map((score) => Math.exp(score - largest));
          const total = weights.reduce((a, b) => a + b);
          for (let j = first; j < first + headDim; j++) {
            seen.push(result[(z * m + i) * D + j]);
            expected.push(weights.reduce((sum, p, key) => sum + heard * (p / total) * from(z, key, 1, j), 0));
          }
        }
    return relativeError(seen, expected);
  }
});

/** key: a patch, or below 0 a word. */
function mayRead({ time, space, words }: Limits, query: number, key: number, area = 1): boolean {
  if (key < 0) return !words;
  const far = time && Math.floor(key / area) !== Math.floor(query / area);
  return !far && !(space && key % area !== query % area);
}
