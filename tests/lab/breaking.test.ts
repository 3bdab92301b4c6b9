import { describe, expect, it, vi } from 'vitest';
import { areApart, damageOf } from '../../src/lab/damage';
import { experiments } from '../../src/lab/experiments';
import { defaults, type Settings } from '../../src/settings/settings';
import { Studio } from '../../src/studio/studio';
import { lab as de } from '../../src/i18n/de/lab';
import { lab as en } from '../../src/i18n/en/lab';
import { checkSettings } from '../../src/sampling/settings';
import { startingNoise } from '../../src/sampling/start';
import { reading } from '../judging/fake-reading';
import { FakeEngine, fakePorts, shape } from '../app/fake-run';

const wild: Settings = {
  ...defaults,
  guidance: { ...defaults.guidance, scale: 1, rule: 'cfgpp', from: 0.5, rescale: 1 },
};

describe('an experiment', () => {
  it.each(experiments)('$name makes settings that a run accepts, and has its words in both languages', (experiment) => {
    for (const before of [defaults, wild]) {
      const after = experiment.change(before, shape.frames);
      checkSettings(after);
      startingNoise(1, shape, after.start);
      startingNoise(1, { ...shape, frames: 6 }, experiment.change(before, 6).start); // of a model with shorter clips
      expect(after).not.toEqual(before);
      expect(after.seed).toBe(before.seed);
    }
    for (const { experiments } of [en, de]) expect(experiments[experiment.name].lookFor.length).toBeGreaterThan(30);
  });

  it('is tried on the words and the seed that stand there; the way back leads to the very run', async () => {
    const engine = new FakeEngine();
    const studio = new Studio(fakePorts(engine));
    await studio.open('#prompt=a+red+ball&seed=5&steps=6&step=2');
    const { state } = studio;
    const before = { run: state.run.value, settings: state.settings.value };
    await studio.breaking.try(experiments[0]);
    expect(engine.requests.at(-1)).toMatchObject({ prompt: 'a red ball', seed: 5, steps: 1 });
    await studio.breaking.try(experiments[1]); // from where one was, not on top of the first
    expect(engine.requests.at(-1)).toMatchObject({ steps: 6, guidance: { scale: 15 } });
    const { length } = engine.requests;
    studio.breaking.back();
    expect([state.run.value, state.settings.value, state.row.value, state.before.value]).toEqual([
      before.run,
      before.settings,
      2,
      null,
    ]);
    expect(engine.requests).toHaveLength(length); // nothing had to be run again
  });
});

describe('what an experiment did', () => {
  it('is measured against the film before, and not where that has another seed', async () => {
    const createReader = () => ({ read: async () => reading([{}]), dispose: () => {} });
    const studio = new Studio(fakePorts(new FakeEngine(), { createReader }));
    const { breaking, controls, lab, runs, state } = studio;
    await studio.open('#prompt=a+red+ball&seed=5&steps=6');
    expect(breaking.broken.value).toBeNull();
    await breaking.try(experiments[0]);
    const [before, broken] = [state.before.value!.run!, breaking.broken.value!];
    const damage = () => damageOf(before, broken, { before: lab.markOf(before), now: lab.markOf(broken) });
    const words = { before: 3, now: 3, asked: 3 };
    await vi.waitFor(() => expect(damage()).toMatchObject({ share: 0, words })); // the fake film never breaks
    controls.set({ seed: 6 });
    await runs.again();
    expect(areApart(before, breaking.broken.value!)).toBe(true);
    breaking.back();
    expect(breaking.broken.value).toBeNull();
  });
});

describe('a run that breaks', () => {
  it('leaves a way to the last settings that came to their end', async () => {
    const options = { failAt: Infinity };
    const error = Object.assign(new Error('x'), {
      name: 'RunawayError',
      cause: 'It ran away in step 3.',
      next: 'Less.',
    });
    const engine = new FakeEngine({ ...options, error });
    const studio = new Studio(fakePorts(engine));
    await studio.open('#prompt=a+red+ball&steps=6');
    const { state } = studio;
    Object.assign(engine.options, { failAt: 2 });
    studio.controls.set({ eta: 2 });
    await studio.runs.again();
    expect(state.trouble.value).toMatchObject({ retry: 'run', fault: { cause: 'It ran away in step 3.' } });
    expect(state.engine.value.phase).toBe('ready'); // the engine is not to blame
    expect(state.good.value?.settings.eta).toBe(defaults.eta);
    Object.assign(engine.options, { failAt: Infinity });
    await studio.runs.backToGood();
    expect([state.trouble.value, state.run.value?.phase]).toEqual([null, 'done']);
    expect(state.settings.value).toEqual({ ...defaults, steps: 6 });
  });
});

describe('defaults', () => {
  it('come back one by one, or all at once but for the seed', () => {
    const studio = new Studio(fakePorts());
    const { state } = studio;
    studio.controls.set({ seed: 99, steps: 3, eta: 2 });
    studio.controls.setText('guidance', '500');
    expect(state.notices.value).toHaveLength(1);
    studio.controls.reset('guidance');
    expect([state.settings.value.guidance.scale, state.settings.value.steps]).toEqual([defaults.guidance.scale, 3]);
    expect(state.notices.value).toEqual([]);
    studio.controls.resetAll();
    expect(state.settings.value).toEqual({ ...defaults, seed: 99 });
  });

  it('stay within what the other settings allow', () => {
    const studio = new Studio(fakePorts());
    studio.controls.setText('rule', 'cfgpp');
    expect(studio.state.settings.value.guidance.scale).toBeLessThanOrEqual(1);
    studio.controls.reset('guidance');
    checkSettings(studio.state.settings.value);
    studio.controls.setText('rule', 'cfg');
    expect(studio.state.settings.value.guidance.scale).toBeGreaterThan(1); // 1 there is no guidance here
  });
});
