/**
 * Shaking by hand: something that goes to and fro, quickly and far enough. Lengths are in whatever unit the caller has: pixels
 * of a pointer, m/s² of a phone.
 *
 * What it is not: it listens to nothing.
 */
export class ToAndFro {
  private way = 0;
  private furthest = 0; // in the way that it goes
  private turns: number[] = []; // when it turned, in ms

  /** least: how far back it must come to count as a turn. */
  constructor(
    private readonly least: number,
    private readonly needed = 3,
    private readonly within = 1200,
  ) {}

  /** Where it is now. True once it has turned often enough in that time; then it begins anew. */
  at(place: number, now: number): boolean {
    if (this.way === 0 && Math.abs(place - this.furthest) > this.least)
      this.turn(place, now, Math.sign(place - this.furthest));
    else if (this.way * (place - this.furthest) > 0) this.furthest = place;
    else if (this.way * (this.furthest - place) > this.least) this.turn(place, now, -this.way);
    if (this.turns.length < this.needed) return false;
    this.begin(place);
    return true;
  }

  begin(place: number): void {
    [this.way, this.furthest, this.turns] = [0, place, []];
  }

  private turn(place: number, now: number, way: number): void {
    if (this.way !== 0) this.turns = [...this.turns.filter((then) => now - then < this.within), now];
    [this.way, this.furthest] = [way, place];
  }
}
