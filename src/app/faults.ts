/** Anything thrown, as the two sentences that the page shows: what happened, and what to do next. */
import type { Fault } from '../engine/protocol';

export function toFault(thrown: unknown): Fault {
  if (thrown instanceof Error) {
    const { cause, next, setting, step } = thrown as { [key in keyof Fault]?: unknown };
    return {
      name: thrown.name,
      cause: typeof cause === 'string' ? cause : thrown.message,
      next: typeof next === 'string' ? next : '',
      ...(typeof setting === 'string' ? { setting } : {}),
      ...(typeof step === 'number' ? { step } : {}),
    };
  }
  return { name: 'Error', cause: String(thrown), next: '' };
}

export function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'AbortError';
}
