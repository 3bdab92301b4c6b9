/**
 * What can be set, as one table: name, kind, limits, default, and where in the settings of a run it lies. The page's
 * controls, links and the terminal's options are made from it, and `checkSettings` says no by it.
 * What it is not: it clamps nothing (a page that would rather clamp than refuse does so itself), and it is no place for
 * what a page says of a setting.
 */
import { ablationText, checkAblation, readAblation } from './ablation';
import { SettingsError } from './errors';
import { rules } from './guidance';
import { formats } from './formats';
import { checkCurve, schedules } from './schedule';
import { solvers } from './solvers';
import { checkStart, readStart, startText } from './start';
import { checkName, checkNumber, readNumber } from './values';
import type {
  Ablation,
  FormatName,
  Guidance,
  RuleName,
  RunSettings,
  SamplerName,
  ScheduleName,
  StartOperation,
} from './types';

export { readNumber };

/** Settings with nothing left out. */
export type CompleteSettings = Required<Omit<RunSettings, 'guidance'>> & { readonly guidance: Required<Guidance> };

/** What stands where an optional setting is left out. With these a run is what it was before the setting existed. */
export const unset = {
  schedule: 'uniform',
  curve: [0.25, 0.5, 0.75], // a straight line
  shift: 1,
  student: false,
  backwards: false,
  eta: 1,
  churn: 0.5,
  restarts: 0,
  start: [],
  ablation: [],
  format: 'usual',
  at: 8,
  blend: 1,
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

/** A key whose value is undefined counts as left out. */
function given<T extends object>(settings: T): T {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as T;
}

// ---------------------------------------------------------------------------------------------------------- the table

export interface Range {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean; // integers only
}

interface Common<T> {
  /** The field's word for it: in faults, and beside the terminal's option. */
  readonly name: string;
  /** What it is, in a few words, for the terminal. */
  readonly about: string;
  readonly default: T;
  get(settings: CompleteSettings): T;
  /** The settings with this value, which nobody has checked. */
  put<S extends CompleteSettings>(settings: S, value: T): S;
  /** False where the other settings leave this one without any effect. */
  applies?(settings: CompleteSettings): boolean;
}

export interface NumberSetting extends Common<number>, Range {
  readonly kind: 'number';
  readonly step: number; // of a slider
  /** Where other settings end it sooner. */
  most?(settings: CompleteSettings): number;
}

export interface ChoiceSetting extends Common<string> {
  readonly kind: 'choice';
  readonly options: readonly string[];
}

export interface SwitchSetting extends Common<boolean> {
  readonly kind: 'switch';
}

/** Rising numbers between 0 and 1: the inner points of a dragged schedule. */
export interface CurveSetting extends Common<readonly number[]> {
  readonly kind: 'curve';
}

/** What is done to the starting noise. */
export interface StartSetting extends Common<readonly StartOperation[]> {
  readonly kind: 'start';
}

/** What the network does without. */
export interface AblationSetting extends Common<readonly Ablation[]> {
  readonly kind: 'ablation';
}

export type Setting = NumberSetting | ChoiceSetting | SwitchSetting | CurveSetting | StartSetting | AblationSetting;

type Numbers<T> = { [Key in keyof T]: T[Key] extends number ? Key : never }[keyof T];
type Facts = Omit<NumberSetting, 'kind' | 'name' | 'whole' | 'get' | 'put'> & Partial<Pick<NumberSetting, 'whole'>>;

/** A number that is a field of the settings themselves, and one of the guidance. */
function own(name: Numbers<CompleteSettings>, facts: Facts): NumberSetting {
  const put = <S extends CompleteSettings>(settings: S, value: number) => ({ ...settings, [name]: value });
  return { kind: 'number', name, whole: false, get: (settings) => settings[name], put, ...facts };
}

function guided(name: Numbers<Required<Guidance>>, facts: Facts): NumberSetting {
  const put = <S extends CompleteSettings>(settings: S, value: number) => {
    return { ...settings, guidance: { ...settings.guidance, [name]: value } };
  };
  const get = ({ guidance }: CompleteSettings) => guidance[name];
  return { kind: 'number', name: `guidance ${name}`, whole: false, get, put, ...facts };
}

const isGuided = ({ student }: CompleteSettings) => !student;
const isApg = ({ guidance }: CompleteSettings) => guidance.rule === 'apg';
const share = { min: 0, max: 1, step: 0.05 };

/** In the order of the page. Beside each number: what too little and too much of it look like. */
export const table = {
  seed: own('seed', { about: 'of the starting noise', min: 0, max: 4294967295, whole: true, step: 1, default: 7 }),
  // Before those that it sets: what is said of them beside it comes after.
  student: {
    name: 'student',
    about: 'a network of 4 steps with the guidance built in, so that its scale stays at 1',
    kind: 'switch',
    default: unset.student,
    get: ({ student }) => student,
    put: withStudent,
  },
  // 1 is the mean of all that could be, a blur; many are only waiting
  steps: own('steps', { about: 'denoising steps', min: 1, max: 100, whole: true, step: 1, default: 24 }),
  sampler: {
    name: 'sampler',
    about: 'solver of the way from noise to clip',
    kind: 'choice',
    options: Object.keys(solvers) as SamplerName[],
    // Second order for one call of the model a step: the best film for a visitor's waiting time
    // (docs/decisions/default-sampler.md).
    default: 'multistep',
    get: ({ sampler }) => sampler,
    put: (settings, sampler) => ({ ...settings, sampler: sampler as SamplerName }),
  },
  // 0: no fresh noise; above 1 ddim keeps grain
  eta: own('eta', {
    about: 'fresh noise of the samplers ancestral and ddim',
    min: 0,
    max: 2,
    step: 0.05,
    default: unset.eta,
    applies: ({ sampler }) => sampler === 'ancestral' || sampler === 'ddim',
  }),
  // 0: no fresh noise; much: long steps, so it wants more of them
  churn: own('churn', {
    about: 'fresh noise of the sampler sde',
    min: 0,
    max: 2,
    step: 0.05,
    default: unset.churn,
    applies: ({ sampler }) => sampler === 'sde',
  }),
  // 0: outlines fray; many only cost their calls, since what all noises have in common stays
  restarts: own('restarts', {
    about: 'how often noise is put over the finished clip again; the mean of the guesses is the clip',
    min: 0,
    max: 8,
    whole: true,
    step: 1,
    default: 4,
  }),
  rule: {
    name: 'guidance rule',
    about: 'auto loads an earlier copy of the model',
    kind: 'choice',
    options: Object.keys(rules) as RuleName[],
    default: unsetGuidance.rule,
    applies: isGuided,
    get: ({ guidance }) => guidance.rule,
    put: (settings, name) => {
      const { guidance } = settings;
      const [rule, before] = [name as RuleName, rules[guidance.rule]];
      const { most, usual } = rules[rule];
      const scale = most === before.most ? guidance.scale : usual; // another measure: 1 means something else there
      return { ...settings, guidance: { ...guidance, rule, scale } };
    },
  },
  // 0 ignores the words; much glares, see each rule, which may end it sooner. Of 1.5, 2 and 3 the default is the scale
  // with most right (models/nano/card.md).
  guidance: guided('scale', {
    about: 'guidance scale: how strongly the words pull; 0 to 1 for the rule cfgpp',
    min: 0,
    max: 30,
    step: 0.05,
    default: 2,
    applies: isGuided,
    most: ({ guidance }) => rules[guidance.rule].most,
  }),
  // Late: what the words ask for is decided without them. Not in the first model call, of pure noise: there guidance only
  // pushes the guess out of the range of pictures, and no clip is the better for it
  // (docs/decisions/guidance-from-0.05.md).
  from: guided('from', {
    about: 'the t at which the guidance interval begins',
    ...share,
    default: 0.05,
    applies: isGuided,
    most: ({ guidance }) => guidance.to,
  }),
  // early: fewer colours pushed too far, and less cost
  to: guided('to', { about: 'the t at which it ends', ...share, default: 1, applies: isGuided }),
  // much: grey and flat
  rescale: guided('rescale', {
    about: 'contrast of the plain guess given back',
    ...share,
    default: unsetGuidance.rescale,
    applies: isGuided,
  }),
  // 1: the glare of CFG is back
  parallel: guided('parallel', {
    about: 'push along the guess itself, of the rule apg',
    ...share,
    default: unsetGuidance.parallel,
    applies: isApg,
  }),
  // 0: none; near 0: as if there were no guidance
  bound: guided('bound', {
    about: 'longest push, of the rule apg; 0 is none',
    min: 0,
    max: 2,
    step: 0.05,
    default: unsetGuidance.bound,
    applies: isApg,
  }),
  // 0: none, and not the paper's, since an old link with apg has none; near -0.9 pushes take each other back; above 0 they pile up
  momentum: guided('momentum', {
    about: 'share of the earlier pushes in each, of the rule apg',
    min: -0.9,
    max: 0.9,
    step: 0.05,
    default: unsetGuidance.momentum,
    applies: isApg,
  }),
  schedule: {
    name: 'schedule',
    about: 'time grid',
    kind: 'choice',
    options: Object.keys(schedules) as ScheduleName[],
    default: unset.schedule,
    get: ({ schedule }) => schedule,
    put: (settings, schedule) => ({ ...settings, schedule: schedule as ScheduleName }),
  },
  curve: {
    name: 'curve',
    about: 'inner points of the schedule curve, rising, such as 0.1_0.5_0.9',
    kind: 'curve',
    default: unset.curve,
    get: ({ curve }) => curve,
    put: (settings, curve) => ({ ...settings, curve }),
    applies: ({ schedule }) => schedule === 'curve',
  },
  // much: steps crowd in the noise and the last ones are leaps
  shift: own('shift', {
    about: 'of the time grid; above 1 the steps are smaller where there is more noise',
    min: 0.1,
    max: 10,
    step: 0.1,
    default: unset.shift,
  }),
  backwards: {
    name: 'backwards',
    about: 'tell the model 1 - t in the place of t; a thing to break',
    kind: 'switch',
    default: unset.backwards,
    get: ({ backwards }) => backwards,
    put: (settings, backwards) => ({ ...settings, backwards }),
  },
  start: {
    name: 'start',
    about: 'what is done to the starting noise, such as copy.0.0.15_blend.8.50',
    kind: 'start',
    default: unset.start,
    get: ({ start }) => start,
    put: (settings, start) => ({ ...settings, start }),
  },
  ablation: {
    name: 'ablation',
    about: 'what the network does without, such as time_head.3.2',
    kind: 'ablation',
    default: unset.ablation,
    get: ({ ablation }) => ablation,
    put: (settings, ablation) => ({ ...settings, ablation }),
  },
  // other than usual: patches at places where training never had any
  format: {
    name: 'format',
    about: 'length and shape of the film; other than usual, the model was never trained on it',
    kind: 'choice',
    options: formats,
    default: unset.format,
    get: ({ format }) => format,
    put: (settings, format) => ({ ...settings, format: format as FormatName }),
  },
  // 0: never the first prompt; as many as there are steps: never the second. What is decided by then stays as it is
  at: own('at', {
    about: 'steps that are made before a second prompt, --then, has a say',
    min: 0,
    max: 100,
    whole: true,
    step: 1,
    default: unset.at,
  }),
  // 1: the words change; between: one guess of both, which may be of neither
  blend: own('blend', { about: 'share of the second prompt from then on', ...share, default: unset.blend }),
} as const satisfies Record<string, Setting>;

export type SettingKey = keyof typeof table;
export const settingKeys = Object.keys(table) as readonly SettingKey[];

/** What a run has where nobody sets anything. */
export const defaults: CompleteSettings = complete({
  seed: table.seed.default,
  steps: table.steps.default,
  sampler: table.sampler.default,
  restarts: table.restarts.default,
  guidance: { scale: table.guidance.default, from: table.from.default, to: table.to.default },
});

/** What the student was trained for (training/snowglobe/student.py): its teacher's guidance is in its weights. */
const studentSettings = {
  steps: 4,
  sampler: 'euler',
  schedule: 'uniform',
  shift: 1,
  restarts: 0, // it was never taught their noise level
  guidance: { ...unsetGuidance, scale: 1, from: 0, to: 1 },
} as const satisfies Partial<CompleteSettings>;

/** The student, and the settings that it was trained for; or the model itself, and the defaults of those. */
export function withStudent<S extends CompleteSettings>(settings: S, student: boolean): S {
  if (student === settings.student) return settings;
  const { steps, sampler, schedule, shift, restarts, guidance } = student ? studentSettings : defaults;
  return { ...settings, student, steps, sampler, schedule, shift, restarts, guidance };
}

/** What a choice offers beside the other settings. */
function optionsOf({ student }: CompleteSettings, setting: ChoiceSetting): readonly string[] {
  return student && setting.name === table.rule.name ? [studentSettings.guidance.rule] : setting.options;
}

/** The range that a number has beside the other settings. */
export function rangeOf(settings: CompleteSettings, key: SettingKey): Range {
  const { min, max, whole, most } = table[key] as NumberSetting;
  if (key === 'guidance' && settings.student) return { min: 1, max: 1, whole };
  const low = key === 'to' ? settings.guidance.from : min; // an interval keeps its order
  return { min: low, max: most ? most(settings) : max, whole };
}

// ------------------------------------------------------------------------------------------------------------- as text

/** A setting's value as a link, a text field and a terminal write it: characters that an address leaves alone. */
export function textOf(settings: CompleteSettings, key: SettingKey): string {
  const setting: Setting = table[key];
  switch (setting.kind) {
    case 'switch':
      return setting.get(settings) ? '1' : '0';
    case 'curve':
      return setting.get(settings).join('_');
    case 'start':
      return startText(setting.get(settings));
    case 'ablation':
      return ablationText(setting.get(settings));
    default:
      return String(setting.get(settings));
  }
}

/**
 * Puts a text into a setting. A number may be out of its range: `checkSettings` says so, or `rangeOf` where to clamp it.
 * Throws SettingsError where the text can't be read as such a value.
 */
export function withText<S extends CompleteSettings>(settings: S, key: SettingKey, text: string): S {
  const setting: Setting = table[key];
  switch (setting.kind) {
    case 'number': {
      const number = readNumber(text, setting.whole);
      if (number === undefined) throw new SettingsError(key, `"${text}"`, 'a number');
      return setting.put(settings, number);
    }
    case 'choice':
      checkName(setting.name, text, optionsOf(settings, setting));
      return setting.put(settings, text);
    case 'switch':
      if (text !== '1' && text !== '0') throw new SettingsError(setting.name, text, '1 or 0');
      return setting.put(settings, text === '1');
    case 'curve': {
      const points = text.split('_').map((part) => readNumber(part) ?? NaN);
      checkCurve(points);
      return setting.put(settings, points);
    }
    case 'start':
      return setting.put(settings, readStart(text));
    case 'ablation':
      return setting.put(settings, readAblation(text));
  }
}

// --------------------------------------------------------------------------------------------------------------- check

/** Throws a SettingsError that names the first setting that no run can be made of. */
export function checkSettings(settings: RunSettings): void {
  const all = complete(settings);
  for (const key of settingKeys) {
    const setting: Setting = table[key];
    const { name } = setting;
    switch (setting.kind) {
      case 'number':
        checkNumber(name, setting.get(all), key === 'from' ? setting : rangeOf(all, key)); // `to` says that they cross
        break;
      case 'choice':
        checkName(name, setting.get(all), optionsOf(all, setting));
        break;
      case 'switch':
        if (typeof setting.get(all) !== 'boolean') throw new SettingsError(name, setting.get(all), 'true or false');
        break;
      case 'curve':
        checkCurve(setting.get(all));
        break;
      case 'start':
        checkStart(setting.get(all));
        break;
      case 'ablation':
        checkAblation(setting.get(all));
    }
  }
}
