/**
 * Opens pictures beside the page: a worker for each, which is let go of when it takes too long. What comes back is small:
 * the picture in the model's size, and a preview.
 *
 * What it is not: it knows no format (src/pictures does) and no button.
 */
import { trustedScript } from '../offline/trusted-script';
import type { How, Opened } from '../pictures/open';
import { limits, PictureError } from '../pictures/types';
import type { FromOpener, ToOpener } from './opener-protocol';
import workerUrl from './opener-worker.ts?worker&url';

/** What the opener needs of a Worker. */
export interface OpenerWorker {
  postMessage(message: ToOpener): void;
  addEventListener(type: 'message', listener: (event: { readonly data: FromOpener }) => void): void;
  addEventListener(type: 'error' | 'messageerror', listener: () => void): void;
  terminate(): void;
}

export interface OpenerOptions {
  readonly patience?: number; // milliseconds that a picture may take, from when the worker begins with it
  readonly start?: number; // milliseconds until it begins: its script may be slow to come
  readonly startWorker?: () => OpenerWorker;
}

/** Rejects with PictureError, whatever the file is. */
export async function openPicture(
  file: Blob,
  how: How,
  { patience = 2000, start = 120_000, startWorker = ownWorker }: OpenerOptions = {},
): Promise<Opened> {
  if (file.size === 0) throw new PictureError('empty');
  if (file.size > limits.bytes) throw new PictureError('tooLarge', { bytes: file.size });
  const bytes = await bytesOf(file);
  let worker: OpenerWorker;
  try {
    worker = startWorker();
  } catch {
    throw new PictureError('unsupported'); // a browser without module workers
  }
  let [timer, starting]: (ReturnType<typeof setTimeout> | undefined)[] = [];
  try {
    return await new Promise<Opened>((resolve, reject) => {
      const refuse = (reason: PictureError['reason']) => () => reject(new PictureError(reason));
      worker.addEventListener('message', ({ data }) => {
        if ('begun' in data) {
          clearTimeout(starting);
          timer = setTimeout(refuse('tooSlow'), patience);
        } else if ('opened' in data) resolve(data.opened);
        else reject(new PictureError(data.refused.reason, data.refused.details));
      });
      // It did not start; or it stopped, as it does where there is not enough memory.
      worker.addEventListener('error', () => refuse(timer === undefined ? 'unsupported' : 'tooSlow')());
      worker.addEventListener('messageerror', refuse('unsupported'));
      starting = setTimeout(refuse('unreadable'), start); // killed, or its script never comes
      worker.postMessage({ bytes, how });
    });
  } finally {
    clearTimeout(timer);
    clearTimeout(starting);
    worker.terminate();
  }
}

async function bytesOf(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new PictureError('unreadable'); // it was moved, or is a folder
  }
}

function ownWorker(): OpenerWorker {
  return new Worker(trustedScript(workerUrl), { type: 'module', name: 'snowglobe opener' }) as OpenerWorker;
}
