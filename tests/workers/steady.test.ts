/** An engine that outlives its workers, against workers that the test plays. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Fault, FromWorker } from '../../src/engine/protocol';
import { SteadyEngine, type Breakdown } from '../../src/workers/steady';
import type { Step } from '../../src/sampling/types';
import { FakeWorker, info, lost, request, stepOf } from './fake-worker';

/** How far each worker gets with a run before it breaks, one after the other; the last of them goes on to the end. */
let breaks: { readonly after: number; readonly how: (worker: FakeWorker) => void }[];
/** What each worker says when it is told to load; without it, that it is ready. */
let loads: FromWorker[][];
let workers: FakeWorker[];
let engine: SteadyEngine;
let breakdowns: Breakdown[];

const device = (worker: FakeWorker) => worker.say({ type: 'failed', fault: lost });
const ready: FromWorker = { type: 'ready', info: { ...info, backend: 'webgpu' } };
const trying: FromWorker = { type: 'progress', stage: 'backend', done: 0, total: 1 };
const failed = (fault: Fault): FromWorker[] => [trying, { type: 'failed', fault }];
const noMemory = { name: 'OutOfMemoryError', cause: 'The graphics processor has no memory left.', next: 'Close.' };

class Playing extends FakeWorker {
  override postMessage(message: FakeWorker['heard'][number]): void {
    super.postMessage(message);
    queueMicrotask(() => {
      if (message.type === 'load')
        for (const word of loads.shift() ?? [
          trying,
          { ...ready, info: { ...info, backend: message.backend ?? 'webgpu' } },
        ])
          this.say(word);
      if (message.type !== 'run') return;
      const { id, from = [] } = message;
      const { after, how } = breaks.shift() ?? { after: request.steps, how: () => this.say({ type: 'done', id }) };
      const first = from.length ? from.at(-1)!.index + 1 : 0;
      for (let index = first; index < Math.min(first + after, request.steps); index++)
        this.say({ type: 'step', id, step: stepOf(index) });
      how(this);
    });
  }
}

beforeEach(() => {
  vi.stubGlobal('document', { baseURI: 'https://school.example/snow/index.html' });
  [breaks, loads, workers, breakdowns] = [[], [], [], []];
  const createWorker = () => {
    workers.push(new Playing());
    return workers.at(-1)!;
  };
  engine = new SteadyEngine({ modelUrl: 'models/nano/', createWorker });
});

afterEach(() => {
  engine.dispose();
  vi.unstubAllGlobals();
});

const load = () => engine.load(undefined, (breakdown) => breakdowns.push(breakdown));

async function draw(signal?: AbortSignal): Promise<number[]> {
  const steps: Step[] = [];
  for await (const step of engine.run(request, signal)) {
    steps.push(step);
    step.x.fill(NaN); // whoever watches may do that
  }
  return steps.map(({ index }) => index);
}

const asked = () => workers.map(({ heard }) => heard[0].type === 'load' && heard[0].backend);

it.each<[string, (worker: FakeWorker) => void]>([
  ['its device is lost', device],
  ['its worker crashes', (worker) => worker.crash('gone')],
  [
    'a step fails with its device',
    (worker) => worker.say({ type: 'run-failed', id: 1, fault: { ...lost, name: 'GpuError' } }),
  ],
])('a run goes on by itself from its last step when %s', async (_, how) => {
  for (const after of [0, 1, 2, 3]) {
    workers = [];
    engine.dispose();
    engine = new SteadyEngine({
      modelUrl: 'models/nano/',
      createWorker: () => workers[workers.push(new Playing()) - 1],
    });
    breakdowns = [];
    breaks = [{ after, how }];
    await load();
    expect(await draw()).toEqual([0, 1, 2]);
    expect(workers.length).toBe(2);
    expect(workers[0].terminated).toBe(true);
    const [, told] = workers[1].heard;
    const from = [0, 1, 2].slice(0, after).map((index) => ({ index, x: stepOf(index).x, guess: stepOf(index).guess }));
    expect(told).toEqual({ type: 'run', id: 1, request, ...(after ? { from } : {}) });
    expect(breakdowns).toMatchObject([{ info: { backend: 'webgpu' } }]);
  }
});

