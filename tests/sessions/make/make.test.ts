/** Films of which parts are given, on a page without a model: what a run is asked, what stays, and what a link says of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { recordingOf } from '../../../src/files/keep';
import { decodeLink, deepest } from '../../../src/settings/link';
import { stopOf } from '../../../src/sessions/make/drift';
import { Make, makeOf } from '../../../src/sessions/make/make';
import { lengthOf } from '../../../src/sessions/make/source';
import { isCommand } from '../../../src/app/session';
import { defaults } from '../../../src/settings/settings';
import { State } from '../../../src/app/state';
import { Studio } from '../../../src/studio/studio';
import { planOf, usualGuidance } from '../../../src/making/plan';
import { decode, encode } from '../../../src/recording/file';
import { reading } from '../../judging/fake-reading';
import { FakeEngine, fakePorts } from '../../app/fake-run';

const shape = { frames: 8, height: 16, width: 16 };
const prompt = 'a red ball';

/** A studio with a run of three steps through, and somebody who makes. */
async function making(options: ConstructorParameters<typeof FakeEngine>[0] = {}, link = '') {
  const engine = new FakeEngine({ shape, ...options });
  const state = new State();
  const studio = new Studio(fakePorts(engine), state);
  await studio.open(link || `#prompt=${encodeURIComponent(prompt)}&steps=3&seed=5`);
  await vi.waitFor(() => expect(state.run.value?.phase).toBe('done'));
  studio.controls.keepSeed(true);
  const make = makeOf(studio);
  make.watch();
  return { engine, state, studio, make };
}

const guess = (state: State) => state.run.value!.steps.at(-1)!.guess;

describe('what one begins with', () => {
  it('is the newest film on the stage of which nothing was given', async () => {
    const { studio, state, make } = await making();
    expect(make.source.value).toMatchObject({ prompt, way: { prompt, settings: { seed: 5 } } });
    expect(make.source.value!.clip).toBe(guess(state));
    const { clip } = make.source.value!;
    await make.make();
    expect(state.run.value!.given).toBeDefined();
    expect(make.source.value!.clip).toBe(clip); // a film that was made of it does not take its place
    studio.controls.set({ seed: 6 });
    await studio.runs.again();
    expect(make.source.value!.clip).toBe(guess(state));
  });

  it('can be a film of this visit, the film on the stage, or a picture, which stands still', async () => {
    const { studio, state, make } = await making();
    const first = state.run.value!.steps;
    studio.controls.set({ seed: 6 });
    await studio.runs.again();
    make.take(state.history.value.find(({ run }) => run?.steps === first)!);
    expect(make.source.value!.way!.settings.seed).toBe(5);
    make.takeStage();
    expect(make.source.value!.way!.settings.seed).toBe(6);
    await make.takePicture(new Float32Array(3 * 16 * 16).fill(0.5), 1);
    expect(make.plan.value).toEqual(planOf('still', shape));
    expect(make.source.value).toMatchObject({ prompt: null, way: { picture: expect.any(String) } });
    await make.make();
    expect(
      guess(state)
        .subarray(0, 256)
        .every((value) => Math.abs(value - 0.5) < 0.01),
    ).toBe(true);
  });

  it('says what is in the way', async () => {
    const state = new State();
    const studio = new Studio(fakePorts(new FakeEngine({ shape })), state);
    const make = makeOf(studio);
    make.watch();
    expect(make.obstacle.value).toBe('nothing');
    await studio.open(''); // a recording of another shape than the model's
    await vi.waitFor(() => expect([state.run.value?.phase, state.engine.value.phase]).toEqual(['done', 'ready']));
    expect(make.obstacle.value).toBe('shape');
    studio.controls.set({ steps: 3 });
    await studio.runs.again();
    expect(make.obstacle.value).toBeNull();
    make.start('connect');
    expect(make.obstacle.value).toBe('second');
    make.takeSecond(state.history.value[0]);
    expect(make.obstacle.value).toBeNull();
    make.start('region');
    make.paint({ x: 0, y: 0, width: 16, height: 16 }, true);
    expect(make.obstacle.value).toBe('allGiven');
  });
});

