/** The model that we ship, against PyTorch: training/golden_model.py --model models/nano makes the golden file. */
import { readFile } from 'node:fs/promises';
import { beforeAll, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend';
import { expectWithin, forwardErrors, loadGolden, runErrors, runNames, type Golden } from './golden';

let golden: Golden;

beforeAll(async () => {
  const onFault = (error: Error) => {
    throw error;
  };
  const wasmFolder = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/';
  expect((await selectBackend({ preferred: 'wasm', wasmFolder, onFault })).backend).toBe('wasm');
  golden = await loadGolden((path) => readFile(path), 'models/nano', 'tests/golden/nano.safetensors');
});

it.each(['uniform', 'mixed'] as const)('nano computes what PyTorch does: %s noise levels', async (kase) => {
  expectWithin(await forwardErrors(golden, kase), [`${kase}.guess`]);
});

it.each(['euler', 'multistep'] as const)(
  'nano draws the clip that PyTorch draws, in 12 guided steps by %s',
  async (sampler) => {
    expectWithin(await runErrors(golden, sampler), runNames(sampler));
  },
);
