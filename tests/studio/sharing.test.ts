/** Several elements on a page and one network: it is made once, told to all, and ends with the last of them. */
import { expect, it } from 'vitest';
import type { Breakdown } from '../../src/workers/steady';
import { sharedPorts } from '../../src/studio/sharing';
import { FakeDecoder, FakeEngine, fakePorts, info } from '../app/fake-run';

const placesOf = (models: string) => ({ models, decoder: `${models}decoder/`, recordings: '', files: '', calm: true });

/** Ports of as many elements as are asked for, with all engines and decoders that were made for them. */
function page(models: string) {
  const [engines, decoders]: [FakeEngine[], FakeDecoder[]] = [[], []];
  const make = () =>
    fakePorts(() => engines[engines.push(new FakeEngine()) - 1], {
      createDecoder: async () => decoders[decoders.push(new FakeDecoder()) - 1],
    });
  return { engines, decoders, ports: () => sharedPorts(placesOf(models), make) };
}

const nothing = () => {};

it('two share one engine, which ends with the last of them and then is made anew', async () => {
  const { engines, ports } = page('one/');
  const [first, second] = await Promise.all([ports().createEngine(), ports().createEngine()]);
  await Promise.all([first.load(nothing, nothing), second.load(nothing, nothing)]);
  expect(engines.length).toBe(1);
  first.dispose();
  first.dispose(); // once more does not take the second's
  await Promise.resolve();
  expect(engines[0].disposed).toBe(false);
  second.dispose();
  await expect.poll(() => engines[0].disposed).toBe(true);
  await ports().createEngine();
  expect(engines.length).toBe(2);
});

it('another model is another engine', async () => {
  const [one, other] = [page('a/'), page('b/')];
  await Promise.all([one.ports().createEngine(), other.ports().createEngine()]);
  expect([one.engines.length, other.engines.length]).toEqual([1, 1]);
});

it('all hear that it broke, and who has gone hears nothing', async () => {
  const { engines, ports } = page('broken/');
  const heard: string[] = [];
  const hands = await Promise.all(['first', 'second', 'gone'].map(async (name) => {
    const hand = await ports().createEngine();
    await hand.load(nothing, () => heard.push(name));
    return hand;
  })); // prettier-ignore
  hands[2].dispose();
  const breakdown: Breakdown = { fault: { name: 'GpuError', cause: '', next: '' }, was: 'cpu', info };
  engines[0].breakDown(breakdown);
  expect(heard).toEqual(['first', 'second']);
});

it('one that could not be made is tried again', async () => {
  let tries = 0;
  const make = () => fakePorts(() => {
    tries += 1;
    throw new Error('no script');
  }); // prettier-ignore
  for (const expected of [1, 2]) {
    await expect(sharedPorts(placesOf('none/'), make).createEngine()).rejects.toThrow('no script');
    expect(tries).toBe(expected);
  }
});

it('pictures of all are drawn one after the other, and nobody waits for those of one that has gone', async () => {
  const { decoders, ports } = page('pictures/');
  const [first, second] = await Promise.all([ports().createDecoder(), ports().createDecoder()]);
  const shape = { frames: 1, height: 4, width: 4 };
  const request = { clip: new Float32Array(48), shape, prompt: '', frames: [0] };
  const drawn = Promise.all([first.draw(request), second.draw(request), first.draw(request)]);
  first.dispose(); // what it still waits for is not drawn
  const [, of] = await drawn;
  expect(of.length).toBe(1);
  expect(decoders.length).toBe(1);
  expect(decoders[0].requests.length).toBe(1);
});
