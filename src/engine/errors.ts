import type { Fault } from './protocol';

/** Something between the page and a guess went wrong: cause and next step apart, and `message` both in one sentence. */
export class EngineError extends Error {
  /** name: which kind of error, for code that must tell them apart; across the worker, the name of its class there. */
  constructor(
    override readonly name: string,
    override readonly cause: string,
    readonly next: string,
    readonly setting?: string,
    readonly step?: number,
  ) {
    super(`${cause.replace(/\.$/, '')}: ${next}`);
  }

  static from({ name, cause, next, setting, step }: Fault): EngineError {
    return new EngineError(name, cause, next, setting, step);
  }
}

/** Memory ran out, or would: the next backend needs less, or has more. */
export function noMemory(cause: string): EngineError {
  return new EngineError('OutOfMemoryError', cause, 'close other pages and programs, then load the model again');
}

/** `new Worker` threw: an old browser, or a frame that may not start any. */
export function noWorker(thrown: unknown): EngineError {
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  return new EngineError(
    'NoWorkerError',
    `This browser starts no worker for this page (${said})`,
    'Open the page in a tab of its own, in a current browser.',
  );
}

/** What a failed step or a failed start says of the machine below: no memory, a broken GPU, or neither (then as it came). */
export function ofMachine(error: unknown): unknown {
  const { message = '', cause = message } = error as Partial<Error>;
  if (/out of memory|allocation failed|could not allocate/i.test(message))
    return noMemory(`there is not enough memory here (${String(cause)})`);
  // A read-back from a device that was just lost; the loss itself may be reported later than that.
  if (error instanceof DOMException)
    return new EngineError('GpuError', `the graphics processor gave no answer (${message})`, 'load the model again');
  return error;
}

/**
 * An error of the one request that it kept from its answer, as `make` says it; but a broken graphics processor is the whole
 * engine's affair.
 */
export function ofRequest(thrown: unknown, make: (cause: string, next?: string) => EngineError): unknown {
  const error = ofMachine(thrown);
  const { name, message, cause, next } = error as Error & { next?: unknown };
  if (name === 'GpuError' || name === 'DeviceLostError') return error;
  return make(typeof cause === 'string' ? cause : message, typeof next === 'string' ? next : undefined);
}

/** What keeps a look inside from its answer. Runs go on. */
export function probeError(thrown: unknown): unknown {
  return ofRequest(
    thrown,
    (cause, next = 'try again') =>
      new EngineError('ProbeError', `the network could not be looked into (${cause})`, next),
  );
}

/** Any error as plain data in whole sentences, for the way from the worker to the page. */
export function faultOf(error: unknown): Fault {
  const { name, message, cause, next, setting, step }: Error & { next?: unknown; setting?: unknown; step?: unknown } =
    error instanceof Error ? error : new Error(String(error));
  return {
    name,
    cause: sentence(typeof cause === 'string' ? cause : message),
    next: sentence(typeof next === 'string' ? next : 'reload the page; if it happens again, please report it'),
    ...(typeof setting === 'string' ? { setting } : {}),
    ...(typeof step === 'number' ? { step } : {}),
  };
}

/** A capital letter (but not in the name of a file) and a full stop. */
function sentence(text: string): string {
  const begun = /^\S+\.\w/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
