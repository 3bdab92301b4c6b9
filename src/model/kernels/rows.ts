/**
 * How much every query reads from each key: softmax(q k / sqrt d), written down, for a look inside. The words' keys stand in
 * front of the video's.
 *
 * qkv: (1, m, 3D), as qk-norm.ts leaves it; words: (1, L, 2D) keys and values; rows: (h, m, L + m).
 *
 * What it is not: a part of any run, which keeps no table of scores (attention.ts). A thread has a query, and goes over its keys
 * three times: the rows are read by somebody who waits for half a megabyte anyway.
 */
import { mayRead, type Attention } from './attention';
import { change, declare, limits, read, unroll, type Kernel } from './kernel';

const threads = 64;

export function attentionRows(
  label: string,
  { m, heads, headDim, words, area }: Attention & { readonly area: number },
): Kernel {
  const d = headDim / 4; // vectors
  const dim = heads * d;
  const keys = words + m;
  const bindings = [read('qkv'), read('words'), change('rows', 'array<f32>'), limits];
  const score = (from: string) => Array.from({ length: d }, (_, i) => `dot(q${i}, ${from}[at + ${i}u])`).join(' + ');
  const code = `
${declare(bindings)}
const D = ${dim}u;
${mayRead(words, area)}

@compute @workgroup_size(${threads})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let query = id.x;
  if (query >= ${m}u) { return; }
  let head = id.y * ${d}u;
  let mine = query * 3u * D + head;
  let row = (id.y * ${m}u + query) * ${keys}u;
${unroll(d, (i) => `  let q${i} = qkv[mine + ${i}u] * ${headDim ** -0.5};`)}
  var largest = -1e30;
  for (var key = 0u; key < ${keys}u; key += 1u) {
    var score = -1e30; // below every score, and finite
    if (may_read(query, key)) {
      if (key < ${words}u) {
        let at = key * 2u * D + head;
        score = ${score('words')};
      } else {
        let at = (key - ${words}u) * 3u * D + D + head;
        score = ${score('qkv')};
      }
    }
    rows[row + key] = score;
    largest = max(largest, score);
  }
  var total = 0.0;
  for (var key = 0u; key < ${keys}u; key += 1u) {
    let weight = exp(rows[row + key] - largest);
    rows[row + key] = weight;
    total += weight;
  }
  for (var key = 0u; key < ${keys}u; key += 1u) { rows[row + key] = rows[row + key] / total; }
}`;
  return { label, code, bindings, workgroups: () => [Math.ceil(m / threads), heads, 1] };
}
