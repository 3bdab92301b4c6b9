/** Live: a film with every change, by a fake engine and a clock of the test's own. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Live, quiet } from '../../../src/sessions/live/live';
import { decodeLink } from '../../../src/settings/link';
import { defaults } from '../../../src/settings/settings';
import { Studio } from '../../../src/studio/studio';
import type { EngineInfo, OtherProgress } from '../../../src/engine/protocol';
import { FakeEngine, fakePorts, info, type FakeOptions } from '../../app/fake-run';

const perStep = 75; // milliseconds

class WithStudent extends FakeEngine {
  override load = async (): Promise<EngineInfo> => ({ ...info, shape: this.options.shape!, student: 'student' });
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A studio with a full film on its stage, and Live watching. */
async function opened(options: FakeOptions = {}) {
  const engine = new WithStudent({ wait: perStep, shape: { frames: 4, height: 8, width: 8 }, ...options });
  const studio = new Studio(fakePorts(engine, { listRecordings: async () => [] }));
  const { state } = studio;
  void studio.open('#prompt=a+red+ball&seed=1&steps=6&guidance=3&from=0.1&step=2&frame=3');
  await vi.advanceTimersByTimeAsync(6 * (options.wait ?? perStep) + 50);
  expect(state.run.value?.phase).toBe('done');
  const end = new Live(state, studio.runs).watch();
  const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
  const finish = () => pass(quiet + 4 * perStep + 20);
  return { engine, studio, state, pass, finish, end };
}

it('a change is a new film of four steps, in its place once it is through, with step, frame and playing as they were', async () => {
  const { engine, studio, state, pass, finish } = await opened();
  const full = state.run.value;
  studio.view.togglePlaying();
  studio.controls.goLive(true);
  await pass(quiet + 2 * perStep);
  expect(state.run.value).toBe(full); // the stage keeps its film
  await pass(2 * perStep + 20);
  expect(engine.requests.at(-1)).toMatchObject({ student: true, steps: 4, sampler: 'euler', shift: 1, guidance: { scale: 1 } }); // prettier-ignore
  expect(state.run.value).toMatchObject({ phase: 'done', settings: { student: true, seed: 1 } });

  let blank = false;
  const watching = state.filled.subscribe((filled) => (blank ||= !filled));
  studio.controls.setText('seed', '2');
  await finish();
  watching();
  expect(state.run.value).toMatchObject({ settings: { seed: 2 }, phase: 'done' });
  expect([state.row.value, state.frame.value, state.playing.value, blank]).toEqual([2, 3, true, false]);
});

it('waits for a moment of quiet, and where films come slowly a newer change ends what an older one began', async () => {
  const slow = 200;
  const { engine, studio, state, pass } = await opened({ wait: slow });
  const finish = () => pass(quiet + 4 * slow + 20);
  studio.controls.goLive(true);
  await finish();
  const asked = engine.requests.length;
  for (const seed of [10, 11, 12, 13]) {
    studio.controls.setText('seed', String(seed));
    await pass(quiet - 10);
  }
  expect(engine.requests.length).toBe(asked);
  await pass(quiet + slow);
  expect(engine.requests.map(({ seed }) => seed).slice(asked)).toEqual([13]);
  studio.controls.setText('seed', '14'); // while 13 is being made
  await pass(5);
  expect(state.coming.value).toBeNull();
  await finish();
  expect(engine.requests.map(({ seed }) => seed).slice(asked)).toEqual([13, 14]);
  expect(state.run.value?.settings.seed).toBe(14);
  studio.controls.setText('seed', '15');
  await pass(5);
  studio.controls.setText('seed', '14'); // is there already
  await finish();
  expect(engine.requests.map(({ seed }) => seed).slice(asked)).toEqual([13, 14]);
});

it('where films come soon they keep coming while somebody drags, each the newest when the one before is through', async () => {
  const { engine, studio, state, pass, finish } = await opened();
  studio.controls.goLive(true);
  await finish();
  const asked = engine.requests.length;
  const seen = new Set<number>();
  const watching = state.run.subscribe((run) => run && seen.add(run.settings.seed));
  for (let seed = 100; seed < 140; seed++) {
    studio.controls.setText('seed', String(seed));
    await pass(40); // less than what is taken for quiet
  }
  await finish();
  await finish();
  watching();
  expect(state.run.value?.settings.seed).toBe(139);
  expect(seen.size).toBe(engine.requests.length - asked + 1); // all that were begun came, after the one of before
  expect(seen.size).toBeGreaterThan(4); // in 1.6 s
});

