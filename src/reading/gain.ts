/**
 * How well a thing at a pose explains a picture. "Gain" is how much of the picture's error drawing the thing takes away, in
 * squared colour units, errors saturating (canvas.ts); with it, where the gain grows: what Gauss-Newton needs.
 *
 * The same drawing as the world's painters do, written out: it is called a few thousand times a clip, with derivatives. No
 * tuples in the loops for that reason: they are objects to be collected.
 */
import type { Pose } from '../world/laws';
import { extent, grid } from '../world/shapes';
import { robust, saturation, type Canvas } from './canvas';
import type { Appearance } from './appearance';

/** Width of an edge in pixels. A render's is 1; stored, blurred and generated clips are softer. */
export const edge = 1.5;

/** Which way the gain grows: of a Gauss-Newton step in x, y, radius and, where `steps` is 4, angle. */
export interface Pull {
  steps: 3 | 4;
  readonly slope: Float64Array; // 4
  readonly normal: Float64Array; // 4 x 4, the lower half
}

/** An appearance at a pose, as `paintPixel` needs it. */
interface Brush {
  readonly fields: readonly Float64Array[];
  readonly paints: Float32Array;
  readonly mirror: 1 | -1;
  readonly radius: number;
  readonly cos: number;
  readonly sin: number;
  readonly sharp: number; // cover that is lost on a length of 1 across an edge
  readonly derive: boolean; // whether `tint` is wanted
}

const [far, stride] = [extent, grid]; // of this module: what is imported is asked for anew at each use, until it is bundled
const scale = (stride - 1) / (2 * far); // cells of the distance grid to a radius
const pred = new Float64Array(3); // the colour of a pixel as painted
const tint = new Float64Array(12); // channel x (x, y, radius, angle): how that colour changes with the pose
const tilt = new Float64Array(4); // how the cover of one layer does

/**
 * Paints the pixel at (u, v) in the thing's own coordinates over `base[at]`: fills `pred` and `tint`, unless nothing covers
 * it. Returns the cover, 0 .. 1.
 */
function paintPixel(brush: Brush, u: number, v: number, base: Float32Array, at: number): number {
  const { fields, paints, radius, sharp, derive } = brush;
  const gx = (u + far) * scale;
  const gy = (v + far) * scale;
  const x0 = gx | 0;
  const y0 = gy | 0;
  const fx = gx - x0;
  const fy = gy - y0;
  const place = y0 * stride + x0;
  let total = 0;
  for (let layer = 0; layer < fields.length; layer++) {
    const field = fields[layer];
    const a = field[place];
    const b = field[place + 1];
    const c = field[place + stride];
    const d = field[place + stride + 1];
    const upper = a + (b - a) * fx;
    const lower = c + (d - c) * fx;
    const distance = upper + (lower - upper) * fy;
    const raw = 0.5 - distance * radius * sharp;
    if (raw <= 0) continue;
    if (total === 0) {
      pred[0] = base[at];
      pred[1] = base[at + 1];
      pred[2] = base[at + 2];
      if (derive) tint.fill(0);
    }
    const cover = raw < 1 ? raw : 1;
    total += (1 - total) * cover;
    if (derive) {
      if (raw < 1) tiltOf(brush, u, v, distance, ((b - a) * (1 - fy) + (d - c) * fy) * scale, (lower - upper) * scale);
      else tilt.fill(0);
      shade(paints, 3 * layer, cover);
    }
    for (let c3 = 0; c3 < 3; c3++) pred[c3] += (paints[3 * layer + c3] - pred[c3]) * cover;
  }
  return total;
}

/** Fills `tilt` on an edge, from the slope (du, dv) of the distance there. */
function tiltOf(
  { mirror, radius, cos, sin, sharp }: Brush,
  u: number,
  v: number,
  distance: number,
  du: number,
  dv: number,
): void {
  // prettier-ignore
  const k = -sharp; // times radius, which the derivatives of u and v divide by
  tilt[0] = k * (-mirror * cos * du + sin * dv);
  tilt[1] = k * (-mirror * sin * du - cos * dv);
  tilt[2] = k * (distance - u * du - v * dv);
  tilt[3] = k * radius * (mirror * v * du - mirror * u * dv);
}

