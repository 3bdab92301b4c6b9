/** Hears a prompt: from free text, English or German, to one caption of the world, and what became of every word. */
import { vocabulary } from '../world/prompt';
import { captionOf, isCaption } from './captions';
import { drop, type Scene } from './draft';
import { finish } from './finish';
import { holesOf } from './holes';
import { itemsOf, type Item } from './items';
import type { Entry, Lexicon } from './lexicon';
import { choicesOf, knows, phraseOf } from './phrases';
import { Reader } from './reader';
import { fold } from './split';
import type { Hearing, How, Picks, Token, Tongue } from './types';

export interface Ears {
  readonly words?: number; // how many of the world's words the model knows; all of them where it is not said
  readonly picks?: Picks; // what the reader chose for a word
  readonly tongue?: Tongue; // what is taken where the words are of both languages, or of none
}

/** A stretch of letters, as captions and prompts are compared: without capitals, commas and full stops. */
const plainly = (text: string): string => (text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ');

/** Never throws, whatever the text; 200 characters take about a millisecond (tests/words/hear.test.ts). */
export function hear(text: string, lexicon: Lexicon, ears: Ears = {}): Hearing {
  const { words = vocabulary.length, picks = {}, tongue: preferred = 'en' } = ears;
  const { items, tongue } = itemsOf(text, lexicon, picks, preferred);
  const scene = new Reader(items).read();
  finish(scene, words);
  const whole = Object.keys(picks).length === 0 && isCaption(text) && knows(text, words);
  const caption = whole ? text.trim() : captionOf(scene);
  const negative = whole ? '' : negativeOf(scene, words);
  const told = new Set(plainly(caption).split(' '));
  for (const item of items) if (item.state === 'near' && !says(told, item.as)) drop(item, 'second');
  const tokens = items.map((item) => (whole ? asItIs(text, item) : tokenOf(text, item, told, words)));
  const changed = plainly(caption) !== plainly(text);
  return { caption, negative, tokens, changed, holes: holesOf(scene), tongue };
}

/** Whether all words of a phrase stand in the caption: what was read and then did not find room has a mark, too. */
const says = (told: ReadonlySet<string>, phrase: string): boolean => plainly(phrase).split(' ').every((word) => word === '' || told.has(word)); // prettier-ignore

/** Words that could go on from here, each with what it would be heard as; the shortest first. */
export function nearWords(
  part: string,
  lexicon: Lexicon,
  words: number,
  tongue: Tongue,
  most = 6,
): { word: string; as: string }[] {
  const key = fold(part);
  if (key.length < 2) return [];
  const heard = ({ word, meanings }: Entry): { word: string; as: string } => ({ word, as: phraseOf(meanings[0]) });
  return lexicon.beginning(key, 8 * most, tongue).map(heard).filter(({ word, as }) => as !== '' && word !== as && knows(as, words)).slice(0, most); // prettier-ignore
}

function negativeOf({ negative }: Scene, words: number): string {
  const known = negative.filter(({ phrase, items }) => {
    if (knows(phrase, words)) return true;
    for (const item of items) [item.state, item.why, item.as] = ['never', 'model', ''];
    return false;
  });
  return [...new Set(known.map(({ phrase }) => phrase))].join(', ');
}

function asItIs(text: string, { start, end, key }: Item): Token {
  const said = text.slice(start, end);
  return { start, end, text: said, key, state: 'as', as: key, how: null, distance: 0, why: null, choices: [] };
}

function tokenOf(text: string, item: Item, told: ReadonlySet<string>, words: number): Token {
  const { start, end, key, kind, found } = item;
  const base = {
    start,
    end,
    text: text.slice(start, end),
    key,
    as: item.as,
    why: item.why,
    choices: choicesFor(item, words),
  };
  if (item.state === 'near' && item.as !== '' && key.split(' ').every((word) => item.as.split(' ').includes(word)))
    return { ...base, state: 'as', how: null, distance: 0, choices: [] };
  if (item.state === 'near') return { ...base, state: 'near', how: howOf(item), distance: distanceOf(item) };
  const punctuation = kind === 'mark' || kind === 'stop';
  if (item.state === 'out' && item.why === 'small' && (punctuation || told.has(key)))
    return { ...base, state: 'as', as: punctuation ? '' : key, how: null, distance: 0, why: null, choices: [] };
  return { ...base, state: item.state, how: null, distance: item.state === 'never' ? 1 : (found?.distance ?? 0) };
}

/** In what way it was heard: what the reader should know first. */
function howOf({ how, found, chosen, key }: Item): How {
  if (how) return how;
  if (chosen || !found) return 'chosen';
  if (found.slips > 0) return 'slip';
  if (found.how === 'far') return 'like';
  if (found.how !== 'same') return found.how;
  if (found.tongue === 'de') return 'tongue';
  return key !== found.word ? 'form' : 'same';
}

function distanceOf({ found, chosen }: Item): number {
  if (chosen || !found) return 0;
  return Math.min(1, found.distance + 0.1 * found.slips);
}

const nearest: Readonly<Record<string, readonly string[]>> = {
  animal: ['fish'],
  vehicle: ['boat', 'rocket'],
};

function choicesFor({ kind, value, meanings }: Item, words: number): readonly string[] {
  if (kind === 'far') return (nearest[value] ?? []).filter((word) => knows(word, words));
  if (kind === 'back') return [];
  return choicesOf(meanings[0]?.kind ?? '', words);
}
