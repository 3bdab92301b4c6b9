/**
 * Does a clip show what was asked? A folder of clips, judged word by word, beside two bars: the same reader on true renders
 * of what the prompts ask (ceiling), and the clips judged by each other's prompts (floor).
 */
import { readClip } from '../reading/read';
import type { Reading } from '../reading/types';
import { render } from '../world/render';
import { draws } from '../world/scene';
import { asked } from './asked';
import { clipAt, stored, type Folder } from './clips';
import { score, type Judged, type Score, type Verdict } from './score';
import { bootstrap } from './statistics';
import { sceneOf } from './truth';

export interface Bar {
  readonly right: number;
  readonly undecided: number;
  readonly total: number;
}

export const measures = [
  'colour',
  'to',
  'thing',
  'size',
  'motion',
  'speed',
  'setting',
  'light',
  'camera',
  'wall',
  'picture',
  'count',
  'binding',
  'strict',
  'identity',
] as const;
export type Measure = (typeof measures)[number];
export type Bars = Record<Measure, Bar>;
export type Kind = 'clips' | 'ceiling' | 'floor';

export interface JudgedClip {
  readonly prompt: string;
  readonly seed: number;
  readonly strict: boolean;
  readonly right: number;
  readonly words: readonly Judged[];
  readonly seen: string;
}

export interface Mean {
  readonly mean: number;
  readonly interval: readonly [number, number];
}

export const meanNames = ['consistency', 'flicker', 'appeared', 'vanished', 'lawResidual', 'gravity'] as const;
export type Means = Record<(typeof meanNames)[number], Mean | null>;

export interface Judgement {
  readonly count: number;
  readonly bars: Record<Kind, Bars>;
  readonly groups: Readonly<Record<string, Bars>>;
  readonly misbound: Bar | null; // of prompts with two objects: every word is there, but on the wrong object
  readonly product: number; // strict, if each word came right by itself: the product of the shares, as often as asked
  readonly means: Record<'clips' | 'ceiling', Means>;
  readonly confusions: readonly (readonly [string, number])[];
  readonly items: readonly JudgedClip[];
  readonly ranking: readonly number[]; // clips, best first
}

/** Progress of something that takes long: what is done of how much. */
export type Progress = (done: number, total: number) => void;

export function readClips(folder: Folder, onProgress: Progress = () => {}): Reading[] {
  return folder.items.map((_, i) => {
    onProgress(i, folder.items.length);
    return readClip(clipAt(folder, i), folder.shape);
  });
}

/** The same for true renders of what each prompt asks, what it leaves open drawn by chance. */
export function readTruths({ items, shape }: Folder, onProgress: Progress = () => {}): Reading[] {
  return items.map(({ prompt, seed }, i) => {
    onProgress(i, items.length);
    return readClip(stored(render(sceneOf(asked(prompt), seed, shape.frames), shape)), shape);
  });
}

export function judgeAttributes(
  { items }: Folder,
  readings: readonly Reading[],
  truths: readonly Reading[],
): Judgement {
  const clips = items.map(({ prompt }, i) => score(readings[i], prompt));
  const ceiling = truths.map((truth, i) => score(truth, items[i].prompt)); // none, where only the clips matter
  const order = derangement(items.length);
  const floor = items.map((_, i) => score(readings[i], items[order[i]].prompt));
  const confusions = new Map<string, number>();
  for (const { words } of clips)
    for (const { attribute, asked: want, seen, verdict } of words)
      if (verdict !== 'right') {
        const what = `${attribute}: ${want} read as ${seen ?? 'nothing'}`;
        confusions.set(what, (confusions.get(what) ?? 0) + 1);
      }
  const rightness = clips.map(({ words }) => rights(words) / Math.max(1, words.length));
  const names = [...new Set(items.flatMap(({ group }) => group ?? []))];
  const own = bars(clips);
  return {
    count: items.length,
    bars: { clips: own, ceiling: bars(ceiling), floor: bars(floor) },
    groups: Object.fromEntries(
      names.map((name) => [name, bars(clips.filter((_, i) => items[i].group === name))] as const),
    ),
    misbound: misbound(items, readings, clips),
    product: product(clips, own),
    means: { clips: means(readings, clips), ceiling: means(truths, ceiling) },
    confusions: [...confusions].sort((a, b) => b[1] - a[1]),
    items: items.map(({ prompt, seed }, i) => ({
      prompt,
      seed,
      strict: clips[i].strict,
      right: rights(clips[i].words),
      words: clips[i].words,
      seen: describe(readings[i]),
    })),
    ranking: items
      .map((_, i) => i)
      .sort((a, b) => rightness[b] - rightness[a] || sureness(readings[b]) - sureness(readings[a])),
  };
}

