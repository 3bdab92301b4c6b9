/**
 * What a model's report (models/<name>/report.json) says before anything runs: how often such a film comes out right. The
 * report is made by cli/report.ts of what the reader judged; the model's card shows the same figures.
 *
 * What it is not: a judgement. Where a report has no figure, nothing is said.
 */
import type { ClipShape } from '../sampling/types';
import { asked } from './asked';

/** One set of films: so many clips from the seeds on, of one network, drawn with one setting, each word read back by machine. */
export interface ScoredSet {
  readonly name: string; // "one thing", "two things"
  readonly network: string; // the model's own name, or "student"
  readonly decoded: boolean; // drawn large by the decoder before they were read
  readonly clips: number;
  readonly seeds: readonly [number, number]; // first and last
  readonly shape: ClipShape;
  readonly settings: { readonly steps: number; readonly sampler: string };
  readonly scores: Readonly<Record<string, readonly [number, number]>>; // right, of
}

export interface ModelReport {
  readonly version: 1;
  readonly model: string;
  readonly sha256: string; // of its weights
  readonly command: string;
  readonly sets: readonly ScoredSet[];
}

/** Of what the sets say only what is read here. */
function isReport(said: unknown): said is ModelReport {
  const { version, model, sets } = (said ?? {}) as Record<string, unknown>;
  const isShare = (value: unknown) => Array.isArray(value) && value.length === 2 && value.every(Number.isFinite);
  const isSet = (value: unknown) => {
    const { name, network, decoded, scores } = (value ?? {}) as Record<string, unknown>;
    const texts = typeof name === 'string' && typeof network === 'string' && typeof decoded === 'boolean';
    return texts && typeof scores === 'object' && scores !== null && Object.values(scores).every(isShare);
  };
  return version === 1 && typeof model === 'string' && Array.isArray(sets) && sets.every(isSet);
}

/** How many of 100 films come out right. */
export interface Expected {
  readonly things: number; // asked for
  readonly words: readonly { readonly attribute: Scored; readonly right: number }[]; // those asked for that were measured, the weakest first
  readonly all: number | null; // every word at once; null: nobody has measured it
}

const scored = ['colour', 'size', 'thing', 'motion', 'speed', 'setting'] as const;
export type Scored = (typeof scored)[number];

export interface Card {
  readonly model: string; // name of the weights
  /** What is to be expected of a prompt; null where it names no thing. */
  expected(prompt: string): Expected | null;
}

/** `said`: what stands in report.json. Null where it is none, or does not say how often a film of one thing is right in every word. */
export function cardOf(said: unknown): Card | null {
  if (!isReport(said)) return null;
  const { model, sets } = said;
  const percent = (name: string, measure: string): number | null => {
    const own = sets.find((each) => each.name === name && each.network === model && !each.decoded);
    const [right, of] = own?.scores[measure] ?? [0, 0];
    return of > 0 ? Math.round((100 * right) / of) : null;
  };
  const one = percent('one thing', 'strict');
  if (one === null) return null;
  const of = (attribute: Scored, right: number | null) => (right === null ? [] : [{ attribute, right }]);
  const expected = (prompt: string): Expected | null => {
    const { objects, setting } = asked(prompt);
    if (objects.length === 0) return null;
    if (objects.length > 2) return { things: objects.length, words: [], all: null };
    if (objects.length === 2)
      return { things: 2, words: of('colour', percent('two things', 'colour')), all: percent('two things', 'strict') };
    const says = { ...objects[0], setting };
    const words = scored.flatMap((name) => (says[name] === null ? [] : of(name, percent('one thing', name))));
    return { things: 1, words: words.sort((a, b) => a.right - b.right), all: one };
  };
  return { model, expected };
}
