/**
 * Sets of clips, each of one plot of the world and one shape of clip: the ladder that a larger model is asked to climb. A
 * set is a folder of the suite "sets"; what its clips have in common is the group of its items.
 */
import { MeasureError } from '../reading/errors';
import type { ClipShape } from '../sampling/types';
import { judgeAttributes, readClips, type Bar, type Bars, type Progress } from './attributes';
import type { Folder } from './clips';

export interface SetRow {
  readonly model: string;
  readonly name: string;
  readonly shape: ClipShape;
  readonly count: number;
  readonly seeds: readonly [number, number]; // first and last
  readonly bars: Bars;
  readonly confusions: readonly (readonly [string, number])[];
}

/** One line of what a larger model aims at. */
export interface Aim {
  readonly name: string;
  readonly bar: Bar;
  readonly aim: string;
  readonly reached: boolean | null; // null: nothing to hold it against
}

/** The set that a folder of this name holds. Throws MeasureError where there are several. */
export function setIn(name: string, { items }: Folder): string {
  const groups = [...new Set(items.map(({ group }) => group))];
  if (groups.length > 1) throw new MeasureError(`${name} holds clips of ${groups.join(' and ')}`, 'draw each set into a folder of its own'); // prettier-ignore
  return groups[0] ?? name;
}

export function judgeSet(name: string, folder: Folder, onProgress: Progress): SetRow {
  const { bars, confusions, count } = judgeAttributes(folder, readClips(folder, onProgress), []);
  return {
    model: folder.model.name,
    name: setIn(name, folder),
    shape: folder.shape,
    count,
    seeds: [folder.items[0].seed, folder.items[folder.items.length - 1].seed],
    bars: bars.clips,
    confusions,
  };
}

const shapes = ['short', 'long', 'wide', 'tall'];
const most = 0.05; // that another shape may lose

/** What the sets of one model say of its aims; sets that were not drawn say nothing. */
export function aimsOf(rows: readonly SetRow[]): Aim[] {
  const pooled = (names: readonly string[], measure: 'strict' | 'binding'): Bar | null => {
    const bars = rows.filter(({ name }) => names.includes(name)).map(({ bars: own }) => own[measure]);
    const sum = (key: keyof Bar): number => bars.reduce((total, bar) => total + bar[key], 0);
    return bars.length && sum('total')
      ? { right: sum('right'), undecided: sum('undecided'), total: sum('total') }
      : null;
  };
  const share = ({ right, total }: Bar): number => right / total;
  const least = (name: string, bar: Bar | null, aim: number): Aim[] =>
    bar ? [{ name, bar, aim: `at least ${100 * aim} %`, reached: share(bar) >= aim }] : [];
  const square = pooled(['one'], 'strict');
  return [
    ...least('one thing, strict', square, 0.95),
    ...least('two or three things, strict', pooled(['two', 'three'], 'strict'), 0.85),
    ...least('two things in opposite directions, colour, thing and motion together', pooled(['opposite'], 'binding'), 0.9), // prettier-ignore
    ...least('pairs never shown in training, strict', pooled(['holes'], 'strict'), 0.8),
    ...shapes.flatMap((name): Aim[] => {
      const bar = pooled([name], 'strict');
      const row = rows.find((each) => each.name === name);
      if (!bar || !row) return [];
      const { frames, height, width } = row.shape;
      const reached = square && share(bar) >= share(square) - most;
      return [{ name: `one thing in ${frames} x ${height} x ${width}, strict`, bar, aim: 'within 5 points of the first', reached }]; // prettier-ignore
    }),
  ];
}
