/**
 * A network of one's own, as signals: what it shall be shown, how it shall learn, where it stands, and the films that it draws
 * meanwhile. The training itself is a worker's (src/learn); it goes on whichever view is shown.
 *
 * What it is not: part of the first load. The view brings it along (ui/learn-view), and `learnOf` makes one for each studio.
 */
import { batch, computed, signal } from '@preact/signals-core';
import type { BackendName, Fault } from '../../engine/protocol';
import { LearnClient } from '../../learn/client';
import { firstGrid, microCaption, microShape, shownBy, ticked, type Cell, type Grid } from '../../learn/micro';
import type { FromLearner, LearnState, ToLearner, WatchedFilm } from '../../learn/protocol';
import { cleanSettings, firstSettings, type LearnSettings } from '../../learn/settings';
import { toFault } from '../faults';
import { flickers } from '../flicker';
import type { NamedFile } from '../files';
import { command, Session } from '../session';
import { snowRate } from '../state';
import type { Studio } from '../studio';
import { filmOf } from './stage';

/** What a session needs of the worker's client. */
export interface LearnPort {
  send(message: ToLearner): void;
  dispose(): void;
}

export type OpenLearner = (hear: (message: FromLearner) => void) => LearnPort;

/** Where the worker stands. */
export type LearnPhase = 'closed' | 'opening' | 'ready' | 'failed';

/** A model that has learned what is ticked at first, beside the page: `npm run measure:learn -- --out` made it. */
const readyModel = 'learn/micro.safetensors';

/** A model that learned here is half a megabyte at most; nobody shall wait for a photograph. */
const largestFile = 8e6; // bytes

export class Learn extends Session {
  readonly phase = signal<LearnPhase>('closed');
  readonly backend = signal<BackendName | null>(null);
  readonly unkept = signal<string | null>(null); // why nothing outlives the page
  readonly fault = signal<Fault | null>(null); // of the worker, or of a file

  readonly settings = signal<LearnSettings>(firstSettings);
  readonly grid = signal<Grid>(firstGrid);
  /** Where the training stands; null before the first. */
  readonly training = signal<LearnState | null>(null);
  readonly broken = signal<Fault | null>(null);
  readonly away = signal(false); // it rests because the page is out of sight
  readonly films = signal<readonly (WatchedFilm | null)[]>([]);
  /** It has been asked to go on; what it has done by now the worker says a little later. */
  readonly running = signal(false);

  private port: LearnPort | null = null;
  private nextId = 1;
  private readonly waiting = new Map<number, (message: FromLearner) => void>();

  constructor(
    private readonly studio: Studio,
    private readonly openLearner: OpenLearner,
  ) {
    super(studio.state);
  }

  /** Nothing is ticked that could be shown. */
  readonly empty = computed(() => shownBy(this.grid.value).length === 0);

  private readonly flickering = computed(() =>
    this.films.value.some((film) => film !== null && flickers(film.clip, microShape)),
  );

  /** The frame that its films show: the stage's, but every so many only where they would flicker and nobody asked for that. */
  readonly frame = computed(() => {
    const { frame, rate, fullSpeed, playing } = this.state;
    const slow = this.flickering.value && !fullSpeed.value && playing.value;
    const shown = frame.value - (slow ? frame.value % Math.ceil(rate.value / snowRate) : 0);
    return shown % microShape.frames;
  });

  /** A training has begun: width and beginning are fixed. */
  readonly begun = computed(() => (this.training.value?.steps ?? 0) > 0);

  /** Starts the worker, which brings back what was kept. Once is enough, until it fails. */
  open(): void {
    if (this.port) return;
    batch(() => {
      this.phase.value = 'opening';
      this.fault.value = null;
    });
    try {
      this.port = this.openLearner((message) => this.hear(message));
    } catch (thrown) {
      this.lose(toFault(thrown));
    }
  }

  @command
  start(): void {
    this.begin();
    this.going(true);
  }

  @command
  pause(): void {
    this.going(false);
  }

  /** One step, and a look at what it did. */
  @command
  step(): void {
    this.begin();
    this.running.value = false;
    this.port?.send({ type: 'step' });
  }

  /** All that was learned is gone. */
  @command
  anew(): void {
    this.running.value = false;
    this.send({ type: 'begin', settings: this.settings.value, grid: this.grid.value });
  }

  /** What training shows: a pair more, or one less. It counts from the next step on. */
  @command
  tick(kind: keyof Grid, pair: string, on: boolean): void {
    this.grid.value = ticked(this.grid.value, kind, pair, on);
    if (this.empty.value) this.going(false);
    this.change();
  }

  @command
  set(key: keyof LearnSettings, value: number): void {
    this.settings.value = cleanSettings({ ...this.settings.value, [key]: value });
    this.change();
  }

  @command
  resetSettings(): void {
    const { width } = this.settings.value;
    this.settings.value = this.begun.value ? { ...firstSettings, width } : firstSettings;
    this.change();
  }

  /** The model as one file. Undefined where there is none yet. */
  @command
  async save(): Promise<NamedFile | undefined> {
    if (!this.begun.value) return undefined;
    const answer = await this.ask((id) => ({ type: 'file', id }));
    if (answer.type === 'undone') throw asError(answer.fault);
    return answer.type === 'file' ? { name: 'micro.safetensors', bytes: answer.bytes } : undefined;
  }