it('mends itself twice on a backend, then goes on to the next and says why, and at the end gives up', async () => {
  breaks = Array.from({ length: 9 }, () => ({ after: 0, how: device }));
  await load();
  await expect(draw()).rejects.toMatchObject({ name: 'DeviceLostError' });
  expect(asked()).toEqual([undefined, undefined, undefined, 'wasm', 'wasm', 'wasm', 'cpu', 'cpu', 'cpu']);
  expect(workers[3].heard[0]).toMatchObject({ because: 'WebGPU broke 3 times: the graphics processor was lost' });
  expect(breakdowns.map(({ info }) => info?.backend)).toEqual([
    'webgpu',
    'webgpu',
    'wasm',
    'wasm',
    'wasm',
    'cpu',
    'cpu',
    'cpu',
    undefined,
  ]);
  await expect(draw()).rejects.toMatchObject({ name: 'NotLoadedError' });
  await load(); // somebody asks for it once more
  expect(await draw()).toEqual([0, 1, 2]);
});

it('forgets what it mended once a run came to its end', async () => {
  await load();
  for (let run = 0; run < 5; run++) {
    breaks = [{ after: 1, how: device }];
    expect(await draw()).toEqual([0, 1, 2]);
  }
  expect(asked()).toEqual(Array(6).fill(undefined));
});

it('goes on to the next backend at once where memory ran out', async () => {
  breaks = [{ after: 1, how: (worker) => worker.say({ type: 'failed', fault: noMemory }) }];
  await load();
  expect(await draw()).toEqual([0, 1, 2]);
  expect(asked()).toEqual([undefined, 'wasm']);
  expect(workers[1].heard[0]).toMatchObject({ because: 'the graphics processor has no memory left' });
});

it('goes on to the next backend where a backend breaks while it loads', async () => {
  loads = [failed(lost), failed(lost), failed(lost), failed(noMemory)];
  expect(await load()).toMatchObject({ backend: 'cpu' });
  expect(asked()).toEqual([undefined, undefined, undefined, 'wasm', 'cpu']);
});

it('leaves alone what no other worker would mend', async () => {
  const weights = { name: 'WeightsError', cause: 'model.safetensors is damaged.', next: 'Reload.' };
  loads = [failed(weights)];
  await expect(load()).rejects.toMatchObject(weights);
  expect(workers.length).toBe(1);

  await load();
  const guess = { name: 'GuessError', cause: 'Not finite.', next: 'Lower the guidance.' };
  breaks = [{ after: 1, how: (worker) => worker.say({ type: 'run-failed', id: 1, fault: guess }) }];
  await expect(draw()).rejects.toMatchObject(guess);
  const weak = { name: 'WeakModelError', cause: 'The earlier copy could not be loaded.', next: 'Try again.' };
  breaks = [{ after: 0, how: (worker) => worker.say({ type: 'run-failed', id: 2, fault: weak }) }];
  await expect(draw()).rejects.toMatchObject(weak);
  expect(await draw()).toEqual([0, 1, 2]);
  expect(workers.length).toBe(2);
  expect(breakdowns).toEqual([]);
});

it('does not try again and again to start a worker that never says a word', async () => {
  loads = [[]];
  const loading = load();
  await Promise.resolve();
  workers[0].crash('404');
  await expect(loading).rejects.toMatchObject({
    name: 'ScriptError',
    next: 'Check the connection, then reload the page.',
  });
  expect(workers.length).toBe(1);
});

it('tries another where one dies while the weights come, also where that one dies before its first word; and says so', async () => {
  const weights: FromWorker = { type: 'progress', stage: 'weights', done: 1, total: 2 };
  loads = [[trying, weights], []];
  const loading = load();
  let known = false;
  void loading.then(() => (known = breakdowns.length === 0)); // whoever waits hears of it first
  await Promise.resolve();
  workers[0].crash('killed');
  await vi.waitFor(() => expect(workers.length).toBe(2));
  workers[1].crash('killed again');
  expect(await loading).toMatchObject({ backend: 'webgpu' });
  expect(asked()).toEqual([undefined, undefined, undefined]);
  await vi.waitFor(() =>
    expect(breakdowns).toMatchObject([
      { fault: { name: 'WorkerError', cause: expect.stringContaining('killed') as string }, was: 'webgpu', info: { backend: 'webgpu' } }, // prettier-ignore
    ]),
  );
  expect(known).toBe(true);
  expect(await draw()).toEqual([0, 1, 2]);
});

