/**
 * Which setting is it, which stretch of it, and does the camera move? Every setting is drawn by the world's own rule at
 * every place and pan, and the one that leaves the least unexplained wins. A pixel's error counts only up to a limit, so
 * that objects in front do not matter.
 */
import { settings, world, type Rgb } from '../world/world';
import type { Picture } from './picture';

const fine = 8; // places a pixel at which a backdrop is kept ready
const quiet = 0.02; // most that a pixel of a quiet clip counts: sum of its squared channel errors

const clamp = (x: number): number => Math.min(1, Math.max(0, x));
const lerp = (a: number, b: number, share: number): number => a + (b - a) * share;
const modulo = (a: number, b: number): number => a - Math.floor(a / b) * b;

/** A setting all the way round, ready to be looked at from anywhere. Drawn by the rule of world/render.ts. */
export class Panorama {
  readonly places: number; // hill columns in one period of the hills, which is 1
  readonly changing: readonly number[]; // rows that do not look alike everywhere
  readonly constant: readonly number[]; // the others
  private readonly hills: Float32Array; // [place][row][channel], sky, hills and ground
  private readonly dots: Float32Array; // [2 x place][row], cover of the dots, whose period is 2
  private readonly dotted: Uint8Array; // [2 x place], whether a column has any dot
  private readonly depth: number;
  private readonly colour: Rgb;

  constructor(
    setting: string,
    readonly height: number,
  ) {
    const { sky, hills, ground, dots } = world.settings[setting];
    const { horizon, backdrop_period: period } = world;
    this.places = fine * height;
    this.depth = dots.depth;
    this.colour = dots.colour.map((c) => c / 255);
    this.hills = new Float32Array(this.places * height * 3);
    this.dots = new Float32Array(period * this.places * height);
    this.dotted = new Uint8Array(period * this.places);
    for (let place = 0; place < this.places; place++) {
      const ridge = hills.waves.reduce(
        (sum, [amplitude, frequency, phase]) =>
          sum + amplitude * Math.sin(2 * Math.PI * ((frequency * (place + 0.5)) / this.places + phase)),
        hills.height,
      );
      for (let row = 0; row < height; row++) {
        const y = (row + 0.5) / height;
        const hill = clamp(0.5 + (y - (horizon - ridge)) * height);
        const earth = clamp(0.5 + (y - horizon) * height);
        const depth = clamp((y - horizon) / (1 - horizon));
        for (let c = 0; c < 3; c++) {
          const above = lerp(sky[0][c], sky[1][c], Math.min(1, y / horizon));
          const below = lerp(ground[0][c], ground[1][c], depth);
          this.hills[(place * height + row) * 3 + c] = lerp(lerp(above, hills.colour[c], hill), below, earth) / 255;
        }
      }
    }
    for (let place = 0; place < period * this.places; place++)
      for (const [dotX, dotY, radius] of dots.at) {
        const turn = modulo((place + 0.5) / this.places - dotX + period / 2, period) - period / 2;
        if (Math.abs(turn) > radius + 1 / height) continue;
        for (let row = 0; row < height; row++) {
          const cover = clamp(0.5 - (Math.hypot(turn, (row + 0.5) / height - dotY) - radius) * height);
          const at = place * height + row;
          if (cover > 0) this.dotted[place] = 1;
          this.dots[at] = 1 - (1 - this.dots[at]) * (1 - cover);
        }
      }
    const rows = Array.from({ length: height }, (_, row) => row);
    this.constant = rows.filter((row) => this.isConstant(row));
    this.changing = rows.filter((row) => !this.constant.includes(row));
  }

  private isConstant(row: number): boolean {
    const { height, places, hills, dots } = this;
    for (let place = 0; place < 2 * places; place++) if (dots[place * height + row] > 0) return false;
    for (let place = 0; place < places; place++)
      for (let c = 0; c < 3; c++)
        if (Math.abs(hills[(place * height + row) * 3 + c] - hills[row * 3 + c]) > 1e-4) return false;
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
      const cover = any ? dots[dot * height + row] : 0;
      const from = (hill * height + row) * 3;
      const to = at + row * step;
      out[to] = lerp(hills[from], this.colour[0], cover);
      out[to + 1] = lerp(hills[from + 1], this.colour[1], cover);
      out[to + 2] = lerp(hills[from + 2], this.colour[2], cover);
    }
  }
}