describe('a film that is made', () => {
  it('is a run that keeps what the plan gives, with the words in the prompt box', async () => {
    const { engine, studio, state, make } = await making();
    const source = guess(state);
    studio.controls.setPrompt('a blue fish');
    make.start('forward');
    make.giveFrames(2);
    const known = make.given.value!;
    await make.make();
    const request = engine.requests.at(-1)!;
    expect(request).toMatchObject({ prompt: 'a blue fish', seed: 5, steps: 3 });
    expect(request.known).toEqual(known);
    const plane = 256;
    for (const frame of [0, 1]) {
      const [is, was] = [guess(state), source].map((clip, n) => clip.subarray((n * 6 + frame) * plane, (n * 6 + frame + 1) * plane)); // prettier-ignore
      is.forEach((value, i) => expect(Math.abs(value - was[i])).toBeLessThan(0.005));
    }
    expect([...known.mask].filter(Boolean)).toHaveLength(2 * plane);
    expect(state.history.value.filter(({ given }) => given)).toHaveLength(1);
  });

  it('is measured: what was given, the seam, and the film that both are together', async () => {
    const { make } = await making();
    make.start('forward');
    await make.make();
    const { decibels, off, seams, whole } = make.current.value!;
    expect([decibels, off]).toEqual([20, 0.1]);
    expect(seams.time!.seam).toBeGreaterThanOrEqual(0);
    expect(seams.space).toBeNull();
    expect(whole!.shape.frames).toBe(8 + 8 - 3); // three of eight are the most that can be given at an end
    make.start('gap');
    expect([make.current.value, make.result.value?.plan.kind]).toEqual([null, 'forward']); // it is of another plan
  });

  it('has fresh noise each time, unless the seed is kept', async () => {
    const { studio, engine, make } = await making();
    await make.make();
    studio.controls.keepSeed(false);
    await make.make();
    const [kept, fresh] = engine.requests.slice(-2);
    expect(kept.seed).toBe(5);
    expect(fresh.seed).not.toBe(5);
  });

  it('has the guidance for films of which parts are given, unless somebody chose one; the next shake has its own again', async () => {
    const { studio, engine, make } = await making();
    const scales = () => engine.requests.slice(-2).map(({ guidance }) => guidance.scale);
    await make.make();
    await studio.runs.shake();
    expect(scales()).toEqual([usualGuidance, defaults.guidance.scale]);
    studio.controls.setText('guidance', '3');
    await make.make();
    await studio.runs.shake();
    expect(scales()).toEqual([3, 3]);
    studio.controls.reset('guidance');
    await make.make();
    studio.controls.setText('guidance', '4');
    await studio.runs.shake();
    expect(scales()).toEqual([usualGuidance, 4]);
  });

  it('of another length or shape is a run of the words alone, and what is made of parts has the model’s own again', async () => {
    const { engine, state, make } = await making();
    await make.makeIn('wide');
    expect([engine.requests.at(-1)!.format, state.run.value!.shape]).toEqual(['wide', { ...shape, width: 24 }]);
    expect(make.obstacle.value).toBe('shape');
    make.take(state.history.value.at(-1)!);
    await make.make();
    expect([engine.requests.at(-1)!.format, state.run.value!.shape]).toEqual(['usual', shape]);
  });

  it('is followed by a plain film where somebody shakes', async () => {
    const { studio, engine, state, make } = await making();
    await make.make();
    expect(decodeLink(state.link.value).state.recipe).not.toBeNull();
    await studio.runs.shake();
    expect(engine.requests.at(-1)).not.toHaveProperty('known');
    expect(decodeLink(state.link.value).state.recipe).toBeNull();
  });

  it('that broke is tried again as it was', async () => {
    const { engine, studio, state, make } = await making();
    const options = engine.options as { failAt?: number };
    options.failAt = 1;
    await make.make();
    expect(state.trouble.value).toMatchObject({ retry: 'run' });
    options.failAt = Infinity;
    await studio.notes.retry();
    expect(engine.requests.at(-1)!.known).toBe(engine.requests.at(-2)!.known);
    expect(make.current.value).not.toBeNull();
  });

  it('goes through a file with what was given, and can be gone back to', async () => {
    const { studio, state, make } = await making();
    await make.make();
    const made = state.run.value!;
    const { known } = await decode(await encode(recordingOf(made)));
    expect(known!.mask).toEqual(made.given!.known.mask);
    known!.clip.forEach((value, i) => expect(value).toBe(made.given!.known.clip[i])); // it had a picture's levels already
    await studio.runs.shake();
    await studio.history.goBack(state.history.value.find(({ given }) => given)!);
    expect(state.run.value!.steps).toBe(made.steps);
    expect(decodeLink(state.link.value).state.recipe).toEqual(made.given!.recipe);
    expect(make.result.value?.run.steps).toBe(made.steps);
  });
});

