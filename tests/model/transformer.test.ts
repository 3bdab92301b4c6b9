import { readFile } from 'node:fs/promises';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend';
import { TransformerDenoiser } from '../../src/model/denoiser';
import {
  expectWithin,
  forwardErrors,
  loadGolden,
  relativeError,
  runErrors,
  runNames,
  tinyNames,
  tokenRows,
  type Golden,
} from './golden';

const tiny = () =>
  loadGolden((path) => readFile(path), 'tests/golden/model-tiny', 'tests/golden/model-tiny/golden.safetensors');
const wasmFolder = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/';
const onFault = (error: Error) => {
  throw error;
};

describe.each(['cpu', 'wasm'] as const)('the transformer on %s', (backend) => {
  let golden: Golden;

  beforeAll(async () => {
    expect((await selectBackend({ preferred: backend, wasmFolder, onFault })).backend).toBe(backend);
    golden = await tiny();
  });

  it.each(['uniform', 'mixed', 'other'] as const)(
    'computes what PyTorch does, stage by stage: %s noise levels, "other" in a clip of another shape',
    async (kase) => {
      const errors = await forwardErrors(golden, kase);
      expectWithin(errors, tinyNames(kase));
    },
  );

  it('computes from weights in int8 what PyTorch does from the same', async () => {
    const whole = await loadGolden((path) => readFile(path), 'tests/golden/model-int8', 'tests/golden/model-int8/golden.safetensors'); // prettier-ignore
    const errors = await forwardErrors(whole, 'mixed');
    expectWithin(errors, ['mixed.guess']);
    const rounded = relativeError(whole.expected.get('mixed.guess')!.data, golden.expected.get('mixed.guess')!.data);
    expect(rounded).toBeGreaterThan(1e-3); // it is another file
    whole.model.dispose();
  });

  // How a sampler steps is no matter of the backend: in plain JavaScript, which is slow, the one that the page begins with.
  it.each(backend === 'cpu' ? (['multistep'] as const) : (['euler', 'heun', 'multistep'] as const))(
    'draws the clip that PyTorch draws, in 12 guided steps by %s',
    async (sampler) => {
      const errors = await runErrors(golden, sampler);
      expectWithin(errors, runNames(sampler));
    },
  );

  it('answers each condition as if it were asked alone, and leaves no tensor behind', async () => {
    const { model, expected } = golden;
    const [x, levels] = [expected.get('x')!.data, expected.get('mixed.levels')!.data];
    const before = memory().numTensors;
    const denoiser = new TransformerDenoiser(model, tokenRows(expected.get('tokens')!)[0]);
    const [prompt, empty] = await denoiser.guess(x, levels, ['prompt', 'empty']);
    const [promptAlone] = await denoiser.guess(x, levels, ['prompt']);
    const [emptyAlone] = await denoiser.guess(x, levels, ['empty']);
    expect(relativeError(prompt, promptAlone)).toBeLessThan(1e-5);
    expect(relativeError(empty, emptyAlone)).toBeLessThan(1e-5);
    expect(relativeError(prompt, empty)).toBeGreaterThan(0.1); // the words do matter
    const during = memory().numTensors;
    await denoiser.guess(x, levels, ['prompt']);
    expect(memory().numTensors).toBe(during);
    denoiser.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('answers for words to stay away from and for a weak model, where it has them, and else says so', async () => {
    const { model, expected } = golden;
    const [x, levels] = [expected.get('x')!.data, expected.get('mixed.levels')!.data];
    const [tokens, negative] = tokenRows(expected.get('tokens')!);
    const bare = new TransformerDenoiser(model, tokens);
    const full = new TransformerDenoiser(model, tokens, { negative, weak: model });
    expect([bare.conditions, full.conditions]).toEqual([
      ['prompt', 'empty'],
      ['prompt', 'empty', 'negative', 'weak'],
    ]);
    const [prompt] = await bare.guess(x, levels, ['prompt']);
    const [weak, away, strong] = await full.guess(x, levels, ['weak', 'negative', 'prompt']);
    const [asPrompt] = await new TransformerDenoiser(model, negative).guess(x, levels, ['prompt']);
    expect(relativeError(weak, prompt)).toBeLessThan(1e-5); // the same weights, the same words
    expect(relativeError(strong, prompt)).toBeLessThan(1e-5);
    expect(relativeError(away, asPrompt)).toBeLessThan(1e-5);
    expect(relativeError(away, prompt)).toBeGreaterThan(0.1);
    for (const condition of ['negative', 'weak'] as const)
      await expect(bare.guess(x, levels, [condition])).rejects.toMatchObject({ name: 'ConditionError', condition });
    bare.dispose();
    full.dispose();
  });

  it('refuses tokens that no word has', () => {
    const { model } = golden;
    for (const bad of [-1, model.config.vocabulary]) {
      expect(() => model.encodeText([new Int32Array(model.config.text_length).fill(bad)])).toThrow(RangeError);
    }
    expect(() => model.encodeText([new Int32Array(3)])).toThrow(RangeError);
  });
});
