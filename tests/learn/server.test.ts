/** The worker's side without a worker: what it says to each message, in which order, and that nothing is left behind. */
import { memory } from '@tensorflow/tfjs-core';
import { expect, it, vi } from 'vitest';
import type { Kept } from '../../src/learn/kept';
import { firstGrid, holesOf, microCaption, shownBy, ticked } from '../../src/learn/micro';
import type { ToWorker } from '../../src/engine/protocol';
import type { FromLearner, LearnState, ToLearner } from '../../src/learn/protocol';
import { modelFile } from '../../src/learn/file';
import { places, watchedOf } from '../../src/learn/films';
import { serveLearner } from '../../src/learn/server';
import { recordedFile, type Moment } from '../../src/learn/recorded';
import { firstSettings } from '../../src/learn/settings';
import { Training } from '../../src/learn/training';

const settings = { ...firstSettings, width: 24, batch: 2 };
const open = { type: 'open', wasmUrl: 'node_modules/@tensorflow/tfjs-backend-wasm/dist/', backend: 'wasm' } as const;
const until = (check: () => void) => vi.waitFor(check, { timeout: 50_000, interval: 5 });

/** A store that remembers the last record, as IndexedDB does: a copy. */
function store(record?: unknown): Kept & { record: unknown } {
  return {
    record,
    async get() {
      return structuredClone(this.record);
    },
    async put(record) {
      this.record = structuredClone(record);
    },
  };
}

function served(kept: Kept = store()) {
  const heard: FromLearner[] = [];
  let send!: (message: ToLearner) => void;
  const port = {
    postMessage: (message: FromLearner) => void heard.push(structuredClone(message)),
    addEventListener: (_: 'message', listener: (event: { data: ToLearner }) => void) =>
      void (send = (data) => listener({ data })),
  };
  serveLearner(port, async () => kept);
  const last = <Type extends FromLearner['type']>(type: Type) =>
    heard.findLast((message) => message.type === type) as Extract<FromLearner, { type: Type }> | undefined;
  const state = (): LearnState | undefined => last('state')?.state;
  /** Until it has done all that it was asked so far, and rests. */
  const rested = async () => {
    const asked = heard.length;
    send({ type: 'pause' });
    send({ type: 'file', id: 0 });
    await until(() => expect(heard.slice(asked).some((message) => 'id' in message && message.id === 0)).toBe(true));
  };
  /** It learns a step and rests: a training that comes from elsewhere reads sixteen films by itself, until it learns. */
  const hushed = async () => {
    const { steps } = state()!;
    send({ type: 'go' });
    await until(() => expect(state()!.steps).toBeGreaterThan(steps));
    await rested();
  };
  return { heard, send, last, state, rested, hushed };
}

async function begun(kept?: Kept, grid = firstGrid, over = settings) {
  const server = served(kept);
  server.send(open);
  server.send({ type: 'begin', settings: over, grid });
  await until(() => expect(server.state()).toBeDefined());
  return server;
}

it('says that it listens, then that it is ready, and shows what a network draws that knows nothing', async () => {
  const { heard, last, state } = await begun();
  expect(heard[0]).toEqual({ type: 'awake' });
  expect(last('ready')).toEqual({ type: 'ready', backend: 'wasm' });
  expect(heard.filter(({ type }) => type === 'watched').length).toBe(places);
  expect(state()).toMatchObject({ steps: 0, seen: 0, running: false, grid: firstGrid, settings });
});

it('goes on until it is told to rest, and keeps what it has learned', async () => {
  const kept = store();
  const { send, state, rested } = await begun(kept);
  send({ type: 'go' });
  await until(() => expect(state()!.steps).toBeGreaterThan(2));
  expect(state()!.running).toBe(true);
  await rested();
  const { steps, seen, running } = state()!;
  expect([seen, running]).toEqual([2 * steps, false]);

  const again = served(kept);
  again.send(open);
  await until(() => expect(again.last('ready')).toBeDefined());
  expect(again.state()).toMatchObject({ steps, seen, running: false });
  await again.hushed();
});

it('makes one step when it is asked for one', async () => {
  const { send, state } = await begun();
  send({ type: 'step' });
  await until(() => expect(state()!.steps).toBe(1));
  expect(state()!.running).toBe(false);
});

it('reads films as it learns: those of what it is shown, and those of its holes', async () => {
  const { send, state, rested } = await begun();
  send({ type: 'go' });
  await until(() => expect(Math.min(state()!.shown.films, state()!.holes.films)).toBeGreaterThan(0));
  await rested();
});

