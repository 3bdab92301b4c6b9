import { describe, expect, it } from 'vitest';
import { decodeLink, presets } from '../../src/settings/link';
import type { Recorded } from '../../src/app/run-session';
import { cleanPrompt, defaults } from '../../src/settings/settings';
import { Studio } from '../../src/studio/studio';
import { decode } from '../../src/recording/file';
import { replay, type Recording } from '../../src/recording/recording';
import { FakeEngine, fakeFile, fakePorts, recordedPrompt } from '../app/fake-run';

const { negative: _, ...settings } = { ...defaults, steps: 4, seed: 77 };

async function opened(over = {}) {
  const studio = new Studio(fakePorts(new FakeEngine(), over));
  await studio.open('');
  return studio;
}

describe('a run as a file', () => {
  it('is named after its words, live or recorded', async () => {
    const studio = await opened();
    const recorded = await studio.files.save();
    expect(recorded?.name).toBe('a-small-red-ball-moving-right.snow');
    expect(new TextDecoder().decode(recorded?.bytes)).toContain(recordedPrompt);
    studio.controls.setPrompt('<img> ../../Ein Stern');
    await studio.runs.again();
    expect((await studio.files.save())?.name).toBe('img-ein-stern.snow');
  });

  it('is not there before a run is through', async () => {
    const studio = new Studio(fakePorts());
    expect(await studio.files.save()).toBeUndefined();
  });

  it('is saved once at a time; meanwhile the page says so and another run may begin', async () => {
    let written = (_: Uint8Array) => {};
    const writeRun = () => new Promise<Uint8Array>((resolve) => (written = resolve));
    const studio = await opened({ writeRun });
    const { state } = studio;
    studio.controls.setPrompt('a blue star');
    await studio.runs.again();
    const saving = studio.files.save();
    expect(state.saving.value).toBe(true);
    expect(await studio.files.save()).toBeUndefined();
    studio.controls.setPrompt('a red box');
    await studio.runs.again();
    written(new Uint8Array(3));
    expect(await saving).toEqual({ name: 'a-blue-star.snow', bytes: new Uint8Array(3) });
    expect(state.saving.value).toBe(false);
  });

  it('that cannot be made is said, and the next attempt takes the message away', async () => {
    let fails = true;
    const writeRun = () => (fails ? Promise.reject(new RangeError('no room')) : Promise.resolve(new Uint8Array(3)));
    const studio = await opened({ writeRun });
    const { state } = studio;
    await studio.runs.again();
    expect(await studio.files.save()).toBeUndefined();
    expect(state.trouble.value).toMatchObject({ retry: 'save', fault: { name: 'RangeError', cause: 'no room' } });
    expect([state.saving.value, state.run.value?.phase]).toEqual([false, 'done']);
    fails = false;
    expect((await studio.files.save())?.bytes.length).toBe(3);
    expect(state.trouble.value).toBeNull();
  });

  it('opens in the same interface: words, settings, steps, and it can be saved again', async () => {
    const studio = await opened();
    const bytes = fakeFile('a blue star', settings);
    studio.view.look({ row: 2 });
    await studio.files.open(new Blob([bytes]));
    const { state } = studio;
    expect(state.run.value).toMatchObject({ source: 'recording', prompt: 'a blue star', phase: 'done' });
    expect([state.prompt.value, state.settings.value.seed, state.row.value]).toEqual(['a blue star', 77, 4]);
    expect((await studio.files.save())?.bytes).toEqual(bytes);
  });

  it('opens without an engine', async () => {
    const studio = await opened({ createEngine: () => Promise.reject(new Error('no GPU here')) });
    await studio.files.open(new Blob([fakeFile('a blue star', settings)]));
    expect(studio.state.run.value).toMatchObject({ prompt: 'a blue star', phase: 'done' });
  });

  it('that is none is refused in a sentence, and what was there stays', async () => {
    const refusal = Object.assign(new Error('x'), {
      cause: 'The file is no recording of a run.',
      next: 'Choose another.',
    });
    const studio = await opened({ readRun: () => Promise.reject(refusal) });
    const before = studio.state.run.value;
    await studio.files.open(new Blob(['a photograph']));
    expect(studio.state.trouble.value).toMatchObject({
      retry: 'file',
      fault: { cause: refusal.cause, next: refusal.next },
    });
    expect(studio.state.run.value).toBe(before);
  });

  it('is refused by the real format in whole sentences', async () => {
    const studio = await opened({ readRun: (bytes: Uint8Array) => decode(bytes) });
    await studio.files.open(new Blob(['a photograph, say, of a snow globe']));
    const { cause, next } = studio.state.trouble.value!.fault;
    expect(cause).toBe('The file is no recording of a run.');
    expect(next).toContain('.snow');
  });

  it('that is far too large is not even read', async () => {
    let read = false;
    const studio = await opened({ readRun: async () => (read = true) });
    await studio.files.open(new Blob([new Uint8Array(33e6)]));
    expect(read).toBe(false);
    expect(studio.state.trouble.value?.fault.cause).toContain('33 MB');
  });
});

