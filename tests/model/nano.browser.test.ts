/**
 * The model that we ship, on WebGPU, against PyTorch: one call. Whole runs are compared in nano.test.ts, and on WebGPU
 * with the tiny model: an emulated graphics processor needs 15 s and more for one row of nano.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend';
import { TransformerDenoiser } from '../../src/model/denoiser';
import { fetchBytes, loadGolden, relativeError, tokenRows, tolerance, type Golden } from './golden';

let golden: Golden;
const faults: Error[] = [];

beforeAll(async () => {
  const chosen = await selectBackend({
    preferred: 'webgpu',
    wasmFolder: '/wasm/',
    onFault: (error) => faults.push(error),
  });
  expect(chosen.backend, chosen.reason).toBe('webgpu');
  golden = await loadGolden(fetchBytes, 'models/nano', 'tests/golden/nano.safetensors');
});

afterAll(() => expect(faults).toEqual([])); // a failed GPU operation does not throw

it('nano computes on WebGPU what PyTorch does', async () => {
  const { model, expected } = golden;
  const guess = expected.get('uniform.guess')!; // (2, 3, F, H, W)
  const denoiser = new TransformerDenoiser(model, tokenRows(expected.get('tokens')!)[0]);
  const [prompt] = await denoiser.guess(expected.get('x')!.data, expected.get('uniform.levels')!.data, ['prompt']);
  expect(relativeError(prompt, guess.data.subarray(0, prompt.length))).toBeLessThanOrEqual(tolerance);
});
