import { expect, it, vi } from 'vitest';
import { nearestOf, shown } from '../../../src/sessions/inside/nearest';
import { State } from '../../../src/app/state';
import { Studio } from '../../../src/studio/studio';
import { poolSeed, trainingPool } from '../../../src/evaluation/pool';
import { caption, render } from '../../../src/world';
import { FakeEngine, fakePorts, shape } from '../../app/fake-run';

it('finds the clip of the pool that a film was copied from, and says how far a fresh true clip is from its own', async () => {
  const state = new State();
  const studio = new Studio(fakePorts(new FakeEngine()), state);
  await studio.open('#prompt=a+red+ball&steps=2');
  await vi.waitFor(() => expect(state.run.value?.phase).toBe('done'), { timeout: 20_000 });
  const nearest = nearestOf(studio);
  await nearest.search(24);
  const made = nearest.found.value!;
  expect(made.near.length).toBe(shown);
  const distances = made.near.map(({ distance }) => distance);
  expect(distances).toEqual([...distances].sort((a, b) => a - b));
  expect(distances[0]).toBeGreaterThan(0.01);
  expect(made.fresh).toBeGreaterThan(0.01);

  const scene = trainingPool(24, poolSeed)[17];
  const copy = render(scene, shape).map((value) => 2 * value - 1);
  const run = state.run.value!;
  state.run.value = { ...run, steps: run.steps.map((step) => ({ ...step, guess: copy })) };
  await nearest.search(24);
  const [first] = nearest.found.value!.near;
  expect([first.seed, first.prompt]).toEqual([poolSeed + 17, caption(scene)]);
  expect(first.distance).toBeLessThan(0.2 * distances[0]); // what is left is the way of making it small
});

it('can be stopped, and has then found nothing', async () => {
  const state = new State();
  const studio = new Studio(fakePorts(new FakeEngine()), state);
  await studio.open('#prompt=a+red+ball&steps=2');
  await vi.waitFor(() => expect(state.run.value?.phase).toBe('done'), { timeout: 20_000 });
  const nearest = nearestOf(studio);
  const searching = nearest.search(64);
  await vi.waitFor(() => expect(nearest.searched.value).toBeGreaterThan(0), { timeout: 20_000 });
  nearest.stop();
  await searching;
  expect([nearest.found.value, nearest.searched.value]).toEqual([null, null]);
});
