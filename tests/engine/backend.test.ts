/** The order of backends in Node, where WebGPU does not exist: each backend, and each fall (but one: backend-broken-wasm.test.ts). */
import { getBackend } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkMemory, hurryReadBacks, knownLoss, selectBackend, type BackendOptions } from '../../src/engine/backend';

const options: BackendOptions = {
  wasmFolder: 'node_modules/@tensorflow/tfjs-backend-wasm/dist/',
  onFault: (error) => {
    throw error;
  },
};

/** A navigator whose adapter has this about itself. */
function stubAdapter(adapter: object | null): void {
  vi.stubGlobal('navigator', { gpu: { requestAdapter: async () => adapter } });
}

afterEach(() => void vi.unstubAllGlobals());

describe('the backend', () => {
  it('is WebAssembly without WebGPU, and says why', async () => {
    vi.stubGlobal('navigator', {});
    const chosen = await selectBackend(options);
    expect(chosen.backend).toBe('wasm');
    expect(chosen.reason).toBe('WebAssembly on the processor, because this browser does not offer WebGPU.');
    expect(chosen.whyNot).toEqual(['noWebGpu']);
    expect(getBackend()).toBe('wasm');
  });

  it('tells in a word each of what was missed, for pages in other languages', async () => {
    stubAdapter(null);
    expect((await selectBackend(options)).whyNot).toEqual(['noAdapter']);
    stubAdapter({ info: { isFallbackAdapter: true }, limits: {} });
    expect((await selectBackend(options)).whyNot).toEqual(['emulated']);
    stubAdapter({ get info(): never { throw new Error('no'); } }); // prettier-ignore
    expect((await selectBackend(options)).whyNot).toEqual(['failed']);
    const because = 'WebAssembly broke 3 times: it stopped';
    expect((await selectBackend({ ...options, preferred: 'cpu', because })).whyNot).toEqual(['broke']);
    expect((await selectBackend({ ...options, preferred: 'cpu' })).whyNot).toBeUndefined();
  });

  it('is WebAssembly where WebGPU has no adapter', async () => {
    stubAdapter(null);
    expect((await selectBackend(options)).reason).toMatch(
      /because this browser found no graphics processor for WebGPU/,
    );
  });

  it.each([{ isFallbackAdapter: true }, { architecture: 'swiftshader' }, { description: 'llvmpipe (LLVM 19)' }])(
    'is WebAssembly where the adapter is a program: %o',
    async (info) => {
      stubAdapter({ info, limits: {} });
      expect((await selectBackend(options)).reason).toMatch(/a program that plays one, which is slower/);
    },
  );

  it('is WebAssembly where the device is refused', async () => {
    stubAdapter({
      info: {},
      limits: {},
      features: new Set(),
      requestDevice: () => Promise.reject(new Error('too many devices')),
    });
    expect((await selectBackend(options)).reason).toBe(
      'WebAssembly on the processor, because webgpu failed (too many devices).',
    );
  });

  it('is WebGPU where there is a device, of which tfjs wants nothing; why it cannot start there hears who asks', async () => {
    const device = { addEventListener: () => {}, lost: new Promise(() => {}) }; // whatever else is asked of it throws
    stubAdapter({ info: { vendor: 'toy' }, limits: {}, features: new Set(), requestDevice: async () => device });
    const chosen = await selectBackend({ ...options, preferred: 'webgpu' });
    expect(chosen).toMatchObject({ backend: 'webgpu', reason: 'WebGPU on toy.', device });
    await expect(chosen.startTfjs()).rejects.toMatchObject({
      name: 'GraphError', // which another worker may mend, and after it a slower backend
      cause: expect.stringMatching(/^tfjs, which computes operation by operation, did not start \(.+\)$/),
    });
    expect((await selectBackend({ ...options, preferred: 'wasm' })).backend).toBe('wasm'); // nothing is left in its way
  });

  it('is plain JavaScript when asked for', async () => {
    expect(await selectBackend({ ...options, preferred: 'cpu' })).toMatchObject({
      backend: 'cpu',
      reason: 'Plain JavaScript on the processor, which is slow, as asked for.',
    });
  });
});

describe('memory', () => {
  const need = { bytes: 600e6, largest: 50e6 };
  const device = (largest: number) =>
    ({ limits: { maxStorageBufferBindingSize: largest, maxBufferSize: 2e9 } }) as unknown as GPUDevice;

  it('is refused before it is taken: a tensor that is too large for the graphics processor', () => {
    checkMemory('small', need, { device: device(128e6) });
    expect(() => checkMemory('small', need, { device: device(40e6) })).toThrow(
      expect.objectContaining({
        name: 'OutOfMemoryError',
        cause: 'small needs 50 MB in one piece, and the graphics processor gives 40 MB',
      }),
    );
  });

  it('is refused before it is taken: more than a fourth of the machine has', () => {
    vi.stubGlobal('navigator', { deviceMemory: 4 });
    checkMemory('small', need, {});
    vi.stubGlobal('navigator', { deviceMemory: 2 });
    expect(() => checkMemory('small', need, {})).toThrow(/^small needs 600 MB of memory/);
    vi.stubGlobal('navigator', {}); // most browsers do not tell
    checkMemory('small', need, {});
  });
});

describe('read-backs in Firefox', () => {
  it('are hurried by empty submits while one is pending, and not after', async () => {
    const submits: unknown[] = [];
    let done = () => {};
    class Buffer {}
    Object.assign(Buffer.prototype, { mapAsync: () => new Promise<void>((resolve) => (done = resolve)) });
    vi.stubGlobal('GPUBuffer', Buffer);
    hurryReadBacks({ queue: { submit: (list: unknown) => submits.push(list) } as unknown as GPUQueue });
    const pending = (Buffer.prototype as unknown as { mapAsync(): Promise<void> }).mapAsync.call(new Buffer());
    await vi.waitFor(() => expect(submits.length).toBeGreaterThan(2));
    done();
    await pending;
    const after = submits.length;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(submits.length).toBe(after);
    expect(submits[0]).toEqual([]);
  });
});

describe('the loss of a device', () => {
  it('is waited for where something failed, but not for long, and not without a device', async () => {
    const order: string[] = [];
    let lose = () => {};
    const lost = new Promise<GPUDeviceLostInfo>((resolve) => (lose = () => resolve({} as GPUDeviceLostInfo)));
    void lost.then(() => order.push('lost')); // as `selectBackend` hears of it
    const known = knownLoss({ device: { lost } as GPUDevice }, 10_000).then(() => order.push('known'));
    await knownLoss({});
    order.push('no device');
    lose();
    await known;
    await knownLoss({ device: { lost: new Promise(() => {}) } as unknown as GPUDevice }, 10);
    order.push('still there');
    expect(order).toEqual(['no device', 'lost', 'known', 'still there']);
  });
});
