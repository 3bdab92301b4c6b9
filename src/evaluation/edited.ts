/**
 * A film that was changed by other words: what changed as they ask, what stayed, and how far the pixels are from what they were.
 *
 * Before and after are judged by the new words alone. What the film did not show before was to change, what it showed already was
 * to stay: so nobody has to know the words that it was made from, and a film that was drawn by hand can be judged as well.
 */
import type { Reading } from '../reading/types';
import { asked } from './asked';
import { score, type Judged } from './score';

/** One word of the new prompt, in the film before and after. 'undecided' is not as asked. */
export interface EditedWord extends Pick<Judged, 'attribute' | 'object' | 'asked'> {
  readonly before: string | null; // what was seen in its place; null: there was no such thing
  readonly after: string | null;
  readonly was: boolean; // as asked, before
  readonly is: boolean; // as asked, after
}

export interface Edited {
  readonly words: readonly EditedWord[];
  readonly wanted: readonly EditedWord[]; // that were to change
  readonly changed: readonly EditedWord[]; // of these, that did as asked
  readonly held: readonly EditedWord[]; // that were to stay
  readonly lost: readonly EditedWord[]; // of these, that did not
}

export function editedOf(before: Reading, after: Reading, prompt: string): Edited {
  const want = asked(prompt);
  const [first, second] = [before, after].map((reading) => score(reading, want).words); // in one order: that of the prompt
  const words = first.map(({ attribute, object, asked, seen, verdict }, i): EditedWord => {
    const now = second[i];
    return { attribute, object, asked, before: seen, after: now.seen, was: verdict === 'right', is: now.verdict === 'right' }; // prettier-ignore
  });
  const [wanted, held] = [words.filter(({ was }) => !was), words.filter(({ was }) => was)];
  return { words, wanted, changed: wanted.filter(({ is }) => is), held, lost: held.filter(({ is }) => !is) };
}

/** How far two clips of one shape are apart: root mean square over all numbers, black to white is 1. */
export function pixelDistance(before: Float32Array, after: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < before.length; i++) sum += (clamped(before[i]) - clamped(after[i])) ** 2;
  return Math.sqrt(sum / before.length) / 2;
}

const clamped = (value: number): number => Math.min(1, Math.max(-1, value));
