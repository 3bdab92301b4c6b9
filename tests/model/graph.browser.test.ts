/**
 * The static graph against PyTorch: every stage of the tiny model, whose sizes all differ and none of which a block or
 * workgroup divides, at one noise level and at mixed ones, on a device with WebGPU's default limits.
 */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { TransformerDenoiser } from '../../src/model/denoiser';
import { GraphError } from '../../src/model/errors';
import { memoryOf, StaticGraph } from '../../src/model/graph';
import { GraphProbe } from '../../src/model/graph-probe';
import { extrasOf } from '../../src/model/kernels/kernel';
import { readTensors, type ReadModel } from '../../src/model/load';
import type { ProbedBlock } from '../../src/model/probed';
import { parseSafetensors, type StoredTensor } from '../../src/model/safetensors';
import { readAblation } from '../../src/sampling/ablation';
import { run } from '../../src/sampling/run';
import { ablationErrors } from './golden-ablation';
import { fetchBytes, relativeError, runNames, tinyNames, tokenRows } from './golden';
import { openDevice, type TestDevice } from './gpu';

const tolerance = 1e-4;
const halfTolerance = 5e-3;
const { half } = extrasOf((await navigator.gpu.requestAdapter())!.features);
let gpu: TestDevice;
let model: ReadModel;
let graph: StaticGraph;
let expected: ReadonlyMap<string, StoredTensor>;
const progress: [number, number][] = [];

beforeAll(async () => {
  gpu = await openDevice();
  const folder = 'tests/golden/model-tiny';
  model = readTensors(await fetchBytes(`${folder}/config.json`), await fetchBytes(`${folder}/model.safetensors`));
  expected = parseSafetensors(await fetchBytes(`${folder}/golden.safetensors`), 'golden.safetensors');
  const onProgress = (done: number, total: number) => progress.push([done, total]);
  graph = await StaticGraph.build(gpu.device, model.config, model.tensors, { onProgress });
});

afterAll(() => expect(gpu.faults).toEqual([])); // a failed GPU operation does not throw

const tokens = () => tokenRows(expected.get('tokens')!); // (prompt, empty prompt)
const inputs = (kase: string) => [expected.get('x')!.data, expected.get(`${kase}.levels`)!.data] as const;

it('tells how far its kernels are compiled', () => {
  const total = progress[0][1];
  expect(progress).toEqual(Array.from({ length: total + 1 }, (_, done) => [done, total]));
});

it.each(['uniform', 'mixed'] as const)('computes what PyTorch does, stage by stage: %s noise levels', async (kase) => {
  const errors: Record<string, number> = {};
  const compare = (name: string, got: ArrayLike<number>) => {
    errors[name] = relativeError(got, expected.get(name)!.data);
  };
  const text = graph.encodeText(tokens());
  const guesses = await graph.guess(...inputs(kase), text, undefined, (stage, state) => {
    compare(stage === 'text' ? 'text' : `${kase}.${stage}`, state);
  });
  compare(`${kase}.guess`, Float32Array.from(guesses.flatMap((guess) => [...guess])));
  text.dispose();
  expect(Object.keys(errors)).toEqual(tinyNames(kase).filter((name) => name !== 'caption')); // the caption is text[0]
  expect(Object.entries(errors).filter(([, error]) => !(error <= tolerance))).toEqual([]);
});

it('gives away a copy of the vectors of its words', async () => {
  expect(await graph.wordVectors()).toEqual(model.tensors.get('text.word.weight')!.data);
});

it('computes what PyTorch does without something, and is whole again afterwards', async () => {
  const file = 'tests/golden/model-tiny/ablation.safetensors';
  const golden = parseSafetensors(await fetchBytes(file), file);
  expect(await ablationErrors(graph, golden, tolerance)).toEqual([]);
  const whole = new Map([...golden].filter(([name]) => !name.startsWith('guess.') || name === 'guess.'));
  expect(await ablationErrors(graph, whole, tolerance)).toEqual([]);
});

