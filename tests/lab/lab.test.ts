import { describe, expect, it, vi } from 'vitest';
import { pairs } from '../../src/lab/pairs';
import { outcomeOf } from '../../src/lab/crown';
import { callsLeft, callsOf, filmCounts, heats } from '../../src/lab/race';
import { wallSeeds, wallSize } from '../../src/lab/lab';
import { changes, defaults, specs } from '../../src/settings/settings';
import { checkSettings } from '../../src/sampling/settings';
import { State, type Run } from '../../src/app/state';
import { Studio, type Ports } from '../../src/studio/studio';
import { blank, thing } from '../judging/fake-reading';
import { FakeEngine, fakePorts, type FakeOptions } from '../app/fake-run';

const small = { frames: 4, height: 8, width: 8 };

/** A page with a finished live run on the stage. */
async function shaken(options: FakeOptions = {}, over: Partial<Ports> = {}) {
  const engine = new FakeEngine({ shape: small, ...options });
  const state = new State();
  const studio = new Studio(fakePorts(engine, over), state);
  await studio.open('#prompt=a+red+ball&seed=5&steps=6');
  expect(studio.state.run.value).toMatchObject({ source: 'live', phase: 'done' });
  engine.requests.length = 0;
  return { engine, studio, state, lab: studio.lab };
}

describe('side by side', () => {
  it('runs the other settings at the words and the seed of the stage, and leaves the stage alone', async () => {
    const { engine, state, lab } = await shaken();
    const stage = state.run.value;
    state.prompt.value = 'a blue star'; // typed, but not run
    await lab.compare({ ...defaults, seed: 999, steps: 3, sampler: 'heun' });
    expect(engine.requests).toMatchObject([{ prompt: 'a red ball', seed: 5, steps: 3, sampler: 'heun' }]);
    expect(state.run.value).toBe(stage);
    expect(lab.other.value).toMatchObject({ phase: 'done', prompt: 'a red ball' });
    expect([lab.alike.value, lab.job.value]).toEqual([true, null]);
  });

  it('runs other words at the noise and the settings of the stage, and follows it to another seed', async () => {
    const { engine, studio, state, lab } = await shaken();
    await lab.compare(state.run.value!.settings, 'a blue star');
    expect(engine.requests).toMatchObject([{ prompt: 'a blue star', seed: 5, steps: 6 }]);
    expect([state.run.value!.prompt, lab.other.value!.prompt, lab.alike.value]).toEqual([
      'a red ball',
      'a blue star',
      true,
    ]);
    expect(state.link.value).toContain('vsprompt=a+blue+star');
    lab.show('compare');
    studio.controls.set({ seed: 9 });
    await studio.runs.again();
    expect(engine.requests.slice(1)).toMatchObject([
      { prompt: 'a red ball', seed: 9 },
      { prompt: 'a blue star', seed: 9 },
    ]);
    await lab.compare({ ...defaults, steps: 3 }); // other settings are at the same words again
    expect(lab.other.value).toMatchObject({ prompt: 'a red ball' });
    expect(state.otherPrompt.value).toBeNull();
  });

  it('shows both where as much noise is left', async () => {
    const { studio, lab } = await shaken();
    await lab.compare({ ...defaults, steps: 3 });
    const rows = [0, 1, 2, 3, 4, 5, 6].map((row) => {
      studio.view.look({ row });
      return lab.otherRow.value;
    });
    expect(rows).toEqual([0, 1, 1, 2, 2, 3, 3]);
  });

  it('keeps a film, so that whatever is run next stands beside it', async () => {
    const { engine, studio, state, lab } = await shaken();
    const first = state.run.value;
    lab.keep();
    lab.show('compare');
    studio.controls.set({ steps: 4 });
    await studio.runs.again();
    expect(lab.other.value).toBe(first);
    expect(state.run.value?.steps).toHaveLength(4);
    expect(engine.requests).toHaveLength(1); // the kept one is there already
  });

  it('follows the stage to other words and another seed, but only where somebody looks', async () => {
    const { engine, studio, state, lab } = await shaken();
    await lab.compare({ ...defaults, steps: 3 });
    engine.requests.length = 0;
    studio.controls.set({ seed: 6 });
    await studio.runs.again();
    expect([engine.requests.length, lab.alike.value]).toEqual([1, false]);
    lab.show('compare');
    await studio.runs.again();
    expect(engine.requests.slice(1)).toMatchObject([
      { seed: 6, steps: 6 },
      { seed: 6, steps: 3 },
    ]);
    expect([lab.alike.value, state.otherSettings.value?.steps]).toEqual([true, 3]);
  });

  it('has ready-made pairs that differ in one thing, whatever stands on the stage', () => {
    for (const key of ['sampler', 'schedule', 'rule'] as const)
      for (const option of specs[key].options) {
        const settings = specs[key].put(defaults, option);
        for (const { name, beside } of pairs) {
          const other = beside(settings);
          checkSettings(other);
          const differ = changes(settings, other).filter((each) => !(name === 'sampler' && each === 'steps'));
          const rest = differ.filter((each) => each !== 'guidance' && each !== 'rule');
          expect(name === 'guidance' ? rest : differ, `${name} beside ${option}`).toEqual(
            name === 'guidance' ? [] : [name],
          );
          if (name === 'sampler') {
            const calls = [settings, other].map(({ sampler, steps }) => callsOf(sampler, steps));
            expect(calls[1]).toBe(Math.min(100, calls[0]));
          }
        }
      }
    const unguided = pairs[0].beside(defaults);
    expect([unguided.guidance.scale, pairs[0].beside(unguided).guidance.scale]).toEqual([1, defaults.guidance.scale]);
  });

  it('asks the reader once about each finished film', async () => {
    let asked = 0;
    const ball = { ...blank, seen: true, objects: [thing({ motion: 'right' })] };
    const createReader = () => ({ read: async () => (asked++, ball), dispose: () => {} });
    const { state, lab } = await shaken({}, { createReader });
    await vi.waitFor(() => expect(asked).toBeGreaterThan(5)); // the stage's own
    const before = asked;
    expect([lab.markOf(null), lab.markOf(state.run.value)]).toEqual([null, null]);
    await vi.waitFor(() => expect(lab.markOf(state.run.value)).toMatchObject({ right: 3, asked: 3 }));
    expect(asked - before).toBe(1);
  });

  it('comes back from a link', async () => {
    const engine = new FakeEngine({ shape: small });
    const studio = new Studio(fakePorts(engine));
    void studio.open('#prompt=a+star&seed=2&steps=4&lab=compare&vs=steps*2*sampler*euler*guidance*1');
    await vi.waitFor(() => expect(studio.lab.other.value?.phase).toBe('done'));
    expect(engine.requests).toMatchObject([
      { prompt: 'a star', seed: 2, steps: 4 },
      { prompt: 'a star', seed: 2, steps: 2, sampler: 'euler' },
    ]);
  });

  it('exchanges the two, and puts the other away', async () => {
    const { state, lab } = await shaken();
    const stage = state.run.value as Run;
    await lab.compare({ ...defaults, steps: 3 });
    const other = lab.other.value;
    lab.exchange();
    expect([state.run.value, lab.other.value, state.settings.value.steps]).toEqual([other, stage, 3]);
    lab.forgetOther();
    expect([lab.other.value, state.otherSettings.value]).toEqual([null, null]);
  });
});

