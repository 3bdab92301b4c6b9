/**
 * Every message between the page and the worker that owns the model. The page imports this file, what a fault is
 * (faults.ts), and nothing else of the engine's inside; the worker answers each request by its id, and whoever gets an unknown id drops it.
 */
import type { ProbedBlock, ProbeInput } from '../model/probed';
import type { Edit } from '../sampling/edit';
import type { Begin, Known, Past } from '../sampling/run';
import type { Ablation, RunSettings, Step, ClipShape } from '../sampling/types';

export type { ProbedBlock };

/** Where the model runs, best first. */
export type BackendName = 'webgpu' | 'wasm' | 'cpu';
export const backendOrder: readonly BackendName[] = ['webgpu', 'wasm', 'cpu'];

/**
 * Why not a faster way: the browser has no WebGPU, or no graphics processor for it, or only a program that plays one; it
 * did not start; it broke while it ran, or its memory was too small; the graphics processor can't run the static graph.
 */
export type WhyNot = 'noWebGpu' | 'noAdapter' | 'emulated' | 'failed' | 'broke' | 'noGraph';

export interface EngineInfo {
  readonly backend: BackendName;
  /** Each faster way that was missed, best first, for who says it in words of their own; none where none was tried. */
  readonly whyNot?: readonly WhyNot[];
  /** Why this backend and not a better one, or which adapter: one plain sentence. */
  readonly reason: string;
  readonly model: string;
  /** Of its weights, as hexadecimal digits. */
  readonly sha256?: string;
  readonly parameters: number;
  readonly shape: ClipShape;
  /** The earlier checkpoint that guidance rule auto compares with, as the manifest names it; none where it has none. */
  readonly weak?: string;
  /** The network that makes a film in few steps, likewise. */
  readonly student?: string;
  /** How many of the world's words it knows: the first so many. */
  readonly words: number;
  /** How many tokens of a prompt it reads, the first (<start>) counted. */
  readonly tokens: number;
  /** Why the weights have to be fetched again next time, as one sentence; none where they are kept. */
  readonly unkept?: string;
}

export interface RunRequest extends RunSettings {
  readonly prompt: string;
  /** Words to stay away from: they take the place of no words in guidance. None, or an empty text, leaves it at no words. */
  readonly negative?: string;
  /** Pixels that are given: they stay as they are, and the rest is made up to fit. Of the film's shape. */
  readonly known?: Known;
  /** Words of a second prompt, which have a say as `at` and `blend` tell. None, or an empty text: there is none. */
  readonly then?: string;
  /** Where it begins that does not begin with noise alone. */
  readonly begin?: Begin;
  /** The same, still to be found: a film to begin in, and the words that describe it, which way 'invert' reads. Of the film's shape. */
  readonly edit?: Edit & { readonly prompt: string };
}

/** A look inside the model call that a step began with: see src/model/probe.ts. */
export interface ProbeRequest extends ProbeInput {
  readonly prompt: string;
  readonly ablation?: readonly Ablation[]; // of the run that is looked into
}

export type ToWorker =
  | {
      readonly type: 'load';
      readonly modelUrl: string;
      readonly wasmUrl: string;
      readonly backend?: BackendName;
      /** Why no better backend is tried, as the rest of a sentence that begins with "because". */
      readonly because?: string;
      readonly keeps?: false; // nothing on this device
    }
  | {
      readonly type: 'run';
      readonly id: number;
      readonly request: RunRequest;
      /** The last steps of this run, where it was begun in another worker: see RunOptions. */
      readonly from?: readonly Past[];
    }
  /** Answered in turn with the runs: after the one that goes on, before the next. */
  | { readonly type: 'probe'; readonly id: number; readonly request: ProbeRequest }
  /** The learned vectors of the words, likewise. */
  | { readonly type: 'vectors'; readonly id: number }
  | { readonly type: 'abort'; readonly id: number };

/** Where the network has put its words: src/model/forward.ts. */
export interface WordVectors {
  readonly vectors: Float32Array; // (vocabulary, dim), in the order of the world's words
  readonly dim: number;
}

/** A step as the worker sends it. */
export interface HeardStep extends Step {
  /**
   * What guidance made of the model's further answers in this step (a solver may ask more than once; with CFG++ each
   * comes with its base), in order and after `guess`: all that a recording needs beside it.
   */
  readonly more?: readonly Float32Array[];
}

/** An error as plain data. `cause` says what happened, `next` what the reader can do. */
export interface Fault {
  readonly name: string;
  readonly cause: string;
  readonly next: string;
  /** The setting at fault, where one is: the name that src/sampling/errors.ts gives it. */
  readonly setting?: string;
  /** The step in which it happened, from 0, where it was one of a run. */
  readonly step?: number;
}

/** How far a model is loaded: bytes of the weights, or kernels and the first call. */
export interface LoadProgress {
  readonly stage: 'weights' | 'warm-up';
  readonly done: number;
  readonly total: number;
}

/** The other networks that a model may have: see other.ts. */
export const otherNames = ['weak', 'student'] as const;
export type OtherName = (typeof otherNames)[number];

export interface OtherProgress extends LoadProgress {
  readonly network: OtherName;
}

export type FromWorker =
  | {
      readonly type: 'progress';
      readonly stage: 'backend' | LoadProgress['stage'];
      readonly done: number;
      readonly total: number;
    }
  | { readonly type: 'alive' } // once a second while weights are fetched, also where no byte comes
  | { readonly type: 'ready'; readonly info: EngineInfo }
  | { readonly type: 'failed'; readonly fault: Fault } // loading failed: no run can follow
  | ({ readonly type: 'other'; readonly id: number } & OtherProgress) // another network of this run, before its first step
  | { readonly type: 'inverted'; readonly id: number; readonly done: number; readonly total: number } // steps of the way back
  | { readonly type: 'step'; readonly id: number; readonly step: HeardStep }
  | { readonly type: 'block'; readonly id: number; readonly block: ProbedBlock }
  | ({ readonly type: 'vectors'; readonly id: number } & WordVectors)
  | { readonly type: 'done'; readonly id: number }
  | { readonly type: 'aborted'; readonly id: number }
  | { readonly type: 'run-failed'; readonly id: number; readonly fault: Fault };
