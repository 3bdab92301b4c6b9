/** The sentences of the Learn view by language: a chunk of their own, which comes with the view. */
import { languageOf, type Language, type Strings } from '.';
import { learn as de } from './de/learn';
import { learn as en, type LearnStrings } from './en/learn';

export type { LearnStrings };

const byLanguage: Readonly<Record<Language, LearnStrings>> = { en, de };

/** In the language of the page's other strings. */
export function learnStrings(strings: Strings): LearnStrings {
  return byLanguage[languageOf(strings)];
}
