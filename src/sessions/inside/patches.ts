/**
 * Where the patches of a clip lie: their numbers, their places in time, row and column, and the way from one to the next.
 * Pure. Patches are numbered as the network does: over time, then rows, then columns, from 0.
 */
import type { ClipShape } from '../../sampling/types';

export type Grid = readonly [time: number, rows: number, columns: number];

export interface Place {
  readonly time: number;
  readonly row: number;
  readonly column: number;
}

export const countOf = ([time, rows, columns]: Grid): number => time * rows * columns;

export function placeOf(patch: number, [, rows, columns]: Grid): Place {
  const inTime = patch % (rows * columns);
  return { time: Math.floor(patch / (rows * columns)), row: Math.floor(inTime / columns), column: inTime % columns };
}

/** The patch at a place; beyond an edge it is the one at the edge. */
export function patchAt({ time, row, column }: Place, [times, rows, columns]: Grid): number {
  const within = (at: number, count: number) => Math.min(count - 1, Math.max(0, at));
  return (within(time, times) * rows + within(row, rows)) * columns + within(column, columns);
}

/** The frames, from 0, that the patches of one time span: the first and the last of them. */
export function framesOf(time: number, [times]: Grid, { frames }: ClipShape): readonly [first: number, last: number] {
  const each = frames / times;
  return [time * each, (time + 1) * each - 1];
}

/** The time, counted in patches, that a frame belongs to. */
export function timeOf(frame: number, [times]: Grid, { frames }: ClipShape): number {
  return Math.min(times - 1, Math.floor((frame * times) / frames));
}

/** Where a key leads: arrows in the picture, page up and down in time, home and end to the first and last patch. */
export function walked(key: string, patch: number, grid: Grid): number | undefined {
  const { time, row, column } = placeOf(patch, grid);
  const to: Record<string, Place | undefined> = {
    ArrowLeft: { time, row, column: column - 1 },
    ArrowRight: { time, row, column: column + 1 },
    ArrowUp: { time, row: row - 1, column },
    ArrowDown: { time, row: row + 1, column },
    PageUp: { time: time - 1, row, column },
    PageDown: { time: time + 1, row, column },
    Home: { time: 0, row: 0, column: 0 },
    End: { time: Infinity, row: Infinity, column: Infinity },
  };
  const place = Object.hasOwn(to, key) ? to[key] : undefined;
  return place && patchAt(place, grid);
}

/** One patch as a clip of its own. clip: 3 x frames x height x width */
export function cut(
  clip: Float32Array,
  shape: ClipShape,
  grid: Grid,
  patch: number,
): { readonly clip: Float32Array; readonly shape: ClipShape } {
  const { time, row, column } = placeOf(patch, grid);
  const [frames, height, width] = [shape.frames / grid[0], shape.height / grid[1], shape.width / grid[2]];
  const piece = new Float32Array(3 * frames * height * width);
  let to = 0;
  for (let colour = 0; colour < 3; colour++)
    for (let frame = time * frames; frame < (time + 1) * frames; frame++)
      for (let y = row * height; y < (row + 1) * height; y++, to += width) {
        const from = ((colour * shape.frames + frame) * shape.height + y) * shape.width + column * width;
        piece.set(clip.subarray(from, from + width), to);
      }
  return { clip: piece, shape: { frames, height, width } };
}

/** The patch in the middle of a film in which most is to be seen: whose colours differ most. clip: 3 x frames x height x width */
export function liveliest(clip: Float32Array, shape: ClipShape, grid: Grid): number {
  const [times, rows, columns] = grid;
  const time = Math.floor(times / 2);
  const [frame] = framesOf(time, grid, shape);
  const area = shape.height * shape.width;
  const [high, wide] = [shape.height / rows, shape.width / columns];
  const spread = ({ row, column }: Place) => {
    let total = 0;
    for (let colour = 0; colour < 3; colour++) {
      let [sum, squares] = [0, 0];
      const start = (colour * shape.frames + frame) * area;
      for (let y = row * high; y < (row + 1) * high; y++)
        for (let x = column * wide; x < (column + 1) * wide; x++) {
          const value = clip[start + y * shape.width + x];
          sum += value;
          squares += value * value;
        }
      total += squares - (sum * sum) / (high * wide);
    }
    return total;
  };
  const first = time * rows * columns;
  const all = Array.from({ length: rows * columns }, (_, i) => spread(placeOf(first + i, grid)));
  return first + all.indexOf(Math.max(...all));
}
