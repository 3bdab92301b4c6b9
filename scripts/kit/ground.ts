/** What every document of the kit is made of: the strings of a language, what was measured, the recorded runs, the links. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { samplers } from '../../src/settings/settings';
import type { Run } from '../../src/app/state';
import type { Language, Strings } from '../../src/i18n';
import { languages } from '../../src/i18n/all';
import { kit as de } from '../../src/i18n/de/kit';
import { kit as en, type KitNumbers, type KitStrings } from '../../src/i18n/en/kit';
import { glossaryIn } from '../../src/i18n/glossary';
import { storyIn, type StoryStrings } from '../../src/i18n/story';
import { chapterIds, type Answer, type ChapterId } from '../../src/lessons/chapter';
import { chapters } from '../../src/lessons/chapters';
import { facts } from '../../src/lessons/facts';
import { ball, boat, cutTime, fish, rocket } from '../../src/lessons/films';
import { wreckFilm } from '../../src/lessons/wreck';
import { decodeLink, encodeLink } from '../../src/settings/link';
import { runOf, type Measured } from './measure';

const kits = { en, de } as const satisfies Record<Language, KitStrings>;

export interface Ground {
  readonly language: Language;
  readonly strings: Strings;
  readonly story: StoryStrings;
  readonly kit: KitStrings;
  readonly glossary: ReturnType<typeof glossaryIn>;
  readonly numbers: KitNumbers;
  readonly measured: Measured;
  readonly runs: ReadonlyMap<string, Run>; // of those films whose own pixels are shown
}

/** Read when it is asked for: the command may just have measured anew. */
export const readMeasured = (): Measured =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'measured.json'), 'utf8')) as Measured;

export async function groundOf(language: Language): Promise<Ground> {
  const strings = languages[language];
  const measured = readMeasured();
  const { noise, physics, roads } = measured.findings;
  const numbers: KitNumbers = {
    ...facts,
    samplers: samplers.length,
    otherWords: noise.words,
    otherNoise: noise.seeds,
    falls: physics.balls.map(({ g }) => g),
    kept: physics.balls.map(({ kept }) => kept),
    due: physics.due,
    lateChange: roads.late,
  };
  const runs = new Map<string, Run>();
  for (const film of [ball, fish, cutTime, rocket, boat, wreckFilm]) runs.set(film.file, await runOf(film));
  return { language, strings, story: storyIn(strings), kit: kits[language], glossary: glossaryIn(strings), numbers, measured, runs }; // prettier-ignore
}

// -------------------------------------------------------------------------------------------------------------- links

/** From a document (kit/<language>/*.html) to the page. */
export const pageLink = (language: Language, hash = ''): string => `../../?lang=${language}${hash && `#${hash}`}`;

/** A chapter, with the laboratory out of the way. */
export function chapterHash(number: number): string {
  return new URLSearchParams({ view: 'story', chapter: String(number), hide: 'inside.lab.files' }).toString();
}

export const storyHash = new URLSearchParams({ view: 'story', hide: 'inside.lab.files' }).toString();

/** A run like the recorded one, live. */
export function runHash({ prompt, settings }: Pick<Run, 'prompt' | 'settings'>, seed = settings.seed): string {
  const { state } = decodeLink('');
  return encodeLink({ ...state, prompt, settings: { ...settings, seed }, show: 'guess' });
}

// ------------------------------------------------------------------------------------------------ the story's own words

export interface Asked {
  readonly id: string;
  readonly question: string;
  readonly choices: readonly (readonly [key: string, text: string])[]; // none where a number is asked for
}

export const numberOf = (id: ChapterId): number => chapterIds.indexOf(id) + 1;

export function questionsOf({ story }: Ground, id: ChapterId): Asked[] {
  const ask = story.chapters[id].ask as Record<string, { question: string; choices: Record<string, string> }>;
  return Object.entries(ask).map(([key, { question, choices }]) => ({ id: key, question, choices: Object.entries(choices) })); // prettier-ignore
}

/** What came true, for each question of a chapter; the first is what came. */
export function outcomeOf(
  { measured: { findings } }: Ground,
  id: ChapterId,
): Readonly<Record<string, readonly Answer[]>> {
  return chapters[numberOf(id) - 1].outcome(findings[id]);
}

/** What the page says at the end of a chapter to whoever did all of it. */
export function sentenceOf({ story, measured: { findings } }: Ground, id: ChapterId): string {
  return (story.chapters[id].reveal as (finding: unknown) => string)(findings[id]);
}
