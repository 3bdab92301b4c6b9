/** Faults of a run. Each says its cause and what to do next; `message` is both in one sentence. */
class SamplingError extends Error {
  override readonly cause: string;
  readonly next: string;

  constructor(cause: string, next: string) {
    super(`${cause}: ${next}`);
    this.cause = cause;
    this.next = next;
  }
}

/** Settings that no run can be made of. `setting` names the one at fault. */
export class SettingsError extends SamplingError {
  override readonly name = 'SettingsError';

  constructor(
    readonly setting: string,
    value: unknown,
    wanted: string,
  ) {
    super(`${setting} is ${String(value)}`, `set it to ${wanted}`);
  }
}

/** The model's answer is no guess: not a finite number, or the wrong size. `step` counts from 0, like `Step.index`. */
export class GuessError extends SamplingError {
  override readonly name = 'GuessError';

  constructor(
    what: string,
    readonly step: number,
    readonly steps: number,
    readonly t: number,
  ) {
    super(
      `the model's guess in step ${step + 1} of ${steps} (t = ${Number(t.toFixed(4))}) ${what}`,
      'lower the guidance scale, or load the model again',
    );
  }
}
