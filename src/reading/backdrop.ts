/**
 * Which setting is it, which stretch of it, and does the camera move? Every setting is drawn by the world's own rule at
 * every place and pan, and the one that leaves the least unexplained wins. A pixel's error counts only up to a limit, so
 * that objects in front do not matter.
 */
import { lerp, modulo } from '../world/arithmetic';
import { frameOf, groundAt, paintDots, paintLand, sceneryOf, skyAt, Surface, type Raster } from '../world/paint';
import { settings, world, type Light, type Rgb } from '../world/world';
import { costOfChange, paintChanging, type Change } from './changing';
import type { Picture, View } from './picture';

const fine = 8; // places a pixel at which a backdrop is kept ready
const quiet = 0.02; // most that a pixel of a quiet clip counts: sum of its squared channel errors

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

function panorama(setting: string, like: Picture): Panorama {
  const [view] = like.views;
  const key = `${setting} ${like.height} ${view.unit}`;
  let made = panoramas.get(key);
  if (!made) panoramas.set(key, (made = new Panorama(setting, like, view)));
  return made;
}

export interface Backdrop {
  readonly setting: string;
  readonly offset: number; // frame heights
  readonly pan: number; // frame heights a frame, to the right
  readonly zoom: number; // in units of the world's own, in is positive; 0: it does not zoom
  readonly light: Light | null; // the setting is then the one that is not night
  readonly cost: number; // mean over the pixels, 0 .. 1: share that it leaves unexplained
  readonly standing: number; // the same if the camera had to stand
  readonly panning: number; // the same if the camera had to pan
  readonly zooming: number; // and if it had to zoom; Infinity where that is out of the question
  readonly rival: number; // the same of the next best setting, by its colours alone
  readonly own: number; // that figure of this setting
  readonly limit: number; // most that a pixel counted
}

/** What changes behind everything, as `changing.ts` draws it: undefined where nothing does. */
const changeOf = ({ zoom, light }: Change): Change | undefined => (zoom || light ? { zoom, light } : undefined);

