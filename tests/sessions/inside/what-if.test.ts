import { describe, expect, it, vi } from 'vitest';
import { insideOf } from '../../../src/sessions/inside/inside';
import { whatIfOf } from '../../../src/sessions/inside/what-if';
import { decodeLink } from '../../../src/settings/link';
import { State } from '../../../src/app/state';
import { Studio } from '../../../src/studio/studio';
import { readAblation } from '../../../src/sampling/ablation';
import { FakeEngine, fakePorts } from '../../app/fake-run';

const prompt = 'A small red ball at night.';

/** A studio with a run through, and somebody who looks inside. */
async function looking(hash = `#prompt=${encodeURIComponent(prompt)}&steps=3&view=inside`) {
  const engine = new FakeEngine({ shape: { frames: 4, height: 16, width: 16 } });
  const state = new State();
  const studio = new Studio(fakePorts(engine), state);
  await studio.open(hash);
  await vi.waitFor(() => expect(state.run.value?.phase).toBe('done'));
  insideOf(studio).watch();
  await vi.waitFor(() => expect(insideOf(studio).look.value).not.toBeNull());
  return { engine, state, studio, whatIf: whatIfOf(studio) };
}

describe('what if', () => {
  it('runs the same words and noise without what was chosen, beside the stage, and measures both', async () => {
    const { engine, state, studio, whatIf } = await looking();
    whatIf.choose('head');
    whatIf.dial('block', 1);
    whatIf.dial('head', 9); // the network has two
    expect(whatIf.ablation.value).toEqual({ kind: 'head', block: 1, head: 1 });
    expect(whatIf.pair.value).toBeNull();
    await whatIf.try();
    const { prompt: told, seed, ablation } = engine.requests.at(-1)!;
    const run = state.run.value!;
    expect([told, seed, ablation]).toEqual([run.prompt, run.settings.seed, readAblation('head.1.1')]);
    expect(whatIf.pair.value).toMatchObject({ stage: run, other: { settings: { ablation }, phase: 'done' } });
    await vi.waitFor(() => expect(whatIf.effect.value).toMatchObject({ flicker: { change: 'same' }, same: {} }));
    expect(studio.lab.fault.value).toBeNull();
  });

  it('offers the words of the prompt once each, as the network knows them, and scales the keys of one', async () => {
    const { whatIf } = await looking();
    expect(whatIf.words.value).toEqual(['a', 'small', 'red', 'ball', 'at', 'night']);
    whatIf.choose('key');
    whatIf.chooseWord('red');
    whatIf.dial('percent', 250);
    expect(whatIf.ablation.value).toEqual({ kind: 'key', word: 'red', percent: 250 });
    whatIf.chooseWord('zebra');
    expect(whatIf.word.value).toBe('a');
  });

  it('stands in the link, which brings back both films', async () => {
    const { state, whatIf } = await looking();
    whatIf.choose('words');
    await whatIf.try();
    const link = state.link.value;
    expect(decodeLink(link).state.other?.ablation).toEqual(readAblation('words.0'));
    const again = await looking(`#${link}`);
    await vi.waitFor(() => expect(again.whatIf.pair.value?.other.phase).toBe('done'));
    expect(again.engine.requests.map(({ ablation }) => ablation)).toEqual([[], readAblation('words.0')]);
  });

  it('makes no pair of films that differ in more', async () => {
    const { studio, whatIf } = await looking();
    await whatIf.try();
    expect(whatIf.pair.value).not.toBeNull();
    studio.lab.exchange(); // what the network did without is now on the stage
    expect(whatIf.pair.value?.stage.settings.ablation).toEqual(readAblation('time'));
    studio.lab.keep();
    expect(whatIf.pair.value).toBeNull(); // the same twice
    const { settings } = studio.state.run.value!;
    await studio.lab.compare({ ...settings, steps: 2, ablation: [] });
    expect(whatIf.pair.value).toBeNull();
  });
});
