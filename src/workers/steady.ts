/**
 * An engine that outlives its workers: when one dies (a lost graphics processor, a crash, silence), another takes its
 * place, and every run goes on after the last step that it yielded, as if nothing had been. After two such mendings with
 * no run that came to its end in between, or at once where memory ran out, it goes on to the next slower backend: webgpu, wasm,
 * cpu. What lies below (a recorded run) is the page's.
 *
 * What it is not: it knows no message and no tfjs. It never mends what another worker would not mend: settings, weights
 * that cannot be had, a guess that is no number.
 */
import { mostPast, type Past } from '../sampling/run';
import type { Step } from '../sampling/types';
import { Engine, EngineError, type EngineOptions, type Progress } from './client';
import { faultOf } from '../engine/errors';
import {
  backendOrder,
  type BackendName,
  type EngineInfo,
  type Fault,
  type OtherProgress,
  type ProbedBlock,
  type ProbeRequest,
  type RunRequest,
  type WordVectors,
} from '../engine/protocol';

/** Mendings on one backend without a run that came to its end. */
const mostMendings = 2;

const names: Readonly<Record<BackendName, string>> = { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'JavaScript' };

/** Faults that a new worker can mend. */
const mendable: readonly string[] = [
  'DeviceLostError',
  'GpuError',
  'GraphError',
  'OutOfMemoryError',
  'WorkerError',
  'SilentError',
  'NotLoadedError',
];

/** The engine broke. With `info` it mended itself and goes on; without, nothing more can be expected of it. */
export interface Breakdown {
  readonly fault: Fault;
  readonly was: BackendName; // where it ran until then
  readonly info?: EngineInfo;
}

export class SteadyEngine {
  private engine: Engine | undefined;
  private loading: Promise<EngineInfo> | undefined;
  private wanted: BackendName; // the best that is still asked for
  private runsOn: BackendName; // what it got
  private because: string | undefined;
  private mendings = 0; // on this backend, since a run came to its end
  private spoke = false; // some worker has said a word, so that another one may
  private onProgress: ((progress: Progress) => void) | undefined;
  private onBreakdown: ((breakdown: Breakdown) => void) | undefined;

  constructor(
    private readonly options: Pick<EngineOptions, 'modelUrl' | 'wasmUrl' | 'backend' | 'keeps' | 'createWorker'>,
  ) {
    this.wanted = this.runsOn = options.backend ?? backendOrder[0];
  }

  /** As Engine.load(). `onProgress` is told again whenever it mends itself, and `onBreakdown` what came of it. */
  load(onProgress?: (progress: Progress) => void, onBreakdown?: (breakdown: Breakdown) => void): Promise<EngineInfo> {
    this.onProgress = onProgress;
    this.onBreakdown = onBreakdown;
    return (this.loading ??= this.keep(this.firstStart()));
  }

  /** As Engine.run(), but a fault of the engine ends it only where no backend is left. */
  async *run(
    request: RunRequest,
    signal?: AbortSignal,
    onOther?: (progress: OtherProgress) => void,
  ): AsyncGenerator<Step, void, undefined> {
    const past: Past[] = []; // copies, because whoever gets a step may do with its arrays what they like
    for (;;) {
      const { loading } = this;
      if (!loading) throw new EngineError('NotLoadedError', 'No model is loaded.', 'Load the model first.');
      await unlessAborted(loading, signal);
      const { engine } = this;
      if (this.loading !== loading || !engine) continue; // it broke again while this run waited
      try {
        for await (const step of engine.run(request, signal, past, onOther)) {
          const { index, x, guess, average } = step;
          past.push({ index, x: x.slice(), guess: guess.slice(), ...(average && { average: average.slice() }) });
          if (past.length > mostPast) past.shift();
          yield step;
        }
        this.mendings = 0;
        return;
      } catch (error) {
        signal?.throwIfAborted();
        if (this.engine === engine) {
          if (!isMendable(error)) throw error;
          this.mend(engine, error);
        } else if (this.loading === undefined) throw error; // it was put away
      }
    }
  }

  /** As Engine.probe(), once the engine is there. Where it breaks, the probe ends with that: asking again is cheap. */
  async *probe(request: ProbeRequest, signal?: AbortSignal): AsyncGenerator<ProbedBlock, void, undefined> {
    await unlessAborted(this.loading, signal);
    if (!this.engine) throw new EngineError('NotLoadedError', 'No model is loaded.', 'Load the model first.');
    yield* this.engine.probe(request, signal);
  }

