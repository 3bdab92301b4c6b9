import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { GuessError, SettingsError } from '../../src/sampling/errors';
import { guide } from '../../src/sampling/guidance';
import { clipStream, normals } from '../../src/sampling/noise';
import { mostPast, run, type RunOptions } from '../../src/sampling/run';
import type { Denoiser, Row, RunSettings, SamplerName, Step } from '../../src/sampling/types';
import { bestGuess, denoiserOf, exact, type Gaussian } from './mixture';

const shape = { frames: 2, height: 3, width: 4 };
const pixels = 24;
const plain = { scale: 1, from: 0, to: 1 };
const base: RunSettings = { seed: 7, steps: 6, sampler: 'heun', guidance: plain };
const samplers: SamplerName[] = ['euler', 'heun', 'multistep'];

/** Two kinds of data: what the prompt asks for lies right of what no words give. */
const prompted: Gaussian[] = [{ weight: 0.6, mean: 0.5, deviation: 0.2 }, { weight: 0.4, mean: -0.2, deviation: 0.3 }]; // prettier-ignore
const wordless: Gaussian[] = [{ weight: 1, mean: -0.5, deviation: 0.4 }];
const mixtures = () => denoiserOf(shape, (z, t, row) => bestGuess(row === 'prompt' ? prompted : wordless, z, t));

async function steps(denoiser: Denoiser, settings: RunSettings, options?: RunOptions): Promise<Step[]> {
  const all: Step[] = [];
  for await (const step of run(denoiser, settings, options)) all.push(step);
  return all;
}

