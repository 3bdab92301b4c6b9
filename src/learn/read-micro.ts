/**
 * What does a clip of the micro world show? Where it differs from the snow there is something; its middle, frame by frame,
 * is laid through a straight line, and everything that could stand on that line is drawn and compared.
 *
 * What it is not: the reader of the big world (src/reading), which knows far more. A curve beside the loss needs hundreds of
 * readings while the network trains, and here all that could be seen is known beforehand.
 */
import type { Pose } from '../world/laws';
import { figureOf } from '../world/render';
import { paintThing, planeOf, rasterAt, type Raster, type Surface } from '../world/paint';
import { world } from '../world/world';
import { isVisible, middleOf, paintDrawn, type Drawn } from './drawn';
import { emptyClip, microColours, microMotions, microShape, microThings, type Cell } from './micro';

/** What is seen; null where the pixels do not tell. */
export type Seen = { readonly [Key in keyof Cell]: string | null };

const { frames, height, width } = microShape;
const plane = height * width;
const pixels = frames * plane;

/** Squared difference over the three colours (-1 .. 1) from which on a pixel is taken for a thing's: a fifth of white to black in one. */
const different = 0.16;
/** Fewer pixels than this in a frame are none: the big thing has about fifty. */
const fewest = 8;
/** Frame heights a frame: half of the slowest that training shows. */
const slowest = 0.018;
/** Of what differs from the snow, the share that must be explained by a thing that is drawn there. */
const explained = 0.5;

let snow: Float32Array | undefined;

/** Squared difference of a pixel over its colours. */
function differs(a: Float32Array, b: Float32Array, i: number): number {
  let sum = 0;
  for (let at = i; at < a.length; at += pixels) sum += (a[at] - b[at]) ** 2;
  return sum;
}

/** Middle of what differs from the snow in each frame, or null where hardly anything does. */
function middles(clip: Float32Array, bare: Float32Array): ({ n: number; x: number; y: number } | null)[] {
  return Array.from({ length: frames }, (_, n) => {
    let [count, x, y] = [0, 0, 0];
    for (let i = 0; i < plane; i++) {
      if (differs(clip, bare, n * plane + i) < different) continue;
      count++;
      x += ((i % width) + 0.5) / width;
      y += (Math.floor(i / width) + 0.5) / height;
    }
    return count < fewest ? null : { n, x: x / count, y: y / count };
  });
}

/** The straight line through values over frames: where it is half-way, and how much it rises a frame. */
function line(points: readonly (readonly [n: number, value: number])[]): {
  readonly at: number;
  readonly rise: number;
} {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [n, value] = [mean(points.map(([n]) => n)), mean(points.map(([, value]) => value))];
  const spread = points.reduce((sum, point) => sum + (point[0] - n) ** 2, 0);
  const rise = spread ? points.reduce((sum, point) => sum + (point[0] - n) * (point[1] - value), 0) / spread : 0;
  return { at: value + rise * ((frames - 1) / 2 - n), rise };
}

/** A word for a velocity, in frame heights a frame: null where it is too slow, or askew. */
function motionOf(vx: number, vy: number): string | null {
  const [along, across] = [Math.max(Math.abs(vx), Math.abs(vy)), Math.min(Math.abs(vx), Math.abs(vy))];
  if (along < slowest || across > along / 2) return null;
  return microMotions.find((name) => {
    const [dx, dy] = world.motions[name].direction!;
    return dx * vx + dy * vy === along;
  })!;
}

type Paint = (surface: Surface, at: Raster, pose: Pose) => void;

/** How far a clip is from one in which that is painted along the line, summed over all pixels. */
function distance(clip: Float32Array, bare: Float32Array, paint: Paint, poses: readonly Pose[]): number {
  const drawn = bare.map((value) => (value + 1) / 2);
  const at = rasterAt(microShape, 1);
  poses.forEach((pose, n) => paint(planeOf(drawn, n, microShape), at, pose));
  let sum = 0;
  for (let i = 0; i < clip.length; i++) sum += (clip[i] - (2 * drawn[i] - 1)) ** 2;
  return sum;
}

/** All that could be seen: the things of the micro world in all of its colours, and what the learner has drawn. */
function candidates(drawn: readonly Drawn[]): readonly (Pick<Cell, 'colour' | 'thing'> & { readonly paint: Paint })[] {
  const own = drawn.filter(isVisible).map((each) => {
    const [dx, dy] = middleOf(each); // the line goes through the middle of what is drawn
    const shifted = (pose: Pose) => ({ ...pose, x: pose.x - 2 * pose.radius * dx, y: pose.y - 2 * pose.radius * dy });
    const paint: Paint = (surface, at, pose) => paintDrawn(surface, at, each, shifted(pose));
    return { colour: null, thing: each.word, paint };
  });
  const world = microColours.flatMap((colour) =>
    microThings.map((thing) => {
      const figure = figureOf({ thing, colour, vx: 0 }, 0);
      return { colour, thing, paint: ((surface, at, pose) => paintThing(surface, at, figure, pose)) as Paint };
    }),
  );
  return [...world, ...own];
}

/** clip: 3 x 8 x 16 x 16, -1 .. 1. drawn: what it may show besides the things of the micro world. */
export function readMicro(clip: Float32Array, drawn: readonly Drawn[] = []): Seen {
  snow ??= emptyClip();
  const bare = snow;
  const found = middles(clip, bare).filter((middle) => middle !== null);
  if (found.length < frames - 1) return { colour: null, thing: null, motion: null };
  const [x, y] = [line(found.map(({ n, x }) => [n, x])), line(found.map(({ n, y }) => [n, y]))];
  const poses = Array.from({ length: frames }, (_, n): Pose => {
    const since = n - (frames - 1) / 2;
    return { x: x.at + x.rise * since, y: y.at + y.rise * since, radius: world.sizes.big, angle: 0 };
  });
  const nothing = clip.reduce((sum, value, i) => sum + (value - bare[i]) ** 2, 0);
  const tried = candidates(drawn).map((each) => ({ ...each, off: distance(clip, bare, each.paint, poses) }));
  const best = tried.reduce((a, b) => (b.off < a.off ? b : a));
  const clear = best.off < (1 - explained) * nothing;
  return {
    colour: clear ? best.colour : null,
    thing: clear ? best.thing : null,
    motion: motionOf(x.rise, y.rise),
  };
}

/** Whether a film shows what was asked. */
export const isRight = (seen: Seen, { colour, thing, motion }: Cell): boolean =>
  seen.colour === colour && seen.thing === thing && seen.motion === motion;
