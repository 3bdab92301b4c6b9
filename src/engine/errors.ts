import type { Fault } from './protocol';

/** Something between the page and a guess went wrong: cause and next step apart, and `message` both in one sentence. */
export class EngineError extends Error {
  /** name: which kind of error, for code that must tell them apart; across the worker, the name of its class there. */
  constructor(
    override readonly name: string,
    override readonly cause: string,
    readonly next: string,
    readonly setting?: string,
  ) {
    super(`${cause.replace(/\.$/, '')}: ${next}`);
  }

  static from({ name, cause, next, setting }: Fault): EngineError {
    return new EngineError(name, cause, next, setting);
  }
}

/** Any error as plain data in whole sentences, for the way from the worker to the page. */
export function faultOf(error: unknown): Fault {
  const { name, message, cause, next, setting }: Error & { next?: unknown; setting?: unknown } =
    error instanceof Error ? error : new Error(String(error));
  return {
    name,
    cause: sentence(typeof cause === 'string' ? cause : message),
    next: sentence(typeof next === 'string' ? next : 'reload the page; if it happens again, please report it'),
    ...(typeof setting === 'string' ? { setting } : {}),
  };
}

/** A capital letter (but not in the name of a file) and a full stop. */
function sentence(text: string): string {
  const begun = /^\S+\.\w/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
