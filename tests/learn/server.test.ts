/** The worker's side without a worker: what it says to each message, in which order, and that nothing is left behind. */
import { memory } from '@tensorflow/tfjs-core';
import { expect, it, vi } from 'vitest';
import type { Kept } from '../../src/learn/kept';
import { firstGrid, holesOf, microCaption, shownBy, ticked } from '../../src/learn/micro';
import type { FromLearner, LearnState, ToLearner } from '../../src/learn/protocol';
import { places, serveLearner, watchedOf } from '../../src/learn/server';
import { firstSettings } from '../../src/learn/settings';

const settings = { ...firstSettings, width: 24, batch: 2 };
const wasmUrl = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/';
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
  return { heard, send, last, state, rested };
}

async function begun(kept?: Kept, grid = firstGrid, over = settings) {
  const server = served(kept);
  server.send({ type: 'open', wasmUrl });
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
  again.send({ type: 'open', wasmUrl });
  await until(() => expect(again.last('ready')).toBeDefined());
  expect(again.state()).toMatchObject({ steps, seen, running: false });
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
  const { send, state, heard } = await begun(undefined, whole, { ...settings, batch: 32 });
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

it('draws a film step by step for the stage, and ends it when nobody wants it', async () => {
  const { send, heard, last } = await begun();
  const film = { prompt: 'A red ball moving left.', settings: { seed: 3, steps: 6, sampler: 'euler', guidance: { scale: 2, from: 0, to: 1 } } } as const; // prettier-ignore
  send({ type: 'film', id: 7, ...film });
  await until(() => expect(last('done')).toEqual({ type: 'done', id: 7 }));
  const steps = heard.flatMap((message) => (message.type === 'filmed' ? [message.step] : []));
  expect(steps.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(steps[5].guess.length).toBe(3 * 8 * 16 * 16);
  send({ type: 'film', id: 8, ...film });
  send({ type: 'abort', id: 8 });
  await until(() => expect(last('undone')?.id).toBe(8));
});

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
  await other.rested();
  expect(other.state()!.shown.films).toBeGreaterThan(0); // some of its films were read at once
});

it('stays as large as it is, however often it begins, goes on and rests', async () => {
  const { send, state, rested } = await begun();
  const round = async () => {
    send({ type: 'begin', settings, grid: firstGrid });
    send({ type: 'go' });
    await until(() => expect(state()!.steps).toBeGreaterThan(0));
    await rested();
    send({ type: 'begin', settings, grid: firstGrid });
    await rested();
  };
  await round();
  const standing = memory().numTensors;
  for (let i = 0; i < 4; i++) await round();
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
