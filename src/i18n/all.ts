/** Every language at once, for what runs in a terminal and for tests. The page fetches them one by one. */
import type { Language, Strings } from '.';
import { de } from './de';
import { en } from './en';

export const languages: Readonly<Record<Language, Strings>> = { en, de };
