/**
 * The page's side of a training: starts the worker, passes messages on. What it is not: it keeps nothing and understands nothing
 * of what is said (sessions/learn does).
 */
import { trustedScript } from '../offline/trusted-script';
import { learnerName, type FromLearner, type ToLearner } from '../learn/protocol';
import workerUrl from './worker.ts?worker&url';

/** What the client needs of a Worker. */
export interface LearnerWorker {
  postMessage(message: ToLearner): void;
  addEventListener(type: 'message', listener: (event: { readonly data: FromLearner }) => void): void;
  addEventListener(type: 'error' | 'messageerror', listener: (event: unknown) => void): void;
  terminate(): void;
}

/** Seconds without a word from a worker that opens or trains; counted, so that a laptop's sleep is none. */
const patience = 120;

export class LearnClient {
  private readonly worker: LearnerWorker;
  private silence = 0;
  private isWaitedFor = true; // until it is open, and while it trains
  private readonly watch: ReturnType<typeof setInterval>;
  private waiting: ToLearner[] | null = []; // until the worker listens

  /** Opens the training that was kept, if one was. `hear` hears everything that the worker says. Throws where no worker can be had. */
  constructor(
    hear: (message: FromLearner) => void,
    startWorker: () => LearnerWorker = ownWorker,
    wasmUrl = 'wasm/', // relative to the page
  ) {
    this.worker = startWorker();
    this.worker.addEventListener('message', ({ data }) => {
      this.silence = 0;
      if (data.type === 'awake') this.flush();
      if (data.type === 'ready' || data.type === 'failed') this.isWaitedFor = false;
      if (data.type === 'state') this.isWaitedFor = data.state.running;
      hear(data);
    });
    const fail = (message?: string) => {
      this.isWaitedFor = false;
      hear({ type: 'failed', fault: stopped(message) });
    };
    for (const type of ['error', 'messageerror'] as const)
      this.worker.addEventListener(type, (event) => fail((event as { message?: string }).message));
    this.watch = setInterval(() => {
      this.silence = this.isWaitedFor ? this.silence + 1 : 0;
      if (this.silence > patience) fail(`it said nothing for ${patience} seconds`);
    }, 1000);
    this.send({ type: 'open', wasmUrl: new URL(wasmUrl, document.baseURI).href });
  }

  send(message: ToLearner): void {
    if (this.waiting) this.waiting.push(message);
    else this.worker.postMessage(message);
  }

  dispose(): void {
    clearInterval(this.watch);
    this.worker.terminate();
  }

  private flush(): void {
    const waiting = this.waiting ?? [];
    this.waiting = null;
    for (const message of waiting) this.worker.postMessage(message);
  }
}

function stopped(message = '') {
  return {
    name: 'WorkerError',
    cause: `The worker in which the network learns has stopped${message ? ` (${message})` : ''}.`,
    next: 'Check the connection, then reload the page.',
  };
}

function ownWorker(): LearnerWorker {
  return new Worker(trustedScript(workerUrl), { type: 'module', name: learnerName }) as LearnerWorker;
}
