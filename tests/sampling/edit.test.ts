import { describe, expect, it, test } from 'vitest';
import { beginOf, type EditWay } from '../../src/sampling/edit';
import { SettingsError } from '../../src/sampling/errors';
import { clipStream, normals } from '../../src/sampling/noise';
import { invert, run, type RunOptions } from '../../src/sampling/run';
import { squeezed, times } from '../../src/sampling/schedule';
import { solvers } from '../../src/sampling/solvers';
import { noised } from '../../src/sampling/start';
import type { Condition, Denoiser, RunSettings, SamplerName, ScheduleName, Step } from '../../src/sampling/types';
import { bestGuess, denoiserOf, type Gaussian } from './mixture';

const shape = { frames: 2, height: 3, width: 4 };
const size = 72;
const plain = { scale: 1, from: 0, to: 1 };
const base: RunSettings = { seed: 7, steps: 60, sampler: 'heun', guidance: plain };
const steady = (Object.keys(solvers) as SamplerName[]).filter((name) => !solvers[name].noise);

/** What the old words and the new ones describe: one Gaussian each, whose flow is known at every t. */
const old: Gaussian = { weight: 1, mean: -0.4, deviation: 0.25 };
const fresh: Gaussian = { weight: 1, mean: 0.5, deviation: 0.2 };
const denoiser = (of: Gaussian) => denoiserOf(shape, (z, t) => bestGuess([of], z, t));

/** x at t of these data is t mean + spread z; the flow keeps z. */
const spreadAt = ({ deviation }: Gaussian, t: number) => Math.hypot(t * deviation, 1 - t);
const moved = (of: Gaussian, x: number, t: number, to: number) =>
  to * of.mean + (spreadAt(of, to) * (x - t * of.mean)) / spreadAt(of, t);

const film = normals(3, 0, size).map((z) => old.mean + old.deviation * z);

async function steps(of: Denoiser, settings: RunSettings, options?: RunOptions): Promise<Step[]> {
  const all: Step[] = [];
  for await (const step of run(of, settings, options)) all.push(step);
  return all;
}

const far = (a: Float32Array, b: ArrayLike<number>) =>
  Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0) / a.length);

const edited = async (way: EditWay, t: number, settings = base) => {
  const begin = await beginOf({ clip: film, t, way }, settings, denoiser(old));
  return (await steps(denoiser(fresh), settings, { begin })).at(-1)!.guess;
};

describe('a grid that begins at t', () => {
  it.each<ScheduleName>(['uniform', 'karras', 'cosine'])('goes from t to 1 as %s goes from 0 to 1', (schedule) => {
    const whole = times({ steps: 8, schedule });
    for (const t of [0, 0.1, 0.35, 0.9]) {
      const grid = squeezed(whole, t);
      expect([grid[0], grid.at(-1)]).toEqual([t, 1]);
      grid.forEach((time, i) => expect((time - t) / (1 - t)).toBeCloseTo(whole[i], 12));
    }
    expect(squeezed(whole, 0)).toEqual(whole);
  });
});

