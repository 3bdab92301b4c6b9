/** The sentences on what the network has seen, by language: they come with the view Inside. */
import { languageOf, type Language, type Strings } from '.';
import { seen as de } from './de/seen';
import { seen as en, type SeenStrings } from './en/seen';

const byLanguage: Readonly<Record<Language, SeenStrings>> = { en, de };

/** In the language of the page's other strings. */
export function seenStrings(strings: Strings): SeenStrings {
  return byLanguage[languageOf(strings)];
}
