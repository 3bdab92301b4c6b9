/** The worker that makes a file of a run, or a run of a file, so that the page never waits for it. It knows no page and no model. */
import { decode, encode } from '../recording/file';
import { toFault } from '../engine/faults';
import type { FromFiler, ToFiler } from './filer-protocol';

const port = globalThis as unknown as {
  postMessage(message: FromFiler, transfer: readonly ArrayBufferLike[]): void;
  addEventListener(type: 'message', listener: (event: { readonly data: ToFiler }) => void): void;
};

async function answer(asked: ToFiler): Promise<void> {
  try {
    if ('write' in asked) {
      const written = await encode(asked.write);
      port.postMessage({ written }, [written.buffer]);
    } else {
      const recording = await decode(asked.read);
      port.postMessage(
        { recording },
        recording.guesses.map(({ buffer }) => buffer),
      );
    }
  } catch (thrown) {
    port.postMessage({ fault: toFault(thrown) }, []);
  }
}

port.addEventListener('message', ({ data }) => void answer(data));
