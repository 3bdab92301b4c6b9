/**
 * The network as an ONNX file, for a comparison with onnxruntime-web: transformer.ts from `denoise` on, line by line.
 *
 * What it is not: it has no words. A prompt's keys, values and caption vector are constants of the file, as the product
 * computes them once a prompt, too. Letters in the shape comments as in transformer.ts; one noise level for all patches.
 */
import { patchPixelsOf, tokensOf, type ModelConfig } from '../src/model/config';
import { rotaryTable } from '../src/model/patches';
import type { StoredTensor } from '../src/model/safetensors';
import { turned } from '../src/model/transformer';
import { OnnxFile, type Value } from './onnx-file';

/** Numbers that are somewhere else still, as in a tfjs tensor. */
interface Stored {
  readonly shape: readonly number[];
  data(): Promise<unknown>;
}

/** What `Transformer.encodeText` says. */
export interface Words {
  readonly keys: readonly Stored[];
  readonly values: readonly Stored[];
  readonly caption: Stored;
}

/** Inputs: patches (1, N, 4P), see `patchify`; waves (1, 1, T), see `timeWaves`. Output: the guess's patches (B, N, 3P). */
export async function onnxOf(
  config: ModelConfig,
  tensors: ReadonlyMap<string, StoredTensor>,
  text: Words,
): Promise<{ readonly file: Uint8Array; readonly output: string }> {
  const { dim, heads, depth } = config;
  const N = tokensOf(config);
  const d = dim / heads;
  const B = text.caption.shape[0];
  const file = new OnnxFile();

  // The operations of transformer.ts, by the same names.
  const broadcast = (a: Value, b: Value) => {
    const [long, short] = a.shape.length >= b.shape.length ? [a.shape, b.shape] : [b.shape, a.shape];
    return long.map((n, i) => Math.max(n, short[i - long.length + short.length] ?? 1));
  };
  const pairwise = (type: string) => (a: Value, b: Value) => file.node(type, [a, b], [broadcast(a, b)])[0];
  const [add, sub, mul, div] = ['Add', 'Sub', 'Mul', 'Div'].map(pairwise);
  const scalar = (value: number) => file.constant(Float32Array.of(value), []);
  const matMul = (a: Value, b: Value) => file.node('MatMul', [a, b], [[...a.shape.slice(0, -1), b.shape.at(-1)!]])[0];
  const reshape = (x: Value, shape: readonly number[]) => file.node('Reshape', [x, file.indices(shape)], [shape])[0];
  const transpose = (x: Value, perm: readonly number[]) =>
    file.node('Transpose', [x], [perm.map((axis) => x.shape[axis])], { perm })[0];
  const split = (x: Value, parts: number) =>
    file.node('Split', [x], Array(parts).fill([...x.shape.slice(0, -1), x.shape.at(-1)! / parts]), { axis: -1 });
  const concat = (a: Value, b: Value, axis: number) =>
    file.node('Concat', [a, b], [a.shape.map((n, i) => (i === axis ? n + b.shape[i] : n))], { axis })[0];
  const silu = (x: Value) => mul(x, file.node('Sigmoid', [x], [x.shape])[0]);
  const softmax = (x: Value) => file.node('Softmax', [x], [x.shape], { axis: -1 })[0];

  const constant = async (x: Stored) => file.constant((await x.data()) as Float32Array, x.shape);
  const weight = (name: string) => {
    const { data, shape } = tensors.get(name)!;
    return name.endsWith('.weight')
      ? file.constant(turned(data, shape), [shape[1], shape[0]])
      : file.constant(data, shape);
  };
  const linear = (name: string, x: Value) => {
    const y = matMul(x, weight(`${name}.weight`));
    return tensors.has(`${name}.bias`) ? add(y, weight(`${name}.bias`)) : y;
  };
  // Written as the pattern that onnxruntime knows and computes in one kernel, which includes a weight.
  const rmsNorm = (x: Value, scale = file.constant(new Float32Array(x.shape.at(-1)!).fill(1), [x.shape.at(-1)!])) => {
    const squares = file.node('Pow', [x, scalar(2)], [x.shape])[0];
    const mean = file.node('ReduceMean', [squares], [[...x.shape.slice(0, -1), 1]], { axes: [-1], keepdims: 1 })[0];
    return mul(div(x, file.node('Sqrt', [add(mean, scalar(1e-6))], [mean.shape])[0]), scale);
  };
  const swiGLU = (name: string, x: Value) => {
    const [gate, value] = split(linear(`${name}.inner`, x), 2); // (B, N, M) each
    return linear(`${name}.outer`, mul(silu(gate), value)); // (B, N, out)
  };

  const patches = file.input('patches', [1, N, 4 * patchPixelsOf(config)]);
  const waves = file.input('waves', [1, 1, config.time_features]);
  const { cos, sin } = rotaryTable(config);
  const [cosines, sines] = [cos, sin].map((table) => file.constant(table, [N, d / 2]));
  const headsOf = (x: Value) => transpose(reshape(x, [B, N, heads, d]), [0, 2, 1, 3]); // (B, h, N, d)
  const rotate = (x: Value) => {
    const [first, second] = split(x, 2); // (B, h, N, d/2) each
    return concat(sub(mul(first, cosines), mul(second, sines)), add(mul(first, sines), mul(second, cosines)), 3);
  };

  const time = linear('time_out', silu(linear('time_in', waves))); // (1, 1, D)
  const modulation = linear('modulation', silu(add(time, await constant(text.caption)))); // (B, 1, 6D)
  let x = linear('embed_up', linear('embed_down', patches)); // (1, N, D)
  for (let i = 0; i < depth; i++) {
    const name = `blocks.${i}`;
    const table = add(modulation, weight(`${name}.table`)); // (B, 1, 6D)
    const [shift1, scale1, gate1, shift2, scale2, gate2] = split(table, 6); // (B, 1, D) each
    let y = add(mul(rmsNorm(x), add(scale1, scalar(1))), shift1); // (B, N, D)
    const [queries, keys, values] = split(linear(`${name}.qkv`, y), 3).map(headsOf); // (B, h, N, d) each
    const q = rotate(rmsNorm(queries, weight(`${name}.q_norm`))); // (B, h, N, d)
    const k = rotate(rmsNorm(keys, weight(`${name}.k_norm`))); // (B, h, N, d)
    const allKeys = transpose(concat(await constant(text.keys[i]), k, 2), [0, 1, 3, 2]); // (B, h, d, L + N)
    const allValues = concat(await constant(text.values[i]), values, 2); // (B, h, L + N, d)
    const scores = mul(matMul(q, allKeys), scalar(d ** -0.5)); // (B, h, N, L + N)
    const read = reshape(transpose(matMul(softmax(scores), allValues), [0, 2, 1, 3]), [B, N, dim]); // (B, N, D)
    x = add(x, mul(gate1, linear(`${name}.out`, read))); // (B, N, D)
    y = add(mul(rmsNorm(x), add(scale2, scalar(1))), shift2); // (B, N, D)
    x = add(x, mul(gate2, swiGLU(`${name}.mlp`, y))); // (B, N, D)
  }
  const guess = swiGLU('head', rmsNorm(x, weight('head_norm'))); // (B, N, 3P)
  return { file: file.finish(guess), output: guess.name };
}
