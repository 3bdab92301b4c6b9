import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { ConditionError } from '../../src/sampling/errors';
import { guide, conditionsAt, rules } from '../../src/sampling/guidance';
import { normals } from '../../src/sampling/noise';
import { run, type RunOptions } from '../../src/sampling/run';
import { unsetGuidance } from '../../src/sampling/settings';
import type { Denoiser, Guidance, Condition, RuleName, RunSettings, SamplerName, Step } from '../../src/sampling/types';
import { bestGuess, denoiserOf, type Gaussian } from './mixture';

const shape = { frames: 2, height: 3, width: 4 };
const plain = { scale: 1, from: 0, to: 1 };
const base: RunSettings = { seed: 7, steps: 6, sampler: 'heun', guidance: plain };
const names = Object.keys(rules) as RuleName[];

const data: Readonly<Record<Condition, readonly Gaussian[]>> = {
  prompt: [{ weight: 0.6, mean: 0.5, deviation: 0.2 }, { weight: 0.4, mean: -0.2, deviation: 0.3 }], // prettier-ignore
  then: [{ weight: 1, mean: 0.1, deviation: 0.2 }],
  empty: [{ weight: 1, mean: -0.5, deviation: 0.4 }],
  negative: [{ weight: 1, mean: -0.9, deviation: 0.1 }],
  weak: [{ weight: 1, mean: 0.2, deviation: 0.6 }],
};
const wordless = data.empty;
const mixtures = () => denoiserOf(shape, (z, t, condition) => bestGuess(data[condition], z, t));
const able = (...conditions: Condition[]) => ({
  ...mixtures(),
  conditions: ['prompt', 'empty', ...conditions] as const,
});

async function steps(denoiser: Denoiser, settings: RunSettings, options?: RunOptions): Promise<Step[]> {
  const all: Step[] = [];
  for await (const step of run(denoiser, settings, options)) all.push(step);
  return all;
}

/** One guess of a rule, in the middle of the way. */
const guess = (
  rule: RuleName,
  prompt: Float32Array,
  other: Float32Array,
  x: Float32Array,
  change: Partial<Guidance> = {},
) =>
  guide([prompt, other], { x, t: 0.5, last: false }, { ...unsetGuidance, ...plain, scale: 0.6, rule, ...change }).guess;

describe('guidance', () => {
  const rowsOf = async (guidance: RunSettings['guidance'], sampler: SamplerName = 'euler') => {
    const denoiser = mixtures();
    const all = await steps(denoiser, { ...base, sampler, guidance });
    return { all, asked: denoiser.calls.map(({ conditions }) => conditions.join('+')) };
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
    const condition = (value: Condition) => (value === 'prompt' ? 0.5 : 0.125);
    const [only] = await steps(denoiserOf(shape, (_z, _t, which) => condition(which)), { ...base, steps: 1, guidance: { scale: 3, from: 0, to: 1 } }); // prettier-ignore
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
          const answers = [Float32Array.of(prompt), Float32Array.of(empty)];
          const moment = { x: Float32Array.of(x), t, last: false };
          const [guess] = guide(answers, moment, { ...unsetGuidance, scale, from: 0, to: 1 }).guess;
          const tolerance = (1e-6 * (1 + scale)) / (1 - t); // single precision
          expect(Math.abs(v(guess) - (v(empty) + scale * (v(prompt) - v(empty))))).toBeLessThan(tolerance);
        },
      ),
    );
  });
});