describe('twelve seeds', () => {
  it('are the seed of the controls and the next eleven, all else alike', async () => {
    const { engine, lab } = await shaken();
    await lab.fillWall();
    expect(engine.requests.map(({ seed }) => seed)).toEqual(wallSeeds(5));
    expect(new Set(engine.requests.map(({ seed: _, ...rest }) => JSON.stringify(rest))).size).toBe(1);
    expect(lab.wall.value?.tiles.every(({ clip, done }) => clip && done)).toBe(true);
  });

  it('begin again with 0 after the last seed there is', () => {
    expect(wallSeeds(2 ** 32 - 2).slice(0, 4)).toEqual([2 ** 32 - 2, 2 ** 32 - 1, 0, 1]);
    expect(new Set(wallSeeds(7)).size).toBe(wallSize);
  });

  it('can be stopped; what has come stays, and shaking stops them too', async () => {
    const { engine, studio, state, lab } = await shaken({ wait: 2 });
    const filling = lab.fillWall();
    await new Promise<void>((second) => lab.wall.subscribe((wall) => wall?.tiles[1].clip && second()));
    await studio.runs.again();
    await filling;
    expect(lab.job.value).toBeNull();
    expect(lab.wall.value?.tiles.filter(({ done }) => done)).toHaveLength(1);
    expect(state.run.value?.phase).toBe('done');
    expect(engine.requests).toHaveLength(3);
  });

  it('go to the stage with a click', async () => {
    const { studio, state, lab } = await shaken();
    await lab.fillWall();
    const { prompt, settings } = lab.wall.value!;
    await studio.runs.take(prompt, { ...settings, seed: 9 });
    expect(state.run.value).toMatchObject({ prompt: 'a red ball', phase: 'done', settings: { seed: 9 } });
  });
});

