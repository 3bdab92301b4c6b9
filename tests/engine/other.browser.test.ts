/** Two models on one device: the static graph of each, side by side, as autoguidance asks them in turn. */
import { expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend';
import { makeForward } from '../../src/engine/forward';
import { OtherNetworks } from '../../src/engine/other';
import { fetchFrom, readModel } from '../../src/engine/weights';
import { TransformerDenoiser } from '../../src/model/denoiser';
import { StaticGraph } from '../../src/model/graph';
import { readTensors } from '../../src/model/load';
import { normals } from '../../src/sampling/noise';
import { tokenize } from '../../src/world/prompt';

it('a copy of the model itself, loaded beside it, gives the very same guess', async () => {
  const folder = new URL('/tests/golden/model-tiny/', location.origin).href;
  const chosen = await selectBackend({ preferred: 'webgpu', wasmFolder: '/wasm/', onFault: () => {} });
  const files = await readModel(fetchFrom(folder));
  const loaded = readTensors(files.config, files.weights);
  const { forward } = await makeForward(chosen, loaded, () => {});
  const weak = await new OtherNetworks(`${folder}inside/`, { weak: '..' }, loaded, chosen).load('weak', loaded.config, new AbortController().signal, () => {}); // prettier-ignore
  expect([forward, weak].every((each) => each instanceof StaticGraph)).toBe(true);
  expect(weak).not.toBe(forward);
  const { frames, height, width, text_length } = loaded.config;
  const pixels = frames * height * width;
  const denoiser = new TransformerDenoiser(forward, tokenize('a red ball', text_length).tokens, { weak });
  try {
    for (const seed of [1, 2]) {
      const levels = new Float32Array(pixels).fill(0.3);
      const [strong, same] = await denoiser.guess(normals(seed, 0, 3 * pixels), levels, ['prompt', 'weak']);
      expect(same).toEqual(strong);
    }
  } finally {
    denoiser.dispose();
    weak.dispose();
    forward.dispose();
  }
});