describe.each(samplers)('%s', (sampler) => {
  const settings = { ...base, sampler };

  it('ends near the exact clip of its noise', async () => {
    const all = await steps(mixtures(), { ...settings, steps: 60 });
    const noise = normals(7, clipStream, 3 * pixels);
    const clip = all.at(-1)!.guess;
    clip.forEach((value, i) => expect(Math.abs(value - exact(prompted, noise[i], 1))).toBeLessThan(0.08));
  });

  it('yields every step as the contract says', async () => {
    const all = await steps(mixtures(), settings);
    expect(all.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(all.map(({ t }) => t)).toEqual([0, 1, 2, 3, 4, 5].map((i) => i / 6));
    expect(all.map(({ tNext }) => tNext)).toEqual([1, 2, 3, 4, 5, 6].map((i) => i / 6));
    expect(all.map(({ calls }) => calls)).toEqual(sampler === 'heun' ? [2, 2, 2, 2, 2, 1] : [1, 1, 1, 1, 1, 1]);
    expect(all[0].x).toEqual(normals(7, clipStream, 3 * pixels));
    for (const step of all) {
      expect(step.steps).toBe(6);
      expect(step.milliseconds).toBeGreaterThanOrEqual(0);
      expect([step.x.length, step.guess.length]).toEqual([3 * pixels, 3 * pixels]);
      step.guess.forEach((guess, i) => expect(guess).toBeCloseTo(bestGuess(prompted, step.x[i], step.t), 5));
    }
  });

  it('is exact in one step for a point mass', async () => {
    const [only] = await steps(
      denoiserOf(shape, () => 0.25),
      { ...settings, steps: 1 },
    );
    expect(only.guess.every((value) => value === 0.25)).toBe(true);
  });

  it('draws the same clip again, and another for another seed', async () => {
    const [once, again] = [await steps(mixtures(), settings), await steps(mixtures(), settings)];
    expect(again.map(({ x, guess }) => ({ x, guess }))).toEqual(once.map(({ x, guess }) => ({ x, guess })));
    expect((await steps(mixtures(), { ...settings, seed: 8 })).at(-1)!.guess).not.toEqual(once.at(-1)!.guess);
  });

  it('does not mind what its watcher does with the arrays of a step', async () => {
    const clean = await steps(mixtures(), settings);
    const last: Float32Array[] = [];
    for await (const step of run(mixtures(), settings)) {
      last[0] = step.guess.slice();
      structuredClone(step.x, { transfer: [step.x.buffer] });
      step.guess.fill(NaN);
    }
    expect(last[0]).toEqual(clean.at(-1)!.guess);
  });

  it('goes on after any step as if it had never broken off', async () => {
    const whole = (await steps(mixtures(), settings)).map(({ x, guess }) => ({ x, guess }));
    for (let done = 1; done <= 6; done++) {
      const before = (await steps(mixtures(), settings)).slice(0, done).slice(-mostPast);
      const rest = await steps(mixtures(), settings, { from: before });
      expect(rest.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5].slice(done));
      expect(rest.map(({ x, guess }) => ({ x, guess }))).toEqual(whole.slice(done));
    }
  });

  it('keeps known pixels clean, at level 1, from the first step to the last', async () => {
    const clip = normals(1, 0, 3 * pixels);
    const mask = Uint8Array.from({ length: pixels }, (_, i) => Number(i % 3 === 0));
    const denoiser = mixtures();
    for (const step of await steps(
      denoiser,
      { ...settings, guidance: { ...plain, scale: 3 } },
      { known: { clip, mask } },
    ))
      for (let i = 0; i < 3 * pixels; i++) {
        if (!mask[i % pixels]) continue;
        expect(step.x[i]).toBe(clip[i]);
        expect(step.guess[i]).toBe(clip[i]);
      }
    for (const { x, levels } of denoiser.calls) {
      expect(levels).toHaveLength(pixels);
      levels.forEach((level, i) => expect(level === 1).toBe(mask[i] === 1));
      x.forEach((value, i) => mask[i % pixels] && expect(value).toBe(clip[i]));
    }
  });

  it('with nothing known in the map is plain sampling', async () => {
    const known = { clip: normals(1, 0, 3 * pixels), mask: new Float32Array(pixels) };
    const [with_, without] = [await steps(mixtures(), settings, { known }), await steps(mixtures(), settings)];
    expect(with_.at(-1)!.guess).toEqual(without.at(-1)!.guess);
  });

  it('ends within the step in which it is aborted, at every step and every call', async () => {
    const total = (await steps(mixtures(), settings)).reduce((sum, { calls }) => sum + calls, 0);
    for (let stopAt = 1; stopAt <= total; stopAt++) {
      const controller = new AbortController();
      const denoiser = mixtures();
      const guess = denoiser.guess.bind(denoiser);
      denoiser.guess = async (...args) => {
        if (denoiser.calls.length + 1 === stopAt) controller.abort();
        return guess(...args);
      };
      await expect(steps(denoiser, settings, { signal: controller.signal })).rejects.toMatchObject({
        name: 'AbortError',
      });
      expect(denoiser.calls).toHaveLength(stopAt);
    }
  });

  it.each([NaN, Infinity, -Infinity])('stops at a guess of %s and names the step', async (bad) => {
    const denoiser = denoiserOf(shape, (z, t) => (t >= 0.5 && z > 0 ? bad : 0.1));
    const failure = await steps(denoiser, settings).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(GuessError);
    // Heun looks ahead: its third step already asks at t = 1/2.
    const step = sampler === 'heun' ? 2 : 3;
    expect(failure).toMatchObject({ step, steps: 6, t: 0.5, next: expect.stringContaining('guidance') as string });
    expect((failure as Error).message).toContain(`step ${step + 1} of 6`);
  });
});

