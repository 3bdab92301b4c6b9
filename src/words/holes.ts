/** Pairs of words that training never showed together (world.json, `holes`), in a scene that was read. */
import { world } from '../world/world';
import type { Scene } from './draft';

/** Pairs of words of one thing, or of a thing and its place. */
export function holesOf({ things, setting }: Scene): (readonly string[])[] {
  return world.holes.pairs.filter(([a, b]) =>
    things.some(({ thing, size, colour, to, motion }) => {
      const said = [thing, size?.value, colour?.value, to?.value, motion?.value, setting?.value];
      return said.includes(a) && said.includes(b);
    }),
  );
}

/** The other words of the pairs that a word is in. */
export const neverWith = (word: string): string[] =>
  world.holes.pairs.flatMap((pair) => (pair.includes(word) ? pair.filter((other) => other !== word) : []));
