/**
 * Runs to files and back beside the page. Each file gets a worker of its own, which ends with it: a long run is some
 * hundred megabytes, and nobody saves twice a second. Where there is no worker, or it dies or never answers, the page does
 * it itself: the same bytes, but it stands still meanwhile.
 *
 * What it is not: it knows no format (src/recording/file.ts does) and no button.
 */
import { trustedScript } from '../offline/trusted-script';
import { decode, encode } from '../recording/file';
import type { Recording } from '../recording/recording';
import type { FromFiler, ToFiler } from './filer-protocol';
import workerUrl from './filer-worker.ts?worker&url';

/** Seconds that the longest run may take on a slow machine. Counted while the page is awake, so that a laptop may sleep. */
const patience = 180;

/** What the filer needs of a Worker. */
export interface FilerWorker {
  postMessage(message: ToFiler): void;
  addEventListener(type: 'message', listener: (event: { readonly data: FromFiler }) => void): void;
  addEventListener(type: 'error' | 'messageerror', listener: () => void): void;
  terminate(): void;
}

/** The bytes that `encode` makes. Rejects with its error (name, cause, next). */
export async function writeFile(recording: Recording, startWorker = ownWorker): Promise<Uint8Array> {
  const answer = await ask({ write: recording }, startWorker);
  return answer && 'written' in answer ? answer.written : encode(recording);
}

/** The recording that `decode` makes. Rejects with its error (name, cause, next). */
export async function readFile(bytes: Uint8Array, startWorker = ownWorker): Promise<Recording> {
  const answer = await ask({ read: bytes }, startWorker);
  return answer && 'recording' in answer ? answer.recording : decode(bytes);
}

/** Undefined where no worker answers. */
async function ask(message: ToFiler, startWorker: () => FilerWorker): Promise<FromFiler | undefined> {
  const answer = await answerTo(message, startWorker).catch(() => undefined);
  if (answer && 'fault' in answer) throw Object.assign(new Error(answer.fault.cause), answer.fault);
  return answer;
}

async function answerTo(message: ToFiler, startWorker: () => FilerWorker): Promise<FromFiler> {
  const worker = startWorker(); // throws in a browser without module workers
  let watch: ReturnType<typeof setInterval> | undefined;
  try {
    return await new Promise<FromFiler>((resolve, reject) => {
      let silence = 0;
      watch = setInterval(() => ++silence > patience && reject(new Error('it never answered')), 1000);
      worker.addEventListener('message', ({ data }) => resolve(data));
      worker.addEventListener('error', () => reject(new Error('it stopped')));
      worker.addEventListener('messageerror', () => reject(new Error('its answer did not come through')));
      worker.postMessage(message); // throws where there is no room for the copy
    });
  } finally {
    clearInterval(watch);
    worker.terminate();
  }
}

function ownWorker(): FilerWorker {
  return new Worker(trustedScript(workerUrl), { type: 'module', name: 'snowglobe filer' }) as FilerWorker;
}
