/** The sentences of the Make view by language: a chunk of their own, which comes with the view. */
import { languageOf, type Language, type Strings } from '.';
import { make as de } from './de/make';
import { make as en, type MakeStrings } from './en/make';

export type { MakeStrings };

const byLanguage: Readonly<Record<Language, MakeStrings>> = { en, de };

/** In the language of the page's other strings. */
export function makeStrings(strings: Strings): MakeStrings {
  return byLanguage[languageOf(strings)];
}
