import { describe, expect, it } from 'vitest';
import { defaults } from '../../src/app/settings';
import { Studio } from '../../src/app/studio';
import { decode } from '../../src/recording/file';
import { FakeEngine, fakeFile, fakePorts, recordedPrompt } from './fake-run';

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
    await studio.runs.shake();
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
    await studio.runs.shake();
    const saving = studio.files.save();
    expect(state.saving.value).toBe(true);
    expect(await studio.files.save()).toBeUndefined();
    studio.controls.setPrompt('a red box');
    await studio.runs.shake();
    written(new Uint8Array(3));
    expect(await saving).toEqual({ name: 'a-blue-star.snow', bytes: new Uint8Array(3) });
    expect(state.saving.value).toBe(false);
  });

  it('that cannot be made is said, and the next attempt takes the message away', async () => {
    let fails = true;
    const writeRun = () => (fails ? Promise.reject(new RangeError('no room')) : Promise.resolve(new Uint8Array(3)));
    const studio = await opened({ writeRun });
    const { state } = studio;
    await studio.runs.shake();
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

describe('what a teacher hides', () => {
  it('stands in the link, in the order of the page, and comes back', () => {
    const studio = new Studio(fakePorts());
    studio.view.hide('sampler', true);
    studio.view.hide('lab', true);
    expect(studio.state.link.value).toContain('hide=lab.sampler');
    studio.view.hide('lab', false);
    expect(studio.state.hidden.value).toEqual(['sampler']);
    studio.view.showAll();
    expect(studio.state.link.value).not.toContain('hide');
  });
});
