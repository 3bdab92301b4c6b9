/** What the page and the worker that opens pictures say to each other: one picture there; that it was begun, and an answer back. */
import type { How, Opened } from '../pictures/open';
import type { Details, Reason } from '../pictures/types';

export interface ToOpener {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly how: How;
}

export type FromOpener =
  | { readonly begun: true }
  | { readonly opened: Opened }
  | { readonly refused: { readonly reason: Reason; readonly details: Details } };
