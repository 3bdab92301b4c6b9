/** A training from its first step: it learns, can be repeated, put aside, taken up again, and breaks with a sentence. */
import { readFile } from 'node:fs/promises';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend';
import { Adam } from '../../src/learn/adam';
import { firstWeights, microConfig } from '../../src/learn/config';
import { LearnError } from '../../src/learn/errors';
import { batchOf, levelsOf } from '../../src/learn/examples';
import { checkedSnapshot, modelFile, readModelFile } from '../../src/learn/file';
import { Curve, Tally } from '../../src/learn/history';
import { firstGrid, microCaption, shownBy } from '../../src/learn/micro';
import { readRecord } from '../../src/learn/record';
import { readRecorded, recordedFile, type Moment } from '../../src/learn/recorded';
import { cleanSettings, firstSettings, widths } from '../../src/learn/settings';
import { Trainer } from '../../src/learn/trainer';
import { Training, type Snapshot } from '../../src/learn/training';
import { parameterShapes } from '../../src/model/config';
import { readTensors } from '../../src/model/load';
import { metadataOf } from '../../src/model/safetensors';
import { normals, uniforms } from '../../src/sampling/noise';

const small = { ...firstSettings, width: 24, batch: 4 };

beforeAll(async () => {
  const onFault = (error: Error) => {
    throw error;
  };
  await selectBackend({ preferred: 'wasm', wasmFolder: 'node_modules/@tensorflow/tfjs-backend-wasm/dist/', onFault });
});

/** A training of some steps; whoever asks disposes of it. */
async function after(steps: number, settings = small): Promise<Training> {
  const training = new Training({ settings, grid: firstGrid });
  for (let i = 0; i < steps; i++) await training.advance();
  return training;
}

describe('the network', () => {
  it.each(widths)('has at most 150,000 numbers, width %i', (width) => {
    const sizes = [...parameterShapes(microConfig(width)).values()].map((shape) => shape.reduce((a, b) => a * b, 1));
    expect(sizes.reduce((a, b) => a + b)).toBeLessThanOrEqual(150_000);
  });

  it('learns one batch by heart: its loss falls to a tenth', async () => {
    const config = microConfig(24);
    const trainer = new Trainer(config, firstWeights(config, 1));
    const { batch } = batchOf(1, 0, firstGrid, 4, { mean: -0.6, spread: 0.9 }, config.text_length);
    const loss = async () => (await trainer.step(batch, 0.01)).losses.reduce((sum, value) => sum + value / 4, 0);
    const first = await loss();
    let last = first;
    for (let i = 0; i < 36; i++) last = await loss();
    expect(last).toBeLessThan(first / 10);
    trainer.dispose();
  });
});

describe('what a step is given', () => {
  it('follows from seed and step, and shows what is ticked alone', () => {
    const make = (seed: number, step: number) => batchOf(seed, step, firstGrid, 16, { mean: -0.6, spread: 0.9 }, 8);
    expect(make(3, 5)).toEqual(make(3, 5));
    expect(make(3, 6).batch.noise[0]).not.toEqual(make(3, 5).batch.noise[0]);
    const shown = new Set(shownBy(firstGrid).map(microCaption));
    for (let step = 0; step < 5; step++)
      for (const cell of make(1, step).cells) expect(shown.has(microCaption(cell))).toBe(true);
  });

  it('has noise levels as in PyTorch: a tenth spread below 0.1, the others logit-normal', () => {
    const count = 20_000;
    const levels = [...levelsOf(normals(1, 1, count), uniforms(1, 2, 2 * count), { mean: -0.6, spread: 0.9 })];
    const below = (t: number) => levels.filter((level) => level < t).length / count;
    // Of a logit-normal, the share below t is that of a normal below (logit t - mean) / spread.
    expect(below(1 / (1 + Math.exp(0.6)))).toBeCloseTo(0.1 + 0.9 * 0.5, 2);
    expect(below(1 / (1 + Math.exp(0.6 - 0.9)))).toBeCloseTo(0.1 + 0.9 * 0.8413, 2);
    expect(below(0.05)).toBeCloseTo(0.05 + 0.9 * 0.0046, 2);
    expect(Math.max(...levels)).toBeLessThan(1);
  });
});

