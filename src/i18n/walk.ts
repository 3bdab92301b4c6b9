/** The sentences of the walk through one step, by language: they come with the view Inside. */
import { languageOf, type Language, type Strings } from '.';
import { walk as de } from './de/walk';
import { walk as en, type WalkStrings } from './en/walk';

export type { WalkStrings };

const byLanguage: Readonly<Record<Language, WalkStrings>> = { en, de };

/** In the language of the page's other strings. */
export function walkStrings(strings: Strings): WalkStrings {
  return byLanguage[languageOf(strings)];
}
