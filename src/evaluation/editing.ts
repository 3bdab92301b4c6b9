/**
 * How well does it go on from what is given, and change what it is told to change? For films of which a part is given: whether the
 * network would have drawn that part itself, whether one sees a seam, and whether the words still come true. For films that are
 * changed by other words: the share that shows the new word, and the share that keeps every other, by strength.
 */
import { decibels, seamsOf, type Seam } from '../making/seams';
import { MeasureError } from '../reading/errors';
import { readClip } from '../reading/read';
import type { Reading } from '../reading/types';
import { harmonised } from '../sampling/harmonise';
import type { Bar, Progress } from './attributes';
import { clipAt, type Folder } from './clips';
import { editedOf, pixelDistance } from './edited';
import { filmOf, knownOfItem } from './edits';
import { score } from './score';

/** The given part counts as kept where the guess alone is as near to it as this. */
export const keptAt = 35; // dB

/** Films of which the same kind of part is given. */
export interface GivenRow {
  readonly name: string;
  readonly count: number;
  readonly decibels: number; // of the given pixels in the network's own guess, the middle one of the films
  readonly kept: Bar; // films at `keptAt` or more
  readonly seams: Bar; // films whose seams are no larger than the largest jump elsewhere in them
  readonly strict: Bar; // everything asked is seen
  readonly ordinary: Bar | null; // the same, of ordinary films of the same prompts; null where none were drawn
  readonly seamed: readonly Missed[]; // the first films with a seam
}

/** A film that misses what is asked of it, to be looked at. */
export interface Missed {
  readonly prompt: string;
  readonly seed: number;
}

/** Of those that miss, so many are named. */
const named = 5;

/** Films that other words changed, all begun with as much noise. */
export interface StrengthRow {
  readonly strength: number;
  readonly count: number;
  readonly changed: Bar; // the asked word is seen
  readonly stayed: Bar; // every word that was seen before is still seen
  readonly both: Bar;
  readonly words: readonly (readonly [word: string, changed: Bar])[]; // by the word that was asked otherwise
  readonly distance: number; // mean distance of the pixels, root mean square, black to white is 1
}

export interface EditingJudgement {
  readonly given: readonly GivenRow[];
  readonly strengths: readonly StrengthRow[]; // rising
}

type Named = readonly [name: string, folder: Folder];

/** Throws MeasureError for a film that nothing is known of. */
export function judgeEditing(folders: readonly Named[], about: (name: string) => Progress): EditingJudgement {
  const has = (key: 'plan' | 'begin') => folders.filter(([, { items }]) => items[0][key] !== undefined);
  const plain = folders.filter(([, { items }]) => items[0].plan === undefined && items[0].begin === undefined);
  const ordinary = plain.map(([name, folder]) => ({ folder, right: strictOf(folder, readAll(folder, about(name))) }));
  const given = has('plan').map(([name, folder]): GivenRow => {
    const same = ordinary.find((each) => each.folder.items.every(({ prompt }, i) => prompt === folder.items[i]?.prompt)); // prettier-ignore
    return givenRow(name, folder, same?.right ?? null, about(name));
  });
  const before = new Map<string, Reading>(); // of the true films, which every strength begins from
  const rows = has('begin').map(([name, folder]) => strengthRow(name, folder, before, about(name)));
  return { given, strengths: rows.sort((a, b) => a.strength - b.strength) };
}

function readAll(folder: Folder, onProgress: Progress): Reading[] {
  return folder.items.map((_, i) => {
    onProgress(i, folder.items.length);
    return readClip(clipAt(folder, i), folder.shape);
  });
}

const barOf = (right: readonly boolean[]): Bar => ({
  right: right.filter(Boolean).length,
  undecided: 0,
  total: right.length,
});

const strictOf = ({ items }: Folder, readings: readonly Reading[]): Bar =>
  barOf(items.map(({ prompt }, i) => score(readings[i], prompt).strict));

/** The clips of such a folder are the network's own last guesses: what was given is put back here, and the rest harmonised with it. */
function givenRow(name: string, folder: Folder, ordinary: Bar | null, onProgress: Progress): GivenRow {
  const { items, shape } = folder;
  const films = items.map((item, i) => {
    onProgress(i, items.length);
    const known = knownOfItem(item, shape);
    if (!known) throw new MeasureError(`clip ${i} of ${name} has a part given, and no scene to take it from`, 'draw it again'); // prettier-ignore
    const own = clipAt(folder, i);
    let [squares, count] = [0, 0];
    for (let at = 0; at < own.length; at++) {
      if (!known.mask[at % known.mask.length]) continue;
      squares += (own[at] - known.clip[at]) ** 2;
      count++;
      own[at] = known.clip[at];
    }
    const clip = harmonised(own, known, shape); // as run() finishes it
    const { time, space } = seamsOf(clip, known.mask, shape);
    const hidden = (seam: Seam | null) => seam === null || seam.seam <= seam.most;
    return {
      decibels: decibels(Math.sqrt(squares / Math.max(1, count))),
      hidden: hidden(time) && hidden(space),
      strict: score(readClip(clip, shape), item.prompt).strict,
    };
  });
  const kept = films.map((film) => film.decibels).sort((a, b) => a - b);
  return {
    name: name.replace(/^editing-/, ''),
    count: items.length,
    decibels: kept[Math.floor(kept.length / 2)],
    kept: barOf(kept.map((each) => each >= keptAt)),
    seams: barOf(films.map(({ hidden }) => hidden)),
    strict: barOf(films.map(({ strict }) => strict)),
    ordinary,
    seamed: items.filter((_, i) => !films[i].hidden).slice(0, named).map(({ prompt, seed }) => ({ prompt, seed })), // prettier-ignore
  };
}

function strengthRow(name: string, folder: Folder, before: Map<string, Reading>, onProgress: Progress): StrengthRow {
  const { items, shape } = folder;
  const films = items.map(({ prompt, scene, group }, i) => {
    onProgress(i, items.length);
    if (!scene) throw new MeasureError(`clip ${i} of ${name} was begun in no scene`, 'draw it again');
    const [film, key] = [filmOf(scene, shape), JSON.stringify(scene)];
    const was = before.get(key) ?? readClip(film, shape);
    before.set(key, was);
    const clip = clipAt(folder, i);
    const { wanted, lost } = editedOf(was, readClip(clip, shape), prompt);
    const changed = wanted.length > 0 && wanted.every(({ is }) => is);
    return { group: group ?? '', changed, stayed: lost.length === 0, distance: pixelDistance(film, clip) };
  });
  const groups = [...new Set(films.map(({ group }) => group))];
  return {
    strength: Number((1 - (items[0].begin ?? 0)).toFixed(2)),
    count: items.length,
    changed: barOf(films.map(({ changed }) => changed)),
    stayed: barOf(films.map(({ stayed }) => stayed)),
    both: barOf(films.map(({ changed, stayed }) => changed && stayed)),
    words: groups.map((word) => [word, barOf(films.filter(({ group }) => group === word).map(({ changed }) => changed))] as const), // prettier-ignore
    distance: films.reduce((sum, { distance }) => sum + distance, 0) / films.length,
  };
}
