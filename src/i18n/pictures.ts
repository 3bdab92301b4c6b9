/** The sentences on pictures of one's own by language: a chunk of their own, which comes with what shows them. */
import { languageOf, type Language, type Strings } from '.';
import { pictures as de } from './de/pictures';
import { pictures as en, type PictureStrings } from './en/pictures';

export type { PictureStrings };

const byLanguage: Readonly<Record<Language, PictureStrings>> = { en, de };

/** In the language of the page's other strings. */
export function pictureStrings(strings: Strings): PictureStrings {
  return byLanguage[languageOf(strings)];
}
