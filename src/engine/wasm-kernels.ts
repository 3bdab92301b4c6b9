/**
 * Three kernels of the tfjs WebAssembly backend (4.22), replaced because they took two thirds of a step of `nano`. The
 * product of several matrices, or of one that is turned, is a plain loop there, some twelve times as slow as XNNPACK, which
 * gets one matrix alone: attention's two products, and in training every gradient of a product. Splitting and joining make
 * objects for each row, and rows are short where heads are.
 *
 * What it is not: it changes no operation, and transformer.ts does not know of it. What it cannot speed up goes to the kernel
 * that was there before.
 */
import {
  backend_util,
  BatchMatMul,
  Concat,
  getKernel,
  registerKernel,
  SplitV,
  Transpose,
  unregisterKernel,
  util,
  type KernelFunc,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

type Numbers = ReturnType<BackendWasm['typedArrayFromHeap']>;

/** Puts a kernel in the place of one that it may still ask. */
function replace(name: string, make: (before: KernelFunc) => KernelFunc): void {
  const config = getKernel(name, 'wasm');
  unregisterKernel(name, 'wasm');
  registerKernel({ ...config, kernelFunc: make(config.kernelFunc) });
}

/** (..., n, k) x (..., k, m) -> (..., n, m), of either first turned where that is asked: one matrix after the other. */
replace(BatchMatMul, (before) => (given) => {
  const { a, b } = given.inputs as { a: TensorInfo; b: TensorInfo };
  const { transposeA, transposeB } = given.attrs as { transposeA?: boolean; transposeB?: boolean };
  const outer = a.shape.slice(0, -2);
  const batch = util.sizeFromShape(outer);
  const plain = batch === 1 && !transposeA && !transposeB;
  if (plain || !util.arraysEqual(outer, b.shape.slice(0, -2))) return before(given);
  const backend = given.backend as BackendWasm;
  const rank = a.shape.length;
  const perm = [...outer.keys(), rank - 1, rank - 2];
  const turn = (x: TensorInfo) =>
    getKernel(Transpose, 'wasm').kernelFunc({ inputs: { x }, attrs: { perm }, backend }) as TensorInfo;
  const left = transposeA ? turn(a) : a; // (..., n, k)
  const right = transposeB ? turn(b) : b; // (..., k, m)
  const forget = () => {
    if (left !== a) backend.disposeData(left.dataId);
    if (right !== b) backend.disposeData(right.dataId);
  };
  if (batch === 1) {
    const product = before({ inputs: { a: left, b: right }, attrs: { transposeA: false, transposeB: false }, backend });
    forget();
    return product;
  }
  const [n, k] = left.shape.slice(-2);
  const m = right.shape[rank - 1];
  const out = backend.makeOutput([...outer, n, m], 'float32'); // (..., n, m)
  // Where numbers lie is asked again each time: whatever is allocated in between may move them.
  const numbersOf = (x: TensorInfo) => backend.typedArrayFromHeap(x);
  const matrix = (x: TensorInfo, i: number, rows: number, columns: number) => {
    const made = backend.makeOutput([rows, columns], 'float32');
    numbersOf(made).set(numbersOf(x).subarray(i * rows * columns, (i + 1) * rows * columns));
    return made;
  };
  for (let i = 0; i < batch; i++) {
    const inputs = { a: matrix(left, i, n, k), b: matrix(right, i, k, m) };
    const attrs = { transposeA: false, transposeB: false };
    const product = before({ inputs, attrs, backend }) as TensorInfo; // (n, m)
    numbersOf(out).set(numbersOf(product), i * n * m);
    for (const { dataId } of [inputs.a, inputs.b, product]) backend.disposeData(dataId);
  }
  forget();
  return out;
});

replace(SplitV, (before) => (given) => {
  const { x } = given.inputs as { x: TensorInfo };
  const attrs = given.attrs as unknown as { numOrSizeSplits: number | number[]; axis: number };
  if (x.dtype !== 'float32') return before(given);
  const backend = given.backend as BackendWasm;
  const along = util.parseAxisParam(attrs.axis, x.shape)[0];
  const rows = util.sizeFromShape(x.shape.slice(0, along));
  const stride = util.sizeFromShape(x.shape.slice(along));
  let at = 0;
  return backend_util.prepareSplitSize(x as never, attrs.numOrSizeSplits, along).map((length) => {
    const part = backend.makeOutput(
      x.shape.map((n, axis) => (axis === along ? length : n)),
      'float32',
    );
    const width = (length * stride) / x.shape[along];
    const [from, to] = [x, part].map((tensor) => backend.typedArrayFromHeap(tensor));
    for (let row = 0; row < rows; row++) copy(from, row * stride + at, to, row * width, width);
    at += width;
    return part;
  });
});

replace(Concat, (before) => (given) => {
  const parts = Object.values(given.inputs) as TensorInfo[];
  const shapes = parts.map(({ shape }) => shape);
  const along = util.parseAxisParam((given.attrs as unknown as { axis: number }).axis, shapes[0])[0];
  if (parts.some(({ dtype }) => dtype !== 'float32')) return before(given);
  const backend = given.backend as BackendWasm;
  const out = backend.makeOutput(backend_util.computeOutShape(shapes, along), 'float32');
  const to = backend.typedArrayFromHeap(out);
  const rows = util.sizeFromShape(out.shape.slice(0, along));
  const stride = util.sizeFromShape(out.shape.slice(along));
  let at = 0;
  for (const part of parts) {
    const from = backend.typedArrayFromHeap(part);
    const width = util.sizeFromShape(part.shape.slice(along));
    for (let row = 0; row < rows; row++) copy(from, row * width, to, row * stride + at, width);
    at += width;
  }
  return out;
});

/** A row of a head is copied faster number by number than by `subarray` and `set`. */
function copy(from: Numbers, fromAt: number, to: Numbers, toAt: number, width: number): void {
  if (width > 32) to.set(from.subarray(fromAt, fromAt + width), toAt);
  else for (let i = 0; i < width; i++) to[toAt + i] = from[fromAt + i];
}
