/**
 * Reads clips beside the page: in a worker of its own, or, where there is none or it dies or falls silent, in the page's
 * idle moments, one clip at a time. Nobody downstream can tell, except by the time it takes.
 *
 * What it is not: it chooses nothing. Which clip is read when is `app/seeing.ts`.
 */
import type { Reading } from '../reading/types';
import { trustedScript } from '../offline/trusted-script';
import type { ClipShape } from '../sampling/types';
import type { FromReader, ToReader } from './reader-protocol';
import workerUrl from './reader-worker.ts?worker&url';

export interface ReaderPort {
  /** Rejects with the reader's own error (cause, next) where the clip can't be read. */
  read(clip: Float32Array, shape: ClipShape): Promise<Reading>;
  dispose(): void;
}

/** What the reader needs of a Worker. */
export interface ReaderWorker {
  postMessage(message: ToReader): void;
  addEventListener(type: 'message', listener: (event: { readonly data: FromReader }) => void): void;
  addEventListener(type: 'error' | 'messageerror', listener: () => void): void;
  terminate(): void;
}

/** Seconds that a clip may take, fifty times what it does. Counted while the page is awake, so that a laptop may sleep. */
const patience = 60;

interface Waiting {
  readonly message: ToReader;
  resolve(reading: Reading): void;
  reject(thrown: unknown): void;
}

export function createReader(
  startWorker: () => ReaderWorker = ownWorker,
  idle: () => Promise<void> = whenIdle,
): ReaderPort {
  const waiting = new Map<number, Waiting>();
  let nextId = 0;
  let worker: ReaderWorker | undefined;
  let silence = 0; // seconds
  let watch: ReturnType<typeof setInterval> | undefined;

  async function readIdly({ message: { id, clip, shape }, resolve, reject }: Waiting): Promise<void> {
    try {
      const { readClip } = await import('../reading/read');
      await idle();
      if (waiting.has(id)) resolve(readClip(clip, shape));
    } catch (thrown) {
      reject(thrown);
    }
    waiting.delete(id);
  }

  /** The worker is gone: what it was reading is read here. */
  const giveUp = () => {
    clearInterval(watch);
    worker?.terminate();
    worker = undefined;
    for (const each of waiting.values()) void readIdly(each);
  };

  const listen = () => {
    silence = waiting.size > 0 ? silence + 1 : 0;
    if (silence > patience) giveUp();
  };

  try {
    worker = startWorker();
    watch = setInterval(listen, 1000);
    worker.addEventListener('error', giveUp);
    worker.addEventListener('messageerror', giveUp);
    worker.addEventListener('message', ({ data }) => {
      const asked = waiting.get(data.id);
      waiting.delete(data.id);
      silence = 0;
      if ('reading' in data) asked?.resolve(data.reading);
      else asked?.reject(Object.assign(new Error(data.fault.cause), data.fault));
    });
  } catch {
    worker = undefined; // a browser without module workers
  }

  return {
    read: (clip, shape) =>
      new Promise((resolve, reject) => {
        const each: Waiting = { message: { id: nextId++, clip, shape }, resolve, reject };
        waiting.set(each.message.id, each);
        if (worker) worker.postMessage(each.message);
        else void readIdly(each);
      }),
    dispose() {
      waiting.clear();
      clearInterval(watch);
      worker?.terminate();
    },
  };
}

function ownWorker(): ReaderWorker {
  return new Worker(trustedScript(workerUrl), { type: 'module', name: 'snowglobe reader' }) as ReaderWorker;
}

/** Safari has no requestIdleCallback. */
function whenIdle(): Promise<void> {
  return new Promise((done) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => done(), { timeout: 500 });
    else setTimeout(done, 50);
  });
}
