/**
 * A setting drawn all the way round, so that any stretch of it, seen by a camera that stands or pans, is a look-up; and what a
 * stretch leaves unexplained of a picture.
 */
import { lerp, modulo } from '../world/arithmetic';
import { paintDots, paintLand, sceneryOf, Surface, type Raster } from '../world/paint';
import { world, type Rgb } from '../world/world';
import type { Picture, View } from './picture';

/** Places a pixel at which a backdrop is kept ready: the search ends at an eighth of a pixel. */
const fine = 8;
/** Rows that differ less than this along a whole backdrop (of black to white) are compared only once. */
const alike = 1e-4;

/** A setting all the way round, ready to be looked at from anywhere. */
export class Panorama {
  readonly height: number; // rows
  readonly places: number; // hill columns in one period of the hills, which is 1
  readonly changing: readonly number[]; // rows that do not look alike everywhere
  readonly constant: readonly number[]; // the others
  private readonly hills: Float32Array; // [place][row][channel], sky, hills and ground
  private readonly dots: Float32Array; // [2 x place][row], cover of the dots, whose period is 2
  private readonly dotted: Uint8Array; // [2 x place], whether a column has any dot
  private readonly depth: number;
  private readonly colour: Rgb;

  constructor(setting: string, { height }: Picture, { top, unit }: View) {
    this.height = height;
    const { dots } = world.settings[setting];
    this.places = fine * unit;
    this.depth = dots.depth;
    this.colour = dots.colour.map((c) => c / 255);
    const round = world.backdrop_period * this.places;
    this.hills = new Float32Array(this.places * height * 3);
    this.dots = new Float32Array(round * height);
    const raster = (places: number): Raster => ({
      x: Float64Array.from({ length: places }, (_, place) => (place + 0.5) / this.places),
      y: Float64Array.from({ length: height }, (_, row) => top + (row + 0.5) / unit),
      pixels: unit,
    });
    const land = new Surface(height, this.places, this.hills, { start: 0, row: 3, column: 3 * height, channel: 1 });
    paintLand(land, () => raster(this.places), sceneryOf(setting), 0);
    // White on black: what is painted is the cover.
    const cover = new Surface(height, round, this.dots, { start: 0, row: 1, column: height, channel: 1 });
    paintDots(cover, raster(round), dots.at, [1], 0, 1);
    this.dotted = Uint8Array.from({ length: round }, (_, place) =>
      Number(this.dots.subarray(place * height, (place + 1) * height).some((each) => each > 0)),
    );
    const rows = Array.from({ length: height }, (_, row) => row);
    this.constant = rows.filter((row) => this.isConstant(row));
    this.changing = rows.filter((row) => !this.constant.includes(row));
  }

  private isConstant(row: number): boolean {
    const { height, places, hills, dots } = this;
    for (let place = 0; place < 2 * places; place++) if (dots[place * height + row] > 0) return false;
    for (let place = 0; place < places; place++)
      for (let c = 0; c < 3; c++)
        if (Math.abs(hills[(place * height + row) * 3 + c] - hills[row * 3 + c]) > alike) return false;
    return true;
  }

  /** The listed rows of one column of the backdrop, into `out`: row r at `at + r * step`. x and shift are in frame heights. */
  column(x: number, shift: number, rows: readonly number[], out: Float32Array, at: number, step: number): void {
    const { height, places, hills, dots } = this;
    const hill = Math.floor(modulo(x + world.hill_depth * shift, 1) * places) % places;
    const dot = Math.floor(modulo(x + this.depth * shift, world.backdrop_period) * places) % (2 * places);
    const any = this.dotted[dot];
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k];
      const from = (hill * height + row) * 3;
      const to = at + row * step;
      if (!any) {
        out[to] = hills[from];
        out[to + 1] = hills[from + 1];
        out[to + 2] = hills[from + 2];
        continue;
      }
      const cover = dots[dot * height + row];
      out[to] = lerp(hills[from], this.colour[0], cover);
      out[to + 1] = lerp(hills[from + 1], this.colour[1], cover);
      out[to + 2] = lerp(hills[from + 2], this.colour[2], cover);
    }
  }
}

const panoramas = new Map<string, Panorama>();

/** The panorama of a setting in rows like those of a picture whose camera does not zoom; made once. */
export function panorama(setting: string, like: Picture): Panorama {
  const [view] = like.views;
  const key = `${setting} ${like.height} ${view.unit}`;
  let made = panoramas.get(key);
  if (!made) panoramas.set(key, (made = new Panorama(setting, like, view)));
  return made;
}

/** A picture before a setting; sums the error of its rows, each pixel up to the limit. */
export class Comparison {
  private readonly view: Panorama;
  private readonly line: Float32Array;
  private readonly always: number; // error of the constant rows, over the listed frames

  constructor(
    private readonly picture: Picture,
    setting: string,
    private readonly frames: readonly number[],
    private readonly limit: number,
  ) {
    this.view = panorama(setting, picture);
    this.line = new Float32Array(3 * picture.height);
    this.always = this.error(this.view.constant, 0, 0, Infinity);
  }

  /** Share that a backdrop leaves unexplained, 0 .. 1; Infinity as soon as that is more than `most`. */
  cost(offset: number, pan: number, most = Infinity): number {
    const whole = this.frames.length * this.picture.height * this.picture.width * this.limit;
    return (this.always + this.error(this.view.changing, offset, pan, most * whole - this.always)) / whole;
  }

  private error(rows: readonly number[], offset: number, pan: number, most: number): number {
    const { view, line, picture, frames, limit } = this;
    const { height, width, pixels } = picture;
    const { left, unit } = picture.views[0];
    let sum = 0;
    for (let f = 0; f < frames.length; f++) {
      const n = frames[f];
      const shift = pan * (n - (picture.frames - 1) / 2);
      for (let column = 0; column < width; column++) {
        view.column(left + (column + 0.5) / unit + offset, shift, rows, line, 0, 3);
        const top = (n * height * width + column) * 3;
        for (let k = 0; k < rows.length; k++) {
          const at = top + rows[k] * width * 3;
          const from = 3 * rows[k];
          const r = pixels[at] - line[from];
          const g = pixels[at + 1] - line[from + 1];
          const b = pixels[at + 2] - line[from + 2];
          const error = r * r + g * g + b * b;
          sum += error < limit ? error : limit;
        }
        if (sum > most) return Infinity;
      }
    }
    return sum;
  }
}
