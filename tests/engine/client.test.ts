/** The page's side against a worker that the test plays. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Engine, EngineError, type WorkerPort } from '../../src/engine/client';
import type { EngineInfo, FromWorker, RunRequest, ToWorker } from '../../src/engine/protocol';
import type { Step } from '../../src/sampling/types';

class FakeWorker implements WorkerPort {
  readonly heard: ToWorker[] = [];
  terminated = false;
  private readonly listeners: Record<string, ((event: never) => void)[]> = {};

  postMessage(message: ToWorker): void {
    this.heard.push(message);
  }
  addEventListener(type: string, listener: (event: never) => void): void {
    (this.listeners[type] ??= []).push(listener);
  }
  terminate(): void {
    this.terminated = true;
  }
  say(data: FromWorker): void {
    this.listeners.message.forEach((listener) => listener({ data } as never));
  }
  crash(message: string): void {
    this.listeners.error.forEach((listener) => listener({ message } as never));
  }
}

const info: EngineInfo = {
  backend: 'cpu',
  reason: 'A test.',
  model: 'fake',
  parameters: 1,
  shape: { frames: 1, height: 1, width: 1 },
};
const request: RunRequest = {
  prompt: 'a ball',
  seed: 1,
  steps: 3,
  sampler: 'euler',
  guidance: { scale: 1, from: 0, to: 1 },
};
const fault = { name: 'DeviceLostError', cause: 'The graphics processor was lost.', next: 'Load the model again.' };
const stepOf = (index: number): Step => ({
  index,
  steps: 3,
  t: index / 3,
  tNext: (index + 1) / 3,
  x: new Float32Array(3),
  guess: new Float32Array(3),
  calls: 1,
  milliseconds: 1,
});

let workers: FakeWorker[];
let engine: Engine;
const worker = () => workers.at(-1)!;

beforeEach(() => {
  vi.stubGlobal('document', { baseURI: 'https://school.example/snow/index.html' });
  workers = [];
  engine = new Engine({
    modelUrl: 'models/nano/',
    createWorker: () => {
      workers.push(new FakeWorker());
      return worker();
    },
  });
});

afterEach(() => void vi.unstubAllGlobals());

async function loaded(): Promise<void> {
  const loading = engine.load();
  worker().say({ type: 'ready', info });
  await loading;
}

it('loads beside the page, with progress, and once', async () => {
  const seen: string[] = [];
  const loading = engine.load(({ stage, done }) => seen.push(`${stage} ${done}`));
  expect(worker().heard).toEqual([
    {
      type: 'load',
      modelUrl: 'https://school.example/snow/models/nano/',
      wasmUrl: 'https://school.example/snow/wasm/',
      backend: undefined,
    },
  ]);
  worker().say({ type: 'progress', stage: 'weights', done: 5, total: 10 });
  worker().say({ type: 'ready', info });
  expect(await loading).toBe(info);
  expect(seen).toEqual(['weights 5']);
  expect(engine.load()).toBe(loading);
  expect(workers.length).toBe(1);
});

it('yields the steps of a run in order, to its end, and drops what belongs to no run', async () => {
  await loaded();
  const steps = engine.run(request);
  const first = steps.next();
  worker().say({ type: 'step', id: 99, step: stepOf(2) }); // of a run that nobody waits for
  for (const index of [0, 1, 2]) worker().say({ type: 'step', id: 1, step: stepOf(index) });
  worker().say({ type: 'done', id: 1 });
  const indices = [(await first).value?.index];
  for await (const step of steps) indices.push(step.index);
  expect(indices).toEqual([0, 1, 2]);
  expect(worker().heard.slice(1)).toEqual([{ type: 'run', id: 1, request }]); // and no abort
});

it('keeps two runs apart', async () => {
  await loaded();
  const [one, two] = [engine.run(request), engine.run(request)];
  const firsts = [one.next(), two.next()];
  worker().say({ type: 'step', id: 2, step: stepOf(1) });
  worker().say({ type: 'step', id: 1, step: stepOf(0) });
  expect((await Promise.all(firsts)).map(({ value }) => value?.index)).toEqual([0, 1]);
});

it('ends with the reason of the signal as soon as it is aborted, whatever the worker does', async () => {
  await loaded();
  const abort = new AbortController();
  const steps = engine.run(request, abort.signal);
  const first = steps.next();
  worker().say({ type: 'step', id: 1, step: stepOf(0) });
  await first;
  const second = steps.next();
  abort.abort();
  await expect(second).rejects.toMatchObject({ name: 'AbortError' });
  expect(worker().heard.at(-1)).toEqual({ type: 'abort', id: 1 });
  worker().say({ type: 'step', id: 1, step: stepOf(1) }); // comes too late, and is dropped
  expect((await steps.next()).done).toBe(true);
});

it('does not begin at all with a signal that is aborted already', async () => {
  await loaded();
  await expect(engine.run(request, AbortSignal.abort()).next()).rejects.toMatchObject({ name: 'AbortError' });
  expect(worker().heard.length).toBe(1);
});

it('aborts the run when its loop is left', async () => {
  await loaded();
  worker().postMessage = function (message) {
    this.heard.push(message);
    if (message.type === 'run') queueMicrotask(() => this.say({ type: 'step', id: message.id, step: stepOf(0) }));
  };
  for await (const _ of engine.run(request)) break;
  expect(worker().heard.at(-1)).toEqual({ type: 'abort', id: 1 });
});

it('passes on what failed in a run, and can run again', async () => {
  await loaded();
  const first = engine.run(request).next();
  worker().say({
    type: 'run-failed',
    id: 1,
    fault: { name: 'GuessError', cause: 'Not finite.', next: 'Lower the guidance.' },
  });
  await expect(first).rejects.toMatchObject({ name: 'GuessError', cause: 'Not finite.', next: 'Lower the guidance.' });
  const second = engine.run(request).next();
  worker().say({ type: 'step', id: 2, step: stepOf(0) });
  expect((await second).value?.index).toBe(0);
});

it('says that no model is loaded', async () => {
  await expect(engine.run(request).next()).rejects.toMatchObject({
    name: 'NotLoadedError',
    next: 'Load the model first.',
  });
});

it.each<[string, () => void, Partial<EngineError>]>([
  [
    'the worker crashes',
    () => worker().crash('out of memory'),
    { name: 'WorkerError', cause: 'The worker that runs the model stopped: out of memory' },
  ],
  [
    'the device is lost',
    () => worker().say({ type: 'failed', fault }),
    { name: 'DeviceLostError', next: 'Load the model again.' },
  ],
  ['it is put away', () => engine.dispose(), { name: 'DisposedError' }],
])('ends every run when %s, and loads anew with a fresh worker', async (_, happen, expected) => {
  await loaded();
  const runs = [engine.run(request).next(), engine.run(request).next()];
  const old = worker();
  happen();
  for (const run of runs) {
    const error = await run.catch((error: unknown) => error);
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toMatchObject(expected);
  }
  expect(old.terminated).toBe(true);
  await expect(engine.run(request).next()).rejects.toMatchObject({ name: 'NotLoadedError' });
  await loaded();
  expect(workers.length).toBe(2);
  old.say({ type: 'failed', fault }); // the old one has no say any more
  const again = engine.run(request).next();
  worker().say({ type: 'step', id: 3, step: stepOf(0) });
  expect((await again).value?.index).toBe(0);
});

it('refuses to load with what the worker says, and tries again when asked', async () => {
  const loading = engine.load();
  worker().say({
    type: 'failed',
    fault: { name: 'WeightsError', cause: 'model.safetensors is damaged.', next: 'Reload.' },
  });
  await expect(loading).rejects.toMatchObject({ name: 'WeightsError', cause: 'model.safetensors is damaged.' });
  await loaded();
  expect(workers.length).toBe(2);
});

it('leaves a graphics processor that failed twice alone', async () => {
  for (const backend of [undefined, undefined, 'wasm']) {
    await loaded();
    expect(worker().heard[0]).toMatchObject({ type: 'load', backend });
    worker().say({ type: 'failed', fault });
  }
});
