/**
 * The model that we ship, on WebGPU, against PyTorch: one call of the static graph, with both rows. Whole runs are
 * compared in trained.test.ts, and on WebGPU with the tiny model: an emulated graphics processor is slow.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { StaticGraph } from '../../src/model/graph';
import { readTensors, type ReadModel } from '../../src/model/load';
import { parseSafetensors } from '../../src/model/safetensors';
import { fetchBytes, relativeError, tokenRows } from './golden';
import { openDevice, type TestDevice } from './gpu';

let gpu: TestDevice;
let mini: ReadModel;

beforeAll(async () => {
  gpu = await openDevice();
  mini = readTensors(await fetchBytes('models/mini/config.json'), await fetchBytes('models/mini/model.safetensors'));
});

afterAll(() => expect(gpu.faults).toEqual([])); // a failed GPU operation does not throw

it('mini computes on WebGPU what PyTorch does', async () => {
  const file = 'tests/golden/mini.safetensors';
  const expected = parseSafetensors(await fetchBytes(file), file);
  const graph = await StaticGraph.build(gpu.device, mini.config, mini.tensors);
  const text = graph.encodeText(tokenRows(expected.get('tokens')!));
  const guesses = await graph.guess(expected.get('x')!.data, expected.get('uniform.levels')!.data, text);
  const got = Float32Array.from(guesses.flatMap((guess) => [...guess])); // (2, 3, F, H, W)
  expect(relativeError(got, expected.get('uniform.guess')!.data)).toBeLessThanOrEqual(1e-4);
});