describe.each(names)('rule %s', (rule) => {
  const able = () => ({ ...mixtures(), conditions: ['prompt', 'empty', 'weak'] as const });

  it('outside its interval is the prompt alone, bit for bit, and asks for nothing else', async () => {
    const guidance = { scale: 0.6, from: 0.99, to: 1, rule };
    const plainly = await steps(mixtures(), base);
    const denoiser = able();
    const all = await steps(denoiser, { ...base, guidance });
    expect(all.map(({ guess }) => guess)).toEqual(plainly.map(({ guess }) => guess));
    expect(denoiser.calls.every(({ conditions }) => conditions.join() === 'prompt')).toBe(true);
  });

  it('says at each moment which conditions it needs, and is given those', async () => {
    const denoiser = able();
    const all = await steps(denoiser, { ...base, sampler: 'euler', guidance: { scale: 0.6, from: 0, to: 0.5, rule } });
    const moments = all.map(({ t, tNext }) => ({ t, last: tNext === 1 }));
    const wanted = moments.map((moment) =>
      conditionsAt(moment, { ...unsetGuidance, scale: 0.6, from: 0, to: 0.5, rule }, 'empty'),
    );
    expect(all.map(({ calls }) => calls)).toEqual(wanted.map(({ length }) => length));
    expect(denoiser.calls.map(({ conditions }) => conditions)).toEqual(wanted.filter(({ length }) => length));
  });

  it('makes one new guess, and changes none of what it was given', () => {
    const [prompt, other, x] = [normals(1, 1, 12), normals(2, 1, 12), normals(3, 1, 12)];
    const copies = [prompt, other, x].map((values) => values.slice());
    const made = guess(rule, prompt, other, x);
    expect([prompt, other, x]).toEqual(copies);
    expect([prompt, other, x]).not.toContain(made);
    expect(made).toHaveLength(12);
  });

  it('leaves the guess where both conditions agree', () => {
    const [both, x] = [normals(1, 1, 12), normals(3, 1, 12)];
    guess(rule, both, both, x).forEach((value, i) => expect(value).toBeCloseTo(both[i], 5));
  });
});

describe('scale 1 is the prompt alone', () => {
  it.each(names.filter((name) => name !== 'cfgpp'))('for rule %s, at half the cost', async (rule) => {
    const denoiser = able('weak');
    const all = await steps(denoiser, { ...base, guidance: { ...plain, rule } });
    expect(all.map(({ guess }) => guess)).toEqual((await steps(mixtures(), base)).map(({ guess }) => guess));
    expect(denoiser.calls.every(({ conditions }) => conditions.join() === 'prompt')).toBe(true);
  });

  it('for rule cfgpp too, as far as the guess goes; the noise is still that of the other condition', async () => {
    const [prompt, other, x] = [normals(1, 1, 12), normals(2, 1, 12), normals(3, 1, 12)];
    expect(guess('cfgpp', prompt, other, x, { scale: 1 })).toEqual(prompt);
  });
});

describe('cfgpp', () => {
  it('is the published step, with Euler: the guided guess and the noise that the empty one sees', async () => {
    const all = await steps(mixtures(), {
      ...base,
      sampler: 'euler',
      guidance: { scale: 0.7, from: 0, to: 1, rule: 'cfgpp' },
    });
    for (const [n, { x, t, tNext, guess }] of all.slice(0, -1).entries())
      x.forEach((xi, i) => {
        const noise = (xi - t * bestGuess(wordless, xi, t)) / (1 - t);
        expect(all[n + 1].x[i]).toBeCloseTo(tNext * guess[i] + (1 - tNext) * noise, 5);
      });
  });

  it('is worth a CFG scale of (i + 1) (1 - i / n) times its own in step i', async () => {
    const all = await steps(mixtures(), {
      ...base,
      sampler: 'euler',
      guidance: { scale: 0.7, from: 0, to: 1, rule: 'cfgpp' },
    });
    for (const [n, { x, t, tNext }] of all.slice(0, -1).entries())
      x.forEach((xi, i) => {
        const [prompt, empty] = [bestGuess(data.prompt, xi, t), bestGuess(wordless, xi, t)];
        const scale = 0.7 * (n + 1) * (1 - n / 6);
        const v = (empty + scale * (prompt - empty) - xi) / (1 - t);
        expect(all[n + 1].x[i]).toBeCloseTo(xi + (tNext - t) * v, 5);
      });
  });

  it.each(['heun', 'multistep', 'unipc', 'rk4', 'ddim', 'ancestral'] as const)('goes with %s', async (sampler) => {
    const all = await steps(mixtures(), {
      ...base,
      sampler,
      steps: 20,
      guidance: { scale: 0.3, from: 0, to: 1, rule: 'cfgpp' },
    });
    const one = await steps(mixtures(), { ...base, sampler, steps: 20, guidance: { ...plain, scale: 0 } });
    const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value) / values.length;
    expect(mean(all.at(-1)!.guess)).toBeGreaterThan(mean(one.at(-1)!.guess)); // toward the prompt's data
  });
});

