/** The phrases of the world, by what they mean, and back. All from world.json. */
import { tokenize } from '../world/prompt';
import { colours, settings, sizes, things, world } from '../world/world';
import type { Meaning } from './lexicon';

const longestCaption = 64; // tokens; no phrase has as many

/** Whether a model that has learned the world's first `words` words knows all of these. */
export const knows = (phrase: string, words: number): boolean =>
  tokenize(phrase, longestCaption, words).unknown.length === 0;

/** What stands in a caption for a meaning; '' for the kinds that no caption has. */
export function phraseOf({ kind, value }: Meaning): string {
  switch (kind) {
    case 'size':
    case 'colour':
    case 'thing':
    case 'speed':
      return value;
    case 'motion':
      return world.motions[value]?.phrase ?? '';
    case 'setting':
      return world.settings[value]?.phrase ?? '';
    case 'view':
      return world.cameras[value]?.phrase ?? '';
    case 'light':
      return value in world.lights ? world.lights[value as 'dusk' | 'dawn'].phrase : '';
    case 'wall':
      return world.wall.phrase;
    case 'picture':
      return 'a picture of';
    default:
      return '';
  }
}

const of = (kind: string, values: readonly string[]): Meaning[] => values.map((value) => ({ kind, value }));

const all: readonly Meaning[] = [
  ...of('size', sizes),
  ...of('colour', colours),
  ...of('thing', [...things, 'thing']),
  ...of('motion', Object.keys(world.motions)),
  ...of('speed', ['slowly', 'fast']),
  ...of('setting', settings),
  ...of(
    'view',
    Object.keys(world.cameras).filter((name) => world.cameras[name].phrase),
  ),
  ...of('light', ['dusk', 'dawn']),
];
const byPhrase = new Map(all.map((meaning) => [phraseOf(meaning), meaning]));

/** What a phrase of the world means, as the reader can choose it; undefined where it is none. */
export const meaningOf = (phrase: string): Meaning | undefined => byPhrase.get(phrase);

/** What else a word of this kind could be heard as, by a model of so many words. */
export function choicesOf(kind: string, words: number): string[] {
  const like = kind === 'direction' ? 'motion' : kind === 'far' ? 'thing' : kind;
  return all.filter((meaning) => meaning.kind === like).map(phraseOf).filter((phrase) => knows(phrase, words)); // prettier-ignore
}
