/** The glossary by language: a chunk of its own, which comes when somebody opens it. */
import { languageOf, type Language, type Strings } from '.';
import { glossary as de } from './de/glossary';
import { glossary as en, type Glossary } from './en/glossary';

const glossaries: Readonly<Record<Language, Glossary>> = { en, de };

export function glossaryIn(strings: Strings): Glossary {
  return glossaries[languageOf(strings)];
}
