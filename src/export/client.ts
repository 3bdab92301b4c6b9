/**
 * The page's hand on the worker that packs and checks files. Where there is no worker (a sandboxed frame, an old browser) the page
 * does it itself, and stands still meanwhile.
 *
 * What it is not: it asks one thing at a time. Whoever gives up ends the worker; the next request starts another.
 */
import { trustedScript } from '../offline/trusted-script';
import type { Answer, Compared, ExportFault, FromExporter, Job, Opened, Packs, ToExporter } from './protocol';
import type { Recipe } from './recipe';
import type { Source } from './render';
import { Work } from './work';
import workerUrl from './worker.ts?worker&url';

export interface ExportWorker {
  postMessage(message: ToExporter): void;
  addEventListener(type: 'message', listener: (event: { readonly data: FromExporter }) => void): void;
  addEventListener(type: 'error' | 'messageerror', listener: () => void): void;
  terminate(): void;
}

/** Seconds without a word in which somebody waits; counted, so that a laptop's sleep is none. */
const patience = 120;

type OnProgress = (done: number, total: number) => void;

/** What went wrong there: `name`, `cause` and `next` as it was said. */
export class ExportError extends Error {
  override readonly cause: string;
  readonly next: string;

  constructor({ name, cause, next }: ExportFault) {
    super(cause);
    this.name = name;
    this.cause = cause;
    this.next = next;
  }
}

export class Exporter {
  private worker: ExportWorker | undefined;
  private here: Work | undefined; // in the place of a worker
  private silence = 0; // seconds
  private pending: { resolve(answer: Answer): void; reject(thrown: unknown): void; onProgress: OnProgress } | undefined;

  constructor(private readonly startWorker: () => ExportWorker = ownWorker) {}

  async make(job: Job, onProgress: OnProgress, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    return (await this.ask({ type: 'make', job }, 'made', onProgress, signal)).bytes;
  }

  async probe(): Promise<Packs> {
    return (await this.ask({ type: 'probe' }, 'probed')).packs;
  }

  async open(bytes: Uint8Array<ArrayBuffer>): Promise<Opened> {
    return (await this.ask({ type: 'open', bytes }, 'opened')).opened;
  }

  async compare(recipe: Recipe, source: Source, onProgress: OnProgress, signal: AbortSignal): Promise<Compared> {
    return (await this.ask({ type: 'compare', recipe, source }, 'compared', onProgress, signal)).compared;
  }

  dispose(): void {
    this.stop(new DOMException('The worker was put away.', 'AbortError'));
  }

  private async ask<Type extends Answer['type']>(
    request: ToExporter,
    type: Type,
    onProgress: OnProgress = () => {},
    signal?: AbortSignal,
  ): Promise<Answer & { readonly type: Type }> {
    signal?.throwIfAborted();
    const stop = () => this.stop(signal?.reason);
    signal?.addEventListener('abort', stop);
    try {
      const answer = await this.answer(request, onProgress);
      signal?.throwIfAborted();
      if (answer.type === 'fault') throw new ExportError(answer.fault);
      return answer as Answer & { readonly type: Type };
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  private answer(request: ToExporter, onProgress: OnProgress): Promise<Answer> {
    if (this.pending) throw new Error('One request at a time.');
    const worker = this.started();
    if (!worker) return this.here!.answer(request, ({ done, total }) => onProgress(done, total));
    this.silence = 0;
    const watch = setInterval(() => ++this.silence > patience && this.died(worker), 1000);
    return new Promise<Answer>((resolve, reject) => {
      this.pending = { resolve, reject, onProgress };
      worker.postMessage(request);
    }).finally(() => {
      clearInterval(watch);
      this.pending = undefined;
    });
  }

  private started(): ExportWorker | undefined {
    if (this.worker || this.here) return this.worker;
    let worker: ExportWorker;
    try {
      worker = this.startWorker();
    } catch {
      this.here = new Work(); // in a browser without module workers, or a frame that may start none
      return undefined;
    }
    worker.addEventListener('message', ({ data }) => {
      if (this.worker !== worker) return;
      this.silence = 0;
      if (data.type === 'progress') this.pending?.onProgress(data.done, data.total);
      else this.pending?.resolve(data);
    });
    worker.addEventListener('error', () => this.died(worker));
    worker.addEventListener('messageerror', () => this.died(worker));
    this.worker = worker;
    return worker;
  }

  private died(worker: ExportWorker): void {
    if (this.worker !== worker) return;
    const next = 'Try again; if it happens again, take a smaller size.';
    this.stop(new ExportError({ name: 'WorkerError', cause: 'The part of the page that packs files stopped.', next }));
  }

  private stop(reason: unknown): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.pending?.reject(reason);
  }
}

function ownWorker(): ExportWorker {
  return new Worker(trustedScript(workerUrl), { type: 'module', name: 'snowglobe files' }) as ExportWorker;
}