describe('a file that no run can be made of', () => {
  const shape = { frames: 4, height: 8, width: 8 };
  const recording: Recording = {
    model: 'fake',
    prompt: 'a blue star',
    settings,
    shape,
    cost: Array.from({ length: 4 }, () => ({ calls: 1, milliseconds: 1 })),
    guesses: Array.from({ length: 4 }, () => new Float32Array(3 * 4 * 8 * 8).fill(0.5)),
  };
  const readable = (recording: Recording, over: Partial<Recorded> = {}) => ({
    readRun: async (): Promise<Recorded> => ({
      ...recording,
      encode: async () => new Uint8Array(),
      replay: (signal) => replay(recording, { signal }),
      ...over,
    }),
  });
  const broken = (step: number, value: number) =>
    recording.guesses.map((guess, i) => (i === step ? guess.map(() => value) : guess));

  it.each<[string, Partial<Recording>]>([
    ['has a setting out of range', { settings: { ...settings, guidance: { scale: 2, from: 0, to: 1 }, shift: 99 } }],
    ['has a setting that does not fit its shape', { settings: { ...settings, start: [{ kind: 'copy', from: 9, first: 0, last: 3 }] } }], // prettier-ignore
    ['has a value that is no number, in its last step', { guesses: broken(3, NaN) }],
    ['has a value beyond all bounds, in its third step', { guesses: broken(2, 1e30) }],
    ['has fewer guesses than steps', { guesses: recording.guesses.slice(0, 3) }],
  ])('because it %s changes nothing', async (_, change) => {
    const studio = await opened(readable({ ...recording, ...change }));
    const { state } = studio;
    studio.view.look({ row: 2 });
    const all = () => [state.prompt, state.settings, state.link, state.run, state.step].map(({ value }) => value);
    const before = all();
    const seen = new Set<unknown>();
    const end = state.link.subscribe((link) => seen.add(link));
    await studio.files.open(new Blob(['a run']));
    end();
    expect(all().map((value, i) => value === before[i])).toEqual(before.map(() => true)); // the very run, too
    expect(seen.size).toBe(1); // not for a moment either
    expect(state.trouble.value).toMatchObject({ retry: 'file', fault: { name: 'RecordingError' } });
  });

  it('is told from one that plays', async () => {
    const studio = await opened(readable(recording));
    await studio.files.open(new Blob(['a run']));
    expect(studio.state.run.value).toMatchObject({ prompt: 'a blue star', phase: 'done' });
    expect(studio.state.settings.value.seed).toBe(77);
    expect(studio.state.trouble.value).toBeNull();
  });

  it('and one that was given up while it was tried out is not heard of again', async () => {
    let arrive = () => {};
    const late = new Promise<void>((done) => (arrive = done));
    async function* slowly(signal: AbortSignal) {
      await late;
      yield* replay(recording, { signal });
    }
    const studio = await opened(readable(recording, { replay: slowly }));
    const opening = studio.files.open(new Blob(['a run']));
    await studio.runs.again();
    arrive();
    await opening;
    expect(studio.state.run.value?.source).toBe('live');
    expect(studio.state.trouble.value).toBeNull();
  });

  it('words in a file are cleaned like words that are typed', async () => {
    const prompt = `a red\u0000 ball\u202e\u200f ${'x'.repeat(1000)}`;
    const studio = await opened(readable({ ...recording, prompt, negative: prompt }));
    await studio.files.open(new Blob(['a run']));
    const { run, settings } = studio.state;
    const clean = cleanPrompt(prompt);
    expect(clean).toMatch(/^a red ball x{189}$/);
    expect([studio.state.prompt.value, run.value?.prompt, settings.value.negative]).toEqual([clean, clean, clean]);
    studio.controls.setPrompt(prompt);
    expect(studio.state.prompt.value).toBe(clean);
  });
});

describe('what a teacher hides', () => {
  it('stands in the link, in the order of the page, and comes back', () => {
    const studio = new Studio(fakePorts());
    studio.view.hide('sampler', true);
    studio.view.hide('lab', true);
    expect(studio.state.link.value).toContain('hide=lab.sampler');
    studio.view.hide('lab', false);
    expect(studio.state.hidden.value).toEqual(['sampler']);
    studio.view.showOnly('watch');
    expect(studio.state.hidden.value).toEqual(presets.watch);
    expect(decodeLink(studio.state.link.value).state.hidden).toEqual(presets.watch);
    studio.view.showOnly('everything');
    expect(studio.state.link.value).not.toContain('hide');
  });
});
