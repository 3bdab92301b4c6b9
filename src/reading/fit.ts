/**
 * Laying a known thing on a picture: the world's own shapes, drawn at a pose and compared with the pixels, and the pose
 * moved downhill (Gauss-Newton) until they fit best.
 *
 * "Gain" is how much of the picture's error drawing the thing takes away, in squared colour units, errors saturating
 * (Geman & McClure 1985) so that a stranger in front or a slip of the model does not count for more than it is.
 */
import { clamp } from '../world/arithmetic';
import { frameOf, paintThing } from '../world/paint';
import { distanceFields, extent, grid } from '../world/shapes';
import { colours, world } from '../world/world';
import { rasterOf, type Picture } from './picture';

export const saturation = 0.3; // squared colour error (black to white is 3) at which a pixel counts half
export const robust = (squared: number): number => squared / (1 + squared / saturation);

/** What a thing is drawn on: the picture, what stands behind it, and where it may be hidden. */
export interface Canvas {
  readonly picture: Picture;
  readonly base: Float32Array; // as picture.pixels: backdrop and other objects
  readonly baseError: Float32Array; // frames x height x width, squared error of the base
  readonly hidden: Uint8Array; // frames x height x width, 1 where something else covers and explains the pixel
}

export function canvasOf(picture: Picture, base: Float32Array, cover?: Float32Array): Canvas {
  const count = picture.frames * picture.height * picture.width;
  const [baseError, hidden] = [new Float32Array(count), new Uint8Array(count)];
  const { pixels } = picture;
  for (let i = 0, at = 0; i < count; i++, at += 3) {
    const r = pixels[at] - base[at];
    const g = pixels[at + 1] - base[at + 1];
    const b = pixels[at + 2] - base[at + 2];
    baseError[i] = r * r + g * g + b * b;
    if (cover && cover[i] > 0.1 && baseError[i] < 0.06) hidden[i] = 1;
  }
  return { picture, base, baseError, hidden };
}

/** What a thing looks like, whatever its pose. */
export interface Look {
  readonly thing: string;
  readonly mirror: 1 | -1;
  readonly plain: boolean; // without its marks
  readonly fields: readonly Float64Array[];
  readonly paints: Float32Array; // layers x 3, 0 .. 1; as it begins, where it turns into another colour
  readonly turning?: readonly Float32Array[]; // the same for each frame
  readonly reach: number; // farthest that it extends, in radii
}

const looks = new Map<string, Look>();

/** What it looks like, turning from one colour into another (changed: how far it has come in each frame). */
export function turningLook(look: Look, from: string, to: string, changed: readonly number[]): Look {
  const other = lookOf(look.thing, to, look.mirror, look.plain).paints;
  const start = lookOf(look.thing, from, look.mirror, look.plain).paints;
  return { ...look, paints: start, turning: changed.map((share) => start.map((c, i) => c + share * (other[i] - c))) };
}

/** A `plain` look has no marks: what a thing shows inside its own outline (a highlight, an eye) is left out. */
export function lookOf(thing: string, colour: string, mirror: 1 | -1 = 1, plain = false): Look {
  const key = `${thing} ${colour} ${mirror} ${plain}`;
  let made = looks.get(key);
  if (!made) {
    const own = distanceFields(thing);
    const layers = world.things[thing].layers
      .map(({ paint }, i) => ({ paint, field: own[i] }))
      .filter(
        ({ paint, field }) =>
          !plain || paint === 'self' || field.some((distance, i) => distance < 0 && own[0][i] > 0.1),
      );
    const paints = layers.flatMap(({ paint }) => [...(paint === 'self' ? world.colours[colour] : world.paints[paint])]);
    const fields = layers.map(({ field }) => field);
    let reach = 0;
    for (const field of fields)
      field.forEach((distance, i) => {
        if (distance > 0.02) return;
        const [u, v] = [i % grid, Math.floor(i / grid)].map((k) => -extent + (2 * extent * k) / (grid - 1));
        reach = Math.max(reach, Math.hypot(u, v));
      });
    made = { thing, mirror, plain, fields, paints: Float32Array.from(paints, (value) => value / 255), reach };
    looks.set(key, made);
  }
  return made;
}

