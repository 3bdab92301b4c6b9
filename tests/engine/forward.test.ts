/** Which forward pass runs, and what is said about it, in Node: the static graph itself is tested in a browser. */
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { selectBackend, type ChosenBackend } from '../../src/engine/backend';
import { EngineError } from '../../src/engine/errors';
import { makeForward } from '../../src/engine/forward';
import { browserMemory } from '../../src/engine/memory';
import { readTensors, type ReadModel } from '../../src/model/load';
import { Transformer } from '../../src/model/transformer';

let chosen: ChosenBackend;
let tiny: ReadModel;

beforeAll(async () => {
  const onFault = (error: Error) => {
    throw error;
  };
  chosen = await selectBackend({ preferred: 'cpu', wasmFolder: '', onFault });
  const [config, weights] = ['config.json', 'model.safetensors'].map((name) =>
    readFile(`tests/golden/model-tiny/${name}`),
  );
  tiny = readTensors(await config, await weights);
});

it('without a device it is the page of operations, and nothing more is said', async () => {
  const progress: number[][] = [];
  const { forward, reason } = await makeForward(chosen, tiny, (done, total) => progress.push([done, total]));
  expect(forward).toBeInstanceOf(Transformer);
  expect(reason).toBe(chosen.reason);
  expect(progress).toEqual([
    [0, 1],
    [1, 1],
  ]);
  forward.dispose();
});

describe('where the static graph cannot be built', () => {
  const device = { limits: { maxStorageBufferBindingSize: 1000, maxBufferSize: 1000 } } as GPUDevice;
  const toy = { reason: 'WebGPU on a toy.', device, adapter: { name: 'toy', emulated: true } };

  it('tfjs is started, it is the page of operations, and the reason says why', async () => {
    const startTfjs = vi.fn(async () => {});
    const { forward, reason, whyNot } = await makeForward({ ...chosen, ...toy, startTfjs }, tiny, () => {});
    expect(whyNot).toBe('noGraph');
    expect(startTfjs).toHaveBeenCalledOnce();
    expect(forward).toBeInstanceOf(Transformer);
    expect(reason).toMatch(
      /^WebGPU on a toy\. It runs operation by operation, which is slower, because the model needs a buffer of \d+ bytes, and this graphics processor allows 1000\.$/,
    );
    forward.dispose();
  });

  it('and tfjs cannot be started either, there is nothing', async () => {
    const startTfjs = () => Promise.reject(new EngineError('GraphError', 'tfjs did not start', 'load again'));
    const forward = makeForward({ ...chosen, ...toy, startTfjs }, tiny, () => {});
    await expect(forward).rejects.toMatchObject({ name: 'GraphError', cause: 'tfjs did not start' });
  });
});

it('a place without a store forgets, and does not mind', async () => {
  await browserMemory().remember('block', 'wide');
  expect(await browserMemory().recall('block')).toBeUndefined();
});
