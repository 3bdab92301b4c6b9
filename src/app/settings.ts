/**
 * What a reader can set, as one table: limits, default, where the setting stands in the page, and how it is read from and
 * put into the settings of a run. Controls, links, comparisons and "back to the default" all go through this table, and
 * everything that comes from outside (a link, a text field) is checked against it before anybody uses it. What a setting
 * does, and what too much of it looks like, stands in lessons/strings under the same key.
 */
import * as v from 'valibot';
import { rules } from '../sampling/guidance';
import { checkCurve, schedules } from '../sampling/schedule';
import { complete, ranges, type CompleteSettings, type Range } from '../sampling/settings';
import { solvers } from '../sampling/solvers';
import { readStart, startText } from '../sampling/start';
import type { RuleName, RunSettings, SamplerName, ScheduleName, StartOperation } from '../sampling/types';

/** Settings with nothing left out, and the words to stay away from (none where it is empty). */
export type Settings = CompleteSettings & { readonly negative: string };

/** What a run or a recording was made of, with nothing left out. */
export function completed({ negative = '', ...settings }: RunSettings & { readonly negative?: string }): Settings {
  return { ...complete(settings), negative };
}

export const samplers = Object.keys(solvers) as readonly SamplerName[];

/** What the big clip shows: `x`, what the model holds, or `guess`, what it believes. */
export const shows = ['x', 'guess'] as const;
export type Show = (typeof shows)[number];

/** Multistep is second order for one call of the model a step: the best film for a visitor's waiting time (docs/sampling.md). */
export const defaults: Settings = completed({
  seed: 7,
  steps: 24,
  sampler: 'multistep',
  // Of 1.5, 2 and 3 the scale with most right (models/nano/card.md). Not in the first glance, of pure noise: there it only
  // pushes the guess out of the range of pictures, and no clip is the better for it (docs/sampling.md).
  guidance: { scale: 2, from: 0.05, to: 1 },
});

// ---------------------------------------------------------------------------------------------------------- the table

/** Where a control stands: at hand, behind a calm disclosure, or in the noise lab. */
export type Group = 'front' | 'sampler' | 'guidance' | 'schedule' | 'noise';
export const groups = ['front', 'sampler', 'guidance', 'schedule', 'noise'] as const satisfies readonly Group[];

interface Common<T> {
  readonly group: Group;
  get(settings: Settings): T;
  put(settings: Settings, value: T): Settings;
  /** False where the other settings leave this one without any effect; its control is not shown then. */
  applies?(settings: Settings): boolean;
}

export interface NumberSpec extends Common<number>, Range {
  readonly kind: 'number';
  readonly step: number; // of the slider
  readonly usual: number; // where the slider ends; the field beside it takes any number within the limits
  /** Where other settings end it sooner. */
  most?(settings: Settings): number;
}

export interface ChoiceSpec extends Common<string> {
  readonly kind: 'choice';
  readonly options: readonly string[];
}

export interface SwitchSpec extends Common<boolean> {
  readonly kind: 'switch';
}

/** Rising numbers between 0 and 1: the inner points of a dragged schedule. */
export interface CurveSpec extends Common<readonly number[]> {
  readonly kind: 'curve';
}

/** Words. */
export interface TextSpec extends Common<string> {
  readonly kind: 'text';
}

/** What is done to the starting noise. */
export interface StartSpec extends Common<readonly StartOperation[]> {
  readonly kind: 'start';
}

export type Spec = NumberSpec | ChoiceSpec | SwitchSpec | CurveSpec | TextSpec | StartSpec;

/** A number that is a field of the settings themselves, and one of the guidance. */
function own(
  name: 'seed' | 'steps' | 'shift' | 'eta' | 'churn',
  rest: Pick<NumberSpec, 'group' | 'step' | 'applies'> & { readonly usual?: number },
): NumberSpec {
  const range: Range = ranges[name];
  const [get, put] = [(s: Settings) => s[name], (s: Settings, value: number) => ({ ...s, [name]: value })];
  return { kind: 'number', usual: range.max, ...range, get, put, ...rest };
}

