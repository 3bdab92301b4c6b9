/**
 * From a path to a law: every law of the world is laid through the path as well as it goes, and the one that strays least
 * is the motion. Laws with more freedom have to fit clearly better.
 *
 * The numbers of a law are fitted freely, not taken from the world, so that "it falls, but at 0.7 g" can be said.
 */
import { bounceHeight } from '../world/laws';
import { motions, world, type Law } from '../world/world';
import { descend, line, mean, median, parabola } from './numbers';
import type { LawFit } from './types';

/** A path: one point for each frame, and how far each is to be believed, 0 .. 1. */
export interface Path {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly radius: readonly number[];
  readonly weight: readonly number[];
}

/** A frame counts for a path in which more than this share of the thing is seen. */
const leastVisible = 0.15;

/** How far each frame of a track is to be believed, 0 .. 1. */
export const weightsOf = (track: readonly { readonly visible: number; readonly explained: number }[]): number[] =>
  track.map(({ visible, explained }) => (visible > leastVisible && explained > 0 ? visible * explained : 0));

/** What the reader itself is off by, in frame heights (a tenth of a pixel at 32): no reason to prefer a law. */
const ownError = 0.003;

type Point = readonly [number, number];

/** How the path of a law is judged beside others: its residual is taken this many times. */
const freedom: Readonly<Record<Law, number>> = {
  rest: 1,
  uniform: 1.15,
  fall: 1.15,
  bounce: 1.5,
  orbit: 1.6,
  spin: 1,
  growth: 1,
  collision: 1.6,
};

/** Half of the slowest even motion of the world, frame heights a frame: what is slower rests. */
export const slowest = 0.5 * Math.min(...motions.flatMap((motion) => world.motions[motion].law === 'uniform' ? Object.values(world.motions[motion].speeds ?? {}).flat() : [])); // prettier-ignore

const blank = {
  velocity: [0, 0] as const,
  acceleration: [0, 0] as const,
  gravity: null,
  floorHits: [],
  orbit: null,
  spin: null,
  growth: null,
  collision: null,
};

/** Root mean square distance from the path, in frame heights. */
function stray({ x, y, weight }: Path, law: readonly Point[]): number {
  return Math.sqrt(mean(x.map((_, n) => (x[n] - law[n][0]) ** 2 + (y[n] - law[n][1]) ** 2), weight)); // prettier-ignore
}

function rest(path: Path): Omit<LawFit, 'motion'> {
  const at: Point = [mean(path.x, path.weight), mean(path.y, path.weight)];
  const law = path.x.map(() => at);
  return { ...blank, residual: stray(path, law), path: law };
}

function uniform(path: Path, direction: readonly number[]): Omit<LawFit, 'motion'> {
  const across = direction[0] !== 0;
  const [from, slope] = line(across ? path.x : path.y, path.weight);
  const other = mean(across ? path.y : path.x, path.weight);
  const side = across ? direction[0] : direction[1];
  const rate = side * Math.max(0.8 * slowest, side * slope); // another direction, or none, is no fit
  const middle = mean(path.x.map((_, n) => n), path.weight); // prettier-ignore
  const start = from + (slope - rate) * middle;
  const law = path.x.map((_, n): Point => (across ? [start + rate * n, other] : [other, start + rate * n]));
  const free = [line(path.x, path.weight)[1], line(path.y, path.weight)[1]] as const;
  const acceleration = [2 * parabola(path.x, path.weight)[2], 2 * parabola(path.y, path.weight)[2]] as const;
  return { ...blank, residual: stray(path, law), velocity: free, acceleration, path: law };
}

function fall(path: Path): Omit<LawFit, 'motion'> {
  const x = mean(path.x, path.weight);
  const floor = world.floor - median(path.radius);
  const lay = ([y0, g, low]: readonly number[]) =>
    path.x.map((_, n): Point => [x, Math.min(y0 + (g * world.gravity * n * n) / 2, low)]);
  const start = path.y[path.weight.findIndex((w) => w > 0.2)] ?? 0;
  // What has landed before it is seen has not been seen falling: it needs some height.
  const cost = (p: readonly number[]): number =>
    p[1] < 0.25 || p[1] > 3 || Math.abs(p[2] - floor) > 0.08 || p[2] - p[0] < 0.15
      ? Infinity
      : stray(path, lay(p)) + 0.05 * Math.abs(p[2] - floor);
  let best = [floor - 0.3, 1, floor];
  let least = Infinity;
  for (const y0 of [Math.min(start, floor - 0.2), -0.05, 0.08, 0.2]) {
    const p = descend(cost, [y0, 1, floor], [0.06, 0.2, 0.02]);
    const found = cost(p);
    if (found < least) [best, least] = [p, found];
  }
  const law = lay(best);
  const landed = law.findIndex(([, y]) => y >= best[2] - 1e-9);
  const flight = landed < 0 ? law.length : Math.max(1, landed);
  const acceleration: Point = [0, best[1] * world.gravity];
  const velocity: Point = [0, (law[flight - 1][1] - law[0][1]) / Math.max(1, flight - 1)];
  return { ...blank, residual: stray(path, law), gravity: best[1], velocity, acceleration, path: law };
}