/** Area, middle and spread of a thing's own-coloured part that is seen, in its own coordinates. */
export interface Moments {
  readonly area: number;
  readonly u: number;
  readonly v: number;
}

const moments = new Map<string, Moments>();

export function momentsOf(thing: string): Moments {
  let made = moments.get(thing);
  if (!made) {
    const { layers } = world.things[thing];
    const fields = distanceFields(thing);
    let [area, u, v] = [0, 0, 0];
    const cell = (2 * extent) / (grid - 1);
    for (let i = 0; i < grid * grid; i++) {
      const top = layers.findLastIndex((_, layer) => fields[layer][i] < 0);
      if (top < 0 || layers[top].paint !== 'self') continue;
      area += cell * cell;
      u += (-extent + cell * (i % grid)) * cell * cell;
      v += (-extent + cell * Math.floor(i / grid)) * cell * cell;
    }
    made = { area, u: u / area, v: v / area };
    moments.set(thing, made);
  }
  return made;
}

/** x, y and radius in frame heights, as the frame's view has them (a zoom is taken out, a pan is not), angle in radians. */
export interface FramePose {
  x: number;
  y: number;
  radius: number;
  angle: number;
}

export interface Fit extends FramePose {
  readonly gain: number;
  readonly visible: number; // share of its cover that lies in the picture, unhidden
  readonly explained: number; // gain over the error of the base where the thing is; below 0 if it makes things worse
}

/** Width of an edge in pixels. A render's is 1; stored, blurred and generated clips are softer. */
const edge = 1.5;

const last = grid - 1;
const scale = last / (2 * extent);
// Gradient and normal matrix of one pose; reused, because this is called a few thousand times a clip. No tuples in the
// loops below for the same reason: they are objects to be collected.
const [slope, normal] = [new Float64Array(4), new Float64Array(16)];
const [pred, tint] = [new Float64Array(3), new Float64Array(12)];

/**
 * Gain of drawing a look at a pose in frame n. With `steps` (1 .. 4 of x, y, radius, angle) it also fills `slope` and
 * `normal` for Gauss-Newton. `soft` widens the edges, for a start that is pixels away.
 */
