/** Every message between the page and the worker that owns the decoder. One request at a time. */
import type { ClipShape } from '../sampling/types';
import type { BackendName, Fault, WhyNot } from './protocol';

/** The name of its worker, by which that knows what it is. */
export const decoderName = 'snowglobe decoder';

export interface DecoderInfo {
  readonly backend: BackendName;
  /** Each faster way that was missed, best first. */
  readonly whyNot: readonly WhyNot[];
  /** Why this backend and not a better one, or which adapter: one plain sentence. */
  readonly reason: string;
  readonly name: string; // of the weights
  readonly sha256?: string; // of them
  readonly parameters: number;
}

/** A decoded frame, ready for ImageData: 4 bytes a pixel, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** What is to be decoded. */
export interface DrawRequest {
  readonly clip: Float32Array; // a guess: 3 x frames x height x width, -1 .. 1
  readonly shape: ClipShape; // height and width are multiples of 4
  readonly prompt: string;
  readonly frames: readonly number[]; // which of its frames, from 0
}

export type ToDecoder =
  | {
      readonly type: 'load';
      readonly modelUrl: string;
      readonly wasmUrl: string;
      readonly backend?: BackendName;
      /** Why no better backend is tried, as the rest of a sentence that begins with "because". */
      readonly because?: string;
      readonly keeps?: false; // nothing on this device
    }
  | ({ readonly type: 'draw' } & DrawRequest);

export type FromDecoder =
  | { readonly type: 'ready'; readonly info: DecoderInfo }
  | { readonly type: 'drawn'; readonly pictures: readonly Picture[] } // one a frame, in the order asked for
  | { readonly type: 'not-drawn'; readonly fault: Fault } // of this request alone
  | { readonly type: 'failed'; readonly fault: Fault }; // nothing more can be expected of this worker
