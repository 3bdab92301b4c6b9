/** Chapter 7: what the network has seen, as a map of colours and things, and which pairs were left out on purpose. */
import { colours, things, world } from '../world/world';

export { colours, things };

/** Whether training never showed these two words together. */
export const isLeftOut = (a: string, b: string): boolean =>
  world.holes.pairs.some((pair) => pair.includes(a) && pair.includes(b));

/** The pairs that were left out and are not on the map: a motion, or a place. */
export const otherHoles: readonly (readonly string[])[] = world.holes.pairs.filter(
  ([a, b]) => !(colours.includes(a) && things.includes(b)),
);
