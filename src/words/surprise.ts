/** Three prompts that nobody expects: each asks the network something of its own. By lot, so that the next three are others. */
import { draws } from '../world/scene';
import { colours, things, world } from '../world/world';
import { article } from '../world/caption';
import { knows } from './phrases';

/**
 * Why a prompt is surprising:
 *   hole   two words that training never showed together
 *   place  where nobody would look for it; to the network a pair of words like any other
 *   two    two things, each with words of its own
 */
export type Surprise = { readonly why: 'hole' | 'place' | 'two'; readonly prompt: string };

/** Doings and places that belong to other things; none is in a hole. */
const odd: readonly (readonly [thing: string, rest: string])[] = [
  ['boat', 'falling in the desert'],
  ['boat', 'orbiting at night'],
  ['fish', 'bouncing in the snow'],
  ['fish', 'growing in the meadow'],
  ['rocket', 'standing still at sea'],
  ['rocket', 'moving down slowly in the snow'],
  ['heart', 'bouncing in the desert'],
  ['star', 'moving left slowly at sea'],
  ['box', 'moving up fast at sunset'],
  ['ring', 'growing at sea'],
];

/** `words`: how many of the world's words the model knows. */
export function surprises(words: number, seed: number): Surprise[] {
  const draw = draws(seed);
  const among = <T>(of: readonly T[]): T => of[Math.floor(draw() * of.length)];
  const free = (said: readonly string[]): boolean => !world.holes.pairs.some((hole) => hole.every((word) => said.includes(word))); // prettier-ignore
  const hues = colours.filter((colour) => knows(colour, words));
  const [thing, rest] = among(odd);
  const hue = among(hues.filter((colour) => free([colour, thing, ...rest.split(' ')])));
  const [first, second] = [among(things), among(things)];
  const one = among(hues.filter((colour) => free([colour, first])));
  const other = among(hues.filter((colour) => colour !== one && free([colour, second])));
  return [
    { why: 'hole', prompt: sentence(inHole(among(world.holes.pairs))) },
    { why: 'place', prompt: sentence(`${article(`${hue} ${thing}`)} ${rest}`) },
    { why: 'two', prompt: sentence(`${article(`${one} ${first}`)} moving left and ${article(`${other} ${second}`)} moving right`) }, // prettier-ignore
  ];
}

/** A sentence with both words of a hole. */
function inHole(pair: readonly string[]): string {
  const of = (list: readonly string[]): string => list.find((word) => pair.includes(word)) ?? '';
  const motion = of(Object.keys(world.motions));
  const setting = of(Object.keys(world.settings));
  const noun = [of(Object.keys(world.sizes)), of(colours), of(things) || 'ball'].filter(Boolean).join(' ');
  const phrases = [motion && world.motions[motion].phrase, setting && world.settings[setting].phrase];
  return [article(noun), ...phrases].filter(Boolean).join(' ');
}

const sentence = (text: string): string => `${text[0].toUpperCase()}${text.slice(1)}.`;
