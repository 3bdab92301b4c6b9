/**
 * A wall of bricks in front of everything. It is found before the things are: what stands before it is the backdrop, what
 * it hides is told to whoever looks for things.
 */
import { clamp, lerp } from '../world/arithmetic';
import { brickColour, frameOf, paintWall, wallAt } from '../world/paint';
import { world } from '../world/world';
import type { Canvas } from './canvas';
import { descend } from './numbers';
import { rasterOf, type Picture } from './picture';

/** x of its middle and y of its top, as a scene has them. */
export type Wall = readonly [number, number];

const { half_width, bottom } = world.wall;
const [stone, mortar] = [brickColour(1), brickColour(0)];
/** Most that a pixel's squared error counts: what passes before the wall, or stands out beside it, is no wall gone wrong. */
const limit = 0.06;
/** Of brick is what the backdrop does not explain (squared error) and a mixture of stone and mortar does. */
const brickError = { bare: 0.02, brick: 0.03 };
/** Of brick must be a quarter of a wall that is 0.34 frame heights high: soft edges are not, and things may stand before it. */
const leastBrick = 0.25 * 0.34;
/** A lower wall could hide nothing; frame heights. */
const lowest = 0.15;
/** A wall takes away more than this share of what the bare backdrop leaves unexplained there. */
const explains = 0.5;
/** Its edges are soft for this many pixels: there it is neither wall nor what is behind. */
const softPixels = 1.5;

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
export function findWall(canvas: Canvas): Wall | null {
  const { frames, views } = canvas.picture;
  const keys = [...new Set([0, frames >> 1, frames - 1])];
  const start = middleOfBrick(canvas, keys);
  if (start === undefined) return null;
  const cost = (wall: readonly number[]): number => costOf(canvas, keys, wall);
  const ceiling = views[0].top;
  // The rows of bricks begin at its top: a top that is off by two rows looks nearly right, so all of them are tried.
  let [best, least] = [[start, ceiling], Infinity];
  const attempt = (middle: number, top: number): void => {
    const found = cost([middle, top]);
    if (found < least) [best, least] = [[middle, top], found];
  };
  for (let top = ceiling - 0.02; top < bottom - lowest; top += 0.02) attempt(start, top);
  for (const dx of [-0.06, -0.04, -0.02, 0.02, 0.04, 0.06]) attempt(start + dx, best[1]);
  for (let top = ceiling - 0.02; top < bottom - lowest; top += 0.02) attempt(best[0], top);
  const [middle, top] = descend(cost, best, [0.01, 0.01], 5);
  const wall: Wall = [middle, top];
  return -cost(wall) > explains * unexplained(canvas, keys, wall) && bottom - top > lowest ? wall : null;
}

/** x of the middle of what is of brick in all key frames; undefined where that is too little for a wall. */
function middleOfBrick({ picture, baseError }: Canvas, keys: readonly number[]): number | undefined {
  const { height, width, views, pixels } = picture;
  const plane = height * width;
  const { unit, left } = views[0];
  let [count, across] = [0, 0];
  for (let i = 0; i < plane; i++) {
    const brickish = keys.every((n) => baseError[n * plane + i] > brickError.bare && fromBrick(pixels, 3 * (n * plane + i)) < brickError.brick); // prettier-ignore
    if (!brickish) continue;
    count++;
    across += i % width;
  }
  return count < leastBrick * 2 * half_width * unit * unit ? undefined : left + (across / count + 0.5) / unit;
}

/** What a wall leaves unexplained where it stands, less what the bare backdrop does. */
function costOf(
  { picture, base, baseError }: Canvas,
  keys: readonly number[],
  [middle, top]: readonly number[],
): number {
  const { height, width, views, pixels } = picture;
  let sum = 0;
  for (const n of keys) {
    const { left, top: ceiling, unit } = views[n];
    const from = Math.max(0, Math.floor((middle - half_width - left) * unit) - 1);
    const to = Math.min(width, Math.ceil((middle + half_width - left) * unit) + 1);
    for (let row = Math.max(0, Math.floor((top - ceiling) * unit) - 1); row < height; row++)
      for (let column = from; column < to; column++) {
        const [x, y] = [left + (column + 0.5) / unit, ceiling + (row + 0.5) / unit];
        const { cover, stone: share } = wallAt([middle, top], x, y, unit);
        if (cover === 0) continue;
        const at = (n * height + row) * width + column;
        let error = 0;
        for (let c = 0; c < 3; c++)
          error += (pixels[3 * at + c] - lerp(base[3 * at + c], lerp(mortar[c], stone[c], share), cover)) ** 2;
        sum += Math.min(limit, error) - Math.min(limit, baseError[at]);
      }
  }
  return sum;
}

/** What the bare backdrop leaves unexplained where a wall stands. */
function unexplained({ picture, baseError }: Canvas, keys: readonly number[], wall: Wall): number {
  const { height, width } = picture;
  const plane = height * width;
  let there = 0;
  for (const n of keys) {
    const { x, y, pixels: unit } = rasterOf(picture, n);
    for (let i = 0; i < plane; i++)
      if (wallAt(wall, x[i % width], y[Math.floor(i / width)], unit).cover > 0.5) there += Math.min(limit, baseError[n * plane + i]); // prettier-ignore
  }
  return there;
}

/** Draws it over `base`, and adds what it covers to `cover`. */
export function drawWall(picture: Picture, wall: Wall, base: Float32Array, cover: Float32Array): void {
  for (let n = 0; n < picture.frames; n++) paintWall(frameOf(base, n, picture, cover), rasterOf(picture, n), wall);
}

/** Marks as hidden what lies within a pixel and a half of its edges: soft there, it is neither wall nor what is behind. */
export function hideEdges({ frames, height, width, views }: Picture, [middle, top]: Wall, hidden: Uint8Array): void {
  for (let n = 0; n < frames; n++) {
    const { left, top: ceiling, unit } = views[n];
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) {
        const x = Math.abs(left + (column + 0.5) / unit - middle) - half_width;
        const y = ceiling + (row + 0.5) / unit;
        if (Math.abs(Math.max(x, top - y, y - bottom)) * unit < softPixels)
          hidden[(n * height + row) * width + column] = 1;
      }
  }
}
