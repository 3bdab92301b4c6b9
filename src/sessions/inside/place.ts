/**
 * Where somebody stands in the view Inside, as text for a link: "patch.21_block.3_head.2_part.attention". Numbers are counted
 * from 0. Pure. The link itself only carries the text: nobody loads this who does not look inside.
 */
import type { Choice } from './attention';
import { stations, type Station } from './walk';

export interface InsidePlace {
  readonly patch: number | null; // null: the one in which most is to be seen
  readonly block: Choice;
  readonly head: Choice;
  readonly word: number | null; // place of the prompt whose readers are shown
  readonly part: Station | null; // of the walk, that is open
}

export const nowhere: InsidePlace = { patch: null, block: 'mean', head: 'mean', word: null, part: null };

/** Null where nothing was chosen. */
export function placeText(place: InsidePlace): string | null {
  const said = (Object.keys(nowhere) as (keyof InsidePlace)[]).filter((key) => place[key] !== nowhere[key]);
  return said.length === 0 ? null : said.map((key) => `${key}.${place[key]}`).join('_');
}

/** Whatever the text: what cannot be read is as if nobody had said it. */
export function readPlace(text: string | null): InsidePlace {
  const said = new Map((text ?? '').split('_').map((part) => part.split('.', 2) as [string, string | undefined]));
  const number = (key: keyof InsidePlace): number | null => {
    const value = said.get(key) ?? '';
    return /^\d{1,5}$/.test(value) ? Number(value) : null;
  };
  return {
    patch: number('patch'),
    block: number('block') ?? 'mean',
    head: number('head') ?? 'mean',
    word: number('word'),
    part: stations.find((station) => station === said.get('part')) ?? null,
  };
}