describe('a link', () => {
  it('makes the film again: first the one that it is given of, then it', async () => {
    const { engine, studio, state, make } = await making();
    studio.controls.setPrompt('a blue fish');
    studio.controls.set({ seed: 9 });
    make.start('loop');
    await make.make();
    const [wanted, link] = [engine.requests.at(-1)!, state.link.value];
    const other = await making({}, `#${link}`);
    await vi.waitFor(() => expect(other.state.run.value?.given).toBeDefined());
    await vi.waitFor(() => expect(other.state.run.value?.phase).toBe('done'));
    expect(other.engine.requests.map(({ prompt, seed }) => [prompt, seed])).toEqual([
      [prompt, 5],
      ['a blue fish', 9],
    ]);
    expect(other.engine.requests[1].known).toEqual(wanted.known);
    expect(other.state.link.value).toBe(link);
    expect([other.state.prompt.value, other.state.settings.value.seed]).toEqual(['a blue fish', 9]);
  });

  it('makes two films first, where two are connected', async () => {
    const { engine, studio, state, make } = await making();
    studio.controls.setPrompt('a blue fish');
    await studio.runs.again();
    make.take(state.history.value.find((past) => past.prompt === prompt)!);
    make.takeSecond(state.history.value[0]);
    make.start('connect');
    await make.make();
    const wanted = engine.requests.at(-1)!;
    const other = await making({}, `#${state.link.value}`);
    await vi.waitFor(() => expect(other.engine.requests).toHaveLength(3));
    expect(other.engine.requests[2].known).toEqual(wanted.known);
  });

  it('holds a picture of one’s own, and none of a film of them', async () => {
    const { engine, state, make } = await making();
    const picture = Float32Array.from({ length: 3 * 256 }, (_, i) => ((i * i) % 256) / 127.5 - 1);
    await make.takePicture(picture, 1);
    await make.make();
    const wanted = engine.requests.at(-1)!;
    const other = await making({}, `#${state.link.value}`);
    await vi.waitFor(() => expect(other.engine.requests).toHaveLength(1));
    expect(other.engine.requests[0].known).toEqual(wanted.known);

    await make.takePicture(new Float32Array(3 * 8 * 256), 8);
    await make.make();
    expect(state.run.value!.given).toMatchObject({ recipe: null });
    expect(decodeLink(state.link.value).state.recipe).toBeNull();
  });

  it('makes films of films, as deep as a link goes', async () => {
    const { engine, studio, state, make } = await making();
    await make.goOn(2);
    const wanted = engine.requests.at(-1)!;
    const other = await making({}, `#${state.link.value}`);
    await vi.waitFor(() => expect(other.engine.requests).toHaveLength(3));
    expect(other.engine.requests.map(({ seed }) => seed)).toEqual([5, 6, 7]);
    expect(other.engine.requests[2].known).toEqual(wanted.known);
    await make.goOn(deepest - 2);
    expect(decodeLink(state.link.value).state.recipe).not.toBeNull();
    await make.goOn(1);
    expect(state.run.value!.given).toMatchObject({ recipe: null });
    studio.runs.stop();
  });

  it('whose picture is damaged says so, and makes no film', async () => {
    const [engine, state] = [new FakeEngine({ shape }), new State()];
    const studio = new Studio(fakePorts(engine), state);
    await studio.open('#prompt=a+ball&steps=3&make=still.0.x7&of=picture*eJwDAAAAAAE*prompt*');
    await vi.waitFor(() => expect(state.trouble.value?.fault.name).toBe('RecipeError'));
    expect(engine.requests).toEqual([]);
  });

  it('that asks for a film which no network of this shape makes says so, and makes none', async () => {
    const engine = new FakeEngine({ shape });
    const state = new State();
    const studio = new Studio(fakePorts(engine), state);
    await studio.open('#prompt=a+ball&steps=3&make=forward.12-15.x12&of=prompt*a%2520ball*steps*3');
    await vi.waitFor(() => expect(state.trouble.value?.fault.name).toBe('RecipeError'));
    expect(engine.requests).toEqual([]);
  });

  it('whose first film is stopped goes no further', async () => {
    let open = () => {};
    const { state, make } = await making();
    make.start('gap');
    await make.make();
    const engine = new FakeEngine({ shape, others: [{ network: 'weak', stage: 'weights', done: 0, total: 1 }], gate: () => new Promise((resolve) => (open = resolve)) }); // prettier-ignore
    const other = new Studio(fakePorts(engine));
    void other.open(`#${state.link.value}`); // which waits for what the link asks
    await vi.waitFor(() => expect(engine.requests).toHaveLength(1));
    other.runs.stop();
    open();
    await vi.waitFor(() => expect(other.state.run.value?.phase).not.toBe('running'));
    expect(engine.requests).toHaveLength(1);
  });
});

