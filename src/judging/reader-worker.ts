/** The worker that reads clips, so that the page never waits for it. It knows clips and nothing else. */
import { readClip } from '../reading/read';
import { toFault } from '../engine/faults';
import type { FromReader, ToReader } from './reader-protocol';

const port = globalThis as unknown as {
  postMessage(message: FromReader): void;
  addEventListener(type: 'message', listener: (event: { readonly data: ToReader }) => void): void;
};

port.addEventListener('message', ({ data: { id, clip, shape } }) => {
  try {
    port.postMessage({ id, reading: readClip(clip, shape) });
  } catch (thrown) {
    port.postMessage({ id, fault: toFault(thrown) });
  }
});