it('follows the sentence that is heard, not every letter', async () => {
  const { engine, studio, state, finish } = await opened();
  const heard = (text: string) => (/star/.test(text) ? 'a blue star' : 'a red ball');
  const ears = { hearPrompt: (text: string) => ({ caption: heard(text), negative: '' }), nearPrompt: () => [] };
  studio.ports.openWords = async () => ears as never;
  studio.controls.goLive(true);
  await finish();
  const asked = engine.requests.length;
  for (const text of ['a', 'a r', 'a red b', 'a red bal']) {
    studio.controls.setPrompt(text);
    await finish();
  }
  expect(engine.requests.length).toBe(asked);
  studio.controls.setPrompt('ein blauer star');
  await finish();
  expect(engine.requests.slice(asked).map(({ prompt }) => prompt)).toEqual(['a blue star']);
  expect(state.run.value?.prompt).toBe('a blue star');
});

it('a shake is one film, of fresh noise; after Live it is the full run again, with the settings of before', async () => {
  const { engine, studio, state, pass, finish } = await opened();
  const before = state.settings.value;
  studio.controls.goLive(true);
  await finish();
  const asked = engine.requests.length;
  void studio.runs.shake();
  await pass(1000);
  expect(engine.requests.length).toBe(asked + 1);
  studio.controls.goLive(false);
  expect(state.settings.value).toEqual({ ...before, seed: engine.requests.at(-1)!.seed });
  await pass(1000);
  expect(engine.requests.length).toBe(asked + 1); // nothing by itself
  void studio.runs.again();
  await pass(perStep + 20);
  expect(state.run.value).toMatchObject({ phase: 'running', settings: { student: false, steps: 6 } });
});

it('keeps of live films the one that stands, the one that somebody keeps, and the last', async () => {
  const { studio, state, pass, finish } = await opened();
  const seeds = () => state.history.value.map(({ settings }) => settings.seed);
  studio.controls.goLive(true);
  for (const seed of [20, 21, 22]) {
    studio.controls.setText('seed', String(seed));
    await finish();
  }
  expect(seeds()).toEqual([1]); // the full one of before
  studio.history.keep();
  expect(seeds()).toEqual([22, 1]);
  studio.controls.setText('seed', '23');
  await finish();
  await pass(3000);
  expect(seeds()).toEqual([23, 22, 1]);
  studio.controls.setText('seed', '24');
  await finish();
  studio.controls.goLive(false);
  expect(seeds()).toEqual([24, 23, 22, 1]);
});

it('what breaks is said once, the film stays, and the next change tries again', async () => {
  const loads: OtherProgress[] = [{ network: 'student', stage: 'weights', done: 2e6, total: 7e6 }];
  let gate: () => Promise<void> = async () => {};
  const { engine, studio, state, pass, finish } = await opened({ others: loads, gate: () => gate() });
  const full = state.run.value;
  let fail!: (error: Error) => void;
  gate = () => new Promise((_, reject) => (fail = reject));
  studio.controls.goLive(true);
  await pass(quiet + 5);
  expect(state.otherLoading.value).toEqual(loads[0]); // and it says how far it is
  const fault = { name: 'StudentError', cause: 'It did not come.', next: 'Again.', setting: 'student' };
  fail(Object.assign(new Error('x'), fault));
  await pass(5000);
  expect(state.trouble.value).toEqual({ fault, retry: 'run' });
  expect([state.run.value, state.engine.value.phase, state.coming.value]).toEqual([full, 'ready', null]);
  const asked = engine.requests.length;
  gate = async () => {};
  studio.controls.setText('seed', '5');
  await finish();
  expect([engine.requests.length, state.run.value?.settings.seed]).toEqual([asked + 1, 5]);
  expect(state.trouble.value).toBeNull();
});

it('ends where the full network is asked for, and a link brings it back', async () => {
  const { studio, state, finish } = await opened();
  studio.controls.goLive(true);
  await finish();
  const link = state.link.value;
  expect(decodeLink(link).state).toMatchObject({ live: true, settings: { student: true, steps: 4 } });
  await studio.history.goBack(state.history.value.at(-1)!); // of 6 steps
  expect([state.live.value, state.settings.value.steps]).toEqual([false, 6]);
  studio.follow(link);
  expect([state.live.value, state.settings.value.student]).toEqual([true, true]);
  studio.controls.resetAll();
  expect([state.live.value, state.settings.value]).toEqual([false, { ...defaults, seed: state.settings.value.seed }]);
});