it('shows a look inside what its calls do without, and computes the same afterwards', async () => {
  const [row] = tokens();
  const [x, levels] = inputs('uniform');
  const whole = graph.encodeText([row]);
  const before = await graph.guess(x, levels, whole);
  const look = new GraphProbe(graph);
  const seen = async (ablation: string) => {
    const text = graph.encodeText([row], readAblation(ablation));
    const blocks: ProbedBlock[] = [];
    for await (const block of look.probe(text, { x, levels, shape: model.config })) blocks.push(block);
    text.dispose();
    return blocks;
  };
  const [first, second] = await seen('time_words.1');
  const [times] = first.grid;
  first.times.forEach((share, i) => expect(share > 0).toBe(i % (times + 1) === 0)); // each reads its own time alone
  expect([first.reads.some((share) => share > 0), second.reads.every((share) => share === 0)]).toEqual([true, true]);
  expect((await seen('block.0')).map(({ block }) => block)).toEqual([1]);
  expect(await graph.guess(x, levels, whole)).toEqual(before);
  look.dispose();
  whole.dispose();
});

it('computes what PyTorch does in a clip of another shape, for which another graph is made', async () => {
  const levels = expected.get('other.levels')!;
  const [frames, height, width] = levels.shape;
  const other = await StaticGraph.build(gpu.device, { ...model.config, frames, height, width }, model.tensors);
  const text = other.encodeText(tokens());
  const guesses = await other.guess(expected.get('other.x')!.data, levels.data, text);
  const got = Float32Array.from(guesses.flatMap((guess) => [...guess]));
  expect(relativeError(got, expected.get('other.guess')!.data)).toBeLessThanOrEqual(tolerance);
  text.dispose();
  other.dispose();
});

it.skipIf(!half)('computes what PyTorch does with factors in fp16, and has tried so before', async () => {
  const { device, faults } = await openDevice(true);
  const fp16 = await StaticGraph.build(device, model.config, model.tensors);
  expect(fp16.trial!.error).toBeGreaterThan(tolerance / 10); // it was fp16
  expect(fp16.trial!.error).toBeLessThan(halfTolerance);
  fp16.way = 'extra'; // however fast that is here
  const text = fp16.encodeText(tokens());
  for (const kase of ['uniform', 'mixed']) {
    const guesses = await fp16.guess(...inputs(kase), text);
    const got = Float32Array.from(guesses.flatMap((guess) => [...guess]));
    expect(relativeError(got, expected.get(`${kase}.guess`)!.data)).toBeLessThan(halfTolerance);
  }
  expect(faults).toEqual([]);
  device.destroy();
});

it('draws the clip that PyTorch draws, in 12 guided steps', async () => {
  const errors: Record<string, number> = {};
  const [seed, steps, scale, from, to] = expected.get('run')!.data;
  const denoiser = new TransformerDenoiser(graph, tokens()[0]);
  const settings = { seed, steps, sampler: 'multistep', guidance: { scale, from, to } } as const;
  for await (const { index, guess } of run(denoiser, settings)) {
    const golden = expected.get(`run.multistep.${index}`);
    if (golden) errors[`run.multistep.${index}`] = relativeError(guess, golden.data);
  }
  denoiser.dispose();
  expect(Object.keys(errors)).toEqual(runNames('multistep'));
  // A run adds up the rounding of 12 calls, and guidance magnifies it.
  expect(Object.values(errors).filter((error) => !(error <= 5 * tolerance))).toEqual([]);
});

it('answers each row as if it were asked alone, whichever words were asked before', async () => {
  const [prompt, empty] = tokens();
  const both = graph.encodeText([prompt, empty]);
  const alone = [graph.encodeText([prompt]), graph.encodeText([empty])];
  const together = await graph.guess(...inputs('mixed'), both);
  // Asked at once: calls wait for each other.
  const [[p], [e], again] = await Promise.all([...alone, both].map((text) => graph.guess(...inputs('mixed'), text)));
  expect(relativeError(p, together[0])).toBeLessThan(1e-6);
  expect(relativeError(e, together[1])).toBeLessThan(1e-6);
  expect(again).toEqual(together);
  expect(relativeError(p, e)).toBeGreaterThan(0.1); // the words do matter
  for (const text of [both, ...alone]) text.dispose();
});

