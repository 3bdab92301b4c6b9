/**
 * What can be set: the range of every number, what stands where a setting is left out, and the check that says no.
 * What it is not: it clamps nothing. A page that would rather clamp than refuse reads `ranges`.
 */
import { SettingsError } from './errors';
import { rules } from './guidance';
import { checkCurve, schedules } from './schedule';
import { solvers } from './solvers';
import { checkStart } from './start';
import type { Guidance, RunSettings } from './types';

export interface Range {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean; // integers only
}

/** Beside each: what too little and too much of it look like. */
export const ranges = {
  seed: { min: 0, max: 4294967295, whole: true },
  steps: { min: 1, max: 100, whole: true }, // 1 is the mean of all that could be, a blur; many are only waiting
  scale: { min: 0, max: 30, whole: false }, // 0 ignores the words; much glares, see each rule, which may end it sooner
  from: { min: 0, max: 1, whole: false }, // late: what the words ask for is decided without them
  to: { min: 0, max: 1, whole: false }, // early: fewer colours pushed too far, and less cost
  rescale: { min: 0, max: 1, whole: false }, // much: grey and flat
  parallel: { min: 0, max: 1, whole: false }, // 1: the glare of CFG is back
  bound: { min: 0, max: 2, whole: false }, // 0: none; near 0: as if there were no guidance
  momentum: { min: -0.9, max: 0.9, whole: false }, // 0: none; near -0.9 pushes take each other back; above 0 they pile up
  shift: { min: 0.1, max: 10, whole: false }, // much: steps crowd in the noise and the last ones are leaps
  eta: { min: 0, max: 2, whole: false }, // 0: no fresh noise; above 1 ddim keeps grain
  churn: { min: 0, max: 2, whole: false }, // 0: no fresh noise; much: long steps, so it wants more of them
} as const satisfies Record<string, Range>;

/** Settings with nothing left out. */
export type CompleteSettings = Required<Omit<RunSettings, 'guidance'>> & { readonly guidance: Required<Guidance> };

/** What stands where an optional setting is left out. With these a run is what it was before the setting existed. */
export const unset = {
  schedule: 'uniform',
  curve: [0.25, 0.5, 0.75], // a straight line
  shift: 1,
  backwards: false,
  eta: 1,
  churn: 0.5,
  start: [],
} as const satisfies Partial<RunSettings>;
export const unsetGuidance = {
  rule: 'cfg',
  rescale: 0,
  parallel: 0,
  bound: 0,
  momentum: 0,
} as const satisfies Partial<Guidance>;

export function complete(settings: RunSettings): CompleteSettings {
  return { ...unset, ...given(settings), guidance: { ...unsetGuidance, ...given(settings.guidance) } };
}

/** Throws a SettingsError that names the first setting that no run can be made of. */
export function checkSettings(settings: RunSettings): void {
  const { guidance, ...all } = complete(settings);
  checkNumber('seed', all.seed, ranges.seed);
  checkNumber('steps', all.steps, ranges.steps);
  checkName('sampler', all.sampler, solvers);
  checkName('schedule', all.schedule, schedules);
  checkCurve(all.curve);
  checkNumber('shift', all.shift, ranges.shift);
  if (typeof all.backwards !== 'boolean') throw new SettingsError('backwards', all.backwards, 'true or false');
  checkNumber('eta', all.eta, ranges.eta);
  checkNumber('churn', all.churn, ranges.churn);
  checkStart(all.start);

  checkName('guidance rule', guidance.rule, rules);
  checkNumber('guidance scale', guidance.scale, { ...ranges.scale, max: rules[guidance.rule].most });
  checkNumber('guidance from', guidance.from, ranges.from);
  if (!(guidance.to >= guidance.from && guidance.to <= 1))
    throw new SettingsError('guidance to', guidance.to, `a number from ${guidance.from} (guidance from) to 1`);
  checkNumber('guidance rescale', guidance.rescale, ranges.rescale);
  checkNumber('guidance parallel', guidance.parallel, ranges.parallel);
  checkNumber('guidance bound', guidance.bound, ranges.bound);
  checkNumber('guidance momentum', guidance.momentum, ranges.momentum);
}

function checkNumber(setting: string, value: number, { min, max, whole }: Range): void {
  // The first comparison is false for NaN.
  if (value >= min && value <= max && (!whole || Number.isInteger(value))) return;
  throw new SettingsError(setting, value, `a ${whole ? 'whole ' : ''}number from ${min} to ${max}`);
}

function checkName(setting: string, value: string, registry: object): void {
  if (typeof value === 'string' && Object.hasOwn(registry, value)) return;
  throw new SettingsError(setting, value, Object.keys(registry).join(', '));
}

/** A key whose value is undefined counts as left out. */
function given<T extends object>(settings: T): T {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as T;
}
