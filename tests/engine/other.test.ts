/** The other networks of a model, the earlier checkpoint and the student: the worker's side, a tiny model over http, wasm in Node. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { FromWorker, RunRequest, ToWorker } from '../../src/engine/protocol';
import { serve } from '../../src/engine/server';
import { checkLikeness } from '../../src/engine/other';
import { readTensors } from '../../src/model/load';
import { memoryOf } from '../../src/model/memory';

const tiny = 'tests/golden/model-tiny';
const wasmUrl = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/';
const early = 'checkpoints/early';

let http: Server;
let folder: string;
let files: Record<string, Uint8Array>;
let asked: string[]; // of the other networks
let answer: (response: ServerResponse, data: Uint8Array) => void; // for its weights

const whole: typeof answer = (response, data) => response.end(data);

beforeAll(async () => {
  const [config, weights, manifest] = await Promise.all(
    ['config.json', 'model.safetensors', 'manifest.json'].map((name) => readFile(`${tiny}/${name}`)),
  );
  // Less learned: of most numbers only the coarser byte is left.
  const less = weights.map((byte, i) => (i > 20_000 && i % 2 === 0 ? 0 : byte));
  const list = (JSON.parse(manifest.toString()) as { files: { name: string; bytes: number; sha256: string }[] }).files;
  const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const sha256 = createHash('sha256').update(less).digest('hex');
  const lessList = list.map((file) => (file.name === 'model.safetensors' ? { ...file, sha256 } : file));
  files = {
    '/config.json': config,
    '/model.safetensors': weights,
    '/manifest.json': text({ files: list, weak: early, student: 'student' }),
    [`/${early}/config.json`]: config,
    [`/${early}/model.safetensors`]: less,
    [`/${early}/manifest.json`]: text({ files: lessList }),
    '/student/config.json': config,
    '/student/model.safetensors': less,
    '/student/manifest.json': text({ files: lessList }),
  };
  http = createServer(({ url = '' }, response) => {
    if (/\/(early|student)\//.test(url)) asked.push(url.split('/').at(-1)!);
    const data = files[url];
    if (!data) response.writeHead(404).end();
    else if (/\/(early|student)\/model\.safetensors$/.test(url)) answer(response, data);
    else response.end(data);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  folder = `http://127.0.0.1:${(http.address() as AddressInfo).port}/`;
});

afterAll(() => {
  http.closeAllConnections();
  http.close();
});

beforeEach(() => {
  asked = [];
  answer = whole;
});

afterEach(() => void vi.unstubAllGlobals());

/** A served port with its model loaded. */
async function connect() {
  const said: FromWorker[] = [];
  let listener!: (event: { data: ToWorker }) => void;
  let wake = () => {};
  serve({
    postMessage: (message, transfer = []) => {
      said.push(structuredClone(message, { transfer }));
      wake();
    },
    addEventListener: (_, given) => (listener = given),
  });
  const until = async <T extends FromWorker['type']>(type: T, id?: number) => {
    for (;;) {
      const found = said.find((one) => one.type === type && (id === undefined || ('id' in one && one.id === id)));
      if (found) return found as FromWorker & { type: T };
      const failed = said.find((message) => message.type === 'failed');
      if (failed) throw new Error(JSON.stringify(failed));
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  const ask = (message: ToWorker) => listener({ data: message });
  ask({ type: 'load', modelUrl: folder, wasmUrl, backend: 'wasm' });
  const { info } = await until('ready');
  const run = (id: number, change: Partial<RunRequest> = {}) => ask({ type: 'run', id, request: { ...request, ...change } }); // prettier-ignore
  const weak = (id: number) => said.flatMap((message) => (message.type === 'other' && message.id === id ? [message] : [])); // prettier-ignore
  const steps = (id: number) => said.flatMap((message) => (message.type === 'step' && message.id === id ? [message.step] : [])); // prettier-ignore
  return { info, said, until, ask, run, weak, steps };
}

const auto = { scale: 2, from: 0, to: 1, rule: 'auto' } as const;
const request: RunRequest = { prompt: 'a red ball', seed: 3, steps: 2, sampler: 'euler', guidance: auto };

it('is named by the model, and fetched by the first run that asks for it, once, with its bytes', async () => {
  const { info, until, run, weak, steps } = await connect();
  expect(info.weak).toBe(early);
  run(1, { guidance: { scale: 2, from: 0, to: 1 } });
  run(2, { guidance: { ...auto, scale: 1 } }); // asks the prompt alone
  run(3, { steps: 0 }); // is no run
  await until('run-failed', 3);
  expect(asked).toEqual([]);

  run(4);
  await until('done', 4);
  expect(asked).toEqual(['manifest.json', 'config.json', 'model.safetensors']);
  const bytes = weak(4).filter(({ stage }) => stage === 'weights');
  expect(bytes.at(-1)).toMatchObject({ done: bytes.at(-1)!.total });
  expect(bytes.at(-1)!.total).toBe(files['/config.json'].length + files['/model.safetensors'].length);
  expect(weak(4).at(-1)!.stage).toBe('warm-up');
  const { guess, unguided, calls, disagreement } = steps(4)[0];
  expect([calls, unguided!.length]).toEqual([2, guess.length]);
  expect(disagreement).toBeGreaterThan(1e-3); // it has learned less
  expect(unguided).toEqual(steps(2)[0].guess); // guidance began where the prompt alone is

  const { numTensors } = memory();
  run(5);
  await until('done', 5);
  expect([asked.length, weak(5)]).toEqual([3, []]);
  expect(steps(5).at(-1)!.guess).toEqual(steps(4).at(-1)!.guess);
  expect(memory().numTensors).toBe(numTensors);
});

it.each<[string, typeof answer, string, string]>([
  [
    'is not there',
    (response) => response.writeHead(404).end(),
    'model.safetensors could not be downloaded: the server answered 404',
    'Check that the whole model folder was uploaded, then reload the page',
  ],
  [
    'is damaged',
    (response, data) => response.end(data.map((byte) => byte ^ 1)),
    'model.safetensors is damaged or another version: its checksum is not the one in manifest.json',
    'Reload the page to download it again; if that does not help, publish the model folder anew',
  ],
  [
    'cannot be reached',
    (response) => void response.destroy(),
    'model.safetensors could not be downloaded: the server did not answer',
    'Check the connection, then try again',
  ],
])('where it %s, that run does not start, and says so; all else goes on', async (_, broken, cause, next) => {
  const { until, run, steps } = await connect();
  const { numTensors } = memory();
  answer = broken;
  run(1);
  const { fault } = await until('run-failed', 1);
  expect(fault).toEqual({
    name: 'WeakModelError',
    cause: `The earlier copy of the model, which autoguidance compares with, could not be loaded (${cause}).`,
    next: `${next}; or choose another kind of guidance.`,
    setting: 'guidance rule',
  });
  expect([steps(1), memory().numTensors]).toEqual([[], numTensors]);
  run(2, { guidance: { ...auto, rule: 'cfg' } });
  await until('done', 2);
  answer = whole; // and the next time it is there
  run(3);
  await until('done', 3);
});

it('stops waiting for it at once when the run is stopped, and begins anew for the next', async () => {
  const { until, ask, run, weak } = await connect();
  const silent = new Promise<void>((resolve) => {
    answer = (response, data) => {
      response.write(data.subarray(0, 5000)); // and then never a word
      resolve();
    };
  });
  run(1);
  run(2, { guidance: { ...auto, rule: 'cfg' } });
  await silent;
  while (weak(1).length < 3) await new Promise((resolve) => setTimeout(resolve)); // a part has come
  ask({ type: 'abort', id: 1 });
  await until('aborted', 1);
  await until('done', 2);
  answer = whole;
  run(3);
  await until('done', 3);
});

it('is not begun where both would not fit', async () => {
  const { until, run, steps } = await connect();
  const { config } = readTensors(files['/config.json'], files['/model.safetensors']);
  vi.stubGlobal('navigator', { deviceMemory: (4 * 1.5 * memoryOf(config).bytes) / 2 ** 30 }); // room for one and a half
  run(1);
  const { fault } = await until('run-failed', 1);
  expect(fault.name).toBe('WeakModelError');
  expect(fault.cause).toMatch(/\(tiny, beside the model, needs \d+ MB of memory, which this machine has not free\)\.$/);
  expect(steps(1)).toEqual([]);
});

it('a student makes the runs that ask for it, and no others; it comes with the first of them, with its bytes', async () => {
  const { info, until, run, weak: progress, steps } = await connect();
  expect(info.student).toBe('student');
  const plain = { scale: 1, from: 0, to: 1 };
  run(1, { guidance: plain });
  run(2, { student: true }); // with autoguidance, which it has no use for
  await until('run-failed', 2);
  expect(asked).toEqual([]);
  run(3, { guidance: plain, student: true });
  await until('done', 3);
  expect(asked).toEqual(['manifest.json', 'config.json', 'model.safetensors']);
  expect(progress(3).every(({ network }) => network === 'student')).toBe(true);
  expect(progress(3).map(({ stage }) => stage)).toEqual(expect.arrayContaining(['weights', 'warm-up']));
  expect(steps(3).map(({ calls }) => calls)).toEqual([1, 1]);
  expect(steps(3)[0].x).toEqual(steps(1)[0].x); // the same noise, another network
  expect(steps(3)[0].guess).not.toEqual(steps(1)[0].guess);

  const { numTensors } = memory();
  run(4, { guidance: plain, student: true });
  run(5, { guidance: plain });
  await until('done', 5);
  expect([asked.length, progress(4)]).toEqual([3, []]);
  expect([steps(4)[1].guess, steps(5)[1].guess]).toEqual([steps(3)[1].guess, steps(1)[1].guess]);
  expect(memory().numTensors).toBe(numTensors);
});

it('a student that cannot be had is a fault of that run, with the setting; the model goes on', async () => {
  const { until, run } = await connect();
  const plain = { scale: 1, from: 0, to: 1 };
  answer = (response) => response.writeHead(404).end();
  run(1, { guidance: plain, student: true });
  const { fault } = await until('run-failed', 1);
  expect(fault).toMatchObject({ name: 'StudentError', setting: 'student' });
  expect(fault.next).toMatch(/; or turn the student off\.$/);
  run(2, { guidance: plain });
  await until('done', 2);
});

it('must draw the same clips from the same words', () => {
  const model = readTensors(files['/config.json'], files['/model.safetensors']);
  checkLikeness({ ...model, config: { ...model.config, patch_frames: 1, dim: 8 } }, model); // another network may do that
  const refused = /config\.json is of a model with other clips or other words/;
  expect(() => checkLikeness({ ...model, words: model.words - 1 }, model)).toThrow(refused);
  expect(() => checkLikeness({ ...model, config: { ...model.config, frames: 4 } }, model)).toThrow(refused);
});
