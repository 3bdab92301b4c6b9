/**
 * Every message between the page and the worker in which a network learns. The page imports this file and nothing else of the
 * inside. A training belongs to the worker; the page hears where it stands.
 */
import type { BackendName, Fault, FromWorker, ToWorker } from '../engine/protocol';
import type { Cell, Grid } from './micro';
import type { Seen } from './read-micro';
import type { LearnSettings } from './settings';

/** The worker's name, by which the one script knows what to be. */
export const learnerName = 'snowglobe learner';

/** Films read so far, of those that count: how many showed what was asked, in all and word by word. */
export interface Score {
  readonly films: number;
  readonly right: number;
  readonly colour: number;
  readonly motion: number;
  readonly both: number; // colour and motion
  /** What was seen most often of those that were wrong, and in how many; null where none was. */
  readonly instead: (Seen & { readonly films: number }) | null;
}

/** A stretch of a training: the mean loss at each noise level (null where none fell into it), and how films did at its end. */
export interface Point {
  readonly seen: number; // clips so far
  readonly seconds: number;
  readonly losses: readonly (number | null)[];
  readonly shown: number | null; // share of films that are right, 0 .. 1, in cells that training shows
  readonly holes: number | null; // and in holes
}

/** Where a training stands. */
export interface LearnState {
  readonly settings: LearnSettings;
  readonly grid: Grid;
  readonly parameters: number;
  readonly steps: number;
  readonly seen: number; // clips
  readonly seconds: number; // spent on steps
  readonly running: boolean;
  readonly speed: number; // clips a second, lately; 0 before the first step
  readonly counts: Readonly<Record<string, number>>; // clips that it was shown, by their caption
  readonly curve: readonly Point[];
  readonly shown: Score;
  readonly holes: Score;
  /** How many trainings have come from elsewhere so far, kept or out of files: one more says that this is another. */
  readonly taken: number;
  /** Which moment of a recorded training it is, from 0, of how many; null: none, or it has gone on from there. */
  readonly moment: { readonly index: number; readonly count: number } | null;
  /** Seconds for which the browser let it rest, as of a page long out of sight, when it last did; 0: it never did. */
  readonly slept: number;
}

/** Another learner's model, beside one's own. */
export interface BesideState {
  readonly settings: LearnSettings;
  readonly grid: Grid;
  readonly seen: number;
  readonly seconds: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly shown: Score;
  readonly holes: Score;
}

/** One of the films that are drawn while it learns. */
export interface WatchedFilm {
  readonly cell: Cell;
  readonly clip: Float32Array; // 3 x 8 x 16 x 16, -1 .. 1
  readonly seen: Seen;
  readonly right: boolean;
  readonly at: number; // clips that it had been shown by then
}

export type ToLearner =
  /** First of all. What was kept on this device is taken up again, and waits. */
  | { readonly type: 'open'; readonly wasmUrl: string; readonly backend?: BackendName }
  /** A new training in the place of the one before. */
  | { readonly type: 'begin'; readonly settings: LearnSettings; readonly grid: Grid }
  /** A model out of a file in the place of the training before; moment: the file is a recorded training, and which of its moments. */
  | { readonly type: 'take'; readonly bytes: Uint8Array; readonly moment?: number }
  /** Another model beside it, out of a file, or none. */
  | { readonly type: 'beside'; readonly bytes: Uint8Array | null }
  /** While it goes on, or not: settings but for the width, and what it is shown. */
  | { readonly type: 'change'; readonly settings: LearnSettings; readonly grid: Grid }
  /** Milliseconds to wait after each step. */
  | { readonly type: 'pace'; readonly wait: number }
  | { readonly type: 'go' | 'pause' | 'step' }
  /** What the stage asks of a network: the engine's own protocol. */
  | { readonly type: 'stage'; readonly message: ToWorker }
  /** The model as a file. */
  | { readonly type: 'file'; readonly id: number };

export type FromLearner =
  | { readonly type: 'awake' } // it listens
  | { readonly type: 'ready'; readonly backend: BackendName; readonly unkept?: string } // why nothing outlives the page, if so
  | { readonly type: 'state'; readonly state: LearnState }
  | { readonly type: 'watched'; readonly place: number; readonly film: WatchedFilm; readonly beside: boolean }
  | { readonly type: 'beside'; readonly model: BesideState | null }
  | { readonly type: 'broken'; readonly fault: Fault } // the training can't go on
  | { readonly type: 'refused'; readonly fault: Fault } // a file is no model; the training stays as it was
  | { readonly type: 'failed'; readonly fault: Fault } // the worker is of no use any more
  | { readonly type: 'stage'; readonly message: FromWorker }
  | { readonly type: 'undone'; readonly id: number; readonly fault: Fault } // there is no file
  | { readonly type: 'file'; readonly id: number; readonly bytes: Uint8Array };
