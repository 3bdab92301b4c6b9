/** The ladder in Node, where WebGPU does not exist: each rung, and each fall (but one: backend-broken-wasm.test.ts). */
import { getBackend } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { selectBackend, type BackendOptions } from '../../src/engine/backend';

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
    expect(getBackend()).toBe('wasm');
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
    stubAdapter({ info: {}, limits: {}, requestDevice: () => Promise.reject(new Error('too many devices')) });
    expect((await selectBackend(options)).reason).toBe(
      'WebAssembly on the processor, because webgpu failed (too many devices).',
    );
  });

  it('is plain JavaScript when asked for', async () => {
    expect(await selectBackend({ ...options, preferred: 'cpu' })).toEqual({
      backend: 'cpu',
      reason: 'Plain JavaScript on the processor, which is slow, as asked for.',
    });
  });
});
