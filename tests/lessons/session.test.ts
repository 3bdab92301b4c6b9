/** What the story asks of the network that is loaded: a guess at a given clip. */
import { expect, it } from 'vitest';
import { State } from '../../src/app/state';
import { Studio } from '../../src/studio/studio';
import { FakeEngine, fakePorts, info } from '../app/fake-run';

const noisy = () => new Float32Array(3 * info.shape.frames * info.shape.height * info.shape.width).fill(0.25);

it('asks for one step from the clip, without words, and leaves the stage alone', async () => {
  const engine = new FakeEngine();
  const studio = new Studio(fakePorts(engine), new State());
  await studio.open('');
  const before = studio.state.run.value;
  const guess = await studio.story.guess(noisy(), 0.3);
  expect(guess?.length).toBe(noisy().length);
  expect(engine.requests.at(-1)).toMatchObject({ prompt: '', steps: 1, guidance: { scale: 1 }, begin: { t: 0.3 } });
  expect(studio.state.run.value).toBe(before);
  studio.dispose();
});

it('is null without a network, and where another guess was asked for meanwhile', async () => {
  const studio = new Studio(
    fakePorts(undefined, { createEngine: () => Promise.reject(new Error('none')) }),
    new State(),
  );
  await studio.open('');
  expect(await studio.story.guess(noisy(), 0.3)).toBe(null);
  studio.dispose();
  const other = new Studio(fakePorts(), new State());
  await other.open('');
  const [late, now] = [other.story.guess(noisy(), 0.3).catch(() => null), other.story.guess(noisy(), 0.5)];
  expect(await late).toBe(null);
  expect(await now).not.toBe(null);
  other.dispose();
});
