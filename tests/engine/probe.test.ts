/** A look inside, the worker's side of it: the tiny model over http, wasm in Node. */
import { memory } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import type { FromWorker, ProbeRequest, RunRequest, ToWorker } from '../../src/engine/protocol';
import { serve } from '../../src/engine/server';
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
  expect(told(2)).toEqual(['block', 'block', 'done']);
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
