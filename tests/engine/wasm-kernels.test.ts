/** The replaced kernels of WebAssembly against plain JavaScript's, on shapes and axes that nobody chose. */
import { backend, concat, matMul, memory, setBackend, split, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend';
import { normals } from '../../src/sampling/noise';

beforeAll(async () => {
  const onFault = (error: Error) => {
    throw error;
  };
  const wasmFolder = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/';
  for (const preferred of ['cpu', 'wasm'] as const) await selectBackend({ preferred, wasmFolder, onFault });
});

/** Shape and numbers of each result. */
async function on(name: string, compute: () => Tensor[]): Promise<{ shape: number[]; numbers: number[] }[]> {
  await setBackend(name);
  const results = tidy(compute);
  const read = await Promise.all(results.map(async (x) => ({ shape: x.shape, numbers: [...(await x.data())] })));
  for (const x of results) x.dispose();
  return read;
}

async function expectSame(compute: () => Tensor[]): Promise<void> {
  await setBackend('wasm');
  const before = [memory().numTensors, backend().numDataIds()]; // of wasm, where a piece could be left behind
  const [theirs, ours] = [await on('cpu', compute), await on('wasm', compute)];
  expect(ours.map(({ shape }) => shape)).toEqual(theirs.map(({ shape }) => shape));
  const errors = ours.flatMap(({ numbers }, i) => numbers.map((x, j) => Math.abs(x - theirs[i].numbers[j])));
  expect(Math.max(...errors)).toBeLessThan(1e-4);
  expect([memory().numTensors, backend().numDataIds()]).toEqual(before);
}

const drawn = (seed: number, shape: number[]) =>
  tensor(
    normals(
      seed,
      0,
      shape.reduce((a, b) => a * b, 1),
    ),
    shape,
  );
const size = fc.integer({ min: 1, max: 7 });
const wide = fc.integer({ min: 1, max: 40 }); // rows are copied in two ways, below 33 numbers and above

it('multiplies batches, turned or not, and one matrix with many', async () => {
  const shapes = fc.tuple(fc.array(size, { maxLength: 2 }), size, wide, size, fc.boolean(), fc.boolean(), fc.boolean());
  await fc.assert(
    fc.asyncProperty(shapes, async ([outer, n, k, m, transposeA, transposeB, alone]) => {
      const a = [...outer, ...(transposeA ? [k, n] : [n, k])];
      const b = [...outer.map((length) => (alone ? 1 : length)), ...(transposeB ? [m, k] : [k, m])];
      await expectSame(() => [matMul(drawn(1, a), drawn(2, b), transposeA, transposeB)]);
    }),
    { numRuns: 30 },
  );
});

it('splits and joins along every axis', async () => {
  const pieces = fc.tuple(fc.tuple(size, size, wide), fc.nat(2), fc.array(wide, { minLength: 1, maxLength: 4 }));
  await fc.assert(
    fc.asyncProperty(pieces, async ([shape, axis, lengths]) => {
      const along = (length: number) => shape.map((n, i) => (i === axis ? length : n));
      await expectSame(() => [concat(lengths.map((length, i) => drawn(i, along(length))), axis)]); // prettier-ignore
      const whole = along(lengths.reduce((a, b) => a + b));
      await expectSame(() => split(drawn(1, whole), lengths, axis));
      await expectSame(() => split(drawn(1, along(2 * lengths[0])), 2, axis - 3));
    }),
    { numRuns: 30 },
  );
});
