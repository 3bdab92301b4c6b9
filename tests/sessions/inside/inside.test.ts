import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Inside, insideOf, namesOf } from '../../../src/sessions/inside/inside';
import { decodeLink } from '../../../src/settings/link';
import { isCommand } from '../../../src/app/session';
import { State } from '../../../src/app/state';
import { Studio } from '../../../src/studio/studio';
import { fingerprint, packSummary } from '../../../src/recording/summary';
import { disc, fakeBlocks, FakeEngine, fakePorts, info, recordedPrompt, shape } from '../../app/fake-run';

const prompt = 'A small purple zebra at night.';

/** A studio with a run of five steps through, and somebody who looks inside. */
async function looking(options: ConstructorParameters<typeof FakeEngine>[0] = {}, more = '') {
  const engine = new FakeEngine({ shape: { frames: 4, height: 16, width: 16 }, ...options });
  const state = new State();
  const studio = new Studio(fakePorts(engine), state);
  await studio.open(`#prompt=${encodeURIComponent(prompt)}&steps=5${more}`);
  await vi.waitFor(() => expect(state.run.value?.phase).toBe('done'), { timeout: 20_000 });
  const inside = insideOf(studio);
  const end = inside.watch();
  return { engine, state, studio, inside, end };
}

const looked = (inside: Inside, index: number) =>
  vi.waitFor(() => expect(inside.look.value?.step.index).toBe(index), { timeout: 20_000 });

describe('a look inside', () => {
  it('is asked of the step on the stage, as the network was given it; at the finished clip of the last', async () => {
    const { engine, state, studio, inside } = await looking();
    await looked(inside, 4);
    const run = state.run.value!;
    expect(engine.probes).toEqual([
      { prompt, x: run.steps[4].x, levels: Float32Array.of(0.8), shape: run.shape, guesses: true, ablation: [] },
    ]);
    studio.view.look({ row: 2 });
    await looked(inside, 2);
    expect(engine.probes[1].levels).toEqual(Float32Array.of(0.4));
    expect(inside.look.value).toMatchObject({
      level: expect.closeTo(0.4, 6) as number,
      model: 'fake',
      grid: [2, 4, 4],
    });
    expect(inside.busy.value).toBe(false);
  });

  it('tells the noise level that the network was told, where that was a lie', async () => {
    const { engine, studio, state, inside } = await looking();
    await looked(inside, 4);
    studio.controls.setText('backwards', '1');
    await studio.runs.again();
    studio.view.look({ row: 1 });
    await looked(inside, 1);
    expect(state.run.value!.settings.backwards).toBe(true);
    expect(engine.probes.at(-1)!.levels[0]).toBeCloseTo(0.8, 6);
  });

  it('is asked with the words of the step, where a run turns to a second prompt on its way', async () => {
    const { engine, studio, state, inside } = await looking();
    await looked(inside, 4);
    studio.controls.set({ then: 'a blue box', at: 3, blend: 1 });
    await studio.runs.again();
    const [first, second] = [state.run.value!.prompt, 'a blue box'];
    for (const [row, prompt] of [
      [2, first],
      [3, second],
    ] as const) {
      studio.view.look({ row });
      await looked(inside, row);
      expect(engine.probes.at(-1)!.prompt).toBe(prompt);
      expect(inside.look.value).toMatchObject({ prompt, share: 1 });
    }
    expect(inside.look.value!.names.slice(1, 4)).toEqual(['a', 'blue', 'box']);
    studio.controls.set({ blend: 0.25 });
    await studio.runs.again();
    studio.view.look({ row: 4 });
    await vi.waitFor(() => expect(inside.look.value).toMatchObject({ prompt: first, share: 0.75 }), {
      timeout: 20_000,
    }); // it has most of the say
  });

  it('is asked once for each step that somebody stops at, and the one before is stopped', async () => {
    let open: () => void = () => {};
    const { engine, studio, inside } = await looking({
      probing: () => new Promise<void>((resolve) => (open = resolve)),
    });
    await vi.waitFor(() => expect(inside.busy.value).toBe(true), { timeout: 20_000 });
    studio.view.look({ row: 1 });
    open(); // whoever waited for the first one is told to stop
    await vi.waitFor(() => expect(engine.probes.length).toBe(2), { timeout: 20_000 });
    const opening = setInterval(() => open(), 1);
    await looked(inside, 1);
    clearInterval(opening);
    studio.view.look({ frame: 2 });
    expect(engine.probes.length).toBe(2);
  });

  it('is not asked while a run goes on, nor by a page that nobody looks at, and what came goes with the last look', async () => {
    const { engine, studio, state, inside, end } = await looking();
    await looked(inside, 4);
    const again = studio.runs.again();
    expect([state.running.value, inside.obstacle.value]).toEqual([true, 'running']);
    await again;
    await vi.waitFor(() => expect(engine.probes.length).toBe(2), { timeout: 20_000 });
    await looked(inside, 4);
    end();
    expect([inside.look.value, inside.busy.value]).toEqual([null, false]);
    studio.view.look({ row: 0 });
    await new Promise((resolve) => setTimeout(resolve));
    expect(engine.probes.length).toBe(2);
  });

  it('that fails says why, leaves engine and run alone, and can be tried again', async () => {
    let broken = true;
    const { inside, state } = await looking({
      probing: async () => {
        if (broken) throw Object.assign(new Error(), { cause: 'No memory.', next: 'Close something.' });
      },
    });
    await vi.waitFor(() => expect(inside.fault.value).toMatchObject({ cause: 'No memory.' }), { timeout: 20_000 });
    expect([state.engine.value.phase, state.run.value?.phase, state.trouble.value]).toEqual(['ready', 'done', null]);
    broken = false;
    await inside.retry();
    expect([inside.fault.value, inside.look.value?.step.index]).toEqual([null, 4]);
  });

  it('says what is in its way, and a model can be loaded from here', async () => {
    let fails = true;
    const state = new State();
    const ports = fakePorts(() => {
      if (fails) throw new Error('not now');
      return new FakeEngine();
    });
    const studio = new Studio(ports, state);
    const inside = insideOf(studio);
    expect(inside.obstacle.value).toBe('nothing');
    const end = inside.watch();
    await studio.open('');
    expect([state.run.value?.source, inside.obstacle.value]).toEqual(['recording', 'noModel']);
    fails = false;
    await inside.load();
    await looked(inside, 11); // the recording's own x, seen by the model that has come
    expect(inside.look.value!.run.source).toBe('recording');
    end();
  });
});

