/** The worker's side without a worker: the tiny model over http, wasm in Node. */
import { memory } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import type { FromWorker, RunRequest, ToWorker } from '../../src/engine/protocol';
import { serve } from '../../src/engine/server';
import { completed } from '../../src/settings/settings';
import { recordingOf } from '../../src/files/keep';
import { guessCount, replay } from '../../src/recording/recording';
import type { HeardStep } from '../../src/engine/protocol';
import type { RunSettings } from '../../src/sampling/types';
import { connected, overHttp } from './served';

const folder = await overHttp('tests/golden/model-tiny');
const wasmUrl = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/';

/** A served port: what it said so far, and waiting for it to say more. */
function connect() {
  const { said, more, ask } = connected<ToWorker, FromWorker>(serve);
  const until = async (type: FromWorker['type'], id?: number): Promise<FromWorker> => {
    for (;;) {
      const found = said.find(
        (message) => message.type === type && (id === undefined || ('id' in message && message.id === id)),
      );
      if (found) return found;
      const failed = said.find((message) => message.type === 'failed');
      if (failed) throw new Error(JSON.stringify(failed));
      await more();
    }
  };
  return { said, until, ask };
}

const request: RunRequest = {
  prompt: 'a red ball',
  seed: 3,
  steps: 4,
  sampler: 'heun',
  guidance: { scale: 2, from: 0, to: 1 },
};

it('loads with progress, says what runs, and answers runs one after the other', async () => {
  const { said, until, ask } = connect();
  ask({ type: 'load', modelUrl: folder, wasmUrl, backend: 'wasm' });
  expect(await until('ready')).toEqual({
    type: 'ready',
    info: {
      backend: 'wasm',
      whyNot: [],
      reason: 'WebAssembly on the processor, as asked for.',
      model: 'tiny',
      parameters: expect.any(Number),
      shape: { frames: 6, height: 16, width: 24 },
      words: expect.any(Number),
      tokens: expect.any(Number),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      unkept: 'Browsers keep files only for pages that come by https or from this machine.', // Node has no Cache Storage
    },
  });
  const stages = said.flatMap((message) => (message.type === 'progress' ? [message.stage] : []));
  expect([...new Set(stages)]).toEqual(['backend', 'weights', 'warm-up']);

  const before = memory().numTensors;
  ask({ type: 'run', id: 1, request });
  ask({ type: 'run', id: 2, request });
  await until('done', 2);
  const runs = said.flatMap((message) => (message.type === 'step' ? [[message.id, message.step.index]] : []));
  expect(runs).toEqual([1, 2].flatMap((id) => [0, 1, 2, 3].map((index) => [id, index])));
  const guesses = said.flatMap((message) =>
    message.type === 'step' && message.step.index === 3 ? [message.step.guess] : [],
  );
  expect(guesses[0].length).toBe(3 * 6 * 16 * 24);
  expect(guesses[0]).toEqual(guesses[1]); // the same request draws the same clip
  expect(memory().numTensors).toBe(before);
});

it('guides away from negative words, and shows the guess before guidance', async () => {
  const { said, until, ask } = connect();
  ask({ type: 'load', modelUrl: folder, wasmUrl, backend: 'wasm' });
  await until('ready');
  ['', ' ', 'a blue star', 'a red ball'].forEach((negative, id) =>
    ask({ type: 'run', id, request: { ...request, steps: 2, sampler: 'euler', negative } }),
  );
  await until('done', 3);
  const first = said.flatMap((message) => (message.type === 'step' && message.step.index === 0 ? [message.step] : []));
  expect(first.map(({ calls }) => calls)).toEqual([2, 2, 2, 2]);
  expect(first[1].guess).toEqual(first[0].guess); // nothing but spaces is no words
  expect(first[2].guess).not.toEqual(first[0].guess);
  first.forEach(({ unguided }) => expect(unguided).toEqual(first[0].unguided));
  expect(first[3].disagreement).toBeLessThan(1e-6); // away from its own words is nowhere
});

it('aborts a run within one step, and one that still waits before its first', async () => {
  const { said, until, ask } = connect();
  ask({ type: 'load', modelUrl: folder, wasmUrl, backend: 'wasm' });
  await until('ready');
  ask({ type: 'run', id: 1, request: { ...request, steps: 100 } });
  ask({ type: 'run', id: 2, request });
  ask({ type: 'abort', id: 2 });
  await until('step', 1);
  await new Promise((resolve) => setTimeout(resolve)); // a message of the page comes in between, like any event
  ask({ type: 'abort', id: 1 });
  const seen = said.filter((message) => message.type === 'step').length;
  await until('aborted', 1);
  await until('aborted', 2);
  const steps = said.filter((message) => message.type === 'step');
  expect(steps.length).toBeLessThanOrEqual(seen + 1);
  expect(steps.every((message) => message.type === 'step' && message.id === 1)).toBe(true);
});

