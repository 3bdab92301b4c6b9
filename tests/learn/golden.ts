/** Against training/golden_learn.py: the same checks on every backend. */
import { expect } from 'vitest';
import { memory } from '@tensorflow/tfjs-core';
import { Trainer } from '../../src/learn/trainer';
import type { ModelConfig } from '../../src/model/config';
import { parseSafetensors, type StoredTensor } from '../../src/model/safetensors';
import { relativeError, tokenRows, type Read } from '../model/golden';

const tolerance = 1e-4;

/** What begins with a prefix, without it. */
function under(all: ReadonlyMap<string, StoredTensor>, prefix: string): Map<string, StoredTensor> {
  const own = [...all].filter(([name]) => name.startsWith(prefix));
  return new Map(own.map(([name, stored]) => [name.slice(prefix.length), stored]));
}

function rowsOf({ data, shape }: StoredTensor): Float32Array[] {
  const size = data.length / shape[0];
  return Array.from({ length: shape[0] }, (_, row) => data.slice(row * size, (row + 1) * size));
}

function expectSame(got: ReadonlyMap<string, StoredTensor>, expected: ReadonlyMap<string, StoredTensor>): void {
  expect([...got.keys()].sort()).toEqual([...expected.keys()].sort()); // nothing was left out
  const errors = [...expected].map(([name, { data }]) => [name, relativeError(got.get(name)!.data, data)] as const);
  expect(errors.filter(([, error]) => !(error <= tolerance))).toEqual([]);
}

/** Loss, gradient of every tensor, weights after one step and after two; and that nothing is left behind. */
export async function expectGoldenSteps(read: Read): Promise<void> {
  const all = parseSafetensors(await read('tests/golden/learn.safetensors'), 'learn.safetensors');
  const config = JSON.parse(new TextDecoder().decode(await read('tests/golden/learn.json'))) as ModelConfig;
  const [rate] = all.get('settings')!.data;
  const batch = {
    clips: rowsOf(all.get('clips')!),
    noise: rowsOf(all.get('noise')!),
    levels: all.get('levels')!.data,
    tokens: tokenRows(all.get('tokens')!),
  };
  const before = memory().numTensors;
  const trainer = new Trainer(config, under(all, '0.'));
  const { losses, gradients } = await trainer.gradients(batch);
  expect(relativeError(losses, all.get('losses')!.data)).toBeLessThanOrEqual(tolerance);
  expectSame(trainer.tensors(gradients), under(all, 'gradient.'));
  const standing = memory().numTensors;
  await trainer.step(batch, rate);
  expectSame(trainer.tensors(), under(all, '1.'));
  await trainer.step(batch, rate);
  expectSame(trainer.tensors(), under(all, '2.'));
  expect(memory().numTensors).toBe(standing);
  trainer.dispose();
  expect(memory().numTensors).toBe(before);
}
