/**
 * The page's hand on the model: loads it in a worker and turns runs into async iterables of steps.
 *
 * What it is not: it knows nothing of tfjs, and it does not start again by itself (steady.ts does). When the worker or the
 * graphics processor dies, or nothing is heard any more, every run ends with an EngineError that says so, and `load()`
 * begins anew with a fresh worker.
 */
import { trustedScript } from '../offline/trusted-script';
import type { Past } from '../sampling/run';
import type { Step } from '../sampling/types';
import { EngineError, noWorker, ofMachine } from '../engine/errors';
import type {
  BackendName,
  EngineInfo,
  FromWorker,
  OtherProgress,
  ProbedBlock,
  ProbeRequest,
  RunRequest,
  ToWorker,
  WordVectors,
} from '../engine/protocol';
import workerUrl from './worker.ts?worker&url';

export { EngineError } from '../engine/errors';

/** What the engine needs of a Worker. */
export interface WorkerPort {
  postMessage(message: ToWorker): void;
  addEventListener(type: 'message', listener: (event: { readonly data: FromWorker }) => void): void;
  addEventListener(type: 'error' | 'messageerror', listener: (event: { readonly message?: string }) => void): void;
  terminate(): void;
}

export interface EngineOptions {
  /** Folder of the model, with a slash at its end; relative to the page. */
  readonly modelUrl: string;
  /** Folder of the WebAssembly files, likewise; `wasm/` beside the page where none is given. */
  readonly wasmUrl?: string;
  /** The best backend to try (default webgpu); slower ones remain as a fallback. */
  readonly backend?: BackendName;
  /** Why no better one is tried, as the rest of a sentence that begins with "because". */
  readonly because?: string;
  /** Nothing is kept on this device, and nothing looked for. */
  readonly keeps?: false;
  /** Seconds without an answer after which a worker that runs is given up (default 6): more where it has other things to do, too. */
  readonly patience?: number;
  /** Told when the worker was given up, also while nothing runs; not after `dispose()`. */
  readonly onFault?: (error: EngineError) => void;
  /** For tests: another worker than the real one. */
  readonly createWorker?: () => WorkerPort;
}

export type Progress = FromWorker & { readonly type: 'progress' };

type RunMessage = Extract<FromWorker, { readonly id: number }>;

/** A run's letter box: what has come and was not read yet. */
interface Inbox {
  readonly messages: RunMessage[];
  wake(): void;
}

/** Seconds without anything done: from a worker that loads (compiling may take long), and least from one that runs. */
const patience = { backend: 60, weights: 120, 'warm-up': 240, run: 6 } as const;
/** Seconds without any sign of life from a worker that fetches weights: it gives one each second, whatever the network does. */
const pulse = 15;

export class Engine {
  private worker: WorkerPort | undefined;
  private loading: Promise<EngineInfo> | undefined;
  private refuse: ((error: EngineError) => void) | undefined; // ends `loading`
  private ready = false;
  private nextId = 1;
  private readonly inboxes = new Map<number, Inbox>();
  private stage: keyof typeof patience = 'backend';
  private watch: ReturnType<typeof setInterval> | undefined;
  private silence = 0; // seconds since the worker last said that something was done
  private lifeless = 0; // seconds since it last said anything
  private longest = 0; // silence that ended well, since the weights were there

  constructor(private readonly options: EngineOptions) {}

  /**
   * Starts the worker, chooses a backend, fetches and checks the weights, runs once to warm up. Called again, it returns
   * the same promise; after a failure it starts anew. Rejects with an EngineError.
   */
  load(onProgress?: (progress: Progress) => void): Promise<EngineInfo> {
    if (this.loading) return this.loading;
    let worker: WorkerPort;
    try {
      worker = (this.options.createWorker ?? startWorker)();
    } catch (thrown) {
      return Promise.reject(noWorker(thrown));
    }
    this.worker = worker;
    this.loading = new Promise<EngineInfo>((resolve, reject) => {
      this.refuse = reject;
      worker.addEventListener('message', ({ data }) => {
        if (worker !== this.worker) return; // a worker that was given up
        this.heard(data);
        if (data.type === 'progress') onProgress?.(data);
        else if (data.type === 'failed') this.giveUp(EngineError.from(data.fault));
        else if (data.type === 'ready') {
          this.ready = true;
          this.stage = 'run';
          resolve(data.info);
        } else if (data.type !== 'alive') this.deliver(data);
      });
      const crashed = ({ message }: { readonly message?: string }) => {
        if (worker !== this.worker) return;
        const reason = message ? `: ${message}` : '';
        const stopped = new EngineError(
          'WorkerError',
          `The worker that runs the model stopped${reason}`,
          'Load the model again, or reload the page.',
        );
        this.giveUp(ofMachine(stopped) as EngineError);
      };
      worker.addEventListener('error', crashed);
      worker.addEventListener('messageerror', crashed);
      worker.postMessage({
        type: 'load',
        modelUrl: new URL(this.options.modelUrl, document.baseURI).href,
        wasmUrl: new URL(this.options.wasmUrl ?? 'wasm/', document.baseURI).href,
        backend: this.options.backend,
        because: this.options.because,
        keeps: this.options.keeps,
      });
      this.stage = 'backend';
      this.silence = this.lifeless = this.longest = 0;
      clearInterval(this.watch);
      this.watch = setInterval(() => this.listen(), 1000);
    });
    return this.loading;
  }

