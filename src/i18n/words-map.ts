/** The sentences on where the network has put its words, by language: they come with the view Inside. */
import { languageOf, type Language, type Strings } from '.';
import { wordsMap as de } from './de/words-map';
import { wordsMap as en, type WordsMapStrings } from './en/words-map';

const byLanguage: Readonly<Record<Language, WordsMapStrings>> = { en, de };

/** In the language of the page's other strings. */
export function wordsMapStrings(strings: Strings): WordsMapStrings {
  return byLanguage[languageOf(strings)];
}
