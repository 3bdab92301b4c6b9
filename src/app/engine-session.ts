/**
 * The model and its worker: loaded, mended, lost, loaded again. It knows the engine only as a port, so that tests bring
 * their own, and the first screen loads none of it.
 */
import { batch } from '@preact/signals-core';
import type { EngineInfo, OtherProgress, ProbedBlock, ProbeRequest, RunRequest, WordVectors } from '../engine/protocol';
import type { Breakdown } from '../workers/steady';
import { shapeOf } from '../sampling/formats';
import type { ClipShape, Step } from '../sampling/types';
import { isAbort, toFault } from '../engine/faults';
import { command, Session, type Facts } from './session';
import type { Settings } from '../settings/settings';
import type { EngineState, LoadStage } from './state';

/** What the studio needs of an engine. `workers/steady` has it. */
export interface EnginePort {
  /** Where it breaks and loads itself anew, `onProgress` is told again, and `onBreakdown` what came of it. */
  load(
    onProgress: (progress: { stage: LoadStage; done: number; total: number }) => void,
    onBreakdown: (breakdown: Breakdown) => void,
  ): Promise<EngineInfo>;
  /** `onOther` hears how far another network of the model is loaded, where the run is the first that asks it. */
  run(request: RunRequest, signal: AbortSignal, onOther: (progress: OtherProgress) => void): AsyncIterable<Step>;
  /** A look inside one model call, block by block. It waits for a run that goes on, and breaks none. */
  probe(request: ProbeRequest, signal: AbortSignal): AsyncIterable<ProbedBlock>;
  /** The learned vectors of its words. */
  vectors(signal: AbortSignal): Promise<WordVectors>;
  dispose(): void;
}

/** Faults of a run that leave the engine alive. */
const ownFaults: readonly string[] = [
  'SettingsError',
  'ConditionError',
  'GuessError',
  'RunawayError',
  'WeakModelError',
  'FormatError',
  'StudentError',
];

type Own = 'engine' | 'guest' | 'queued' | 'trouble' | 'mended' | 'otherLoading';

export class EngineSession extends Session<Own> {
  private port: EnginePort | null = null;
  private disposals = 0;
  private guest: EnginePort | null = null; // a network of one's own, which is asked in the place of the model
  private home: EngineState = { phase: 'waiting' }; // where the model stands meanwhile
  private left = () => {};

  /** `onReady` hears that a model is there, for the first time or again. */
  constructor(
    state: Facts<Own>,
    private readonly create: () => Promise<EnginePort>,
    private readonly onReady: () => Promise<void>,
  ) {
    super(state);
  }

  /** Of the model that is loaded; null while there is none. */
  get info(): EngineInfo | null {
    const engine = this.state.engine.value;
    return engine.phase === 'ready' && this.asked ? engine.info : null;
  }

  private get asked(): EnginePort | null {
    return this.guest ?? this.port;
  }

  /**
   * Until `takeBack` this network answers in the place of the model: runs, looks inside, the laboratory. `left` hears that it
   * does no more. Rejects where it can't.
   */
  async lend(guest: EnginePort, left: () => void): Promise<void> {
    const { state } = this;
    const info = await guest.load(
      () => {},
      () => {},
    );
    batch(() => {
      if (this.guest) this.guest.dispose();
      else this.home = state.engine.value;
      [this.guest, this.left] = [guest, left];
      state.guest.value = true;
      state.engine.value = { phase: 'ready', info };
    });
  }

  /** The model answers again. */
  @command
  takeBack(): void {
    if (!this.guest) return;
    this.guest.dispose();
    this.guest = null;
    batch(() => {
      this.state.guest.value = false;
      this.stand(this.home);
    });
    this.left();
  }

  async load(): Promise<void> {
    const { state } = this;
    if (this.where.phase === 'loading') return;
    this.stand({ phase: 'loading', stage: 'backend', done: 0, total: 0 });
    if (state.trouble.value?.retry === 'engine') state.trouble.value = null;
    this.port?.dispose();
    this.port = null;
    try {
      const { disposals } = this;
      const port = await this.create();
      if (disposals !== this.disposals) return port.dispose(); // the page has gone meanwhile
      this.port = port;
      const info = await port.load(
        ({ stage, done, total }) => {
          if (this.port === port) this.stand({ phase: 'loading', stage, done, total });
        },
        (breakdown) => this.port === port && this.brokeDown(breakdown),
      );
      this.stand({ phase: 'ready', info });
    } catch (thrown) {
      const fault = toFault(thrown);
      batch(() => {
        this.stand({ phase: 'failed', fault });
        state.queued.value = false;
        state.trouble.value = { fault, retry: 'engine' };
      });
      return;
    }
    await this.onReady();
  }

  /** Of the films that these settings ask for; null before there is a model. */
  shapeOf({ format }: Pick<Settings, 'format'>): ClipShape | null {
    return this.info && shapeOf(format, this.info.shape);
  }

  /** The steps of a live run. A fault that ends the engine is noted before it is passed on. */
  async *steps(request: RunRequest, signal: AbortSignal): AsyncIterable<Step> {
    const { asked: port, state } = this;
    if (!port) throw new Error('No model is loaded.');
    const loading = (progress: OtherProgress | null) => {
      if (!signal.aborted) state.otherLoading.value = progress;
    };
    const stopped = () => (state.otherLoading.value = null);
    signal.addEventListener('abort', stopped);
    try {
      for await (const step of port.run(request, signal, loading)) {
        loading(null);
        yield step;
      }
    } catch (thrown) {
      loading(null);
      const fault = toFault(thrown);
      // Settings and guesses leave the engine alive; after any other fault trying again means loading it again.
      const alive = signal.aborted || isAbort(thrown) || ownFaults.includes(fault.name);
      if (!alive && this.guest === port) this.takeBack();
      else if (!alive && this.port === port) this.stand({ phase: 'failed', fault });
      throw thrown;
    } finally {
      signal.removeEventListener('abort', stopped);
    }
  }

  /** The blocks of a probe. A fault of it is its own: where the engine is the one that broke, that is told in its own way. */
  probe(request: ProbeRequest, signal: AbortSignal): AsyncIterable<ProbedBlock> {
    if (!this.asked) throw new Error('No model is loaded.');
    return this.asked.probe(request, signal);
  }

  /** The learned vectors of the words. */
  async vectors(signal: AbortSignal): Promise<WordVectors> {
    if (!this.asked) throw new Error('No model is loaded.');
    return this.asked.vectors(signal);
  }

  dispose(): void {
    this.disposals += 1;
    this.takeBack();
    this.port?.dispose();
    this.port = null;
  }

  /** Where the model stands, whoever is asked. */
  private get where(): EngineState {
    return this.guest ? this.home : this.state.engine.value;
  }

  private stand(engine: EngineState): void {
    if (this.guest) this.home = engine;
    else this.state.engine.value = engine;
  }

  /** The engine has mended itself (its runs go on by themselves), or could not. */
  private brokeDown({ fault, was, info }: Breakdown): void {
    const { state } = this;
    if (info) {
      batch(() => {
        this.stand({ phase: 'ready', info });
        state.mended.value = { fault, lower: info.backend !== was ? info.backend : null };
      });
      void this.onReady();
    } else
      batch(() => {
        this.stand({ phase: 'failed', fault });
        state.queued.value = false;
        state.trouble.value ??= { fault, retry: 'engine' }; // a run that ended with it has said so
      });
  }
}
