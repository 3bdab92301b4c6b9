/**
 * Time grids: t_0 = 0 (pure noise) < t_1 < ... < t_steps = 1 (the clean clip).
 *
 * What a schedule is: a rising curve q -> t from (0, 0) to (1, 1), read at q = i / steps. Where it is flat the steps are
 * small. Shift bends any of them further.
 * What it is not: it knows no solver; and no schedule is wrong, only more or less worth its steps.
 */
import { SettingsError } from './errors';
import type { RunSettings, ScheduleName } from './types';

export type Schedule = (q: number, curve: readonly number[]) => number;

export const schedules: Readonly<Record<ScheduleName, Schedule>> = {
  /** Even steps: t = q. */
  uniform: (q) => q,

  /**
   * The q-quantile of a logit-normal of mean 0 and spread 1 (Esser et al. 2024), as training spends its examples: large steps at
   * both ends. A shift moves its mean by -ln(shift); training drew its levels with mean -0.6, which is shift 1.8.
   */
  'logit-normal': (q) => 1 / (1 + Math.exp(-normalQuantile(q))),

  /**
   * Even steps in sigma^(1/7), from 80 to 0.002, with sigma = (1 - t) / t (Karras et al. 2022, eq. 5): very small steps
   * near both ends. The ends themselves are 0 and 1 here.
   */
  karras: (q) => (q === 0 || q === 1 ? q : 1 / (1 + (80 ** (1 / 7) * (1 - q) + 0.002 ** (1 / 7) * q) ** 7)),

  /** The cosine schedule (Nichol & Dhariwal 2021) at equal ratio of clip to noise, t / (1 - t) = tan(pi q / 2). */
  cosine: (q) =>
    q === 1 ? 1 : Math.sin((Math.PI / 2) * q) / (Math.sin((Math.PI / 2) * q) + Math.cos((Math.PI / 2) * q)),

  /** Straight lines through points that somebody dragged: (0, 0), then `curve` at even distances, then (1, 1). */
  curve: (q, curve) => {
    const points = [0, ...curve, 1];
    const place = q * (points.length - 1);
    const left = Math.min(Math.floor(place), points.length - 2);
    return points[left] + (place - left) * (points[left + 1] - points[left]);
  },
};

/** Most points of a curve, and the least that one may lie above the one before: no step may stand still. */
export const mostPoints = 8;
export const leastRise = 0.001;

/**
 * `steps` + 1 times. A shift above 1 takes smaller steps where there is more noise: with noise level s = 1 - t, s becomes
 * shift s / (1 + (shift - 1) s) (Esser et al. 2024, eq. 23).
 */
export function times({
  steps,
  schedule = 'uniform',
  curve = [],
  shift = 1,
}: Pick<RunSettings, 'steps' | 'schedule' | 'curve' | 'shift'>): number[] {
  return Array.from({ length: steps + 1 }, (_, i) => {
    const t = schedules[schedule](i / steps, curve);
    return t / (t + shift * (1 - t));
  });
}

/**
 * A grid from t to 1, for a run that begins at t: each time lies the same share of the way along. Not the part of the grid
 * that is left from t on: a run has as many steps wherever it begins, so that the sheet, a file and the cost of it stay what the
 * settings say, and a short way gets small steps.
 */
export function squeezed(grid: readonly number[], t: number): number[] {
  return grid.map((time) => (time === 1 ? 1 : t + (1 - t) * time));
}

/** Throws SettingsError. */
export function checkCurve(curve: readonly number[]): void {
  const points: unknown[] = Array.isArray(curve) ? [0, ...(curve as unknown[]), 1] : [];
  const rises = points.every(
    (t, i) => typeof t === 'number' && (i === 0 || t - Number(points[i - 1]) > 0.999 * leastRise),
  );
  if (points.length < 3 || points.length > mostPoints + 2 || !rises)
    throw new SettingsError(
      'curve',
      String(curve).slice(0, 80),
      `1 to ${mostPoints} numbers that rise by at least ${leastRise}, between 0 and 1`,
    );
}

/** The z below which a share q of a standard normal lies, -Infinity .. Infinity; by halving, to the last digit that helps. */
function normalQuantile(q: number): number {
  if (q === 0 || q === 1) return q === 0 ? -Infinity : Infinity;
  let [low, high] = [-9, 9];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (normalBelow(middle) < q) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The share of a standard normal below z, by its Taylor series (Marsaglia 2004). */
function normalBelow(z: number): number {
  let [sum, term] = [z, z];
  for (let n = 3; Math.abs(term) > 1e-18; n += 2) sum += term *= (z * z) / n;
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}
