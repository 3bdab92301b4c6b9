/** A look inside, against PyTorch: training/golden_probe.py makes the golden files. */
import { readFile } from 'node:fs/promises';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend';
import { probe } from '../../src/model/probe';
import type { ProbedBlock, ProbeInput } from '../../src/model/probed';
import { loadGolden, relativeError, tokenRows, type Golden } from './golden';
import { probeErrors } from './golden-probe';

const read = (path: string) => readFile(path);
const wasmFolder = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/';
const onFault = (error: Error) => {
  throw error;
};

const start = async (backend: 'cpu' | 'wasm') =>
  expect((await selectBackend({ preferred: backend, wasmFolder, onFault })).backend).toBe(backend);

describe.each(['cpu', 'wasm'] as const)('a look inside on %s', (backend) => {
  let golden: Golden;

  beforeAll(async () => {
    await start(backend);
    golden = await loadGolden(read, 'tests/golden/model-tiny', 'tests/golden/model-tiny/probe.safetensors');
  });

  const given = (change: Partial<ProbeInput> = {}): ProbeInput => {
    const { expected, model } = golden;
    const [x, levels] = ['mixed.x', 'mixed.levels'].map((name) => expected.get(name)!.data);
    return { x, levels, shape: model.config, ...change };
  };

  async function look(change: Partial<ProbeInput> = {}, signal?: AbortSignal): Promise<ProbedBlock[]> {
    const { model, expected } = golden;
    const text = model.encodeText(tokenRows(expected.get('tokens')!));
    const blocks: ProbedBlock[] = [];
    try {
      for await (const block of probe(model, text, given(change), signal)) blocks.push(block);
    } finally {
      text.dispose();
    }
    return blocks;
  }

  it.each(['uniform', 'mixed', 'other'] as const)(
    'shows what PyTorch computes, to 1e-4: %s noise levels, "other" in a clip of another shape',
    async (kase) => {
      const errors = await probeErrors(golden, kase);
      expect(Object.keys(errors).sort()).toEqual(
        [0, 1].flatMap((block) => ['guesses', 'lengths', 'reads', 'rows', 'times'].map((name) => `${block}.${name}`)),
      );
      expect(Object.entries(errors).filter(([, error]) => !(error <= 1e-4))).toEqual([]);
    },
  );

  it('gives every row of every head, and each adds up to 1', async () => {
    const { heads, text_length } = golden.model.config;
    for (const { rows, reads, times, grid, places, guess } of await look()) {
      expect([grid, places, guess]).toEqual([[3, 4, 6], text_length, undefined]);
      const patches = 72;
      const keys = places + patches;
      expect(rows.length).toBe(heads * patches * keys);
      const sums = Array.from({ length: heads * patches }, (_, row) =>
        rows.subarray(row * keys, (row + 1) * keys).reduce((a, b) => a + b, 0),
      );
      expect(Math.max(...sums.map((sum) => Math.abs(sum - 1)))).toBeLessThan(1e-5);
      const toWords = reads.reduce((a, b) => a + b, 0) / patches;
      const toPatches = times.reduce((a, b) => a + b, 0) / grid[0];
      expect(toWords + toPatches).toBeCloseTo(1, 5);
    }
  });

  it('gives the rows of the patches and the blocks that were asked for, and stops behind the last of those', async () => {
    const all = await look({ guesses: true });
    const [only, ...more] = await look({ blocks: [0], tokens: [71, 3], guesses: true });
    expect(more).toEqual([]);
    const { places, heads } = only;
    const keys = places + 72;
    for (let head = 0; head < heads; head++)
      [71, 3].forEach((token, i) => {
        const row = all[0].rows.subarray((head * 72 + token) * keys, (head * 72 + token + 1) * keys);
        const at = (head * 2 + i) * keys;
        expect(only.rows.subarray(at, at + keys)).toEqual(row);
      });
    expect(only.guess).toEqual(all[0].guess);
    expect((await look({ blocks: [1] })).map(({ block }) => block)).toEqual([1]);
  });

  it('is the very call that a run makes: the guess of the last block is the guess', async () => {
    const { model, expected } = golden;
    const { x, levels } = given();
    const text = model.encodeText(tokenRows(expected.get('tokens')!));
    const [guess] = await model.guess(x, levels, text);
    text.dispose();
    const [first, last] = await look({ guesses: true });
    expect(relativeError(last.guess!, guess)).toBeLessThan(1e-6);
    expect(relativeError(first.guess!, guess)).toBeGreaterThan(0.1);
  });

  it('ends before the next block once it is stopped, and leaves no tensor behind, however it ends', async () => {
    const before = memory().numTensors;
    await look({ guesses: true });
    expect(memory().numTensors).toBe(before);

    const { model, expected } = golden;
    const text = model.encodeText(tokenRows(expected.get('tokens')!));
    const stop = new AbortController();
    const blocks = probe(model, text, given(), stop.signal);
    expect((await blocks.next()).value).toMatchObject({ block: 0 });
    stop.abort();
    await expect(blocks.next()).rejects.toMatchObject({ name: 'AbortError' });
    const left = probe(model, text, given());
    await left.next();
    await left.return();
    text.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it.each<[string, Partial<ProbeInput>]>([
    ['a block behind the last', { blocks: [2] }],
    ['no block at all', { blocks: [] }],
    ['a patch before the first', { tokens: [-1] }],
    ['a patch behind the last', { tokens: [72] }],
    ['half a patch', { tokens: [0.5] }],
    ['a clip that is no whole patches', { shape: { frames: 6, height: 16, width: 23 } }],
    ['a clip of another size', { shape: { frames: 8, height: 16, width: 24 } }],
    ['as many noise levels as fit nothing', { levels: new Float32Array(7) }],
    ['more rows than anybody can take', { tokens: new Array<number>(40_000).fill(0) }],
  ])('refuses %s', async (_, change) => {
    await expect(look(change)).rejects.toThrow(RangeError);
  });
});

describe('the models that we ship', () => {
  it.each(['nano', 'mini'])('%s shows what PyTorch computes, to 1e-4, in every block and head', async (name) => {
    await start('wasm');
    const golden = await loadGolden(read, `models/${name}`, `tests/golden/${name}-probe.safetensors`);
    const errors = await probeErrors(golden);
    expect(Object.keys(errors).length).toBe(4 * golden.model.config.depth);
    expect(Object.entries(errors).filter(([, error]) => !(error <= 1e-4))).toEqual([]);
    golden.model.dispose();
  });
});
