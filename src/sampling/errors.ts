import type { Condition } from './types';

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

/**
 * The run left all bounds: it is stopped while the numbers still are numbers. `setting` is the likely cause, by the name
 * that SettingsError gives it.
 */
export class RunawayError extends SamplingError {
  override readonly name = 'RunawayError';

  constructor(
    what: string,
    value: number,
    readonly setting: string,
    next: string,
    readonly step: number,
    readonly steps: number,
    readonly t: number,
  ) {
    super(
      `${what} ran away in step ${step + 1} of ${steps} (t = ${Number(t.toFixed(4))}), to ${Number(value.toPrecision(3))} where white is 1`,
      next,
    );
  }
}

/** A condition that this denoiser cannot answer. */
export class ConditionError extends SamplingError {
  override readonly name = 'ConditionError';

  constructor(readonly condition: Condition) {
    super(
      condition === 'weak' ? 'there is no weak model to compare with' : `this model has no condition "${condition}"`,
      condition === 'weak'
        ? 'set guidance rule to another than auto, or load an earlier checkpoint beside the model'
        : 'set guidance rule to cfg',
    );
  }
}
