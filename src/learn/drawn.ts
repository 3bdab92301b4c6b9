/**
 * Little things that the learner draws: a few cells of the world's paints. They move by the world's laws as its own things do,
 * and each has a word of the world by which captions call it, because the network has those words and no others.
 *
 * What it is not: where one draws (ui/pixel-drawing). It paints what was drawn, wherever a pose says.
 */
import { paints } from '../pictures/drawing';
import type { Pose } from '../world/laws';
import type { Raster, Surface } from '../world/paint';

/** Cells across and down: a big thing is about as many pixels wide in a film of 16 x 16. */
export const drawnSize = 8;
/** What things may be called: words that no thing of the micro world has. */
export const drawnWords = ['thing', 'fish', 'rocket'] as const;
/** A thing of fewer cells could not be found again in a film (read-micro.ts). */
export const fewestCells = 8;

export interface Drawn {
  readonly word: string; // one of `drawnWords`
  readonly cells: readonly number[]; // drawnSize x drawnSize, by rows: 0 nothing, else a place in `paints`, from 1
}

/** Enough of it is drawn to be shown. */
export const isVisible = ({ cells }: Drawn): boolean => cells.filter(Boolean).length >= fewestCells;

/** Drawings out of a file or a store: what is none is left out. */
export function cleanDrawn(given: unknown): readonly Drawn[] {
  const all: readonly unknown[] = Array.isArray(given) ? given : [];
  return drawnWords.flatMap((word) => {
    const found = all.find((each) => (each as Partial<Drawn> | null)?.word === word) as Partial<Drawn> | undefined;
    const cells: readonly unknown[] = Array.isArray(found?.cells) ? found.cells : [];
    const good = cells.length === drawnSize ** 2 && cells.every((cell) => Number.isInteger(cell) && isPaint(cell as number)); // prettier-ignore
    return good ? [{ word, cells: cells as number[] }] : [];
  });
}

const isPaint = (cell: number): boolean => cell >= 0 && cell <= paints.length;

/** Looks so many times across and down into each pixel. */
const looks = 4;

/** Lays a drawing over a picture; it fills the square round the pose's circle. */
export function paintDrawn(surface: Surface, at: Raster, { cells }: Drawn, { x, y, radius }: Pose): void {
  const cellAt = (u: number, v: number): number => {
    const [column, row] = [Math.floor(u * drawnSize), Math.floor(v * drawnSize)];
    const inside = column >= 0 && row >= 0 && column < drawnSize && row < drawnSize;
    return inside ? cells[row * drawnSize + column] : 0;
  };
  at.y.forEach((py, row) =>
    at.x.forEach((px, column) => {
      const sum = [0, 0, 0];
      let hits = 0;
      for (let i = 0; i < looks * looks; i++) {
        const [dx, dy] = [((i % looks) + 0.5) / looks - 0.5, (Math.floor(i / looks) + 0.5) / looks - 0.5];
        const cell = cellAt((px + dx / at.pixels - x) / (2 * radius) + 0.5, (py + dy / at.pixels - y) / (2 * radius) + 0.5); // prettier-ignore
        if (cell === 0) continue;
        hits++;
        paints[cell - 1].rgb.forEach((value, c) => (sum[c] += value / 255));
      }
      if (hits > 0) surface.lay(row, column, sum.map((value) => value / hits), hits / looks ** 2); // prettier-ignore
    }),
  );
}

/** How far the middle of what is drawn lies off the middle of the drawing, in widths of it: across and down. */
export function middleOf({ cells }: Drawn): readonly [x: number, y: number] {
  let [count, x, y] = [0, 0, 0];
  cells.forEach((cell, i) => {
    if (cell === 0) return;
    count++;
    x += ((i % drawnSize) + 0.5) / drawnSize - 0.5;
    y += (Math.floor(i / drawnSize) + 0.5) / drawnSize - 0.5;
  });
  return count ? [x / count, y / count] : [0, 0];
}