it('says which backend it left where it went on to the next while it loaded', async () => {
  loads = [failed(noMemory)];
  await load();
  await vi.waitFor(() => expect(breakdowns).toMatchObject([{ was: 'webgpu', info: { backend: 'wasm' } }]));
});

it('mends itself while nothing runs, so that the next run finds it whole', async () => {
  await load();
  device(workers[0]);
  expect(await draw()).toEqual([0, 1, 2]);
  expect(workers.length).toBe(2);
  expect(breakdowns).toMatchObject([{ fault: { name: 'DeviceLostError' }, info: { backend: 'webgpu' } }]);
});

it('keeps two runs apart that broke together', async () => {
  const first = { after: 1, how: () => {} };
  breaks = [first, { after: 2, how: device }];
  await load();
  expect(await Promise.all([draw(), draw()])).toEqual([
    [0, 1, 2],
    [0, 1, 2],
  ]);
  expect(workers.length).toBe(2);
});

it('passes on how far the weak model of a run is loaded, by whichever worker', async () => {
  const loads = (worker: FakeWorker) => worker.say({ type: 'other', network: 'weak', id: 1, stage: 'warm-up', done: workers.length, total: 2 }); // prettier-ignore
  breaks = [1, 2].map(() => ({ after: 0, how: (worker) => (loads(worker), setTimeout(() => device(worker))) }));
  await load();
  const heard: number[] = [];
  for await (const _ of engine.run(request, undefined, ({ done }) => heard.push(done)));
  expect(heard).toEqual([1, 2]);
});

it('goes on with what guidance remembers of the steps before', async () => {
  await load();
  const [first, average] = [workers[0], Float32Array.of(1, 2, 3)];
  const run = engine.run(request);
  breaks = [{ after: 0, how: (worker) => worker.say({ type: 'step', id: 1, step: { ...stepOf(0), average } }) }];
  await run.next();
  device(first);
  await run.next();
  const past = { index: 0, x: stepOf(0).x, guess: stepOf(0).guess, average };
  expect(workers[1].heard[1]).toEqual({ type: 'run', id: 1, request, from: [past] });
});

it('stops at once where somebody stops it, also while it mends itself', async () => {
  await load();
  loads = [[]]; // the second worker never gets ready
  breaks = [{ after: 1, how: device }];
  const abort = new AbortController();
  const drawing = draw(abort.signal);
  const stopped = expect(drawing).rejects.toMatchObject({ name: 'AbortError' });
  await vi.waitFor(() => expect(workers.length).toBe(2));
  abort.abort();
  await stopped;
});

it('ends its runs when it is put away, and does not come back', async () => {
  breaks = [{ after: 1, how: () => engine.dispose() }];
  await load();
  await expect(draw()).rejects.toMatchObject({ name: 'DisposedError' });
  expect(workers.length).toBe(1);
  expect(breakdowns).toEqual([]);
});

it('a look inside waits for the engine, and where that breaks ends with it: the next one finds another', async () => {
  const inside = { prompt: 'a ball', x: new Float32Array(3), levels: Float32Array.of(0), shape: info.shape };
  const failed = expect(engine.probe(inside).next()).rejects.toMatchObject({ name: 'NotLoadedError' });
  await failed;
  void load();
  const broken = engine.probe(inside).next();
  await vi.waitFor(() => expect(workers[0].heard.at(-1)?.type).toBe('probe'));
  const lostWithIt = expect(broken).rejects.toMatchObject({ name: 'DeviceLostError' });
  device(workers[0]);
  await lostWithIt;
  const next = engine.probe(inside).next();
  await vi.waitFor(() => expect(workers[1].heard.at(-1)).toMatchObject({ type: 'probe', id: 1 }));
  workers[1].say({ type: 'done', id: 1 });
  expect((await next).done).toBe(true);
  expect(breakdowns.map(({ fault }) => fault.name)).toEqual(['DeviceLostError']);
});
