/**
 * A run that can be watched again without a model.
 *
 * What it is: the settings, and every guess that the model gave. Noise and solver are exact and seeded, so that `replay`
 * grows the whole run again from these, through the same `run()` as a live model: downstream nobody can tell.
 * What it is not: a video file.
 */
import type { Guided } from '../sampling/guidance';
import { run, type Begin, type Known } from '../sampling/run';
import { solvers } from '../sampling/solvers';
import type { ClipShape, Denoiser, Guidance, RunSettings, Step } from '../sampling/types';

/** What a step was, beside its clips, when it was live: `disagreement` where guidance asked twice, `strayed` where pixels were given. */
export type Cost = Pick<Step, 'calls' | 'milliseconds' | 'disagreement' | 'strayed'>;

export interface Recording {
  readonly model: string; // name of the weights
  readonly prompt: string;
  readonly negative?: string; // the words to stay away from, where there were any
  readonly then?: string; // those of a second prompt
  readonly settings: RunSettings;
  readonly shape: ClipShape;
  readonly known?: Known; // the pixels that were given; in a file they have 256 levels, as a picture's
  readonly begin?: Begin; // where it did not begin with noise alone; in a file its x is as coarse as a guess
  readonly cost: readonly Cost[]; // of each step
  /** Guided, 3 x frames x height x width, one for each call of the model; with CFG++ each is followed by its base. Restarts are in the last. */
  readonly guesses: readonly Float32Array[];
  /** What leads a replay from step to step, where it is not the run's own sampler and guidance: see `shortened`. */
  readonly by?: 'midpoint';
  /** How far a value of a guess may be off, where the file had to be coarse; black against white is 2. */
  readonly within?: number;
}

export interface RecordOptions {
  readonly signal?: AbortSignal;
  readonly known?: Known;
  readonly begin?: Begin;
  readonly onStep?: (step: Step) => void;
}

/** Runs to the end and keeps what `replay` needs. Throws what `run` throws. */
export async function record(
  denoiser: Denoiser,
  settings: RunSettings,
  about: Pick<Recording, 'model' | 'prompt' | 'negative' | 'then'>,
  { signal, known, begin, onStep }: RecordOptions = {},
): Promise<Recording> {
  const cost: Cost[] = [];
  const guesses: Float32Array[] = [];
  const onGuided = ({ guess, base = guess }: Guided, restarted: boolean) => {
    const own = hasBase(settings) ? [guess.slice(), base.slice()] : [guess.slice()];
    if (restarted) guesses.splice(-own.length); // they are of the last call's guess, and take its place
    guesses.push(...own);
  };
  for await (const step of run(denoiser, settings, { signal, known, begin, onGuided })) {
    cost.push(costOf(step));
    onStep?.(step);
  }
  const { model, prompt, negative, then } = about;
  const words = { prompt, ...(negative && { negative }), ...(then && { then }) };
  const given = { ...(known && { known }), ...(begin && { begin: { ...begin, x: begin.x.slice() } }) };
  return { model, ...words, settings, shape: denoiser.shape, ...given, cost, guesses };
}

/**
 * The same steps of a run with CFG++ from two guesses each, however many its solver asked for: the step's own, and the one
 * in the middle of the step from which the midpoint rule lands where the run landed, xMid + (xNext - x) (1 - tMid) / h.
 * CFG++ plays guess and base against each other, so that errors in them grow from step to step; errors in these do not.
 * A run by another rule, or with fresh noise in its steps, stays as it is.
 */
export async function shortened(recording: Recording): Promise<Recording> {
  const { settings } = recording;
  if (!hasBase(settings) || solvers[settings.sampler].noise) return recording;
  const guesses: Float32Array[] = [];
  let last: Step | undefined;
  for await (const step of replay(recording)) {
    if (last) {
      const { x, t, tNext, guess } = last;
      const h = tNext - t;
      const [own, rest] = [0.5 * (h / (1 - t)), (1 - (t + h / 2)) / h];
      guesses.push(x.map((xi, i) => xi + own * (guess[i] - xi) + rest * (step.x[i] - xi)));
    }
    guesses.push(step.guess);
    last = step;
  }
  return { ...recording, guesses, by: 'midpoint' };
}

/** The steps of the recorded run, with the cost that they had then. As fast as it is read: pacing is the watcher's. */
export async function* replay(
  { settings, shape, known, begin, cost, guesses, by }: Recording,
  { signal }: { readonly signal?: AbortSignal } = {},
): AsyncGenerator<Step, void, undefined> {
  let next = 0;
  const remembered: Denoiser = {
    shape,
    guess: async (_x, _levels, conditions) => conditions.map(() => guesses[next++]),
  };
  // The guesses were guided when they were recorded: scale 1 leaves them as they are.
  const unguided: Guidance = { scale: 1, from: 0, to: 1, rule: hasBase(settings) && !by ? 'cfgpp' : 'cfg' };
  const { sampler } = settings;
  const steps = run(
    remembered,
    { ...settings, sampler: by ?? sampler, guidance: unguided, restarts: 0 },
    { signal, known, begin },
  );
  for await (const { strayed: _, ...step } of steps)
    yield { ...step, disagreement: undefined, ...cost[step.index], unguided: undefined };
}

export function costOf({ calls, milliseconds, disagreement, strayed }: Step): Cost {
  return {
    calls,
    milliseconds,
    ...(disagreement !== undefined && { disagreement: Number(disagreement.toPrecision(4)) }),
    ...(strayed !== undefined && { strayed: Number(strayed.toPrecision(4)) }),
  };
}

/** How many guesses a recording holds: one for each call of the model, and with CFG++ the base of each. */
export function guessCount({ settings, by }: Pick<Recording, 'settings' | 'by'>): number {
  const calls = solvers[by ?? settings.sampler].calls(settings.steps);
  return calls * (hasBase(settings) && !by ? 2 : 1);
}

const hasBase = ({ guidance }: RunSettings) => guidance.rule === 'cfgpp';