it('sends all that a file needs to grow the run again, whatever solver, guidance and restarts', async () => {
  const { said, until, ask } = connect();
  ask({ type: 'load', modelUrl: folder, wasmUrl, backend: 'wasm' });
  await until('ready');
  const kinds: [RunSettings['sampler'], RunSettings['guidance']['rule']][] = [
    ['multistep', 'cfg'],
    ['rk4', 'cfg'],
    ['dpm3m', 'cfgzero'],
    ['heun', 'cfgpp'],
    ['euler', 'cfgpp'],
    ['ddim', 'apg'],
  ];
  for (const [id, [sampler, rule]] of kinds.entries()) {
    const settings = {
      seed: 3,
      steps: 3,
      sampler,
      restarts: id % 2 ? 0 : 2,
      guidance: { scale: 0.5, from: 0, to: 1, rule },
    };
    ask({ type: 'run', id, request: { ...settings, prompt: 'a red ball', negative: 'a blue star' } });
    await until('done', id);
    const steps = said.flatMap((message): HeardStep[] =>
      message.type === 'step' && message.id === id ? [message.step] : [],
    );
    const about = { source: 'live', model: 'tiny', prompt: 'a red ball', phase: 'done' } as const;
    const recording = recordingOf({
      ...about,
      settings: completed({ ...settings, negative: 'a blue star' }),
      shape: { frames: 6, height: 16, width: 24 },
      steps,
    });
    expect(recording.negative).toBe('a blue star');
    expect(recording.guesses).toHaveLength(guessCount(recording));
    const again = [];
    for await (const step of replay(recording)) again.push(step);
    expect(again.map(({ x, guess }) => [x, guess])).toEqual(steps.map(({ x, guess }) => [x, guess]));
  }
});

it('keeps nothing of a run, whether it ends, fails or is stopped', async () => {
  const { said, until, ask } = connect();
  ask({ type: 'load', modelUrl: folder, wasmUrl, backend: 'wasm' });
  await until('ready');
  const held = () => [memory().numTensors, memory().numDataBuffers, memory().numBytes];
  let id = 0;
  const start = (change: Partial<RunRequest> = {}) =>
    ask({ type: 'run', id: ++id, request: { ...request, ...change } });
  start();
  await until('done', id);
  const before = held();
  for (let round = 0; round < 3; round++) {
    start();
    await until('done', id);
    start({ steps: 0 });
    await until('run-failed', id);
    start({ steps: 100 });
    await until('step', id);
    ask({ type: 'abort', id });
    await until('aborted', id);
    expect(held()).toEqual(before);
  }
  expect(said.filter(({ type }) => type === 'failed')).toEqual([]);
});

it('stops within one step, whichever it is', async () => {
  const { said, until, ask } = connect();
  ask({ type: 'load', modelUrl: folder, wasmUrl, backend: 'wasm' });
  await until('ready');
  const stepsOf = (run: number) => said.filter((message) => message.type === 'step' && message.id === run).length;
  for (let after = 0; after < 6; after++) {
    const id = after + 1;
    ask({ type: 'run', id, request: { ...request, steps: 20 } });
    while (stepsOf(id) < after) await new Promise((resolve) => setTimeout(resolve));
    const seen = stepsOf(id);
    ask({ type: 'abort', id });
    await until('aborted', id);
    expect(stepsOf(id)).toBeLessThanOrEqual(seen + 1);
  }
});

it('goes on with a run that was begun elsewhere, to the very same end', async () => {
  const { said, until, ask } = connect();
  ask({ type: 'load', modelUrl: folder, wasmUrl, backend: 'wasm' });
  await until('ready');
  const steps = (run: number) => said.flatMap((message) => (message.type === 'step' && message.id === run ? [message.step] : [])); // prettier-ignore
  ask({ type: 'run', id: 1, request: { ...request, sampler: 'multistep', steps: 6 } });
  await until('done', 1);
  const whole = steps(1);
  ask({ type: 'run', id: 2, request: { ...request, sampler: 'multistep', steps: 6 }, from: whole.slice(1, 4) });
  await until('done', 2);
  expect(steps(2).map(({ index }) => index)).toEqual([4, 5]);
  expect(Buffer.from(steps(2)[1].guess.buffer).equals(Buffer.from(whole[5].guess.buffer))).toBe(true);
});

it('tells what is wrong with a request, and goes on', async () => {
  const { until, ask } = connect();
  ask({ type: 'run', id: 1, request });
  expect(await until('run-failed', 1)).toMatchObject({
    fault: { cause: 'No model is loaded.', next: 'Load the model first.' },
  });
  ask({ type: 'load', modelUrl: folder, wasmUrl, backend: 'wasm' });
  await until('ready');
  ask({ type: 'run', id: 2, request: { ...request, steps: 0 } });
  expect(await until('run-failed', 2)).toMatchObject({
    fault: { name: 'SettingsError', cause: 'Steps is 0.', setting: 'steps' },
  });
  ask({ type: 'run', id: 3, request: { ...request, guidance: { ...request.guidance, rule: 'auto' } } });
  expect(await until('run-failed', 3)).toMatchObject({ fault: { name: 'ConditionError' } });
  ask({ type: 'run', id: 4, request });
  await until('done', 4);
});

it('tells what is wrong with the weights', async () => {
  const { until, ask } = connect();
  ask({ type: 'load', modelUrl: `${folder}`.replace(/\d+\/$/, '1/'), wasmUrl, backend: 'wasm' }); // nobody listens there
  expect(await until('failed')).toMatchObject({
    fault: {
      name: 'WeightsError',
      cause: 'manifest.json could not be downloaded: the server did not answer.',
      next: 'Check the connection, then try again.',
    },
  });
});

it('makes films of another shape, and refuses one that is not of whole patches', async () => {
  const { said, until, ask } = connect();
  ask({ type: 'load', modelUrl: folder, wasmUrl, backend: 'wasm' });
  await until('ready');
  ask({ type: 'run', id: 1, request: { ...request, format: 'tall' } });
  await until('done', 1);
  const steps = said.flatMap((message) => (message.type === 'step' ? [message.step] : []));
  expect(steps.map(({ x, guess }) => [x.length, guess.length])).toEqual(Array(4).fill(Array(2).fill(3 * 6 * 24 * 24)));
  expect(steps.at(-1)!.guess.every(Number.isFinite)).toBe(true);
  ask({ type: 'run', id: 2, request: { ...request, format: 'long' } });
  expect(await until('run-failed', 2)).toMatchObject({ fault: { name: 'SettingsError', setting: 'format' } });
});