describe('a run that begins in a clip', () => {
  it('has all of its steps, the first at t with exactly the noise of its own seed over the clip', async () => {
    const begin = await beginOf({ clip: film, t: 0.4, way: 'noise' }, base, denoiser(old));
    const all = await steps(denoiser(fresh), { ...base, steps: 6 }, { begin });
    expect(all.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(all.map(({ t }) => t)).toEqual([0, 1, 2, 3, 4, 5].map((i) => 0.4 + 0.6 * (i / 6)));
    expect(all.at(-1)!.tNext).toBe(1);
    const noise = normals(7, clipStream, size);
    all[0].x.forEach((x, i) => expect(x).toBeCloseTo(0.4 * film[i] + 0.6 * noise[i], 6));
  });

  it('at t = 0 is the run that it would be without', async () => {
    const begin = { x: noised(film, 0, base, shape), t: 0 };
    const [one, other] = [await steps(denoiser(fresh), base, { begin }), await steps(denoiser(fresh), base)];
    expect(one.at(-1)!.guess).toEqual(other.at(-1)!.guess);
  });

  it.each(steady)('ends where the exact flow of the new words leads, by %s', async (sampler) => {
    for (const t of [0.2, 0.5, 0.8]) {
      const clip = await edited('noise', t, { ...base, sampler });
      const x = noised(film, t, base, shape);
      expect(far(clip, x.map((value) => moved(fresh, value, t, 1)))).toBeLessThan(0.02); // prettier-ignore
    }
  });

  it('goes on after a break as if there had been none', async () => {
    const begin = await beginOf({ clip: film, t: 0.4, way: 'noise' }, base, denoiser(old));
    const settings: RunSettings = { ...base, steps: 6, sampler: 'multistep' };
    const whole = await steps(denoiser(fresh), settings, { begin });
    const from = (await steps(denoiser(fresh), settings, { begin })).slice(0, 3);
    const rest = await steps(denoiser(fresh), settings, { begin: { x: film, t: 0.4 }, from });
    expect(rest.map(({ t, guess }) => ({ t, guess }))).toEqual(whole.slice(3).map(({ t, guess }) => ({ t, guess })));
  });

  it('leaves the array that it was given alone, and the known pixels where they are', async () => {
    const x = noised(film, 0.5, base, shape);
    const copy = x.slice();
    const mask = Uint8Array.from({ length: size / 3 }, (_, i) => i % 2);
    const all = await steps(denoiser(fresh), { ...base, steps: 4 }, { begin: { x, t: 0.5 }, known: { clip: film, mask } }); // prettier-ignore
    expect(x).toEqual(copy);
    for (const { guess } of all) guess.forEach((value, i) => mask[i % mask.length] && expect(value).toBe(film[i]));
  });

  it.each([
    ['t is 1', { x: film, t: 1 }],
    ['t is none', { x: film, t: NaN }],
    ['t lies below 0', { x: film, t: -0.1 }],
    ['the clip is of another size', { x: film.slice(1), t: 0.5 }],
    ['the clip holds what is no number', { x: film.map(() => NaN), t: 0.5 }],
  ])('is refused before the first call where %s', async (_, begin) => {
    const model = denoiser(fresh);
    await expect(steps(model, base, { begin })).rejects.toThrow(SettingsError);
    expect(model.calls).toHaveLength(0);
  });
});

describe('a film inverted', () => {
  it.each([0, 0.3, 0.6])(
    'lies at t = %s where the exact flow of its words has it, ever closer with more steps',
    async (to) => {
      const off = async (count: number) => {
        const x = await invert(denoiser(old), film, { ...base, steps: count }, { to });
        return far(x, film.map((value) => moved(old, value, 1, to))); // prettier-ignore
      };
      const [coarse, fine] = [await off(25), await off(100)];
      expect(fine).toBeLessThan(0.12 * spreadAt(old, to));
      expect(fine).toBeLessThan(coarse / 2.5);
    },
  );

  it('comes back by the same words, and becomes what the new words make of the same place by others', async () => {
    const settings = { ...base, steps: 100 };
    for (const t of [0, 0.4]) {
      const begin = await beginOf({ clip: film, t, way: 'invert' }, settings, denoiser(old));
      const back = (await steps(denoiser(old), settings, { begin })).at(-1)!.guess;
      expect(far(back, film)).toBeLessThan(0.03);
      const wanted = film.map((value) => moved(fresh, moved(old, value, 1, t), t, 1));
      expect(far(await edited('invert', t, settings), wanted)).toBeLessThan(0.03);
    }
  });

  it('remembers the film where noise over it has forgotten it', async () => {
    const kept = (clip: Float32Array) => clip.reduce((sum, value, i) => sum + (value - fresh.mean) * (film[i] - old.mean), 0); // prettier-ignore
    expect(kept(await edited('invert', 0))).toBeGreaterThan(5 * Math.abs(kept(await edited('noise', 0))));
  });

  it('tells how far it has come, and ends when it is stopped', async () => {
    const told: number[][] = [];
    await invert(denoiser(old), film, { ...base, steps: 4 }, { onStep: (...heard) => told.push(heard) });
    expect(told).toEqual([[1, 3], [2, 3], [3, 3]]); // prettier-ignore
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(beginOf({ clip: film, t: 0, way: 'invert' }, base, denoiser(old), { signal })).rejects.toThrow(
      'enough',
    );
  });
});

describe('a second prompt', () => {
  const both = (): ReturnType<typeof denoiserOf> & { conditions: Condition[] } => {
    const all = denoiserOf(shape, (z, t, condition) => bestGuess([condition === 'then' ? fresh : old], z, t));
    return Object.assign(all, { conditions: ['prompt', 'empty', 'then'] as Condition[] });
  };
  const asked = async (settings: Partial<RunSettings>) => {
    const model = both();
    const all = await steps(model, { ...base, steps: 6, sampler: 'euler', ...settings });
    return { all, conditions: model.calls.map(({ conditions }) => conditions.join()) };
  };

  it('takes the place of the first after `at` steps', async () => {
    const { conditions } = await asked({ at: 2, guidance: { scale: 2, from: 0.2, to: 1 } });
    expect(conditions).toEqual(['prompt', 'prompt', 'then,empty', 'then,empty', 'then,empty', 'then,empty']);
    expect((await asked({ at: 0 })).conditions).toEqual(Array(6).fill('then'));
    expect((await asked({ at: 6 })).conditions).toEqual(Array(6).fill('prompt'));
  });

  it('is a run of the first words to that step, and from there one of the others', async () => {
    const { all } = await asked({ at: 2 });
    const before = await steps(denoiser(old), { ...base, steps: 6, sampler: 'euler' });
    expect(all.slice(0, 2).map(({ guess }) => guess)).toEqual(before.slice(0, 2).map(({ guess }) => guess));
    const after = await steps(denoiser(fresh), { ...base, steps: 4, sampler: 'euler' }, { begin: { x: before[2].x, t: 2 / 6 } }); // prettier-ignore
    after.forEach(({ guess }, i) => expect(far(guess, all[i + 2].guess)).toBeLessThan(1e-6));
  });

  it('has its share of one guess, which guidance then takes for the prompt’s', async () => {
    const { all, conditions } = await asked({ at: 3, blend: 0.25, guidance: { scale: 3, from: 0, to: 1 } });
    expect(conditions.slice(2, 4)).toEqual(['prompt,empty', 'prompt,then,empty']);
    expect(all.map(({ calls }) => calls)).toEqual([2, 2, 2, 3, 3, 3]);
    const { x, t, guess } = all[4];
    x.forEach((z, i) => {
      const [one, other] = [bestGuess([old], z, t), bestGuess([fresh], z, t)];
      expect(guess[i]).toBeCloseTo(one + 3 * (0.75 * one + 0.25 * other - one), 4); // no words: as the old ones here
    });
    expect((await asked({ at: 0, blend: 0 })).conditions).toEqual(Array(6).fill('prompt'));
  });

  test('that nobody has, changes nothing', async () => {
    const [one, other] = [await steps(denoiser(old), { ...base, at: 0 }), await steps(denoiser(old), base)];
    expect(one.map(({ guess }) => guess)).toEqual(other.map(({ guess }) => guess));
  });
});
