/**
 * Does a clip go on as its law says? The velocity error of PhyWorld (Kang et al. 2024): the mean distance between true
 * and seen velocity, frame by frame, over the frames that the model had to make up; beside three baselines that know
 * nothing of the law.
 *
 * Lengths are in frame heights, as the picture shows them; velocities a frame. A path has one point for each frame.
 */
import { poses } from '../world/laws';
import type { Scene } from '../world/scene';
import { line } from '../reading/numbers';
import { bootstrap, type Interval } from './statistics';
import type { Reading } from '../reading/types';

export type Point = readonly [number, number];
export type SeenPath = readonly (Point | null)[]; // null: not seen in that frame

/** Where the law puts the scene's first object. The camera stands. */
export function truePath(scene: Scene, frames: number): Point[] {
  return poses(scene.objects[0], frames).map(({ x, y }) => [x, y]);
}

/**
 * Where a reading sees the object that was given: the one that lies nearest to `truth` in the given frames. In picture
 * coordinates; a frame in which it can't be seen where it should be has null. All null where there is no object.
 */
export function seenPath({ objects, pan }: Reading, truth: readonly Point[], given: number): SeenPath {
  const paths = objects.map(({ track }) =>
    track.map(({ x, y, visible, explained }, n): Point | null =>
      visible > 0.2 && explained > 0.35 ? [x - pan * (n - (track.length - 1) / 2), y] : null,
    ),
  );
  const apart = (path: SeenPath): number => {
    const seen = path.slice(0, given).flatMap((point, n) => (point ? [distance(point, truth[n])] : []));
    return seen.length ? seen.reduce((a, b) => a + b, 0) / seen.length : Infinity;
  };
  return paths.sort((a, b) => apart(a) - apart(b))[0] ?? truth.map(() => null);
}

const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1]);
const step = (path: SeenPath, n: number): Point | null => {
  const [from, to] = [path[n - 1], path[n]];
  return from && to ? [to[0] - from[0], to[1] - from[1]] : null;
};

export interface VelocityError {
  readonly error: number | null; // mean |true - seen velocity|, frame heights a frame; null where nothing was seen
  readonly speed: number; // mean true speed over the frames that count
  readonly along: number | null; // mean seen velocity along the mean true one; null as above, or where that is 0
  readonly frames: number; // frames that count: made up, with the middle of the true object in the picture
  readonly lost: number; // of these, frames in which the object is not seen
}

/** Error of each velocity that leads into a frame from `given` on. `aspect` is the picture's width over its height. */
export function velocityError(truth: readonly Point[], seen: SeenPath, given: number, aspect = 1): VelocityError {
  const inside = ([x, y]: Point): boolean => x >= 0 && x <= aspect && y >= 0 && y <= 1;
  let [error, pairs, speed, frames, lost] = [0, 0, 0, 0, 0];
  const [mean, own]: [[number, number], [number, number]] = [
    [0, 0],
    [0, 0],
  ];
  for (let n = given; n < truth.length; n++) {
    if (!inside(truth[n - 1]) || !inside(truth[n])) continue;
    const right = step(truth, n) as Point;
    const found = step(seen, n);
    frames++;
    speed += Math.hypot(...right);
    if (!seen[n]) lost++;
    if (!found) continue;
    pairs++;
    error += distance(right, found);
    for (const axis of [0, 1]) {
      mean[axis] += right[axis];
      own[axis] += found[axis];
    }
  }
  const length = Math.hypot(...mean);
  return {
    error: pairs ? error / pairs : null,
    speed: frames ? speed / frames : 0,
    along: pairs && length > 1e-9 ? (mean[0] * own[0] + mean[1] * own[1]) / length / pairs : null,
    frames,
    lost,
  };
}

/** Baseline: the last given frame again and again. It errs by the whole speed. */
export function copyLast(truth: readonly Point[], given: number): Point[] {
  return truth.map((point, n) => (n < given ? point : truth[given - 1]));
}

/** Baseline: on from the last given frame with the velocity of a straight line through the given ones, as they are read. */
export function constantVelocity(seen: SeenPath, given: number, frames: number): SeenPath {
  const start = seen.slice(0, given);
  const last = start.findLastIndex((point) => point !== null);
  if (last < 0) return Array.from({ length: frames }, () => null);
  const weight = start.map((point) => (point ? 1 : 0));
  const [[, vx], [, vy]] = [0, 1].map((axis) => line(start.map((point) => point?.[axis] ?? 0), weight)); // prettier-ignore
  const [x, y] = start[last] as Point;
  return Array.from({ length: frames }, (_, n) => (n < given ? start[n] : [x + vx * (n - last), y + vy * (n - last)]));
}

/** What a scene shows in its first frames, for the nearest training clip: the path of its object and its radius. */
export interface PoolPath {
  readonly path: readonly Point[];
  readonly radius: number;
}

export function poolPaths(pool: readonly Scene[], frames: number): PoolPath[] {
  return pool.map((scene) => ({ path: truePath(scene, frames), radius: scene.objects[0].radius }));
}

/** Baseline: the clip of a pool whose object is nearest in the given frames, in place and in radius; with its own rest. */
export function nearestPath(pool: readonly PoolPath[], seen: SeenPath, radius: number, given: number): SeenPath {
  let [best, least]: [SeenPath, number] = [seen.map(() => null), Infinity];
  for (const other of pool) {
    let [sum, count] = [0, 0];
    for (let n = 0; n < given && sum < least * given; n++) {
      const point = seen[n];
      if (!point) continue;
      sum += (point[0] - other.path[n][0]) ** 2 + (point[1] - other.path[n][1]) ** 2 + (radius - other.radius) ** 2;
      count++;
    }
    if (count && sum / count < least) [best, least] = [other.path, sum / count];
  }
  return best;
}

/** A figure and its 95 % bootstrap interval over the clips. */
export interface Figure {
  readonly mean: number;
  readonly interval: Interval;
}

export interface ErrorFigures {
  readonly clips: number; // that have an error
  readonly error: Figure; // frame heights a frame
  readonly relative: Figure | null; // sum of errors over sum of speeds; null where nothing moves
}

/** Errors of many clips as one figure. Null where none was seen. */
export function errorFigures(errors: readonly VelocityError[]): ErrorFigures | null {
  const given = errors.filter(({ error }) => error !== null) as (VelocityError & { error: number })[];
  if (!given.length) return null;
  const sum = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0);
  const ratio = (clips: readonly number[]): number =>
    sum(clips.map((i) => given[i].error)) / Math.max(1e-9, sum(clips.map((i) => given[i].speed)));
  const all = given.map((_, i) => i);
  const values = given.map(({ error }) => error);
  const moves = sum(given.map(({ speed }) => speed)) / given.length > 1e-4;
  return {
    clips: given.length,
    error: { mean: sum(values) / values.length, interval: bootstrap(values) },
    relative: moves ? { mean: ratio(all), interval: bootstrap(all, { statistic: ratio }) } : null,
  };
}
