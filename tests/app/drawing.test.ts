import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Picture } from '../../src/app/drawing';
import { State } from '../../src/app/state';
import { Studio } from '../../src/studio/studio';
import { decoderInfo, FakeDecoder, FakeEngine, fakePorts } from './fake-run';

const shape = { frames: 4, height: 8, width: 8 };
const tick = () => new Promise((done) => setTimeout(done));

/** A decoder that draws when it is told to. */
class SlowDecoder extends FakeDecoder {
  private readonly waiting: { resolve: (value: unknown) => void; reject: (thrown: unknown) => void }[] = [];

  constructor(loading?: Promise<unknown>) {
    super(loading, () => new Promise((resolve, reject) => this.waiting.push({ resolve, reject })));
  }
  get waits(): boolean {
    return this.waiting.length > 0;
  }
  async answer(fault?: Error): Promise<void> {
    const { resolve, reject } = this.waiting.shift()!;
    if (fault) reject(fault);
    else resolve(undefined);
    await tick();
  }
}

/** A run of three steps with 4 frames of 8 x 8 is through, at its finished clip. */
async function shaken(decoder = new SlowDecoder(), link = '') {
  let made = 0;
  const engine = new FakeEngine({ shape });
  const ports = fakePorts(engine, { createDecoder: async () => (made++, decoder), listRecordings: async () => [] });
  const state = new State();
  const studio = new Studio(ports, state);
  await studio.open(`#steps=3&show=x${link}`);
  await studio.runs.again();
  await tick();
  const { drawing } = studio;
  const guesses = () => state.run.value!.steps.map(({ guess }) => guess);
  /** Which step and frame each request was for, as "step.frame". */
  const asked = () => decoder.requests.map(({ clip, frames }) => `${guesses().indexOf(clip)}.${frames.join()}`);
  const answerAll = async () => {
    await tick();
    while (decoder.waits) await decoder.answer();
  };
  return { studio, drawing, state, decoder, engine, asked, answerAll, made: () => made };
}

const isPicture = (stage: Picture | string): stage is Picture => typeof stage !== 'string';

afterEach(() => void vi.useRealTimers());

describe('which frame is decoded next', () => {
  it('the one that is looked at, then those that play after it, round to the first', async () => {
    const { studio, asked, answerAll, decoder, drawing, made } = await shaken(undefined, '&frame=2');
    await answerAll();
    expect(asked()).toEqual(['2.2', '2.3', '2.0', '2.1']);
    expect(decoder.requests[0]).toMatchObject({ shape, prompt: studio.state.run.value!.prompt });
    expect(made()).toBe(1);
    const picture = drawing.stage.value as Picture;
    expect([picture.width, picture.height, picture.rgba[0]]).toEqual([32, 32, 2 * 16]);
  });

  it('after a change of mind the new one, and what was drawn is kept', async () => {
    const { studio, asked, answerAll, decoder, drawing } = await shaken();
    await decoder.answer();
    studio.view.look({ row: 1, show: 'guess', frame: 3 }); // while 2.1 is being drawn
    await answerAll();
    expect(asked()).toEqual(['2.0', '2.1', '1.3', '1.0', '1.1', '1.2', '2.2', '2.3']); // the finished clip comes last
    studio.view.look({ row: 3, frame: 1 });
    expect((drawing.stage.value as Picture).rgba[0]).toBe(16);
    expect(decoder.requests.length).toBe(8);
  });

  it('never the noisy clip: only the finished one, for later', async () => {
    const { studio, asked, answerAll, decoder, drawing } = await shaken();
    studio.view.look({ row: 1, show: 'x', frame: 0 });
    expect(drawing.stage.value).toBe('raw');
    await answerAll();
    expect(asked()).toEqual(['2.0', '2.1', '2.2', '2.3']);
    expect(decoder.requests.some(({ clip }) => studio.state.run.value!.steps.some(({ x }) => x === clip))).toBe(false);
    expect(drawing.stage.value).toBe('raw');
  });

  it('while a run goes on, nothing but the frame that is shown', async () => {
    const { studio, state, asked, answerAll, decoder } = await shaken();
    await answerAll();
    decoder.requests.length = 0;
    const run = state.run.value!;
    state.run.value = { ...run, phase: 'running', steps: run.steps.slice(0, 2).map((step) => ({ ...step, guess: step.guess.slice() })) }; // prettier-ignore
    studio.view.look({ show: 'x' });
    await tick();
    expect(decoder.requests).toEqual([]);
    studio.view.look({ show: 'guess' });
    await answerAll();
    expect(asked()).toEqual(['1.0']);
    studio.view.nextFrame();
    await answerAll();
    expect(asked()).toEqual(['1.0', '1.1']);
  });

  it('never of a run that is no longer shown; one that comes back has its pictures', async () => {
    const { studio, state, decoder, drawing, answerAll } = await shaken();
    await decoder.answer();
    const old = state.run.value!;
    await studio.runs.again();
    const before = decoder.requests.length;
    await answerAll();
    expect(decoder.requests.slice(before).some(({ clip }) => old.steps.some(({ guess }) => guess === clip))).toBe(
      false,
    );
    const { length } = decoder.requests;
    state.run.value = old;
    expect(isPicture(drawing.stage.value)).toBe(true);
    await tick();
    expect(decoder.requests.slice(length).map(({ frames }) => frames)).toEqual([[2]]); // 0 was drawn, 1 was on its way
  });

  it('none where somebody wants it as the transformer made it, and the decoder is not even fetched', async () => {
    const { studio, decoder, drawing, made, state } = await shaken(undefined, '&decoder=off');
    expect([made(), drawing.stage.value]).toEqual([0, 'raw']);
    studio.view.toggleSharp();
    await tick();
    expect([made(), decoder.requests.length, state.sharp.value]).toEqual([1, 1, true]);
    studio.dispose();
    expect(decoder.disposed).toBe(true);
  });
});

