/**
 * A run that can be watched again without a model.
 *
 * What it is: the settings, and every guess that the model gave. Noise and solver are exact and seeded, so that `replay`
 * grows the whole run again from these, through the same `run()` as a live model: downstream nobody can tell.
 * What it is not: a video file (see `export`), and not for runs that kept pixels clean (`known`).
 */
import type { Guided } from '../sampling/guidance';
import { run } from '../sampling/run';
import { solvers } from '../sampling/solvers';
import type { ClipShape, Denoiser, Guidance, RunSettings, Step } from '../sampling/types';

export interface Recording {
  readonly model: string; // name of the weights
  readonly prompt: string;
  readonly negative?: string; // the words to stay away from, where there were any
  readonly settings: RunSettings;
  readonly shape: ClipShape;
  readonly cost: readonly Pick<Step, 'calls' | 'milliseconds'>[]; // of each step, as it was live
  /** Guided, 3 x frames x height x width, one for each call of the model; with CFG++ each is followed by its base. */
  readonly guesses: readonly Float32Array[];
  /** How far a value of a guess may be off, where the file had to be coarse; black against white is 2. */
  readonly within?: number;
}

export interface RecordOptions {
  readonly signal?: AbortSignal;
  readonly onStep?: (step: Step) => void;
}

/** Runs to the end and keeps what `replay` needs. Throws what `run` throws. */
export async function record(
  denoiser: Denoiser,
  settings: RunSettings,
  about: { readonly model: string; readonly prompt: string; readonly negative?: string },
  { signal, onStep }: RecordOptions = {},
): Promise<Recording> {
  const cost: Recording['cost'][number][] = [];
  const guesses: Float32Array[] = [];
  const onGuided = ({ guess, base = guess }: Guided) => {
    guesses.push(guess.slice());
    if (hasBase(settings)) guesses.push(base.slice());
  };
  for await (const step of run(denoiser, settings, { signal, onGuided })) {
    cost.push({ calls: step.calls, milliseconds: step.milliseconds });
    onStep?.(step);
  }
  const { model, prompt, negative } = about;
  const words = negative ? { prompt, negative } : { prompt };
  return { model, ...words, settings, shape: denoiser.shape, cost, guesses };
}

/** The steps of the recorded run, with the cost that they had then. As fast as it is read: pacing is the watcher's. */
export async function* replay(
  { settings, shape, cost, guesses }: Recording,
  { signal }: { readonly signal?: AbortSignal } = {},
): AsyncGenerator<Step, void, undefined> {
  let next = 0;
  const remembered: Denoiser = { shape, guess: async (_x, _levels, rows) => rows.map(() => guesses[next++]) };
  // The guesses were guided when they were recorded: scale 1 leaves them as they are.
  const unguided: Guidance = { scale: 1, from: 0, to: 1, rule: hasBase(settings) ? 'cfgpp' : 'cfg' };
  for await (const step of run(remembered, { ...settings, guidance: unguided }, { signal }))
    yield { ...step, ...cost[step.index], unguided: undefined, disagreement: undefined };
}

/** How many guesses a recording holds: one for each call of the model, and with CFG++ the base of each. */
export function guessCount(settings: RunSettings): number {
  return solvers[settings.sampler].calls(settings.steps) * (hasBase(settings) ? 2 : 1);
}

const hasBase = ({ guidance }: RunSettings) => guidance.rule === 'cfgpp';
