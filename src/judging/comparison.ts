/**
 * What was asked beside what is seen, word by word, each with one mark. Everything that is seen has its line, also what
 * nobody asked for: nobody can be wrong about that, so it has no mark.
 *
 * The room around it judges one film for whoever looks at it, step by step: when a word was decided, what a path says, whether it
 * flickers. What it is not: a score (evaluation gives those), or a sentence (i18n has them). It knows no state and no page.
 */
import { asked } from '../evaluation/asked';
import { objectAttributes, score, type Attribute, type Judged } from '../evaluation/score';
import { undecided, type Reading } from '../reading/types';
import { world } from '../world/world';

export { undecided };

/** `absent`: there is no such thing in the film at all. It never counts as right. */
export type Mark = 'right' | 'wrong' | 'undecided' | 'absent';

export interface Line {
  readonly attribute: Attribute;
  readonly asked: string | null; // null: nobody asked
  readonly seen: string | null; // a word, or `undecided`; null: there is no such thing
  readonly mark: Mark | null; // null: nobody asked
}

/** The lines of one thing, or of the whole film. */
export interface Group {
  readonly object: number | null; // of reading.objects; null: the whole film, or a thing that is not there
  readonly whole: boolean;
  readonly lines: readonly Line[];
}

export interface Comparison {
  readonly groups: readonly Group[];
  readonly right: number; // words that are right
  readonly total: number; // words that were asked
}

export function compare(reading: Reading, prompt: string): Comparison {
  const want = asked(prompt);
  const { words, pairs } = score(reading, want);
  const line = (attribute: Attribute, object: number | null, seen: string | null): Line[] => {
    const judged = words.find((word) => word.attribute === attribute && word.object === object);
    if (judged) return [{ attribute, asked: judged.asked, seen: judged.seen, mark: markOf(judged) }];
    return seen === null ? [] : [{ attribute, asked: null, seen, mark: null }];
  };
  const thing = (index: number | null, object: number | null): Group => ({
    object,
    whole: false,
    lines: objectAttributes.flatMap((name) =>
      line(name, index, object === null ? null : reading.objects[object][name]),
    ),
  });
  const groups = [
    ...want.objects.map((_, index) => thing(index, pairs[index])),
    ...reading.objects.flatMap((_, object) => (pairs.includes(object) ? [] : [thing(-1, object)])),
    {
      object: null,
      whole: true,
      lines: [
        ...line('setting', null, reading.seen ? reading.setting : null),
        ...line('count', null, null),
        ...line('light', null, [undecided, 'stays'].includes(reading.light) ? null : reading.light),
        ...line('camera', null, [undecided, 'stands'].includes(reading.camera) ? null : reading.camera),
        ...line('wall', null, null),
        ...line('picture', null, null),
      ],
    },
  ].filter(({ lines }) => lines.length > 0);
  return { groups, right: words.filter(({ verdict }) => verdict === 'right').length, total: words.length };
}

export function markOf({ seen, verdict }: Pick<Judged, 'seen' | 'verdict'>): Mark {
  return seen === null ? 'absent' : verdict;
}

/** A word of the world as it stands in a sentence: "left" is "moving left", "night" is "at night". */
export function phraseOf(attribute: Attribute, word: string): string {
  const named: Partial<Record<Attribute, Readonly<Record<string, { readonly phrase: string }>>>> = {
    motion: world.motions,
    setting: world.settings,
    camera: world.cameras,
    light: world.lights,
  };
  return named[attribute]?.[word]?.phrase || word;
}
