/**
 * How far a file's pictures are from those that its recipe makes: tile by tile, so that a change in one corner is not lost in a
 * mean over the film.
 *
 * What it is not: a verdict. How much is too much depends on what packed the film; the limits stand here, as measured.
 */
import type { Picture } from './picture';
import type { Format, Shows } from './recipe';

/** A box of a picture. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Difference {
  /** Root mean square over the worst tile, all colours together, 0 .. 255. */
  readonly worst: number;
  readonly at: { readonly picture: number; readonly x: number; readonly y: number }; // that tile, in pixels
  /** Mean square over everything, 0 .. 255 squared. */
  readonly mean: number;
}

const limits: Readonly<Record<Format, number>> = { png: 6, gif: 14, mp4: 20, webm: 20 };

/**
 * The most that the worst tile of an untouched file is off: rounding between machines (a run of WebGPU made again by
 * WebAssembly), a palette of 256 colours, and what video leaves out; twice as much where noise is in it, which nothing packs
 * well. Measured: docs/reference/export.md.
 */
export const limitOf = (format: Format, { what, show }: Pick<Shows, 'what' | 'show'>): number =>
  limits[format] * (what === 'clearing' || show === 'x' ? 2 : 1);

/** Tiles along the longer side of a picture. */
const tiles = 16;

/** Adds up picture after picture; `box` is what of each is compared. */
export class Comparison {
  private worst = -1;
  private at = { picture: 0, x: 0, y: 0 };
  private squares = 0;
  private values = 0;

  add(index: number, expected: Picture, found: Picture, box: Box): void {
    const side = Math.max(4, Math.ceil(Math.max(box.width, box.height) / tiles));
    for (let y = box.y; y < box.y + box.height; y += side)
      for (let x = box.x; x < box.x + box.width; x += side) {
        const width = Math.min(side, box.x + box.width - x);
        const height = Math.min(side, box.y + box.height - y);
        const sum = squares(expected, found, { x, y, width, height });
        this.squares += sum;
        this.values += 3 * width * height;
        const off = Math.sqrt(sum / (3 * width * height));
        if (off > this.worst) [this.worst, this.at] = [off, { picture: index, x, y }];
      }
  }

  get difference(): Difference {
    return { worst: Math.max(0, this.worst), at: this.at, mean: this.values ? this.squares / this.values : 0 };
  }
}

/** Peak signal-to-noise ratio, in decibels; infinite where nothing differs. */
export const psnr = ({ mean }: Pick<Difference, 'mean'>): number => 10 * Math.log10(255 ** 2 / mean);

function squares(a: Picture, b: Picture, { x, y, width, height }: Box): number {
  let sum = 0;
  for (let row = y; row < y + height; row++)
    for (let i = 4 * (row * a.width + x); i < 4 * (row * a.width + x + width); i++)
      if (i % 4 < 3) sum += (a.rgba[i] - b.rgba[i]) ** 2;
  return sum;
}
