/**
 * What the network has seen: every pair of words of the little world, how often training drew them together, and a true clip
 * of any of them, drawn by the same renderer. Pairs that training left out on purpose are drawn here, too: nobody else has.
 *
 * What it is not: a look at stored clips. Training drew each scene anew and kept none.
 */
import { computed, signal } from '@preact/signals-core';
import { caption, draws, render, sampleScene, tokenize, world, type Scene } from '../../world';
import { colours, motions, settings, speeds, things } from '../../world/world';
import type { ClipShape } from '../../sampling/types';
import { command, Session, type Facts } from '../../app/session';
import type { Studio } from '../../studio/studio';

export type Axis = 'colour' | 'thing' | 'motion' | 'setting' | 'speed';
export const axes: readonly Axis[] = ['colour', 'thing', 'motion', 'setting', 'speed'];

/** Where a motion has no words for its speed. */
export const noSpeed = 'none';

const words: Readonly<Record<Axis, readonly string[]>> = { colour: colours, thing: things, motion: motions, setting: settings, speed: [...speeds, noSpeed] }; // prettier-ignore
/** As it stands in a sentence: "night" is "at night". */
export const phraseOf = (axis: Axis, word: string): string =>
  axis === 'motion' ? world.motions[word].phrase : axis === 'setting' ? world.settings[word].phrase : word;

/** The words of an axis that a model of so many words was trained on. */
export function wordsOn(axis: Axis, count: number): readonly string[] {
  return words[axis].filter(
    (word) => word === noSpeed || tokenize(phraseOf(axis, word), 8, count).unknown.length === 0,
  );
}

/**
 * Of scenes with one thing, the share in which two words stand together: [row][column]; 0 where training left them out, NaN
 * where the world has no such scene. Colour, thing, motion and setting are drawn by lot, alike and apart, and the speed by
 * lot of those that the motion has; what lies in a hole is drawn again.
 */
export function oddsOf(rows: Axis, columns: Axis, count: number): readonly (readonly number[])[] {
  const [row, column] = [wordsOn(rows, count), wordsOn(columns, count)];
  const odds = row.map(() => column.map(() => NaN));
  const lots = axes.slice(0, 4).map((axis) => wordsOn(axis, count));
  const combinations = lots.reduce<readonly (readonly string[])[]>(
    (sets, options) => sets.flatMap((set) => options.map((option) => [...set, option])),
    [[]],
  );
  const isDrawn = (set: readonly string[]) =>
    !world.holes.pairs.some((pair) => pair.every((word) => set.includes(word)));
  const drawn = combinations.filter(isDrawn).length;
  const [r, c] = [axes.indexOf(rows), axes.indexOf(columns)];
  for (const set of combinations) {
    const paces = speedsOf(set[axes.indexOf('motion')]);
    for (const pace of paces) {
      const all = [...set, pace];
      const [i, j] = [row.indexOf(all[r]), column.indexOf(all[c])];
      odds[i][j] = (odds[i][j] || 0) + (isDrawn(set) ? 1 / drawn / paces.length : 0);
    }
  }
  return odds;
}

function speedsOf(motion: string): readonly string[] {
  const law = world.motions[motion].speeds;
  return law ? speeds.filter((word) => Object.hasOwn(law, word)) : [noSpeed];
}

/** A scene's word on an axis. */
function wordOf(scene: Scene, axis: Axis): string {
  const [object] = scene.objects;
  return axis === 'setting' ? scene.setting : (object[axis] ?? noSpeed);
}

/** The first scene from a seed on in which the words stand together, with one thing before a camera that stands. */
export function sceneWith(
  pairs: readonly (readonly [Axis, string])[],
  from: number,
): { readonly scene: Scene; readonly seed: number } {
  for (let seed = from; ; seed++) {
    const scene = sampleScene(draws(seed), { holes: true, objects: 1 });
    if (scene.camera === 'stands' && pairs.every(([axis, word]) => wordOf(scene, axis) === word))
      return { scene, seed };
  }
}

/** A field of the map. */
export interface Cell {
  readonly row: string;
  readonly column: string;
}

/** A true clip of a cell. */
export interface Example {
  readonly clip: Float32Array; // 3 x frames x height x width, -1 .. 1
  readonly shape: ClipShape;
  readonly prompt: string;
  readonly seed: number;
}

const shape: ClipShape = { frames: 16, height: 32, width: 32 };

export class Seen extends Session {
  readonly rows = signal<Axis>('colour');
  readonly columns = signal<Axis>('thing');
  readonly cell = signal<Cell | null>(null);
  private readonly from = signal(1); // the seed from which on a scene is looked for

  constructor(
    state: Facts,
    private readonly runs: Pick<Studio['runs'], 'take'>,
  ) {
    super(state);
  }

  /** What stands on one side of the map; the other side gives way where it would be the same. */
  @command
  choose(side: 'rows' | 'columns', axis: Axis): void {
    const other = side === 'rows' ? this.columns : this.rows;
    if (other.value === axis) other.value = this[side].value;
    this[side].value = axis;
    this.cell.value = null;
  }

  @command
  pick(row: string, column: string): void {
    this.cell.value = { row, column };
    this.from.value = 1;
  }

  @command
  another(): void {
    this.from.value = (this.example.value?.seed ?? 0) + 1;
  }

  /** Asks the network for what the true clip shows. */
  @command
  async ask(): Promise<void> {
    const example = this.example.value;
    if (example) await this.runs.take(example.prompt, this.state.settings.value);
  }

  readonly map = computed(() => {
    const [rows, columns, { count }] = [this.rows.value, this.columns.value, this.state.words.value];
    return { rows: wordsOn(rows, count), columns: wordsOn(columns, count), odds: oddsOf(rows, columns, count) };
  });

  readonly example = computed((): Example | null => {
    const [cell, rows, columns, from] = [this.cell.value, this.rows.value, this.columns.value, this.from.value];
    if (!cell) return null;
    const { scene, seed } = sceneWith([[rows, cell.row], [columns, cell.column]], from); // prettier-ignore
    return { clip: render(scene, shape).map((value) => 2 * value - 1), shape, prompt: caption(scene), seed };
  });

  /** Whether training left the cell out. */
  readonly hole = computed(() => {
    const [cell, { rows, columns, odds }] = [this.cell.value, this.map.value];
    return cell !== null && odds[rows.indexOf(cell.row)][columns.indexOf(cell.column)] === 0;
  });
}

const made = new WeakMap<Studio, Seen>();

/** The one of a studio. */
export function seenOf(studio: Studio): Seen {
  const seen = made.get(studio) ?? new Seen(studio.state, studio.runs);
  made.set(studio, seen);
  return seen;
}
