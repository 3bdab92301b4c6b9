/** The sentences of Live by language: a chunk of their own, which comes once it is on. */
import { languageOf, type Language, type Strings } from '.';
import { live as de } from './de/live';
import { live as en, type LiveStrings } from './en/live';

const byLanguage: Readonly<Record<Language, LiveStrings>> = { en, de };

/** In the language of the page's other strings. */
export function liveStrings(strings: Strings): LiveStrings {
  return byLanguage[languageOf(strings)];
}
