/** The words of the world as the page offers them: reading a prompt, choosing it phrase by phrase. */
import {
  examplePrompts,
  firstCount,
  kindsOf,
  laterExamples,
  tokenize,
  vocabulary,
  type Kind,
  type Kinds,
  type Tokenized,
} from '../world/prompt';
import { promptTokens } from './settings';

export { firstCount };
export type { Kind };
export type Chosen = Partial<Record<Kind, string>>;

/** What the page offers to a model that knows the world's first `count` words. */
export interface Words {
  readonly count: number;
  readonly kinds: Kinds;
  readonly examples: readonly string[];
}

const made = new Map<number, Words>();

/** Made once for each count, so that it may be compared. */
export function wordsOf(count: number): Words {
  let words = made.get(count);
  if (!words) {
    const own = laterExamples.filter((text) => !tokenize(text, promptTokens, count).unknown.length);
    words = { count, kinds: kindsOf(count), examples: [...examplePrompts, ...own] };
    made.set(count, words);
  }
  return words;
}

/** Before a model is there, the page speaks the words that every model knows. */
export const firstWords = wordsOf(firstCount);
const allKinds = kindsOf(vocabulary.length);

/** Kinds that belong to the thing in a sentence; the rest stands after it. */
const ofThing: readonly Kind[] = ['sizes', 'colours', 'things', 'motions', 'speeds'];

/** Kinds that stand after all things, in this order, or (a picture) before them. */
const afterThings: readonly Kind[] = ['pictures', 'walls', 'settings', 'cameras', 'lights'];

/** How a model of so many words, which reads so many tokens, will read a prompt. */
export function readPrompt(prompt: string, count = firstCount, tokens = promptTokens): Omit<Tokenized, 'tokens'> {
  return tokenize(prompt, tokens, count);
}

/** Which phrase of each kind a prompt names first, whatever model knows it: a prompt outlives the model that it was written for. */
export function chosen(prompt: string): Chosen {
  const found: Chosen = {};
  for (const kind of Object.keys(allKinds) as Kind[]) {
    const places = allKinds[kind]
      .map((phrase) => ({ phrase, at: prompt.search(whole(phrase)) }))
      .filter(({ at }) => at >= 0);
    places.sort((a, b) => a.at - b.at);
    if (places.length > 0) found[kind] = places[0].phrase;
  }
  return found;
}

/**
 * The prompt with one phrase put in, exchanged, or (where `phrase` is empty) taken out, as a sentence like those the
 * model learned from. What stands after an "and", a second thing, stays.
 */
export function put(prompt: string, kind: Kind, phrase: string): string {
  const now = chosen(prompt);
  let rest = prompt.replace(/[.\s]+$/u, '');
  for (const other of afterThings) if (now[other]) rest = rest.replace(whole(now[other]), '');
  const [turn = ''] = /\s+(and )?turns (from )?\p{L}+ to \p{L}+/iu.exec(rest) ?? [];
  const [first, ...more] = rest.replace(turn, '').split(/\s+and\s+/iu).map((clause) => clause.replace(/[\s,]+$/u, '')); // prettier-ignore
  const own = chosen(first);
  const words = { ...now, ...Object.fromEntries(ofThing.map((each) => [each, own[each]])), [kind]: phrase };
  return sentence(words, turn, more);
}

/** `turn`: "turns from red to blue", which stands right after the first thing. */
function sentence(words: Chosen, turn: string, more: readonly string[]): string {
  const named = ofThing.some((kind) => words[kind]);
  const noun = [words.sizes, words.colours, words.things || 'thing'].filter(Boolean).join(' ');
  const first = named ? [article(noun), noun, words.motions, words.speeds].filter(Boolean).join(' ') + turn : '';
  const things = [first, ...more].filter(Boolean).join(' and ');
  const pictured = [things && words.pictures, things].filter(Boolean).join(' ');
  const scene = [pictured, words.walls, words.settings].filter(Boolean).join(' ');
  const text = [scene, words.cameras, words.lights].filter(Boolean).join(', ');
  return text && `${text[0].toUpperCase()}${text.slice(1)}.`;
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? 'an' : 'a';
}

function whole(phrase: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${phrase}(?![\\p{L}\\p{M}\\p{N}])`, 'iu');
}
