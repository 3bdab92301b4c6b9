/** The sentences of `<edit-words>` by language: they come with the Make view. */
import { languageOf, type Language, type Strings } from '.';
import { edit as de } from './de/edit';
import { edit as en, type EditStrings } from './en/edit';

export type { EditStrings };

const byLanguage: Readonly<Record<Language, EditStrings>> = { en, de };

/** In the language of the page's other strings. */
export function editStrings(strings: Strings): EditStrings {
  return byLanguage[languageOf(strings)];
}