function measure(canvas: Canvas, n: number, look: Look, pose: FramePose, soft: number, steps: number) {
  const { picture, base, baseError, hidden } = canvas;
  const { height, width, pixels } = picture;
  const { x, y, radius, angle } = pose;
  const { fields, mirror } = look;
  const paints = look.turning?.[n] ?? look.paints;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const { left: side, top: ceiling, unit } = picture.views[n];
  const sharp = unit / (soft * edge);
  const reach = look.reach * radius + (0.5 * soft * edge) / unit;
  const top = Math.max(0, Math.floor((y - ceiling - reach) * unit));
  const bottom = Math.min(height, Math.ceil((y - ceiling + reach) * unit));
  const left = Math.max(0, Math.floor((x - side - reach) * unit));
  const right = Math.min(width, Math.ceil((x - side + reach) * unit));
  let [gain, error, seen] = [0, 0, 0];
  if (steps) {
    slope.fill(0);
    normal.fill(0);
  }
  for (let row = top; row < bottom; row++) {
    const dy = ceiling + (row + 0.5) / unit - y;
    for (let column = left; column < right; column++) {
      const dx = side + (column + 0.5) / unit - x;
      const u = (mirror * (dx * cos + dy * sin)) / radius;
      const v = (dy * cos - dx * sin) / radius;
      if (u <= -extent || u >= extent || v <= -extent || v >= extent) continue;
      const gx = (u + extent) * scale;
      const gy = (v + extent) * scale;
      const x0 = gx | 0;
      const y0 = gy | 0;
      const fx = gx - x0;
      const fy = gy - y0;
      const place = y0 * grid + x0;
      const i = (n * height + row) * width + column;
      let total = 0;
      for (let layer = 0; layer < fields.length; layer++) {
        const field = fields[layer];
        const a = field[place];
        const b = field[place + 1];
        const c = field[place + grid];
        const d = field[place + grid + 1];
        const upper = a + (b - a) * fx;
        const lower = c + (d - c) * fx;
        const distance = upper + (lower - upper) * fy;
        const raw = 0.5 - distance * radius * sharp;
        if (raw <= 0) continue;
        if (total === 0) {
          pred[0] = base[3 * i];
          pred[1] = base[3 * i + 1];
          pred[2] = base[3 * i + 2];
          if (steps) tint.fill(0);
        }
        const cover = raw < 1 ? raw : 1;
        total += (1 - total) * cover;
        if (steps) {
          let cx = 0;
          let cy = 0;
          let cr = 0;
          let ca = 0;
          if (raw < 1) {
            const du = ((b - a) * (1 - fy) + (d - c) * fy) * scale;
            const dv = (lower - upper) * scale;
            const k = -sharp; // times radius, which the derivatives of u and v divide by
            cx = k * (-mirror * cos * du + sin * dv);
            cy = k * (-mirror * sin * du - cos * dv);
            cr = k * (distance - u * du - v * dv);
            ca = k * radius * (mirror * v * du - mirror * u * dv);
          }
          for (let c3 = 0; c3 < 3; c3++) {
            const toward = paints[3 * layer + c3] - pred[c3];
            const at = c3 * 4;
            tint[at] = tint[at] * (1 - cover) + toward * cx;
            tint[at + 1] = tint[at + 1] * (1 - cover) + toward * cy;
            tint[at + 2] = tint[at + 2] * (1 - cover) + toward * cr;
            tint[at + 3] = tint[at + 3] * (1 - cover) + toward * ca;
          }
        }
        for (let c3 = 0; c3 < 3; c3++) pred[c3] += (paints[3 * layer + c3] - pred[c3]) * cover;
      }
      if (total === 0 || hidden[i]) continue;
      const r = pixels[3 * i] - pred[0];
      const g = pixels[3 * i + 1] - pred[1];
      const b = pixels[3 * i + 2] - pred[2];
      const squared = r * r + g * g + b * b;
      const before = robust(baseError[i]);
      gain += before - robust(squared);
      error += before;
      seen += total;
      if (!steps) continue;
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
  }
  return { gain, error, seen };
}

export function gainAt(canvas: Canvas, n: number, look: Look, pose: FramePose, soft = 1): number {
  return measure(canvas, n, look, pose, soft, 0).gain;
}

const areas = new Map<string, number>();

/** Area of everything that belongs to a thing, in squared radii. */
function areaOf(thing: string): number {
  let area = areas.get(thing);
  if (area === undefined) {
    const fields = distanceFields(thing);
    const cell = (2 * extent) / (grid - 1);
    area = 0;
    for (let i = 0; i < grid * grid; i++) if (fields.some((field) => field[i] < 0)) area += cell * cell;
    areas.set(thing, area);
  }
  return area;
}

export interface FitOptions {
  readonly turns: boolean; // whether the angle is free
  readonly rounds: number;
  readonly soft?: number; // edge width of the first rounds, in pixels
  readonly keep?: number; // how strongly the radius keeps to where it starts, 0 for not at all
}

/** The pose nearest to `start` that explains most. */
export function fitPose(canvas: Canvas, n: number, look: Look, start: FramePose, options: FitOptions): Fit {
  const { turns, rounds, soft = 1, keep = 0 } = options;
  const steps = turns ? 4 : 3;
  const { unit } = canvas.picture.views[n];
  const pose = { ...start };
  let best = { ...start };
  let least = -Infinity;
  let damping = 0.01;
  for (let round = 0; round <= rounds; round++) {
    const width = round < rounds / 2 ? soft : 1;
    const { gain } = measure(canvas, n, look, pose, width, steps);
    const value = gain - keep * (pose.radius - start.radius) ** 2;
    if (width === 1 && soft > 1 && round >= rounds / 2 && round < rounds / 2 + 1) least = -Infinity; // another measure from here
    if (value > least) {
      [best, least] = [{ ...pose }, value];
      damping *= 0.3;
    } else {
      // Downhill was uphill: back, and more carefully.
      Object.assign(pose, best);
      measure(canvas, n, look, pose, width, steps);
      damping = Math.max(0.05, damping * 10);
    }
    if (round === rounds) break;
    const move = solve(steps, damping, keep, start.radius - pose.radius);
    if (!move) break;
    const most = 2.5 / unit;
    const far = Math.max(Math.abs(move[0]), Math.abs(move[1]), Math.abs(move[2]), most) / most;
    pose.x += move[0] / far;
    pose.y += move[1] / far;
    pose.radius = clamp(pose.radius + move[2] / far, 1.1 / unit, 0.45);
    if (turns) pose.angle += clamp(move[3], -0.4, 0.4);
    if (Math.abs(move[0]) + Math.abs(move[1]) + Math.abs(move[2]) < 0.02 / unit && width === 1) break;
  }
  const { gain, error, seen } = measure(canvas, n, look, best, 1, 0);
  const whole = areaOf(look.thing) * best.radius * best.radius * unit * unit;
  return { ...best, gain, visible: Math.min(1, seen / whole), explained: error > 0 ? gain / error : 0 };
}

/** Solves normal x move = slope by Cholesky with Levenberg's damping; undefined where nothing pulls. */
function solve(steps: number, damping: number, keep: number, pull: number): Float64Array | undefined {
  const factor = new Float64Array(16);
  const move = new Float64Array(4);
  for (let p = 0; p < steps; p++)
    for (let q = 0; q <= p; q++) {
      let sum = normal[4 * p + q];
      if (p === q) sum = sum * (1 + damping) + (p === 2 ? keep : 0) + 1e-6;
      for (let k = 0; k < q; k++) sum -= factor[4 * p + k] * factor[4 * q + k];
      if (p === q) {
        if (sum <= 0) return undefined;
        factor[4 * p + p] = Math.sqrt(sum);
      } else factor[4 * p + q] = sum / factor[4 * q + q];
    }
  for (let p = 0; p < steps; p++) {
    let sum = slope[p] + (p === 2 ? keep * pull : 0);
    for (let k = 0; k < p; k++) sum -= factor[4 * p + k] * move[k];
    move[p] = sum / factor[4 * p + p];
  }
  for (let p = steps - 1; p >= 0; p--) {
    let sum = move[p];
    for (let k = p + 1; k < steps; k++) sum -= factor[4 * k + p] * move[k];
    move[p] = sum / factor[4 * p + p];
  }
  return move;
}

/** Draws a fitted thing onto `base` in frame n, and adds what it covers to `cover` (frames x height x width). */
export function drawFit(
  picture: Picture,
  base: Float32Array,
  cover: Float32Array,
  n: number,
  look: Look,
  pose: FramePose,
): void {
  const { fields, mirror } = look;
  const paints = look.turning?.[n] ?? look.paints;
  const reach = look.reach * pose.radius + 1 / picture.views[n].unit;
  paintThing(frameOf(base, n, picture, cover), rasterOf(picture, n), { fields, paints, mirror }, pose, { edge, reach });
}

/** The palette's colours, 0 .. 1, in the order of `colours`. */
export const palette: readonly (readonly number[])[] = colours.map((name) => world.colours[name].map((c) => c / 255));
