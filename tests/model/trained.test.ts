/** The models that we trained, against PyTorch: training/golden_model.py --model models/mini makes a golden file. */
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend';
import { expectWithin, forwardErrors, loadGolden, runErrors, runNames, type Golden } from './golden';

/** Without and with the skip, each with one sampler: that all of them step as in PyTorch, transformer.test.ts says of the tiny one. */
const models = [
  ['nano', 'euler'],
  ['mini', 'multistep'],
] as const;

beforeAll(async () => {
  const onFault = (error: Error) => {
    throw error;
  };
  const wasmFolder = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/';
  expect((await selectBackend({ preferred: 'wasm', wasmFolder, onFault })).backend).toBe('wasm');
});

describe.each(models)('%s', (name, sampler) => {
  let golden: Golden;
  beforeAll(async () => {
    golden = await loadGolden((path) => readFile(path), `models/${name}`, `tests/golden/${name}.safetensors`);
  });

  it.each(['uniform', 'mixed'] as const)('computes what PyTorch does: %s noise levels', async (kase) => {
    expectWithin(await forwardErrors(golden, kase), [`${kase}.guess`]);
  });

  it(`draws the clip that PyTorch draws, in 12 guided steps by ${sampler}`, async () => {
    expectWithin(await runErrors(golden, sampler), runNames(sampler));
  });
});
