/**
 * A live run that is through, as what a file keeps of it: the guesses of every step, and all that a solver asked besides.
 * Noise and solver grow everything else again (src/recording).
 */
import type { HeardStep } from '../engine/protocol';
import { costOf, type Recording } from '../recording/recording';
import type { Run } from '../app/state';

/** `run` must be complete and live: the steps of a replay have lost what their solver asked besides. */
export function recordingOf({ model, prompt, settings: words, shape, given, steps }: Run): Recording {
  const { negative, then, ...settings } = words;
  const guesses = steps.flatMap(({ guess, more = [] }: HeardStep) => [guess, ...more]);
  const told = { prompt, ...(negative && { negative }), ...(then && { then }) };
  const known = given?.known.mask.some(Boolean) && { known: given.known }; // none, where it only begins in a film
  const about = { model, ...told, settings, shape, ...known, ...(given?.begin && { begin: given.begin }) };
  return { ...about, cost: steps.map(costOf), guesses };
}