const panoramas = new Map<string, Panorama>();

function panorama(setting: string, height: number): Panorama {
  const key = `${setting} ${height}`;
  let made = panoramas.get(key);
  if (!made) panoramas.set(key, (made = new Panorama(setting, height)));
  return made;
}

export interface Backdrop {
  readonly setting: string;
  readonly offset: number; // frame heights
  readonly pan: number; // frame heights a frame, to the right
  readonly cost: number; // mean over the pixels, 0 .. 1: share that it leaves unexplained
  readonly standing: number; // the same if the camera had to stand
  readonly panning: number; // the same if the camera had to pan
  readonly rival: number; // the same of the next best setting, by its colours alone
  readonly own: number; // that figure of this setting
  readonly limit: number; // most that a pixel counted
}

/** The backdrop as pixels: frames x height x width x 3, as a Picture's. */
export function drawBackdrop(found: Pick<Backdrop, 'setting' | 'offset' | 'pan'>, like: Picture): Float32Array {
  const { frames, height, width } = like;
  const view = panorama(found.setting, height);
  const out = new Float32Array(like.pixels.length);
  const plane = height * width * 3;
  const rows = [...view.constant, ...view.changing];
  for (let n = 0; n < frames; n++) {
    if (n > 0 && found.pan === 0) {
      out.copyWithin(n * plane, 0, plane);
      continue;
    }
    const shift = found.pan * (n - (frames - 1) / 2);
    for (let column = 0; column < width; column++)
      view.column((column + 0.5) / height + found.offset, shift, rows, out, n * plane + column * 3, width * 3);
  }
  return out;
}

/** A picture before a setting; sums the error of its rows, each pixel up to the limit. */
class Comparison {
  private readonly view: Panorama;
  private readonly line: Float32Array;
  private readonly always: number; // error of the constant rows, over the listed frames

