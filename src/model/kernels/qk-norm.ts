/**
 * Norm of each head's queries and keys (qk-norm; Henry et al. 2020), then their rotary positions (Su et al. 2021), in
 * place. A workgroup is one token.
 *
 * x: (B, m, stride), of which the first `parts` * D numbers are changed: queries and keys of qkv (two parts, stride
 * 3D), or the keys of the words (one part, stride 2D), which have no positions but each its scale. norms: (parts, d).
 * rotary: (m, d/2) of (cosine, sine). scales: (B, m).
 */
import { change, declare, read, type Kernel } from './kernel';

const threads = 64;

export interface Heads {
  readonly m: number;
  readonly heads: number;
  readonly headDim: number;
  readonly parts: number;
  readonly stride: number;
  readonly rotary: boolean;
}

export function qkNorm(label: string, { m, heads, headDim, parts, stride, rotary }: Heads): Kernel {
  const half = headDim / 2;
  const pairs = parts * heads * half;
  const bindings = [
    change('x', 'array<f32>'),
    read('norms', 'array<f32>'),
    rotary ? read('rotary', 'array<vec2f>') : read('scales', 'array<f32>'),
  ];
  const code = `
${declare(bindings)}
const half = ${half}u;
var<workgroup> squares: array<f32, ${pairs}>;

@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) index: u32) {
  let first = (group.z * ${m}u + group.x) * ${stride}u;
  // Pair p is (first half, second half) number i of a head; heads of all parts lie one behind the other.
  for (var p = index; p < ${pairs}u; p += ${threads}u) {
    let at = first + p / half * ${headDim}u + p % half;
    squares[p] = x[at] * x[at] + x[at + half] * x[at + half];
  }
  workgroupBarrier();
  for (var p = index; p < ${pairs}u; p += ${threads}u) {
    let head = p / half;
    let i = p % half;
    var sum = 0.0;
    for (var j = 0u; j < half; j++) { sum += squares[head * half + j]; }
    let factor = 1.0 / sqrt(sum / ${headDim}.0 + 1e-6);
    let norm = head / ${heads}u * ${headDim}u + i;
    let at = first + head * ${headDim}u + i;
    let a = x[at] * factor * norms[norm];
    let b = x[at + half] * factor * norms[norm + half];
${
  rotary
    ? `    let turn = rotary[group.x * half + i];
    x[at] = a * turn.x - b * turn.y;
    x[at + half] = a * turn.y + b * turn.x;`
    : `    let scale = scales[group.z * ${m}u + group.x];
    x[at] = a * scale;
    x[at + half] = b * scale;`
}
  }
}`;
  return { label, code, bindings, workgroups: ({ batch }) => [m, 1, batch] };
}
