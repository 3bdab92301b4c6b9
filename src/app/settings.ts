/**
 * What a reader can set: the limits of each setting, the defaults, and one cleaned-up prompt.
 * Everything that comes from outside (a link, a text field) passes through here before anybody uses it.
 */
import * as v from 'valibot';
import { unset, unsetGuidance, type CompleteSettings } from '../sampling/settings';
import type { SamplerName } from '../sampling/types';

export interface Limit {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean; // integers only
}

/** The same limits as RunSettings in sampling/types.ts; `steps` and `scale` are what the page offers of them. */
export const limits = {
  seed: { min: 0, max: 2 ** 32 - 1, whole: true },
  steps: { min: 1, max: 100, whole: true },
  guidance: { min: 0, max: 30, whole: false },
  from: { min: 0, max: 1, whole: false },
  to: { min: 0, max: 1, whole: false },
  shift: { min: 0.1, max: 10, whole: false },
} as const satisfies Record<string, Limit>;

export type NumberSetting = keyof typeof limits;

export const samplers = ['euler', 'heun', 'multistep'] as const satisfies readonly SamplerName[];

/** What the big clip shows: `x`, what the model holds, or `guess`, what it believes. */
export const shows = ['x', 'guess'] as const;
export type Show = (typeof shows)[number];

/** Settings with nothing left out. */
export type Settings = CompleteSettings;

/** Multistep is second order for one call of the model a step: the best film for a visitor's waiting time (docs/sampling.md). */
export const defaults: Settings = {
  ...unset,
  seed: 7,
  steps: 24,
  sampler: 'multistep',
  guidance: { ...unsetGuidance, scale: 2, from: 0, to: 1 }, // of 1.5, 2 and 3 the one with most right (models/nano/card.md)
};

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

export interface NumberRead {
  readonly value: number;
  readonly clamped: boolean;
}

/** Text to a number within its limits, or undefined where it is no number at all. */
export function readNumber(text: string, name: NumberSetting): NumberRead | undefined {
  const parsed = v.safeParse(numeral, text);
  if (!parsed.success) return undefined;
  return clampNumber(parsed.output, name);
}

const numeral = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i),
  v.transform(Number),
  v.number(),
);

export function clampNumber(number: number, name: NumberSetting): NumberRead {
  const { min, max, whole } = limits[name];
  const value = Math.min(max, Math.max(min, whole ? Math.round(number) : number)) + 0; // + 0 turns -0 into 0
  return { value, clamped: value !== number };
}
