/**
 * The derivative of each operation that transformer.ts uses, told to tfjs: with them its page runs backwards, too.
 *
 * tfjs has derivatives of its own, but `@tensorflow/tfjs-core` alone (4.22) registers none, its file that does registers all
 * of them and cannot be loaded in Node, and that of a look-up needs a kernel that WebAssembly lacks. These are the chain rule,
 * a line each; tests/learn/golden.test.ts compares every gradient with PyTorch's.
 */
import {
  Add,
  BatchMatMul,
  broadcast_util,
  cast,
  concat,
  Concat,
  fill,
  GatherV2,
  matMul,
  Mean,
  mul,
  Multiply,
  neg,
  oneHot,
  pad,
  registerGradient,
  reshape,
  Reshape,
  Rsqrt,
  Sigmoid,
  Slice,
  Softmax,
  split,
  SplitV,
  square,
  Square,
  sub,
  Sub,
  sum,
  transpose,
  Transpose,
  util,
  type GradConfig,
  type NamedAttrMap,
  type Tensor,
  type Tensor1D,
} from '@tensorflow/tfjs-core';

/** dy of one result, or of each; the tensors that were saved; the operation's own settings -> a derivative for each input. */
type Derivative = (dy: Tensor, saved: Tensor[], attrs: NamedAttrMap) => Record<string, () => Tensor>;

const register = (kernelName: string, saves: Omit<GradConfig, 'kernelName' | 'gradFunc'>, derivative: Derivative) =>
  registerGradient({ kernelName, ...saves, gradFunc: derivative as GradConfig['gradFunc'] });

const both = { inputsToSave: ['a', 'b'] };
const input = { inputsToSave: ['x'] };
const output = { outputsToSave: [true] };

/** What was spread by broadcasting is summed up again. */
function gathered(dy: Tensor, { shape }: Tensor): Tensor {
  const axes = broadcast_util.getReductionAxes(shape, dy.shape);
  return reshape(axes.length > 0 ? sum(dy, axes) : dy, shape);
}

register(Add, both, (dy, [a, b]) => ({ a: () => gathered(dy, a), b: () => gathered(dy, b) }));
register(Sub, both, (dy, [a, b]) => ({ a: () => gathered(dy, a), b: () => neg(gathered(dy, b)) }));
register(Multiply, both, (dy, [a, b]) => ({ a: () => gathered(mul(dy, b), a), b: () => gathered(mul(dy, a), b) }));
register(Square, input, (dy, [x]) => ({ x: () => mul(dy, mul(x, 2)) }));
register(Sigmoid, output, (dy, [y]) => ({ x: () => mul(dy, sub(y, square(y))) }));
register(Rsqrt, output, (dy, [y]) => ({ x: () => mul(dy, mul(mul(y, square(y)), -0.5)) }));
register(Softmax, output, (dy, [y], { dim }) => ({
  logits: () => {
    const weighted = mul(dy, y);
    return sub(weighted, mul(y, sum(weighted, [dim as number], true)));
  },
}));
register(Mean, input, (dy, [x], { axis }) => ({
  x: () => {
    const axes = util.parseAxisParam(axis as number, x.shape);
    const kept = x.shape.map((size, i) => (axes.includes(i) ? 1 : size));
    const count = axes.reduce((product, i) => product * x.shape[i], 1);
    return mul(reshape(dy, kept), fill(x.shape, 1 / count));
  },
}));

register(BatchMatMul, both, (dy, [a, b], { transposeA, transposeB }) => {
  if (transposeA) throw new Error('No page here turns the first matrix of a product.');
  return {
    a: () => matMul(dy, b, false, !transposeB),
    b: () => (transposeB ? matMul(dy, a, true) : matMul(a, dy, true)),
  };
});
/** A look-up is a product with rows that are 1 in one place. */
register(GatherV2, { inputsToSave: ['x', 'indices'] }, (dy, [x, indices]) => ({
  x: () => {
    const [words, dim] = x.shape;
    const rows = cast(oneHot(reshape(indices, [-1]) as Tensor1D, words), 'float32'); // (B*L, V); wasm makes whole numbers alone
    return matMul(rows, reshape(dy, [-1, dim]), true); // (V, D)
  },
}));

register(Reshape, input, (dy, [x]) => ({ x: () => reshape(dy, x.shape) }));
register(Transpose, {}, (dy, _, { perm }) => ({
  x: () => {
    const axes = perm as number[];
    return transpose(dy, axes.map((_, i) => axes.indexOf(i))); // prettier-ignore
  },
}));
register(Slice, input, (dy, [x], { begin }) => ({
  x: () => {
    const from = begin as number[];
    return pad(dy, dy.shape.map((size, i): [number, number] => [from[i], x.shape[i] - from[i] - size])); // prettier-ignore
  },
}));
register(SplitV, {}, (dys, _, { axis }) => ({ x: () => concat(dys as unknown as Tensor[], axis as number) }));
register(Concat, { saveAllInputs: true }, (dy, saved, { axis }) => {
  const along = util.parseAxisParam(axis as number, saved[0].shape)[0];
  const parts = split(dy, saved.map(({ shape }) => shape[along]), along); // prettier-ignore
  return Object.fromEntries(parts.map((part, i) => [i, () => part]));
});
