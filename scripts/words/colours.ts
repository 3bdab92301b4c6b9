/** Names of colours by the nearest colour of the world, as eyes see it: distance in OKLab (Ottosson 2020). */
import { world } from '../../src/world/world';
import type { TableLine } from './kinds';
import type { WordNet } from './wordnet';

export interface ColourName {
  readonly name: string;
  readonly hex: string; // "#c93f38"
}

type Lab = readonly [lightness: number, a: number, b: number];

/** From sRGB, 0 .. 255 each, to OKLab: https://bottosson.github.io/posts/oklab/ */
export function oklab(rgb: readonly number[]): Lab {
  const [r, g, b] = rgb.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4)); // prettier-ignore
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

const hexOf = (hex: string): number[] => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
const between = (a: Lab, b: Lab): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
const labs = Object.entries(world.colours).map(([name, rgb]) => [name, oklab(rgb)] as const);

/** Below this much chroma a colour is a grey: the world has none. */
const leastChroma = 0.045;

/** Farther than this nobody would call it the same colour. */
const farthest = 0.3;

/** The nearest colour of the world and the distance to it; undefined for greys, and for what is far from all. */
export function nearestColour(hex: string): { readonly colour: string; readonly distance: number } | undefined {
  const lab = oklab(hexOf(hex));
  if (Math.hypot(lab[1], lab[2]) < leastChroma) return undefined;
  const [[colour, distance]] = labs
    .map(([name, other]) => [name, between(lab, other)] as const)
    .sort((x, y) => x[1] - y[1]);
  return distance <= farthest ? { colour, distance } : undefined;
}

/** What kind of word a name of two may begin with: one that would be heard as something else if it stood alone. */
const misleading = new Set(['setting', 'day', 'far', 'light']);

export function colourLines(
  names: readonly ColourName[],
  wordnet: WordNet,
  own: readonly (readonly string[])[],
): TableLine[] {
  const kinds = new Map(own.flatMap(([means, , , english]) => english.split(' ').map((word) => [word, means.split(' ')[0]] as const))); // prettier-ignore
  const words = new Map<string, string[]>(labs.map(([name]) => [name, []]));
  for (const { name, hex } of names) {
    const parts = name.toLowerCase().split(' ');
    const [first, last] = parts;
    if (parts.length > 2 || kinds.has(parts.join('_')) || !parts.every((part) => /^[a-z]{3,12}$/.test(part))) continue;
    if (last === undefined) {
      const near = isColourWord(first, wordnet) ? nearestColour(hex) : undefined;
      if (near) words.get(near.colour)!.push(`${first}:${hundredths(near.distance)}`);
    } else if (
      last in world.colours &&
      (misleading.has(kinds.get(first) ?? '') || (!kinds.has(first) && isThing(first, wordnet)))
    )
      words.get(last)!.push(`${first}_${last}:${hundredths(between(oklab(hexOf(hex)), oklab(world.colours[last])))}`);
  }
  return [...words].map(([colour, list]) => [`colour ${colour}`, 'colour', 'names of colours, by distance in OKLab', list.sort().join(' ')]); // prettier-ignore
}

/** From a distance in OKLab to what the lists count in: `farthest` is 60 of 100, more than "looks like it". */
const hundredths = (distance: number): number => Math.min(99, Math.max(5, Math.round((60 * distance) / farthest)));

/** A usual noun: alone it would be heard as a thing. */
const isThing = (word: string, wordnet: WordNet): boolean =>
  wordnet.count(word, 'noun') > 0 && wordnet.count(word, 'noun') >= wordnet.count(word, 'adj');

/** Synset of chromatic colours in WordNet 3. */
const chromatic = '04966849';

/** A word that names a colour first of all. */
function isColourWord(word: string, wordnet: WordNet): boolean {
  let layer: readonly string[] = wordnet.senses(word, 'noun').slice(0, 1);
  for (let steps = 0; layer.length > 0 && steps < 6; steps++) {
    if (layer.includes(chromatic)) return true;
    layer = layer.flatMap((synset) => wordnet.above(synset, 'noun'));
  }
  return false;
}
