/** The sentences on a prompt before it runs, by language: they come with the words of <heard-words>. */
import { languageOf, type Language, type Strings } from '.';
import { asking as de } from './de/asking';
import { asking as en, type AskingStrings } from './en/asking';

const byLanguage: Readonly<Record<Language, AskingStrings>> = { en, de };

/** In the language of the page's other strings. */
export function askingStrings(strings: Strings): AskingStrings {
  return byLanguage[languageOf(strings)];
}
