/**
 * Guidance: one guess out of two. Each rule says which conditions it needs at a moment (that is its cost), and
 * makes one guess of their answers in one pass over the numbers.
 *
 * All work on guesses. Velocities are linear in them, v = (guess - x) / (1 - t), so a rule that is linear says the same there.
 * What it is not: no rule keeps anything from call to call (what APG's momentum remembers is given to it and handed back),
 * and none knows the model or the solver.
 */
import type { Guidance, Condition, RuleName } from './types';

export interface Moment {
  readonly x: Float32Array; // what the model was given
  readonly t: number;
  readonly last: boolean; // the run ends with this guess
  readonly average?: Float32Array; // of the pushes of the steps before, as one of those handed it back
}

export interface Guided {
  readonly guess: Float32Array; // always a new array
  /** The guess whose noise the solver carries on, where that is another one (CFG++). */
  readonly base?: Float32Array;
  /** What the next step may be given back, where the rule remembers anything. */
  readonly average?: Float32Array;
}

export interface Rule {
  /** The greatest scale that makes sense, and the one to start from. */
  readonly most: number;
  readonly usual: number;
  /** The conditions that a moment needs, inside the interval. */
  conditions(moment: Pick<Moment, 't' | 'last'>, scale: number, against: Condition): readonly Condition[];
  /** One guess from the answers to two conditions (the prompt's first), or from none at all. */
  guide(answers: readonly Float32Array[], moment: Moment, guidance: Required<Guidance>): Guided;
}

/** Guidance of scale 1 is the prompt alone, and of scale 0 the other condition alone: half the cost. */
const promptAnd = (other: Condition, scale: number): readonly Condition[] =>
  scale === 1 ? ['prompt'] : scale === 0 ? [other] : ['prompt', other];

/** other + scale (prompt - other) */
const extrapolate = (prompt: Float32Array, other: Float32Array, scale: number) =>
  prompt.map((value, i) => other[i] + scale * (value - other[i]));