  constructor(
    private readonly picture: Picture,
    setting: string,
    private readonly frames: readonly number[],
    private readonly limit: number,
  ) {
    this.view = panorama(setting, picture.height);
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
    let sum = 0;
    for (let f = 0; f < frames.length; f++) {
      const n = frames[f];
      const shift = pan * (n - (picture.frames - 1) / 2);
      for (let column = 0; column < width; column++) {
        view.column((column + 0.5) / height + offset, shift, rows, line, 0, 3);
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

/** The same by colours alone, wherever the hills and dots stand: each pixel may be what it likes best in its row. */
function palette(picture: Picture, setting: string, frames: readonly number[], limit: number): number {
  const { height, width, pixels } = picture;
  const { sky, hills, ground, dots } = world.settings[setting];
  const highest = hills.waves.reduce((sum, [amplitude]) => sum + amplitude, hills.height);
  let sum = 0;
  for (let row = 0; row < height; row++) {
    const y = (row + 0.5) / height;
    const mix = (a: Rgb, b: Rgb, share: number): number[] => a.map((value, c) => lerp(value, b[c], share) / 255);
    const options = [
      y < world.horizon
        ? mix(sky[0], sky[1], y / world.horizon)
        : mix(ground[0], ground[1], (y - world.horizon) / (1 - world.horizon)),
    ];
    if (y < world.horizon && y > world.horizon - highest - 1 / height) options.push(hills.colour.map((c) => c / 255));
    if (dots.at.some(([, dotY, radius]) => Math.abs(dotY - y) < radius)) options.push(dots.colour.map((c) => c / 255));
    for (const n of frames)
      for (let column = 0; column < width; column++) {
        const at = ((n * height + row) * width + column) * 3;
        let lowest = limit;
        for (const option of options) {
          const r = pixels[at] - option[0];
          const g = pixels[at + 1] - option[1];
          const b = pixels[at + 2] - option[2];
          const error = r * r + g * g + b * b;
          if (error < lowest) lowest = error;
        }
        sum += lowest;
      }
  }
  return sum / (frames.length * height * width * limit);
}

/** Standard deviation of what changes in a typical pixel from frame to frame, as if it were noise. */
function restlessness({ frames, pixels }: Picture): number {
  const plane = pixels.length / frames;
  const steps: number[] = [];
  for (let i = plane; i < pixels.length; i += 11) steps.push(Math.abs(pixels[i] - pixels[i - plane]));
  if (!steps.length) return 0;
  steps.sort((a, b) => a - b);
  return steps[steps.length >> 1] / 0.6745 / Math.SQRT2;
}

/** The same share for no backdrop at all: one colour a frame. What that explains as well as any setting is a blank clip. */
export function flatness({ frames, height, width, pixels }: Picture, limit: number): number {
  const plane = 3 * height * width;
  let sum = 0;
  for (let n = 0; n < frames; n++) {
    const mean = [0, 0, 0];
    for (let i = 0; i < plane; i++) mean[i % 3] += (3 * pixels[n * plane + i]) / plane;
    for (let i = n * plane; i < (n + 1) * plane; i += 3) {
      const error = (pixels[i] - mean[0]) ** 2 + (pixels[i + 1] - mean[1]) ** 2 + (pixels[i + 2] - mean[2]) ** 2;
      sum += Math.min(error, limit);
    }
  }
  return sum / (frames * height * width * limit);
}

/** Which backdrop is behind everything. `picture` may be a reduced copy: the answer has no pixels in it. */
export function findBackdrop(picture: Picture): Backdrop {
  const all = Array.from({ length: picture.frames }, (_, n) => n);
  const few = [...new Set([0, 1 / 3, 2 / 3, 1].map((share) => Math.round(share * (picture.frames - 1))))];
  const limit = quiet + 9 * restlessness(picture) ** 2;
  const ranked = settings
    .map((setting) => ({ setting, own: palette(picture, setting, few, limit) }))
    .sort((a, b) => a.own - b.own);
  const [{ setting, own }, { own: rival }] = ranked;
  const pixel = 1 / picture.height;
  const [coarse, exact] = [new Comparison(picture, setting, few, limit), new Comparison(picture, setting, all, limit)];
  const best = [0, -1, 1].map((side) => {
    const pan = side * world.pan_speed;
    let [offset, least] = [0, Infinity];
    for (let place = 0; place < world.backdrop_period; place += pixel) {
      const found = coarse.cost(place, pan, least);
      if (found < least) [offset, least] = [place, found];
    }
    return refine(exact, offset, pan, pixel);
  });
  const [standing, panning] = [best[0].cost, Math.min(best[1].cost, best[2].cost)];
  const chosen = best.reduce((a, b) => (b.cost < a.cost ? b : a));
  return { setting, ...chosen, standing, panning, rival, own, limit };
}

/** Smaller and smaller steps downhill in offset, and in pan if there is one. */
function refine(comparison: Comparison, offset: number, pan: number, pixel: number) {
  const fixed = pan === 0;
  let least = comparison.cost(offset, pan);
  for (const step of [0.5, 0.25, 0.125]) {
    const moves = [[step * pixel, 0], [-step * pixel, 0]]; // prettier-ignore
    if (!fixed) moves.push([0, (step * pixel) / 4], [0, (-step * pixel) / 4]);
    for (let round = 0; round < 3; round++) {
      let moved = false;
      for (const [dOffset, dPan] of moves) {
        // Half the world's pan is the border between a camera that pans and one that stands.
        if (!fixed && Math.abs(pan + dPan) < world.pan_speed / 2) continue;
        const found = comparison.cost(offset + dOffset, pan + dPan, least);
        if (found >= least) continue;
        [offset, pan, least, moved] = [offset + dOffset, pan + dPan, found, true];
      }
      if (!moved) break;
    }
  }
  return { offset: modulo(offset, world.backdrop_period), pan, cost: least };
}
