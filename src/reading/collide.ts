/**
 * Do two things run into each other? Both of their paths must have a kink at one moment, at which they touch, closing in
 * before and parting after. Nothing of momentum or energy is taken for granted: what is kept of them is a figure.
 */
import { mean, type Path } from './motion';
import { leastSquares } from './rebound';
import type { Collision, LawFit } from './types';

type Point = readonly [number, number];

export interface Collided {
  readonly residual: number; // of both paths together, frame heights
  readonly laws: readonly [Omit<LawFit, 'motion'>, Omit<LawFit, 'motion'>]; // `other` is 1 for the first, 0 for the second
}

/** A place, the velocity before and the one after, of a coordinate that has its kink at `hit`. */
function kink(values: readonly number[], weight: readonly number[], hit: number) {
  const rows = values.map((_, n) => [1, Math.min(n, hit) - hit, Math.max(0, n - hit)]);
  const trust = weight.map(Math.sqrt);
  const found = leastSquares(
    rows.map((row, n) => row.map((each) => each * trust[n])),
    values.map((value, n) => value * trust[n]),
  );
  if (!found) return undefined;
  return { at: found[0], before: found[1], after: found[2], path: rows.map((row) => row.reduce((sum, each, i) => sum + each * found[i], 0)) }; // prettier-ignore
}

/** The collision that fits two paths best; undefined where none can be told. `radii` are how large the two are. */
export function collide(paths: readonly [Path, Path], radii: readonly [number, number]): Collided | undefined {
  const frames = paths[0].x.length;
  const enough = (hit: number): boolean =>
    paths.every(
      ({ weight }) =>
      [weight.filter((w, n) => w > 0.2 && n < hit), weight.filter((w, n) => w > 0.2 && n > hit)].every((side) => side.length > 1), // prettier-ignore
    );
  const at = (hit: number) => {
    if (!enough(hit)) return undefined;
    const fits = paths.map(({ x, y, weight }) => ({ x: kink(x, weight, hit), y: kink(y, weight, hit) }));
    let sum = 0;
    for (const [i, { x, y }] of fits.entries()) {
      if (!x || !y) return undefined;
      const path = paths[i];
      sum += mean(path.x.map((value, n) => (value - x.path[n]) ** 2 + (path.y[n] - y.path[n]) ** 2), path.weight) / 2; // prettier-ignore
    }
    return { hit, residual: Math.sqrt(sum), fits: fits as { x: Kink; y: Kink }[] };
  };
  let best: ReturnType<typeof at>;
  const look = (hit: number): void => {
    const found = at(hit);
    if (found && (!best || found.residual < best.residual)) best = found;
  };
  for (let hit = 1; hit <= frames - 2; hit += 0.25) look(hit);
  if (!best) return undefined;
  for (let step = -4, middle = best.hit; step <= 4; step++) look(middle + 0.05 * step);

  const { hit, residual, fits } = best;
  const [first, second] = fits.map(({ x, y }) => ({
    at: [x.at, y.at] as const,
    before: [x.before, y.before] as const,
    after: [x.after, y.after] as const,
  }));
  const between: Point = [second.at[0] - first.at[0], second.at[1] - first.at[1]];
  const apart = Math.hypot(...between);
  const closing = (key: 'before' | 'after'): number =>
    ((second[key][0] - first[key][0]) * between[0] + (second[key][1] - first[key][1]) * between[1]) / Math.max(apart, 1e-9); // prettier-ignore
  const touch = apart / (radii[0] + radii[1]);
  if (touch < 0.7 || touch > 1.3 || closing('before') > -0.004 || closing('after') < 0) return undefined;

  const masses = radii.map((radius) => radius ** 2);
  const gained = [first, second].map(({ before, after }, i) => [0, 1].map((c) => masses[i] * (after[c] - before[c])));
  const exchanged = gained.reduce((sum, each) => sum + Math.hypot(...each), 0);
  const lost = Math.hypot(gained[0][0] + gained[1][0], gained[0][1] + gained[1][1]);
  const energy = (key: 'before' | 'after'): number =>
    [first, second].reduce((sum, each, i) => sum + masses[i] * (each[key][0] ** 2 + each[key][1] ** 2), 0);
  const kept = { hit, momentum: lost / Math.max(exchanged, 1e-9), energy: energy('after') / Math.max(energy('before'), 1e-9) }; // prettier-ignore
  const laws = [first, second].map(({ before, after }, i) => {
    const collision: Collision = { other: 1 - i, before, after, ...kept };
    const velocity: Point = [0, 1].map((c) => (before[c] * hit + after[c] * (frames - 1 - hit)) / (frames - 1)) as [number, number]; // prettier-ignore
    const path = fits[i].x.path.map((x, n): Point => [x, fits[i].y.path[n]]);
    return { residual, velocity, acceleration: [0, 0] as const, gravity: null, floorHits: [], orbit: null, spin: null, growth: null, collision, path }; // prettier-ignore
  });
  return { residual, laws: [laws[0], laws[1]] };
}

type Kink = NonNullable<ReturnType<typeof kink>>;
