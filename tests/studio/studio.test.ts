import { describe, expect, it, vi } from 'vitest';
import { clipAt, filmRate, noiseLeft, snowRate, State } from '../../src/app/state';
import { defaults } from '../../src/settings/settings';
import { Studio } from '../../src/studio/studio';
import { FakeEngine, fakePorts, fakeRun, info, recordedPrompt } from '../app/fake-run';

const settled = (studio: Studio) =>
  vi.waitFor(() => expect(studio.state.run.value?.phase).toMatch(/done|stopped|failed/));

describe('opening', () => {
  it('plays a recorded run and loads the engine behind it', async () => {
    let loaded = (_: unknown) => {};
    const engine = new FakeEngine({}, new Promise((done) => (loaded = done)));
    const studio = new Studio(fakePorts(engine));
    void studio.open('');
    await settled(studio);
    const { state } = studio;
    expect(state.run.value).toMatchObject({ source: 'recording', prompt: recordedPrompt, phase: 'done' });
    expect(state.run.value?.steps).toHaveLength(12);
    expect(state.prompt.value).toBe(recordedPrompt);
    expect(state.settings.value.seed).toBe(3);
    expect(state.engine.value).toEqual({ phase: 'loading', stage: 'weights', done: 1_000_000, total: 3_000_000 });
    loaded(0);
    await vi.waitFor(() => expect(state.engine.value.phase).toBe('ready'));
    expect(engine.requests).toEqual([]); // nobody asked for a run
    expect(state.touched.value).toBe(false);
  });

  it('runs what a link asks for as soon as the engine is there', async () => {
    const engine = new FakeEngine();
    const studio = new Studio(fakePorts(engine));
    await studio.open('#prompt=a+blue+star&seed=5&steps=6&step=2&frame=3&show=guess');
    expect(engine.requests).toEqual([
      {
        ...defaults,
        prompt: 'a blue star',
        seed: 5,
        steps: 6,
      },
    ]);
    const { state } = studio;
    expect(state.run.value).toMatchObject({ source: 'live', phase: 'done' });
    expect([state.row.value, state.frame.value, state.show.value]).toEqual([2, 3, 'guess']);
  });

  it('is fresh noise each time; kept, or asked for again, it is the same', async () => {
    const engine = new FakeEngine();
    const studio = new Studio(fakePorts(engine));
    await studio.open('');
    const seeds = () => engine.requests.map(({ seed }) => seed);
    for (let i = 0; i < 3; i++) await studio.runs.shake();
    expect(new Set(seeds()).size).toBe(3);
    await studio.runs.again();
    studio.controls.keepSeed(true);
    await studio.runs.shake();
    expect(new Set(seeds().slice(2)).size).toBe(1);
    expect(studio.state.settings.value.seed).toBe(seeds().at(-1));
    studio.dispose();
  });

  it('does without recordings, and says so', async () => {
    const studio = new Studio(
      fakePorts(new FakeEngine(), { listRecordings: () => Promise.reject(new Error('no list')) }),
    );
    await studio.open('');
    expect(studio.state.trouble.value).toMatchObject({ retry: 'recording', fault: { cause: 'no list' } });
    await studio.runs.again();
    expect(studio.state.run.value?.phase).toBe('done');
  });
});

