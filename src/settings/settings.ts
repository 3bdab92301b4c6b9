/**
 * What a reader can set: the table of src/sampling/settings.ts, and what the page adds to it: where each control stands,
 * where its slider ends, words to stay away from and those of a second prompt. Everything that comes from outside (a link, a text field) is kept
 * within its limits here before anybody uses it. What a setting does, and what too much of it looks like, stands in i18n
 * under the same key.
 *
 * The room around it has all that can be set, as plain data, and its link. What it is not: it holds no state (app does).
 */
import * as sampling from '../sampling/settings';
import type { RunSettings } from '../sampling/types';
import { cleanPrompt, promptLength } from '../world/prompt';

/** The settings that are words; none where they are empty. */
export interface Words {
  readonly negative: string; // to stay away from
  readonly then: string; // a second prompt
}

/** Settings with nothing left out. */
export type Settings = sampling.CompleteSettings & Words;

/** What a run or a recording was made of, with nothing left out. */
export function completed({ negative = '', then = '', ...settings }: RunSettings & Partial<Words>): Settings {
  return { ...sampling.complete(settings), negative, then };
}

export const samplers = sampling.table.sampler.options;

/** What the big clip shows: `x`, what the model holds, or `guess`, what it believes. */
export const shows = ['x', 'guess'] as const;
export type Show = (typeof shows)[number];

export const defaults: Settings = completed(sampling.defaults);

// ---------------------------------------------------------------------------------------------------------- the table

/** Where a control stands: at hand, behind a calm disclosure, in the noise lab, or in the views Inside and Make. */
export type Group = 'front' | 'sampler' | 'guidance' | 'steer' | 'schedule' | 'noise' | 'inside' | 'make';
export const groups = [
  'front',
  'sampler',
  'guidance',
  'steer',
  'schedule',
  'noise',
  'inside',
  'make',
] as const satisfies readonly Group[];

interface Placed {
  readonly group: Group;
}

/** `usual` is where the slider ends; the field beside it takes any number within the limits. */
export type NumberSpec = Placed &
  Omit<sampling.NumberSetting, 'applies'> & { readonly usual: number; applies?(settings: Settings): boolean };

/** Words. */
export interface TextSpec extends Placed {
  readonly kind: 'text';
  get(settings: Settings): string;
  put(settings: Settings, value: string): Settings;
  applies?(settings: Settings): boolean;
}

export type Spec = NumberSpec | TextSpec | (Placed & Exclude<sampling.Setting, sampling.NumberSetting>);

const number = (group: Group, setting: sampling.NumberSetting, usual = setting.max): NumberSpec => ({
  ...setting,
  group,
  usual,
});

/** Words to stay away from take the place of none in guidance, which the student has built in. */
const guides = ({ student }: Settings): boolean => !student;

/** Without a second prompt there is nothing to steer to. */
const steers = ({ then }: Settings): boolean => then !== '';

const { table } = sampling;

export const specs = {
  seed: number('front', table.seed),
  student: { group: 'sampler', ...table.student },
  steps: number('front', table.steps),
  sampler: { group: 'sampler', ...table.sampler },
  eta: number('sampler', table.eta),
  churn: number('sampler', table.churn),
  restarts: number('sampler', table.restarts),
  rule: { group: 'guidance', ...table.rule }, // see optionsOf for what is offered of them
  guidance: number('guidance', table.guidance, 12),
  negative: {
    kind: 'text',
    group: 'guidance',
    get: ({ negative }) => negative,
    put: (settings, negative) => ({ ...settings, negative }),
    applies: guides,
  },
  from: number('guidance', table.from),
  to: number('guidance', table.to),
  rescale: number('guidance', table.rescale),
  parallel: number('guidance', table.parallel),
  bound: number('guidance', table.bound),
  momentum: number('guidance', table.momentum),
  schedule: { group: 'schedule', ...table.schedule },
  curve: { group: 'schedule', ...table.curve },
  shift: number('schedule', table.shift),
  backwards: { group: 'schedule', ...table.backwards },
  start: { group: 'noise', ...table.start },
  ablation: { group: 'inside', ...table.ablation },
  format: { group: 'make', ...table.format },
  then: {
    kind: 'text',
    group: 'steer',
    get: ({ then }) => then,
    put: (settings, then) => ({ ...settings, then }),
  },
  at: { ...number('steer', table.at, 30), applies: steers },
  blend: { ...number('steer', table.blend), applies: steers },
} as const satisfies Record<sampling.SettingKey | keyof Words, Spec>;