function guided(
  name: 'scale' | 'from' | 'to' | 'rescale' | 'parallel' | 'bound' | 'momentum',
  rest: Pick<NumberSpec, 'step' | 'applies' | 'most'> & { readonly usual?: number },
): NumberSpec {
  const range: Range = ranges[name];
  const get = (s: Settings) => s.guidance[name];
  const put = (s: Settings, value: number) => ({ ...s, guidance: { ...s.guidance, [name]: value } });
  return { kind: 'number', group: 'guidance', usual: range.max, ...range, get, put, ...rest };
}

const isApg = ({ guidance }: Settings) => guidance.rule === 'apg';

export const specs = {
  seed: own('seed', { group: 'front', step: 1 }),
  steps: own('steps', { group: 'front', step: 1 }),
  sampler: {
    kind: 'choice',
    group: 'sampler',
    options: samplers,
    get: ({ sampler }) => sampler,
    put: (settings, sampler) => ({ ...settings, sampler: sampler as SamplerName }),
  },
  eta: own('eta', {
    group: 'sampler',
    step: 0.05,
    applies: ({ sampler }) => sampler === 'ancestral' || sampler === 'ddim',
  }),
  churn: own('churn', { group: 'sampler', step: 0.05, applies: ({ sampler }) => sampler === 'sde' }),
  rule: {
    kind: 'choice',
    group: 'guidance',
    options: Object.keys(rules) as RuleName[], // see optionsOf for what is offered of them
    get: ({ guidance }) => guidance.rule,
    put: (settings, name) => {
      const { guidance } = settings;
      const [rule, before] = [name as RuleName, rules[guidance.rule]];
      const { most, usual } = rules[rule];
      const scale = most === before.most ? guidance.scale : usual; // another measure: 1 means something else there
      return { ...settings, guidance: { ...guidance, rule, scale } };
    },
  },
  guidance: guided('scale', { step: 0.05, usual: 12, most: ({ guidance }) => rules[guidance.rule].most }),
  negative: {
    kind: 'text',
    group: 'guidance',
    get: ({ negative }) => negative,
    put: (settings, negative) => ({ ...settings, negative }),
  },
  from: guided('from', { step: 0.05, most: ({ guidance }) => guidance.to }),
  to: guided('to', { step: 0.05 }),
  rescale: guided('rescale', { step: 0.05 }),
  parallel: guided('parallel', { step: 0.05, applies: isApg }),
  bound: guided('bound', { step: 0.05, applies: isApg }),
  momentum: guided('momentum', { step: 0.05, applies: isApg }), // 0, not the paper's: an old link with apg has none
  schedule: {
    kind: 'choice',
    group: 'schedule',
    options: Object.keys(schedules),
    get: ({ schedule }) => schedule,
    put: (settings, schedule) => ({ ...settings, schedule: schedule as ScheduleName }),
  },
  curve: {
    kind: 'curve',
    group: 'schedule',
    get: ({ curve }) => curve,
    put: (settings, curve) => ({ ...settings, curve }),
    applies: ({ schedule }) => schedule === 'curve',
  },
  shift: own('shift', { group: 'schedule', step: 0.1 }),
  backwards: {
    kind: 'switch',
    group: 'schedule',
    get: ({ backwards }) => backwards,
    put: (settings, backwards) => ({ ...settings, backwards }),
  },
  start: {
    kind: 'start',
    group: 'noise',
    get: ({ start }) => start,
    put: (settings, start) => ({ ...settings, start }),
  },
} as const satisfies Record<string, Spec>;

export type SettingKey = keyof typeof specs;
export const settingKeys = Object.keys(specs) as readonly SettingKey[];