describe('faults', () => {
  it('keeps the recorded run when the engine cannot start, and loads again on demand', async () => {
    const broken = Object.assign(new Error('x'), { cause: 'The file is altered.', next: 'Reload.' });
    let attempts = 0;
    const studio = new Studio(
      fakePorts(() => new FakeEngine({}, attempts++ === 0 ? Promise.reject(broken) : Promise.resolve())),
    );
    await studio.open('');
    await settled(studio);
    const { state } = studio;
    expect(state.engine.value.phase).toBe('failed');
    expect(state.trouble.value).toEqual({
      fault: { name: 'Error', cause: 'The file is altered.', next: 'Reload.' },
      retry: 'engine',
    });
    expect(state.run.value).toMatchObject({ source: 'recording', phase: 'done' });
    await studio.notes.retry();
    expect(state.engine.value.phase).toBe('ready');
    expect(state.trouble.value).toBeNull();
  });

  it('says that the engine mended itself, and where it runs now, until the next run', async () => {
    const fault = { name: 'DeviceLostError', cause: 'The graphics processor was lost.', next: 'Load it again.' };
    const engine = new FakeEngine();
    const studio = new Studio(fakePorts(engine));
    await studio.open('');
    const { state } = studio;
    engine.breakDown({ fault, was: 'cpu', info });
    expect(state.mended.value).toEqual({ fault, lower: null });
    engine.breakDown({ fault, was: 'webgpu', info });
    expect(state.mended.value).toEqual({ fault, lower: 'cpu' });
    expect(state.engine.value).toEqual({ phase: 'ready', info });
    expect(state.trouble.value).toBeNull();
    await studio.runs.again();
    expect(state.mended.value).toBeNull();
  });

  it('says that an engine is gone for good, and loads another on demand', async () => {
    const fault = { name: 'WorkerError', cause: 'The worker stopped.', next: 'Reload the page.' };
    const engines: FakeEngine[] = [];
    const studio = new Studio(fakePorts(() => engines[engines.push(new FakeEngine()) - 1]));
    await studio.open('');
    engines[0].breakDown({ fault, was: 'cpu' });
    expect(studio.state.engine.value).toEqual({ phase: 'failed', fault });
    expect(studio.state.trouble.value).toEqual({ fault, retry: 'engine' });
    await studio.notes.retry();
    expect(studio.state.engine.value.phase).toBe('ready');
    engines[0].breakDown({ fault, was: 'cpu' }); // of one that was put away
    expect(studio.state.engine.value.phase).toBe('ready');
  });

  it('gives the old run back when a new one fails before its first step', async () => {
    const studio = new Studio(fakePorts(new FakeEngine({ failAt: 0, error: new Error('guess is not a number') })));
    await studio.open('');
    await studio.runs.again();
    expect(studio.state.run.value).toMatchObject({ source: 'recording', phase: 'done' });
    expect(studio.state.trouble.value).toMatchObject({ retry: 'run', fault: { cause: 'guess is not a number' } });
  });

  it('keeps the steps of a run that fails later', async () => {
    const studio = new Studio(fakePorts(new FakeEngine({ failAt: 5 })));
    await studio.open('');
    await studio.runs.again();
    expect(studio.state.run.value).toMatchObject({ source: 'live', phase: 'failed' });
    expect(studio.state.run.value?.steps).toHaveLength(5);
    expect(studio.state.row.value).toBe(4);
  });

  it('loads the engine again after a fault of the engine, but not after one of the settings', async () => {
    const named = (name: string) => Object.assign(new Error('gone'), { name });
    for (const [name, engines] of [
      ['DeviceLostError', 2],
      ['GuessError', 1],
    ] as const) {
      let made = 0;
      const studio = new Studio(fakePorts(() => new FakeEngine(made++ === 0 ? { failAt: 1, error: named(name) } : {})));
      await studio.open('');
      await studio.runs.again();
      expect(studio.state.trouble.value?.retry).toBe('run');
      await studio.notes.retry();
      expect(made).toBe(engines);
      if (engines === 2) expect(studio.state.run.value).toMatchObject({ source: 'live', phase: 'done' });
    }
  });
});

