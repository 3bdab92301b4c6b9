/**
 * What a chapter of the story is: data, and one function that says what came of the learner's own run. Its sentences stand in
 * src/i18n under the same names, in every language.
 */
import type { DecidedRow } from '../judging/decided';
import type { Show } from '../settings/settings';
import type { Run } from '../app/state';
import type { Reading } from '../reading/types';
import type { Film } from './films';

export const chapterIds = ['noise', 'wrecking', 'patches', 'together', 'words', 'roads', 'physics', 'sora'] as const;
export type ChapterId = (typeof chapterIds)[number];

/** What stands on the stage when a chapter opens: the same as a link says, with a recorded run in the place of a live one. */
export interface Stage {
  readonly film: Film;
  readonly show: Show;
  readonly sharp: boolean;
  readonly row: number | null; // of the sheet; null follows the newest
}

export type Question =
  | { readonly id: string; readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly id: string; readonly kind: 'number'; readonly min: number; readonly max: number };

export type Answer = string | number;
export type Answers = Readonly<Record<string, Answer>>;

/** A film that stood on the stage, with what our reader sees in it; null while it has not been read. */
export interface Seen {
  readonly run: Run; // complete
  readonly reading: Reading | null;
}

/** The learner's own run through a chapter, as far as it has come. */
export interface Trace {
  readonly answers: Answers; // to the chapter's questions
  readonly films: readonly Seen[]; // in the order of coming, each once
  readonly rows: readonly number[]; // of the sheet, chosen since the prediction, each once
  readonly tries: readonly string[]; // at the chapter's own figure, each once
  readonly run: Run | null; // on the stage now
  readonly readings: readonly (Reading | undefined)[]; // one for each of its steps
  readonly decisions: readonly DecidedRow[];
  readonly beside: readonly Float32Array[]; // guesses of the recorded run that the chapter shows beside the stage
  readonly besideReadings: readonly (Reading | undefined)[]; // what our reader sees in each of them, where a chapter asks
  readonly parameters: number; // of the network that is loaded, or of the one in the recordings
}

/** Elements of the page that a chapter may show beside its text or point to, by name. */
export const partNames = ['film', 'words', 'sheet', 'decided', 'plots'] as const;
export type PartName = (typeof partNames)[number];

export interface Chapter<Finding extends { readonly kind: ChapterId } = AnyFinding> {
  readonly id: Finding['kind'];
  readonly stage: Stage;
  readonly questions: readonly Question[]; // asked before anything is revealed
  readonly films: readonly Film[]; // to play
  readonly beside: { readonly film: Film; readonly read: boolean } | null; // a recorded run to show beside the stage
  readonly points: readonly PartName[]; // what to look at
  /** What can be said of the learner's own run; null while what there is to do has not been done. */
  find(trace: Trace): Finding | null;
  /** What counts as having come true, for each question; the first is what came. */
  outcome(finding: Finding): Readonly<Record<string, readonly Answer[]>>;
}

/** Shares are 0 .. 1, steps count from 0 as the page's do. */
export interface Findings {
  /** Share of the picture that one sees differ at other words and at other noise; likeness of the noise to its film. */
  readonly noise: { readonly kind: 'noise'; readonly words: number; readonly seeds: number; readonly likeness: number };
  readonly wrecking: {
    readonly kind: 'wrecking';
    readonly thing: string;
    readonly levels: readonly {
      readonly noise: number;
      readonly yours: string;
      readonly its: string | null; // the thing that our reader sees in its guess; null: none
      readonly off: number; // mean error of its guess; black against white is 1
    }[];
  };
  readonly patches: {
    readonly kind: 'patches';
    readonly own: number;
    readonly ownPairs: number;
    readonly tokens: number; // of the finest cut that was tried
    readonly pairs: number;
  };
  /** How far three frames of its guess were from what they ended as, at one step; mean change from frame to frame, with attention across time and without. */
  readonly together: {
    readonly kind: 'together';
    readonly step: number;
    readonly steps: number;
    readonly first: number;
    readonly middle: number;
    readonly last: number;
    readonly whole: number;
    readonly cut: number;
  };
  readonly words: {
    readonly kind: 'words';
    readonly order: readonly { readonly what: Settled; readonly step: number }[]; // the earliest first
  };
  readonly roads: {
    readonly kind: 'roads';
    readonly steps: number;
    readonly one: number; // words right after one step
    readonly all: number; // and after all
    readonly total: number; // that were asked
    readonly late: number; // share of the picture that the second half of the steps changed
  };
  readonly physics: {
    readonly kind: 'physics';
    readonly balls: readonly { readonly g: number; readonly kept: number | null }[];
    readonly due: number;
    readonly hole: { readonly colour: string | null; readonly thing: string | null }; // what is seen; null: can't be told
  };
  readonly sora: {
    readonly kind: 'sora';
    readonly right: boolean;
    readonly side: 'left' | 'right'; // of the network's film
    readonly parameters: number;
    readonly larger: number; // how many times as many a large open one has
  };
}

export type AnyFinding = Findings[ChapterId];

export const settled = ['setting', 'colour', 'thing', 'motion'] as const;
export type Settled = (typeof settled)[number];
