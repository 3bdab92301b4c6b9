import { env } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend';
import {
  expectWithin,
  fetchBytes,
  forwardErrors,
  loadGolden,
  runErrors,
  runNames,
  tinyNames,
  type Golden,
} from './golden';

let golden: Golden;
const faults: Error[] = [];

beforeAll(async () => {
  const chosen = await selectBackend({
    preferred: 'webgpu',
    wasmFolder: '/wasm/',
    onFault: (error) => faults.push(error),
  });
  expect(chosen.backend, chosen.reason).toBe('webgpu');
  // Otherwise tfjs would compute small tensors on the CPU, and the test would compare that.
  expect(env().getBool('WEBGPU_CPU_FORWARD')).toBe(false);
  golden = await loadGolden(fetchBytes, 'tests/golden/model-tiny', 'tests/golden/model-tiny/golden.safetensors');
});

afterAll(() => expect(faults).toEqual([])); // a failed GPU operation does not throw

it.each(['uniform', 'mixed', 'other'] as const)(
  'computes on WebGPU what PyTorch does, stage by stage: %s noise levels, "other" in a clip of another shape',
  async (kase) => {
    const errors = await forwardErrors(golden, kase);
    expectWithin(errors, tinyNames(kase));
  },
);

it('draws on WebGPU the clip that PyTorch draws, in 12 guided steps', async () => {
  expectWithin(await runErrors(golden, 'multistep'), runNames('multistep')); // the other samplers: same model, tested in Node
});