describe('a training', () => {
  it('is the same from the same seed, to the last bit', async () => {
    const [a, b] = [await after(4), await after(4)];
    expect(a.snapshot().weights).toEqual(b.snapshot().weights);
    for (const each of [a, b]) each.dispose();
  });

  it('put aside and taken up again goes on as if nothing had been', async () => {
    const whole = await after(5);
    const half = await after(3);
    const kept = checkedSnapshot(structuredClone(half.snapshot()))!;
    half.dispose();
    const again = new Training(kept);
    for (let i = 0; i < 2; i++) await again.advance();
    const [one, other] = [whole.snapshot(), again.snapshot()];
    expect({ ...other, seconds: 0 }).toEqual({ ...one, seconds: 0 });
    for (const each of [whole, again]) each.dispose();
  });

  it('counts what it has shown, and draws films with what it has learned so far', async () => {
    const training = await after(2);
    expect(Object.values(training.counts).reduce((a, b) => a + b)).toBe(training.seen);
    const [cell] = shownBy(firstGrid);
    const film = await training.draw(cell, 7);
    expect(film.clip.length).toBe(3 * 8 * 16 * 16);
    expect(film.clip.every(Number.isFinite)).toBe(true);
    training.dispose();
  });

  it('with a learning rate of 10 it breaks, and says why', async () => {
    const training = new Training({ settings: { ...small, rate: 10 }, grid: firstGrid });
    const broken = async () => {
      for (let i = 0; i < 60; i++) await training.advance();
    };
    const thrown: unknown = await broken().catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(LearnError);
    expect((thrown as LearnError).cause).toMatch(/^In step \d+ the loss .+ learning rate of 10/);
    training.dispose();
  });

  it('leaves nothing behind: not by steps, nor by films, nor by being put away', async () => {
    const before = memory().numTensors;
    for (let round = 0; round < 3; round++) {
      const training = await after(1);
      await training.draw(shownBy(firstGrid)[0], round);
      const standing = memory().numTensors;
      await training.advance();
      await training.draw(shownBy(firstGrid)[1], round);
      expect(memory().numTensors).toBe(standing);
      training.dispose();
    }
    expect(memory().numTensors).toBe(before);
  });
});

describe('its file', () => {
  it('holds the averaged weights, what it was shown and for how long, and comes back as it was', async () => {
    const training = await after(2);
    const snapshot = training.snapshot();
    const bytes = modelFile(snapshot);
    expect(bytes.length).toBeLessThan(600_000);
    const read = readModelFile(bytes);
    expect({ ...read, seconds: 0, weights: 0, average: 0, adam: 0 }).toEqual({ ...snapshot, seconds: 0, weights: 0, average: 0, adam: 0 }); // prettier-ignore
    for (const [name, { data }] of read.average) {
      const own = snapshot.average.get(name)!.data;
      expect(data.every((value, i) => Math.abs(value - own[i]) <= 1e-3 * Math.abs(own[i]) + 1e-6)).toBe(true);
    }
    training.dispose();
    const again = new Training(read);
    await again.advance();
    expect(again.steps).toBe(3);
    again.dispose();
  });

  it('can be read by the readers of the big models, and says what it is in plain sentences', async () => {
    const training = await after(1);
    const bytes = modelFile(training.snapshot());
    training.dispose();
    const said = metadataOf(bytes);
    expect(readTensors(new TextEncoder().encode(said.get('config')), bytes).name).toBe('micro');
    expect(said.get('card')).toMatch(/trained in a browser\.\n.*4 combinations/);
  });

  it('that is none, is cut off, or holds another network, is refused', async () => {
    const training = await after(1);
    const bytes = modelFile(training.snapshot());
    training.dispose();
    const said = (text: string, other: string) =>
      Uint8Array.from(Buffer.from(Buffer.from(bytes).toString('latin1').replace(text, other), 'latin1'));
    const strange = [new Uint8Array(), new Uint8Array(20), bytes.subarray(0, 5000), bytes.subarray(0, -2)];
    strange.push(
      said('"depth\\":3', '"depth\\":4'),
      said('"dtype":"F16"', '"dtype":"F17"'),
      said('"config"', '"konfig"'),
    );
    for (const each of strange) expect(() => readModelFile(each)).toThrow(expect.objectContaining({ name: 'WeightsError' })); // prettier-ignore
  });

  it('out of a store is believed only where it fits', () => {
    for (const record of [undefined, null, 7, {}, { weights: new Map(), average: new Map() }])
      expect(checkedSnapshot(record)).toBeUndefined();
  });

  it('out of a store of which a part is damaged goes on without that part', () => {
    const training = new Training({ settings: small, grid: firstGrid });
    const snapshot = training.snapshot();
    training.dispose();
    const [name, { shape }] = [...snapshot.weights][0];
    const short = new Map(snapshot.weights).set(name, { shape, data: new Float32Array(1) });
    expect(readRecord({ snapshot: { ...snapshot, weights: short } })).toBeUndefined();
    const { adam } = snapshot;
    const point = { seen: 4, seconds: 2, losses: [1, null, 2, 3, 4], shown: 0.5, holes: null };
    for (const damaged of [
      7,
      {},
      { ...adam, means: null },
      { ...adam, steps: NaN },
      { ...adam, squares: new Map([[name, new Float32Array(1)]]) },
    ]) {
      const read = readRecord({ snapshot: { ...snapshot, adam: damaged }, points: [point, null, { ...point, losses: 'x' }] })!; // prettier-ignore
      expect(read.snapshot.adam).toBeNull();
      expect(read.points).toEqual([point]);
      new Training(read.snapshot).dispose();
    }
    expect(readRecord({ snapshot })?.snapshot.adam).toEqual(adam);
    for (const none of [null, 7, 'x', { snapshot: null }]) expect(readRecord(none)).toBeUndefined();
  });
});

