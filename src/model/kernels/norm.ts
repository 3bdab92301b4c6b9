/**
 * Root-mean-square norm over the last axis (Zhang & Sennrich 2019), then a weight, or the shift and scale of the noise
 * level (adaLN; Peebles & Xie 2023). x, y: (B, m, D). A workgroup is one token.
 */
import { call, change, declare, noExtras, read, type Binding, type Extras, type Kernel } from './kernel';

const threads = 64;

/** Beyond it, the kernel of qk-norm, which holds a token in workgroup memory, would not fit. */
export const largestDim = 2048;

/** y = rms_norm(x) * weight. weight: (D,) */
export function weightedNorm(label: string, m: number, dim: number, extras = noExtras): Kernel {
  return norm(label, m, dim, [read('weight')], 'return x * weight[i];', extras);
}

/**
 * y = rms_norm(x) * (1 + scale) + shift, which are parts `part` + 1 and `part` of the modulation plus the block's table.
 * modulation: (B, levels, 6D), table: (6D,)
 */
export function modulatedNorm(label: string, m: number, dim: number, part: number, extras = noExtras): Kernel {
  return norm(
    label,
    m,
    dim,
    [read('modulation'), read('table')],
    `let level = (z * call.levels + select(token, 0u, call.levels == 1u)) * 6u;
  let shift = modulation[(level + ${part}u) * D + i] + table[${part}u * D + i];
  let scale = modulation[(level + ${part + 1}u) * D + i] + table[${part + 1}u * D + i];
  return x * (1.0 + scale) + shift;`,
    extras,
  );
}

/** sums -> their total, in every thread. */
const total = {
  memory: `
  for (var half = ${threads / 2}u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (index < half) { sums[index] += sums[index + half]; }
  }
  workgroupBarrier();
  let total = sums[0];`,
  // Each subgroup adds up all of them by itself: one barrier, and nothing that depends on which thread is in which.
  subgroups: `
  workgroupBarrier();
  var share = 0.0;
  for (var i = lane; i < ${threads}u; i += lanes) { share += sums[i]; }
  let total = subgroupAdd(share);`,
} as const;

function norm(
  label: string,
  m: number,
  dim: number,
  own: readonly Binding[],
  finish: string,
  { subgroups }: Extras,
): Kernel {
  const bindings = [read('x'), change('y'), ...own, call];
  const code = `
${declare(bindings, { subgroups })}
const D = ${dim / 4}u;
var<workgroup> sums: array<f32, ${threads}>;

fn finish(x: vec4f, z: u32, token: u32, i: u32) -> vec4f {
  ${finish}
}

@compute @workgroup_size(${threads})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) index: u32,${
    subgroups
      ? `
  @builtin(subgroup_invocation_id) lane: u32,
  @builtin(subgroup_size) lanes: u32,`
      : ''
  }
) {
  let first = (group.z * ${m}u + group.x) * D;
  var sum = 0.0;
  for (var i = index; i < D; i += ${threads}u) { sum += dot(x[first + i], x[first + i]); }
  sums[index] = sum;${subgroups ? total.subgroups : total.memory}
  let factor = 1.0 / sqrt(total / ${dim}.0 + 1e-6);
  for (var i = index; i < D; i += ${threads}u) { y[first + i] = finish(x[first + i] * factor, group.z, group.x, i); }
}`;
  return { label, code, bindings, workgroups: ({ batch }) => [m, 1, batch] };
}
