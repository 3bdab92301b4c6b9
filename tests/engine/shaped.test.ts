/** The network for films of another shape beside one whose buffers fit one shape alone, as a static graph's do; wasm in Node. */
import { expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend';
import { Shaped } from '../../src/engine/shaped';
import { TransformerDenoiser } from '../../src/model/denoiser';
import type { Forward } from '../../src/model/forward';
import { tokenize } from '../../src/world/prompt';
import config from '../golden/model-tiny/config.json';
import manifest from '../golden/model-tiny/manifest.json';
import { overHttp } from './served';

const fetched: string[] = [];
const folder = await overHttp('tests/golden/model-tiny', (name) => fetched.push(name));
const chosen = await selectBackend({
  preferred: 'wasm',
  wasmFolder: 'node_modules/@tensorflow/tfjs-backend-wasm/dist/',
  onFault: () => {},
});
const { sha256 } = manifest.files.find(({ name }) => name === 'model.safetensors')!;
const model = { config: config.model, fixed: true } as unknown as Forward;
const { frames, height, width } = config.model;
const signal = new AbortController().signal;

it('is built when it is first asked for, once, and not for the model’s own shape', async () => {
  const shaped = new Shaped(model, { folder, sha256, words: 51, chosen });
  expect(await shaped.forward({ frames, height, width }, signal)).toBe(model);
  expect(fetched).toEqual([]);
  const tall = { frames, height: 2 * height, width };
  const built = await shaped.forward(tall, signal);
  expect(built.config).toMatchObject(tall);
  expect(await shaped.forward({ ...tall }, signal)).toBe(built);
  expect(fetched.filter((name) => name === 'model.safetensors')).toHaveLength(1);

  const denoiser = new TransformerDenoiser(built, tokenize('a red ball', config.model.text_length).tokens);
  const [guess] = await denoiser.guess(new Float32Array(3 * frames * 2 * height * width), Float32Array.of(0), ['prompt']); // prettier-ignore
  expect(guess).toHaveLength(3 * frames * 2 * height * width);
  expect(await shaped.forward({ frames: 2 * frames, height, width }, signal)).not.toBe(built); // the newest stays
  denoiser.dispose();
});

it('of other weights than those that are loaded is no network, and says so as an error of one run', async () => {
  const shaped = new Shaped(model, { folder, sha256: '0'.repeat(64), words: 51, chosen });
  await expect(shaped.forward({ frames, height: 2 * height, width }, signal)).rejects.toMatchObject({
    name: 'FormatError',
    setting: 'format',
  });
});