/** The backdrop as pixels: frames x height x width x 3, as a Picture's. */
export function drawBackdrop(
  found: Pick<Backdrop, 'setting' | 'offset' | 'pan' | 'zoom' | 'light'>,
  like: Picture,
): Float32Array {
  const { frames, height, width } = like;
  const change = changeOf(found);
  if (change) {
    const out = new Float32Array(like.pixels.length);
    for (let n = 0; n < frames; n++) paintChanging(frameOf(out, n, like), like, found.setting, found.offset, change, n);
    return out;
  }
  const view = panorama(found.setting, like);
  const { left, unit } = like.views[0];
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
      view.column(left + (column + 0.5) / unit + found.offset, shift, rows, out, n * plane + column * 3, width * 3);
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

/**
 * The same by colours alone, wherever the hills and dots stand: each pixel may be what it likes best in its row. For each
 * of the listed frames; rows near the horizon move with a zoom, which costs all settings alike.
 */
function palette(picture: Picture, setting: string, frames: readonly number[], limit: number): number[] {
  const { height, width, pixels } = picture;
  const { top, unit } = picture.views[0];
  const { hills, dots } = world.settings[setting];
  const scenery = sceneryOf(setting);
  const highest = hills.waves.reduce((sum, [amplitude]) => sum + amplitude, hills.height);
  const sums = frames.map(() => 0);
  for (let row = 0; row < height; row++) {
    const y = top + (row + 0.5) / unit;
    const options = [y < world.horizon ? skyAt(scenery, y) : groundAt(scenery, y)];
    if (y < world.horizon && y > world.horizon - highest - 1 / unit) options.push(hills.colour.map((c) => c / 255));
    if (dots.at.some(([, dotY, radius]) => Math.abs(dotY - y) < radius)) options.push(dots.colour.map((c) => c / 255));
    frames.forEach((n, f) => {
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
        sums[f] += lowest;
      }
    });
  }
  return sums.map((sum) => sum / (height * width * limit));
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

interface Ranked {
  readonly setting: string;
  readonly light: Light | null;
  readonly own: number;
}

/** Settings by their colours, best first: as they stay, or, where the ends of the clip say so, as day and night. */
function rank(picture: Picture, few: readonly number[], limit: number): Ranked[] {
  const each = settings.map((setting) => ({ setting, costs: palette(picture, setting, few, limit) }));
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const stays = each
    .map(({ setting, costs }): Ranked => ({ setting, light: null, own: mean(costs) }))
    .sort((a, b) => a.own - b.own);
  const ends = (first: number[], last: number[]): number => (first[0] + last[last.length - 1]) / 2;
  const night = each.find(({ setting }) => setting === 'night');
  if (few.length < 2 || !night) return stays;
  const turns = each
    .filter((day) => day !== night)
    .flatMap(({ setting, costs }): Ranked[] => [
      { setting, light: 'dusk', own: ends(costs, night.costs) },
      { setting, light: 'dawn', own: ends(night.costs, costs) },
    ])
    .sort((a, b) => a.own - b.own);
  return turns[0].own < 0.6 * Math.min(...each.map(({ costs }) => ends(costs, costs))) ? turns : stays;
}

/** Which backdrop is behind everything. `picture` may be a reduced copy: the answer has no pixels in it. */
export function findBackdrop(picture: Picture): Backdrop {
  const all = Array.from({ length: picture.frames }, (_, n) => n);
  const few = [...new Set([0, 1 / 3, 2 / 3, 1].map((share) => Math.round(share * (picture.frames - 1))))];
  const limit = quiet + 9 * restlessness(picture) ** 2;
  const ranked = rank(picture, few, limit);
  const [{ setting, light, own }, { own: rival }] = ranked;
  const pixel = 1 / picture.views[0].unit;
  const places = (cost: (place: number, most: number) => number): number => {
    let [offset, least] = [0, Infinity];
    for (let place = 0; place < world.backdrop_period; place += pixel) {
      const found = cost(place, least);
      if (found < least) [offset, least] = [place, found];
    }
    return offset;
  };
  const changing = (zoom: number) => {
    const cost = (frames: readonly number[]) => (place: number, strength: number, most?: number) =>
      costOfChange(picture, setting, place, { zoom: strength, light }, frames, limit, most);
    const [coarse, exact] = [cost(few), cost(all)];
    const offset = places((place, most) => coarse(place, zoom, most));
    return refine(exact, offset, zoom, pixel, { step: 0.2, least: zoom && 0.5 });
  };
  if (light) {
    const { offset, cost } = changing(0);
    return { setting, light, offset, pan: 0, zoom: 0, cost, standing: cost, panning: Infinity, zooming: Infinity, rival, own, limit }; // prettier-ignore
  }
  const [coarse, exact] = [new Comparison(picture, setting, few, limit), new Comparison(picture, setting, all, limit)];
  const best = [0, -1, 1].map((side) => {
    const pan = side * world.pan_speed;
    const offset = places((place, most) => coarse.cost(place, pan, most));
    const found = refine((...at) => exact.cost(...at), offset, pan, pixel, { step: pixel / 4, least: pan && world.pan_speed / 2 }); // prettier-ignore
    return { offset: found.offset, pan: found.rate, zoom: 0, cost: found.cost };
  });
  const [standing, panning] = [best[0].cost, Math.min(best[1].cost, best[2].cost)];
  // A zoom shows at the horizon, wherever it looks: only where it may be is its place looked for.
  const ends = [...new Set([0, picture.frames - 1])];
  const stands = new Comparison(picture, setting, ends, limit).cost(best[0].offset, 0);
  const zooms = [1, -1]
    .filter(
      (zoom) => costOfChange(picture, setting, best[0].offset, { zoom, light: null }, ends, limit) < 1.05 * stands,
    ) // prettier-ignore
    .map((zoom) => {
      const { offset, rate, cost } = changing(zoom);
      return { offset, pan: 0, zoom: rate, cost };
    });
  const zooming = Math.min(...zooms.map(({ cost }) => cost));
  const chosen = [...best, ...zooms].reduce((a, b) => (b.cost < a.cost ? b : a));
  return { setting, light: null, ...chosen, standing, panning, zooming, rival, own, limit };
}

/**
 * Smaller and smaller steps downhill in offset, and in the camera's rate (a pan, a zoom) if there is one: `step` is its
 * largest. Half the world's own rate, `least`, is the border between a camera that moves and one that stands.
 */
function refine(
  costAt: (offset: number, rate: number, most?: number) => number,
  start: number,
  startRate: number,
  pixel: number,
  rates: { readonly step: number; readonly least: number },
) {
  let [offset, rate] = [start, startRate];
  const fixed = rate === 0;
  let least = costAt(offset, rate);
  for (const step of [0.5, 0.25, 0.125]) {
    const moves = [[step * pixel, 0], [-step * pixel, 0]]; // prettier-ignore
    if (!fixed) moves.push([0, step * rates.step], [0, -step * rates.step]);
    for (let round = 0; round < 3; round++) {
      let moved = false;
      for (const [dOffset, dRate] of moves) {
        if (!fixed && Math.abs(rate + dRate) < Math.abs(rates.least)) continue;
        const found = costAt(offset + dOffset, rate + dRate, least);
        if (found >= least) continue;
        [offset, rate, least, moved] = [offset + dOffset, rate + dRate, found, true];
      }
      if (!moved) break;
    }
  }
  return { offset: modulo(offset, world.backdrop_period), rate, cost: least };
}
