/**
 * A network of one's own, as signals: what it shall be shown, how it shall learn, where it stands, and the films that it draws
 * meanwhile. The training itself is a worker's (src/learn); it goes on whichever view is shown.
 *
 * What it is not: part of the first load. The view brings it along (views/learn), and `learnOf` makes one for each studio.
 */
import { batch, computed, signal } from '@preact/signals-core';
import type { BackendName, Fault } from '../../engine/protocol';
import { LearnClient } from '../../workers/learn-client';
import type { Drawn } from '../../learn/drawn';
import {
  firstGrid,
  microCaption,
  microShape,
  shownBy,
  ticked,
  withDrawn,
  type Cell,
  type Grid,
} from '../../learn/micro';
import type { BesideState, FromLearner, LearnState, ToLearner, WatchedFilm } from '../../learn/protocol';
import { cleanSettings, firstSettings, type LearnSettings } from '../../learn/settings';
import { toFault } from '../../engine/faults';
import { flickers } from '../../judging/flicker';
import type { NamedFile } from '../../files/files';
import { command, Session } from '../../app/session';
import { settled } from '../../app/run-session';
import { snowRate, type Run, type Waypoint } from '../../app/state';
import type { Studio } from '../../studio/studio';
import { stageEngine, StageLine, stageSettings } from './stage';

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

/** A training at twelve moments, likewise: `npm run measure:learn -- --record` made it. */
const recordedTraining = 'learn/training.safetensors';

/** Milliseconds to wait after each step, from slow to fast: one can watch every step at the first. */
export const paces = [1000, 250, 60, 0] as const;

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
  readonly films = signal<readonly (WatchedFilm | null)[]>([]);
  /** Another learner's model, and its films for the same prompts. */
  readonly beside = signal<BesideState | null>(null);
  readonly filmsBeside = signal<readonly (WatchedFilm | null)[]>([]);
  /** Place in `paces`. */
  readonly pace = signal(paces.length - 1);
  /** It has been asked to go on; what it has done by now the worker says a little later. */
  readonly running = signal(false);

  private port: LearnPort | null = null;
  private nextId = 1;
  private line: StageLine | null = null; // while its network is on the stage
  private before: (Waypoint & { readonly run: Run | null }) | null = null; // what the stage showed until then
  private recorded: Uint8Array | null = null;
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
    [...this.films.value, ...this.filmsBeside.value].some((film) => film !== null && flickers(film.clip, microShape)),
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
  tick(kind: 'motions' | 'things', pair: string, on: boolean): void {
    this.grid.value = ticked(this.grid.value, kind, pair, on);
    if (this.empty.value) this.going(false);
    this.change();
  }

  /** A thing of the learner's own, as it is drawn now. */
  @command
  draw(drawn: Drawn): void {
    this.grid.value = withDrawn(this.grid.value, drawn);
    if (this.empty.value) this.going(false);
    this.change();
  }

  /** One pace slower or faster. */
  @command
  hurry(by: 1 | -1): void {
    this.pace.value = Math.min(paces.length - 1, Math.max(0, this.pace.value + by));
    this.port?.send({ type: 'pace', wait: paces[this.pace.value] });
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
    const bytes = await this.bytesOf(file);
    if (!bytes) return;
    this.running.value = false;
    this.send({ type: 'take', bytes });
  }

  /** Another learner's model beside this one: both are asked the same. */
  @command
  async compare(file: Blob): Promise<void> {
    const bytes = await this.bytesOf(file);
    if (bytes) this.send({ type: 'beside', bytes });
  }

  @command
  compareNoMore(): void {
    this.send({ type: 'beside', bytes: null });
  }

  /** One that has learned already, in the place of this one: for whoever has no time, or a slow machine. */
  @command
  async takeReady(): Promise<void> {
    const bytes = await this.fetched(readyModel);
    if (bytes) await this.take(new Blob([bytes]));
  }

  /** A training that was recorded, at one of its moments, from 0. It can be asked, and can go on from there. */
  @command
  async takeMoment(moment: number): Promise<void> {
    this.recorded ??= await this.fetched(recordedTraining);
    if (!this.recorded) return;
    this.running.value = false;
    this.send({ type: 'take', bytes: this.recorded, moment });
  }

  /** What it has learned on the stage: from now on shakes, looks inside and the laboratory ask this network. */
  @command
  async toStage(cell: Cell): Promise<void> {
    this.going(false);
    const { controls, engine, runs } = this.studio;
    if (!this.line) {
      const { request, run } = this.state;
      this.before = { ...request.value, run: run.value && settled(run.value) };
      runs.end();
      this.line = new StageLine((message) => this.port?.send({ type: 'stage', message }));
      await engine.lend(stageEngine(this.line), () => this.left());
    }
    controls.adopt({ prompt: microCaption(cell), settings: stageSettings(this.nextId++) });
    await runs.again();
  }

  dispose(): void {
    if (this.line) this.studio.engine.takeBack();
    this.port?.dispose();
    this.port = null;
    this.running.value = false;
    this.phase.value = 'closed';
  }

  /** The big network has the stage again, and the film that stood there. */
  private left(): void {
    const { before, studio } = this;
    this.line = this.before = null;
    if (!before) return;
    studio.lab.end();
    studio.runs.end();
    batch(() => {
      studio.controls.adopt(before);
      if (before.run) studio.runs.show(before.run);
    });
  }

  private async bytesOf(file: Blob): Promise<Uint8Array | null> {
    this.fault.value = null;
    if (file.size <= largestFile) return new Uint8Array(await file.arrayBuffer());
    const cause = `The file is ${Math.round(file.size / 1e6)} MB large, and a model that learned here has less than 1 MB.`;
    this.fault.value = { name: 'TooLargeError', cause, next: 'Choose a file that was saved here.' };
    return null;
  }

  private async fetched(file: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const answer = await fetch((this.studio.ports.files ?? '') + file).catch(() => null);
    if (answer?.ok) return new Uint8Array(await answer.arrayBuffer());
    this.fault.value = { name: 'DownloadError', cause: `${file} did not arrive.`, next: 'Check the connection, then try again.' }; // prettier-ignore
    return null;
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
    this.running.value = on;
    this.port?.send({ type: on ? 'go' : 'pause' });
  }

  private change(): void {
    if (this.training.value) this.port?.send({ type: 'change', settings: this.settings.value, grid: this.grid.value });
  }

  private send(message: ToLearner): void {
    this.open();
    if (message.type === 'begin' || message.type === 'take')
      batch(() => {
        this.broken.value = this.fault.value = null;
        if (message.type === 'begin') this.films.value = [];
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
        const { place, film, beside } = message;
        const films = beside ? this.filmsBeside : this.films;
        const length = Math.max(films.value.length, place + 1);
        const before = films.value;
        films.value = Array.from({ length }, (_, i) => (i === place ? film : (before[i] ?? null)));
        return;
      }
      case 'beside':
        return batch(() => {
          this.beside.value = message.model;
          if (!message.model) this.filmsBeside.value = [];
        });
      case 'stage':
        return this.line?.hear(message.message);
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
      this.training.value = training;
      if (training.taken === (before?.taken ?? 0)) return;
      if (!training.moment) this.films.value = [];
      this.settings.value = training.settings;
      this.grid.value = training.grid;
    });
  }

  private lose(fault: Fault): void {
    this.line?.fail(fault.cause);
    if (this.line) this.studio.engine.takeBack();
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
