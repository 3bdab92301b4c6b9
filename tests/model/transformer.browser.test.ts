import { backend, env } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { selectBackend, type ChosenBackend } from '../../src/engine/backend';
import { makeForward } from '../../src/engine/forward';
import { readTensors } from '../../src/model/load';
import type { Transformer } from '../../src/model/transformer';
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

let chosen: ChosenBackend;
let golden: Golden;
const faults: Error[] = [];

beforeAll(async () => {
  chosen = await selectBackend({
    preferred: 'webgpu',
    wasmFolder: '/wasm/',
    onFault: (error) => faults.push(error),
  });
  expect(chosen.backend, chosen.reason).toBe('webgpu');
  await chosen.startTfjs();
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

it('is what the engine has where the static graph refuses: on the same device, and beside one that is there already', async () => {
  const before = backend();
  const refusing = { limits: { maxBufferSize: 1000, maxStorageBufferBindingSize: 1000 } } as GPUDevice;
  const [config, weights] = ['config.json', 'model.safetensors'].map((name) =>
    fetchBytes(`tests/golden/model-tiny/${name}`),
  );
  const tiny = readTensors(await config, await weights);
  const { forward, reason } = await makeForward({ ...chosen, device: refusing }, tiny, () => {});
  expect(reason).toMatch(/^WebGPU on .+ It runs operation by operation, which is slower, because .+ allows 1000\.$/);
  expect(backend()).toBe(before);
  expect((before as unknown as { device: GPUDevice }).device).toBe(chosen.device);
  for (const model of [forward as Transformer, golden.model])
    expectWithin(await forwardErrors({ ...golden, model }, 'uniform'), tinyNames('uniform'));
  forward.dispose();
});
