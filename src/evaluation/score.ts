/**
 * Scores: what was seen against what was asked, word by word; and what can be said of a clip without any prompt.
 *
 * 'undecided' is kept apart from 'wrong' in every word, and never counts as right: the strict score (everything asked is
 * true; Ghosh et al. 2023, "GenEval") needs the reader to see it.
 */
import { asked, type Asked, type AskedObject } from './asked';
import { undecided, type Reading, type SeenObject } from '../reading/types';

export type Verdict = 'right' | 'wrong' | 'undecided';
export const objectAttributes = ['colour', 'to', 'thing', 'size', 'motion', 'speed'] as const;
export const clipAttributes = ['setting', 'light', 'camera', 'wall', 'picture', 'count'] as const;
export type Attribute = (typeof objectAttributes)[number] | (typeof clipAttributes)[number];

/** One word that was asked, and what is there instead. */
export interface Judged {
  readonly attribute: Attribute;
  readonly object: number | null; // which asked object; null for the whole clip
  readonly asked: string;
  readonly seen: string | null; // null: there is no such object
  readonly verdict: Verdict;
}

export interface Score {
  readonly words: readonly Judged[];
  readonly pairs: readonly (number | null)[]; // for each asked object the seen one that it is taken for
  readonly binding: boolean | null; // colour, thing and motion on one object, for all; null where fewer than two are asked
  readonly strict: boolean; // everything asked is seen, count included
  // Without the prompt:
  readonly consistency: number | null; // 0 .. 1, mean over the objects; null without objects
  readonly identity: Verdict | null; // whether the objects end as what they began
  readonly flicker: number;
  readonly appeared: number;
  readonly vanished: number;
}

function judge(attribute: Attribute, object: number | null, want: string, seen: string | null): Judged {
  const verdict = seen === undecided ? 'undecided' : seen === want ? 'right' : 'wrong';
  return { attribute, object, asked: want, seen, verdict };
}

const wordsOf = (want: AskedObject, index: number, seen: SeenObject | undefined): Judged[] =>
  objectAttributes.flatMap((name) => {
    const word = want[name];
    if (word === null) return [];
    const value = seen ? (seen[name] ?? 'none') : null; // 'none': that motion has no speed words, or it keeps its colour
    // What is red all along must not turn into anything.
    if (name === 'colour' && want.to === null && seen?.to) return [judge(name, index, word, `${value} to ${seen.to}`)];
    return [judge(name, index, word, value)];
  });

/** The pairing of asked with seen objects in which most is right; three objects at most, so all are tried. */
function pair(wanted: readonly AskedObject[], seen: readonly SeenObject[]): (number | null)[] {
  const worth = (index: number, other: number): number =>
    wordsOf(wanted[index], index, seen[other]).filter(({ verdict }) => verdict === 'right').length + 0.1;
  let best: { list: (number | null)[]; sum: number } = { list: wanted.map(() => null), sum: -1 };
  const place = (list: (number | null)[], sum: number): void => {
    if (list.length === wanted.length) {
      if (sum > best.sum) best = { list, sum };
      return;
    }
    for (let other = 0; other < seen.length; other++)
      if (!list.includes(other)) place([...list, other], sum + worth(list.length, other));
    place([...list, null], sum);
  };
  if (wanted.length <= 6) place([], 0);
  return best.list;
}

/** Whether there is a wall, and something passes behind it. */
const behind = ({ wall, objects }: Reading): string =>
  !wall ? 'no wall' : objects.some(({ hides }) => hides) ? 'behind' : 'not behind';

/** Judges a reading by a prompt, or by what `asked` or `askedOf` made of one. */
export function score(reading: Reading, prompt: string | Asked): Score {
  const want = typeof prompt === 'string' ? asked(prompt) : prompt;
  const { objects } = reading;
  const pairs = pair(want.objects, objects);
  const words = want.objects.flatMap((object, i) => wordsOf(object, i, objects[pairs[i] ?? -1]));
  if (want.setting !== null) words.push(judge('setting', null, want.setting, reading.setting));
  if (want.light !== null) words.push(judge('light', null, want.light, reading.light));
  if (want.camera !== null) words.push(judge('camera', null, want.camera, reading.camera));
  if (want.wall) words.push(judge('wall', null, 'behind', behind(reading)));
  if (want.picture) words.push(judge('picture', null, 'still', reading.still === undecided ? undecided : reading.still ? 'still' : 'moves')); // prettier-ignore
  if (want.count !== null) words.push(judge('count', null, String(want.count), String(objects.length)));

  const bound = want.objects.map((_, i) =>
    words.filter(({ object, attribute }) => object === i && ['colour', 'to', 'thing', 'motion'].includes(attribute)),
  );
  const several = bound.filter((each) => each.length > 1);
  const same = objects.map(({ identity }) => identity);
  return {
    words,
    pairs,
    binding: several.length ? several.every((each) => each.every(({ verdict }) => verdict === 'right')) : null,
    strict: words.every(({ verdict }) => verdict === 'right'),
    consistency: objects.length ? objects.reduce((sum, object) => sum + object.consistency, 0) / objects.length : null,
    identity: !same.length ? null : same.includes(false) ? 'wrong' : same.includes(undecided) ? 'undecided' : 'right',
    flicker: reading.flicker,
    appeared: reading.appeared,
    vanished: reading.vanished,
  };
}
