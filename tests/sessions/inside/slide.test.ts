import { describe, expect, it, vi } from 'vitest';
import { slideOf, stops } from '../../../src/sessions/inside/slide';
import { wordsMapOf } from '../../../src/sessions/inside/words-map';
import { State } from '../../../src/app/state';
import { Studio } from '../../../src/studio/studio';
import { FakeEngine, fakePorts } from '../../app/fake-run';

/** A studio with a run of five steps through, and the words on the plane. */
async function opened(prompt = 'a red ball') {
  const engine = new FakeEngine({ shape: { frames: 4, height: 16, width: 16 } });
  const state = new State();
  const studio = new Studio(fakePorts(engine), state);
  await studio.open(`#prompt=${encodeURIComponent(prompt)}&steps=5&seed=7`);
  await vi.waitFor(() => expect(state.run.value?.phase).toBe('done'), { timeout: 20_000 });
  await wordsMapOf(studio).open();
  return { engine, state, studio, slide: slideOf(studio) };
}

describe('a word on its way to another', () => {
  it('begins with a colour of the prompt and another colour, and with no word taken away but itself', async () => {
    const { slide } = await opened();
    expect(slide.words.value).toEqual(['a', 'red', 'ball']);
    expect(slide.chosen.value).toEqual({ word: 'red', minus: 'red', plus: 'orange' });
    slide.choose('word', 'ball');
    expect(slide.chosen.value).toEqual({ word: 'ball', minus: 'ball', plus: 'box' });
  });

  it('is drawn at the seed and settings of the stage, once for each stop; at 0 it is the film on the stage', async () => {
    const { engine, state, slide } = await opened();
    const before = engine.requests.length;
    slide.choose('plus', 'blue');
    await slide.go(50);
    expect(engine.requests.slice(before)).toMatchObject([
      { prompt: 'a red ball', seed: 7, steps: 5, ablation: [{ kind: 'vector', word: 'red', minus: 'red', plus: 'blue', percent: 50 }] }, // prettier-ignore
    ]);
    await slide.all();
    expect(engine.requests.length - before).toBe(4);
    const films = slide.films.value;
    expect(films.map((film) => film !== null)).toEqual(stops.map(() => true));
    expect(films[0]!.clip).toBe(state.run.value!.steps[4].guess);
    slide.choose('plus', 'green');
    expect(slide.films.value.slice(1)).toEqual([null, null, null, null]); // that is another way
  });

  it('can have one word taken away and another added, and be put on the stage', async () => {
    const { state, slide } = await opened();
    slide.choose('word', 'ball');
    slide.choose('minus', 'red');
    slide.choose('plus', 'star');
    await slide.go(100);
    await slide.take();
    const wanted = [{ kind: 'vector', word: 'ball', minus: 'red', plus: 'star', percent: 100 }];
    expect(state.run.value!.settings.ablation).toEqual(wanted);
    expect(state.link.value).toContain('ablation=vector.ball.red.star.100');
  });

  it('makes way for the stage, and says what went wrong', async () => {
    const { studio, slide } = await opened();
    const all = slide.all();
    await vi.waitFor(() => expect(studio.lab.job.value?.kind).toBe('slide'), { timeout: 20_000 });
    await studio.runs.again();
    await all;
    expect([studio.lab.job.value, studio.lab.failed.value]).toEqual([null, null]);
  });

  it('has nothing to move where the prompt has no word that the network knows', async () => {
    const { slide } = await opened('zzz');
    expect([slide.chosen.value, slide.ready.value]).toEqual([null, false]);
  });
});
