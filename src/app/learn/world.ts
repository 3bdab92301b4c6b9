/** What the view draws its tables and marks of: the micro world's words and colours, and what is a hole. */
import { world } from '../../world';
import { holesOf, microCaption, microColours, type Cell, type Grid } from '../../learn/micro';

export {
  holesOf,
  microCaption,
  microColours,
  microMotions,
  microShape,
  microThings,
  pairOf,
  shownBy,
} from '../../learn/micro';
export { bins, ranges, widths } from '../../learn/settings';
export type { Cell, Grid } from '../../learn/micro';
export type { LearnState, Point, Score, WatchedFilm } from '../../learn/protocol';

/** 0 .. 255 each. */
export const paints: Readonly<Record<string, readonly number[]>> = Object.fromEntries(
  microColours.map((colour) => [colour, world.colours[colour]]),
);

/** Whether a network was never shown this, though it knows each of its words. */
export const isHole = (grid: Grid, counts: Readonly<Record<string, number>>, cell: Cell): boolean =>
  !counts[microCaption(cell)] && holesOf(grid).some((hole) => microCaption(hole) === microCaption(cell));
