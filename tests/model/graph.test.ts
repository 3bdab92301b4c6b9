/** What the static graph decides before it touches a device, and its weights. */
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ModelConfig } from '../../src/model/config';
import { GraphError } from '../../src/model/errors';
import { memoryOf, plainTile, StaticGraph } from '../../src/model/graph';
import { packed, toHalf } from '../../src/model/half';
import { readTensors, type ReadModel } from '../../src/model/load';
import { attention, largestHeadDim } from '../../src/model/kernels/attention';
import { matmul, tiles } from '../../src/model/kernels/matmul';
import { largestDim } from '../../src/model/kernels/norm';
import { qkNorm } from '../../src/model/kernels/qk-norm';
import { plain } from '../../src/model/kernels/epilogues';
import { parseSafetensors } from '../../src/model/safetensors';

describe('fp16', () => {
  /** Halves as the reader of weights reads them. */
  function toSingle(bits: Uint16Array): Float32Array {
    const header = JSON.stringify({ a: { dtype: 'F16', shape: [bits.length], data_offsets: [0, 2 * bits.length] } });
    const bytes = new Uint8Array(8 + header.length + 2 * bits.length);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
    bytes.set(new TextEncoder().encode(header), 8);
    bytes.set(new Uint8Array(bits.slice().buffer), 8 + header.length);
    return parseSafetensors(bytes, 'f').get('a')!.data;
  }

  it('gives back every half that a file can hold, bit by bit', () => {
    const every = Uint16Array.from({ length: 65536 }, (_, i) => i).filter((bits) => (bits & 0x7c00) !== 0x7c00);
    expect(toHalf(toSingle(every))).toEqual(every);
  });

  it('is the nearest to any fp32, and of two as near the even one', () => {
    const positive = toSingle(Uint16Array.from({ length: 0x7c00 }, (_, i) => i)); // in order, since they are not negative
    fc.assert(
      fc.property(fc.nat(0x7bfe), fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), (low, share, minus) => {
        const [below, above] = [positive[low], positive[low + 1]];
        for (const exact of [below + share * (above - below), (below + above) / 2]) {
          const single = Math.fround(exact);
          const middle = (below + above) / 2;
          const nearest = single === middle ? low + (low % 2) : single < middle ? low : low + 1;
          expect(toHalf(Float32Array.of(minus ? -single : single))[0]).toBe(nearest | (minus ? 0x8000 : 0));
        }
      }),
    );
  });

  it('refuse what is larger than every half', () => {
    expect(toHalf(Float32Array.of(65519))[0]).toBe(0x7bff);
    for (const large of [65520, -1e9, Infinity, NaN]) expect(() => toHalf(Float32Array.of(large))).toThrow(GraphError);
  });

  it('of a matrix are turned, and gates put beside their values', () => {
    const matrix = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8); // (4, 2) as PyTorch keeps it
    expect(toSingle(packed(matrix, [4, 2]))).toEqual(Float32Array.of(1, 3, 5, 7, 2, 4, 6, 8));
    expect(toSingle(packed(matrix, [4, 2], true))).toEqual(Float32Array.of(1, 5, 3, 7, 2, 6, 4, 8));
  });
});

describe('kernels', () => {
  /** Bytes of workgroup memory that a program declares. */
  const workgroupMemory = (code: string) =>
    [...code.matchAll(/var<workgroup> \w+: array<(\w+), (\d+)>/g)].reduce(
      (sum, [, type, count]) => sum + { f32: 4, vec2f: 8, vec4f: 16 }[type]! * Number(count),
      0,
    );

  it.each([
    ...Object.values(tiles).map((tile) => matmul('matmul', { m: 8, k: 8, n: 8 }, tile, plain)),
    attention('attention', { m: 512, heads: 4, headDim: largestHeadDim, words: 28 }),
    attention('attention', { m: 512, heads: 4, headDim: 32, words: 28 }),
    qkNorm('qk-norm', { m: 8, heads: 32, headDim: largestDim / 32, parts: 2, stride: 3 * largestDim, rotary: true }),
  ])('stay within the default limits of WebGPU: $label', ({ code, bindings }) => {
    expect(workgroupMemory(code)).toBeGreaterThan(0);
    expect(workgroupMemory(code)).toBeLessThanOrEqual(16384);
    const [, x, y = '1'] = /@workgroup_size\((\d+)(?:, (\d+))?\)/.exec(code)!;
    expect(Number(x) * Number(y)).toBeLessThanOrEqual(256);
    expect(bindings.filter(({ access }) => access !== 'uniform').length).toBeLessThanOrEqual(8);
  });
});

describe('before a device is touched', () => {
  let model: ReadModel;
  const limits = { maxStorageBufferBindingSize: 2 ** 27, maxBufferSize: 2 ** 28 };
  beforeAll(async () => {
    const [config, weights] = ['config.json', 'model.safetensors'].map((name) => readFile(`models/nano/${name}`));
    model = readTensors(await config, await weights);
  });
  const refusal = (change: Partial<ModelConfig>, allowed = limits) =>
    StaticGraph.build({ limits: allowed } as GPUDevice, { ...model.config, ...change }, model.tensors).catch(
      (error: unknown) => error,
    );

  it.each([
    [{ dim: 198, heads: 1 }, /dim of 198, .* multiple of 4/],
    [{ heads: 32 }, /width of a head of 6, .* multiple of 4/],
    [{ patch_size: 2 }, /patch_size of 2/],
    [{ mlp_dim: 510 }, /mlp_dim of 510/],
    [{ time_features: 30 }, /time_features of 30/],
    [{ heads: 2 }, /heads of 96, .* 64 at most/],
    [{ dim: 4096, heads: 64 }, /64 heads, .* 32 at most/],
  ] as const)('refuses a network that its kernels cannot have: %o', async (change, message) => {
    const error = await refusal(change);
    expect(error).toBeInstanceOf(GraphError);
    expect((error as GraphError).message).toMatch(message);
  });

  it('refuses a network that needs a larger buffer than the device allows', async () => {
    expect(await refusal({}, { ...limits, maxStorageBufferBindingSize: 2 ** 20 })).toMatchObject({
      cause: expect.stringMatching(
        /^the model needs a buffer of \d+ bytes, and this graphics processor allows 1048576$/,
      ),
    });
  });

  it('knows the memory that it needs', () => {
    const small = { frames: 16, height: 64, width: 64, dim: 256, depth: 10, heads: 8, mlp_dim: 768 };
    expect(memoryOf(model.config) / 2 ** 20).toBeLessThan(20);
    expect(memoryOf({ ...model.config, ...small }) / 2 ** 20).toBeLessThan(80);
  });

  it('takes small blocks for small products, and flat ones for one noise level', () => {
    expect(plainTile({ m: 'levels', k: 192, n: 1152 }, false)).toBe(tiles.flat);
    expect(plainTile({ m: 128, k: 192, n: 192 }, false)).toBe(tiles.small);
    expect(plainTile({ m: 1024, k: 256, n: 1536 }, false)).toBe(tiles.deep);
  });
});
