import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend';
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
});
