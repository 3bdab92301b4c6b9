/**
 * The way of a run through the space of all clips, flattened to two dimensions: the plane in which the clips of the runs
 * on screen differ most (principal components, from the matrix of inner products: a few dozen clips of some ten thousand
 * numbers each, never the other way round). Pure, and without a picture: ui/ draws it.
 */
import type { Step } from '../sampling/types';

export type Point = readonly [number, number];

/** One run in the plane. A run of n steps has n + 1 points of x, the last is the finished clip, and n guesses. */
export interface Trajectory {
  readonly x: readonly Point[];
  readonly guess: readonly Point[];
  /** What it would have believed without guidance; null where guidance did nothing, and in recordings. */
  readonly unguided: readonly (Point | null)[];
}

export interface Plane {
  readonly runs: readonly Trajectory[];
  /** Share of all differences that the two axes show, 0 .. 1. */
  readonly shown: number;
}

/** At most so many steps of a run choose the plane; all of them are drawn in it. */
const mostSteps = 24;

/** Inner products are remembered as long as the clips live: a step that comes in costs one row of the matrix. */
const known = new WeakMap<Float32Array, WeakMap<Float32Array, number>>();

/** All steps of each run so far; runs without a step have no points. Lengths are as in the space of clips. */
export function project(runs: readonly (readonly Step[])[]): Plane {
  // The guess from pure snow is drawn, but does not choose: under guidance it can be farther off than all the rest of the
  // way is long, and the plane would show little but that.
  const chosen = runs.flatMap((steps) =>
    thinned(steps).flatMap(({ x, guess, index }) => (index === 0 && steps.length > 1 ? [x] : [x, guess])),
  );
  if (chosen.length === 0) return { runs: runs.map(() => ({ x: [], guess: [], unguided: [] })), shown: 0 };
  const n = chosen.length;
  const size = chosen[0].length;
  const products = chosen.map((a) => chosen.map((b) => inner(a, b)));
  const means = products.map((row) => row.reduce((sum, value) => sum + value, 0) / n);
  const mean = means.reduce((sum, value) => sum + value, 0) / n;
  const centred = products.map((row, i) => row.map((value, j) => value - means[i] - means[j] + mean)); // n x n
  const { values, vectors } = eigen(centred);

  // An axis of the plane is a sum of clips: unit length, coefficients from the eigenvector.
  const axes = [0, 1].map((k) => {
    const axis = new Float64Array(size);
    const length = Math.sqrt(Math.max(values[k] ?? 0, 0));
    if (length < 1e-6 * Math.sqrt(Math.max(values[0], 1e-30))) return axis; // all clips lie on a line, or in one point
    const weights = vectors[k];
    const sum = weights.reduce((all, weight) => all + weight, 0) / n;
    chosen.forEach((clip, i) => {
      const weight = (weights[i] - sum) / length;
      for (let p = 0; p < size; p++) axis[p] += weight * clip[p];
    });
    return axis;
  });
  const origin = axes.map((axis) => chosen.reduce((sum, clip) => sum + along(clip, axis), 0) / n);
  const place = (clip: Float32Array): [number, number] => [
    along(clip, axes[0]) - origin[0],
    along(clip, axes[1]) - origin[1],
  ];
  const placed = runs.map((steps) => {
    const guess = steps.map((step) => place(step.guess));
    const complete = steps.length > 0 && steps.length === steps[0].steps;
    const unguided = steps.map((step) => (step.unguided ? place(step.unguided) : null));
    return {
      x: [...steps.map((step) => place(step.x)), ...(complete ? [guess[guess.length - 1]] : [])],
      guess,
      unguided,
    };
  });

  // An axis has no sign of its own: let time run to the right, and let the way bend upwards.
  const way = placed.find(({ x }) => x.length > 0)?.x ?? [];
  const right = sign(way[way.length - 1][0] - way[0][0]);
  const up = sign(way[Math.floor(way.length / 2)][1] - (way[0][1] + way[way.length - 1][1]) / 2);
  const turn = ([a, b]: Point): Point => [right * a, up * b];
  const total = centred.reduce((sum, row, i) => sum + row[i], 0);
  return {
    runs: placed.map(({ x, guess, unguided }) => ({
      x: x.map(turn),
      guess: guess.map(turn),
      unguided: unguided.map((point) => point && turn(point)),
    })),
    shown: total > 0 ? (Math.max(0, values[0]) + Math.max(0, values[1] ?? 0)) / total : 1,
  };
}

/** Length of the way from each x to the next, per number of the clip (root mean square): how much a step changed. */
export function updates(steps: readonly Step[]): number[] {
  return steps.map(({ x, guess }, i) => distance(x, steps[i + 1]?.x ?? guess));
}

/** Root mean square difference of two clips; values are -1 .. 1, so that black against white is 2. */
export function distance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return Math.sqrt(sum / Math.max(1, a.length));
}

function thinned(steps: readonly Step[]): Step[] {
  if (steps.length <= mostSteps) return [...steps];
  return Array.from({ length: mostSteps }, (_, i) => steps[Math.round((i * (steps.length - 1)) / (mostSteps - 1))]);
}

function sign(value: number): 1 | -1 {
  return value < 0 ? -1 : 1;
}

function inner(a: Float32Array, b: Float32Array): number {
  const before = known.get(a)?.get(b) ?? known.get(b)?.get(a);
  if (before !== undefined) return before;
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  let row = known.get(a);
  if (!row) known.set(a, (row = new WeakMap()));
  row.set(b, sum);
  return sum;
}

function along(clip: Float32Array, axis: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < clip.length; i++) sum += clip[i] * axis[i];
  return sum;
}

/** Eigenvalues of a symmetric matrix, largest first, with unit eigenvectors: Jacobi's rotations (1846). */
export function eigen(matrix: readonly (readonly number[])[]): { values: number[]; vectors: number[][] } {
  const n = matrix.length;
  const a = matrix.map((row) => Float64Array.from(row));
  const v = matrix.map((_, i) => Float64Array.from({ length: n }, (_, j) => (i === j ? 1 : 0))); // columns
  for (let sweep = 0; sweep < 60; sweep++) {
    let [off, all] = [0, 0];
    for (let p = 0; p < n; p++)
      for (let q = 0; q < n; q++) {
        all += a[p][q] ** 2;
        if (p !== q) off += a[p][q] ** 2;
      }
    if (off <= 1e-24 * all) break;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        if (a[p][q] === 0) continue;
        const theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        const t = sign(theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        const s = t * c;
        for (let k = 0; k < n; k++) [a[k][p], a[k][q]] = [c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]];
        const [ap, aq] = [a[p], a[q]];
        for (let k = 0; k < n; k++) [ap[k], aq[k]] = [c * ap[k] - s * aq[k], s * ap[k] + c * aq[k]];
        for (let k = 0; k < n; k++) [v[k][p], v[k][q]] = [c * v[k][p] - s * v[k][q], s * v[k][p] + c * v[k][q]];
      }
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[j][j] - a[i][i]);
  return { values: order.map((i) => a[i][i]), vectors: order.map((i) => Array.from(v, (row) => row[i])) };
}
