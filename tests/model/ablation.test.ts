/** A network that does without something, against PyTorch: training/golden_ablation.py makes the golden file. */
import { readFile } from 'node:fs/promises';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend';
import { cutOf, maskOf, orderOf } from '../../src/model/ablation';
import { TransformerDenoiser } from '../../src/model/denoiser';
import { probe } from '../../src/model/probe';
import type { ProbedBlock } from '../../src/model/probed';
import { readAblation } from '../../src/sampling/ablation';
import { loadGolden, relativeError, tokenRows, type Golden } from './golden';
import { ablationCases, ablationErrors } from './golden-ablation';

const wasmFolder = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/';
const onFault = (error: Error) => {
  throw error;
};

/** What comes before the first full stop of an ablation as a link has it. */
const kindOf = (text: string) => text.split('.')[0];

describe.each(['cpu', 'wasm'] as const)('a network that does without something, on %s', (backend) => {
  let golden: Golden;

  beforeAll(async () => {
    expect((await selectBackend({ preferred: backend, wasmFolder, onFault })).backend).toBe(backend);
    const folder = 'tests/golden/model-tiny';
    golden = await loadGolden((path) => readFile(path), folder, `${folder}/ablation.safetensors`);
  });

  it('computes what PyTorch does, to 1e-4, and each of them is another guess than the whole network has', async () => {
    const { model, expected } = golden;
    const before = memory().numTensors;
    const all = ablationCases(expected);
    // Plain JavaScript is slow: the last case, of five kinds at once, and one of each kind that is not among them.
    const last = all.at(-1)!;
    const others = all.filter((kase) => !last.includes(kindOf(kase)));
    const firsts = others.filter((kase, i) => others.findIndex((other) => kindOf(other) === kindOf(kase)) === i);
    expect(firsts.map(kindOf)).toEqual(['space', 'block', 'vector']);
    expect(await ablationErrors(model, expected, 1e-4, backend === 'cpu' ? [...firsts, last] : all)).toEqual([]);
    expect(memory().numTensors).toBe(before);
    const whole = expected.get('guess.')!.data;
    for (const kase of all.filter(Boolean))
      expect(relativeError(expected.get(`guess.${kase}`)!.data, whole), kase).toBeGreaterThan(1e-2);
  });

  it('shows the look inside what it does without', async () => {
    const { model, expected } = golden;
    const look = async (text: string): Promise<ProbedBlock[]> => {
      const [row] = tokenRows(expected.get('tokens')!);
      const encoded = model.encodeText([row], readAblation(text));
      const [x, levels] = ['x', 'levels'].map((name) => expected.get(name)!.data);
      const blocks: ProbedBlock[] = [];
      for await (const block of probe(model, encoded, { x, levels, shape: model.config })) blocks.push(block);
      encoded.dispose();
      return blocks;
    };
    const [first, second] = await look('time_words.1');
    const [times] = first.grid;
    first.times.forEach((share, i) => expect(share > 0).toBe(i % (times + 1) === 0)); // each reads its own time alone
    expect(first.reads.some((share) => share > 0)).toBe(true);
    expect(second.reads.every((share) => share === 0)).toBe(true);
    expect((await look('block.0')).map(({ block }) => block)).toEqual([1]); // what is left out shows nothing
  });

  it('refuses to do without what it has not', () => {
    const { model, expected } = golden;
    const rows = tokenRows(expected.get('tokens')!);
    for (const text of ['block.2', 'words.2', 'head.0.2', 'head.2.0', 'block.0_block.1'])
      expect(() => model.encodeText(rows, readAblation(text)), text).toThrow(
        expect.objectContaining({ name: 'SettingsError' }),
      );
  });

  it('refuses to turn a word that it does not know, or into one', () => {
    const { model, expected } = golden;
    const rows = tokenRows(expected.get('tokens')!);
    for (const text of ['vector.red.red.zebra.50', 'vector.zebra.red.blue.50', 'vector.red.zebra.blue.50'])
      expect(() => model.encodeText(rows, readAblation(text)), text).toThrow(/word that the network knows/);
  });

  it('asks the weak model whole', async () => {
    const { model, expected } = golden;
    const [tokens] = tokenRows(expected.get('tokens')!);
    const [x, levels] = ['x', 'levels'].map((name) => expected.get(name)!.data);
    const denoiser = new TransformerDenoiser(model, tokens, { weak: model, ablation: readAblation('time') });
    const whole = new TransformerDenoiser(model, tokens);
    const [weak, cut] = await denoiser.guess(x, levels, ['weak', 'prompt']);
    const [prompt] = await whole.guess(x, levels, ['prompt']);
    expect(relativeError(weak, prompt)).toBeLessThan(1e-5);
    expect(relativeError(cut, prompt)).toBeGreaterThan(1e-2);
    denoiser.dispose();
    whole.dispose();
  });
});

describe('what an ablation comes to', () => {
  it('leaves every patch itself to read, whatever else is gone', () => {
    const places = 3;
    const mask = maskOf(cutOf(readAblation('time_space_words.0'), 0), places, [2, 2, 3])!;
    for (let patch = 0; patch < 12; patch++)
      for (let key = 0; key < 15; key++) expect(mask[patch * 15 + key] === 0).toBe(key - places === patch);
  });

  it('shuffles by the seed: all places are given away, most to others', () => {
    const order = orderOf(readAblation('shuffle.3'), 128)!;
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 128 }, (_, i) => i));
    expect(order.filter((place, i) => place !== i).length).toBeGreaterThan(110);
    expect(orderOf(readAblation('shuffle.4'), 128)).not.toEqual(order);
    expect(orderOf(readAblation('time'), 128)).toBeUndefined();
  });
});
