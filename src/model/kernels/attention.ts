/**
 * Every query reads from all keys and values (Vaswani et al. 2017), the words' in front of the video's, with the softmax
 * taken on the way (Milakov & Gimelshein 2018; Dao et al. 2022), so that no table of scores ever reaches memory.
 *
 * qkv: (B, m, 3D), words: (B, L, 2D) keys and values; read: (B, m, D). Heads lie side by side within D.
 *
 * A workgroup is `queries` queries of one head. Its threads load a tile of keys and values into workgroup memory
 * together; `splits` threads share a query, each reading its own part of every tile, and put their sums together at the
 * end. Lanes that run together read the same key, which costs one read.
 *
 * `limits`, where there are any, is what an ablation leaves: see `Limits`. It is the same for the whole dispatch, so that the
 * whole network pays for one branch that nobody takes.
 *
 * With fp16, queries, keys, values and the weights of a sum are fp16. Products with a key are summed in fp16 along
 * its vectors, products with values over four keys; both go on in f32, and so does the softmax.
 */
import { change, declare, limits, noExtras, read, unroll, type Extras, type Kernel } from './kernel';

const queries = 16;
const splits = 4;
const threads = queries * splits;

/** A tile must fit into workgroup memory, and hold the sums when the splits are put together. */
export const largestHeadDim = 64;

/** Whether a query may read a key, by what is limited: 1 time, 2 space, 4 words. It may always read itself. */
export const mayRead = (words: number, area: number) => `
fn may_read(query: u32, key: u32) -> bool {
  if (key < ${words}u) { return (limits.x & 4u) == 0u; }
  let other = key - ${words}u;
  let far = (limits.x & 1u) != 0u && other / ${area}u != query / ${area}u;
  return !far && ((limits.x & 2u) == 0u || other % ${area}u == query % ${area}u);
}`;

export interface Attention {
  readonly m: number;
  readonly heads: number;
  readonly headDim: number; // a multiple of 4, at most `largestHeadDim`
  /** Words whose keys and values every query reads, too; 0 for none. */
  readonly words: number;
  /** Queries and keys that belong to the same time; without it, nobody can limit who reads whom. */
  readonly area?: number;
}

export function attention(
  label: string,
  { m, heads, headDim, words, area }: Attention,
  { half: fp16 }: Extras = noExtras,
): Kernel {
  const d = headDim / 4; // vectors, as everything below
  const dim = heads * d;
  const keys = words + m;
  const tile = headDim <= 32 ? 32 : 16; // keys: at most 8 KiB of keys and values
  const share = tile / splits; // keys of a tile for each split, read four at a time
  const F4 = fp16 ? 'vec4h' : 'vec4f';
  const sums = fp16 ? 'sums' : 'tile'; // where splits hand over their sums: the tile itself, if it can hold them
  const score = (key: number) => {
    const products = Array.from({ length: d }, (_, i) => [`q${i}`, `tile[k + ${key * d + i}u]`]);
    return fp16
      ? `dot(vec4f(${products.map(([q, k]) => `${q} * ${k}`).join(' + ')}), vec4f(1.0))`
      : products.map(([q, k]) => `dot(${q}, ${k})`).join(' + ');
  };
  const weighted = (i: number) => {
    const products = Array.from({ length: 4 }, (_, j) => `${fp16 ? `f16(p${j})` : `p${j}`} * tile[v + ${j * d + i}u]`);
    return fp16 ? `vec4f(${products.join(' + ')})` : products.join(' + ');
  };
  const bindings = [read('qkv'), ...(words ? [read('words')] : []), change('result'), ...(area ? [limits] : [])];
  const code = `
${declare(bindings, { half: fp16 })}
const d = ${d}u;
const D = ${dim}u;
const nothing = -1e30; // below every score, and finite, because WGSL promises nothing about infinity
var<workgroup> tile: array<${F4}, ${2 * tile * d}>; // keys, then values
${fp16 ? `var<workgroup> sums: array<vec4f, ${(threads / 2) * d}>;` : ''}
var<workgroup> states: array<vec2f, ${threads / 2}>;
${area ? mayRead(words, area) : ''}

@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) index: u32) {
  let query = group.x * ${queries}u + index % ${queries}u;
  let split = index / ${queries}u;
  let head = group.y * d;
  let mine = (group.z * ${m}u + min(query, ${m - 1}u)) * 3u * D + head;
${unroll(d, (i) => `  let q${i} = ${F4}(qkv[mine + ${i}u] * ${headDim ** -0.5});`)}
  var largest = nothing;
  var total = 0.0;
${unroll(d, (i) => `  var o${i} = vec4f();`)}
  for (var first = 0u; first < ${keys}u; first += ${tile}u) {
    workgroupBarrier();
    for (var i = index; i < ${tile * d}u; i += ${threads}u) {
      let key = first + i / d;
      var k = vec4f();
      var v = vec4f();
${
  words
    ? `      if (key < ${words}u) {
        let at = (group.z * ${words}u + key) * 2u * D + head + i % d;
        k = words[at];
        v = words[at + D];
      } else `
    : '      '
}if (key < ${keys}u) {
        let at = (group.z * ${m}u + key - ${words}u) * 3u * D + head + i % d;
        k = qkv[at + D];
        v = qkv[at + 2u * D];
      }
      tile[i] = ${F4}(k);
      tile[i + ${tile * d}u] = ${F4}(v);
    }
    workgroupBarrier();
    for (var i = 0u; i < ${share}u; i += 4u) {
      let key = split * ${share}u + i;
      let k = key * d;
      let v = (key + ${tile}u) * d;
${unroll(
  4,
  (j) => `      var s${j} = ${score(j)};
      s${j} = select(nothing, s${j}, first + key + ${j}u < ${keys}u);`,
)}
${
  area
    ? `      if (limits.x != 0u) {
${unroll(4, (j) => `        s${j} = select(nothing, s${j}, may_read(query, first + key + ${j}u));`)}
      }`
    : ''
}
      let larger = max(largest, max(max(s0, s1), max(s2, s3)));
      let keep = exp(largest - larger);
      largest = larger;
${unroll(4, (j) => `      let p${j} = exp(s${j} - larger);`)}
      total = total * keep + (p0 + p1) + (p2 + p3);
${unroll(d, (i) => `      o${i} = o${i} * keep + ${weighted(i)};`)}
    }
  }
${[splits / 2, splits / 4]
  .map(
    (
      half,
    ) => `  // The upper half of the splits hand their sums to the lower. One that saw no key at all weighs nothing.
  workgroupBarrier();
  if (split >= ${half}u && split < ${2 * half}u) {
    let at = index - ${half * queries}u;
    states[at] = vec2f(largest, total);
${unroll(d, (i) => `    ${sums}[at * d + ${i}u] = o${i};`)}
  }
  workgroupBarrier();
  if (split < ${half}u) {
    let other = states[index];
    let larger = max(largest, other.x);
    let keep = exp(largest - larger);
    let take = exp(other.x - larger);
    largest = larger;
    total = total * keep + other.y * take;
${unroll(d, (i) => `    o${i} = o${i} * keep + ${sums}[index * d + ${i}u] * take;`)}
  }`,
  )
  .join('\n')}
  if (split == 0u && query < ${m}u) {
    let at = (group.z * ${m}u + query) * D + head;
    let loudness = ${area ? '1.0 - f32((limits.y >> group.y) & 1u)' : '1.0'};
${unroll(d, (i) => `    result[at + ${i}u] = o${i} / total * loudness;`)}
  }
}`;
  return { label, code, bindings, workgroups: ({ batch }) => [Math.ceil(m / queries), heads, batch] };
}
