/**
 * The languages of the page and how one is chosen. English comes with the page, every other one when it is spoken. Strings
 * are data: nothing here knows the page.
 */
import { en, type Strings } from './en';

export type { Strings };

/** What each is called in itself, and how its strings come; English is what there is without asking. */
const table = {
  en: { name: 'English', load: async (): Promise<Strings> => en },
  de: { name: 'Deutsch', load: async (): Promise<Strings> => (await import('./de')).de },
} as const satisfies Record<string, { name: string; load: () => Promise<Strings> }>;

export type Language = keyof typeof table;

export const languageNames = Object.entries(table).map(([key, { name }]) => [key as Language, name] as const);

/** Rejects where they do not come. */
export function loadStrings(language: Language): Promise<Strings> {
  return table[language].load();
}

/** The first of the wanted languages ("de-AT" counts as "de") that we have, else English. */
export function chooseLanguage(wanted: readonly (string | null | undefined)[]): Language {
  for (const tag of wanted) {
    const language = tag?.toLowerCase().split(/[-_]/)[0];
    if (language && Object.hasOwn(table, language)) return language as Language;
  }
  return 'en';
}

/** The language that strings are in, for what comes in chunks of its own. */
export function languageOf(strings: Strings): Language {
  return languageNames.find(([, name]) => name === strings.language)?.[0] ?? 'en';
}
