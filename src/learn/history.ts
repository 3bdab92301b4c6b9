/**
 * What became of a training so far: losses by noise level, and how films did. As a curve of at most some hundred points,
 * however long it took.
 *
 * What it is not: it trains nothing and reads no film.
 */
import type { Cell } from './micro';
import type { Point, Score } from './protocol';
import type { Seen } from './read-micro';
import { bins } from './settings';

/** Seconds of training to a point, at first; each time the curve is full it takes twice as many. */
const firstStretch = 2;
const mostPoints = 160;

const none = (): [sums: Float64Array, counts: Float64Array] => [new Float64Array(bins), new Float64Array(bins)];

/** A mean of two points, each as good as the other; the place is the later one's. */
function joined(a: Point, b: Point): Point {
  const mean = (x: number | null, y: number | null) => (x === null ? y : y === null ? x : (x + y) / 2);
  return { ...b, losses: a.losses.map((loss, i) => mean(loss, b.losses[i])) };
}

export class Curve {
  private stretch = firstStretch;
  private since = 0; // seconds of the last point
  private sums: readonly [sums: Float64Array, counts: Float64Array] = none();

  constructor(public points: Point[] = []) {
    this.since = points.at(-1)?.seconds ?? 0;
    while (this.stretch * mostPoints < this.since) this.stretch *= 2;
  }

  /** After each step. sums, counts: of the losses by bin. */
  add(sums: Float64Array, counts: Float64Array, at: Pick<Point, 'seen' | 'seconds' | 'shown' | 'holes'>): void {
    sums.forEach((sum, i) => {
      this.sums[0][i] += sum;
      this.sums[1][i] += counts[i];
    });
    if (at.seconds - this.since < this.stretch) return;
    const [totals, all] = this.sums;
    this.points.push({ ...at, losses: [...totals].map((sum, i) => (all[i] ? sum / all[i] : null)) });
    this.since = at.seconds;
    this.sums = none();
    if (this.points.length <= mostPoints) return;
    this.points = this.points.flatMap((point, i) => (i % 2 ? joined(this.points[i - 1], point) : []));
    this.stretch *= 2;
  }
}

/** The last films that were read. */
export class Tally {
  private readonly films: { readonly cell: Cell; readonly seen: Seen }[] = [];

  constructor(private readonly most = 24) {}

  add(cell: Cell, seen: Seen): void {
    this.films.push({ cell, seen });
    if (this.films.length > this.most) this.films.shift();
  }

  clear(): void {
    this.films.length = 0;
  }

  get score(): Score {
    const { films } = this;
    const rightIn = ({ cell, seen }: (typeof films)[number], keys: readonly (keyof Cell)[]) =>
      keys.every((key) => cell[key] === seen[key]);
    const count = (...keys: (keyof Cell)[]) => films.filter((film) => rightIn(film, keys)).length;
    const all = ['colour', 'thing', 'motion'] as const;
    const wrong = films.filter((film) => !rightIn(film, all)).map(({ seen }) => seen);
    const same = (a: Seen, b: Seen) => all.every((key) => a[key] === b[key]);
    const times = (seen: Seen) => wrong.filter((other) => same(seen, other)).length;
    const [most] = [...wrong].sort((a, b) => times(b) - times(a));
    return {
      films: films.length,
      right: count(...all),
      colour: count('colour'),
      motion: count('motion'),
      both: count('colour', 'motion'),
      instead: most ? { ...most, films: times(most) } : null,
    };
  }

  /** Share of films that are right; null before the first few. */
  get share(): number | null {
    const { films, right } = this.score;
    return films < Math.min(4, this.most) ? null : right / films;
  }
}