  /** As Engine.vectors(), once the engine is there. */
  async vectors(signal?: AbortSignal): Promise<WordVectors> {
    await unlessAborted(this.loading, signal);
    if (!this.engine) throw new EngineError('NotLoadedError', 'No model is loaded.', 'Load the model first.');
    return this.engine.vectors(signal);
  }

  dispose(): void {
    const { engine } = this;
    this.engine = this.loading = undefined;
    engine?.dispose();
  }

  /** As `start`; what broke meanwhile and was mended is told once whoever waits for `load()` knows that it is ready. */
  private async firstStart(): Promise<EngineInfo> {
    const faults: Fault[] = [];
    const { wanted } = this;
    const info = await this.start((error) => faults.push(faultOf(error)));
    const { engine } = this;
    if (faults.length > 0)
      setTimeout(() => {
        const was = this.wanted === wanted ? info.backend : wanted; // a backend that was never there has not been left
        if (this.engine === engine) this.onBreakdown?.({ fault: faults[0], was, info });
      });
    return info;
  }

  /** A worker on this backend, or, where it breaks while it loads, on the next. Rejects where all of that fails. */
  private async start(onMended?: (error: EngineError) => void): Promise<EngineInfo> {
    for (;;) {
      let ready = false;
      const engine: Engine = new Engine({
        ...this.options,
        backend: this.wanted === backendOrder[0] ? this.options.backend : this.wanted,
        because: this.because,
        onFault: (error) => {
          // While it loads, and while runs go on, those hear of it; else it broke with nobody listening.
          if (ready && this.engine === engine && isMendable(error)) this.mend(engine, error);
        },
      });
      this.engine = engine;
      this.runsOn = this.wanted;
      try {
        const info = await engine.load((progress) => {
          this.spoke = true;
          if (this.engine === engine) this.onProgress?.(progress);
        });
        ready = true;
        this.runsOn = info.backend;
        return info;
      } catch (error) {
        if (this.engine !== engine || !isMendable(error)) throw error;
        // Where no worker ever said a word, none can be started at all: no backend would change that.
        if (!this.spoke) throw error.name === 'WorkerError' ? noScript(error) : error;
        if (!this.stepDown(error)) throw error;
        onMended?.(error);
      }
    }
  }

  /** Another worker in the place of this one. Runs wait for `loading` and then go on. */
  private mend(broken: Engine, error: EngineError): void {
    const { runsOn: was } = this;
    broken.dispose();
    this.engine = undefined;
    const loading = this.keep(this.stepDown(error) ? this.start() : Promise.reject(error));
    this.loading = loading;
    const fault = faultOf(error);
    loading.then(
      (info) => this.loading === loading && this.onBreakdown?.({ fault, was, info }),
      (last: unknown) => this.onBreakdown?.({ fault: faultOf(last), was }),
    );
  }

  /** After a failure nothing is loaded. */
  private keep(loading: Promise<EngineInfo>): Promise<EngineInfo> {
    loading.catch(() => {
      if (this.loading === loading) this.engine = this.loading = undefined;
    });
    return loading;
  }

  /** Counts a fault, and goes on to the next backend where it was one too many. False where there is none. */
  private stepDown({ name, cause }: EngineError): boolean {
    this.mendings += 1;
    const noMemory = name === 'OutOfMemoryError';
    if (!noMemory && this.mendings <= mostMendings) return true;
    const next = backendOrder[backendOrder.indexOf(this.runsOn) + 1];
    if (!next) return false;
    const said = cause.charAt(0).toLowerCase() + cause.slice(1).replace(/\.$/, '');
    this.because = noMemory ? said : `${names[this.runsOn]} broke ${this.mendings} times: ${said}`;
    this.wanted = next;
    this.mendings = 0;
    return true;
  }
}

function isMendable(error: unknown): error is EngineError {
  return error instanceof EngineError && mendable.includes(error.name);
}

/** A script that is not there, is cut off or altered ends its worker before the first word. */
function noScript({ cause }: EngineError): EngineError {
  const next = 'Check the connection, then reload the page.';
  return new EngineError('ScriptError', `The script that runs the model did not start (${cause})`, next);
}

async function unlessAborted(loading: Promise<unknown> | undefined, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal!.reason as Error);
    signal?.addEventListener('abort', abort);
  });
  await Promise.race([loading, aborted]).finally(() => signal?.removeEventListener('abort', abort));
}
