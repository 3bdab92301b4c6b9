/**
 * The decoder's static graph against PyTorch: the tiny decoder, whose sizes all differ and none of which a block divides, on
 * a device with WebGPU's default limits.
 */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { DecoderGraph } from '../../src/model/decoder-graph';
import { GraphError } from '../../src/model/errors';
import {
  drawErrors,
  fetchBytes,
  loadGoldenDecoder,
  refusals,
  relativeError,
  shippedDecoder,
  tinyDecoder,
  type GoldenDecoder,
} from './golden';
import { openDevice, type TestDevice } from './gpu';

const tolerance = 1e-4;
let gpu: TestDevice;
let golden: GoldenDecoder;
let graph: DecoderGraph;
const progress: [number, number][] = [];

const build = (device: GPUDevice, frames?: number) =>
  DecoderGraph.build(device, golden.config, golden.tensors, golden.shape, {
    frames,
    onProgress: (done, total) => progress.push([done, total]),
  });

beforeAll(async () => {
  gpu = await openDevice();
  golden = await loadGoldenDecoder(fetchBytes, tinyDecoder);
  graph = await build(gpu.device);
});

afterAll(() => expect(gpu.faults).toEqual([])); // a failed GPU operation does not throw

it('tells how far its kernels are compiled', () => {
  const total = progress[0][1];
  expect(progress).toEqual(Array.from({ length: total + 1 }, (_, done) => [done, total]));
});

it('draws what PyTorch draws, to the last row and column', async () => {
  const errors = await drawErrors(graph, golden);
  expect(errors.length).toBe(golden.shape.frames);
  expect(Math.max(...errors)).toBeLessThanOrEqual(tolerance);
});

it('draws a part of the frames as it draws all, asked at once, and more than fit into a call', async () => {
  const { clip, shape, tokens } = golden;
  const [all, [last, third], [none], nothing] = await Promise.all([
    graph.draw(clip, shape, [0, 1, 2, 3, 4], tokens),
    graph.draw(clip, shape, [4, 2], tokens),
    graph.draw(clip, shape, [4], new Int32Array(1)),
    graph.draw(clip, shape, [], tokens),
  ]);
  expect([last, third]).toEqual([all[4], all[2]]);
  expect(relativeError(none, last)).toBeGreaterThan(10 * tolerance); // the words do matter
  expect(nothing).toEqual([]);
  const small = await build(gpu.device, 2);
  expect(small.bytes).toBeLessThan(graph.bytes / 4);
  const errors = await drawErrors(small, golden);
  expect(errors.length).toBe(5);
  expect(Math.max(...errors)).toBeLessThanOrEqual(tolerance);
  small.dispose();
});

it('draws with the weights that we ship what PyTorch draws', async () => {
  const shipped = await loadGoldenDecoder(fetchBytes, shippedDecoder);
  const whole = await DecoderGraph.build(gpu.device, shipped.config, shipped.tensors, shipped.shape);
  const errors = await drawErrors(whole, shipped, [0, 3]);
  whole.dispose();
  expect(errors.length).toBe(2);
  expect(Math.max(...errors)).toBeLessThanOrEqual(tolerance);
});

it('makes nothing anew in a call: one command buffer, one submit, one read-back', async () => {
  const { clip, shape, tokens } = golden;
  const { device } = gpu;
  const spies = (['createBuffer', 'createBindGroup', 'createShaderModule', 'createCommandEncoder'] as const).map(
    (name) => vi.spyOn(device, name),
  );
  const submit = vi.spyOn(device.queue, 'submit');
  const dispatch = vi.spyOn(GPUComputePassEncoder.prototype, 'dispatchWorkgroups');
  const map = vi.spyOn(GPUBuffer.prototype, 'mapAsync');
  await graph.draw(clip, shape, [0, 3], tokens);
  expect(spies.map((spy) => spy.mock.calls.length)).toEqual([0, 0, 0, 1]);
  expect([submit, map].map((spy) => spy.mock.calls.length)).toEqual([1, 1]);
  expect(dispatch.mock.calls.map(([, , frames]) => frames)).toEqual(Array(graph.dispatches).fill(2));
  const { context_depth, middle_depth, detail_depth } = golden.config;
  expect(graph.dispatches).toBe(8 + 2 * (context_depth + middle_depth + detail_depth)); // down, up, and blocks of two
  vi.restoreAllMocks();
});

it('refuses what it cannot draw, and frames of another size than it was made for', async () => {
  for (const [what, ask] of refusals(graph, golden)) await expect(ask(), what).rejects.toThrow(RangeError);
  const { clip, shape, tokens } = golden;
  const turned = { ...shape, height: shape.width, width: shape.height };
  await expect(graph.draw(clip, turned, [0], tokens)).rejects.toThrow(/made for frames of 12 x 16/);
});

it('ends a call in which the device reports an error with that error, and the next call is good', async () => {
  const { clip, shape, tokens } = golden;
  const [before] = await graph.draw(clip, shape, [1], tokens);
  const submit = vi.spyOn(gpu.device.queue, 'submit');
  submit.mockImplementationOnce((buffers) => {
    const stray = gpu.device.createBuffer({ size: 4, usage: GPUBufferUsage.COPY_SRC });
    gpu.device.queue.writeBuffer(stray, 0, new Float32Array(1)); // which this buffer does not allow
    gpu.device.queue.submit(buffers);
  });
  const error = await graph.draw(clip, shape, [1], tokens).catch((reason: unknown) => reason);
  submit.mockRestore();
  expect(error).toBeInstanceOf(GraphError);
  expect((error as GraphError).cause).toMatch(/^the graphics processor reported an error: /);
  expect((await graph.draw(clip, shape, [1], tokens))[0]).toEqual(before);
});

it('says what the compiler says, where a kernel cannot be compiled', async () => {
  const { device, faults } = await openDevice();
  const create = device.createShaderModule.bind(device);
  device.createShaderModule = (descriptor) => create({ ...descriptor, code: 'fn main() { exponent(1.0); }' });
  const error = await build(device).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(GraphError);
  expect((error as GraphError).cause).toMatch(/exponent/);
  expect(faults).toEqual([]);
  device.destroy();
});

it('ends with an error, not with numbers, when the device is lost', async () => {
  const { clip, shape, tokens } = golden;
  const drawing = graph.draw(clip, shape, [0], tokens);
  gpu.device.destroy();
  await expect(drawing).rejects.toBeInstanceOf(GraphError);
  await expect(graph.draw(clip, shape, [0], tokens)).rejects.toBeInstanceOf(GraphError);
});
