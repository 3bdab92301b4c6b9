/** Autoguidance in the page: who offers it, what is said while its earlier copy comes, and what a failure leaves. */
import { describe, expect, it, vi } from 'vitest';
import { variants } from '../../src/lab/variants';
import { decodeLink } from '../../src/settings/link';
import { defaults, optionsOf, readSetting, type Settings } from '../../src/settings/settings';
import { Studio } from '../../src/studio/studio';
import type { EngineInfo } from '../../src/engine/protocol';
import { FakeEngine, fakePorts, info } from '../app/fake-run';

const auto: Settings = readSetting(defaults, 'rule', 'auto')!.settings;

describe('autoguidance', () => {
  it('is offered where the model has an earlier copy, or where it stands already', () => {
    expect(optionsOf(defaults, 'rule', false)).toEqual(['cfg', 'cfgpp', 'cfgzero', 'apg']);
    expect(optionsOf(defaults, 'rule', true)).toContain('auto');
    expect(optionsOf(auto, 'rule', false)).toContain('auto');
    const rulesOf = (weak: boolean) => variants(defaults, weak).flatMap(({ key, settings }) => (key === 'rule' ? [settings.guidance.rule] : [])); // prettier-ignore
    expect([rulesOf(false).includes('auto'), rulesOf(true).includes('auto')]).toEqual([false, true]);
  });

  it('is known to the state by what the engine says', async () => {
    class WithWeak extends FakeEngine {
      override load = async (): Promise<EngineInfo> => ({ ...info, weak: 'checkpoints/early' });
    }
    const [without, with_] = [new Studio(fakePorts()), new Studio(fakePorts(new WithWeak()))];
    for (const studio of [without, with_]) await studio.open('');
    expect([without.state.hasWeak.value, with_.state.hasWeak.value]).toEqual([false, true]);
  });

  it('stands in a link, with momentum beside it', () => {
    const { state, notices } = decodeLink('#prompt=a&guidance=2&rule=auto&momentum=-0.5');
    expect([state.settings.guidance, notices]).toEqual([{ ...auto.guidance, from: 0, momentum: -0.5 }, []]);
    expect(decodeLink('#momentum=-3').notices).toMatchObject([{ kind: 'clamped', key: 'momentum', used: '-0.9' }]);
  });
});

describe('while the earlier copy comes', () => {
  /** A studio whose next run waits for a word of the test, with a finished run on its stage. */
  async function waiting(error?: Error) {
    let open = () => {};
    const options = {
      others: [{ network: 'weak', stage: 'weights', done: 3e6, total: 10e6 }] as const,
      gate: async () => {},
    };
    const engine = new FakeEngine({ ...options, gate: () => options.gate() });
    const studio = new Studio(fakePorts(engine));
    await studio.open('#prompt=a+red+ball&steps=3');
    await vi.waitFor(() => expect(studio.state.run.value?.phase).toBe('done'));
    options.gate = () =>
      new Promise((resolve, reject) => {
        open = () => (error ? reject(error) : resolve());
      });
    const before = studio.state.run.value;
    studio.controls.set(auto);
    const run = studio.runs.again();
    await vi.waitFor(() =>
      expect(studio.state.otherLoading.value).toEqual({ network: 'weak', stage: 'weights', done: 3e6, total: 10e6 }),
    );
    return { studio, before, run, open: () => open() };
  }

  it('says how far it is, and no more once the first step is there', async () => {
    const { studio, run, open } = await waiting();
    open();
    await run;
    expect([studio.state.otherLoading.value, studio.state.run.value?.phase]).toEqual([null, 'done']);
  });

  it('can be stopped, and the run that was there is there again', async () => {
    const { studio, before, run, open } = await waiting();
    studio.runs.stop();
    expect(studio.state.otherLoading.value).toBeNull();
    open();
    await run;
    expect(studio.state.run.value).toEqual(before);
    expect(studio.state.trouble.value).toBeNull();
  });

  it('a failure is said, with the setting at fault; the engine and the run that was there stay', async () => {
    const fault = { name: 'WeakModelError', cause: 'It did not come.', next: 'Again.', setting: 'guidance rule' };
    const { studio, before, run, open } = await waiting(Object.assign(new Error('x'), fault));
    open();
    await run;
    expect(studio.state.trouble.value).toEqual({ fault, retry: 'run' });
    expect(studio.state.otherLoading.value).toBeNull();
    expect(studio.state.run.value).toEqual(before);
    expect(studio.state.engine.value.phase).toBe('ready');
  });
});