it('what it was shown once is no hole any more, though it is unticked', async () => {
  const whole = ticked(firstGrid, 'motions', 'blue left', true);
  const { send, state, heard } = await begun(undefined, whole, { ...settings, batch: 16 });
  send({ type: 'step' });
  await until(() => expect(state()!.steps).toBe(1));
  expect(state()!.counts['A blue ball moving left.']).toBeGreaterThan(0);
  send({ type: 'change', settings, grid: firstGrid });
  const before = heard.length;
  send({ type: 'step' });
  await until(() => expect(state()!.steps).toBe(2));
  const asked = heard.slice(before).flatMap((message) => (message.type === 'watched' ? [message.film.cell] : []));
  expect(asked).not.toContainEqual({ colour: 'blue', thing: 'ball', motion: 'left' });
});

it('with a learning rate of 10 it stops with a sentence, does not go on, and is not kept', async () => {
  const kept = store();
  const { send, last, state } = await begun(kept, firstGrid, { ...settings, rate: 10 });
  send({ type: 'go' });
  await until(() => expect(last('broken')).toBeDefined());
  expect(last('broken')!.fault.cause).toMatch(/learning rate of 10/);
  expect(state()!.running).toBe(false);
  const { record } = kept;
  const { steps } = state()!;
  for (const type of ['go', 'step', 'pause'] as const) send({ type });
  send({ type: 'file', id: 3 }); // answered after all of that
  await until(() => expect(last('file') ?? last('undone')).toBeDefined());
  expect(kept.record).toBe(record);
  expect(state()!.steps).toBe(steps);
});

