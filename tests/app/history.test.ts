/** The films of this visit: each is kept, once, and can be gone back to. */
import { describe, expect, it, vi } from 'vitest';
import { mostPast } from '../../src/app/history';
import { Studio } from '../../src/studio/studio';
import { FakeEngine, fakePorts } from './fake-run';

async function opened(engine = new FakeEngine({ shape: { frames: 4, height: 16, width: 16 } })) {
  const studio = new Studio(fakePorts(engine));
  await studio.open('#steps=3');
  await vi.waitFor(() => {
    expect(studio.state.engine.value.phase).toBe('ready');
    expect(studio.state.run.value?.phase).toBe('done');
  });
  return { engine, studio, state: studio.state };
}

describe('the films of this visit', () => {
  it('begin with the recording, and each shake adds one, the newest first', async () => {
    const { studio, state } = await opened();
    const [recorded] = state.history.value;
    for (const seed of [5, 6]) {
      studio.controls.set({ seed });
      await studio.runs.again();
    }
    expect(state.history.value.map(({ settings }) => settings.seed)).toEqual([6, 5, recorded.settings.seed]);
  });

  it('hold a film once, however often it is made or gone back to', async () => {
    const { studio, state } = await opened();
    await studio.runs.again();
    await studio.runs.again();
    const before = state.history.value.map(({ key }) => key);
    await studio.history.goBack(state.history.value[1]);
    expect(state.history.value.map(({ key }) => key)).toEqual(before);
  });

  it('come back with their words and settings and every step, without a run', async () => {
    const { engine, studio, state } = await opened();
    studio.controls.setPrompt('a blue star');
    studio.controls.set({ seed: 5 });
    await studio.runs.again();
    const first = state.run.value!;
    studio.controls.setPrompt('a red ball');
    studio.controls.set({ seed: 6 });
    await studio.runs.again();
    const asked = engine.requests.length;
    await studio.history.goBack(state.history.value[1]);
    expect(state.run.value!.steps).toBe(first.steps);
    expect([state.prompt.value, state.settings.value.seed]).toEqual(['a blue star', 5]);
    expect(engine.requests.length).toBe(asked);
  });

  it(`are ${mostPast} at most`, async () => {
    const { studio, state } = await opened();
    for (let seed = 0; seed < mostPast + 3; seed++) {
      studio.controls.set({ seed });
      await studio.runs.again();
    }
    expect(state.history.value).toHaveLength(mostPast);
    expect(state.history.value[0].settings.seed).toBe(mostPast + 2);
  });

  it('run again where their steps were too large to keep', async () => {
    const { engine, studio, state } = await opened();
    const past = { ...state.history.value[0], prompt: 'a green box', run: null };
    await studio.history.goBack(past);
    expect(engine.requests.at(-1)?.prompt).toBe('a green box');
  });
});
