/**
 * A backdrop that changes from frame to frame: the camera zooms, so that hills grow half as much as things and the sky not
 * at all, or day turns into night. Drawn by the rule of world/render.ts, a frame at a time; `backdrop.ts` has the quick way
 * for a camera that stands or pans.
 */
import { changed } from '../world/laws';
import { world, type Light } from '../world/world';
import type { Picture } from './picture';

const clamp = (x: number): number => Math.min(1, Math.max(0, x));
const lerp = (a: number, b: number, share: number): number => a + (b - a) * share;
const modulo = (a: number, b: number): number => a - Math.floor(a / b) * b;
const night = 'night';

export interface Change {
  readonly zoom: number; // 1: as the world's camera zooms in, -1: as it zooms out, 0: it stands
  readonly light: Light | null;
}

/** How much larger things look in each frame than half-way through, for a zoom of any strength. */
export function scalesOf(zoom: number, frames: number): number[] {
  return Array.from({ length: frames }, (_, n) => world.zoom_reach ** (zoom * ((2 * n) / Math.max(1, frames - 1) - 1)));
}

/** Draws frame n, height x width x 3, into `out` from `at` on. */
export function drawChanging(
  { frames, height, width, views }: Picture,
  setting: string,
  offset: number,
  { zoom, light }: Change,
  n: number,
  out: Float32Array,
  at = 0,
): void {
  const { horizon, backdrop_period: period, hill_depth } = world;
  const scale = world.zoom_reach ** (zoom * ((2 * n) / Math.max(1, frames - 1) - 1));
  const change = light ? changed(n, frames) : 0;
  const a = world.settings[light === 'dawn' ? night : setting];
  const b = world.settings[light === 'dusk' ? night : setting];
  // The picture's own views are those of a camera that stands: a layer at some depth has its share of the zoom.
  const unitAt = (depth: number): number => views[n].unit * (1 + depth * (scale - 1));
  const yOf = (row: number, unit: number): number => 0.5 + (row + 0.5 - height / 2) / unit;
  const xOf = (column: number, unit: number): number => 0.5 + (column + 0.5 - width / 2) / unit;
  const [sky, far, here] = [unitAt(0), unitAt(hill_depth), unitAt(1)];
  const mix = (from: readonly number[], to: readonly number[]): number[] =>
    from.map((value, c) => lerp(value, to[c], change) / 255);
  const [top, low, hills] = [mix(a.sky[0], b.sky[0]), mix(a.sky[1], b.sky[1]), mix(a.hills.colour, b.hills.colour)];
  const [near, deep] = [mix(a.ground[0], b.ground[0]), mix(a.ground[1], b.ground[1])];
  const ridges = Float64Array.from({ length: width }, (_, column) => {
    const place = xOf(column, far) + offset;
    const ridge = ({ height: base, waves }: typeof a.hills): number =>
      waves.reduce((sum, [size, frequency, phase]) => sum + size * Math.sin(2 * Math.PI * (frequency * place + phase)), base); // prettier-ignore
    return lerp(ridge(a.hills), ridge(b.hills), change);
  });
  for (let row = 0; row < height; row++) {
    const above = clamp(yOf(row, sky) / horizon);
    const [farY, y] = [yOf(row, far), yOf(row, here)];
    const earth = clamp(0.5 + (y - horizon) * here);
    const depth = clamp((y - horizon) / (1 - horizon));
    for (let c = 0; c < 3; c++) {
      const [air, hill, soil] = [lerp(top[c], low[c], above), hills[c], lerp(near[c], deep[c], depth)];
      let to = at + 3 * row * width + c;
      for (let column = 0; column < width; column++, to += 3) {
        const raw = 0.5 + (farY - horizon + ridges[column]) * far;
        const cover = raw <= 0 ? 0 : raw >= 1 ? 1 : raw;
        const value = air + (hill - air) * cover;
        out[to] = value + (soil - value) * earth;
      }
    }
  }
  for (const [{ dots }, weight] of [[a, 1 - change], [b, change]] as const) {
    if (weight <= 0) continue;
    const unit = unitAt(dots.depth);
    const paint = dots.colour.map((value) => value / 255);
    for (let column = 0; column < width; column++) {
      const x = xOf(column, unit) + offset;
      for (const [dotX, dotY, radius] of dots.at) {
        const dx = modulo(x - dotX + period / 2, period) - period / 2;
        if (Math.abs(dx) > radius + 1 / unit) continue;
        const reach = (radius + 1 / unit) * unit;
        const middle = (dotY - 0.5) * unit + height / 2;
        for (let row = Math.max(0, Math.floor(middle - reach)); row < Math.min(height, middle + reach); row++) {
          const cover = clamp(0.5 - (Math.hypot(dx, yOf(row, unit) - dotY) - radius) * unit) * weight;
          const to = at + 3 * (row * width + column);
          for (let c = 0; c < 3; c++) out[to + c] = lerp(out[to + c], paint[c], cover);
        }
      }
    }
  } // prettier-ignore
}

/** Mean error over some frames, each pixel up to the limit, as a share of the limit; Infinity once it is above `most`. */
export function costOfChange(
  picture: Picture,
  setting: string,
  offset: number,
  change: Change,
  frames: readonly number[],
  limit: number,
  most = Infinity,
): number {
  const plane = 3 * picture.height * picture.width;
  const whole = (frames.length * plane * limit) / 3;
  const drawn = new Float32Array(plane);
  const { pixels } = picture;
  let sum = 0;
  for (const n of frames) {
    drawChanging(picture, setting, offset, change, n, drawn);
    for (let i = 0, from = n * plane; i < plane; i += 3, from += 3) {
      const error = (pixels[from] - drawn[i]) ** 2 + (pixels[from + 1] - drawn[i + 1]) ** 2 + (pixels[from + 2] - drawn[i + 2]) ** 2; // prettier-ignore
      sum += error < limit ? error : limit;
    }
    if (sum > most * whole) return Infinity;
  }
  return sum / whole;
}
