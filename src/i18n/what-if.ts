/** The sentences of "What if" by language: they come with the view Inside. */
import { languageOf, type Language, type Strings } from '.';
import { whatIf as de } from './de/what-if';
import { whatIf as en, type WhatIfStrings } from './en/what-if';

export type { WhatIfStrings };

const byLanguage: Readonly<Record<Language, WhatIfStrings>> = { en, de };

/** In the language of the page's other strings. */
export function whatIfStrings(strings: Strings): WhatIfStrings {
  return byLanguage[languageOf(strings)];
}
