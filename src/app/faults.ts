/** Anything thrown, as the two sentences that the page shows: what happened, and what to do next. */
import type { Fault } from '../engine/protocol';

export function toFault(thrown: unknown): Fault {
  if (thrown instanceof Error) {
    const { cause, next } = thrown as { cause?: unknown; next?: unknown };
    return {
      name: thrown.name,
      cause: typeof cause === 'string' ? cause : thrown.message,
      next: typeof next === 'string' ? next : '',
    };
  }
  return { name: 'Error', cause: String(thrown), next: '' };
}

export function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'AbortError';
}
