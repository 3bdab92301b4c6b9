/**
 * A live run that is through, as what a file keeps of it: the guesses of every step, and all that a solver asked besides.
 * Noise and solver grow everything else again (src/recording).
 */
import type { HeardStep } from '../engine/protocol';
import type { Recording } from '../recording/recording';
import type { Run } from './state';

/** `run` must be complete and live: the steps of a replay have lost what their solver asked besides. */
export function recordingOf({ model, prompt, settings: { negative, ...settings }, shape, steps }: Run): Recording {
  const cost = steps.map(({ calls, milliseconds }) => ({ calls, milliseconds }));
  const guesses = steps.flatMap(({ guess, more = [] }: HeardStep) => [guess, ...more]);
  return { model, prompt, ...(negative && { negative }), settings, shape, cost, guesses };
}
