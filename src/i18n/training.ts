/** The sentences on what more training bought, by language: they come with the view Inside. */
import { languageOf, type Language, type Strings } from '.';
import { training as de } from './de/training';
import { training as en, type TrainingStrings } from './en/training';

const byLanguage: Readonly<Record<Language, TrainingStrings>> = { en, de };

/** In the language of the page's other strings. */
export function trainingStrings(strings: Strings): TrainingStrings {
  return byLanguage[languageOf(strings)];
}
