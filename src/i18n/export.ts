/** What is said of files that are taken away, by language: a chunk of their own, which comes with that part of the page. */
import { languageOf, type Language, type Strings } from '.';
import { takeAway as de } from './de/export';
import { takeAway as en, type ExportStrings } from './en/export';

export type { ExportStrings };

const byLanguage: Readonly<Record<Language, ExportStrings>> = { en, de };

/** In the language of the page's other strings. */
export function exportStrings(strings: Strings): ExportStrings {
  return byLanguage[languageOf(strings)];
}
