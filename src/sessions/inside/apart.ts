/**
 * A clip taken apart into its tokens: where each square of each frame lies on its way from the film to the list of tokens. Pure.
 * Lengths are in squares: a square is what one patch shows of one frame.
 */
import type { ClipShape } from '../../sampling/types';
import { timeOf, type Grid } from './patches';

/** Frames side by side, as in <patch-film>. */
const across = 8;
const gap = 0.4;

export interface Square {
  readonly frame: number;
  readonly row: number;
  readonly column: number;
  readonly patch: number; // its token
  readonly x: number;
  readonly y: number;
}

export interface Apart {
  readonly width: number;
  readonly height: number;
  readonly squares: readonly Square[];
}

/** share: 0 the film, frame by frame .. 1 the list of tokens, each with its frames side by side. */
export function apart(share: number, grid: Grid, shape: ClipShape): Apart {
  const [times, rows, columns] = grid;
  const { frames } = shape;
  const each = frames / times; // squares of a token
  const lines = Math.ceil(frames / across);
  const inLine = rows * columns; // tokens: those of one time
  const widths = [Math.min(frames, across) * (columns + gap) - gap, inLine * (each + gap) - gap];
  const heights = [lines * (rows + gap) - gap, times * (1 + gap) - gap];
  const [width, height] = [Math.max(...widths), Math.max(...heights)];
  const [left, listLeft] = widths.map((own) => (width - own) / 2);
  const [top, listTop] = heights.map((own) => (height - own) / 2);
  const squares = Array.from({ length: frames * rows * columns }, (_, i): Square => {
    const [column, row, frame] = [i % columns, Math.floor(i / columns) % rows, Math.floor(i / (rows * columns))];
    const time = timeOf(frame, grid, shape);
    const patch = (time * rows + row) * columns + column;
    const film = [
      left + (frame % across) * (columns + gap) + column,
      top + Math.floor(frame / across) * (rows + gap) + row,
    ];
    const list = [listLeft + (patch % inLine) * (each + gap) + (frame - time * each), listTop + time * (1 + gap)];
    const [x, y] = film.map((from, axis) => (1 - share) * from + share * list[axis]);
    return { frame, row, column, patch, x, y };
  });
  return { width, height, squares };
}