describe('cfgzero', () => {
  it('makes the empty velocity as long as its shadow on the prompt velocity', () => {
    const [prompt, other, x] = [normals(1, 1, 50), normals(2, 1, 50), normals(3, 1, 50)];
    const neutral = guess('cfgzero', prompt, other, x, { scale: 0 }); // s v_empty
    const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i], 0);
    const [vp, ve, vs] = [prompt, other, neutral].map((values) => values.map((value, i) => value - x[i]));
    const off = vp.map((value, i) => value - vs[i]);
    expect(dot(off, ve)).toBeCloseTo(0, 4); // what is left of v_prompt is at right angles to v_empty
    expect(dot(vs, ve) / Math.sqrt(dot(vs, vs) * dot(ve, ve))).toBeCloseTo(Math.sign(dot(vp, ve)), 5);
  });

  it('stays where it is in the first step, for nothing; unless that step is the last', async () => {
    const guidance: Guidance = { scale: 3, from: 0, to: 1, rule: 'cfgzero' };
    const [first, second] = await steps(mixtures(), { ...base, sampler: 'euler', guidance });
    expect([first.calls, second.calls]).toEqual([0, 2]);
    expect(second.x).toEqual(first.x);
    expect((await steps(mixtures(), { ...base, steps: 1, guidance }))[0].calls).toBe(2);
    expect((await steps(mixtures(), { ...base, guidance: { ...guidance, from: 0.1 } }))[0].calls).toBe(3); // Heun: 1, then 2
  });
});

describe('apg', () => {
  const [prompt, other, x] = [normals(1, 1, 200), normals(2, 1, 200), normals(3, 1, 200)];
  const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  const pushOf = (change: Partial<Guidance>) => {
    const made = guess('apg', prompt, other, x, { scale: 4, ...change });
    return made.map((value, i) => value - prompt[i]);
  };

  it('with parallel 1 and no bound is CFG', () => {
    const cfg = guess('cfg', prompt, other, x, { scale: 4 });
    guess('apg', prompt, other, x, { scale: 4, parallel: 1 }).forEach((value, i) =>
      expect(value).toBeCloseTo(cfg[i], 4),
    );
  });

  it('pushes at right angles to the prompt guess', () => {
    const push = pushOf({});
    expect(dot(push, prompt) / Math.sqrt(dot(push, push) * dot(prompt, prompt))).toBeCloseTo(0, 5);
    expect(dot(push, push)).toBeGreaterThan(1);
  });

  it('with momentum 0 remembers nothing, and is what it was', () => {
    const moment = { x, t: 0.5, last: false, average: other };
    const guided = guide([prompt, other], moment, { ...unsetGuidance, ...plain, scale: 4, rule: 'apg' });
    expect(guided).toEqual({ guess: guess('apg', prompt, other, x, { scale: 4 }) });
  });

  /** The pushes of a run where prompt - empty is 1 everywhere and the prompt's guess 0: nothing is along it. */
  const pushes = async (sampler: SamplerName, guidance: Partial<Guidance>, options?: RunOptions) => {
    const denoiser = denoiserOf(shape, (_z, _t, condition) => (condition === 'prompt' ? 0 : -1));
    const seen: number[] = [];
    const onGuided = ({ guess }: { guess: Float32Array }) => seen.push(guess[0]);
    const settings: RunSettings = { ...base, steps: 4, sampler, guidance: { ...plain, scale: 2, rule: 'apg', momentum: -0.5, ...guidance } }; // prettier-ignore
    return { all: await steps(denoiser, settings, { ...options, onGuided }), seen };
  };

  it('with momentum pushes by a running average over steps', async () => {
    expect((await pushes('euler', {})).seen).toEqual([1, 0.5, 0.75, 0.625]); // 1 - average / 2
    const { seen } = await pushes('euler', { from: 0.25, to: 0.5 });
    expect(seen).toEqual([0, 1, 0.5, 0]); // outside its interval it neither pushes nor remembers
  });

  it('gives all calls of a step the same memory, so that a Runge-Kutta step stays one', async () => {
    expect((await pushes('heun', {})).seen).toEqual([1, 1, 0.5, 0.5, 0.75, 0.75, 0.625]);
    expect((await pushes('rk4', { to: 0.3 })).seen.slice(0, 9)).toEqual([1, 1, 1, 1, 0.5, 0, 0, 0, 0]);
  });

  it.each(['multistep', 'heun', 'dpm3m'] as const)(
    'goes on with its memory where a run by %s broke off',
    async (sampler) => {
      const settings: RunSettings = { ...base, steps: 8, sampler, guidance: { ...plain, scale: 3, rule: 'apg', momentum: -0.5 } }; // prettier-ignore
      const whole = await steps(mixtures(), settings);
      const rest = await steps(mixtures(), settings, { from: whole.slice(2, 5) });
      expect(rest.map(({ guess }) => guess)).toEqual(whole.slice(5).map(({ guess }) => guess));
    },
  );

  it('pushes no further than its bound', () => {
    const rms = (values: Float32Array) => Math.sqrt(dot(values, values) / values.length);
    expect(rms(pushOf({ parallel: 1, bound: 0.2 }))).toBeCloseTo(3 * 0.2, 5);
    expect(pushOf({ bound: 2 })).toEqual(pushOf({})); // two noises are 1.4 apart
  });
});

