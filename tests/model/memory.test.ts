/** The estimate against what tfjs counts, for the models that are here. */
import { readFile } from 'node:fs/promises';
import { dispose, memory, profile } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend';
import { parseConfig } from '../../src/model/config';
import { readTensors } from '../../src/model/load';
import { memoryOf } from '../../src/model/memory';
import { Transformer } from '../../src/model/transformer';
import { tokenize } from '../../src/world/prompt';

beforeAll(async () => {
  const onFault = (error: Error) => {
    throw error;
  };
  await selectBackend({ preferred: 'wasm', wasmFolder: 'node_modules/@tensorflow/tfjs-backend-wasm/dist/', onFault });
});

it.each([
  ['models/nano', 1],
  ['models/nano', 2],
  ['models/mini', 2],
  ['tests/golden/model-tiny', 2],
])('%s with %i rows takes no more than the estimate, and no less than a third of it', async (folder, rows) => {
  const [config, weights] = await Promise.all(
    ['config.json', 'model.safetensors'].map((name) => readFile(`${folder}/${name}`)),
  );
  const { config: shape } = parseConfig(config.toString());
  const need = memoryOf(shape, rows);
  const before = memory().numBytes;
  const model = new Transformer(shape, readTensors(config, weights).tensors);
  const pixels = shape.frames * shape.height * shape.width;
  const tokens = Array.from({ length: rows }, () => tokenize('a red ball', shape.text_length).tokens);
  const text = model.encodeText(tokens);
  const levels = Float32Array.from({ length: pixels }, (_, i) => (i % 7) / 7); // a level of its own for each patch
  const call = await profile(() => model.denoise(new Float32Array(3 * pixels), levels, text));
  const peak = call.peakBytes - before;
  expect(peak).toBeLessThanOrEqual(need.bytes);
  expect(peak).toBeGreaterThan(need.bytes / 3);
  dispose(call.result as never);
  text.dispose();
  model.dispose();
  expect(memory().numBytes).toBe(before);
});
