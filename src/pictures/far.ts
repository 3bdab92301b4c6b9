/**
 * How far is a clip from anything in the training world? Three answers that need no list of training clips: the network's own
 * error, colours that the world never shows, and what the reader makes of it.
 *
 * The network's error: the clip is mixed with noise to one level, the network is asked for one guess without words, and the
 * guess is compared with the clip. Denoising is what it was trained for, on clips of its world; what it has no idea of it can't
 * get back. The figures to compare with are those of clips and stills that the world drew: far.json, made by
 * `npx tsx cli/measure-far.ts`.
 *
 * What it is not: a test of whether a clip was in the training. Pure: whoever has a network asks it (app/pictures).
 */
import type { Reading } from '../reading/types';
import { normals } from '../sampling/noise';
import { world, type Rgb } from '../world/world';
import figures from './far.json';

/** The noise level t at which the network is asked: 0 is noise, 1 the clip itself. */
export const { level } = figures;
/** Of the noise, so that the same picture always has the same answer. Streams are a room's own. */
const noise = { seed: 1, stream: 0x70696374 } as const;

/** A clip mixed with noise, as the network is trained to see it: 3 x frames x height x width. */
export function noised(clip: Float32Array, t = level, seed: number = noise.seed): Float32Array {
  const random = normals(seed, noise.stream, clip.length);
  return clip.map((value, i) => t * value + (1 - t) * random[i]);
}

/** Root mean square difference; black to white is 2. */
export function errorOf(guess: Float32Array, clip: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < clip.length; i++) sum += (guess[i] - clip[i]) ** 2;
  return Math.sqrt(sum / clip.length);
}

/** Farther than this from every colour of the world (root mean square of three channels, black to white is 1), a colour is another. */
const near = 0.06;

/** The colours of the world as straight pieces in the cube of all colours: single ones, and skies and grounds from edge to edge. */
const pieces: readonly Piece[] = [
  ...[...Object.values(world.colours), ...Object.values(world.paints)].map((rgb) => pieceOf(rgb, rgb)),
  ...Object.values(world.settings).flatMap(({ sky, ground, hills, dots }) => [
    pieceOf(sky[0], sky[1]),
    pieceOf(ground[0], ground[1]),
    pieceOf(hills.colour, hills.colour),
    pieceOf(dots.colour, dots.colour),
  ]),
];

/** Where it begins, which way it goes, 0 .. 1 each, and the square of its length. */
interface Piece {
  readonly start: readonly number[];
  readonly way: readonly number[];
  readonly square: number;
}

function pieceOf(from: Rgb, to: Rgb): Piece {
  const way = from.map((value, c) => (to[c] - value) / 255);
  return { start: from.map((c) => c / 255), way, square: way.reduce((sum, value) => sum + value * value, 0) };
}

/** Share of the pixels, 0 .. 1, whose colour the world has nowhere. Soft edges mix two colours, so true clips have a few, too. */
export function outside(clip: Float32Array): number {
  const plane = clip.length / 3;
  let count = 0;
  for (let i = 0; i < plane; i++) {
    const [r, g, b] = [(clip[i] + 1) / 2, (clip[plane + i] + 1) / 2, (clip[2 * plane + i] + 1) / 2];
    if (!pieces.some((piece) => squareTo(piece, r, g, b) < 3 * near * near)) count++;
  }
  return count / plane;
}

/** Of a colour to a piece: the square of their distance. */
function squareTo({ start, way, square }: Piece, r: number, g: number, b: number): number {
  const [x, y, z] = [r - start[0], g - start[1], b - start[2]];
  const share = square ? Math.min(1, Math.max(0, (x * way[0] + y * way[1] + z * way[2]) / square)) : 0;
  return (x - share * way[0]) ** 2 + (y - share * way[1]) ** 2 + (z - share * way[2]) ** 2;
}

/** What the reader makes of a clip: things of the world, nothing but a setting of it, or neither. */
export type Seen = 'things' | 'setting' | 'nothing';

export function seenIn({ seen, setting, objects }: Pick<Reading, 'seen' | 'setting' | 'objects'>): Seen {
  if (seen && objects.some(({ thing }) => thing !== 'undecided')) return 'things';
  return seen && setting !== 'undecided' ? 'setting' : 'nothing';
}

/** Of true clips: the middle, and what 95 % of them stay below. */
interface Usual {
  readonly median: number;
  readonly most: number;
}

export type Verdict = 'near' | 'between' | 'far';

export interface Far {
  readonly verdict: Verdict;
  readonly times: number | null; // the network's error, in those that true clips have in the middle; null: no network was asked
  readonly outside: number; // 0 .. 1
  readonly seen: Seen;
}

/** What was measured of true clips for a network of this name; undefined where nobody did. */
const usualError = (model: string): Usual | undefined => (figures.errors as Readonly<Record<string, Usual>>)[model];

/** How many times the network's error must be that of 95 % of true clips to be far away; and so many colours (share). */
const beyond = { error: 1.5, outside: 0.5 } as const;

/**
 * `error` is what `errorOf` says of the guess at `level`, of the network `model`; null where there is none. The worst of the
 * answers counts, except that the reader alone puts nothing far away: it knows less than the network.
 */
export function farOf(reading: Reading, share: number, error: number | null, model: string): Far {
  const usual = usualError(model);
  const ratio = error === null || !usual ? null : error / usual.most;
  const seen = seenIn(reading);
  const isFar = (ratio ?? 0) > beyond.error || share > beyond.outside;
  const isNear = (ratio ?? 0) <= 1 && share <= figures.outside.most && seen !== 'nothing';
  return {
    verdict: isFar ? 'far' : isNear ? 'near' : 'between',
    times: error === null || !usual ? null : error / usual.median,
    outside: share,
    seen,
  };
}
