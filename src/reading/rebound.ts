/**
 * How a thing comes back from the ground: how much of its speed it keeps, and under which gravity. Nothing of the world
 * is taken for granted here. The law that is laid through a whole bounce (`motion.ts`) has the world's own loss of speed
 * in it, and where a film has another one that law bends its gravity to fit.
 */
import { world } from '../world/world';
import { leastSquares } from './numbers';
import type { LawFit, Sighting } from './types';

export interface Rebound {
  readonly kept: number; // speed after over speed before
  readonly gravity: number; // in units of world.gravity
}

const least = 4; // frames on each side of the ground: fewer tell too little

/**
 * The best seen of the bounces of a track: on each side of the moment t the place is ground - v tau + a tau^2 / 2, tau
 * frames away from it, with a speed v of its own on each side. Least squares; t is searched near the law's own.
 * Null where no bounce has four frames on both sides, or none is a bounce.
 */
export function rebound({ law, track }: { readonly law: LawFit; readonly track: readonly Sighting[] }): Rebound | null {
  const { floorHits } = law;
  let best: { kept: number; gravity: number; frames: number } | null = null;
  floorHits.forEach((hit, i) => {
    const [from, to] = [(floorHits[i - 1] ?? -1) + 0.5, (floorHits[i + 1] ?? track.length) - 0.5];
    const points = track.flatMap(({ y, visible, explained }, n) =>
      n > from && n < to && visible > 0.15 && explained > 0.2 ? [{ n, y }] : [],
    );
    const early = points.filter(({ n }) => n < hit).length;
    const frames = Math.min(early, points.length - early);
    if (frames < least || (best && best.frames >= frames)) return;
    let found: { error: number; values: number[] } | undefined;
    for (let t = hit - 1; t <= hit + 1; t += 0.05) {
      // ground, speed before, speed after, acceleration
      const rows = points.map(({ n }) => {
        const tau = Math.abs(n - t);
        return n < t ? [1, -tau, 0, tau ** 2 / 2] : [1, 0, -tau, tau ** 2 / 2];
      });
      const values = leastSquares(rows, points.map(({ y }) => y)); // prettier-ignore
      if (!values) continue;
      const error = rows.reduce((sum, row, j) => sum + (dot(row, values) - points[j].y) ** 2, 0);
      if (!found || error < found.error) found = { error, values };
    }
    if (!found) return;
    const [, fall, rise, acceleration] = found.values;
    if (fall > 0 && rise > 0) best = { kept: rise / fall, gravity: acceleration / world.gravity, frames };
  });
  const chosen = best as Rebound | null;
  return chosen && { kept: chosen.kept, gravity: chosen.gravity };
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, i) => sum + value * b[i], 0);