describe('the recorded training that comes with the page', () => {
  it('is small, has twelve moments of one training, and draws what it is asked for in the end, though not in the beginning', async () => {
    const bytes = new Uint8Array(await readFile('public/learn/training.safetensors'));
    expect(bytes.length).toBeLessThanOrEqual(600_000);
    const moments = readRecorded(bytes);
    expect(moments.length).toBe(12);
    expect(moments.map(({ seen }) => seen)).toEqual(moments.map(({ seen }) => seen).toSorted((a, b) => a - b));
    const right = async (at: Snapshot) => {
      const training = new Training(at);
      const films: boolean[] = [];
      for (const [i, cell] of shownBy(at.grid).entries()) {
        const { seen } = await training.draw(cell, i);
        films.push(seen.colour === cell.colour && seen.motion === cell.motion);
      }
      training.dispose();
      return films.filter(Boolean).length;
    };
    expect(await right(moments[0])).toBe(0);
    expect(await right(moments[11])).toBe(shownBy(moments[11].grid).length);
  });

  it('comes back from its file as it was, but for the 8 bits', async () => {
    const training = await after(2);
    const score = { films: 2, right: 1, colour: 1, motion: 1, both: 1, instead: null };
    const moment: Moment = { ...training.snapshot(), seconds: 7, points: [], shown: score, holes: score };
    training.dispose();
    const [one, other] = readRecorded(recordedFile([moment, moment]));
    expect({ ...one, weights: 0, average: 0, adam: 0 }).toEqual({ ...moment, weights: 0, average: 0, adam: 0 });
    for (const [name, { data, shape }] of moment.average)
      for (const read of [one, other]) {
        const most = data.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
        const { data: got, shape: gotShape } = read.average.get(name)!;
        expect(gotShape).toEqual(shape);
        // Half a step of 127, and 127 times what a scale in half precision may be off where it is tiny.
        expect(got.every((value, i) => Math.abs(value - data[i]) <= most / 200 + 127 * 2 ** -25)).toBe(true);
      }
    expect(() => readRecorded(recordedFile([moment]).subarray(0, 900))).toThrow(expect.objectContaining({ name: 'WeightsError' })); // prettier-ignore
  });
});

describe('settings from outside', () => {
  it('are made fit', () => {
    expect(cleanSettings(null)).toEqual(firstSettings);
    expect(cleanSettings({ rate: 1e9, batch: 2.4, width: 47, mean: NaN, seed: -1 })).toEqual({ rate: 10, batch: 2, width: firstSettings.width, mean: firstSettings.mean, seed: 0 }); // prettier-ignore
  });
});

describe('what becomes of it', () => {
  const at = (seconds: number) => ({ seen: 100 * seconds, seconds, shown: null, holes: null });

  it('is a curve of the mean loss at each noise level, and never more than some hundred points', () => {
    const curve = new Curve();
    for (let i = 1; i <= 5000; i++) curve.add(Float64Array.of(2, 0, 0, 0, 6), Float64Array.of(2, 0, 0, 0, 2), at(i));
    expect(curve.points.length).toBeLessThanOrEqual(160);
    expect(curve.points.length).toBeGreaterThan(60);
    expect(curve.points[3].losses).toEqual([1, null, null, null, 3]);
    expect(curve.points.at(-1)!.seconds).toBeGreaterThan(4900);
  });

  it('counts of the last films how many were right, in all and by word', () => {
    const tally = new Tally(4);
    const cell = { colour: 'red', thing: 'ball', motion: 'left' };
    tally.add(cell, { colour: null, thing: null, motion: null });
    expect(tally.share).toBeNull();
    for (let i = 0; i < 3; i++) tally.add(cell, cell);
    tally.add(cell, { ...cell, motion: 'right' });
    expect(tally.score).toEqual({
      films: 4,
      right: 3,
      colour: 4,
      motion: 3,
      both: 3,
      instead: { ...cell, motion: 'right', films: 1 },
    });
    expect(tally.share).toBe(0.75);
  });
});

it('Adam goes its learning rate in the first step, whatever the gradient', () => {
  const weights = new Map([['a', Float32Array.of(1, 1, 1)]]);
  new Adam().step(weights, new Map([['a', Float32Array.of(1e-3, -0.5, 0)]]), 0.01);
  expect([...weights.get('a')!].map((value) => Number(value.toFixed(4)))).toEqual([0.99, 1.01, 1]);
});
