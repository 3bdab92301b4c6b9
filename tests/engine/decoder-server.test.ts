/** The decoder's side of its protocol without a worker: the tiny decoder over http, wasm in Node. */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FromDecoder, ToDecoder } from '../../src/engine/decoder-protocol';
import { serveDecoder } from '../../src/engine/decoder-server';
import { vocabulary } from '../../src/world';
import { loadGoldenDecoder, tinyDecoder, type GoldenDecoder } from '../model/golden';

const wasmUrl = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/';
let http: Server;
let folder: string;
let spoiled = false;
let golden: GoldenDecoder;

beforeAll(async () => {
  golden = await loadGoldenDecoder((path) => readFile(path), tinyDecoder);
  http = createServer((request, response) => {
    const name = request.url!.slice(1);
    readFile(join('tests/golden/decoder-tiny', name)).then(
      (data) => {
        if (spoiled && name === 'model.safetensors') data[data.length - 9] ^= 1;
        response.end(data);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  folder = `http://127.0.0.1:${(http.address() as AddressInfo).port}/`;
});

afterAll(() => {
  http.closeAllConnections();
  http.close();
});

/** A served port, and what it says next. */
function connect() {
  const said: FromDecoder[] = [];
  let listener!: (event: { data: ToDecoder }) => void;
  let wake = () => {};
  serveDecoder({
    postMessage: (message, transfer = []) => {
      said.push(structuredClone(message, { transfer })); // as a real worker would: what was given away is gone
      wake();
    },
    addEventListener: (_, given) => (listener = given),
  });
  return async (message: ToDecoder): Promise<FromDecoder> => {
    listener({ data: message });
    while (said.length === 0) await new Promise<void>((resolve) => (wake = resolve));
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
