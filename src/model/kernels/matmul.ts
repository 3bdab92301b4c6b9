/**
 * y = x W, tiled: a workgroup computes a block of rows x columns, each of its threads a smaller block in registers, from
 * slices of x and W that all of them load into workgroup memory together (the usual scheme; for WebGPU see e.g.
 * https://www.nuss-and-bolts.com/p/optimizing-a-webgpu-matmul-kernel).
 *
 * x: (B, m, k) f32, W: (k, n) in fp16, four to a vec2u, unpacked with unpack2x16float, which every adapter has.
 * Sums are f32. Where x comes from and what becomes of y is a `Load` and an `Epilogue`: patches, bias, gate, SwiGLU.
 *
 * With fp16, x is rounded to it as it is loaded, W is taken as it lies, and a slice of k (16 products) is summed in
 * fp16 before it is added in f32: half the workgroup memory, and twice the products where a device counts so.
 *
 * The best block depends on the adapter; `tiles` is the small set that the graph chooses from (../tuning.ts).
 */
import { call, declare, noExtras, read, unroll, type Binding, type Extras, type Kernel } from './kernel';

/** How a workgroup shares its work. Its block has threads[1] * rows rows and threads[0] * columns * 4 columns. */
export interface Tile {
  readonly threads: readonly [number, number];
  /** Rows, and vectors of four columns, of one thread. */
  readonly rows: number;
  readonly columns: number;
}

export const tiles = {
  flat: { threads: [16, 4], rows: 1, columns: 1 }, // 4 x 64: a few rows, such as one noise level
  small: { threads: [8, 8], rows: 4, columns: 1 }, // 32 x 32: many workgroups from a small product
  wide: { threads: [16, 16], rows: 4, columns: 1 }, // 64 x 64 by 256 threads
  deep: { threads: [8, 8], rows: 8, columns: 2 }, // 64 x 64 by 64 threads: fewest reads for each sum
} as const satisfies Readonly<Record<string, Tile>>;

export type TileName = keyof typeof tiles;

export interface Shape {
  /** Rows of x in each of the batch; 'levels' is `Call.levels`. */
  readonly m: number | 'levels';
  readonly k: number; // a multiple of 4
  readonly n: number; // a multiple of 4
}

/** Where x comes from. */
export interface Load {
  readonly binding: Binding;
  /** WGSL of fn load(z: u32, row: u32, k: u32) -> vec4f; k counts vectors of four. */
  readonly code: string;
}

/** What becomes of y. */
export interface Epilogue {
  /** After x (0) and W (1); `call` comes last by itself. */
  readonly bindings: readonly Binding[];
  /** WGSL of fn store(z: u32, row: u32, column: u32, value: vec4f); column counts vectors of four. */
  readonly code: string;
  /** y is the same for the whole batch: computed once, and spread by `epilogue` where need be. */
  readonly once?: boolean;
}

const slice = 4; // vectors of x along k that a workgroup loads at a time

export function matmul(
  label: string,
  { m, k, n }: Shape,
  tile: Tile,
  epilogue: Epilogue,
  load: Load = plainRows,
  { half }: Extras = noExtras,
): Kernel {
  const F4 = half ? 'vec4h' : 'vec4f'; // of a factor
  const sum = half ? 's' : 'y'; // of a slice
  const [tx, ty] = tile.threads;
  const threads = tx * ty;
  const blockRows = ty * tile.rows;
  const blockColumns = tx * tile.columns; // in vectors
  const bindings = [load.binding, read('w', 'array<vec2u>'), ...epilogue.bindings, call];
  const eachSum = (line: (i: number, j: number) => string) =>
    unroll(tile.rows, (i) => unroll(tile.columns, (j) => line(i, j)));
  const code = `
${declare(bindings, { half })}
const K = ${k / 4}u; // in vectors, as all columns here
const N = ${n / 4}u;
fn rowCount() -> u32 { return ${m === 'levels' ? 'call.levels' : `${m}u`}; }
${load.code}
${epilogue.code}
// One vector of padding a row, so that threads of one column do not wait for one bank of memory.
var<workgroup> xs: array<${F4}, ${blockRows * (slice + 1)}>;
var<workgroup> ws: array<${F4}, ${4 * slice * blockColumns}>;

@compute @workgroup_size(${tx}, ${ty})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let m = rowCount();
  let firstRow = group.y * ${blockRows}u;
  let firstColumn = group.x * ${blockColumns}u;
${eachSum((i, j) => `  var y${i}_${j} = vec4f();`)}
  for (var k = 0u; k < K; k += ${slice}u) {
    for (var i = index; i < ${blockRows * slice}u; i += ${threads}u) {
      let row = i / ${slice}u;
      let column = i % ${slice}u;
      var value = vec4f();
      if (firstRow + row < m && k + column < K) { value = load(group.z, firstRow + row, k + column); }
      xs[row * ${slice + 1}u + column] = ${F4}(value);
    }
    for (var i = index; i < ${4 * slice * blockColumns}u; i += ${threads}u) {
      let row = 4u * k + i / ${blockColumns}u;
      let column = firstColumn + i % ${blockColumns}u;
      var value = ${F4}();
      if (row < 4u * K && column < N) {
        let four = w[row * N + column];
        value = ${half ? 'bitcast<vec4h>(four)' : 'vec4f(unpack2x16float(four.x), unpack2x16float(four.y))'};
      }
      ws[i] = value;
    }
    workgroupBarrier();
${half ? eachSum((i, j) => `    var s${i}_${j} = vec4h();`) : ''}
    for (var i = 0u; i < ${slice}u; i++) {
${unroll(4, (q) => unroll(tile.columns, (j) => `      let w${q}_${j} = ws[(4u * i + ${q}u) * ${blockColumns}u + local.x + ${j * tx}u];`))}
${unroll(
  tile.rows,
  (r) => `      let x${r} = xs[(local.y + ${r * ty}u) * ${slice + 1}u + i];
${unroll(
  tile.columns,
  (j) => `      ${sum}${r}_${j} += x${r}.x * w0_${j} + x${r}.y * w1_${j} + x${r}.z * w2_${j} + x${r}.w * w3_${j};`,
)}`,
)}
    }
${half ? eachSum((i, j) => `    y${i}_${j} += vec4f(s${i}_${j});`) : ''}
    workgroupBarrier();
  }
${eachSum(
  (r, j) => `  if (firstRow + local.y + ${r * ty}u < m && firstColumn + local.x + ${j * tx}u < N) {
    store(group.z, firstRow + local.y + ${r * ty}u, firstColumn + local.x + ${j * tx}u, y${r}_${j});
  }`,
)}
}`;
  return {
    label,
    code,
    bindings,
    workgroups: ({ batch, levels }) => [
      Math.ceil(n / 4 / blockColumns),
      Math.ceil((m === 'levels' ? levels : m) / blockRows),
      epilogue.once ? 1 : batch,
    ],
  };
}

/** x as it lies: (B, m, k). */
const plainRows: Load = {
  binding: read('x'),
  code: 'fn load(z: u32, row: u32, k: u32) -> vec4f { return x[(z * rowCount() + row) * K + k]; }',
};
