/**
 * A run that can be watched again without a model.
 *
 * What it is: the settings, and every guess that the model gave. Noise and solver are exact and seeded, so that `replay`
 * grows the whole run again from these, through the same `run()` as a live model: downstream nobody can tell.
 * What it is not: a video file (see `export`), and not for runs that kept pixels clean (`known`).
 */
import { guide } from '../sampling/guidance';
import { run } from '../sampling/run';
import type { ClipShape, Denoiser, RunSettings, Step } from '../sampling/types';

export interface Recording {
  readonly model: string; // name of the weights
  readonly prompt: string;
  readonly settings: RunSettings;
  readonly shape: ClipShape;
  readonly cost: readonly Pick<Step, 'calls' | 'milliseconds'>[]; // of each step, as it was live
  readonly guesses: readonly Float32Array[]; // guided, 3 x frames x height x width, one for each call of the model
}

export interface RecordOptions {
  readonly signal?: AbortSignal;
  readonly onStep?: (step: Step) => void;
}

/** Runs to the end and keeps what `replay` needs. Throws what `run` throws. */
export async function record(
  denoiser: Denoiser,
  settings: RunSettings,
  about: { readonly model: string; readonly prompt: string },
  { signal, onStep }: RecordOptions = {},
): Promise<Recording> {
  const cost: Recording['cost'][number][] = [];
  const guesses: Float32Array[] = [];
  const overheard: Denoiser = {
    shape: denoiser.shape,
    async guess(x, levels, rows) {
      const answer = await denoiser.guess(x, levels, rows);
      if (answer.length === rows.length) guesses.push(guide(answer, settings.guidance.scale)); // else run() will say so
      return answer;
    },
  };
  for await (const step of run(overheard, settings, { signal })) {
    cost.push({ calls: step.calls, milliseconds: step.milliseconds });
    onStep?.(step);
  }
  const { model, prompt } = about;
  return { model, prompt, settings, shape: denoiser.shape, cost, guesses };
}

/** The steps of the recorded run, with the cost that they had then. As fast as it is read: pacing is the watcher's. */
export async function* replay(
  { settings, shape, cost, guesses }: Recording,
  { signal }: { readonly signal?: AbortSignal } = {},
): AsyncGenerator<Step, void, undefined> {
  let next = 0;
  const remembered: Denoiser = { shape, guess: async () => [guesses[next++]] };
  const unguided = { scale: 1, from: 0, to: 1 }; // the guesses were guided when they were recorded
  for await (const step of run(remembered, { ...settings, guidance: unguided }, { signal }))
    yield { ...step, ...cost[step.index] };
}

/** How many guesses a run makes: Heun asks twice in every step but the last. */
export function guessCount({ sampler, steps }: RunSettings): number {
  return sampler === 'heun' ? 2 * steps - 1 : steps;
}
