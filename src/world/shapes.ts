/**
 * Shapes as distance fields: the signed distance of each layer of a thing on a small grid, read bilinearly. One look-up
 * draws any shape at any size and angle, the same here and in PyTorch (`grid_sample`).
 */
import { clamp, lerp } from './arithmetic';
import { world, type Part } from './world';

export const grid = 96;
export const extent = 1.6; // the grid spans [-extent, extent] in the thing's own coordinates

/** Signed distance to a polygon, negative inside (even-odd rule). */
export function polygonDistance(points: readonly (readonly number[])[], x: number, y: number): number {
  let squared = Infinity;
  let inside = false;
  points.forEach(([ax, ay], i) => {
    const [bx, by] = points[(i + 1) % points.length];
    const [ex, ey, px, py] = [bx - ax, by - ay, x - ax, y - ay];
    const along = clamp((px * ex + py * ey) / (ex * ex + ey * ey));
    squared = Math.min(squared, (px - ex * along) ** 2 + (py - ey * along) ** 2);
    if (ay > y !== by > y && px < (ex * py) / ey) inside = !inside;
  });
  return (inside ? -1 : 1) * Math.sqrt(squared);
}

export function partDistance(part: Part, x: number, y: number): number {
  if ('disc' in part) return Math.hypot(x - part.disc[0], y - part.disc[1]) - part.disc[2];
  if ('ring' in part) {
    const [cx, cy, radius, half] = part.ring;
    return Math.abs(Math.hypot(x - cx, y - cy) - radius) - half;
  }
  return polygonDistance(part.polygon, x, y);
}

const fields = new Map<string, Float64Array[]>();

/** The distance grids of a thing, one for each of its layers, grid x grid each; made once. */
export function distanceFields(thing: string): Float64Array[] {
  const made =
    fields.get(thing) ??
    world.things[thing].layers.map(({ parts }) =>
      Float64Array.from({ length: grid * grid }, (_, i) => {
        const x = -extent + (2 * extent * (i % grid)) / (grid - 1);
        const y = -extent + (2 * extent * Math.floor(i / grid)) / (grid - 1);
        return Math.min(...parts.map((part) => partDistance(part, x, y)));
      }),
    );
  fields.set(thing, made);
  return made;
}

/** Bilinear value of a distance grid at (u, v) in the thing's own coordinates; beyond the grid, its border. */
export function distanceAt(field: Float64Array, u: number, v: number): number {
  const last = grid - 1;
  const x = clamp(((u / extent + 1) / 2) * last, 0, last);
  const y = clamp(((v / extent + 1) / 2) * last, 0, last);
  const [x0, y0] = [Math.min(last - 1, Math.floor(x)), Math.min(last - 1, Math.floor(y))];
  const [fx, fy, at] = [x - x0, y - y0, y0 * grid + x0];
  const top = lerp(field[at], field[at + 1], fx);
  const bottom = lerp(field[at + grid], field[at + grid + 1], fx);
  return lerp(top, bottom, fy);
}
