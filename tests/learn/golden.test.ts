import { readFile } from 'node:fs/promises';
import { getKernel, memory, mul, registerKernel, unregisterKernel, type Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend';
import { learnsRight } from '../../src/learn/proof';
import { expectGoldenSteps } from './golden';

const wasmFolder = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/';
const onFault = (error: Error) => {
  throw error;
};

describe.each(['cpu', 'wasm'] as const)('a step of training on %s', (backend) => {
  it('has the loss, the gradient of every tensor and the new weights of PyTorch, and leaves nothing behind', async () => {
    expect((await selectBackend({ preferred: backend, wasmFolder, onFault })).backend).toBe(backend);
    await expectGoldenSteps((path) => readFile(path));
  });

  it('passes the proof that a graphics processor has to pass, and does not where one operation is a little off', async () => {
    const before = memory().numTensors;
    expect(await learnsRight()).toBe(true);
    const right = getKernel('Sigmoid', backend)!;
    unregisterKernel('Sigmoid', backend);
    const off = ({ inputs, ...rest }: Parameters<typeof right.kernelFunc>[0]) => {
      const { x } = inputs as { readonly x: Tensor };
      const larger = mul(x, 1.1);
      const y = right.kernelFunc({ ...rest, inputs: { x: larger } });
      larger.dispose();
      return y;
    };
    registerKernel({ ...right, kernelFunc: off });
    try {
      expect(await learnsRight()).toBe(false);
    } finally {
      unregisterKernel('Sigmoid', backend);
      registerKernel(right);
    }
    expect(memory().numTensors).toBe(before);
  });
});