describe('the race', () => {
  const ball = { ...blank, seen: true, objects: [thing({ motion: 'right' })] };
  const createReader = () => ({ read: async () => ball, dispose: () => {} });

  it('gives every sampler the same model calls at the same seeds, and measures against long runs', async () => {
    const { engine, state, lab } = await shaken({}, { createReader });
    state.entrants.value = ['euler', 'heun', 'rk4'];
    state.raceSize.value = 'whole';
    await lab.startRace();
    const race = lab.race.value!;
    const seeds = [5, 6, 7, 8, 9];
    expect(race.reference).toMatchObject({ sampler: 'heun', calls: 199 });
    expect(race.entries).toHaveLength(3 * heats.whole.length);
    for (const { heat, calls, sampler, steps, films } of [...race.entries, race.reference]) {
      expect(calls).toBeLessThanOrEqual(heat);
      expect(calls).toBe({ euler: steps, heun: 2 * steps - 1, rk4: 4 * steps - 3 }[sampler as 'euler']);
      expect(films.map(({ seed }) => seed)).toEqual(seeds);
      for (const { clip, mark } of films)
        expect([clip?.length, mark]).toMatchObject([3 * 4 * 8 * 8, { right: 3, asked: 3 }]);
    }
    // The fake run ends with its disc, however it gets there; so the cheapest wins, with one call.
    const { crown, open } = outcomeOf(race);
    expect(crown).toMatchObject({ calls: 1, right: 5, lawful: 5, spread: [0, 0], entry: { sampler: 'rk4' } });
    expect([open, lab.job.value]).toEqual([false, null]);
    const order = engine.requests.map(({ sampler, steps }) => `${sampler} ${steps}`);
    expect(order.indexOf('heun 100')).toBe(2 * 3 * filmCounts.whole); // after two heats
    expect(engine.requests.slice(0, 6).map(({ sampler, seed }) => `${sampler} ${seed}`)).toEqual([...seeds.map((seed) => `euler ${seed}`), 'heun 5']); // prettier-ignore
    expect(order.at(-1)).toBe('rk4 12');
  });

  it('goes on to the whole one without running a film twice', async () => {
    const { engine, state, lab } = await shaken();
    await lab.startRace();
    expect(engine.requests).toHaveLength(3 * (3 * heats.small.length + 1));
    expect(callsLeft(lab.nextRace.value!)).toBe(0);
    lab.setSize('whole');
    engine.requests.length = 0;
    await lab.startRace();
    expect(engine.requests).toHaveLength(2 * 3 * heats.small.length + 5 * (3 + 1)); // two seeds more, and five of what is new
    expect(new Set(engine.requests.map(({ seed, steps, sampler }) => `${sampler} ${steps} ${seed}`)).size).toBe(engine.requests.length); // prettier-ignore
    expect(lab.race.value!.entries.every(({ films }) => films.every(({ clip }) => clip))).toBe(true);
    state.settings.value = { ...state.settings.value, seed: 6 };
    expect(callsLeft(lab.nextRace.value!)).toBeGreaterThan(1000); // other noise is another race
  });

  it('tells how long it will take, and while it goes on how much is left', async () => {
    const { lab } = await shaken(); // six steps, 20 ms each
    expect(lab.raceSeconds.value).toBeCloseTo(callsLeft(lab.nextRace.value!) * 0.02, 6);
    const left: number[] = [];
    const end = lab.job.subscribe((job) => job && job.secondsLeft !== null && left.push(job.secondsLeft));
    await lab.startRace();
    end();
    expect(left.length).toBeGreaterThan(50);
    expect(left.at(-1)).toBeCloseTo(0, 6);
    expect(left[0]).toBeGreaterThan(left.at(-2)!);
  });

  it('fills in as the films come, stays as it is when it is stopped, and goes on from there', async () => {
    const { engine, lab } = await shaken();
    const seen: number[] = [];
    const end = lab.race.subscribe((race) => {
      seen.push(race?.entries.flatMap(({ films }) => films).filter(({ clip }) => clip).length ?? 0);
      if (seen.at(-1) === 4) lab.stop();
    });
    await lab.startRace();
    end();
    expect(seen).toEqual([0, 0, 1, 2, 3, 4]); // none yet, start list, then one after the other
    expect([lab.job.value, lab.fault.value]).toEqual([null, null]);
    engine.requests.length = 0;
    await lab.startRace();
    expect(engine.requests).toHaveLength(3 * (3 * heats.small.length + 1) - 4);
    expect(callsLeft(lab.race.value!)).toBe(0);
  });

  it('says what broke it, and can be started again', async () => {
    const gone = Object.assign(new Error('x'), {
      name: 'DeviceLostError',
      cause: 'The GPU is gone.',
      next: 'Load again.',
    });
    let broken = true;
    const engines = () => new FakeEngine(broken ? { shape: small, failAt: 2, error: gone } : { shape: small });
    const studio = new Studio(fakePorts(engines));
    await studio.open('');
    await studio.lab.startRace();
    expect(studio.lab.fault.value).toMatchObject({ cause: 'The GPU is gone.' });
    expect(studio.state.engine.value.phase).toBe('failed');
    broken = false;
    await studio.engine.load();
    await studio.lab.retry();
    expect(studio.lab.fault.value).toBeNull();
    expect(studio.lab.race.value?.entries.every(({ films }) => films.every(({ clip }) => clip))).toBe(true);
  });

  it('needs an engine, and somebody who runs', async () => {
    const { state, lab } = await shaken();
    state.entrants.value = [];
    await lab.startRace();
    expect(lab.race.value).toBeNull();
    lab.enter('unipc', true);
    lab.enter('euler', true);
    expect(state.entrants.value).toEqual(['euler', 'unipc']); // in the order of the page
    lab.enter('euler', false);
    expect(state.entrants.value).toEqual(['unipc']);
  });
});