export const rules: Readonly<Record<RuleName, Rule>> = {
  /**
   * Classifier-free guidance (Ho & Salimans 2022): guided = empty + scale (prompt - empty). Away from what any clip would
   * be, toward what the words say. Too much: glaring colours, hard edges, every seed alike.
   */
  cfg: {
    most: 30,
    usual: 2,
    conditions: (_, scale, against) => promptAnd(against, scale),
    guide: ([prompt, other], _, { scale }) => ({ guess: extrapolate(prompt, other, scale) }),
  },

  /**
   * CFG++ (Chung et al. 2024): the guided guess, but the noise that the wordless guess sees in x:
   * xNext = tNext guided + (1 - tNext) (x - t empty) / (1 - t), for a solver that is Euler. run() does it for any solver:
   * one step with the empty guess, then + tNext (guided - empty). The scale lies between 0 and 1, so the guess is never
   * pushed beyond the prompt's own. On an even grid step i of n is worth a CFG scale of (i + 1) (1 - i / n) times it, so
   * more steps push harder. Too much: as CFG.
   */
  cfgpp: {
    most: 1,
    usual: 0.7,
    conditions: (_, _scale, against) => ['prompt', against],
    guide: ([prompt, other], _, { scale }) => ({
      guess: scale === 1 ? prompt.slice() : extrapolate(prompt, other, scale),
      base: other,
    }),
  },

  /**
   * CFG-Zero* (Fan et al. 2025): first makes the empty velocity as long as its shadow on the prompt's,
   * s = <v_prompt, v_empty> / |v_empty|^2, then v = s v_empty + scale (v_prompt - s v_empty); and stays where it is in the
   * step from pure noise, where a velocity is hardly more than a guess. That first guess is x itself and costs no call.
   */
  cfgzero: {
    most: 30,
    usual: 2,
    conditions: ({ t, last }, scale, against) =>
      scale === 1 ? ['prompt'] : t === 0 && !last ? [] : ['prompt', against],
    guide: ([prompt, other], { x }, { scale }) => {
      if (!prompt) return { guess: x.slice() }; // velocity 0
      let [both, square] = [0, 0]; // of (1 - t) v, which is guess - x; (1 - t) cancels
      for (let i = 0; i < x.length; i++) {
        both += (prompt[i] - x[i]) * (other[i] - x[i]);
        square += (other[i] - x[i]) ** 2;
      }
      const s = square > 0 ? both / square : 1;
      return { guess: extrapolate(prompt, x.map((xi, i) => xi + s * (other[i] - xi)), scale) }; // prettier-ignore
    },
  },

  /**
   * Adaptive projected guidance (Sadat et al. 2024): the push prompt - empty, cut to `bound`, loses the part that is
   * parallel to the prompt's guess (that part only makes colours glare), all but a share `parallel` of it:
   * guided = prompt + (scale - 1) (push_across + parallel push_along). `parallel` 1 without a bound is CFG. With momentum
   * the push is first a running average, average = push + momentum average_before; below 0 it goes less the way that the
   * step before went already. The average is one of steps (see run.ts), so that every call in a step has the same one.
   */
  apg: {
    most: 30,
    usual: 4,
    conditions: (_, scale, against) => (scale === 1 ? ['prompt'] : ['prompt', against]),
    guide: ([prompt, other], { average }, { scale, parallel, bound, momentum }) => {
      const push = prompt.map((value, i) => value - other[i] + (average ? momentum * average[i] : 0));
      let [length, along, square] = [0, 0, 0];
      for (let i = 0; i < prompt.length; i++) {
        length += push[i] * push[i];
        along += push[i] * prompt[i];
        square += prompt[i] * prompt[i];
      }
      const rms = Math.sqrt(length / prompt.length);
      const cut = bound > 0 && rms > bound ? bound / rms : 1;
      const less = square > 0 ? ((1 - parallel) * along) / square : 0; // how much of the prompt's guess the push loses
      const guess = prompt.map((value, i) => value + (scale - 1) * cut * (push[i] - less * value));
      return momentum === 0 ? { guess } : { guess, average: push };
    },
  },

  /**
   * Autoguidance (Karras et al. 2024): away from what a worse model makes of the same words, such as an earlier checkpoint:
   * guided = weak + scale (prompt - weak). Corrects mistakes and, unlike CFG, keeps the variety of the clips.
   */
  auto: {
    most: 30,
    usual: 2,
    conditions: (_, scale) => promptAnd('weak', scale),
    guide: ([prompt, weak], _, { scale }) => ({ guess: extrapolate(prompt, weak, scale) }),
  },
};

/** The conditions that a moment needs: more than one only where guidance does something. `against`: 'empty' or 'negative'. */
export function conditionsAt(
  moment: Pick<Moment, 't' | 'last'>,
  { rule, scale, from, to }: Required<Guidance>,
  against: Condition,
): readonly Condition[] {
  return moment.t < from || moment.t > to ? ['prompt'] : rules[rule].conditions(moment, scale, against);
}

/** One guess from the answers to `conditionsAt`, in its order. */
export function guide(answers: readonly Float32Array[], moment: Moment, guidance: Required<Guidance>): Guided {
  if (answers.length === 1) return { guess: answers[0].slice() };
  const guided = rules[guidance.rule].guide(answers, moment, guidance);
  return guidance.rescale && answers.length ? { ...guided, guess: rescaled(guided.guess, answers[0], guidance.rescale) } : guided; // prettier-ignore
}

/**
 * A guess with the contrast of another one (Lin et al. 2024, section 3.4): times deviation(prompt) / deviation(guided),
 * a `share` of the way. Takes the glare out of much guidance; too much leaves the clip grey.
 */
function rescaled(guess: Float32Array, like: Float32Array, share: number): Float32Array {
  const [spread, wanted] = [deviation(guess), deviation(like)];
  const factor = spread > 0 ? share * (wanted / spread) + (1 - share) : 1;
  return guess.map((value) => factor * value);
}

function deviation(values: Float32Array): number {
  let [sum, squares] = [0, 0];
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  return Math.sqrt(Math.max(0, squares / values.length - (sum / values.length) ** 2));
}
