/** Anything thrown, as the two sentences that the page shows: what happened, and what to do next. */
import type { Fault } from './protocol';

export function toFault(thrown: unknown): Fault {
  if (thrown instanceof Error) {
    const { cause, next, setting, step } = thrown as { [key in keyof Fault]?: unknown };
    return {
      name: nameOf(thrown),
      cause: typeof cause === 'string' ? cause : thrown.message,
      next: typeof next === 'string' ? next : '',
      ...(typeof setting === 'string' ? { setting } : {}),
      ...(typeof step === 'number' ? { step } : {}),
    };
  }
  return { name: 'Error', cause: String(thrown), next: '' };
}

/** Engines call it a RangeError where they give no more memory. */
function nameOf({ name, message }: Error): string {
  return name === 'RangeError' && /allocation|memory/i.test(message) ? 'OutOfMemoryError' : name;
}

export function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'AbortError';
}
