/** In a file of its own, because a process can start wasm only once. */
import { getBackend, square, tensor } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend';

it('falls to plain JavaScript where the wasm files are not there, and works at once', async () => {
  const onFault = (error: Error) => {
    throw error;
  };
  const chosen = await selectBackend({ wasmFolder: '/no/such/folder/', onFault, preferred: 'wasm' });
  expect(chosen.backend).toBe('cpu');
  expect(chosen.reason).toMatch(/^Plain JavaScript on the processor, which is slow, because wasm failed \(.+\)\.$/);
  expect(getBackend()).toBe('cpu');
  expect([...(await square(tensor([1, 2])).data())]).toEqual([1, 4]);
});
