/**
 * What becomes of a matrix product's result before it reaches memory: a step of its own in the network's page, but no
 * kernel of its own here. Letters as in ../transformer.ts; D4 and so on count vectors of four.
 */
import { change, read, silu } from './kernel';
import type { Store } from './matmul';

/** y = x W: (rows, m, n). */
export const plain: Store = {
  bindings: [change('y')],
  code: `fn store(z: u32, row: u32, column: u32, value: vec4f) { y[(z * rowCount() + row) * N + column] = value; }`,
};

/** y = x W + bias: (rows, m, n). */
export const biased: Store = {
  bindings: [change('y'), read('bias')],
  code: `fn store(z: u32, row: u32, column: u32, value: vec4f) {
  y[(z * rowCount() + row) * N + column] = value + bias[column];
}`,
};

/** y = silu(x W + bias): (rows, m, n). */
export const activated: Store = {
  bindings: [change('y'), read('bias')],
  code: `${silu}
fn store(z: u32, row: u32, column: u32, value: vec4f) {
  y[(z * rowCount() + row) * N + column] = silu(value + bias[column]);
}`,
};

/** y = silu(x W + bias), for what is the same in every row: (m, n). */
export const activatedOnce: Store = { ...activated, once: true };

/** y = x W for what is the same in every row: (m, n). */
export const plainOnce: Store = { ...plain, once: true };

/** h = x W + bias, computed once and written to every row: (rows, m, n). */
export const spread: Store = {
  once: true,
  bindings: [change('h'), read('bias')],
  code: `fn store(z: u32, row: u32, column: u32, value: vec4f) {
  for (var r = 0u; r < call.rows; r++) { h[(r * rowCount() + row) * N + column] = value + bias[column]; }
}`,
};

/** condition = silu(time + caption): the time computed once, (m, n), the caption a row's own. text: (rows, words, n). */
export function withCaption(words: number): Store {
  return {
    once: true,
    bindings: [change('condition'), read('bias'), read('text')],
    code: `${silu}
fn store(z: u32, row: u32, column: u32, value: vec4f) {
  for (var r = 0u; r < call.rows; r++) {
    let caption = text[r * ${words}u * N + column]; // the output at the <start> token
    condition[(r * rowCount() + row) * N + column] = silu(value + bias[column] + caption);
  }
}`,
  };
}

/** h += x W: (rows, m, n). */
export const residual: Store = {
  bindings: [change('h')],
  code: `fn store(z: u32, row: u32, column: u32, value: vec4f) { h[(z * rowCount() + row) * N + column] += value; }`,
};

/** h += x W + bias: (rows, m, n). */
export const added: Store = {
  bindings: [change('h'), read('bias')],
  code: `fn store(z: u32, row: u32, column: u32, value: vec4f) {
  h[(z * rowCount() + row) * N + column] += value + bias[column];
}`,
};

/**
 * h += gate * (x W), the gate being part `part` of the modulation plus the block's own table (adaLN; Peebles & Xie 2023).
 * modulation: (rows, levels, 6n), table: (6n,)
 */
export function gatedResidual(part: number): Store {
  return {
    bindings: [change('h'), read('modulation'), read('table')],
    code: `fn store(z: u32, row: u32, column: u32, value: vec4f) {
  let level = z * call.levels + select(row, 0u, call.levels == 1u);
  let gate = modulation[(level * 6u + ${part}u) * N + column] + table[${part}u * N + column];
  h[(z * rowCount() + row) * N + column] += gate * value;
}`,
  };
}

/**
 * y = silu(gate) * value (Shazeer 2020): (rows, m, n / 2). The columns of W come in pairs (gate, value), see
 * `interleaved` in ../halves.ts, so that one thread holds both.
 */
export const swiGLU: Store = {
  bindings: [change('y', 'array<vec2f>')],
  code: `${silu}
fn store(z: u32, row: u32, column: u32, value: vec4f) {
  y[(z * rowCount() + row) * N + column] = silu(value.xzxz).xy * value.yw;
}`,
};
