/**
 * <snow-globe> as somebody who writes a page sees it: the types of the package. docs/reference/element.md says it in words.
 *
 * What it is not: it imports nothing, so that these types need no package but this one.
 */

/** What a `ready` event says: a network is loaded. */
export interface ReadyDetail {
  readonly model: string;
  readonly backend: 'webgpu' | 'wasm' | 'cpu';
  readonly reason: string; // why this backend and not a better one, one plain sentence
}

/** What a `step` event says. */
export interface StepDetail {
  readonly index: number; // from 0
  readonly steps: number;
  readonly t: number; // of the noisy clip that the model was given, 0 (noise) .. 1 (clean)
  readonly source: 'live' | 'recording';
}

/** What a `run-end` event says. */
export interface RunEndDetail {
  readonly phase: 'done' | 'stopped' | 'failed';
  readonly source: 'live' | 'recording';
  readonly prompt: string;
  readonly seed: number;
}

/** What a `fault` event says: what happened, and what to do, each one sentence. */
export interface FaultDetail {
  readonly name: string;
  readonly cause: string;
  readonly next: string;
}

export interface GlobeEvents {
  ready: CustomEvent<ReadyDetail>;
  step: CustomEvent<StepDetail>;
  'run-end': CustomEvent<RunEndDetail>;
  fault: CustomEvent<FaultDetail>;
}

export interface SnowGlobeElement extends HTMLElement {
  /** Folder of models/, recordings/, wasm/ and learn/, relative to the page, with a slash at its end. */
  files: string;
  /** Folder of the transformer, likewise; models/mini/ among the files where none is said. */
  model: string | null;
  /** What the film is made of: what stands behind the # of an address of the page. The three that follow come before it. */
  link: string;
  /** A sentence of the little world, told to the network as it stands. */
  prompt: string | null;
  seed: string | null; // an integer, 0 .. 2^32 - 1
  /** What stands beside the stage: watch, story, inside, make, learn, lab. */
  view: string | null;
  /** Makes its film by itself, without waiting for a shake. */
  autoplay: boolean;
  controls: 'all' | 'film' | 'none';
  /** Whether the page's address is its own. */
  routing: 'address' | 'none';
  /** The link to exactly what it shows, to be given to `link` some other time. */
  readonly currentLink: string;
  /** Fresh noise, and a film of it; `run-end` says when it is there. */
  shake(): void;
  /** Ends the run that goes on; what has come so far stays. */
  stop(): void;
  /** step: 0 is the noise, the number of steps the finished film. frame: from 0. What lies beyond is the last. */
  goTo(step: number, frame?: number): void;
  addEventListener<Name extends keyof GlobeEvents>(
    type: Name,
    listener: (event: GlobeEvents[Name]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}