describe('without a network', () => {
  /** A studio whose recording has a look beside it, of this file, in its third step. */
  async function recorded(change: (file: Uint8Array) => Uint8Array = (file) => file) {
    let arrives: (engine: FakeEngine) => void = () => {};
    const engine = new Promise<FakeEngine>((resolve) => (arrives = resolve));
    const own = fakePorts();
    const entry = { file: 'one.snow', prompt: recordedPrompt };
    const file = await (await own.openRecording(entry)).encode();
    const [{ rows, lengths, guess, grid, heads, places, dim, hidden, channels }] = fakeBlocks({
      shape,
      x: disc(shape),
    });
    const block = { block: 0, rows: rows.subarray(0, rows.length / heads), lengths, guess: guess! };
    const about = { model: 'fake', step: 2, shape, grid, depth: 2, heads, places, dim, hidden, channels };
    const look = await packSummary({ recording: fingerprint(change(file)), ...about, blocks: [block] });
    const state = new State();
    const ports = { ...own, createEngine: () => engine, openLook: async () => look };
    const studio = new Studio(ports, state);
    const inside = insideOf(studio);
    inside.watch();
    void studio.open('');
    await vi.waitFor(() => expect(state.run.value?.phase).toBe('done'), { timeout: 20_000 });
    return { studio, state, inside, arrives };
  }

  it('what lies beside the recording is shown, of its own step, until a network comes', async () => {
    const { state, inside, arrives } = await recorded();
    await vi.waitFor(() => expect(inside.look.value).not.toBeNull(), { timeout: 20_000 });
    const look = inside.look.value!;
    expect(look).toMatchObject({ stored: true, model: 'fake', grid: [8, 4, 4], prompt: recordedPrompt });
    expect([look.step, inside.obstacle.value]).toEqual([state.run.value!.steps[2], 'loading']);
    inside.choose(5);
    inside.chooseHead(1); // there is but the mean
    expect([inside.head.value, inside.gaze.value!.patches]).toEqual(['mean', expect.closeTo(0.5, 6)]);
    expect(inside.times.value!.shares[0][0]).toBeCloseTo(0.5, 6);
    arrives(new FakeEngine());
    await vi.waitFor(() => expect(inside.look.value).toMatchObject({ stored: false }), { timeout: 20_000 });
    expect(inside.look.value!.step.index).toBe(11);
  });

  it('a look of another file than the recording is not taken for it', async () => {
    const { state, inside } = await recorded((file) => file.slice(1));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([inside.look.value, state.trouble.value]).toEqual([null, null]);
  });
});