describe('shaking', () => {
  it('waits for the engine', async () => {
    let loaded = (_: unknown) => {};
    const engine = new FakeEngine({}, new Promise((done) => (loaded = done)));
    const studio = new Studio(fakePorts(engine));
    const opening = studio.open('');
    await settled(studio);
    studio.view.look({ row: 3 });
    await studio.runs.again();
    expect(studio.state.queued.value).toBe(true);
    expect(studio.state.step.value).toBeNull(); // the new run is followed from its start
    loaded(0);
    await opening;
    expect(studio.state.queued.value).toBe(false);
    expect(studio.state.run.value).toMatchObject({ source: 'live', phase: 'done' });
  });

  it('can be stopped; what has come stays', async () => {
    const studio = new Studio(fakePorts(new FakeEngine({ wait: 5 })));
    await studio.open('');
    const run = studio.runs.again();
    await vi.waitFor(() => expect(studio.state.run.value?.steps.length).toBeGreaterThan(2));
    studio.runs.stop();
    await run;
    expect(studio.state.run.value?.phase).toBe('stopped');
    expect(studio.state.run.value?.steps.length).toBeLessThan(24);
    expect(studio.state.trouble.value).toBeNull();
  });

  it('again and again: only the last run counts', async () => {
    const studio = new Studio(fakePorts(new FakeEngine({ wait: 1 })));
    await studio.open('');
    const runs = [];
    for (const seed of ['1', '2', '3']) {
      studio.controls.setText('seed', seed);
      runs.push(studio.runs.again());
    }
    await Promise.all(runs);
    expect(studio.state.run.value).toMatchObject({ phase: 'done', settings: { seed: 3 } });
    expect(studio.state.run.value?.steps).toHaveLength(12);
  });
});

describe('two times', () => {
  async function recorded() {
    const state = new State();
    const studio = new Studio(fakePorts(), state);
    await studio.open('');
    await settled(studio);
    return { studio, state };
  }

  it('has one row more than steps: the last one is the finished clip', async () => {
    const { state } = await recorded();
    const run = state.run.value!;
    expect([state.rows.value, state.rowsFilled.value, state.row.value]).toEqual([13, 13, 12]);
    expect(noiseLeft(run, 0)).toBe(1);
    expect(noiseLeft(run, 3)).toBeCloseTo(0.75);
    expect(noiseLeft(run, 12)).toBe(0);
    expect(clipAt(run, 12, 'x')).toBe(run.steps[11].guess);
    expect(clipAt(run, 3, 'x')).toBe(run.steps[3].x);
    expect(clipAt(run, 13, 'x')).toBeUndefined();
  });

  it('keeps places inside the sheet', async () => {
    const { studio } = await recorded();
    studio.view.look({ row: -5, frame: 99 });
    expect([studio.state.row.value, studio.state.frame.value, studio.state.playing.value]).toEqual([0, 15, false]);
    studio.view.look({ row: 99, frame: -1 });
    expect([studio.state.row.value, studio.state.frame.value]).toEqual([12, 0]);
  });

  it('follows the newest row until a place is chosen', async () => {
    const { studio, state } = await recorded();
    const run = state.run.value!;
    state.run.value = { ...run, steps: run.steps.slice(0, 4), phase: 'running' };
    expect(state.row.value).toBe(3);
    studio.view.look({ row: 1 });
    expect(state.row.value).toBe(1);
  });

  it('loops, or stops at the end', async () => {
    const { studio } = await recorded();
    studio.view.look({ frame: 15 });
    studio.view.nextFrame();
    expect(studio.state.frame.value).toBe(0);
    studio.view.look({ frame: 15 });
    studio.view.togglePlaying();
    studio.view.setLoop(false);
    studio.view.nextFrame();
    expect([studio.state.frame.value, studio.state.playing.value]).toEqual([15, false]);
    studio.view.togglePlaying();
    expect([studio.state.frame.value, studio.state.playing.value]).toEqual([0, true]);
  });

  it('never plays what flickers faster than three pictures a second unless asked', async () => {
    const { studio, state } = await recorded();
    const rates = (show: 'x' | 'guess') =>
      Array.from({ length: 13 }, (_, row) => {
        studio.view.look({ row, show });
        return state.rate.value;
      });
    const held = rates('x');
    expect(held.slice(0, 8)).toEqual(Array(8).fill(snowRate)); // from pure noise to a third of it
    expect(held[12]).toBe(filmRate);
    expect(rates('guess')).toEqual(Array(13).fill(filmRate)); // a disc moves over a still ground
    expect(snowRate).toBeLessThanOrEqual(3);
    studio.view.look({ row: 0, show: 'x' });
    studio.view.setFullSpeed(true);
    expect(state.rate.value).toBe(filmRate);
  });

  it('slows a finished clip too where it flickers', async () => {
    const { state } = await recorded();
    const run = state.run.value!;
    const last = run.steps[11];
    state.run.value = { ...run, steps: [...run.steps.slice(0, 11), { ...last, guess: run.steps[0].x }] };
    expect([state.row.value, state.rate.value]).toEqual([12, snowRate]);
  });

  it('moves by itself only where the reader did not ask for less motion', () => {
    expect(new Studio(fakePorts(new FakeEngine(), { calm: true })).state.playing.value).toBe(false);
    expect(new Studio(fakePorts(new FakeEngine(), { calm: false })).state.playing.value).toBe(true);
  });
});

