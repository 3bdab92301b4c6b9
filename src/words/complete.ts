/**
 * What can come next in a begun prompt: phrases that its sentence has room for, then (where a word has been begun) all others.
 * English phrases of the world; whoever offers them may say them in another language, and takes those that begin as typed.
 */
import { kindsOf, vocabulary, type Kind } from '../world/prompt';
import { world } from '../world/world';
import type { Draft } from './draft';
import { neverWith } from './holes';
import { itemsOf, type Item } from './items';
import type { Lexicon } from './lexicon';
import { Reader } from './reader';
import type { Tongue } from './types';

export interface Next {
  readonly before: string; // the text up to the word that is being typed
  readonly part: string; // that word, as far as it has come; '' after a space
  readonly phrases: readonly { readonly phrase: string; readonly never: string | null }[]; // `never`: what it was never shown with
}

const sizing = ['size', 'less', 'more']; // "kleiner" is a form of "klein", and compares as well
const describing: ReadonlySet<string> = new Set([
  'article',
  'colour',
  'shade',
  'dark',
  'one',
  'another',
  'number',
  ...sizing,
]);

/** `words`: how many of the world's words the model knows. */
export function nextOf(text: string, lexicon: Lexicon, words: number, tongue: Tongue): Next {
  const part = /[\p{L}\p{M}\p{N}]*$/u.exec(text)?.[0] ?? '';
  const before = text.slice(0, text.length - part.length);
  const { items } = itemsOf(before, lexicon, {}, tongue);
  const reader = new Reader(items);
  const scene = reader.read();
  const open = openPhrase(items);
  const last: Draft | undefined = open ? undefined : (reader.focus[0] ?? scene.things.at(-1));
  const kinds = kindsOf(words);
  const fitting = (open ? nounKinds(open) : clauseKinds(last, scene)).flatMap((kind) => kinds[kind]);
  const more = !open && scene.things.length > 0 && scene.things.length < 3 && !scene.setting ? ['and a'] : [];
  const begun = part.toLowerCase();
  const any = part === '' ? [] : [...Object.values(kinds).flat(), ...vocabulary.slice(2, words)];
  const all = [...new Set([...fitting, ...more, ...any])].filter(
    (phrase) => phrase.startsWith(begun) && phrase !== begun,
  );
  const said = [...(open ?? []).map(({ value }) => value), last?.thing, last?.colour?.value, last?.motion?.value];
  const never = (phrase: string): string | null =>
    neverWith(nameOf(phrase)).find((word) => said.includes(word)) ?? null;
  return { before, part, phrases: all.map((phrase) => ({ phrase, never: never(phrase) })) };
}

/** The words of a noun phrase that has no noun yet, at the end; null where there is none. */
function openPhrase(items: readonly Item[]): readonly Item[] | null {
  const from = items.findLastIndex(({ kind, key }) => !describing.has(kind) || key === 'and') + 1;
  return from < items.length ? items.slice(from) : null;
}

/** What a noun phrase has room for. */
function nounKinds(said: readonly Item[]): Kind[] {
  const has = (kind: string): boolean => said.some((item) => item.kind === kind);
  const kinds: Kind[] = ['things'];
  if (!has('colour')) kinds.unshift('colours');
  if (!sizing.some(has) && !has('colour')) kinds.unshift('sizes');
  return kinds;
}

/** What can follow a thing, and what the whole film has room for. */
function clauseKinds(last: Draft | undefined, scene: Reader['scene']): Kind[] {
  if (!last) return scene.setting ? ['cameras', 'lights'] : ['sizes', 'colours', 'things', 'settings'];
  const kinds: Kind[] = [];
  if (!last.motion && !scene.picture && !scene.setting) kinds.push('motions');
  const paced = last.motion && last.motion.value in world.motions && world.motions[last.motion.value].speeds;
  if (paced && !last.speed && !scene.setting) kinds.push('speeds');
  if (!scene.wall && (last.motion?.value === 'left' || last.motion?.value === 'right') && !scene.setting)
    kinds.push('walls');
  if (!scene.setting) kinds.push('settings');
  if (!scene.camera) kinds.push('cameras');
  if (!scene.light) kinds.push('lights');
  return kinds;
}

/** The name of a phrase as the holes know it: "at sea" is the sea. */
function nameOf(phrase: string): string {
  const names = [...Object.entries(world.settings), ...Object.entries(world.motions)];
  return names.find(([, each]) => each.phrase === phrase)?.[0] ?? phrase;
}