describe('what is chosen', () => {
  it('is a patch of the film’s middle at first; a pointer that rests on another shows that, and goes again', async () => {
    const { inside } = await looking();
    await looked(inside, 4);
    const first = inside.shown.value;
    expect(first).toBeGreaterThanOrEqual(16);
    inside.point(3);
    expect([inside.shown.value, inside.patch.value]).toEqual([3, first]);
    inside.point(null);
    expect(inside.shown.value).toBe(first);
    inside.point(3);
    inside.choose(7);
    expect(inside.shown.value).toBe(7);
    inside.choose(999);
    expect(inside.shown.value).toBe(first);
  });

  it('is a block and a head, or the mean; what this model does not have is the mean', async () => {
    const { inside } = await looking();
    await looked(inside, 4);
    inside.choose(5);
    inside.chooseBlock(0);
    inside.chooseHead(0);
    expect(inside.row.value![info.tokens + 5]).toBe(0.5);
    expect(inside.gaze.value!.word).toEqual({ text: 'A', share: 0.5 });
    inside.chooseBlock(7);
    expect(inside.block.value).toBe('mean');
  });

  it('is a word, whose readers are shown, until a patch is chosen', async () => {
    const { inside } = await looking();
    await looked(inside, 4);
    inside.chooseWord(1);
    inside.chooseBlock(0);
    expect(inside.readers.value).toMatchObject({ text: 'A', mean: 0.25 });
    inside.chooseWord(0);
    expect(inside.readers.value).toBeNull(); // no word stands there
    inside.chooseWord(1);
    inside.choose(2);
    expect([inside.word.value, inside.readers.value]).toEqual([null, null]);
  });

  it('stands in the link, and comes back out of one', async () => {
    const { state, inside } = await looking();
    await looked(inside, 4);
    expect(state.link.value).not.toContain('inside=');
    inside.choose(9);
    inside.chooseBlock(1);
    inside.openStation('mlp');
    const linked = decodeLink(state.link.value).state.inside;
    expect(linked).toBe('patch.9_block.1_part.mlp');
    const other = await looking({}, `&inside=${linked}`);
    await looked(other.inside, 4);
    expect([other.inside.shown.value, other.inside.block.value, other.inside.head.value, other.inside.station.value]).toEqual([9, 1, 'mean', 'mlp']); // prettier-ignore
  });

  it('stays while somebody looks elsewhere', async () => {
    const { studio, inside, end } = await looking();
    await looked(inside, 4);
    inside.choose(9);
    end();
    const again = insideOf(studio);
    again.watch();
    await looked(again, 4);
    expect(again.shown.value).toBe(9);
  });
});

it('the early guesses come with how like the last they are, and flicker no quicker than the page allows', async () => {
  const { inside, state } = await looking();
  await looked(inside, 4);
  const { early, strongest, flickering } = inside.depth.value!;
  expect([early.map(({ likeness }) => likeness), strongest, flickering]).toEqual([[0, 1], 1, true]);
  state.frame.value = 2;
  expect(inside.frame.value).toBe(2); // it stands still
  state.playing.value = true;
  expect(state.rate.value).toBe(8);
  const shown = [0, 1, 2, 3].map((frame) => ((state.frame.value = frame), inside.frame.value));
  expect(shown).toEqual([0, 0, 0, 3]);
  state.fullSpeed.value = true;
  state.frame.value = 2;
  expect(inside.frame.value).toBe(2);
});

it('names the words that the model reads, in their places; what it never saw has none', () => {
  expect(namesOf('A red zebra, a ball', 51, 6)).toEqual([null, 'A', 'red', 'a', 'ball', null]);
  expect(namesOf('a red ball at night', 51, 4)).toEqual([null, 'a', 'red', 'ball']);
  expect(namesOf('', 51, 3)).toEqual([null, null, null]);
});

it('what the view calls is a command, but for a pointer that rests', () => {
  const folder = join(import.meta.dirname, '../../../src/views/inside');
  const text = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')).join('\n'); // prettier-ignore
  const methods = Object.entries(Object.getOwnPropertyDescriptors(Inside.prototype)).filter(([name, { value }]) => value && name !== 'constructor'); // prettier-ignore
  const called = methods.filter(([name]) => new RegExp(`\\binside\\.${name}\\(`).test(text));
  expect(called.length).toBeGreaterThan(5);
  const plain = called.flatMap(([name, { value }]) => (isCommand(value as object) ? [] : [name]));
  expect(plain).toEqual(['point']);
});