it('makes nothing anew in a call: one command buffer, one submit, one read-back', async () => {
  const { device } = gpu;
  const text = graph.encodeText(tokens());
  await graph.guess(...inputs('uniform'), text);
  const spies = (['createBuffer', 'createBindGroup', 'createShaderModule', 'createCommandEncoder'] as const).map(
    (name) => vi.spyOn(device, name),
  );
  const submit = vi.spyOn(device.queue, 'submit');
  const dispatch = vi.spyOn(GPUComputePassEncoder.prototype, 'dispatchWorkgroups');
  const map = vi.spyOn(GPUBuffer.prototype, 'mapAsync');
  await graph.guess(...inputs('uniform'), text);
  expect(spies.map((spy) => spy.mock.calls.length)).toEqual([0, 0, 0, 1]);
  expect([submit, map].map((spy) => spy.mock.calls.length)).toEqual([1, 1]);
  expect(dispatch.mock.calls.length).toBe(graph.dispatches);
  expect(graph.dispatches).toBe(3 + 2 + 8 * model.config.depth + 3 + 12); // the last are the detail head
  vi.restoreAllMocks();
  text.dispose();
});

it('takes the memory that was estimated', () => {
  const text = graph.encodeText(tokens());
  expect(graph.bytes + text.buffer.size).toBe(memoryOf(model.config));
  text.dispose();
});

it('refuses a clip of another shape than it was made for', async () => {
  const text = graph.encodeText(tokens());
  const other = { ...graph.config, frames: 2 * graph.config.frames };
  await expect(graph.guess(...inputs('uniform'), text, other)).rejects.toThrow(RangeError);
  text.dispose();
});

it('ends a call in which the device reports an error with that error, and the next call is good', async () => {
  const [gone, text] = [graph.encodeText(tokens()), graph.encodeText(tokens())];
  const before = await graph.guess(...inputs('uniform'), text);
  gone.dispose();
  const error = await graph.guess(...inputs('uniform'), gone).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(GraphError);
  expect((error as GraphError).cause).toMatch(/^the graphics processor reported an error: .*destroyed/);
  expect(await graph.guess(...inputs('uniform'), text)).toEqual(before);
  text.dispose();
});

it('refuses tokens that no word has, and a larger batch than it was made for', () => {
  const [prompt] = tokens();
  expect(() => graph.encodeText([prompt.map(() => -1)])).toThrow(RangeError);
  expect(() => graph.encodeText([prompt.slice(1)])).toThrow(RangeError);
  expect(() => graph.encodeText([])).toThrow(RangeError);
  expect(() => graph.encodeText([prompt, prompt, prompt])).toThrow(RangeError);
});

it('says what the compiler says, where a kernel cannot be compiled', async () => {
  const { device, faults } = await openDevice();
  const create = device.createShaderModule.bind(device);
  device.createShaderModule = (descriptor) => create({ ...descriptor, code: 'fn main() { exponent(1.0); }' });
  const error = await StaticGraph.build(device, model.config, model.tensors).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(GraphError);
  expect((error as GraphError).cause).toMatch(/exponent/);
  expect(faults).toEqual([]);
  device.destroy();
});

it('ends with an error, not with numbers, when the device is lost', async () => {
  const text = graph.encodeText(tokens());
  const guess = graph.guess(...inputs('uniform'), text);
  gpu.device.destroy();
  await expect(guess).rejects.toBeInstanceOf(GraphError);
  await expect(graph.guess(...inputs('uniform'), text)).rejects.toBeInstanceOf(GraphError);
});