it('answers the stage as any engine does: it says what it is, runs, is looked into, and stops where nobody wants more', async () => {
  const { send, heard } = await begun();
  const said = () => heard.flatMap((message) => (message.type === 'stage' ? [message.message] : []));
  const ask = (message: ToWorker) => send({ type: 'stage', message });
  ask({ type: 'load', modelUrl: '', wasmUrl: '' });
  const shape = { frames: 8, height: 16, width: 16 };
  expect(said()).toMatchObject([{ type: 'ready', info: { model: 'micro', backend: 'wasm', shape, tokens: 8 } }]);
  const request = { prompt: 'A red ball moving left.', seed: 3, steps: 6, sampler: 'euler', guidance: { scale: 2, from: 0, to: 1 } } as const; // prettier-ignore
  ask({ type: 'run', id: 7, request });
  await until(() => expect(said()).toContainEqual({ type: 'done', id: 7 }));
  const steps = said().flatMap((message) => (message.type === 'step' ? [message.step] : []));
  expect(steps.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
  const { x, t } = steps[3];
  ask({ type: 'probe', id: 8, request: { prompt: request.prompt, x, levels: new Float32Array(x.length / 3).fill(t), shape, guesses: true } }); // prettier-ignore
  await until(() => expect(said()).toContainEqual({ type: 'done', id: 8 }));
  expect(said().filter(({ type }) => type === 'block').length).toBe(3);
  ask({ type: 'run', id: 9, request });
  ask({ type: 'abort', id: 9 });
  await until(() => expect(said()).toContainEqual({ type: 'aborted', id: 9 }));
});

it('asked by the stage while it learns, it answers between two steps with what it has learned by then', async () => {
  const { send, heard, state, rested } = await begun();
  const request = { prompt: 'A red ball moving left.', seed: 3, steps: 1, sampler: 'euler', guidance: { scale: 1, from: 0, to: 1 } } as const; // prettier-ignore
  const film = async (id: number) => {
    send({ type: 'stage', message: { type: 'run', id, request } });
    const of = () => heard.flatMap((each) => (each.type === 'stage' && each.message.type === 'step' && each.message.id === id ? [each.message.step.guess] : [])); // prettier-ignore
    await until(() => expect(of().length).toBe(1));
    return of()[0];
  };
  const before = await film(1);
  send({ type: 'go' });
  await until(() => expect(state()!.steps).toBeGreaterThan(2));
  expect(await film(2)).not.toEqual(before);
  await rested();
});

it('opens another model beside its own, asks it the same, and puts it away', async () => {
  const other = await begun(undefined, ticked(firstGrid, 'motions', 'red right', true));
  const standing = memory().numTensors;
  const training = new Training({ settings, grid: firstGrid });
  const bytes = modelFile(training.snapshot());
  training.dispose();
  other.send({ type: 'beside', bytes });
  await until(() => expect(other.last('beside')?.model?.shown.films).toBeGreaterThan(0));
  const asked = (beside: boolean) => other.heard.flatMap((each) => (each.type === 'watched' && each.beside === beside ? [microCaption(each.film.cell)] : [])); // prettier-ignore
  expect(asked(true)).toEqual(asked(false));
  expect(other.last('beside')!.model!.grid).toEqual(firstGrid);
  other.send({ type: 'beside', bytes: Uint8Array.of(1, 2, 3) });
  await until(() => expect(other.last('refused')).toBeDefined());
  other.send({ type: 'beside', bytes: null });
  await until(() => expect(other.last('beside')!.model).toBeNull());
  await other.rested();
  expect(memory().numTensors).toBe(standing);
});

it('a step a second is no more than that', async () => {
  const { send, state, rested } = await begun();
  send({ type: 'pace', wait: 60_000 });
  send({ type: 'go' });
  await until(() => expect(state()!.steps).toBe(1));
  await rested(); // answers at once, and does not wait for the next step
  expect(state()!.steps).toBe(1);
});

it('takes a recorded training at any of its moments, and goes on from there', async () => {
  const { send, state, rested, last } = served();
  send(open);
  await until(() => expect(last('ready')).toBeDefined());
  const bytes = await recorded();
  send({ type: 'take', bytes, moment: 1 });
  await until(() => expect(state()!.moment).toEqual({ index: 1, count: 2 }));
  expect(state()).toMatchObject({ steps: 2, shown: { films: 24, right: 3 } });
  expect(state()!.curve.length).toBe(2);
  send({ type: 'step' });
  await until(() => expect(state()!.steps).toBe(3));
  expect(state()!.moment).toBeNull();
  await rested();
});

/** A training of two steps, at its beginning and at its end. */
async function recorded(): Promise<Uint8Array> {
  const training = new Training({ settings, grid: firstGrid });
  const score = { films: 24, right: 3, colour: 9, motion: 8, both: 5, instead: null };
  const point = (seen: number) => ({ seen, seconds: seen, losses: [1, null, null, null, 2], shown: null, holes: null });
  const moment = (points: Moment['points']): Moment => ({ ...training.snapshot(), points, shown: score, holes: score });
  const first = moment([]);
  for (let i = 0; i < 2; i++) await training.advance();
  const last = moment([point(2), point(4)]);
  training.dispose();
  return recordedFile([first, last]);
}

it('gives its model as a file, takes one, and refuses what is none', async () => {
  const { send, last, state } = await begun();
  send({ type: 'step' });
  send({ type: 'file', id: 1 });
  await until(() => expect(last('file')).toBeDefined());
  const { bytes } = last('file')!;
  const other = await begun();
  other.send({ type: 'take', bytes: bytes.slice(0, 100) });
  await until(() => expect(other.last('refused')?.fault.name).toBe('WeightsError'));
  expect(other.state()!.steps).toBe(0);
  other.send({ type: 'take', bytes });
  await until(() => expect(other.state()!.steps).toBe(1));
  expect(other.state()!.counts).toEqual(state()!.counts);
  await until(() => expect(other.state()!.shown.films).toBeGreaterThan(0)); // some of its films are read at once
  await other.hushed();
});

it('stays as large as it is in 20 times of going on and resting', async () => {
  const { send, heard, state } = await begun(undefined, firstGrid, { ...settings, batch: 1 });
  /** Until all has been done that was asked before: this is answered in its turn, and nothing else comes of it. */
  const inTurn = async () => {
    const before = heard.length;
    send({ type: 'beside', bytes: null });
    await until(() => expect(heard.slice(before).some(({ type }) => type === 'beside')).toBe(true));
  };
  const round = async () => {
    for (const type of ['go', 'pause'] as const) {
      send({ type });
      await inTurn();
    }
    heard.splice(0, heard.length - 5);
  };
  for (let i = 0; i < 4; i++) await round();
  const [standing, { steps }] = [memory(), state()!];
  for (let i = 0; i < 20; i++) await round();
  const { numTensors, numBytes } = memory();
  expect(state()!.steps - steps).toBeGreaterThanOrEqual(20); // each time it learned
  expect([numTensors, numBytes]).toEqual([standing.numTensors, standing.numBytes]);
});

it('and as often as it begins anew', async () => {
  const { send, rested } = await begun();
  const anew = async () => {
    send({ type: 'begin', settings, grid: firstGrid });
    await rested();
  };
  await anew();
  const standing = memory().numTensors;
  for (let i = 0; i < 2; i++) await anew();
  expect(memory().numTensors).toBe(standing);
});

it('watches holes where there are some, and else cells that differ', () => {
  const shown = shownBy(firstGrid);
  const watched = watchedOf(shown, holesOf(firstGrid));
  expect(watched.length).toBe(places);
  expect(new Set(watched.map((cell) => JSON.stringify(cell))).size).toBe(places);
  expect(watched.map(microCaption)).toEqual(['A red ball moving left.', 'A green ball moving right.', 'A red ball moving right.', 'A green ball moving left.']); // prettier-ignore
  expect(watchedOf(shown.slice(0, 1), [])).toEqual(shown.slice(0, 1));
});