describe('numbers typed into a field', () => {
  it('are clamped, and it says so until the next good one', () => {
    const studio = new Studio(fakePorts());
    studio.controls.setText('steps', '5000');
    expect(studio.state.settings.value.steps).toBe(100);
    expect(studio.state.notices.value).toEqual([{ kind: 'clamped', key: 'steps', given: '5000', used: '100' }]);
    studio.controls.setText('steps', 'many');
    expect(studio.state.notices.value).toEqual([{ kind: 'unreadable', key: 'steps', given: 'many', used: '100' }]);
    studio.controls.setText('steps', '12');
    expect(studio.state.notices.value).toEqual([]);
  });

  it('keep the interval of the guidance in order', () => {
    const studio = new Studio(fakePorts());
    studio.controls.setText('to', '0.5');
    studio.controls.setText('from', '0.9');
    expect(studio.state.settings.value.guidance).toMatchObject({ from: 0.5, to: 0.5 });
    expect(studio.state.notices.value).toHaveLength(1);
  });
});

describe('recordings', () => {
  it('stand in for an example while there is no engine', async () => {
    const engine = new FakeEngine();
    const ports = fakePorts(engine);
    let ready = (_: unknown) => {};
    const studio = new Studio({ ...ports, createEngine: () => new Promise((done) => (ready = () => done(engine))) });
    const opening = studio.open('');
    await settled(studio);
    await studio.runs.takeExample(recordedPrompt);
    expect(studio.state.run.value).toMatchObject({ source: 'recording', phase: 'done' });
    expect(studio.state.queued.value).toBe(false);
    await studio.runs.takeExample('A prompt without a recording.');
    expect(studio.state.queued.value).toBe(true);
    ready(0);
    await opening;
    expect(engine.requests.map(({ prompt }) => prompt)).toEqual(['A prompt without a recording.']);
    await studio.runs.takeExample(recordedPrompt);
    expect(engine.requests).toHaveLength(2);
  });

  it('drops a file that comes after somebody has shaken', async () => {
    let arrive = (_: void) => {};
    const ports = fakePorts();
    const late = new Promise<void>((done) => (arrive = done));
    let first = true;
    const studio = new Studio({
      ...ports,
      openRecording: async (entry) => {
        if (!first) await late;
        first = false;
        return ports.openRecording(entry);
      },
    });
    await studio.open('');
    const chosen = studio.runs.playRecording({ file: 'one.snow', prompt: recordedPrompt });
    await studio.runs.again();
    arrive();
    await chosen;
    expect(studio.state.run.value?.source).toBe('live');
  });

  it('are paced, so that one can watch', async () => {
    const studio = new Studio(fakePorts(new FakeEngine(), { calm: false }));
    void studio.open('');
    await vi.waitFor(() => expect(studio.state.run.value?.steps.length).toBe(2));
    expect(studio.state.run.value?.phase).toBe('running');
    studio.runs.stop();
    await settled(studio);
  });
});

it('the fake run used here mixes as the real one does', async () => {
  const steps = [];
  for await (const step of fakeRun({ seed: 1, steps: 4 })) steps.push(step);
  expect(steps.map(({ t }) => t)).toEqual([0, 0.25, 0.5, 0.75]);
});
