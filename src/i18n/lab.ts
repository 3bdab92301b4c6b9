/** The sentences of the laboratory by language: a chunk of their own, which comes with what shows them. */
import { languageOf, type Language, type Strings } from '.';
import { lab as de } from './de/lab';
import { lab as en, type LabStrings } from './en/lab';

export type { LabStrings };

const byLanguage: Readonly<Record<Language, LabStrings>> = { en, de };

/** In the language of the page's other strings. */
export function labStrings(strings: Strings): LabStrings {
  return byLanguage[languageOf(strings)];
}
