/** Noun phrases: where one begins, where its noun is, how many things it names. What it is not: it makes no things. */
import type { Item } from './items';

const determining = new Set(['article', 'the', 'number', 'one', 'another', 'other', 'order']);
const describing = new Set(['size', 'colour', 'shade', 'dark', 'speed', 'more', 'less']);

/** Says how a thing looks, and names none. */
const hueless = ({ kind, value }: Item): boolean => kind === 'far' && (value === 'nohue' || value === 'style');

export const describes = (item: Item | undefined): boolean =>
  item !== undefined && (describing.has(item.kind) || hueless(item));

export const determines = ({ kind }: Item): boolean => determining.has(kind);

/** A thing of the world, or one that it has nothing of. */
export const isNoun = (item: Item): boolean => item.kind === 'thing' || (item.kind === 'far' && !hueless(item));

/** Kinds that end a description without being described: "a big desert" is no big thing. */
const places = new Set('setting day light wall camera picture ground unknown dark'.split(' '));

/**
 * Where the noun is of the phrase that begins here, or null where there is none: "a", "small", "red", "bouncing" and words
 * that nobody knows may stand before it. `moving`: whether it may begin with a motion, "bouncing ball".
 */
export function headFrom(items: readonly Item[], from: number, moving: boolean): number | null {
  let [described, determined, moved, unknown] = [false, false, false, -1];
  for (let i = from; i < items.length; i++) {
    const item = items[i];
    const { kind } = item;
    if (item.key === '(' || item.key === ')') break; // "ball (red), box (blue)"
    if (item.kind === 'far' && items[i + 1] && isNoun(items[i + 1]))
      described = true; // "a glass ball"
    else if (isNoun(item)) return i;
    else if (determines(item)) {
      if (kind === 'one' && described) return i; // "a blue one"
      if (described || unknown >= 0 || (kind === 'number' && item.value === '0')) break;
      determined ||= kind !== 'number';
    } else if (describes(item)) described = true;
    else if (kind === 'motion') {
      if (i === from && !moving) return null;
      moved = true;
    } else if (kind === 'unknown') {
      if (determined && !moved) unknown = i;
    } else if (kind === 'and') {
      if (!describes(items[i + 1])) break;
    } else if ((kind !== 'pass' && kind !== 'mark') || isPreposition(item)) break;
  }
  // "an empty desert": a word that nobody knows describes the place after it.
  const after = items.find(({ kind }, i) => i > unknown && kind !== 'mark');
  return unknown < 0 || (after && places.has(after.kind) && after.kind !== 'unknown') ? null : unknown;
}

/** How many things the noun phrase names whose items these are, the noun last. */
export function countOf(items: readonly Item[]): number {
  const noun = items[items.length - 1];
  const several = isNoun(noun) && (noun.found?.plural ?? false); // "der blaue" is one
  const number = items.find(({ kind }) => kind === 'number')?.value;
  if (number === 'some') return several ? 2 : 1;
  if (number === 'many') return 3;
  if (number !== undefined) return Number(number);
  return several && !items.some((item) => determines(item) && item.kind !== 'the') ? 2 : 1;
}

/** Words before a place; a noun of which the world has nothing is no second thing there: "a ball on a table". */
const prepositions = new Set(
  'in on off against at into onto through down along near under over across around behind beside above below inside past by from to towards between auf im an am durch ueber unter neben vor hinter bei von vom aus zu zum zur zwischen gegen out_of next_to in_front_of close_to'
    .split(' ')
    .map((word) => word.replaceAll('_', ' ')),
);

export const isPreposition = (item: Item | undefined): boolean => item !== undefined && prepositions.has(item.key);

/** Whether these words describe a place: "in a big desert". */
export function describesPlace(items: readonly Item[], at: number): boolean {
  const [before, after] = [items[at - 1], items[at + 1]];
  if (before === undefined || after === undefined || !places.has(after.kind)) return false;
  return determines(before) || isPreposition(before);
}

/** Whether a noun follows before the sentence ends. */
export function nounAhead(items: readonly Item[], from: number): boolean {
  for (let i = from; i < items.length && items[i].kind !== 'stop'; i++) if (isNoun(items[i])) return true;
  return false;
}