it('the decoder is fetched with the first row of any run, before there is anything to draw', async () => {
  const steps = fakePorts(new FakeEngine({ shape, wait: 50 }));
  let made = 0;
  const createDecoder = async () => (made++, new FakeDecoder());
  const studio = new Studio({ ...steps, listRecordings: async () => [], createDecoder });
  await studio.open('#steps=3&show=x');
  expect(made).toBe(0);
  const shaking = studio.runs.again();
  await vi.waitFor(() => expect(made).toBe(1));
  expect([studio.state.running.value, studio.drawing.stage.value]).toEqual([true, 'raw']);
  await shaking;
  studio.dispose();
});

describe('what the stage shows', () => {
  it('what the transformer made while the decoder loads; then it keeps that for a moment, and the picture comes', async () => {
    let arrive = () => {};
    const { drawing, decoder } = await shaken(new SlowDecoder(new Promise<void>((resolve) => (arrive = resolve))));
    expect([drawing.stage.value, drawing.decoder.value.phase]).toEqual(['raw', 'loading']);
    arrive();
    await tick();
    expect(drawing.decoder.value).toEqual({ phase: 'ready', info: decoderInfo });
    expect(drawing.stage.value).toBe('keep');
    await decoder.answer();
    expect(isPicture(drawing.stage.value)).toBe(true);
  });

  it('after 200 ms without the picture, what the transformer made', async () => {
    const { drawing, decoder, studio } = await shaken();
    await decoder.answer();
    await new Promise((done) => setTimeout(done, 50));
    studio.view.look({ frame: 2 });
    expect(drawing.stage.value).toBe('keep');
    await vi.waitFor(() => expect(drawing.stage.value).toBe('raw'), { timeout: 1000 });
    await decoder.answer(); // frame 1, which nobody waits for
    await decoder.answer();
    expect((drawing.stage.value as Picture).rgba[0]).toBe(32);
  });

  it('in a quick run, whose guesses are never drawn in time, the one before: sharp, and not blocky in between', async () => {
    const { drawing, decoder, state, studio } = await shaken();
    studio.view.look({ show: 'guess' });
    const run = state.run.value!;
    const steps = run.steps.map((step) => ({ ...step, guess: step.guess.slice() }));
    state.run.value = { ...run, phase: 'running', steps: steps.slice(0, 1) };
    await decoder.answer(); // of the run before
    expect(drawing.stage.value).toBe('keep');
    state.run.value = { ...run, phase: 'running', steps: steps.slice(0, 2) };
    await decoder.answer(); // of step 1, where step 2 is shown by now
    expect(isPicture(drawing.stage.value)).toBe(true);
    expect(decoder.requests.at(-1)!.clip).toBe(steps[1].guess);
  });

  it('a film that plays faster than its decoder draws stays as it is until all of it is there', async () => {
    const { drawing, decoder, state } = await shaken();
    const slowly = async () => {
      await new Promise((done) => setTimeout(done, 450));
      await decoder.answer();
    };
    state.playing.value = true;
    await slowly();
    expect(drawing.stage.value).toBe('raw');
    for (let i = 0; i < 3; i++) await decoder.answer();
    expect(isPicture(drawing.stage.value)).toBe(true);
  });
});

describe('without a decoder', () => {
  const broken = Object.assign(new Error('x'), { name: 'WeightsError', cause: 'manifest.json is not there.', next: 'Upload it.' }); // prettier-ignore

  it('all else works, and it is tried again on demand', async () => {
    let decoder = new FakeDecoder(Promise.reject(broken));
    const studio = new Studio(fakePorts(new FakeEngine({ shape }), { createDecoder: async () => decoder }));
    await studio.open('');
    await studio.runs.again();
    await tick();
    const { drawing, state } = studio;
    expect(drawing.fault.value).toMatchObject({ name: 'WeightsError', cause: 'manifest.json is not there.' });
    expect([drawing.stage.value, state.run.value?.phase, state.trouble.value]).toEqual(['raw', 'done', null]);
    expect(decoder.disposed).toBe(true);
    decoder = new FakeDecoder();
    drawing.retry();
    await vi.waitFor(() => expect(isPicture(drawing.stage.value)).toBe(true));
    expect(drawing.fault.value).toBeNull();
  });

  it('a guess that cannot be drawn is not asked for again, and the next run is drawn', async () => {
    const { studio, drawing, decoder, answerAll } = await shaken();
    await decoder.answer(new RangeError('Height is 3.'));
    expect([drawing.stage.value, drawing.fault.value?.cause, decoder.requests.length]).toEqual(['raw', 'Height is 3.', 1]); // prettier-ignore
    await studio.runs.again();
    expect(drawing.fault.value).toBeNull();
    await answerAll();
    expect(isPicture(drawing.stage.value)).toBe(true);
  });
});