export type SettingKey = keyof typeof specs;
export const settingKeys = Object.keys(specs) as readonly SettingKey[];

/** The setting that a fault names (src/sampling/errors.ts): "guidance scale" is guidance, "guidance from" is from. */
export function settingNamed(name: string): SettingKey | undefined {
  return sampling.settingKeys.find((key) => table[key].name === name);
}

export function specOf(key: SettingKey): Spec {
  return specs[key];
}

/**
 * What a choice offers. Autoguidance is among it only where the model has an earlier checkpoint to compare with (`weak`),
 * or where it stands there already, out of a link or a file.
 */
export function optionsOf(settings: Settings, key: SettingKey, weak: boolean): readonly string[] {
  const spec = specOf(key);
  if (spec.kind !== 'choice') return [];
  if (key !== 'rule' || weak || settings.guidance.rule === 'auto') return spec.options;
  return spec.options.filter((rule) => rule !== 'auto');
}

/** The range that a number has beside the other settings. */
export function rangeOf(settings: Settings, key: SettingKey): sampling.Range {
  return sampling.rangeOf(settings, key as sampling.SettingKey);
}

// --------------------------------------------------------------------------------------------------- values and texts

const isWords = (key: SettingKey): key is keyof Words => key === 'negative' || key === 'then';

/** A setting's value as a link and a text field write it: characters that an address leaves alone. */
export function textOf(settings: Settings, key: SettingKey): string {
  return isWords(key) ? settings[key] : sampling.textOf(settings, key);
}

export interface SettingRead {
  readonly settings: Settings;
  readonly used: string; // what was taken, as text
  readonly clamped: boolean; // it is not what was given
}

/** Puts a text into a setting, within its limits. Undefined where it can't be read as one. */
export function readSetting(settings: Settings, key: SettingKey, text: string): SettingRead | undefined {
  const taken = (next: Settings, clamped = false) => ({ settings: next, used: textOf(next, key), clamped });
  if (isWords(key)) {
    const words = cleanPrompt(text);
    return taken({ ...settings, [key]: words }, words !== text);
  }
  const spec = specOf(key);
  if (spec.kind === 'number') {
    const read = readNumber(text, rangeOf(settings, key));
    return read && taken(spec.put(settings, read.value), read.clamped);
  }
  try {
    return taken(sampling.withText(settings, key, text));
  } catch {
    return undefined; // the pure rooms refuse with an error what they cannot read; here that is an answer like any other
  }
}

const defaultTexts = Object.fromEntries(settingKeys.map((key) => [key, textOf(defaults, key)]));

/** The default of one setting, all others as they are. */
export function reset(settings: Settings, key: SettingKey): Settings {
  return readSetting(settings, key, defaultTexts[key])?.settings ?? settings;
}

export function isDefault(settings: Settings, key: SettingKey): boolean {
  return textOf(settings, key) === defaultTexts[key];
}

/** Keys whose values differ, in the order of the table. */
export function changes(a: Settings, b: Settings): SettingKey[] {
  return settingKeys.filter((key) => textOf(a, key) !== textOf(b, key));
}

export interface NumberRead {
  readonly value: number;
  readonly clamped: boolean;
}

/** Text to a number within its limits, or undefined where it is none, or could be two: see `sampling.readNumber`. */
export function readNumber(text: string, { min, max, whole }: Omit<sampling.Range, 'name'>): NumberRead | undefined {
  const number = sampling.readNumber(text, whole);
  if (number === undefined) return undefined;
  const value = Math.min(max, Math.max(min, whole ? Math.round(number) : number)) + 0; // + 0 turns -0 into 0
  return { value, clamped: value !== number };
}

// ---------------------------------------------------------------------------------------------------------- the prompt

export { cleanPrompt, promptLength };

/** The longest prompt in tokens that `nano` reads (`text_length` of the model), <start> included. */
export const promptTokens = 28;
