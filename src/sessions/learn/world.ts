/** What the view draws its tables and marks of: the micro world's words and colours, and what is a hole. */
import { world } from '../../world';
import { emptyClip, holesOf, microCaption, microColours, microShape, type Cell, type Grid } from '../../learn/micro';

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
export { drawnSize, drawnWords, fewestCells, isVisible } from '../../learn/drawn';
export { bins, ranges, widths } from '../../learn/settings';
export type { Drawn } from '../../learn/drawn';
export type { Cell, Grid } from '../../learn/micro';
export type { BesideState, LearnState, Point, Score, WatchedFilm } from '../../learn/protocol';

/** 0 .. 255 each. */
export const paints: Readonly<Record<string, readonly number[]>> = Object.fromEntries(
  microColours.map((colour) => [colour, world.colours[colour]]),
);

/** Whether a network was never shown this, though it knows each of its words. */
export const isHole = (grid: Grid, counts: Readonly<Record<string, number>>, cell: Cell): boolean =>
  !counts[microCaption(cell)] && holesOf(grid).some((hole) => microCaption(hole) === microCaption(cell));

/** The snow behind what the learner draws: rows x columns x 3, 0 .. 1, each cell as the middle of the picture has it. */
export function snowGround(size: number): Float32Array {
  const clip = emptyClip();
  const { frames, height, width } = microShape;
  const from = (height - size) >> 1;
  return Float32Array.from({ length: 3 * size * size }, (_, i) => {
    const [c, cell] = [i % 3, Math.floor(i / 3)];
    const [row, column] = [from + Math.floor(cell / size), from + (cell % size)];
    return (clip[c * frames * height * width + row * width + column] + 1) / 2;
  });
}
