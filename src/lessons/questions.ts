/**
 * The ten questions that a newcomer should be able to answer after fifteen minutes, and the place of each answer in the
 * story: a paragraph of a chapter, counted from 0. tests/lessons/questions.test.ts walks the list in every language.
 */
import type { ChapterId } from './chapter';

export interface Place {
  readonly chapter: ChapterId;
  readonly part: 'before' | 'after';
  readonly paragraph: number;
}

export const places = {
  store: { chapter: 'noise', part: 'after', paragraph: 0 }, // does it search stored clips?
  under: { chapter: 'noise', part: 'after', paragraph: 1 }, // is the film hidden under the noise?
  frames: { chapter: 'together', part: 'after', paragraph: 0 }, // does it draw frame by frame?
  words: { chapter: 'words', part: 'after', paragraph: 0 }, // what do the words do, and when?
  seeds: { chapter: 'noise', part: 'after', paragraph: 2 }, // why do two seeds differ?
  physics: { chapter: 'physics', part: 'after', paragraph: 0 }, // does it know physics?
  more: { chapter: 'roads', part: 'after', paragraph: 1 }, // is more always better?
  patch: { chapter: 'patches', part: 'before', paragraph: 1 }, // what is a spacetime patch?
  attention: { chapter: 'together', part: 'after', paragraph: 1 }, // what is attention?
  sora: { chapter: 'sora', part: 'after', paragraph: 0 }, // what does Sora do that this does not?
} as const satisfies Record<string, Place>;

export type NewcomersQuestion = keyof typeof places;
export const newcomersQuestions = Object.keys(places) as readonly NewcomersQuestion[];
