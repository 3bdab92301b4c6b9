/**
 * The films of a training that somebody looks at: the four on the page, and those that are read and counted, in cells that it
 * was shown and in its holes.
 *
 * What it is not: it knows no worker and no clock (server.ts says when).
 */
import { Tally } from './history';
import { holesOf, microCaption, shownBy, type Cell } from './micro';
import type { Score, WatchedFilm } from './protocol';
import type { Training } from './training';

/** Films that stand on the page side by side. */
export const places = 4;

/** What the four films on the page are asked: up to two holes, else cells that are shown, as different as can be. */
export function watchedOf(shown: readonly Cell[], holes: readonly Cell[]): readonly Cell[] {
  const spaced = (cells: readonly Cell[], count: number) =>
    Array.from({ length: Math.min(count, cells.length) }, (_, i) => cells[Math.floor((i * cells.length) / Math.min(count, cells.length))]); // prettier-ignore
  const asked = spaced(holes, 2);
  return [...spaced(shown, places - asked.length), ...asked];
}

/** Rounds of films to say how good a training is that comes from elsewhere. */
const enough = 8;

export class Films {
  private readonly tallies = { shown: new Tally(), holes: new Tally() };
  private turns = 0;

  /** given: what is known of it already; it counts until the next film is read. */
  constructor(
    readonly training: Training,
    private given?: Readonly<Record<'shown' | 'holes', Score>>,
  ) {}

  /** Cells that training shows, and holes that it has never shown. */
  asked(): { readonly shown: readonly Cell[]; readonly holes: readonly Cell[] } {
    const { grid, counts } = this.training;
    return { shown: shownBy(grid), holes: holesOf(grid).filter((cell) => !counts[microCaption(cell)]) };
  }

  /** What the four films on the page are asked. */
  watched(): readonly Cell[] {
    const { shown, holes } = this.asked();
    return watchedOf(shown, holes);
  }

  /** The film of a place, always from the same noise. */
  async draw(cell: Cell, place: number): Promise<WatchedFilm> {
    return { ...(await this.training.draw(cell, 1 + place)), at: this.training.seen };
  }

  /** Two of three times it reads a film that counts, of a cell that is shown or of a hole; else it says which place to draw. */
  async next(): Promise<number | null> {
    const turn = this.turns++;
    const round = Math.floor(turn / 3);
    if (turn % 3 === 0) return round % places;
    await this.read(turn % 3 === 1 || this.asked().holes.length === 0 ? 'shown' : 'holes', round);
    return null;
  }

  /** One round: a film of each kind. Whether there is another round. */
  async judge(round: number): Promise<boolean> {
    await this.read('shown', round);
    await this.read('holes', round);
    return round + 1 < enough;
  }

  /** What was counted is of another grid. */
  clear(): void {
    this.given = undefined;
    for (const tally of Object.values(this.tallies)) tally.clear();
  }

  get scores(): Readonly<Record<'shown' | 'holes', Score>> {
    return this.given ?? { shown: this.tallies.shown.score, holes: this.tallies.holes.score };
  }

  /** Share of films that are right, of each kind; null before the first few. */
  get shares(): Readonly<Record<'shown' | 'holes', number | null>> {
    return { shown: this.tallies.shown.share, holes: this.tallies.holes.share };
  }

  /** Of another cell each time, and from fresh noise. 7 goes round all cells of a grid before it comes back. */
  private async read(kind: 'shown' | 'holes', round: number): Promise<void> {
    const cells = this.asked()[kind];
    const cell = cells[(7 * round) % cells.length];
    if (!cell) return;
    this.given = undefined;
    this.tallies[kind].add(cell, (await this.training.draw(cell, 1000 + round)).seen);
  }
}