  /**
   * The steps of a run, as they come, after those in `from` (see RunOptions). Ends with the signal's reason as soon as it
   * is aborted (the model stops within one step), with an EngineError where the run or the engine fails. Leaving the loop
   * aborts too. `onOther` hears how far another network is loaded, where the run is the first that asks for it.
   */
  async *run(
    request: RunRequest,
    signal?: AbortSignal,
    from?: readonly Past[],
    onOther?: (progress: OtherProgress) => void,
  ): AsyncGenerator<Step, void, undefined> {
    const ask = (id: number) => ({ type: 'run' as const, id, request, ...(from?.length ? { from } : {}) });
    for await (const message of this.answers(ask, signal)) {
      if (message.type === 'step') yield message.step;
      else if (message.type === 'other') onOther?.(message);
    }
  }

  /** The blocks of a probe, as they come; otherwise as `run`. It waits for a run that goes on. */
  async *probe(request: ProbeRequest, signal?: AbortSignal): AsyncGenerator<ProbedBlock, void, undefined> {
    for await (const message of this.answers((id) => ({ type: 'probe', id, request }), signal))
      if (message.type === 'block') yield message.block;
  }

  /** Where the network has put its words; otherwise as `probe`. */
  async vectors(signal?: AbortSignal): Promise<WordVectors> {
    let answer: WordVectors | undefined;
    for await (const message of this.answers((id) => ({ type: 'vectors', id }), signal))
      if (message.type === 'vectors') answer = message;
    return answer!; // without one it ends with a fault
  }

  /** What the worker says to one request, up to its end. */
  private async *answers(
    ask: (id: number) => ToWorker,
    signal?: AbortSignal,
  ): AsyncGenerator<RunMessage, void, undefined> {
    signal?.throwIfAborted();
    const worker = this.worker;
    if (!worker || !this.ready) throw new EngineError('NotLoadedError', 'No model is loaded.', 'Load the model first.');
    const id = this.nextId++;
    const inbox: Inbox = { messages: [], wake: () => {} };
    this.inboxes.set(id, inbox);
    this.silence = this.lifeless = 0;
    const abort = () => inbox.wake();
    signal?.addEventListener('abort', abort);
    let ended = false;
    try {
      worker.postMessage(ask(id));
      while (!ended) {
        if (!inbox.messages.length) await new Promise<void>((resolve) => (inbox.wake = resolve));
        signal?.throwIfAborted();
        const message = inbox.messages.shift();
        if (message && isEnd(message)) {
          ended = true;
          if (message.type === 'run-failed') throw EngineError.from(message.fault);
        } else if (message) yield message;
        signal?.throwIfAborted(); // it may have come while the caller looked at the step
      }
    } finally {
      signal?.removeEventListener('abort', abort);
      this.inboxes.delete(id); // whatever still comes for this id is dropped
      if (!ended) worker.postMessage({ type: 'abort', id });
    }
  }

  /** Ends the worker and all runs. `load()` would start anew. */
  dispose(): void {
    this.end(new EngineError('DisposedError', 'The model was put away.', 'Load the model again.'));
  }

  private heard(message: FromWorker): void {
    this.lifeless = 0;
    if (message.type === 'alive') return;
    if ('stage' in message) this.stage = message.stage;
    else if ('id' in message) this.stage = 'run';
    if (this.stage === 'warm-up' || message.type === 'step') this.longest = Math.max(this.longest, this.silence);
    this.silence = 0;
  }

  /**
   * Once a second: has it been quiet for too long? Seconds are counted here, not read from a clock, because a laptop that
   * slept for an hour, or a hidden tab whose timers are slowed down, must not look like a worker that is silent. While it
   * runs it may take six times as long as it ever did; tfjs in plain JavaScript needs many seconds a step.
   */
  private listen(): void {
    const waiting = [...this.inboxes.values()].some(({ messages }) => !messages.some(isEnd));
    if (this.ready && !waiting) return;
    this.silence += 1;
    this.lifeless += 1;
    const dead = this.stage === 'weights' && this.lifeless > pulse;
    const limit = dead
      ? pulse
      : this.stage === 'run'
        ? (this.options.patience ?? patience.run) + 6 * this.longest
        : patience[this.stage];
    if (dead || this.silence > limit)
      this.giveUp(
        new EngineError(
          'SilentError',
          `The worker that runs the model has said nothing for ${limit} seconds.`,
          'Load the model again, or reload the page.',
        ),
      );
  }

  private deliver(message: RunMessage): void {
    const inbox = this.inboxes.get(message.id);
    inbox?.messages.push(message);
    inbox?.wake();
  }

  private giveUp(error: EngineError): void {
    this.end(error);
    this.options.onFault?.(error);
  }

  private end(error: EngineError): void {
    clearInterval(this.watch);
    this.worker?.terminate();
    this.worker = undefined;
    this.ready = false;
    this.loading?.catch(() => {}); // whoever called load() hears of it; nobody else needs to
    this.loading = undefined;
    this.refuse?.(error);
    const fault = { name: error.name, cause: error.cause, next: error.next };
    for (const id of this.inboxes.keys()) this.deliver({ type: 'run-failed', id, fault });
  }
}

/** After these no more comes for a request. */
function isEnd({ type }: RunMessage): boolean {
  return type === 'done' || type === 'aborted' || type === 'run-failed';
}

function startWorker(): WorkerPort {
  return new Worker(trustedScript(workerUrl), { type: 'module', name: 'snowglobe model' }) as WorkerPort;
}
