/** What the page and the worker that reads clips say to each other. */
import type { Reading } from '../reading/types';
import type { ClipShape } from '../sampling/types';
import type { Fault } from '../engine/protocol';

export interface ToReader {
  readonly id: number;
  readonly clip: Float32Array; // 3 x frames x height x width
  readonly shape: ClipShape;
}

export type FromReader =
  { readonly id: number; readonly reading: Reading } | { readonly id: number; readonly fault: Fault };
