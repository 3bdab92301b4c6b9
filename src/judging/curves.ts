/**
 * Position, speed and acceleration of a thing over film time, as measured and as the law has them.
 *
 * Speed and acceleration come from a parabola through the nearest five frames (Savitzky & Golay 1964): differences from
 * frame to frame would show the wobble of the path and little else. The law goes through the same sieve, so that both
 * can be compared: at a bounce its kink is as rounded as the measured one.
 */
import type { LawFit, SeenObject, Sighting } from '../reading/types';
import type { ClipShape } from '../sampling/types';
import { world } from '../world/world';
import { undecided } from './comparison';

/** What moves: its place across, its height above the ground, its radius (all in pixels), or its angle (in degrees). */
export type Quantity = 'across' | 'height' | 'radius' | 'angle';
export const orders = ['position', 'speed', 'acceleration'] as const;
export type Order = (typeof orders)[number];

export interface Curve {
  readonly measured: readonly (number | null)[]; // one for each frame; null where too little can be seen
  readonly law: readonly (number | null)[] | null; // null where no law is clear
}

export interface Curves extends Readonly<Record<Order, Curve>> {
  readonly quantity: Quantity;
}

export function curvesOf(object: SeenObject, { height }: ClipShape): Curves {
  const { law, track } = object;
  const quantity = quantityOf(object);
  const measured = quantity === 'angle' ? anglesOf(track, law.spin ?? 0) : track.map((at) => (isSeen(at) ? valueOf(at, quantity, height) : null)); // prettier-ignore
  const clear = object.motion !== undecided;
  const fitted = clear ? lawOf(quantity, law, measured, height) : null;
  const curve = (order: Order): Curve => ({
    measured: derived(measured, order),
    law: fitted && derived(fitted, order),
  });
  return { quantity, position: curve('position'), speed: curve('speed'), acceleration: curve('acceleration') };
}

/** Whether a frame shows it well enough to be a dot in a plot. */
export function isSeen({ visible, explained }: Sighting): boolean {
  return visible > 0.15 && explained > 0.2;
}

function quantityOf({ law: { motion }, track }: SeenObject): Quantity {
  const { law, direction } = world.motions[motion];
  if (law === 'growth') return 'radius';
  if (law === 'spin') return 'angle';
  if (law === 'orbit') return 'across';
  if (law === 'uniform') return direction?.[0] ? 'across' : 'height';
  if (law !== 'rest') return 'height';
  const spread = (values: number[]) => Math.max(...values) - Math.min(...values);
  const seen = track.filter(isSeen);
  return seen.length && spread(seen.map(({ x }) => x)) > spread(seen.map(({ y }) => y)) ? 'across' : 'height';
}

function valueOf({ x, y, radius }: Pick<Sighting, 'x' | 'y' | 'radius'>, quantity: Quantity, height: number): number {
  return height * (quantity === 'across' ? x : quantity === 'height' ? world.floor - y : radius);
}

/** Degrees, without jumps: each angle is taken in the turn that lies nearest to an even spin. */
function anglesOf(track: readonly Sighting[], spin: number): (number | null)[] {
  const first = track.findIndex((at) => isSeen(at) && at.angle !== null);
  return track.map((at, n) => {
    if (!isSeen(at) || at.angle === null) return null;
    const expected = (track[first].angle ?? 0) + spin * (n - first);
    const turns = Math.round((expected - at.angle) / (2 * Math.PI));
    return ((at.angle + 2 * Math.PI * turns) * 180) / Math.PI;
  });
}

function lawOf(
  quantity: Quantity,
  { path, spin, growth }: LawFit,
  measured: readonly (number | null)[],
  height: number,
): number[] {
  const known = measured.flatMap((value, n) => (value === null ? [] : [{ value, n }]));
  const last = Math.max(1, measured.length - 1);
  if (quantity === 'angle') {
    const rate = ((spin ?? 0) * 180) / Math.PI;
    const from = known.reduce((sum, { value, n }) => sum + value - rate * n, 0) / Math.max(1, known.length);
    return measured.map((_, n) => from + rate * n);
  }
  if (quantity === 'radius') {
    const share = (n: number) => 1 + (((growth ?? 1) - 1) * n) / last;
    const [above, below] = known.reduce(([a, b], { value, n }) => [a + value * share(n), b + share(n) ** 2], [0, 1e-9]);
    return measured.map((_, n) => (above / below) * share(n));
  }
  return path.map(([x, y]) => valueOf({ x, y, radius: 0 }, quantity, height));
}

/** At the two first and the two last frames nothing is derived: half a window tells too little. */
function derived(values: readonly (number | null)[], order: Order): (number | null)[] {
  if (order === 'position') return [...values];
  return values.map((_, n) => {
    const five = n < 2 ? [] : values.slice(n - 2, n + 3);
    if (five.length < 5 || five.includes(null)) return null;
    const sum = (weight: (i: number) => number) => five.reduce<number>((all, v, i) => all + weight(i - 2) * (v as number), 0); // prettier-ignore
    return order === 'speed' ? sum((i) => i) / 10 : sum((i) => i * i - 2) / 7;
  });
}
