/** What has been understood of a prompt so far: things with their words, place, camera; each with the item that said it. */
import type { Item } from './items';
import type { Meaning } from './lexicon';
import { phraseOf } from './phrases';
import type { Why } from './types';

/** A word of the world, and the item that it came from; `open` where it was filled in because a caption needs one. */
export interface Slot {
  readonly value: string;
  readonly item: Item;
}

export type Trait = 'size' | 'colour' | 'to' | 'motion' | 'speed';
export const traits: readonly Trait[] = ['size', 'colour', 'to', 'motion', 'speed'];

/** One thing of the scene. `thing` is null where only its size, colour or motion was said. */
export interface Draft extends Partial<Record<Trait, Slot>> {
  thing: string | null;
  name: string; // the folded noun, by which "the dog" is found again
  readonly several?: boolean; // named together with others: "two hearts"
}

export interface Scene {
  readonly things: Draft[];
  setting?: Slot;
  day?: Slot;
  camera?: Slot;
  light?: Slot;
  wall?: Slot;
  picture?: Slot;
  struck?: Item; // a wall that nothing is behind
  readonly negative: { readonly phrase: string; readonly items: readonly Item[] }[];
}

/** The item is heard as this phrase; its state is settled once the caption is there (`settle` in hear.ts). */
export function use(item: Item, phrase: string): void {
  item.state = 'near';
  item.as = item.as && phrase && item.as !== phrase ? `${item.as} ${phrase}` : phrase;
  item.why = null;
}

export const useAs = (item: Item, meaning: Meaning): void => use(item, phraseOf(meaning));

/** The item is left out. */
export function drop(item: Item, why: Why): void {
  item.state = 'out';
  item.as = '';
  item.why = why;
}

/** The world has nothing of the kind. */
export function lack(item: Item, why: Why): void {
  drop(item, why);
  item.state = 'never';
}

/** Says a trait of a thing, if nothing else was said of it before. Whether it was free, or the same. */
export function say(draft: Draft, trait: Trait, value: string, item: Item): boolean {
  const before = draft[trait];
  if (before) return before.value === value;
  draft[trait] = { value, item };
  return true;
}
