/** Where a patch lies, as sentences count: from 1. */
import type { Look } from '../../sessions/inside/inside';
import { framesOf, placeOf } from '../../sessions/inside/patches';
import type { InsideStrings } from '../../i18n/inside';

export function placeIn(patch: number, { grid, run }: Look): Parameters<InsideStrings['patch']>[2] {
  const { time, row, column } = placeOf(patch, grid);
  const [first, last] = framesOf(time, grid, run.shape);
  const [, rows, columns] = grid;
  return { frames: [first + 1, last + 1], row: row + 1, rows, column: column + 1, columns };
}
