/** The worker that opens pictures, so that the page never waits for one, and can let go of one that takes too long. */
import { PictureError } from '../pictures/types';
import type { FromOpener, ToOpener } from './opener-protocol';
import { unpack } from './unpack';

const port = globalThis as unknown as {
  postMessage(message: FromOpener): void;
  addEventListener(type: 'message', listener: (event: { readonly data: ToOpener }) => void): void;
};

async function answer({ bytes, how }: ToOpener): Promise<void> {
  port.postMessage({ begun: true });
  try {
    port.postMessage({ opened: await unpack(bytes, how) });
  } catch (thrown) {
    const { reason, details } = thrown instanceof PictureError ? thrown : new PictureError('cannot');
    port.postMessage({ refused: { reason, details } });
  }
}

port.addEventListener('message', ({ data }) => void answer(data));