describe('auto and negative words', () => {
  it('ask the weak model, where there is one', async () => {
    const denoiser = able('weak');
    const [first] = await steps(denoiser, { ...base, steps: 1, guidance: { scale: 2, from: 0, to: 1, rule: 'auto' } });
    expect(denoiser.calls[0].conditions).toEqual(['prompt', 'weak']);
    const [prompt, weak] = [bestGuess(data.prompt, first.x[0], 0), bestGuess(data.weak, first.x[0], 0)];
    expect(first.guess[0]).toBeCloseTo(weak + 2 * (prompt - weak), 5);
  });

  it('say before the first call that there is none, even where it is needed late', async () => {
    const denoiser = mixtures();
    const guidance: Guidance = { scale: 2, from: 0.6, to: 1, rule: 'auto' };
    const failure = await steps(denoiser, { ...base, guidance }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConditionError);
    expect(failure).toMatchObject({ condition: 'weak', message: expect.stringContaining('no weak model') as string });
    expect(denoiser.calls).toHaveLength(0);
    const never = { ...base, guidance: { ...guidance, scale: 1 } };
    expect(await steps(denoiser, never)).toHaveLength(6); // scale 1 asks the prompt alone
  });

  it.each(['cfg', 'cfgpp', 'cfgzero', 'apg'] as const)(
    '%s goes away from negative words instead of no words',
    async (rule) => {
      const denoiser = able('negative');
      await steps(denoiser, { ...base, guidance: { scale: 0.5, from: 0, to: 1, rule } });
      const asked = new Set(denoiser.calls.flatMap(({ conditions }) => conditions));
      expect([...asked].sort()).toEqual(['negative', 'prompt']);
    },
  );
});

describe('rescale', () => {
  const spread = (values: Float32Array) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  };

  it.each(names)('gives a guess of rule %s the contrast of the prompt guess back, as far as asked', (rule) => {
    const [prompt, other, x] = [normals(1, 1, 500), normals(2, 1, 500), normals(3, 1, 500)];
    const scale = rule === 'cfgpp' ? 0.5 : 5;
    const [none, half, whole] = [0, 0.5, 1].map((rescale) => guess(rule, prompt, other, x, { scale, rescale }));
    expect(spread(whole)).toBeCloseTo(spread(prompt), 4);
    expect(spread(half)).toBeCloseTo((spread(none) + spread(prompt)) / 2, 4);
  });
});

test('a step shows what guidance moved: the guess before, and how much the conditions disagree', async () => {
  const all = await steps(mixtures(), { ...base, sampler: 'euler', guidance: { scale: 3, from: 0, to: 0.5 } });
  for (const { x, t, guess, unguided, disagreement } of all) {
    if (t > 0.5) {
      expect([unguided, disagreement]).toEqual([undefined, undefined]);
      continue;
    }
    x.forEach((xi, i) => expect(unguided![i]).toBeCloseTo(bestGuess(data.prompt, xi, t), 5));
    const push = Math.sqrt(guess.reduce((sum, value, i) => sum + (value - unguided![i]) ** 2, 0) / guess.length);
    expect(push).toBeCloseTo(2 * disagreement!, 5); // scale - 1 times
  }
});
