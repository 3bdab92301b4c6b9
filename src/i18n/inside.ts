/** The sentences of the Inside view by language: a chunk of their own, which comes with the view. */
import { languageOf, type Language, type Strings } from '.';
import { inside as de } from './de/inside';
import { inside as en, type InsideStrings } from './en/inside';

export type { InsideStrings };

const byLanguage: Readonly<Record<Language, InsideStrings>> = { en, de };

/** In the language of the page's other strings. */
export function insideStrings(strings: Strings): InsideStrings {
  return byLanguage[languageOf(strings)];
}
