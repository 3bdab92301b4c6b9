/**
 * Own words: what somebody types, heard as a caption of the world. Pure, without a network; the lists are data.
 *
 * What it is: a list of some thousand words with their nearest word of the world, a few rules for sentences, and a note
 * for every word on what became of it. What it is not: a language model; it understands nothing.
 */
import { nextOf } from './complete';
import { fillIn } from './fill';
import { hear, nearWords, type Ears } from './hear';
import { Lexicon, type Line } from './lexicon';
import own from './own.json';
import table from './table.json';

export { awayFrom } from './away';
export type { Next } from './complete';
export type { Filled, Part } from './fill';
export type { Ears } from './hear';
export { surprises, type Surprise } from './surprise';
export type { Far, Hearing, How, Picks, State, Token, Tongue, Why } from './types';

/** What a short prompt costs: measured by cli/short-prompts.ts. */
export { default as shortPrompts } from './short-prompts.json';

export const lexicon = new Lexicon(own as unknown as Line[], table as unknown as Line[]);

/** What becomes of a prompt: see `Hearing`. */
export const hearPrompt = (text: string, ears?: Ears) => hear(text, lexicon, ears);

/** Words that a begun word could become: see hear.ts. */
export const nearPrompt = (part: string, words: number, tongue: 'en' | 'de') => nearWords(part, lexicon, words, tongue);

/** What a begun prompt has room for next: see complete.ts. */
export const nextPrompt = (text: string, words: number, tongue: 'en' | 'de') => nextOf(text, lexicon, words, tongue);

/** A caption with nothing open that matters: see fill.ts. */
export const fillPrompt = (told: string, words: number, seed: number) => fillIn(told, lexicon, words, seed);
