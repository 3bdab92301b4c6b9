/** The page's side against a worker that the test plays. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Engine, EngineError } from '../../src/workers/client';
import type { LoadProgress, ProbedBlock, ProbeRequest } from '../../src/engine/protocol';
import { FakeWorker, info, lost, request, stepOf } from './fake-worker';

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
    () => worker().crash('oops'),
    { name: 'WorkerError', cause: 'The worker that runs the model stopped: oops' },
  ],
  ['the worker runs out of memory', () => worker().crash('out of memory'), { name: 'OutOfMemoryError' }],
  [
    'the device is lost',
    () => worker().say({ type: 'failed', fault: lost }),
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
  old.say({ type: 'failed', fault: lost }); // the old one has no say any more
  const again = engine.run(request).next();
  worker().say({ type: 'step', id: 3, step: stepOf(0) });
  expect((await again).value?.index).toBe(0);
});

it('says so where the browser starts no worker, and tries again when asked', async () => {
  let refused = true;
  const picky = new Engine({
    modelUrl: 'models/nano/',
    createWorker: () => {
      if (refused) throw new DOMException('Access is denied.', 'SecurityError');
      workers.push(new FakeWorker());
      return worker();
    },
  });
  await expect(picky.load()).rejects.toMatchObject({
    name: 'NoWorkerError',
    cause: expect.stringContaining('Access is denied.') as string,
    next: expect.stringContaining('in a tab of its own') as string,
  });
  refused = false;
  const loading = picky.load();
  worker().say({ type: 'ready', info });
  expect(await loading).toEqual(info);
  picky.dispose();
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

describe('a look inside', () => {
  const inside: ProbeRequest = {
    prompt: 'a ball',
    x: new Float32Array(3),
    levels: Float32Array.of(0),
    shape: info.shape,
  };
  const block = (number: number) => ({ block: number, depth: 2 }) as ProbedBlock;

  it('comes block by block, to its end, beside a run', async () => {
    await loaded();
    const first = engine.run(request).next();
    const blocks = engine.probe(inside);
    const probed = blocks.next();
    expect(worker().heard.slice(1)).toEqual([
      { type: 'run', id: 1, request },
      { type: 'probe', id: 2, request: inside },
    ]);
    worker().say({ type: 'step', id: 1, step: stepOf(0) });
    for (const number of [0, 1]) worker().say({ type: 'block', id: 2, block: block(number) });
    worker().say({ type: 'done', id: 2 });
    expect([(await first).value?.index, (await probed).value?.block]).toEqual([0, 0]);
    expect([(await blocks.next()).value?.block, (await blocks.next()).done]).toEqual([1, true]);
    expect(worker().heard.length).toBe(3); // and no abort
  });

  it('is stopped in the worker, too, and a fault of it ends nothing else', async () => {
    await loaded();
    const stop = new AbortController();
    const probed = engine.probe(inside, stop.signal).next();
    stop.abort();
    await expect(probed).rejects.toMatchObject({ name: 'AbortError' });
    expect(worker().heard.at(-1)).toEqual({ type: 'abort', id: 1 });
    const failed = expect(engine.probe(inside).next()).rejects.toMatchObject({ name: 'ProbeError', cause: 'No.' });
    worker().say({ type: 'run-failed', id: 2, fault: { name: 'ProbeError', cause: 'No.', next: 'Again.' } });
    await failed;
    expect(worker().terminated).toBe(false);
  });
});

describe('silence', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** Seconds that the page was awake for. */
  const wait = (seconds: number) => vi.advanceTimersByTimeAsync(1000 * seconds);

  it('of a worker that runs ends the run and the worker', async () => {
    await loaded();
    const first = engine.run(request).next();
    const failed = expect(first).rejects.toMatchObject({
      name: 'SilentError',
      cause: 'The worker that runs the model has said nothing for 6 seconds.',
    });
    await wait(7);
    await failed;
    expect(worker().terminated).toBe(true);
  });

  it('of a worker that loads ends the loading', async () => {
    const loading = engine.load();
    const failed = expect(loading).rejects.toMatchObject({ name: 'SilentError' });
    await wait(61);
    await failed;
    expect(worker().terminated).toBe(true);
  });

  it('of a worker that fetches weights ends the loading soon, where it gives no sign of life', async () => {
    const loading = engine.load();
    worker().say({ type: 'progress', stage: 'weights', done: 5, total: 10 });
    const failed = expect(loading).rejects.toMatchObject({
      name: 'SilentError',
      cause: 'The worker that runs the model has said nothing for 15 seconds.',
    });
    await wait(16);
    await failed;
    expect(worker().terminated).toBe(true);
  });

  it('of a network is no death: a worker that gives signs of life may wait long for a byte, but not for ever', async () => {
    const loading = engine.load();
    const alive = async (seconds: number) => {
      for (let second = 0; second < seconds; second++) {
        worker().say({ type: 'alive' });
        await wait(1);
      }
    };
    worker().say({ type: 'progress', stage: 'weights', done: 5, total: 10 });
    await alive(110);
    expect(worker().terminated).toBe(false);
    worker().say({ type: 'progress', stage: 'weights', done: 6, total: 10 });
    const failed = expect(loading).rejects.toMatchObject({ cause: expect.stringContaining('120 seconds') as string });
    await alive(121);
    await failed;
  });

  it('is borne six times as long as the worker ever needed', async () => {
    const loading = engine.load();
    worker().say({ type: 'progress', stage: 'warm-up', done: 0, total: 1 });
    await wait(10);
    worker().say({ type: 'progress', stage: 'warm-up', done: 1, total: 1 });
    worker().say({ type: 'ready', info });
    await loading;
    const first = engine.run(request).next();
    await wait(60);
    worker().say({ type: 'step', id: 1, step: stepOf(0) });
    expect((await first).value?.index).toBe(0);
  });

  it('is borne longer while a run fetches its weak model, which is heard of with its bytes; and no longer after that', async () => {
    await loaded();
    const heard: LoadProgress[] = [];
    const abort = new AbortController();
    const first = engine.run(request, abort.signal, undefined, (progress) => heard.push(progress)).next();
    worker().say({ type: 'other', network: 'weak', id: 1, stage: 'weights', done: 5, total: 10 });
    for (let second = 0; second < 30; second++) {
      worker().say({ type: 'alive' });
      await wait(1);
    }
    expect(heard).toMatchObject([{ stage: 'weights', done: 5, total: 10 }]);
    abort.abort();
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    expect(worker().heard.at(-1)).toEqual({ type: 'abort', id: 1 });
    worker().say({ type: 'aborted', id: 1 });
    const failed = expect(engine.run(request).next()).rejects.toMatchObject({ name: 'SilentError' });
    await wait(7);
    await failed;
  });

  it('means nothing while nothing runs, while the laptop sleeps, and while the page looks at a finished run', async () => {
    await loaded();
    await wait(1000);
    const steps = engine.run(request);
    const first = steps.next();
    vi.setSystemTime(Date.now() + 3_600_000); // an hour with the lid closed
    await wait(1);
    for (const index of [0, 1, 2]) worker().say({ type: 'step', id: 1, step: stepOf(index) });
    worker().say({ type: 'done', id: 1 });
    await first;
    await wait(1000);
    const rest: number[] = [];
    for await (const { index } of steps) rest.push(index);
    expect(rest).toEqual([1, 2]);
  });
});