/** The setting that a fault names (src/sampling/errors.ts): "guidance scale" is guidance, "guidance from" is from. */
export function settingNamed(name: string): SettingKey | undefined {
  const key = name === 'guidance scale' ? 'guidance' : name.replace(/^guidance /, '');
  return settingKeys.find((each) => each === key);
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
export function rangeOf(settings: Settings, key: SettingKey): Range {
  const { min, max, whole, most } = specOf(key) as NumberSpec;
  const low = key === 'to' ? settings.guidance.from : min; // an interval keeps its order
  return { min: low, max: most ? most(settings) : max, whole };
}

// --------------------------------------------------------------------------------------------------- values and texts

/** A setting's value as a link and a text field write it: characters that an address leaves alone. */
export function textOf(settings: Settings, key: SettingKey): string {
  const spec = specOf(key);
  switch (spec.kind) {
    case 'switch':
      return spec.get(settings) ? '1' : '0';
    case 'curve':
      return spec.get(settings).join('_');
    case 'start':
      return startText(spec.get(settings));
    default:
      return String(spec.get(settings));
  }
}

export interface SettingRead {
  readonly settings: Settings;
  readonly used: string; // what was taken, as text
  readonly clamped: boolean; // it is not what was given
}

/** Puts a text into a setting, within its limits. Undefined where it can't be read as one. */
export function readSetting(settings: Settings, key: SettingKey, text: string): SettingRead | undefined {
  const spec = specOf(key);
  const taken = (next: Settings, clamped = false) => ({ settings: next, used: textOf(next, key), clamped });
  switch (spec.kind) {
    case 'number': {
      const read = readNumber(text, rangeOf(settings, key));
      return read && taken(spec.put(settings, read.value), read.clamped);
    }
    case 'choice':
      return spec.options.includes(text) ? taken(spec.put(settings, text)) : undefined;
    case 'switch':
      return text === '1' || text === '0' ? taken(spec.put(settings, text === '1')) : undefined;
    case 'curve': {
      const points = text.split('_').map((part) => readNumber(part, { min: 0, max: 1, whole: false })?.value ?? NaN);
      return tried(() => {
        checkCurve(points);
        return taken(spec.put(settings, points));
      });
    }
    case 'text': {
      const clean = cleanPrompt(text);
      return taken(spec.put(settings, clean), clean !== text);
    }
    case 'start':
      return tried(() => taken(spec.put(settings, readStart(text))));
  }
}

/** The pure rooms refuse with an error what they cannot read; here that is an answer like any other. */
function tried<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
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

/**
 * Text to a number within its limits, or undefined where it is none, or could be two. Written as people write numbers:
 * 2.5 and 2,5; a seed or a count also in groups, 1,000 and 1.000 and 1 000. A value like 1,234 that need not be whole is
 * 1.234 to one reader and a thousand to another, so it is refused.
 */
export function readNumber(text: string, limit: Pick<NumberSpec, 'min' | 'max' | 'whole'>): NumberRead | undefined {
  const { min, max, whole } = limit;
  if (/\p{No}/u.test(text)) return undefined; // 5² and ½
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/^[\u2212\u2013]/, '-');
  const groups = /^[+-]?[1-9]\d{0,2}(?:([., '\u2019])\d{3})(?:\1\d{3})*$/.exec(plain);
  if (groups && groups[1] === ',' && !whole) return undefined;
  const parsed = v.safeParse(numeral, groups && whole ? plain.replaceAll(groups[1], '') : plain.replace(',', '.'));
  if (!parsed.success) return undefined;
  const number = parsed.output;
  const value = Math.min(max, Math.max(min, whole ? Math.round(number) : number)) + 0; // + 0 turns -0 into 0
  return { value, clamped: value !== number };
}

const numeral = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i),
  v.transform(Number),
  v.number(),
);

// ---------------------------------------------------------------------------------------------------------- the prompt

/** The longest prompt kept, in characters. The model reads far fewer words; this only keeps links and pages sane. */
export const promptLength = 200;

/** The longest prompt in tokens that `nano` reads (`text_length` of the model), <start> included. */
export const promptTokens = 28;

/**
 * One spelling for a prompt: NFC, no control, direction or other invisible characters, at most `promptLength` characters.
 * Cleaning twice changes nothing.
 */
export function cleanPrompt(text: string): string {
  const visible = text.replace(/\s/gu, ' ').replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu, '');
  return Array.from(visible.normalize('NFC')).slice(0, promptLength).join('');
}