function bounce(path: Path): Omit<LawFit, 'motion'> {
  const x = mean(path.x, path.weight);
  const floor = world.floor - median(path.radius);
  const fallTime = (drop: number): number => Math.sqrt((2 * drop) / world.gravity);
  // Another gravity is another clock: time runs sqrt(g) times as fast.
  const lay = ([drop, phase, g, low]: readonly number[]) =>
    path.x.map((_, n): Point => [x, low - bounceHeight(n * Math.sqrt(g) + phase * fallTime(drop), drop)]);
  const cost = (p: readonly number[]): number =>
    p[0] < 0.15 || p[0] > 0.85 || p[1] < -1.1 || p[1] > 1 || p[2] < 0.3 || p[2] > 2.5 || Math.abs(p[3] - floor) > 0.08
      ? Infinity
      : stray(path, lay(p)) + 0.02 * Math.abs(p[3] - floor) + 0.002 * Math.abs(Math.log(p[2]));
  const starts: { p: number[]; at: number }[] = [];
  for (const drop of [0.36, 0.44, 0.52])
    for (let phase = -0.9; phase < 0.8; phase += 0.1)
      starts.push({ p: [drop, phase, 1, floor], at: cost([drop, phase, 1, floor]) });
  starts.sort((a, b) => a.at - b.at);
  let best = starts[0].p;
  let least = Infinity;
  for (const { p } of starts.slice(0, 3)) {
    const found = descend(cost, p, [0.04, 0.06, 0.1, 0.02]);
    const value = cost(found);
    if (value < least) [best, least] = [found, value];
  }
  const [drop, phase, g] = best;
  const law = lay(best);
  const floorHits: number[] = [];
  for (let time = fallTime(drop), speed = world.restitution * world.gravity * time; floorHits.length < 64;) {
    const frame = (time - phase * fallTime(drop)) / Math.sqrt(g);
    if (frame > path.x.length - 1 || speed < 1e-4) break;
    if (frame >= 0) floorHits.push(frame);
    time += (2 * speed) / world.gravity;
    speed *= world.restitution;
  }
  return {
    ...blank,
    residual: stray(path, law),
    gravity: g,
    acceleration: [0, g * world.gravity],
    floorHits,
    path: law,
  };
}

/** The circle, turned by omega a frame, that lies best through a path: linear in centre and arm. Undefined if omega is about 0. */
export function circle(path: Path, omega: number) {
  // x + i y = centre + arm e^(i omega n)
  const { weight } = path;
  const times = path.x.map((_, n) => n);
  const [cos, sin] = [times.map((n) => Math.cos(omega * n)), times.map((n) => Math.sin(omega * n))];
  const [c, s, x, y] = [mean(cos, weight), mean(sin, weight), mean(path.x, weight), mean(path.y, weight)];
  const norm = 1 - c * c - s * s;
  if (norm < 1e-6) return undefined;
  const re = mean(times.map((n) => (path.x[n] - x) * (cos[n] - c) + (path.y[n] - y) * (sin[n] - s)), weight) / norm; // prettier-ignore
  const im = mean(times.map((n) => (path.y[n] - y) * (cos[n] - c) - (path.x[n] - x) * (sin[n] - s)), weight) / norm; // prettier-ignore
  const [cx, cy] = [x - re * c + im * s, y - re * s - im * c];
  const law = times.map((n): Point => [cx + re * cos[n] - im * sin[n], cy + re * sin[n] + im * cos[n]]);
  return { law, cx, cy, radius: Math.hypot(re, im), residual: stray(path, law) };
}

function orbit(path: Path): Omit<LawFit, 'motion'> {
  const cost = ([omega]: readonly number[]): number => {
    const found = circle(path, omega);
    if (!found || Math.abs(omega) < 0.1 || Math.abs(omega) > 1) return Infinity;
    const { radius, residual } = found;
    return radius < 0.08 || radius > 0.5 ? Infinity : residual;
  };
  let omega = 0.2;
  let least = Infinity;
  for (let rate = 0.12; rate < 0.8; rate += 0.04)
    for (const side of [1, -1]) {
      const found = cost([side * rate]);
      if (found < least) [omega, least] = [side * rate, found];
    }
  if (least < Infinity) [omega] = descend(cost, [omega], [0.02]);
  const found = circle(path, omega);
  if (!found || least === Infinity)
    return { ...blank, residual: Infinity, path: path.x.map((x, n): Point => [x, path.y[n]]) };
  const { law, cx, cy, radius, residual } = found;
  const speed: Point = [line(path.x, path.weight)[1], line(path.y, path.weight)[1]];
  return {
    ...blank,
    residual,
    velocity: speed,
    orbit: { x: cx, y: cy, radius, period: (2 * Math.PI) / Math.abs(omega) },
    spin: omega,
    path: law,
  };
}

/** (last - first) / (last + first) of the radius, along a straight line through the frames that show it well. */
export function growthOf({ radius, weight }: Path): number {
  const sure = weight.map((w) => (w > 0.5 ? w : 0));
  const [first, slope] = line(radius, sure.some((w) => w > 0) ? sure : weight); // prettier-ignore
  const last = first + slope * (radius.length - 1);
  return (last - first) / Math.max(0.02, first + last);
}

export interface Judgement {
  readonly fit: LawFit;
  readonly judged: number; // its residual, and the reader's own error, times the freedom of its law
}

/** Every way that its place may move, best first. Spinning and growing things rest; `describe.ts` tells them from still ones. */
export function fitLaws(path: Path): Judgement[] {
  const tried = motions.flatMap((motion) => {
    const { law, direction } = world.motions[motion];
    if (law === 'spin' || law === 'growth') return [];
    const fit = law === 'rest' ? rest(path) : law === 'uniform' ? uniform(path, direction ?? [0, 0]) : law === 'fall' ? fall(path) : law === 'bounce' ? bounce(path) : orbit(path); // prettier-ignore
    return [{ fit: { motion, ...fit }, judged: freedom[law] * (fit.residual + ownError) }];
  });
  return tried.sort((a, b) => a.judged - b.judged);
}
