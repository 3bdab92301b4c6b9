/** A film changed by other words, on a page without a model: what is asked of the engine, what is kept, what the stage gets. */
import { describe, expect, it, vi } from 'vitest';
import { recordingOf } from '../../../src/files/keep';
import { Rewording, rewordingOf, sharesOf, sweep } from '../../../src/sessions/make/rewording';
import { isCommand } from '../../../src/app/session';
import { State } from '../../../src/app/state';
import { Studio } from '../../../src/studio/studio';
import { render } from '../../../src/world';
import { asked, sceneOf, stored } from '../../../src/evaluation';
import { readClip } from '../../../src/reading';
import { decode, encode } from '../../../src/recording/file';
import { FakeEngine, fakePorts } from '../../app/fake-run';

const shape = { frames: 8, height: 16, width: 16 };
const old = 'A big red ball standing still at night.';
const told = 'A big blue ball standing still at night.';
const truth = { frames: 16, height: 32, width: 32 };
const readOf = (prompt: string) => readClip(stored(render(sceneOf(asked(prompt), 5), truth)), truth);
const readings = { [old]: readOf(old), [told]: readOf(told) };

/** A studio with a film of three steps; the reader sees the old words in the first film that it is shown, then the new ones. */
async function rewording(options: ConstructorParameters<typeof FakeEngine>[0] = {}) {
  const engine = new FakeEngine({ shape, ...options });
  const state = new State();
  let reads = 0;
  const reader = { read: async () => readings[reads++ === 0 ? old : told], dispose: () => {} };
  const studio = new Studio({ ...fakePorts(engine), createReader: () => reader as never }, state);
  await studio.open(`#prompt=${encodeURIComponent(old)}&steps=3&seed=5&then=a+fish`);
  await vi.waitFor(() => expect(state.run.value?.phase).toBe('done'));
  reads = 0;
  const one = rewordingOf(studio);
  one.say(told);
  return { engine, state, studio, one, reads: () => reads };
}

describe('a film changed by other words', () => {
  it('is asked for with the film, its words, and as much noise as the strength says', async () => {
    const { engine, state, one } = await rewording();
    one.setStrength(0.75);
    one.setWay('invert');
    await one.change();
    const { prompt, seed, then, edit } = engine.requests.at(-1)!;
    expect([prompt, seed, then]).toEqual([told, 5, '']);
    expect(edit).toEqual({ clip: state.run.value!.steps.at(-1)!.guess, t: 0.25, way: 'invert', prompt: old });
  });

  it('says what changed and what stayed, and leaves the stage alone', async () => {
    const { state, one } = await rewording();
    const run = state.run.value;
    await one.change();
    const { found, run: after } = one.shown.value!;
    expect(after).toMatchObject({ prompt: told, phase: 'done' });
    expect(found!.changed).toMatchObject([{ attribute: 'colour', before: 'red', after: 'blue' }]);
    expect(sharesOf(found!)).toEqual({ changed: 1, stayed: 1 });
    expect(state.run.value).toBe(run);
    expect([one.toCome.value, one.fault.value]).toEqual([null, null]);
  });

  it('goes to the stage with where it began, and into a file', async () => {
    const { state, one } = await rewording();
    await one.change();
    one.toStage();
    const run = state.run.value!;
    expect(run.prompt).toBe(told);
    expect(run.given!.begin!.x).toBe(run.steps[0].x);
    const { begin, known } = await decode(await encode(recordingOf(run)));
    expect([begin!.t, known]).toEqual([run.steps[0].t, undefined]);
    expect(state.history.value[0].run).toBe(run);
    expect(state.history.value).toHaveLength(2); // not the film that these words make of noise alone
  });

  it('goes into a link, which begins it again in the film that it was', async () => {
    const { engine, state, one } = await rewording();
    one.setWay('invert');
    await one.change();
    one.toStage();
    const wanted = engine.requests.at(-1)!;
    const again = { engine: new FakeEngine({ shape }), state: new State() };
    await new Studio(fakePorts(again.engine), again.state).open(`#${state.link.value}`);
    await vi.waitFor(() => expect(again.state.run.value).toMatchObject({ prompt: told, phase: 'done' }), 20_000);
    const [first, begun, made] = again.engine.requests;
    expect([first.prompt, first.then]).toEqual([old, 'a fish']);
    expect(begun).toEqual(wanted);
    expect([made.prompt, made.begin, made.edit]).toEqual([told, again.state.run.value!.given!.begin, undefined]);
    expect(again.state.link.value).toBe(state.link.value);
  });

  it('is tried at every strength that was not, for the plot, and reads the first film once', async () => {
    const { engine, one, reads } = await rewording();
    one.setStrength(0.6);
    await one.change();
    await one.tryAll();
    expect(one.curve.value.map(({ strength }) => strength)).toEqual([...sweep]);
    expect(engine.requests).toHaveLength(1 + sweep.length);
    expect(reads()).toBe(1 + sweep.length);
    one.look(one.curve.value[0]);
    expect([one.shown.value, one.strength.value]).toEqual([one.curve.value[0], 0.2]);
    await one.tryAll();
    expect(engine.requests).toHaveLength(1 + sweep.length); // nothing is left to try
  });

  it('ends when it is stopped, and what broke is said', async () => {
    const { one } = await rewording({ wait: 20 });
    const all = one.tryAll();
    await vi.waitFor(() => expect(one.shown.value).not.toBe(null));
    one.stop();
    await all;
    expect([one.toCome.value, one.fault.value]).toEqual([null, null]);
    expect(one.curve.value.length).toBeLessThan(sweep.length);
    const { engine, one: other } = await rewording();
    engine.run = async function* () {
      throw new Error('lost');
    };
    await other.change();
    expect(other.fault.value!.cause).toContain('lost');
  });

  it('does nothing without words, and says why nothing can be changed', async () => {
    const { engine, one } = await rewording();
    one.say('  ');
    await one.change();
    expect(engine.requests).toHaveLength(1);
    const studio = new Studio(fakePorts(new FakeEngine({ shape })), new State());
    expect(rewordingOf(studio).obstacle.value).toBe('nothing');
  });

  it('is made of commands alone', () => {
    const all = ['say', 'setStrength', 'setWay', 'change', 'tryAll', 'look', 'toStage', 'stop', 'load'] as const;
    for (const name of all) expect(isCommand(Rewording.prototype[name]), name).toBe(true);
  });
});
