/**
 * Is a clip new? It should be no nearer to a training clip than a fresh true clip is; in what it shows, and in pixels.
 * Training draws its clips as it goes and keeps none, so that a pool of the same world stands for them (pool.ts).
 */
import type { ClipShape } from '../sampling/types';
import { poses } from '../world/laws';
import type { Scene } from '../world/scene';
import { world } from '../world/world';
import { kolmogorovSmirnov, type Difference } from './distributions';
import { MeasureError } from '../reading/errors';
import { pictureOf, reduced } from '../reading/picture';
import type { Reading } from '../reading/types';

/** A clip with one object as words and numbers. Lengths are in frame heights. */
export interface Description {
  readonly words: readonly string[]; // setting, colour, thing, motion
  readonly places: readonly (readonly [number, number])[]; // in the first, the middle and the last frame
  readonly radii: readonly number[]; // in the same frames
  readonly backdrop: number; // which stretch of it is seen
}

const momentsOf = (frames: number): number[] => [0, Math.floor(frames / 2), frames - 1];

export function describeScene({ setting, backdrop, objects: [object] }: Scene, frames: number): Description {
  const path = poses(object, frames);
  const moments = momentsOf(frames).map((n) => path[n]);
  return {
    words: [setting, object.colour, object.thing, object.motion],
    places: moments.map(({ x, y }) => [x, y] as const),
    radii: moments.map(({ radius }) => radius),
    backdrop,
  };
}

/** The same from a reading; null where it sees no object, or more than one. */
export function describeReading({ setting, backdrop, objects, shape }: Reading): Description | null {
  if (objects.length !== 1) return null;
  const [{ colour, thing, motion, track }] = objects;
  const moments = momentsOf(shape.frames).map((n) => track[n]);
  return {
    words: [setting, colour, thing, motion],
    places: moments.map(({ x, y }) => [x, y] as const),
    radii: moments.map(({ radius }) => radius),
    backdrop,
  };
}

/** How far two descriptions are apart. A word that differs counts as half a frame height, a backdrop as a quarter of its shift. */
export function apart(a: Description, b: Description): number {
  const words = a.words.filter((word, i) => word !== b.words[i]).length;
  const turn = Math.abs(a.backdrop - b.backdrop) % world.backdrop_period;
  const shift = Math.min(turn, world.backdrop_period - turn);
  const places = a.places.reduce((sum, [x, y], i) => sum + (x - b.places[i][0]) ** 2 + (y - b.places[i][1]) ** 2, 0);
  const radii = a.radii.reduce((sum, radius, i) => sum + (radius - b.radii[i]) ** 2, 0);
  return Math.sqrt((places + radii) / a.places.length + (0.25 * shift) ** 2 + words * 0.5 ** 2);
}

const thumbnailHeight = 16;

/** The frames, from 0, that a thumbnail is made of. */
export const thumbnailFrames = (frames: number): number[] =>
  [0, 1, 2, 3].map((k) => Math.round((k * (frames - 1)) / 3));

/** Four frames of a clip (-1 .. 1), each made about 16 pixels high by averaging: numbers 0 .. 1. */
export function thumbnail(clip: Float32Array, shape: ClipShape): Float32Array {
  const small = reduced(pictureOf(clip, shape), Math.round(shape.height / thumbnailHeight));
  const plane = 3 * small.height * small.width;
  const out = new Float32Array(4 * plane);
  thumbnailFrames(shape.frames).forEach((n, k) =>
    out.set(small.pixels.subarray(n * plane, (n + 1) * plane), k * plane),
  );
  return out;
}

/** The shape that a pool's clips are drawn in, to be compared with thumbnails of clips of `shape`. */
export function thumbnailShape({ frames, height, width }: ClipShape): ClipShape {
  const factor = Math.max(1, Math.round(height / thumbnailHeight));
  return { frames, height: Math.floor(height / factor), width: Math.floor(width / factor) };
}

export interface Nearest {
  readonly distance: number;
  readonly index: number; // in the pool
}

/** Nearest by description. Throws MeasureError for an empty pool, as `nearestThumbnail` does. */
export function nearestDescription(clip: Description, pool: readonly Description[]): Nearest {
  return nearest(pool, (other) => apart(clip, other));
}

/** Nearest in pixels: root mean square difference, black to white is 1. */
export function nearestThumbnail(clip: Float32Array, pool: readonly Float32Array[]): Nearest {
  return nearest(pool, (other, least) => {
    const enough = least * least * clip.length;
    let sum = 0;
    for (let from = 0; from < clip.length && sum < enough; from += 96)
      for (let i = from; i < Math.min(clip.length, from + 96); i++) sum += (clip[i] - other[i]) ** 2;
    return Math.sqrt(sum / clip.length);
  });
}

function nearest<T>(pool: readonly T[], distance: (other: T, least: number) => number): Nearest {
  if (!pool.length) throw new MeasureError('the pool is empty', 'draw at least one training clip');
  let best: Nearest = { distance: Infinity, index: 0 };
  pool.forEach((other, index) => {
    const found = distance(other, best.distance);
    if (found < best.distance) best = { distance: found, index };
  });
  return best;
}

export interface Novelty extends Difference {
  readonly threshold: number; // 1st percentile of the fresh true clips' distances
  readonly closer: number; // 0 .. 1, share of the clips that are nearer to their nearest than that
  readonly expected: number; // what that share would be on average for clips that are no copies; 0.01 of many
}

/** Distances to the nearest training clip, of generated clips against fresh true ones. */
export function noveltyOf(own: readonly number[], truth: readonly number[]): Novelty {
  const difference = kolmogorovSmirnov(own, truth);
  const place = Math.floor(0.01 * truth.length);
  const threshold = [...truth].sort((a, b) => a - b)[place];
  const closer = own.filter((value) => value < threshold).length / own.length;
  return { ...difference, threshold, closer, expected: (place + 1) / (truth.length + 1) };
}
