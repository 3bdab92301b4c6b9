/**
 * When is it decided? Every step of a run has a guess of the finished film, and every guess can be read. So each word has
 * a step from which on its reading no longer changes. A word that can't be told in the last guess was never decided.
 */
import { asked, type Asked } from '../evaluation/asked';
import { score } from '../evaluation/score';
import { undecided, type Reading, type SeenObject } from '../reading/types';
import { markOf, type Mark } from './comparison';

/** `same` and `other`: nobody asked, so there is no right and wrong; is it already as it will be in the end? */
export type Cell = Mark | 'same' | 'other';

const ofThing = ['colour', 'thing', 'size', 'motion', 'place'] as const;
export type Decision = 'setting' | (typeof ofThing)[number];

export interface DecidedRow {
  readonly decision: Decision;
  readonly object: number | null; // which of the things asked for, or of those seen where none is asked for; null: the film
  readonly asked: string | null;
  readonly cells: readonly (Cell | null)[]; // one for each step; null: not read yet
  readonly from: number | null; // step from which on it stays; null: never, or not known yet
}

/** A path this near to the last one, in frame heights on average, is in the same place: 1.6 of 32 pixels. */
const near = 0.05;

/**
 * readings: one for each step so far, undefined where not read yet. complete: the last of them is the last of the run.
 */
export function decide(
  prompt: string,
  readings: readonly (Reading | undefined)[],
  complete: boolean,
): readonly DecidedRow[] {
  const last = readings.at(-1);
  const final = last ?? readings.findLast((reading) => reading !== undefined);
  if (!final) return [];
  const want = asked(prompt);
  const targets = want.objects.length > 0 ? want : wanting(final);
  const wanted = want.objects.length > 0 ? want.objects : null;

  /** The seen things of each step, in the order of the targets. */
  const found = readings.map((reading) => reading && pairs(reading, targets));
  const row = <Value>(
    about: Pick<DecidedRow, 'decision' | 'object' | 'asked'>,
    valueOf: (step: number) => Value | null | undefined, // null: there is no such thing; undefined: not read yet
    same: (a: Value, b: Value) => boolean = Object.is,
  ): DecidedRow => {
    const end = valueOf(readings.indexOf(final));
    const values = readings.map((_, step) => valueOf(step));
    const stays = (value: Value | null | undefined) =>
      value !== null && value !== undefined && end !== null && end !== undefined && same(value, end);
    const cells = values.map((value): Cell | null => {
      if (value === undefined) return null;
      if (value === null) return 'absent';
      if (value === undecided) return 'undecided';
      if (about.asked !== null)
        return markOf({ seen: String(value), verdict: about.asked === value ? 'right' : 'wrong' });
      return stays(value) ? 'same' : 'other';
    });
    return { ...about, cells, from: complete && end !== undecided ? start(values, stays) : null };
  };

  return [
    row({ decision: 'setting', object: null, asked: want.setting }, (step) => readings[step]?.setting),
    ...targets.objects.flatMap((_, object) =>
      ofThing.map((decision) => {
        const seen = (step: number): SeenObject | null | undefined => found[step] && found[step][object];
        if (decision === 'place') return row({ decision, object, asked: null }, seen, samePlace);
        const about = { decision, object, asked: wanted?.[object][decision] ?? null };
        return row(about, (step) => seen(step) && (seen(step) as SeenObject)[decision]);
      }),
    ),
  ];
}

/** The first step of the stretch that stays until the end; null where the end does not stay, or a step is unread before that is clear. */
function start<Value>(
  values: readonly (Value | undefined)[],
  stays: (value: Value | undefined) => boolean,
): number | null {
  let first = values.length;
  while (first > 0 && stays(values[first - 1])) first--;
  return first === values.length || (first > 0 && values[first - 1] === undefined) ? null : first;
}

/** What a prompt would ask that wants exactly this. */
function wanting({ objects, setting }: Reading): Asked {
  const word = (value: string | null) => (value === undecided ? null : value);
  return {
    objects: objects.map(({ size, colour, to, thing, motion, speed }) => ({
      size: word(size),
      colour: word(colour),
      to: word(to),
      thing: word(thing),
      motion: word(motion),
      speed: word(speed),
    })),
    count: null,
    setting,
    camera: null,
    light: null,
    wall: false,
    picture: false,
  };
}

function pairs(reading: Reading, targets: Asked): readonly (SeenObject | null)[] {
  return score(reading, targets).pairs.map((index) => (index === null ? null : reading.objects[index]));
}

/** Mean distance of two paths, over the frames in which both can be seen. */
function samePlace(a: SeenObject, b: SeenObject): boolean {
  const apart = a.track.flatMap((at, n) => {
    const other = b.track[n];
    return at.visible > 0.3 && other.visible > 0.3 ? [Math.hypot(at.x - other.x, at.y - other.y)] : [];
  });
  return apart.length > 0 && apart.reduce((sum, distance) => sum + distance, 0) / apart.length <= near;
}
