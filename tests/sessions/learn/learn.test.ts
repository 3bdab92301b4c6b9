/** The session of the Learn view, with a worker that is made up: what it asks, and what it makes of the answers. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { insideOf } from '../../../src/sessions/inside/inside';
import { learnOf, paces, type Learn } from '../../../src/sessions/learn/learn';
import { Studio } from '../../../src/studio/studio';
import type { ToWorker } from '../../../src/engine/protocol';
import { firstGrid, type Grid } from '../../../src/learn/micro';
import type { FromLearner, LearnState, ToLearner } from '../../../src/learn/protocol';
import { firstSettings } from '../../../src/learn/settings';
import { defaults } from '../../../src/settings/settings';
import { normals } from '../../../src/sampling/noise';
import { FakeEngine, fakePorts, fakeRun } from '../../app/fake-run';

const none = { films: 0, right: 0, colour: 0, motion: 0, both: 0, instead: null };
const begun: LearnState = {
  ...{ settings: firstSettings, grid: firstGrid, parameters: 1234, steps: 0, seen: 0, seconds: 0, running: false, speed: 0 },
  ...{ counts: {}, curve: [], shown: none, holes: none, moment: null, slept: 0, taken: 0 },
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
    say({
      type: 'state',
      state: { ...begun, grid, settings: { ...firstSettings, rate: 0.03 }, steps: 9, seen: 144, taken: 1 },
    });
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

  it('goes slower and faster, from a step a second to as fast as it can, and no further', () => {
    const { learn, sent } = ready();
    learn.hurry(1);
    expect(sent.at(-1)).toEqual({ type: 'pace', wait: 0 });
    for (let i = 0; i < paces.length + 2; i++) learn.hurry(-1);
    expect(sent.at(-1)).toEqual({ type: 'pace', wait: 1000 });
    expect(learn.pace.value).toBe(0);
  });

  it('shows a thing of the learner’s own once enough of it is drawn, to the left and to the right at first', () => {
    const { learn, sent } = ready();
    const cells = (count: number) => Array.from({ length: 64 }, (_, i) => (i < count ? 1 : 0));
    learn.draw({ word: 'fish', cells: cells(3) });
    expect(learn.grid.value.motions).not.toContain('fish left');
    learn.draw({ word: 'fish', cells: cells(12) });
    expect((sent.at(-1) as { grid: Grid }).grid.motions).toEqual([...firstGrid.motions, 'fish left', 'fish right']);
    learn.tick('motions', 'fish left', false);
    learn.draw({ word: 'fish', cells: cells(13) });
    expect(learn.grid.value.motions).not.toContain('fish left'); // who unticked it finds it unticked
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
  say({ type: 'watched', beside: false, place: 1, film: film(new Float32Array(3 * 8 * 16 * 16)) });
  expect(learn.films.value.map((each) => each !== null)).toEqual([false, true]);
  const frames = () =>
    [0, 1, 2, 3, 4, 5, 9].map((frame) => {
      studio.view.look({ frame });
      studio.view.togglePlaying();
      return learn.frame.value;
    });
  studio.runs.show({ source: 'live', model: 'm', prompt: '', settings: defaults, shape: { ...shape, frames: 16 }, steps: [], phase: 'done' }); // prettier-ignore
  expect(frames()).toEqual([0, 1, 2, 3, 4, 5, 1]);
  say({ type: 'watched', beside: false, place: 0, film: film(normals(1, 1, 3 * 8 * 16 * 16)) });
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

describe('a recorded training', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is fetched once, and taken at the moment that is asked for; its films stay until the next ones come', async () => {
    const { learn, sent, say } = ready();
    let times = 0;
    vi.stubGlobal('fetch', async () => (times++, new Response(Uint8Array.of(1, 2))));
    await learn.takeMoment(0);
    await learn.takeMoment(7);
    expect(times).toBe(1);
    expect(sent.at(-1)).toEqual({ type: 'take', bytes: Uint8Array.of(1, 2), moment: 7 });
    const cell = { colour: 'red', thing: 'ball', motion: 'left' };
    say({ type: 'watched', beside: false, place: 0, film: { cell, clip: new Float32Array(6144), seen: cell, right: true, at: 0 } }); // prettier-ignore
    say({ type: 'state', state: { ...begun, steps: 40, taken: 1, moment: { index: 7, count: 12 } } });
    expect(learn.films.value.length).toBe(1);
  });
});

describe('two side by side', () => {
  it('shows what the other one was shown and draws, until it is put away', async () => {
    const { learn, sent, say } = ready({ ...begun, steps: 3 });
    await learn.compare(new Blob([Uint8Array.of(3)]));
    expect(sent.at(-1)).toEqual({ type: 'beside', bytes: Uint8Array.of(3) });
    const { settings, grid, seen, seconds, counts, shown, holes } = begun;
    say({ type: 'beside', model: { settings, grid, seen, seconds, counts, shown, holes } });
    const cell = { colour: 'red', thing: 'ball', motion: 'left' };
    say({ type: 'watched', beside: true, place: 0, film: { cell, clip: new Float32Array(6144), seen: cell, right: true, at: 0 } }); // prettier-ignore
    expect([learn.films.value.length, learn.filmsBeside.value.length]).toEqual([0, 1]);
    learn.compareNoMore();
    expect(sent.at(-1)).toEqual({ type: 'beside', bytes: null });
    say({ type: 'beside', model: null });
    expect([learn.beside.value, learn.filmsBeside.value]).toEqual([null, []]);
  });
});

describe('on the stage', () => {
  beforeEach(() => void vi.stubGlobal('document', { baseURI: 'http://localhost/' }));
  afterEach(() => vi.unstubAllGlobals());

  const cell = { colour: 'red', thing: 'ball', motion: 'left' };
  const info = { backend: 'wasm', reason: 'A test.', model: 'micro', parameters: 1234, shape, words: 51, tokens: 8 } as const; // prettier-ignore

  /** Answers the stage as the worker would. */
  async function staged() {
    const all = ready({ ...begun, steps: 3 });
    const { sent, say, studio } = all;
    await studio.engine.load();
    const asked = () => sent.flatMap((message) => (message.type === 'stage' ? [message.message] : []));
    const coming = all.learn.toStage(cell);
    expect(asked()).toMatchObject([{ type: 'load' }]);
    say({ type: 'stage', message: { type: 'ready', info } });
    const answer = async () => {
      await vi.waitFor(() => expect(asked().at(-1)).toMatchObject({ type: 'run' }));
      const { id, request } = asked().at(-1) as ToWorker & { type: 'run' };
      for await (const step of fakeRun(request, undefined, { shape })) say({ type: 'stage', message: { type: 'step', id, step } }); // prettier-ignore
      say({ type: 'stage', message: { type: 'done', id } });
      return request;
    };
    expect((await answer()).prompt).toBe('A red ball moving left.');
    await coming;
    return { ...all, asked, answer };
  }

  it('its network answers like any other: the film is a live run, and a shake asks it again', async () => {
    const { studio, answer } = await staged();
    const { run, prompt, guest, engine } = studio.state;
    expect(run.value).toMatchObject({ phase: 'done', source: 'live', model: 'micro', shape });
    expect([prompt.value, guest.value]).toEqual(['A red ball moving left.', true]);
    expect(engine.value).toMatchObject({ phase: 'ready', info });
    expect(studio.drawing.suits.value).toBe(false); // the decoder has seen none so small
    const first = run.value!.settings.seed;
    const again = studio.runs.shake();
    expect((await answer()).seed).not.toBe(first);
    await again;
    expect(run.value!.model).toBe('micro');
  });

  it('it is looked into, too', async () => {
    const { studio, asked, say } = await staged();
    const ending = insideOf(studio).watch();
    await vi.waitFor(() => expect(asked().at(-1)).toMatchObject({ type: 'probe', request: { shape } }));
    const { id } = asked().at(-1) as ToWorker & { type: 'probe' };
    say({ type: 'stage', message: { type: 'run-failed', id, fault } });
    ending();
  });

  it('until the big one has it back, with the words and the film that stood there', async () => {
    const { learn, studio, say } = ready({ ...begun, steps: 3 });
    await studio.engine.load();
    studio.controls.setPrompt('A big fish.');
    const before = { source: 'live', model: 'm', prompt: 'A big fish.', settings: defaults, shape: { ...shape, frames: 16 }, steps: [], phase: 'done' } as const; // prettier-ignore
    studio.runs.show(before);
    const coming = learn.toStage(cell);
    say({ type: 'stage', message: { type: 'ready', info } });
    await vi.waitFor(() => expect(studio.state.run.value).toMatchObject({ model: 'micro' }));
    studio.engine.takeBack();
    await coming;
    const { run, prompt, guest, engine } = studio.state;
    expect([prompt.value, guest.value, run.value]).toEqual(['A big fish.', false, before]);
    expect(engine.value).not.toMatchObject({ info: { model: 'micro' } });
  });

  it('and where its worker fails the big one has it back as well', async () => {
    const { studio, say } = await staged();
    say({ type: 'failed', fault });
    expect(studio.state.guest.value).toBe(false);
    expect(studio.state.engine.value).toMatchObject({ phase: 'ready' });
  });
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
