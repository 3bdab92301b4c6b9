/**
 * Laying a known thing on a picture: the world's own shapes, drawn at a pose and compared with the pixels (gain.ts), and the
 * pose moved downhill (Gauss-Newton, with Levenberg's damping) until they fit best.
 */
import { clamp } from '../world/arithmetic';
import { frameOf, paintThing } from '../world/paint';
import type { Canvas } from './canvas';
import { edge, gainAt, measure, type Pull } from './gain';
import { areaOf, type Appearance } from './appearance';
import { rasterOf, type Picture } from './picture';

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

export interface FitOptions {
  readonly turns: boolean; // whether the angle is free
  readonly rounds: number;
  readonly soft?: number; // edge width of the first rounds, in usual ones
  readonly keep?: number; // how strongly the radius keeps to where it starts, 0 for not at all
}

/** A thing of the world is 0.085 to 0.33 frame heights large and grows no further than this. */
const largest = 0.45;
/** A thing of fewer pixels has no shape any more. */
const fewestPixels = 1.1;
/**
 * Longest step of a round: pixels across, down and in radius, and radians. Edges are 1.5 to 3 pixels wide, and beyond them a
 * picture is nothing like the straight line that Gauss-Newton takes it for.
 */
const longestStep = 2.5;
const longestTurn = 0.4;
/** A step of fewer pixels is the end: the reader's own error is larger (docs/decisions/read-by-drawing.md). */
const shortestStep = 0.02;

const pull: Pull = { steps: 3, slope: new Float64Array(4), normal: new Float64Array(16) };

/** The pose nearest to `start` that explains most. */
export function fitPose(canvas: Canvas, n: number, appearance: Appearance, start: FramePose, options: FitOptions): Fit {
  const { turns, rounds, soft = 1, keep = 0 } = options;
  pull.steps = turns ? 4 : 3;
  const { unit } = canvas.picture.views[n];
  const pose = { ...start };
  let best = { ...start };
  let least = -Infinity;
  let damping = 0.01;
  for (let round = 0; round <= rounds; round++) {
    const width = round < rounds / 2 ? soft : 1;
    const { gain } = measure(canvas, n, appearance, pose, width, pull);
    const value = gain - keep * (pose.radius - start.radius) ** 2;
    if (width === 1 && soft > 1 && round >= rounds / 2 && round < rounds / 2 + 1) least = -Infinity; // another measure from here
    if (value > least) {
      [best, least] = [{ ...pose }, value];
      damping *= 0.3;
    } else {
      // Downhill was uphill: back, and more carefully.
      Object.assign(pose, best);
      measure(canvas, n, appearance, pose, width, pull);
      damping = Math.max(0.05, damping * 10);
    }
    if (round === rounds) break;
    const move = solve(pull, damping, keep, start.radius - pose.radius);
    if (!move) break;
    step(pose, move, unit, turns);
    if (Math.abs(move[0]) + Math.abs(move[1]) + Math.abs(move[2]) < shortestStep / unit && width === 1) break;
  }
  return fitOf(canvas, n, appearance, best);
}

function step(pose: FramePose, move: Float64Array, unit: number, turns: boolean): void {
  const most = longestStep / unit;
  const far = Math.max(Math.abs(move[0]), Math.abs(move[1]), Math.abs(move[2]), most) / most;
  pose.x += move[0] / far;
  pose.y += move[1] / far;
  pose.radius = clamp(pose.radius + move[2] / far, fewestPixels / unit, largest);
  if (turns) pose.angle += clamp(move[3], -longestTurn, longestTurn);
}

function fitOf(canvas: Canvas, n: number, appearance: Appearance, pose: FramePose): Fit {
  const { unit } = canvas.picture.views[n];
  const { gain, error, seen } = measure(canvas, n, appearance, pose, 1);
  const whole = areaOf(appearance.thing) * pose.radius * pose.radius * unit * unit;
  return { ...pose, gain, visible: Math.min(1, seen / whole), explained: error > 0 ? gain / error : 0 };
}

/** Solves normal x move = slope by Cholesky with Levenberg's damping; undefined where nothing pulls. */
function solve({ steps, slope, normal }: Pull, damping: number, keep: number, home: number): Float64Array | undefined {
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
    let sum = slope[p] + (p === 2 ? keep * home : 0);
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

/** The best fit from the `tries` most promising starts, judged with soft edges as the fit begins. */
export function fitBest(
  canvas: Canvas,
  n: number,
  appearance: Appearance,
  starts: readonly FramePose[],
  tries: number,
  options: FitOptions,
): Fit {
  const order = starts
    .map((start) => ({ start, gain: gainAt(canvas, n, appearance, start, options.soft) }))
    .sort((a, b) => b.gain - a.gain);
  return order
    .slice(0, tries)
    .map(({ start }) => fitPose(canvas, n, appearance, start, options))
    .reduce((a, b) => (b.gain > a.gain ? b : a));
}

/** Draws a fitted thing onto `base` in frame n, and adds what it covers to `cover` (frames x height x width). */
export function drawFit(
  picture: Picture,
  base: Float32Array,
  cover: Float32Array,
  n: number,
  appearance: Appearance,
  pose: FramePose,
): void {
  const { fields, mirror } = appearance;
  const paints = appearance.turning?.[n] ?? appearance.paints;
  const reach = appearance.reach * pose.radius + 1 / picture.views[n].unit;
  paintThing(frameOf(base, n, picture, cover), rasterOf(picture, n), { fields, paints, mirror }, pose, { edge, reach });
}