describe('aborting', () => {
  it('before the start asks the model nothing and keeps the reason', async () => {
    const denoiser = mixtures();
    const reason = new Error('another prompt was typed');
    await expect(steps(denoiser, base, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(denoiser.calls).toHaveLength(0);
  });

  it('between two steps takes effect at the next', async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const watch = async () => {
      for await (const { index } of run(mixtures(), base, { signal: controller.signal })) {
        seen.push(index);
        if (index === 2) controller.abort();
      }
    };
    await expect(watch()).rejects.toMatchObject({ name: 'AbortError' });
    expect(seen).toEqual([0, 1, 2]);
  });
});

describe('guidance', () => {
  const rowsOf = async (guidance: RunSettings['guidance'], sampler: SamplerName = 'euler') => {
    const denoiser = mixtures();
    const all = await steps(denoiser, { ...base, sampler, guidance });
    return { all, asked: denoiser.calls.map(({ rows }) => rows.join('+')) };
  };

  it('of scale 1 is the prompt alone, bit for bit, and asks for nothing else', async () => {
    const { all, asked } = await rowsOf(plain);
    expect(asked).toEqual(Array(6).fill('prompt'));
    const outside = await rowsOf({ scale: 5, from: 0.99, to: 1 });
    expect(outside.all.at(-1)!.guess).toEqual(all.at(-1)!.guess);
  });

  it('of scale 0 asks without words only', async () => {
    const { all, asked } = await rowsOf({ scale: 0, from: 0, to: 1 });
    expect(asked).toEqual(Array(6).fill('empty'));
    all[0].guess.forEach((guess) => expect(guess).toBeCloseTo(bestGuess(wordless, 0, 0), 5));
  });

  it('asks for both only inside its interval, ends included', async () => {
    const both = 'prompt+empty';
    const { all, asked } = await rowsOf({ scale: 3, from: 1 / 6, to: 3 / 6 });
    expect(asked).toEqual(['prompt', both, both, both, 'prompt', 'prompt']);
    expect(all.map(({ calls }) => calls)).toEqual([1, 2, 2, 2, 1, 1]);
  });

  it('judges each of the two calls of a Heun step by its own t', async () => {
    const { all } = await rowsOf({ scale: 3, from: 0.2, to: 0.4 }, 'heun');
    expect(all.map(({ calls }) => calls)).toEqual([2, 3, 3, 2, 2, 1]);
  });

  it('moves the guess along prompt - empty by its scale', async () => {
    const row = (value: Row) => (value === 'prompt' ? 0.5 : 0.125);
    const [only] = await steps(denoiserOf(shape, (_z, _t, which) => row(which)), { ...base, steps: 1, guidance: { scale: 3, from: 0, to: 1 } }); // prettier-ignore
    expect(only.guess[0]).toBe(0.125 + 3 * 0.375);
  });

  it('works on guesses as it would on velocities', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.95, noNaN: true }),
        fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 3, maxLength: 3 }),
        fc.double({ min: 0, max: 30, noNaN: true }),
        (t, [x, prompt, empty], scale) => {
          const v = (guess: number) => (guess - x) / (1 - t);
          const [guess] = guide([Float32Array.of(prompt), Float32Array.of(empty)], scale);
          const tolerance = (1e-6 * (1 + scale)) / (1 - t); // single precision
          expect(Math.abs(v(guess) - (v(empty) + scale * (v(prompt) - v(empty))))).toBeLessThan(tolerance);
        },
      ),
    );
  });
});

describe('settings that no run can be made of', () => {
  it.each<[string, Partial<RunSettings>]>([
    ['steps', { steps: 0 }],
    ['steps', { steps: 101 }],
    ['steps', { steps: 2.5 }],
    ['steps', { steps: NaN }],
    ['seed', { seed: -1 }],
    ['seed', { seed: 2 ** 32 }],
    ['sampler', { sampler: 'magic' as SamplerName }],
    ['sampler', { sampler: 'toString' as SamplerName }],
    ['guidance scale', { guidance: { scale: -1, from: 0, to: 1 } }],
    ['guidance scale', { guidance: { scale: NaN, from: 0, to: 1 } }],
    ['guidance scale', { guidance: { scale: 31, from: 0, to: 1 } }],
    ['guidance from', { guidance: { scale: 2, from: -0.1, to: 1 } }],
    ['guidance to', { guidance: { scale: 2, from: 0.6, to: 0.4 } }],
    ['guidance to', { guidance: { scale: 2, from: 0.6, to: 1.1 } }],
    ['shift', { shift: 0 }],
  ])('%s in %o', async (setting, change) => {
    const denoiser = mixtures();
    const failure = await steps(denoiser, { ...base, ...change }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SettingsError);
    expect(failure).toMatchObject({ setting, next: expect.stringContaining('set it to') as string });
    expect(denoiser.calls).toHaveLength(0);
  });

  it('a known clip or mask of the wrong size', async () => {
    const clip = new Float32Array(3 * pixels);
    const mask = new Uint8Array(pixels);
    await expect(steps(mixtures(), base, { known: { clip: clip.slice(1), mask } })).rejects.toThrow(SettingsError);
    await expect(steps(mixtures(), base, { known: { clip, mask: mask.slice(1) } })).rejects.toThrow(SettingsError);
  });
});

test('a denoiser that answers with the wrong number or size of guesses is found out', async () => {
  const short: Denoiser = { shape, guess: async () => [new Float32Array(3)] };
  await expect(steps(short, base)).rejects.toThrow(GuessError);
  const none: Denoiser = { shape, guess: async () => [] };
  await expect(steps(none, base)).rejects.toThrow(/wrong size/);
});

test("the denoiser's own failure comes through as it is", async () => {
  const lost = new Error('device lost');
  await expect(steps({ shape, guess: () => Promise.reject(lost) }, base)).rejects.toBe(lost);
});
