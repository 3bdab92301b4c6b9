/** The languages of the page and how one is chosen. Strings are data: nothing here knows the page. */
import { de } from './de';
import { en, type Strings } from './en';

export type { Strings };

export const languages = { en, de } as const satisfies Record<string, Strings>;
export type Language = keyof typeof languages;

/** The first of the wanted languages ("de-AT" counts as "de") that we have, else English. */
export function chooseLanguage(wanted: readonly (string | null | undefined)[]): Language {
  for (const tag of wanted) {
    const language = tag?.toLowerCase().split(/[-_]/)[0];
    if (language && Object.hasOwn(languages, language)) return language as Language;
  }
  return 'en';
}

/** The language that strings are in, for what comes in chunks of its own. */
export function languageOf(strings: Strings): Language {
  return (Object.keys(languages) as Language[]).find((key) => languages[key] === strings) ?? 'en';
}