/** Carries `tint` through one more layer, whose colour begins at `paints[from]`. */
function shade(paints: Float32Array, from: number, cover: number): void {
  for (let c = 0; c < 3; c++) {
    const toward = paints[from + c] - pred[c];
    const at = 4 * c;
    tint[at] = tint[at] * (1 - cover) + toward * tilt[0];
    tint[at + 1] = tint[at + 1] * (1 - cover) + toward * tilt[1];
    tint[at + 2] = tint[at + 2] * (1 - cover) + toward * tilt[2];
    tint[at + 3] = tint[at + 3] * (1 - cover) + toward * tilt[3];
  }
}

/** Adds a pixel that is off by (r, g, b), each weighed by how little its error saturates. */
function gather({ steps, slope, normal }: Pull, r: number, g: number, b: number, squared: number): void {
  const shrink = 1 + squared / saturation;
  const weight = 1 / (shrink * shrink);
  for (let p = 0; p < steps; p++) {
    const tr = tint[p];
    const tg = tint[4 + p];
    const tb = tint[8 + p];
    slope[p] += weight * (tr * r + tg * g + tb * b);
    for (let q = 0; q <= p; q++) normal[4 * p + q] += weight * (tr * tint[q] + tg * tint[4 + q] + tb * tint[8 + q]);
  }
}

export interface Measured {
  readonly gain: number;
  readonly error: number; // of the base, where the thing is
  readonly seen: number; // pixels that it covers, unhidden
}

/** Draws an appearance at a pose in frame n, its edges `soft` times as wide as usual, and fills `pull` where one is given. */
export function measure(
  canvas: Canvas,
  n: number,
  appearance: Appearance,
  pose: Pose,
  soft: number,
  pull?: Pull,
): Measured {
  const { picture, base, baseError, hidden } = canvas;
  const { height, width, pixels } = picture;
  const { x, y, radius, angle } = pose;
  const { fields, mirror } = appearance;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const { left: side, top: ceiling, unit } = picture.views[n];
  const sharp = unit / (soft * edge);
  const brush = {
    fields,
    paints: appearance.turning?.[n] ?? appearance.paints,
    mirror,
    radius,
    cos,
    sin,
    sharp,
    derive: !!pull,
  };
  const reach = appearance.reach * radius + (0.5 * soft * edge) / unit;
  const top = Math.max(0, Math.floor((y - ceiling - reach) * unit));
  const bottom = Math.min(height, Math.ceil((y - ceiling + reach) * unit));
  const left = Math.max(0, Math.floor((x - side - reach) * unit));
  const right = Math.min(width, Math.ceil((x - side + reach) * unit));
  let [gain, error, seen] = [0, 0, 0];
  pull?.slope.fill(0);
  pull?.normal.fill(0);
  for (let row = top; row < bottom; row++) {
    const dy = ceiling + (row + 0.5) / unit - y;
    for (let column = left; column < right; column++) {
      const dx = side + (column + 0.5) / unit - x;
      const u = (mirror * (dx * cos + dy * sin)) / radius;
      const v = (dy * cos - dx * sin) / radius;
      if (u <= -far || u >= far || v <= -far || v >= far) continue;
      const i = (n * height + row) * width + column;
      const total = paintPixel(brush, u, v, base, 3 * i);
      if (total === 0 || hidden[i]) continue;
      const r = pixels[3 * i] - pred[0];
      const g = pixels[3 * i + 1] - pred[1];
      const b = pixels[3 * i + 2] - pred[2];
      const squared = r * r + g * g + b * b;
      const before = robust(baseError[i]);
      gain += before - robust(squared);
      error += before;
      seen += total;
      if (pull) gather(pull, r, g, b, squared);
    }
  }
  return { gain, error, seen };
}

export function gainAt(canvas: Canvas, n: number, appearance: Appearance, pose: Pose, soft = 1): number {
  return measure(canvas, n, appearance, pose, soft).gain;
}
