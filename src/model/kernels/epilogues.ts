/**
 * Fused epilogues: what becomes of a matrix product's result before it reaches memory. Each is a step of its own in the
 * network's page, but no kernel of its own here. Letters as in ../transformer.ts; D4 and so on count vectors of four.
 */
import { change, read, silu } from './kernel';
import type { Epilogue } from './matmul';

/** y = x W: (B, m, n). */
export const plain: Epilogue = {
  bindings: [change('y')],
  code: `fn store(z: u32, row: u32, column: u32, value: vec4f) { y[(z * rowCount() + row) * N + column] = value; }`,
};

/** y = x W + bias: (B, m, n). */
export const biased: Epilogue = {
  bindings: [change('y'), read('bias')],
  code: `fn store(z: u32, row: u32, column: u32, value: vec4f) {
  y[(z * rowCount() + row) * N + column] = value + bias[column];
}`,
};

/** y = silu(x W + bias): (B, m, n). */
export const activated: Epilogue = {
  bindings: [change('y'), read('bias')],
  code: `${silu}
fn store(z: u32, row: u32, column: u32, value: vec4f) {
  y[(z * rowCount() + row) * N + column] = silu(value + bias[column]);
}`,
};

/** y = silu(x W + bias), for what is the same for the whole batch: (m, n). */
export const activatedOnce: Epilogue = { ...activated, once: true };

/** y = x W for what is the same for the whole batch: (m, n). */
export const plainOnce: Epilogue = { ...plain, once: true };

/** h = x W + bias, computed once and written to all of the batch: (B, m, n). */
export const spread: Epilogue = {
  once: true,
  bindings: [change('h'), read('bias')],
  code: `fn store(z: u32, row: u32, column: u32, value: vec4f) {
  for (var r = 0u; r < call.batch; r++) { h[(r * rowCount() + row) * N + column] = value + bias[column]; }
}`,
};

/** condition = silu(time + caption): the time computed once, (m, n), the caption of each its own. text: (B, words, n). */
export function withCaption(words: number): Epilogue {
  return {
    once: true,
    bindings: [change('condition'), read('bias'), read('text')],
    code: `${silu}
fn store(z: u32, row: u32, column: u32, value: vec4f) {
  for (var r = 0u; r < call.batch; r++) {
    let caption = text[r * ${words}u * N + column]; // the output at the <start> token
    condition[(r * rowCount() + row) * N + column] = silu(value + bias[column] + caption);
  }
}`,
  };
}

/** h += x W: (B, m, n). */
export const residual: Epilogue = {
  bindings: [change('h')],
  code: `fn store(z: u32, row: u32, column: u32, value: vec4f) { h[(z * rowCount() + row) * N + column] += value; }`,
};

/** y = silu(x W + words), the words of each of the batch the same for all its rows: (B, m, n). words: (B, n) */
export const activatedWith: Epilogue = {
  bindings: [change('y'), read('words')],
  code: `${silu}
fn store(z: u32, row: u32, column: u32, value: vec4f) {
  y[(z * rowCount() + row) * N + column] = silu(value + words[z * N + column]);
}`,
};

/** h = silu(h + x W + bias): (B, m, n). */
export const addedActivated: Epilogue = {
  bindings: [change('h'), read('bias')],
  code: `${silu}
fn store(z: u32, row: u32, column: u32, value: vec4f) {
  let at = (z * rowCount() + row) * N + column;
  h[at] = silu(h[at] + value + bias[column]);
}`,
};

/** h += x W + bias: (B, m, n). */
export const added: Epilogue = {
  bindings: [change('h'), read('bias')],
  code: `fn store(z: u32, row: u32, column: u32, value: vec4f) {
  h[(z * rowCount() + row) * N + column] += value + bias[column];
}`,
};

/**
 * h += gate * (x W), the gate being part `part` of the modulation plus the block's own table (adaLN; Peebles & Xie 2023).
 * modulation: (B, levels, 6n), table: (6n,)
 */
export function gatedResidual(part: number): Epilogue {
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
 * y = silu(gate) * value (Shazeer 2020): (B, m, n / 2). The columns of W come in pairs (gate, value), see
 * `interleaved` in ../half.ts, so that one thread holds both.
 */
export const swiGLU: Epilogue = {
  bindings: [change('y', 'array<vec2f>')],
  code: `${silu}
fn store(z: u32, row: u32, column: u32, value: vec4f) {
  y[(z * rowCount() + row) * N + column] = silu(value.xzxz).xy * value.yw;
}`,
};
