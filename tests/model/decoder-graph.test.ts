/**
 * What the decoder's static graph decides before it touches a device, and its programs where only Dawn is needed: its null
 * backend checks each as a device would, and computes nothing. What they compute: decoder-graph.browser.test.ts.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decoder as config, randomOf } from '../../bench/models';
import { decoderShapes, type DecoderConfig } from '../../src/model/decoder-config';
import { DecoderGraph } from '../../src/model/decoder-graph';
import { GraphError } from '../../src/model/errors';

const tensors = randomOf(decoderShapes(config));
const size = { height: 32, width: 32 };

describe('before a device is touched', () => {
  const limits = { maxStorageBufferBindingSize: 2 ** 27, maxBufferSize: 2 ** 28 };
  const refusal = async (change: Partial<DecoderConfig>, of = size, allowed = limits): Promise<string> => {
    const device = { limits: allowed } as GPUDevice;
    const error = await DecoderGraph.build(device, { ...config, ...change }, tensors, of).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(GraphError);
    return (error as GraphError).cause;
  };

  it.each([
    [{ detail: 30 }, /detail of 30, .* multiple of 4/],
    [{ middle: 62 }, /middle of 62/],
    [{ context: 102 }, /context of 102/],
    [{ fine: 13 }, /fine of 13/],
  ] as const)('refuses a decoder that its kernels cannot have: %o', async (change, message) => {
    expect(await refusal(change)).toMatch(message);
  });

  it('refuses frames that do not come down to a quarter', async () => {
    expect(await refusal({}, { height: 32, width: 30 })).toMatch(/width of 30/);
  });

  it('refuses frames that need a larger buffer than the device allows', async () => {
    expect(await refusal({}, size, { ...limits, maxStorageBufferBindingSize: 2 ** 21 })).toMatch(
      /needs a buffer of 3145728 bytes, .* allows 2097152/, // 16 pictures of 3 x 128 x 128
    );
  });
});

/** Dawn brings its program for the usual systems; on another one there is nothing to check a program with. */
const dawn = await import('webgpu').catch(() => undefined);

describe.skipIf(!dawn)('on a device that computes nothing', () => {
  let gpu: GPU; // held, for with it goes every device
  let device: GPUDevice;
  const faults: string[] = [];
  beforeAll(async () => {
    Object.assign(globalThis, dawn!.globals);
    gpu = dawn!.create(['backend=null']);
    device = await (await gpu.requestAdapter())!.requestDevice();
    device.addEventListener('uncapturederror', ({ error }) => faults.push(error.message));
  });
  afterAll(() => expect(faults).toEqual([]));

  it('has valid programs, of any depth and with or without words', async () => {
    const bare = { ...config, near: 1, detail_depth: 0, context_depth: 2, vocabulary: 0 };
    for (const some of [config, bare]) {
      const graph = await DecoderGraph.build(device, some, randomOf(decoderShapes(some)), size);
      const frames = { frames: 16, ...size };
      const drawn = await graph.draw(new Float32Array(3 * 16 * 32 * 32), frames, [0, 15], Int32Array.of(1, 2, 3));
      expect(drawn.map(({ length }) => length)).toEqual([3 * 128 * 128, 3 * 128 * 128]);
      graph.dispose();
    }
  });

  it('takes memory for the frames of a call, and gives all of it back', async () => {
    const made: GPUBuffer[] = [];
    const create = device.createBuffer.bind(device);
    device.createBuffer = (descriptor) => {
      const buffer = create(descriptor);
      made.push(buffer);
      return buffer;
    };
    const [one, all] = [
      await DecoderGraph.build(device, config, tensors, size, { frames: 1 }),
      await DecoderGraph.build(device, config, tensors, size),
    ];
    const frame = {
      near: 12,
      detail: 28,
      half: 64 / 4,
      quarter: 104 / 16,
      hidden: 28,
      double: 4 * 12,
      pictures: 2 * 48,
    }; // numbers a pixel
    const numbers = Object.values(frame).reduce((a, b) => a + b);
    expect(all.bytes - one.bytes).toBe(15 * 4 * 32 * 32 * numbers);
    expect(all.bytes / 2 ** 20).toBeLessThan(20);
    one.dispose();
    all.dispose();
    // A buffer that is destroyed cannot be written.
    for (const buffer of made) {
      device.pushErrorScope('validation');
      device.queue.writeBuffer(buffer, 0, new Float32Array(1));
      expect(await device.popErrorScope(), buffer.label).not.toBeNull();
    }
  });
});
