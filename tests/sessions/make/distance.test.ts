/** Who is asked how far a picture is from the training world, with what, and what an answer is made of. */
import { describe, expect, it } from 'vitest';
import { distanceOf } from '../../../src/sessions/make/distance';
import type { ReaderPort } from '../../../src/judging/reader';
import type { ProbedBlock, ProbeRequest } from '../../../src/engine/protocol';
import { level, noised } from '../../../src/pictures/far';
import figures from '../../../src/pictures/far.json';
import { held } from '../../../src/pictures/ground';
import { reading } from '../../judging/fake-reading';
import { info } from '../../app/fake-run';

const shape = { frames: 4, height: 8, width: 8 };
const still = new Float32Array(3 * 64).map((_, i) => (i % 3) / 3);
const model = Object.keys(figures.errors)[0];

class FakeReader implements ReaderPort {
  read_: Float32Array[] = [];
  disposed = false;
  constructor(private readonly answer = async () => reading([{}])) {}
  read(clip: Float32Array) {
    this.read_.push(clip);
    return this.answer();
  }
  dispose() {
    this.disposed = true;
  }
}

/** An engine whose guesses are off by so much, the last block's by less than the ones before. */
const engine = (off: number, name = model) => {
  const asked: ProbeRequest[] = [];
  return {
    asked,
    info: { ...info, model: name },
    async *probe(request: ProbeRequest) {
      asked.push(request);
      const clip = held(still, shape);
      for (const more of [1, 0]) yield { guess: clip.map((value) => value + off + more) } as ProbedBlock;
    },
  };
};

const ask = (frames: Float32Array, of: Parameters<typeof distanceOf>[2], reader = new FakeReader(), signal = new AbortController().signal) =>
  distanceOf(frames, shape, of, signal, () => reader); // prettier-ignore

it('a still is held for the length of a film, noised, and the network asked once, without words', async () => {
  const [of, reader] = [engine(0.2), new FakeReader()];
  await ask(still, of, reader);
  const clip = held(still, shape);
  expect(reader.read_).toEqual([clip]);
  expect(of.asked).toEqual([
    { prompt: '', x: noised(clip), levels: Float32Array.of(level), shape, tokens: [0], guesses: true },
  ]);
  expect(reader.disposed).toBe(true);
});

it('the error is that of the last block, in those that true films have', async () => {
  const { median } = (figures.errors as Record<string, { median: number }>)[model];
  const { times, asked } = await ask(held(still, shape), engine(3 * median));
  expect([times!.toFixed(3), asked]).toEqual(['3.000', model]);
});

describe('without a figure to compare with', () => {
  it('no number is made up: no network, or one that nobody measured', async () => {
    expect(await ask(still, { ...engine(0.1), info: null })).toMatchObject({ times: null, asked: null });
    expect(await ask(still, engine(0.1, 'another'))).toMatchObject({ times: null, asked: 'another' });
  });
});

it('ends with the signal, and with the reader’s own error', async () => {
  const controller = new AbortController();
  controller.abort(new Error('not wanted any more'));
  const reader = new FakeReader();
  await expect(ask(still, engine(0.1), reader, controller.signal)).rejects.toThrow('not wanted any more');
  expect(reader.disposed).toBe(true);
  await expect(ask(still, engine(0.1), new FakeReader(() => Promise.reject(new Error('unreadable'))))).rejects.toThrow('unreadable'); // prettier-ignore
});
