/** What the page and a worker that packs and unpacks runs say to each other: one message there, one back. */
import type { Fault } from '../engine/protocol';
import type { Recording } from '../recording/recording';

export type ToFiler = { readonly write: Recording } | { readonly read: Uint8Array };

export type FromFiler =
  { readonly written: Uint8Array } | { readonly recording: Recording } | { readonly fault: Fault };
