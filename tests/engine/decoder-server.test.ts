/** The decoder's side of its protocol without a worker: the tiny decoder over http, wasm in Node. */
import { readFile } from 'node:fs/promises';
import { beforeAll, expect, it } from 'vitest';
import type { FromDecoder, ToDecoder } from '../../src/engine/decoder-protocol';
import { serveDecoder } from '../../src/engine/decoder-server';
import { vocabulary } from '../../src/world';
import { loadGoldenDecoder, tinyDecoder, type GoldenDecoder } from '../model/golden';
import { connected, overHttp } from './served';

const wasmUrl = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/';
let spoiled = false;
const folder = await overHttp('tests/golden/decoder-tiny', (name, data) => {
  if (spoiled && name === 'model.safetensors') data[data.length - 9] ^= 1;
});
let golden: GoldenDecoder;

beforeAll(async () => void (golden = await loadGoldenDecoder((path) => readFile(path), tinyDecoder)));

/** A served port, and what it says next. */
function connect() {
  const { said, more, ask } = connected<ToDecoder, FromDecoder>(serveDecoder);
  return async (message: ToDecoder): Promise<FromDecoder> => {
    ask(message);
    while (said.length === 0) await more();
    return said.shift()!;
  };
}

const load = (): ToDecoder => ({ type: 'load', modelUrl: folder, wasmUrl, backend: 'wasm' });

it('loads, says where it runs, and draws the golden frames as pictures for a canvas', async () => {
  const ask = connect();
  expect(await ask(load())).toEqual({
    type: 'ready',
    info: {
      backend: 'wasm',
      whyNot: [],
      reason: 'WebAssembly on the processor, as asked for.',
      name: 'decoder-tiny',
      parameters: expect.any(Number),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  });
  const { clip, shape, tokens, drawn } = golden;
  const prompt = Array.from(tokens, (token) => vocabulary[token]).filter((word) => !word.startsWith('<')).join(' '); // prettier-ignore
  const answer = await ask({ type: 'draw', clip, shape, prompt, frames: [3, 1] });
  if (answer.type !== 'drawn') throw new Error(JSON.stringify(answer));
  const [width, height] = [4 * shape.width, 4 * shape.height];
  expect(answer.pictures.map((each) => [each.width, each.height])).toEqual([[width, height], [width, height]]); // prettier-ignore
  for (const [picture, frame] of [
    [0, 3],
    [1, 1],
  ]) {
    // prettier-ignore
    const { rgba } = answer.pictures[picture];
    const off = Array.from({ length: 3 * width * height }, (_, i) => {
      const value = drawn[frame][(i % 3) * width * height + Math.floor(i / 3)];
      return Math.abs(rgba[4 * Math.floor(i / 3) + (i % 3)] - Math.min(255, Math.max(0, 127.5 * (value + 1))));
    });
    expect(Math.max(...off)).toBeLessThan(1);
    expect(rgba.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
  }
});

it('says what it cannot draw, and draws the next', async () => {
  const ask = connect();
  const { clip, shape } = golden;
  const draw = { type: 'draw', clip, shape, prompt: 'a ball', frames: [0] } as const;
  expect(await ask(draw)).toMatchObject({ type: 'not-drawn', fault: { name: 'NotLoadedError' } });
  await ask(load());
  expect(await ask({ ...draw, frames: [99] })).toMatchObject({ type: 'not-drawn', fault: { name: 'RangeError' } });
  expect(await ask(draw)).toMatchObject({ type: 'drawn' });
});

it('names a folder that is missing or damaged', async () => {
  const missing = await connect()({ type: 'load', modelUrl: `${folder}none/`, wasmUrl, backend: 'wasm' });
  expect(missing).toMatchObject({ type: 'failed', fault: { name: 'WeightsError' } });
  spoiled = true;
  const damaged = await connect()(load());
  spoiled = false;
  expect(damaged).toMatchObject({ type: 'failed', fault: { name: 'WeightsError' } });
});
