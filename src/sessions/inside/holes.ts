/**
 * Is a hole harder? The network draws the chosen field of the map and the fields beside it, from the same noise with sentences
 * that differ in one word, and our reader says in how many films both words of the field are right.
 *
 * What it is not: a measurement with small error bars. A press adds two films a field; the numbers say of how many.
 */
import { computed, signal } from '@preact/signals-core';
import { caption, inHole, type Scene } from '../../world';
import { command, Session, type Facts } from '../../app/session';
import type { Studio } from '../../studio/studio';
import { noSpeed, sceneWith, seenOf, type Axis, type Cell, type Seen } from './seen';
import { filmOf } from './slide';

/** Films of each field that a press adds. */
export const filmsEach = 2;

export interface Tally {
  readonly row: string;
  readonly column: string;
  readonly hole: boolean; // training left it out
  readonly right: number; // films in which both words are right
  readonly films: number;
}

export class Holes extends Session {
  private readonly tallies = signal<ReadonlyMap<string, Pick<Tally, 'right' | 'films'>>>(new Map());

  constructor(
    state: Facts,
    private readonly studio: Pick<Studio, 'engine' | 'lab'>,
    private readonly seen: Pick<Seen, 'rows' | 'columns' | 'cell' | 'map'>,
  ) {
    super(state);
  }

  /** The chosen field first, then those beside it in row and column that training did show. */
  readonly fields = computed((): readonly Tally[] => {
    const cell = this.seen.cell.value;
    if (!cell) return [];
    return [cell, ...besideOf(cell, this.seen.map.value)].map((each) => ({
      ...each,
      hole: this.oddsOf(each) === 0,
      ...(this.tallies.value.get(this.keyOf(each)) ?? { right: 0, films: 0 }),
    }));
  });

  /** Two more films of each field. */
  @command
  async draw(): Promise<void> {
    const { studio, state } = this;
    const cell = this.seen.cell.value;
    if (!cell) return;
    const fields = this.fields.value;
    const settings = state.settings.value;
    const before = fields[0].films;
    const again = () => this.draw();
    await studio.lab.work('holes', fields.length * filmsEach * settings.steps, again, async (signal, tick) => {
      for (let n = before; n < before + filmsEach; n++) {
        const base = this.baseOf(cell, fields, n);
        for (const field of fields) {
          const prompt = caption(this.moved(base, field));
          const seed = settings.seed + n;
          const clip = await filmOf(studio.engine, { prompt }, { ...settings, seed }, signal, tick);
          const shape = studio.engine.info?.shape;
          const look = clip && shape && (await studio.lab.lookAt(clip, shape, prompt));
          if (look) this.count(field, this.isRight(look.words));
        }
      }
    });
  }

  private count(field: Cell, right: boolean): void {
    const key = this.keyOf(field);
    const { right: before, films } = this.tallies.value.get(key) ?? { right: 0, films: 0 };
    this.tallies.value = new Map([...this.tallies.value, [key, { right: before + Number(right), films: films + 1 }]]);
  }

  private isRight(words: readonly { readonly attribute: string; readonly verdict: string }[]): boolean {
    const both: readonly string[] = [this.seen.rows.value, this.seen.columns.value];
    return words.every(({ attribute, verdict }) => !both.includes(attribute) || verdict === 'right');
  }

  /** The n-th scene of the field in which no other pair of words is left out either, in the field itself or in one beside it. */
  private baseOf(cell: Cell, fields: readonly Tally[], n: number): Scene {
    const [rows, columns] = [this.seen.rows.value, this.seen.columns.value];
    for (let seed = 1; ; seed++) {
      const found = sceneWith([[rows, cell.row], [columns, cell.column]], seed); // prettier-ignore
      seed = found.seed;
      if (fields.slice(1).some((field) => inHole(this.moved(found.scene, field)))) continue;
      if (n-- === 0) return found.scene;
    }
  }

  /** The same scene with the two words of another field. */
  private moved(scene: Scene, { row, column }: Cell): Scene {
    const words = [[this.seen.rows.value, row], [this.seen.columns.value, column]] as const; // prettier-ignore
    // The motion first: a speed belongs to it.
    return [...words]
      .sort(([axis]) => (axis === 'motion' ? -1 : 0))
      .reduce((moved, [axis, word]) => put(moved, axis, word), scene);
  }

  private oddsOf({ row, column }: Cell): number {
    const { rows, columns, odds } = this.seen.map.value;
    return odds[rows.indexOf(row)][columns.indexOf(column)];
  }

  private keyOf({ row, column }: Cell): string {
    const { engine, settings } = this.state;
    const model = engine.value.phase === 'ready' ? engine.value.info.model : '';
    return `${model} ${row} ${column} ${JSON.stringify(settings.value)}`;
  }
}

/** A scene that says another word. Speeds belong to motions: none is said where the motion is another. */
function put(scene: Scene, axis: Axis, word: string): Scene {
  if (axis === 'setting') return { ...scene, setting: word };
  const [object] = scene.objects;
  if (axis === 'speed') return { ...scene, objects: [{ ...object, speed: word === noSpeed ? null : word }] };
  return { ...scene, objects: [{ ...object, [axis]: word, ...(axis === 'motion' && { speed: null }) }] };
}

/** Left, right, above and below, over the edges, but for those that were left out themselves. */
function besideOf(
  { row, column }: Cell,
  {
    rows,
    columns,
    odds,
  }: { rows: readonly string[]; columns: readonly string[]; odds: readonly (readonly number[])[] },
): readonly Cell[] {
  const [r, c] = [rows.indexOf(row), columns.indexOf(column)];
  const at = (dr: number, dc: number) =>
    [(r + dr + rows.length) % rows.length, (c + dc + columns.length) % columns.length] as const;
  const places = [at(0, -1), at(0, 1), at(-1, 0), at(1, 0)].filter(([i, j]) => odds[i][j] > 0 && (i !== r || j !== c));
  const cells = places.map(([i, j]) => ({ row: rows[i], column: columns[j] }));
  return cells.filter(
    (cell, i) => cells.findIndex((other) => other.row === cell.row && other.column === cell.column) === i,
  );
}

const made = new WeakMap<Studio, Holes>();

/** The one of a studio. */
export function holesOf(studio: Studio): Holes {
  const holes = made.get(studio) ?? new Holes(studio.state, studio, seenOf(studio));
  made.set(studio, holes);
  return holes;
}
