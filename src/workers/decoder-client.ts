/**
 * The page's hand on the decoder: a worker of its own, so that no step of a run ever waits for a picture, and recorded runs
 * become sharp before the transformer has arrived. Where the worker or its graphics processor dies, it is started once
 * more, on the next slower backend, and what was asked of it is asked again; after that it rejects.
 *
 * What it is not: it chooses nothing. Which frame is decoded when is `app/drawing.ts`.
 */
import { trustedScript } from '../offline/trusted-script';
import {
  decoderName,
  type DecoderInfo,
  type DrawRequest,
  type FromDecoder,
  type Picture,
  type ToDecoder,
} from '../engine/decoder-protocol';
import { EngineError, noWorker, ofMachine } from '../engine/errors';
import { backendOrder, type BackendName } from '../engine/protocol';
import workerUrl from './worker.ts?worker&url'; // one script for both workers, see there

/** What the client needs of a Worker. */
export interface DecoderWorker {
  postMessage(message: ToDecoder): void;
  addEventListener(type: 'message', listener: (event: { readonly data: FromDecoder }) => void): void;
  addEventListener(type: 'error' | 'messageerror', listener: (event: { readonly message?: string }) => void): void;
  terminate(): void;
}

/** Faults that another worker, on the next slower backend, may not have. */
const mendable: readonly string[] = ['DeviceLostError', 'GpuError', 'GraphError', 'OutOfMemoryError', 'WorkerError'];

/** Seconds of silence after which a worker that is asked for something counts as dead. */
const patience = { load: 120, draw: 30 } as const;

interface Promised<T> {
  resolve(value: T): void;
  reject(thrown: unknown): void;
}

export class DecoderClient {
  private worker: DecoderWorker | undefined;
  private loading: Promise<DecoderInfo> | undefined;
  private loaded: Promised<DecoderInfo> | undefined; // ends `loading`
  private ready = false;
  private runsOn: BackendName = backendOrder[0]; // what was asked for, and then what it got
  private startedAgain = false;
  private drawing: (Promised<readonly Picture[]> & { readonly request: DrawRequest }) | undefined;
  private watch: ReturnType<typeof setInterval> | undefined;

  /** modelUrl: folder of the decoder, with a slash at its end; relative to the page, as wasmUrl. startWorker: for tests. keeps: see there. */
  constructor(
    private readonly modelUrl: string,
    private readonly startWorker: () => DecoderWorker = ownWorker,
    private readonly keeps?: false,
    private readonly wasmUrl = 'wasm/',
  ) {}

  /** Where it runs. The same answer until its worker dies, then what came of that. Rejects with an EngineError, for good. */
  load(): Promise<DecoderInfo> {
    return this.loading ?? this.start();
  }

  /** One picture a frame, one request at a time. Rejects with an EngineError. */
  draw(request: DrawRequest): Promise<readonly Picture[]> {
    if (this.drawing) throw new Error('One request at a time.');
    const pictures = new Promise<readonly Picture[]>((resolve, reject) => {
      this.drawing = { resolve, reject, request };
    });
    if (this.ready) this.ask();
    else this.load().catch((thrown) => this.drawing?.reject(thrown)); // else it is asked once it is ready
    return pictures.finally(() => (this.drawing = undefined));
  }

  dispose(): void {
    this.end(new EngineError('DisposedError', 'The decoder was put away.', 'Load it again.'));
  }

  private start(backend?: BackendName, because?: string): Promise<DecoderInfo> {
    if (this.ready || !this.loading) {
      this.ready = false;
      this.loading = new Promise((resolve, reject) => (this.loaded = { resolve, reject }));
      this.loading.catch(() => {}); // whoever called load() hears of it; nobody else needs to
    }
    let worker: DecoderWorker;
    try {
      worker = this.startWorker();
    } catch (thrown) {
      this.end(noWorker(thrown));
      return this.loading;
    }
    this.worker = worker;
    worker.addEventListener('message', ({ data }) => this.worker === worker && this.heard(data));
    const crashed = ({ message }: { readonly message?: string }) => {
      if (this.worker === worker)
        this.died(`The worker that runs the decoder stopped${message ? `: ${message}` : ''}.`);
    };
    worker.addEventListener('error', crashed);
    worker.addEventListener('messageerror', crashed);
    const address = (folder: string) => new URL(folder, document.baseURI).href;
    const folders = { modelUrl: address(this.modelUrl), wasmUrl: address(this.wasmUrl) };
    worker.postMessage({ type: 'load', ...folders, backend, because, keeps: this.keeps });
    this.await('load');
    return this.loading;
  }

  private ask(): void {
    if (!this.drawing) return;
    this.worker?.postMessage({ type: 'draw', ...this.drawing.request });
    this.await('draw');
  }

  private heard(message: FromDecoder): void {
    clearInterval(this.watch);
    if (message.type === 'failed') this.giveUp(EngineError.from(message.fault));
    else if (message.type === 'drawn') this.drawing?.resolve(message.pictures);
    else if (message.type === 'not-drawn') this.drawing?.reject(EngineError.from(message.fault));
    else {
      this.ready = true;
      this.runsOn = message.info.backend;
      this.loaded?.resolve(message.info);
      this.ask();
    }
  }

  /** A worker that is silent for too long is dead. Seconds that a laptop sleeps through do not count. */
  private await(what: keyof typeof patience): void {
    clearInterval(this.watch);
    let silence = 0;
    this.watch = setInterval(() => {
      if (++silence > patience[what])
        this.died(`The worker that runs the decoder has said nothing for ${patience[what]} seconds.`);
    }, 1000);
  }

  private died(cause: string): void {
    const error = new EngineError('WorkerError', cause, 'Load the decoder again, or reload the page.');
    this.giveUp(ofMachine(error) as EngineError);
  }

  /** Once more, on the next slower backend, where that may help; what was asked is asked again. Else everything ends. */
  private giveUp(error: EngineError): void {
    const lower = backendOrder[backendOrder.indexOf(this.runsOn) + 1];
    if (this.startedAgain || !lower || !mendable.includes(error.name)) return this.end(error);
    this.startedAgain = true;
    this.worker?.terminate();
    this.runsOn = lower;
    const { cause } = error;
    void this.start(lower, `the decoder broke: ${cause.charAt(0).toLowerCase()}${cause.slice(1).replace(/\.$/, '')}`);
  }

  private end(error: EngineError): void {
    clearInterval(this.watch);
    this.worker?.terminate();
    this.worker = undefined;
    this.ready = false;
    this.loaded?.reject(error);
    this.loading = Promise.reject(error);
    this.loading.catch(() => {});
    this.drawing?.reject(error);
  }
}

function ownWorker(): DecoderWorker {
  return new Worker(trustedScript(workerUrl), { type: 'module', name: decoderName }) as DecoderWorker;
}
