import { env, memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend';
import { Decoder } from '../../src/model/decoder';
import { drawErrors, fetchBytes, loadGoldenDecoder, tinyDecoder, tolerance, type GoldenDecoder } from './golden';

let golden: GoldenDecoder;
let decoder: Decoder;
const faults: Error[] = [];

beforeAll(async () => {
  const chosen = await selectBackend({
    preferred: 'webgpu',
    wasmFolder: '/wasm/',
    onFault: (error) => faults.push(error),
  });
  expect(chosen.backend, chosen.reason).toBe('webgpu');
  await chosen.startTfjs();
  // Otherwise tfjs would compute small tensors on the CPU, and the test would compare that.
  expect(env().getBool('WEBGPU_CPU_FORWARD')).toBe(false);
  golden = await loadGoldenDecoder(fetchBytes, tinyDecoder);
  decoder = new Decoder(golden.config, golden.tensors);
});

afterAll(() => expect(faults).toEqual([])); // a failed GPU operation does not throw

it('draws on WebGPU what PyTorch draws, to the last row and column', async () => {
  const errors = await drawErrors(decoder, golden);
  expect(errors.length).toBe(golden.shape.frames);
  expect(Math.max(...errors)).toBeLessThanOrEqual(tolerance);
});

it('draws on WebGPU a frame alone as among others, and leaves no tensor behind', async () => {
  const before = memory().numTensors;
  expect(Math.max(...(await drawErrors(decoder, golden, [4, 2])))).toBeLessThanOrEqual(tolerance);
  expect(memory().numTensors).toBe(before);
});
