/** A look inside, the worker's side of it: the tiny model over http, wasm in Node. */
import { memory } from '@tensorflow/tfjs-core';
import { afterEach, expect, it, vi } from 'vitest';
import { selectBackend, type ChosenBackend } from '../../src/engine/backend';
import { Prober, type Home } from '../../src/engine/probe';
import type {
  FromWorker,
  LoadProgress,
  ProbedBlock,
  ProbeRequest,
  RunRequest,
  ToWorker,
} from '../../src/engine/protocol';
import { serve } from '../../src/engine/server';
import type { Forward } from '../../src/model/forward';
import { connected, overHttp } from './served';

const folder = await overHttp('tests/golden/model-tiny');
const wasmUrl = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/';
const shape = { frames: 6, height: 16, width: 24 };
const request: ProbeRequest = {
  prompt: 'a red ball',
  x: Float32Array.from({ length: 3 * 6 * 16 * 24 }, (_, i) => Math.sin(i)),
  levels: Float32Array.of(0.25),
  shape,
  guesses: true,
};
const run: RunRequest = {
  prompt: 'a red ball',
  seed: 3,
  steps: 3,
  sampler: 'euler',
  guidance: { scale: 2, from: 0, to: 1 },
};

afterEach(() => void vi.useRealTimers());

async function connect() {
  const { said, more, ask } = connected<ToWorker, FromWorker>(serve);
  const until = async (type: FromWorker['type'], id?: number): Promise<FromWorker> => {
    for (;;) {
      const found = said.find((each) => each.type === type && (id === undefined || ('id' in each && each.id === id)));
      if (found) return found;
      const failed = said.find(({ type }) => type === 'failed');
      if (failed) throw new Error(JSON.stringify(failed));
      await more();
    }
  };
  const told = (id: number) => said.flatMap((each) => ('id' in each && each.id === id ? [each.type] : []));
  ask({ type: 'load', modelUrl: folder, wasmUrl, backend: 'wasm' });
  await until('ready');
  return { said, ask, until, told };
}

it('is answered block by block, after the run that goes on and before the next, and changes none of their numbers', async () => {
  const { said, ask, until, told } = await connect();
  const before = memory().numTensors;
  ask({ type: 'run', id: 1, request: run });
  ask({ type: 'probe', id: 2, request });
  ask({ type: 'run', id: 3, request: run });
  await until('done', 3);
  expect(said.flatMap((each) => ('id' in each ? [each.id] : []))).toEqual([1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3]);
  expect(told(2)).toEqual(['block', 'block', 'done']); // where runs go through the page already, nothing is opened
  const guesses = said.flatMap((each) => (each.type === 'step' ? [each.step.guess] : []));
  expect(guesses.slice(0, 3)).toEqual(guesses.slice(3));
  const blocks = said.flatMap((each) => (each.type === 'block' ? [each.block] : []));
  expect(blocks.map(({ block, depth, rows, guess }) => [block, depth, rows.length, guess!.length])).toEqual([
    [0, 2, 2 * 72 * 86, request.x.length],
    [1, 2, 2 * 72 * 86, request.x.length],
  ]);
  expect(memory().numTensors).toBe(before);
});

it('has the vectors of its words beside it: a copy each time, so that the network keeps its own', async () => {
  const { said, ask, until } = await connect();
  ask({ type: 'vectors', id: 1 });
  ask({ type: 'vectors', id: 2 });
  ask({ type: 'run', id: 3, request: run });
  await until('done', 3);
  const answers = said.flatMap((each) => (each.type === 'vectors' ? [each] : []));
  expect(answers.map(({ id, dim, vectors }) => [id, dim, vectors.length % dim])).toEqual([
    [1, 40, 0],
    [2, 40, 0],
  ]);
  expect(answers[0].vectors.some((value) => value !== 0)).toBe(true);
  expect(answers[1].vectors).toEqual(answers[0].vectors);
});

it('is stopped while it waits, and between two blocks', async () => {
  const { ask, until, told } = await connect();
  ask({ type: 'run', id: 1, request: run });
  ask({ type: 'probe', id: 2, request });
  ask({ type: 'abort', id: 2 });
  ask({ type: 'probe', id: 3, request });
  await until('block', 3);
  ask({ type: 'abort', id: 3 });
  await until('aborted', 3);
  expect([told(2), told(3)]).toEqual([['aborted'], ['block', 'aborted']]);
});

it('fails by itself alone, with what is wrong', async () => {
  const { ask, until, told } = await connect();
  ask({ type: 'probe', id: 1, request: { ...request, tokens: [72] } });
  expect(await until('run-failed', 1)).toMatchObject({
    fault: {
      name: 'ProbeError',
      cause: 'The network could not be looked into (Patches are numbered from 0 to 71.).',
      next: 'Try again.',
    },
  });
  ask({ type: 'run', id: 2, request: run });
  await until('done', 2);
  expect(told(2)).toEqual(['step', 'step', 'step', 'done']);
});

it('before a model is loaded says so', async () => {
  const { said, more, ask } = connected<ToWorker, FromWorker>(serve);
  ask({ type: 'probe', id: 1, request });
  while (said.length === 0) await more();
  expect(said).toMatchObject([{ type: 'run-failed', id: 1, fault: { cause: 'No model is loaded.' } }]);
});

/** A prober beside a static graph, which shows nothing of itself. */
async function besideGraph(sha256?: string) {
  const chosen: ChosenBackend = await selectBackend({ preferred: 'wasm', wasmFolder: wasmUrl, onFault: () => {} });
  const manifest = (await (await fetch(`${folder}manifest.json`)).json()) as {
    files: { name: string; sha256: string }[];
  };
  const real = manifest.files.find(({ name }) => name === 'model.safetensors')!.sha256;
  const home: Home = { folder, sha256: sha256 ?? real, words: 51, chosen };
  return new Prober({} as Forward, home);
}

async function answers(prober: Prober, heard: LoadProgress[] = []): Promise<ProbedBlock[]> {
  const { signal } = new AbortController();
  await prober.open(signal, (progress) => heard.push(progress));
  const blocks: ProbedBlock[] = [];
  for await (const block of prober.probe(request, signal)) blocks.push(block);
  return blocks;
}

it('beside a static graph makes a page once, of the same weights, and puts it away after a minute without a probe', async () => {
  const { said, ask, until } = await connect();
  ask({ type: 'probe', id: 1, request });
  await until('done', 1);
  const direct = said.flatMap((each) => (each.type === 'block' ? [each.block] : []));

  const before = memory().numTensors;
  const prober = await besideGraph();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  const heard: LoadProgress[] = [];
  expect(await answers(prober, heard)).toEqual(direct);
  expect([...new Set(heard.map(({ stage }) => stage))]).toEqual(['weights', 'warm-up']);
  const during = memory().numTensors;
  expect(during).toBeGreaterThan(before);
  const again: LoadProgress[] = [];
  await vi.advanceTimersByTimeAsync(50_000);
  await answers(prober, again);
  expect(again).toEqual([]);
  await vi.advanceTimersByTimeAsync(50_000);
  expect(memory().numTensors).toBe(during);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(memory().numTensors).toBe(before);
});

it('is not answered by other weights than those that run', async () => {
  const prober = await besideGraph('0'.repeat(64));
  await expect(answers(prober)).rejects.toMatchObject({ name: 'WeightsError', next: 'reload the page' });
});
