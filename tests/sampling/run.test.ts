import { describe, expect, it, test } from 'vitest';
import { GuessError, RunawayError, SettingsError } from '../../src/sampling/errors';
import { clipStream, normals, restartStream } from '../../src/sampling/noise';
import { invert, mostPast, restartLevel, run, type RunOptions } from '../../src/sampling/run';
import { solvers } from '../../src/sampling/solvers';
import { unset, unsetGuidance } from '../../src/sampling/settings';
import type {
  Denoiser,
  Condition,
  RuleName,
  RunSettings,
  SamplerName,
  ScheduleName,
  Step,
} from '../../src/sampling/types';
import { bestGuess, denoiserOf, exact, type Gaussian } from './mixture';

const shape = { frames: 2, height: 3, width: 4 };
const pixels = 24;
const plain = { scale: 1, from: 0, to: 1 };
const base: RunSettings = { seed: 7, steps: 6, sampler: 'heun', guidance: plain };
const samplers = Object.keys(solvers) as SamplerName[];
const asks = (sampler: SamplerName) => ({ euler: 1, heun: 2, midpoint: 2, rk4: 4, sde: 2 })[sampler as string] ?? 1; // in a step

/** Two kinds of data: what the prompt asks for lies right of what no words give. */
const prompted: Gaussian[] = [{ weight: 0.6, mean: 0.5, deviation: 0.2 }, { weight: 0.4, mean: -0.2, deviation: 0.3 }]; // prettier-ignore
const wordless: Gaussian[] = [{ weight: 1, mean: -0.5, deviation: 0.4 }];
const mixtures = () =>
  denoiserOf(shape, (z, t, condition) => bestGuess(condition === 'prompt' ? prompted : wordless, z, t));

async function steps(denoiser: Denoiser, settings: RunSettings, options?: RunOptions): Promise<Step[]> {
  const all: Step[] = [];
  for await (const step of run(denoiser, settings, options)) all.push(step);
  return all;
}