  /** A model out of a file in the place of this one. */
  @command
  async take(file: Blob): Promise<void> {
    this.fault.value = null;
    if (file.size > largestFile) {
      const cause = `The file is ${Math.round(file.size / 1e6)} MB large, and a model that learned here has less than 1 MB.`;
      this.fault.value = { name: 'TooLargeError', cause, next: 'Choose a file that was saved here.' };
      return;
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    this.running.value = false;
    this.send({ type: 'take', bytes });
  }

  /** One that has learned already, in the place of this one: for whoever has no time, or a slow machine. */
  @command
  async takeReady(): Promise<void> {
    const answer = await fetch((this.studio.ports.files ?? '') + readyModel).catch(() => null);
    if (answer?.ok) return this.take(await answer.blob());
    this.fault.value = { name: 'DownloadError', cause: `${readyModel} did not arrive.`, next: 'Check the connection, then try again.' }; // prettier-ignore
  }

  /** A film of what it has learned, on the stage, step by step. */
  @command
  async toStage(cell: Cell): Promise<void> {
    this.going(false);
    // The decoder has never seen films this small.
    if (this.state.sharp.value) this.studio.view.toggleSharp();
    await this.studio.runs.play(filmOf(microCaption(cell), this.nextId, (request, signal) => this.steps(request, signal)), true); // prettier-ignore
  }

  /** The page goes out of sight, or comes back. */
  hide(hidden: boolean): void {
    if (hidden && this.running.value) {
      this.going(false);
      this.away.value = true;
    } else if (!hidden && this.away.value) this.going(true);
  }

  dispose(): void {
    this.port?.dispose();
    this.port = null;
    this.running.value = false;
    this.phase.value = 'closed';
  }

  /** What the worker answers to one film. */
  private async *steps(request: Omit<ToLearner & { type: 'film' }, 'id' | 'type'>, signal: AbortSignal) {
    const id = this.nextId++;
    const heard: FromLearner[] = [];
    let wake = () => {};
    this.waiting.set(id, (message) => (heard.push(message), wake()));
    const abort = () => wake();
    signal.addEventListener('abort', abort);
    try {
      this.send({ type: 'film', id, ...request });
      for (;;) {
        if (heard.length === 0) await new Promise<void>((resolve) => (wake = resolve));
        signal.throwIfAborted();
        const message = heard.shift();
        if (message?.type === 'filmed') yield message.step;
        else if (message?.type === 'undone') throw asError(message.fault);
        else if (message?.type === 'done') return;
      }
    } finally {
      signal.removeEventListener('abort', abort);
      this.waiting.delete(id);
      if (signal.aborted) this.port?.send({ type: 'abort', id });
    }
  }

  private ask(question: (id: number) => ToLearner): Promise<FromLearner> {
    const id = this.nextId++;
    return new Promise((resolve) => {
      this.waiting.set(id, (message) => (this.waiting.delete(id), resolve(message)));
      this.send(question(id));
    });
  }

  /** A training to go on with: after one that broke there is none. */
  private begin(): void {
    if (!this.training.value || this.broken.value) this.anew();
  }

  private going(on: boolean): void {
    if (on && this.empty.value) return;
    batch(() => {
      this.away.value = false;
      this.running.value = on;
    });
    this.port?.send({ type: on ? 'go' : 'pause' });
  }

  private change(): void {
    if (this.training.value) this.port?.send({ type: 'change', settings: this.settings.value, grid: this.grid.value });
  }

  private send(message: ToLearner): void {
    this.open();
    if (message.type === 'begin' || message.type === 'take')
      batch(() => {
        this.broken.value = null;
        this.films.value = [];
      });
    this.port?.send(message);
  }

  private hear(message: FromLearner): void {
    switch (message.type) {
      case 'awake':
        return;
      case 'ready':
        return batch(() => {
          this.phase.value = 'ready';
          this.backend.value = message.backend;
          this.unkept.value = message.unkept ?? null;
        });
      case 'state':
        return this.adopt(message.state);
      case 'watched': {
        const { place, film } = message;
        const before = this.films.value;
        const length = Math.max(before.length, place + 1);
        this.films.value = Array.from({ length }, (_, i) => (i === place ? film : (before[i] ?? null)));
        return;
      }
      case 'broken':
        return batch(() => {
          this.running.value = false;
          this.broken.value = message.fault;
        });
      case 'refused':
        this.fault.value = message.fault;
        return;
      case 'failed':
        return this.lose(message.fault);
      default:
        this.waiting.get(message.id)?.(message);
    }
  }

  /** The first word on a training that the page did not begin (kept, or out of a file) brings its settings along. */
  private adopt(training: LearnState): void {
    batch(() => {
      const before = this.training.value;
      const other = before === null || training.steps < before.steps || training.parameters !== before.parameters;
      this.training.value = training;
      if (!other) return;
      this.settings.value = training.settings;
      this.grid.value = training.grid;
    });
  }

  private lose(fault: Fault): void {
    this.port?.dispose();
    this.port = null;
    const undone = [...this.waiting];
    this.waiting.clear();
    batch(() => {
      this.running.value = false;
      this.phase.value = 'failed';
      this.fault.value = fault;
    });
    for (const [id, answer] of undone) answer({ type: 'undone', id, fault });
  }
}

const asError = (fault: Fault): Error => Object.assign(new Error(fault.cause), fault);

const made = new WeakMap<Studio, Learn>();

/** The one of a studio. openLearner: for tests, which bring their own worker. */
export function learnOf(studio: Studio, openLearner: OpenLearner = ownLearner(studio)): Learn {
  const learn = made.get(studio) ?? new Learn(studio, openLearner);
  made.set(studio, learn);
  return learn;
}

const ownLearner =
  ({ ports }: Studio): OpenLearner =>
  (hear) =>
    new LearnClient(hear, undefined, `${ports.files ?? ''}wasm/`);