const rights = (words: readonly Judged[]): number => words.filter(({ verdict }) => verdict === 'right').length;

/** Clips that show every asked colour, thing and motion somewhere, but not together. */
function misbound(items: Folder['items'], readings: readonly Reading[], scores: readonly Score[]): Bar | null {
  const several = scores.flatMap(({ binding }, i) =>
    binding !== null && asked(items[i].prompt).objects.length > 1 ? [i] : [],
  );
  if (!several.length) return null;
  const wrong = several.filter((i) => {
    const want = asked(items[i].prompt).objects;
    const list = (from: readonly Record<'colour' | 'thing' | 'motion', string | null>[], name: 'colour' | 'thing' | 'motion') =>
      from.map((object) => object[name]).sort().join(); // prettier-ignore
    const all = (['colour', 'thing', 'motion'] as const).every((name) => list(want, name) === list(readings[i].objects, name)); // prettier-ignore
    return all && !scores[i].binding;
  });
  return { right: wrong.length, undecided: 0, total: several.length };
}

/** Okawa et al. 2023: what is put together of parts comes right as often as all of its parts do. */
function product(scores: readonly Score[], own: Bars): number {
  const each = scores.map(({ words }) =>
    words.reduce((share, { attribute }) => share * (own[attribute].right / own[attribute].total), 1),
  );
  return each.reduce((a, b) => a + b, 0) / each.length;
}

/** How well what was seen explains the pixels, to rank clips that score alike. */
const sureness = ({ objects }: Reading): number =>
  objects.reduce(
    (sum, { track }) => sum + track.reduce((total, { explained }) => total + explained, 0) / track.length,
    0,
  );

export function describe({ seen, setting, light, camera, wall, objects }: Reading): string {
  if (!seen) return 'nothing';
  const all = objects.map(({ size, colour, to, thing, motion, speed }) =>
    [size, to ? `${colour} to ${to}` : colour, thing, motion, speed].filter(Boolean).join(' '),
  );
  return [
    ...(all.length ? all : ['no object']),
    ...(wall ? ['a wall'] : []),
    setting,
    ...(light === 'stays' ? [] : [light]),
    ...(camera === 'stands' ? [] : [`camera ${camera}`]),
  ].join(', ');
}

/** Everyone gets someone else's prompt; the same each time. */
function derangement(count: number): number[] {
  const draw = draws(1);
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(draw() * i); // never i itself: Sattolo's rule makes one cycle of all
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

function bars(scores: readonly Score[]): Bars {
  const verdicts = (name: Measure): (Verdict | null)[] =>
    name === 'binding'
      ? scores.map(({ binding }) => (binding === null ? null : binding ? 'right' : 'wrong'))
      : name === 'strict'
        ? scores.map(({ strict }) => (strict ? 'right' : 'wrong'))
        : name === 'identity'
          ? scores.map(({ identity }) => identity)
          : scores.flatMap(({ words }) =>
              words.filter(({ attribute }) => attribute === name).map(({ verdict }) => verdict),
            );
  return Object.fromEntries(
    measures.map((name) => {
      const given = verdicts(name).filter((verdict) => verdict !== null);
      const count = (kind: Verdict): number => given.filter((verdict) => verdict === kind).length;
      return [name, { right: count('right'), undecided: count('undecided'), total: given.length }];
    }),
  ) as Bars;
}

function means(readings: readonly Reading[], scores: readonly Score[]): Means {
  const figure = (values: readonly (number | null)[]): Mean | null => {
    const given = values.filter((value) => value !== null);
    return given.length ? { mean: given.reduce((a, b) => a + b, 0) / given.length, interval: bootstrap(given) } : null;
  };
  return {
    consistency: figure(scores.map(({ consistency }) => consistency)),
    flicker: figure(readings.map(({ flicker }) => flicker)),
    appeared: figure(scores.map(({ appeared }) => appeared)),
    vanished: figure(scores.map(({ vanished }) => vanished)),
    lawResidual: figure(readings.flatMap(({ objects }) => objects.map(({ law }) => law.residual))),
    gravity: figure(
      readings.flatMap(({ objects }) => objects.map(({ law, motion }) => (motion === law.motion ? law.gravity : null))),
    ),
  };
}