describe.each(samplers)('%s', (sampler) => {
  const settings = { ...base, sampler };

  it('ends near the exact clip of its noise', async () => {
    const all = await steps(mixtures(), { ...settings, steps: 60, eta: 0, churn: 0 });
    const noise = normals(7, clipStream, 3 * pixels);
    const clip = all.at(-1)!.guess;
    clip.forEach((value, i) => expect(Math.abs(value - exact(prompted, noise[i], 1))).toBeLessThan(0.08));
  });

  it('yields every step as the contract says', async () => {
    const all = await steps(mixtures(), settings);
    expect(all.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(all.map(({ t }) => t)).toEqual([0, 1, 2, 3, 4, 5].map((i) => i / 6));
    expect(all.map(({ tNext }) => tNext)).toEqual([1, 2, 3, 4, 5, 6].map((i) => i / 6));
    const first = ['ab3', 'dpm3m'].includes(sampler) ? 2 : asks(sampler); // no past yet
    expect(all.map(({ calls }) => calls)).toEqual([first, ...Array<number>(4).fill(asks(sampler)), 1]);
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
    expect(once).toHaveLength(6);
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
      if (sampler !== 'unipc') expect(rest.map(({ x, guess }) => ({ x, guess }))).toEqual(whole.slice(done));
      rest.forEach(({ x, index }) => x.forEach((value, i) => expect(value).toBeCloseTo(whole[index].x[i], 6)));
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

  it('says by how much each guess missed the known pixels before they were put back', async () => {
    const clip = new Float32Array(3 * pixels).fill(0.25);
    const mask = Uint8Array.from({ length: pixels }, (_, i) => Number(i % 2 === 0));
    const off: Denoiser = {
      shape,
      guess: async (x, _, conditions) => conditions.map(() => x.map((__, i) => (mask[i % pixels] ? 0.75 : 9))),
    };
    const made = await steps(off, { ...settings, guidance: plain }, { known: { clip, mask } });
    expect(made.map(({ strayed }) => strayed)).toEqual(made.map(() => 0.5));
    const none = { clip, mask: new Uint8Array(pixels) };
    expect((await steps(off, settings, { known: none }))[0].strayed).toBe(0);
    expect((await steps(off, settings))[0]).not.toHaveProperty('strayed');
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
    const looksAhead = ['heun', 'rk4', 'sde'].includes(sampler); // their third step already asks at t = 1/2, or beyond
    const step = looksAhead ? 2 : 3;
    expect(failure).toMatchObject({ step, steps: 6, next: expect.stringContaining('guidance') as string });
    expect((failure as GuessError).t).toBeCloseTo(0.5, sampler === 'sde' ? 0 : 12);
    expect((failure as Error).message).toContain(`step ${step + 1} of 6`);
  });
});

test('fresh noise is named by the seed: another seed, other noise; and no noise without a solver that takes it', async () => {
  const settings: RunSettings = { ...base, sampler: 'ddim', eta: 1 };
  const last = async (change: Partial<RunSettings>) =>
    (await steps(mixtures(), { ...settings, ...change })).at(-1)!.guess;
  expect(await last({})).toEqual(await last({ eta: undefined })); // 1 is what stands where it is left out
  expect(await last({ eta: 0.5 })).not.toEqual(await last({}));
  expect(await last({ sampler: 'heun', eta: 2, churn: 2 })).toEqual(await last({ sampler: 'heun' }));
});

test('optional settings that are left out change nothing', async () => {
  const { guidance, ...rest } = base;
  const spelled = { ...unset, ...rest, guidance: { ...unsetGuidance, ...guidance } };
  const bare = await steps(mixtures(), base);
  expect((await steps(mixtures(), spelled)).map(({ x, guess }) => [x, guess])).toEqual(
    bare.map(({ x, guess }) => [x, guess]),
  );
});

test('every pixel is told the same level, that of the step', async () => {
  const denoiser = mixtures();
  await steps(denoiser, { ...base, sampler: 'euler' });
  expect(denoiser.calls.map(({ levels }) => [...new Set(levels)])).toEqual(
    [0, 1, 2, 3, 4, 5].map((i) => [Math.fround(i / 6)]),
  );
});

describe('backwards', () => {
  it('tells the model 1 - t, and leaves the steps alone', async () => {
    const denoiser = mixtures();
    const all = await steps(denoiser, { ...base, sampler: 'euler', backwards: true });
    expect(denoiser.calls.map(({ levels }) => levels[0])).toEqual(
      [6, 5, 4, 3, 2, 1].map((i) => Math.fround(1 - (6 - i) / 6)),
    );
    expect(all.map(({ t }) => t)).toEqual([0, 1, 2, 3, 4, 5].map((i) => i / 6));
  });

  it('makes a model that trusts its noise level keep the snow', async () => {
    const [first] = await steps(mixtures(), { ...base, backwards: true });
    first.guess.forEach((guess, i) => expect(guess).toBeCloseTo(first.x[i], 4)); // "all of this is clip"
  });
});

describe('a run that runs away', () => {
  const thrown = (settings: Partial<RunSettings>, formula: (z: number, t: number, condition: Condition) => number) =>
    steps(denoiserOf(shape, formula), { ...base, sampler: 'euler', ...settings }).catch((error: unknown) => error);

  it('is stopped before its numbers are none, with the step and the likely setting', async () => {
    const guidance = { scale: 30, from: 0, to: 1 };
    const failure = await thrown({ guidance }, (z, t, condition) => (condition === 'prompt' && t >= 0.5 ? 40 : 0));
    expect(failure).toBeInstanceOf(RunawayError);
    expect(failure).toMatchObject({ step: 3, steps: 6, t: 0.5, setting: 'guidance scale' });
    expect((failure as Error).message).toMatch(/ran away in step 4 of 6 .*to 1200 .*: lower the guidance scale/);
  });

  it('knows other causes', async () => {
    const wild = (z: number) => (Math.abs(z) > 1e-3 ? 500 * z : 0);
    expect(await thrown({ guidance: plain }, wild)).toMatchObject({ setting: 'steps' });
    expect(await thrown({ guidance: plain, sampler: 'ab3' }, wild)).toMatchObject({ setting: 'sampler' });
    expect(await thrown({ guidance: plain, sampler: 'ddim', eta: 2 }, wild)).toMatchObject({ setting: 'eta' });
    expect(await thrown({ guidance: plain, schedule: 'curve' }, wild)).toMatchObject({ setting: 'curve' });
    expect(await thrown({ guidance: { ...plain, scale: 2 } }, wild)).toMatchObject({ setting: 'guidance scale' });
  });

  it('is not what a broken but bounded run is called', async () => {
    const guidance = { scale: 7, from: 0, to: 1 };
    for (const sampler of samplers) {
      const all = await steps(mixtures(), { ...base, sampler, guidance, eta: 2, churn: 2, steps: 8 });
      expect(all, sampler).toHaveLength(8);
    }
  });
});

describe('the way back', () => {
  const wayBack = async (sampler: SamplerName, count: number) => {
    const settings: RunSettings = { ...base, sampler, steps: count, guidance: { scale: 1.5, from: 0, to: 1 } };
    const all = await steps(mixtures(), settings);
    const noise = await invert(mixtures(), all.at(-1)!.x, settings);
    return Math.sqrt(noise.reduce((sum, value, i) => sum + (value - all[0].x[i]) ** 2, 0) / noise.length);
  };

  it.each(samplers.filter((name) => !solvers[name].noise))('%s returns to its noise', async (sampler) => {
    const [coarse, fine] = [await wayBack(sampler, 25), await wayBack(sampler, 100)];
    expect(fine).toBeLessThan(0.04);
    expect(fine).toBeLessThan(coarse / 3 + 1e-5); // at least of first order
  });

  it('lies hidden where there was fresh noise', async () => {
    await expect(invert(mixtures(), new Float32Array(3 * pixels), { ...base, sampler: 'ddim' })).rejects.toMatchObject({
      setting: 'sampler',
    });
  });

  it('leaves the array that it was given alone', async () => {
    const x = normals(1, 2, 3 * pixels);
    const copy = x.slice();
    await invert(mixtures(), x, base);
    expect(x).toEqual(copy);
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
    ['schedule', { schedule: 'magic' as ScheduleName }],
    ['curve', { curve: [] }],
    ['curve', { curve: [0.5, 0.5] }],
    ['curve', { curve: [0.5, NaN] }],
    ['curve', { curve: [0, 0.5] }],
    ['curve', { curve: [0.5, 1] }],
    ['curve', { curve: ['0.5' as unknown as number] }],
    ['curve', { curve: 3 as unknown as number[] }],
    ['curve', { curve: Array.from({ length: 9 }, (_, i) => (i + 1) / 10) }],
    ['backwards', { backwards: 1 as unknown as boolean }],
    ['eta', { eta: 2.1 }],
    ['churn', { churn: -0.1 }],
    ['start', { start: 'copy' as unknown as [] }],
    ['start', { start: [null] as unknown as [] }],
    ['start', { start: Array(17).fill({ kind: 'swap', a: 0, b: 1 }) as RunSettings['start'] }],
    ['start, a of swap', { start: [{ kind: 'swap', a: 2, b: 0 }] }], // this clip has two frames
    ['start, percent of blend', { start: [{ kind: 'blend', seed: 1, percent: 0.5 }] }],
    ['guidance rule', { guidance: { ...plain, rule: 'magic' as RuleName } }],
    ['guidance scale', { guidance: { ...plain, scale: 1.1, rule: 'cfgpp' } }],
    ['guidance rescale', { guidance: { ...plain, rescale: 2 } }],
    ['guidance parallel', { guidance: { ...plain, parallel: -1 } }],
    ['guidance bound', { guidance: { ...plain, bound: NaN } }],
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

  it('a known pixel that is no number, but not one that is only in the way', async () => {
    const clip = new Float32Array(3 * pixels).fill(NaN);
    const mask = new Uint8Array(pixels);
    await expect(steps(mixtures(), base, { known: { clip, mask } })).resolves.toHaveLength(base.steps);
    mask[3] = 1;
    await expect(steps(mixtures(), base, { known: { clip, mask } })).rejects.toThrow('a known pixel is NaN');
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

describe('restarts', () => {
  const guided = { scale: 2, from: 0, to: 1 };
  /** Writes down what it is asked. */
  function spying(of: Denoiser = mixtures()) {
    const asked: { t: number; x: Float32Array; conditions: readonly Condition[] }[] = [];
    const guess: Denoiser['guess'] = (x, levels, conditions) => {
      asked.push({ t: levels[0], x: x.slice(), conditions });
      return of.guess(x, levels, conditions);
    };
    return { asked, denoiser: { ...of, guess } };
  }

  it('change nothing but the last guess, and nothing where there are none', async () => {
    const settings = { ...base, guidance: guided };
    const [none, zero, three] = await Promise.all([
      steps(mixtures(), settings),
      steps(mixtures(), { ...settings, restarts: 0 }),
      steps(mixtures(), { ...settings, restarts: 3 }),
    ]);
    const clips = (all: Step[]) => all.map(({ x, guess }) => ({ x, guess }));
    expect(clips(zero)).toEqual(clips(none));
    expect(clips(three).slice(0, -1)).toEqual(clips(none).slice(0, -1));
    expect(three.at(-1)!.x).toEqual(none.at(-1)!.x);
    expect(three.at(-1)!.guess).not.toEqual(none.at(-1)!.guess);
    expect(three.at(-1)!.calls).toBe(none.at(-1)!.calls + 3);
  });

  it('ask for the prompt alone, each under noise of its own over one finished clip, and take the mean', async () => {
    const { asked, denoiser } = spying();
    const settings = { ...base, guidance: guided };
    const clip = (await steps(mixtures(), settings)).at(-1)!.guess;
    const all = await steps(denoiser, { ...settings, restarts: 3 });
    const looks = asked.slice(-3);
    const mean = new Float64Array(3 * pixels);
    looks.forEach(({ t, x, conditions }, k) => {
      expect(t).toBeCloseTo(restartLevel, 6);
      expect(conditions).toEqual(['prompt']);
      const noise = normals(7, restartStream + k, 3 * pixels);
      x.forEach((value, i) => expect(value).toBeCloseTo(restartLevel * clip[i] + (1 - restartLevel) * noise[i], 5));
      x.forEach((value, i) => (mean[i] += bestGuess(prompted, value, restartLevel) / 3));
    });
    all.at(-1)!.guess.forEach((value, i) => expect(value).toBeCloseTo(mean[i], 5));
  });

  it('come nearer to what all noises have in common, the more of them there are', async () => {
    // A model that frays: its guess is the clip, and a third of the noise that it is shown.
    const clip = Float32Array.from({ length: 3 * pixels }, (_, i) => Math.sin(i));
    const frays: Denoiser = {
      shape,
      guess: async (x, [t], conditions) =>
        conditions.map(() => x.map((value, i) => clip[i] + (t < 1 ? (value - t * clip[i]) / 3 : 0))),
    };
    const off = async (restarts: number) => {
      const { guess } = (await steps(frays, { ...base, sampler: 'euler', restarts })).at(-1)!;
      return Math.sqrt(guess.reduce((sum, value, i) => sum + (value - clip[i]) ** 2, 0) / guess.length);
    };
    const [one, four, eight] = [await off(1), await off(4), await off(8)];
    expect(four / one).toBeCloseTo(1 / 2, 0.7);
    expect(eight).toBeLessThan(four);
  });

  it('are asked without words where guidance has none', async () => {
    const { asked, denoiser } = spying();
    await steps(denoiser, { ...base, guidance: { scale: 0, from: 0, to: 1 }, restarts: 2 });
    expect(asked.slice(-2).map(({ conditions }) => conditions)).toEqual([['empty'], ['empty']]);
  });

  it('leave a clip alone of which pixels are given, for they would make a seam', async () => {
    const mask = Uint8Array.from({ length: pixels }, (_, i) => Number(i < 5));
    const known = { clip: new Float32Array(3 * pixels).fill(0.25), mask };
    const [none, two] = await Promise.all(
      [0, 2].map((restarts) => steps(mixtures(), { ...base, restarts }, { known })),
    );
    expect(two.map(({ guess, calls }) => ({ guess, calls }))).toEqual(
      none.map(({ guess, calls }) => ({ guess, calls })),
    );
  });

  it('come after a run that went on, too', async () => {
    const settings = { ...base, sampler: 'multistep', restarts: 2 } as const;
    const all = await steps(mixtures(), settings);
    const rest = await steps(mixtures(), settings, { from: all.slice(1, 4) });
    expect(rest.at(-1)!.guess).toEqual(all.at(-1)!.guess);
  });

  it('name themselves where the model says what is no number', async () => {
    let calls = 0;
    const breaks: Denoiser = {
      shape,
      guess: async (x, _, conditions) => conditions.map(() => (++calls > 6 ? x.map(() => NaN) : x)),
    };
    await expect(steps(breaks, { ...base, sampler: 'euler', restarts: 1 })).rejects.toThrow(GuessError);
  });
});
