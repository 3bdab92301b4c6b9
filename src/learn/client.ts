/**
 * The page's side of a training: starts the worker, passes messages on. What it is not: it keeps nothing and understands nothing
 * of what is said (app/learn does).
 */
import { trustedScript } from '../offline/trusted-script';
import { learnerName, type FromLearner, type ToLearner } from './protocol';
import workerUrl from '../engine/worker.ts?worker&url';

/** What the client needs of a Worker. */
export interface LearnerWorker {
  postMessage(message: ToLearner): void;
  addEventListener(type: 'message', listener: (event: { readonly data: FromLearner }) => void): void;
  addEventListener(type: 'error' | 'messageerror', listener: (event: unknown) => void): void;
  terminate(): void;
}

export class LearnClient {
  private readonly worker: LearnerWorker;
  private waiting: ToLearner[] | null = []; // until the worker listens

  /** Opens the training that was kept, if one was. `hear` hears everything that the worker says. Throws where no worker can be had. */
  constructor(
    hear: (message: FromLearner) => void,
    startWorker: () => LearnerWorker = ownWorker,
    wasmUrl = 'wasm/', // relative to the page
  ) {
    this.worker = startWorker();
    this.worker.addEventListener('message', ({ data }) => {
      if (data.type === 'awake') this.flush();
      hear(data);
    });
    for (const type of ['error', 'messageerror'] as const)
      this.worker.addEventListener(type, (event) => hear({ type: 'failed', fault: stopped(event) }));
    this.send({ type: 'open', wasmUrl: new URL(wasmUrl, document.baseURI).href });
  }

  send(message: ToLearner): void {
    if (this.waiting) this.waiting.push(message);
    else this.worker.postMessage(message);
  }

  dispose(): void {
    this.worker.terminate();
  }

  private flush(): void {
    const waiting = this.waiting ?? [];
    this.waiting = null;
    for (const message of waiting) this.worker.postMessage(message);
  }
}

function stopped(event: unknown) {
  const { message = '' } = event as { message?: string };
  return {
    name: 'WorkerError',
    cause: `The worker in which the network learns has stopped${message ? ` (${message})` : ''}.`,
    next: 'Check the connection, then reload the page.',
  };
}

function ownWorker(): LearnerWorker {
  return new Worker(trustedScript(workerUrl), { type: 'module', name: learnerName }) as LearnerWorker;
}
