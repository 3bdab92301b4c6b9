/** The decoder in a real worker, on WebGPU and on the fallback, and from one to the other. */
import { afterEach, expect, it } from 'vitest';
import { DecoderClient } from '../../src/workers/decoder-client';
import type { DrawRequest, ToDecoder } from '../../src/engine/decoder-protocol';
import type { BackendName } from '../../src/engine/protocol';

import { fetchBytes, loadGoldenDecoder, tinyDecoder } from '../model/golden';

const folder = '/tests/golden/decoder-tiny/';
const open: DecoderClient[] = [];
let workers: Worker[] = [];

/** It asks for `backend` by name, where the page takes what is best: the only adapter of a test may be a program. */
function decoderOn(backend: BackendName, modelUrl = folder): DecoderClient {
  workers = [];
  const start = () => {
    const worker = new Worker(new URL('./breakable-worker.ts', import.meta.url), {
      type: 'module',
      name: 'snowglobe decoder', // decoderName; Vite wants to read it here
    });
    const post = worker.postMessage.bind(worker);
    worker.postMessage = (message: ToDecoder) =>
      post(message.type === 'load' ? { ...message, backend: message.backend ?? backend } : message);
    workers.push(worker);
    return worker;
  };
  open.push(new DecoderClient(new URL(modelUrl, location.origin).href, start));
  return open.at(-1)!;
}

afterEach(() => open.splice(0).forEach((decoder) => decoder.dispose()));

it('draws on WebGPU as a static graph, and, when its device is destroyed, the same by WebAssembly', async () => {
  const { clip, shape } = await loadGoldenDecoder(fetchBytes, tinyDecoder);
  const request: DrawRequest = { clip, shape, prompt: 'a red ball', frames: [2] };
  const decoder = decoderOn('webgpu');
  expect((await decoder.load()).reason).toMatch(/^WebGPU on (?!.* operation by operation).+\.$/);
  const [before] = await decoder.draw(request);
  expect([before.width, before.height]).toEqual([4 * shape.width, 4 * shape.height]);
  expect(new Set(before.rgba).size).toBeGreaterThan(50); // a picture
  workers[0].postMessage({ destroy: true } as never);
  const [after] = await decoder.draw(request);
  const off = after.rgba.map((value, i) => Math.abs(value - before.rgba[i]));
  expect(Math.max(...off)).toBeLessThanOrEqual(1); // of 255: what lies between two may be rounded either way
  expect((await decoder.load()).reason).toMatch(/^WebAssembly on the processor, because the decoder broke: the /);
  expect(workers.length).toBe(2);
});

it('says that its folder is missing', async () => {
  await expect(decoderOn('wasm', '/tests/golden/no-such-decoder/').load()).rejects.toMatchObject({
    name: 'WeightsError',
    cause: 'manifest.json could not be downloaded: the server answered 404.',
  });
});
