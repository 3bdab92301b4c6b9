/**
 * A wall of bricks in front of everything. It is found before the things are: what stands before it is the backdrop, what
 * it hides is told to whoever looks for things. Drawn by the rule of world/render.ts.
 */
import { world } from '../world/world';
import type { Canvas } from './fit';
import { descend } from './motion';
import type { Picture, View } from './picture';

/** x of its middle and y of its top, as a scene has them. */
export type Wall = readonly [number, number];

const { half_width, bottom, course, brick, joint } = world.wall;
const [stone, mortar] = [world.wall.colour, world.wall.joint_colour].map((rgb) => rgb.map((c) => c / 255));
const clamp = (x: number): number => Math.min(1, Math.max(0, x));
const modulo = (a: number, b: number): number => a - Math.floor(a / b) * b;
const limit = 0.06; // most that a pixel's squared error counts

/** How far a wall covers a point, and how much of that is stone and not mortar. */
function coverAt([middle, top]: Wall, { left, top: ceiling, unit }: View, row: number, column: number) {
  const inside = (distance: number): number => clamp(0.5 - distance * unit);
  const [x, y] = [left + (column + 0.5) / unit - middle, ceiling + (row + 0.5) / unit];
  const cover = inside(Math.abs(x) - half_width) * inside(Math.max(top - y, y - bottom));
  if (cover === 0) return { cover, share: 0 };
  const line = Math.floor((y - top) / course);
  const across = inside(Math.abs(y - top - line * course - course / 2) - (course - joint) / 2);
  const along = modulo(x + half_width + (modulo(line, 2) * brick) / 2, brick);
  return { cover, share: across * inside(Math.abs(along - brick / 2) - (brick - joint) / 2) };
}

/** Squared distance to the nearest mixture of stone and mortar. */
function fromBrick(pixels: Float32Array, i: number): number {
  let [along, length] = [0, 0];
  for (let c = 0; c < 3; c++) {
    along += (pixels[i + c] - stone[c]) * (mortar[c] - stone[c]);
    length += (mortar[c] - stone[c]) ** 2;
  }
  const share = clamp(along / length);
  return [0, 1, 2].reduce((sum, c) => sum + (pixels[i + c] - stone[c] - share * (mortar[c] - stone[c])) ** 2, 0);
}

/** The wall before a backdrop, null where there is none: it must be of brick in the first, the middle and the last frame. */
export function findWall({ picture, base, baseError }: Canvas): Wall | null {
  const { frames, height, width, views, pixels } = picture;
  const plane = height * width;
  const keys = [...new Set([0, frames >> 1, frames - 1])];
  const { unit, left, top: ceiling } = views[0];
  let [count, across] = [0, 0];
  for (let i = 0; i < plane; i++) {
    const brickish = keys.every((n) => baseError[n * plane + i] > 0.02 && fromBrick(pixels, 3 * (n * plane + i)) < 0.03); // prettier-ignore
    if (!brickish) continue;
    count++;
    across += i % width;
  }
  if (count < 0.25 * 2 * half_width * unit * unit * 0.34) return null;
  const start = left + (across / count + 0.5) / unit;

  /** What it leaves unexplained where it stands, less what the bare backdrop does. */
  const cost = ([middle, top]: readonly number[]): number => {
    let sum = 0;
    for (const n of keys) {
      const view = views[n];
      const from = Math.max(0, Math.floor((middle - half_width - view.left) * view.unit) - 1);
      const to = Math.min(width, Math.ceil((middle + half_width - view.left) * view.unit) + 1);
      for (let row = Math.max(0, Math.floor((top - view.top) * view.unit) - 1); row < height; row++)
        for (let column = from; column < to; column++) {
          const { cover, share } = coverAt([middle, top], view, row, column);
          if (cover === 0) continue;
          const at = n * plane + row * width + column;
          let error = 0;
          for (let c = 0; c < 3; c++) {
            const paint = mortar[c] + share * (stone[c] - mortar[c]);
            error += (pixels[3 * at + c] - base[3 * at + c] - cover * (paint - base[3 * at + c])) ** 2;
          }
          sum += Math.min(limit, error) - Math.min(limit, baseError[at]);
        }
    }
    return sum;
  };
  // The rows of bricks begin at its top: a top that is off by two rows looks nearly right, so all of them are tried.
  let [best, least] = [[start, ceiling], Infinity];
  const look = (middle: number, top: number): void => {
    const found = cost([middle, top]);
    if (found < least) [best, least] = [[middle, top], found];
  };
  for (let top = ceiling - 0.02; top < bottom - 0.15; top += 0.02) look(start, top);
  for (const dx of [-0.06, -0.04, -0.02, 0.02, 0.04, 0.06]) look(start + dx, best[1]);
  for (let top = ceiling - 0.02; top < bottom - 0.15; top += 0.02) look(best[0], top);
  const [middle, top] = descend(cost, best, [0.01, 0.01], 5);
  const wall: Wall = [middle, top];
  // A wall takes away most of what the bare backdrop leaves unexplained there.
  let there = 0;
  for (const n of keys)
    for (let i = 0; i < plane; i++)
      if (coverAt(wall, views[n], Math.floor(i / width), i % width).cover > 0.5) there += Math.min(limit, baseError[n * plane + i]); // prettier-ignore
  return -cost(wall) > 0.5 * there && bottom - top > 0.15 ? wall : null;
}

/** Draws it over `base`, and adds what it covers to `cover`. */
export function drawWall(
  { frames, height, width, views }: Picture,
  wall: Wall,
  base: Float32Array,
  cover: Float32Array,
): void {
  for (let n = 0; n < frames; n++)
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) {
        const { cover: own, share } = coverAt(wall, views[n], row, column);
        if (own === 0) continue;
        const i = (n * height + row) * width + column;
        for (let c = 0; c < 3; c++)
          base[3 * i + c] += (mortar[c] + share * (stone[c] - mortar[c]) - base[3 * i + c]) * own;
        cover[i] = 1 - (1 - cover[i]) * (1 - own);
      }
}

/** Marks as hidden what lies within a pixel and a half of its edges: soft there, it is neither wall nor what is behind. */
export function hideEdges({ frames, height, width, views }: Picture, [middle, top]: Wall, hidden: Uint8Array): void {
  for (let n = 0; n < frames; n++) {
    const { left, top: ceiling, unit } = views[n];
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) {
        const x = Math.abs(left + (column + 0.5) / unit - middle) - half_width;
        const y = ceiling + (row + 0.5) / unit;
        if (Math.abs(Math.max(x, top - y, y - bottom)) * unit < 1.5) hidden[(n * height + row) * width + column] = 1;
      }
  }
}