describe('a film that goes on', () => {
  it('is one clip after the other, each from the end of the one before, and its drift is read', async () => {
    const { engine, state, make } = await making();
    const first = guess(state);
    await make.goOn(3);
    const made = engine.requests.slice(1);
    expect(made.map(({ seed }) => seed)).toEqual([6, 7, 8]);
    expect(made[0].known!.clip.slice(0, 8).every((value, i) => Math.abs(value - first[5 * 256 + i]) < 0.005)).toBe(
      true,
    );
    expect(make.toCome.value).toBe(0);
    expect(make.source.value!.whole!.shape.frames).toBe(8 + 3 * 5);
    expect(lengthOf(make.source.value!)).toBe(23 / 8);
    expect(make.drift.value.map(({ end }) => end)).toEqual([13, 18, 23]);
    await make.goOn(1); // and further
    expect([make.source.value!.whole!.shape.frames, make.drift.value.length]).toEqual([28, 4]);
  });

  it('goes on from what was made on the strip, and ends where somebody stops it', async () => {
    const { make } = await making();
    make.start('forward');
    await make.make();
    const going = make.goOn(5);
    make.stop();
    await going;
    expect([make.toCome.value, make.drift.value.length]).toEqual([0, 0]);
    await make.goOn(1);
    expect(make.source.value!.whole!.shape.frames).toBe(8 + 2 * 5);
  });
});

describe('drift', () => {
  const first = reading([{}]);

  it('is seen in the thing, its colour and its law', () => {
    expect(stopOf(reading([{}]), first)).toEqual({ thing: 'kept', colour: 0, law: 'kept' });
    const other = stopOf(reading([{ thing: 'box', paint: [0, 40, 44] }]), first);
    expect(other.thing).toBe('lost');
    expect(other.colour).toBeCloseTo(222 / (255 * Math.sqrt(3)), 6);
    expect(stopOf(reading([{ motion: 'undecided' }]), first).law).toBe('undecided');
    expect(stopOf(reading([{ colour: 'undecided' }]), first).thing).toBe('undecided');
  });

  it('is not claimed where nothing was there, and a thing that is gone is lost', () => {
    expect(stopOf(first, reading([])).thing).toBe('undecided');
    expect(stopOf(reading([]), first)).toEqual({ thing: 'lost', colour: null, law: 'lost' });
  });
});

it('what the view calls is a command', () => {
  const folder = join(import.meta.dirname, '../../../src/views/make');
  const text = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')).join('\n'); // prettier-ignore
  const methods = Object.entries(Object.getOwnPropertyDescriptors(Make.prototype)).filter(([name, { value }]) => value && name !== 'constructor'); // prettier-ignore
  const called = methods.filter(([name]) => name !== 'watch' && new RegExp(`\\bmake\\.${name}\\(`).test(text));
  const commands = methods.filter(([, { value }]) => isCommand(value as object));
  expect(called.map(([name]) => name)).toEqual(commands.map(([name]) => name)); // and no command is without its place
});
