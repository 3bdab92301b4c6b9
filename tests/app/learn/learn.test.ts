/** The session of the Learn view, with a worker that is made up: what it asks, and what it makes of the answers. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { learnOf, type Learn } from '../../../src/app/learn/learn';
import { Studio } from '../../../src/app/studio';
import { firstGrid } from '../../../src/learn/micro';
import type { FromLearner, LearnState, ToLearner } from '../../../src/learn/protocol';
import { firstSettings } from '../../../src/learn/settings';
import { defaults } from '../../../src/app/settings';
import { normals } from '../../../src/sampling/noise';
import { FakeEngine, fakePorts, fakeRun } from '../fake-run';

const none = { films: 0, right: 0, colour: 0, motion: 0, instead: null };
const begun: LearnState = {
  ...{ settings: firstSettings, grid: firstGrid, parameters: 1234, steps: 0, seen: 0, seconds: 0, running: false, speed: 0 },
  ...{ counts: {}, curve: [], shown: none, holes: none },
}; // prettier-ignore
const fault = { name: 'Error', cause: 'It is a test.', next: 'Go on.' };
const shape = { frames: 8, height: 16, width: 16 };

interface Made {
  readonly learn: Learn;
  readonly studio: Studio;
  readonly sent: ToLearner[];
  readonly say: (message: FromLearner) => void;
  readonly types: () => string[];
}

function made(): Made {
  const studio = new Studio(fakePorts(new FakeEngine()));
  const sent: ToLearner[] = [];
  let say!: (message: FromLearner) => void;
  const learn = learnOf(studio, (hear) => {
    say = hear;
    return { send: (message) => void sent.push(message), dispose: () => {} };
  });
  learn.open();
  return { learn, studio, sent, say: (message) => say(message), types: () => sent.map(({ type }) => type) };
}

function ready(state: LearnState = begun): Made {
  const all = made();
  all.say({ type: 'ready', backend: 'wasm' });
  all.learn.anew();
  all.say({ type: 'state', state });
  return all;
}

describe('a training', () => {
  it('begins with what is ticked and set, and goes on', () => {
    const { learn, say, sent } = made();
    say({ type: 'ready', backend: 'wasm' });
    learn.tick('motions', 'red left', false);
    learn.set('rate', 0.01);
    learn.start();
    expect(sent[0]).toMatchObject({ type: 'begin', settings: { rate: 0.01 } });
    expect((sent[0] as { grid: typeof firstGrid }).grid.motions).not.toContain('red left');
    expect(sent[1]).toEqual({ type: 'go' });
    expect(learn.running.value).toBe(true);
  });

  it('that was kept brings what it was shown and how it learned', () => {
    const { learn, say, types } = made();
    const grid = { ...firstGrid, motions: ['red left'] };
    say({ type: 'state', state: { ...begun, grid, settings: { ...firstSettings, rate: 0.03 }, steps: 9, seen: 144 } });
    say({ type: 'ready', backend: 'wasm' });
    expect(learn.grid.value).toEqual(grid);
    expect(learn.settings.value.rate).toBe(0.03);
    learn.start();
    expect(types()).toEqual(['go']); // and not 'begin'
  });

  it('hears of a tick at once, and keeps it though an older word of the worker is on its way', () => {
    const { learn, say, sent } = ready({ ...begun, steps: 5 });
    learn.tick('motions', 'blue left', true);
    expect(sent.at(-1)).toMatchObject({ type: 'change' });
    say({ type: 'state', state: { ...begun, steps: 6 } });
    expect(learn.grid.value.motions).toContain('blue left');
  });

  it('does not begin where nothing is ticked, and rests where the last tick goes', () => {
    const { learn, types } = ready();
    learn.start();
    for (const pair of firstGrid.motions) learn.tick('motions', pair, false);
    expect(learn.empty.value).toBe(true);
    expect(learn.running.value).toBe(false);
    expect(types()).toContain('pause');
    const before = types().length;
    learn.start();
    expect(types().slice(before)).not.toContain('go');
  });

  it('rests while the page is out of sight, says so, and goes on', () => {
    const { learn, types } = ready();
    learn.start();
    learn.hide(true);
    expect([learn.running.value, learn.away.value, types().at(-1)]).toEqual([false, true, 'pause']);
    learn.hide(false);
    expect([learn.running.value, learn.away.value, types().at(-1)]).toEqual([true, false, 'go']);
    learn.pause();
    learn.hide(true);
    learn.hide(false);
    expect(learn.running.value).toBe(false); // who had paused it finds it paused
  });

  it('that broke is begun anew', () => {
    const { learn, say, types } = ready({ ...begun, steps: 3 });
    learn.start();
    say({ type: 'broken', fault });
    expect([learn.running.value, learn.broken.value]).toEqual([false, fault]);
    const before = types().length;
    learn.start();
    expect(types().slice(before)).toEqual(['begin', 'go']);
    expect(learn.broken.value).toBeNull();
  });
});

it('plays its films as the stage plays, but noise at three pictures a second at most', () => {
  const { learn, say, studio } = ready();
  const cell = { colour: 'red', thing: 'ball', motion: 'left' };
  const film = (clip: Float32Array) => ({ cell, clip, seen: cell, right: true, at: 0 });
  say({ type: 'watched', place: 1, film: film(new Float32Array(3 * 8 * 16 * 16)) });
  expect(learn.films.value.map((each) => each !== null)).toEqual([false, true]);
  const frames = () =>
    [0, 1, 2, 3, 4, 5, 9].map((frame) => {
      studio.view.look({ frame });
      studio.view.togglePlaying();
      return learn.frame.value;
    });
  studio.runs.show({ source: 'live', model: 'm', prompt: '', settings: defaults, shape: { ...shape, frames: 16 }, steps: [], phase: 'done' }); // prettier-ignore
  expect(frames()).toEqual([0, 1, 2, 3, 4, 5, 1]);
  say({ type: 'watched', place: 0, film: film(normals(1, 1, 3 * 8 * 16 * 16)) });
  expect(frames()).toEqual([0, 0, 0, 3, 3, 3, 1]);
});

describe('files', () => {
  it('hold the model that the worker gives', async () => {
    const { learn, say, sent } = ready({ ...begun, steps: 3 });
    const saving = learn.save();
    const { id } = sent.at(-1) as ToLearner & { type: 'file' };
    say({ type: 'file', id, bytes: Uint8Array.of(1, 2) });
    expect(await saving).toEqual({ name: 'micro.safetensors', bytes: Uint8Array.of(1, 2) });
  });

  it('that are refused, or far too large, are said, and the training stays', async () => {
    const { learn, say, sent } = ready({ ...begun, steps: 3 });
    await learn.take(new Blob([new Uint8Array(5)]));
    expect(sent.at(-1)).toEqual({ type: 'take', bytes: new Uint8Array(5) });
    say({ type: 'refused', fault });
    expect(learn.fault.value).toEqual(fault);
    const before = sent.length;
    await learn.take({ size: 9e6 } as Blob);
    expect(learn.fault.value?.name).toBe('TooLargeError');
    expect(sent.length).toBe(before);
    expect(learn.training.value?.steps).toBe(3);
  });
});

describe('one that has learned already', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is taken like a file; where it does not come, that is said', async () => {
    const { learn, sent } = ready();
    vi.stubGlobal('fetch', async () => new Response(Uint8Array.of(1, 2, 3)));
    await learn.takeReady();
    expect(sent.at(-1)).toEqual({ type: 'take', bytes: Uint8Array.of(1, 2, 3) });
    for (const answer of [async () => new Response('', { status: 404 }), () => Promise.reject(new Error('offline'))]) {
      vi.stubGlobal('fetch', answer);
      await learn.takeReady();
      expect(learn.fault.value?.name).toBe('DownloadError');
    }
    expect(learn.training.value?.steps).toBe(0);
  });
});

it('puts a film on the stage, step by step, with its words', async () => {
  const { learn, say, sent, studio } = ready({ ...begun, steps: 3 });
  const film = learn.toStage({ colour: 'red', thing: 'ball', motion: 'left' });
  const asked = sent.at(-1) as ToLearner & { type: 'film' };
  expect(asked.prompt).toBe('A red ball moving left.');
  for await (const step of fakeRun(asked.settings, undefined, { shape })) say({ type: 'filmed', id: asked.id, step });
  say({ type: 'done', id: asked.id });
  await film;
  const { run, prompt, sharp } = studio.state;
  expect(run.value).toMatchObject({ phase: 'done', model: 'micro', shape });
  expect(run.value!.steps.length).toBe(asked.settings.steps);
  expect([prompt.value, sharp.value]).toEqual(['A red ball moving left.', false]);
});

it('a worker that fails is said, what waited for it ends, and it can be started again', async () => {
  const { learn, say, studio } = ready({ ...begun, steps: 3 });
  const saving = learn.save();
  say({ type: 'failed', fault });
  await saving;
  expect(studio.state.trouble.value?.fault.cause).toBe(fault.cause);
  expect([learn.phase.value, learn.fault.value]).toEqual(['failed', fault]);
  learn.open();
  expect([learn.phase.value, learn.fault.value]).toEqual(['opening', null]);
});
