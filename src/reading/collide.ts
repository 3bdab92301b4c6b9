/**
 * Do two things run into each other? Both of their paths must have a kink at one moment, at which they touch, closing in
 * before and parting after. Nothing of momentum or energy is taken for granted: what is kept of them is a figure.
 */
import { clamp } from '../world/arithmetic';
import { world } from '../world/world';
import { weightsOf, type Path } from './motion';
import { leastSquares, mean } from './numbers';
import type { Collision, LawFit, SeenObject } from './types';
import { motionsOf, speedWord } from './words';

type Point = readonly [number, number];
type Kinked = Omit<LawFit, 'motion'>;

/** The moment is looked for in steps of a quarter of a frame, then of a twentieth. */
const [coarse, exact] = [0.25, 0.05];
/** Two discs touch whose middles are this many sums of radii apart, at the moment of the kink: sizes are read to some percent. */
const touching = [0.7, 1.3];
/** They close in by at least this much a frame: standing side by side is no collision. Frame heights. */
const slowest = 0.004;
/** Both paths together may stray this far; frame heights. */
const farthest = 0.03;
/** A collision has more freedom than any law of one thing: it has to fit this much better than both of theirs. */
const freedom = 1.2;
/** What the reader itself is off by: no reason to prefer it. Frame heights. */
const ownError = 0.003;

export interface Collided {
  readonly residual: number; // of both paths together, frame heights
  readonly laws: readonly [Kinked, Kinked]; // `other` is 1 for the first, 0 for the second
}

/** The objects, those two that run into each other said to do so: no path shows it alone. */
export function collided(objects: readonly SeenObject[]): SeenObject[] {
  const paths = objects.map(({ track }): Path => ({
    x: track.map(({ x }) => x),
    y: track.map(({ y }) => y),
    radius: track.map(({ radius }) => radius),
    weight: weightsOf(track),
  }));
  let best: { pair: readonly [number, number]; judged: number; laws: readonly Kinked[] } | undefined;
  for (let i = 0; i < objects.length; i++)
    for (let j = i + 1; j < objects.length; j++) {
      const [a, b] = [objects[i], objects[j]];
      if ([a, b].some(({ law }) => ['spin', 'growth'].includes(world.motions[law.motion].law))) continue;
      const found = collide([paths[i], paths[j]], [a.radius, b.radius]);
      if (!found || found.residual > farthest) continue;
      const alone = Math.sqrt((a.law.residual ** 2 + b.law.residual ** 2) / 2);
      const judged = (freedom * (found.residual + ownError)) / (alone + ownError);
      if (judged < (best?.judged ?? 1)) best = { pair: [i, j], judged, laws: found.laws };
    }
  if (!best) return [...objects];
  const { pair, judged, laws } = best;
  const fastest = Math.max(...laws.map(({ collision }) => Math.hypot(...(collision?.before ?? [0, 0]))));
  return objects.map((object, index) => {
    const k = pair.indexOf(index);
    return k < 0 ? object : saidToCollide(object, laws[k], pair[1 - k], fastest, clamp(1 - judged));
  });
}

function saidToCollide(object: SeenObject, kinked: Kinked, other: number, fastest: number, sure: number): SeenObject {
  const collision = kinked.collision && { ...kinked.collision, other };
  const law: LawFit = { ...kinked, collision, motion: motionsOf('collision')[0] };
  const [speed, speedSure] = speedWord(law, fastest);
  const residuals = { ...object.residuals, [law.motion]: law.residual };
  const confidence = { ...object.confidence, motion: sure, speed: speedSure };
  return { ...object, motion: law.motion, speed, law, residuals, confidence };
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

type Kink = NonNullable<ReturnType<typeof kink>>;

/** Both paths with a kink at one moment: how far they stray, root mean square. */
interface Moment {
  readonly hit: number;
  readonly residual: number;
  readonly fits: readonly { readonly x: Kink; readonly y: Kink }[];
}

/** The same at a given moment; undefined where a side has fewer than two frames. */
function kinksAt(paths: readonly [Path, Path], hit: number): Moment | undefined {
  const enough = paths.every(
    ({ weight }) =>
    [weight.filter((w, n) => w > 0.2 && n < hit), weight.filter((w, n) => w > 0.2 && n > hit)].every((side) => side.length > 1), // prettier-ignore
  );
  if (!enough) return undefined;
  let sum = 0;
  const fits: { x: Kink; y: Kink }[] = [];
  for (const path of paths) {
    const [x, y] = [kink(path.x, path.weight, hit), kink(path.y, path.weight, hit)];
    if (!x || !y) return undefined;
    sum += mean(path.x.map((value, n) => (value - x.path[n]) ** 2 + (path.y[n] - y.path[n]) ** 2), path.weight) / 2; // prettier-ignore
    fits.push({ x, y });
  }
  return { hit, residual: Math.sqrt(sum), fits };
}

/** The moment at which a kink fits best. */
function bestMoment(paths: readonly [Path, Path]): Moment | undefined {
  let best: Moment | undefined;
  const attempt = (hit: number): void => {
    const found = kinksAt(paths, hit);
    if (found && (!best || found.residual < best.residual)) best = found;
  };
  for (let hit = 1; hit <= paths[0].x.length - 2; hit += coarse) attempt(hit);
  const middle = (best as Moment | undefined)?.hit;
  for (let step = -4; middle !== undefined && step <= 4; step++) attempt(middle + exact * step);
  return best;
}

/** The collision that fits two paths best; undefined where none can be told. `radii` are how large the two are. */
export function collide(paths: readonly [Path, Path], radii: readonly [number, number]): Collided | undefined {
  const frames = paths[0].x.length;
  const moment = bestMoment(paths);
  if (!moment) return undefined;
  const { hit, residual, fits } = moment;
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
  if (touch < touching[0] || touch > touching[1] || closing('before') > -slowest || closing('after') < 0) return undefined; // prettier-ignore
  const kept = { hit, ...keptOf([first, second], radii) };
  const laws = [first, second].map(({ before, after }, i): Kinked => {
    const collision: Collision = { other: 1 - i, before, after, ...kept };
    const mean = (c: 0 | 1): number => (before[c] * hit + after[c] * (frames - 1 - hit)) / (frames - 1);
    const path = fits[i].x.path.map((x, n): Point => [x, fits[i].y.path[n]]);
    return { residual, velocity: [mean(0), mean(1)], acceleration: [0, 0], gravity: null, floorHits: [], orbit: null, spin: null, growth: null, collision, path }; // prettier-ignore
  });
  return { residual, laws: [laws[0], laws[1]] };
}

/** What is kept of momentum and energy. Flat discs: mass goes with the radius squared. */
function keptOf(both: readonly { before: Point; after: Point }[], radii: readonly number[]) {
  const masses = radii.map((radius) => radius ** 2);
  const gained = both.map(({ before, after }, i) => [0, 1].map((c) => masses[i] * (after[c] - before[c])));
  const exchanged = gained.reduce((sum, each) => sum + Math.hypot(...each), 0);
  const lost = Math.hypot(gained[0][0] + gained[1][0], gained[0][1] + gained[1][1]);
  const energy = (key: 'before' | 'after'): number =>
    both.reduce((sum, each, i) => sum + masses[i] * (each[key][0] ** 2 + each[key][1] ** 2), 0);
  return { momentum: lost / Math.max(exchanged, 1e-9), energy: energy('after') / Math.max(energy('before'), 1e-9) };
}
