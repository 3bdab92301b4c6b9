/**
 * Tracking: a thing that is known in its key frames, followed through all others, both ways from the clearest one, and across
 * gaps by a cubic.
 */
import type { Canvas } from './canvas';
import { fitBest, fitPose, type Fit, type FramePose } from './fit';
import { momentsOf, type Appearance } from './appearance';
import { wrap } from './numbers';
import type { Blob } from './segment';

/**
 * How strongly the radius keeps to where it starts (squared frame heights to gain): hardly, in plain view; where the picture's
 * edge or another thing cuts it off, a smaller one would fit as well; and behind a wall there is room for much that is not seen.
 */
const keeps = { free: 100, cut: 3000, walled: 30_000 };
/** A track goes on no smaller than this, in pixels. */
const smallest = 1.2;
/** A frame is doubted that explains less than this, or, beside a wall, shows less than that. */
const doubted = { explained: 0.5, visible: 0.25 };
/** Nothing is there where less of the thing is explained. */
const nothing = 0.2;
/** Angles (in radians) from which a thing that turns is looked for beside the last one: the world's fastest turns 0.5 a frame. */
const turnsTried = [-0.5, -0.25, 0.25, 0.5];

/** Where a thing would be whose own-coloured part has a blob's middle and area (or a radius that is known). */
export function startFrom(blob: Blob, appearance: Appearance, angle: number, radius?: number): FramePose {
  const { area, u, v } = momentsOf(appearance.thing);
  const r = radius ?? Math.sqrt(blob.area / area);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const side = appearance.mirror * u;
  return { x: blob.x - r * (side * cos - v * sin), y: blob.y - r * (side * sin + v * cos), radius: r, angle };
}

/** What is followed, and where. */
export interface Trail {
  readonly canvas: Canvas;
  readonly appearance: Appearance;
  readonly keys: ReadonlyMap<number, Fit>; // its fits in the key frames
  readonly blobs: readonly (Blob | undefined)[]; // the patch of its colour in each frame
  readonly turns: boolean; // whether its angle is free
  readonly walled: boolean; // whether there is a wall that it may pass behind
}

/** Its fit in every frame. */
export function follow(trail: Trail): Fit[] {
  const { keys, blobs, walled } = trail;
  const fits = new Array<Fit>(blobs.length);
  const [first] = [...keys.entries()].reduce((a, b) => (b[1].gain * b[1].visible > a[1].gain * a[1].visible ? b : a));
  fits[first] = keys.get(first) as Fit;
  for (let n = first + 1; n < fits.length; n++)
    fits[n] = advance(trail, n, fits[n - 1], n - 2 >= first ? fits[n - 2] : undefined);
  for (let n = first - 1; n >= 0; n--)
    fits[n] = advance(trail, n, fits[n + 1], n + 2 < fits.length ? fits[n + 2] : undefined);
  const bad = fits.map(({ explained, visible }) => explained < doubted.explained || (walled && visible < doubted.visible)); // prettier-ignore
  bad.forEach((doubt, n) => doubt && bridge(trail, fits, n));
  return fits;
}

/** The fit in frame n, from the one before it on the way and the one before that, and from the frame's own patch. */
function advance(
  { canvas, appearance, keys, blobs, turns, walled }: Trail,
  n: number,
  before: Fit,
  beforeThat?: Fit,
): Fit {
  const { views } = canvas.picture;
  const blob = blobs[n];
  const ahead = (key: keyof FramePose): number => before[key] + (beforeThat ? before[key] - beforeThat[key] : 0);
  const coming: FramePose = {
    x: ahead('x'),
    y: ahead('y'),
    radius: Math.max(smallest / views[n].unit, ahead('radius')),
    angle: ahead('angle'),
  };
  const starts: FramePose[] = [coming, { ...before }];
  if (blob && blob.pixels >= 2) {
    starts.push(startFrom(blob, appearance, turns ? coming.angle : 0, coming.radius));
    if (!blob.touches) starts.push(startFrom(blob, appearance, turns ? before.angle : 0));
  }
  if (turns) for (const angle of turnsTried) starts.push({ ...before, angle: before.angle + angle });
  const known = keys.get(n);
  if (known) starts.push({ ...known });
  const cut = blob ? blob.touches : true;
  const keep = walled ? keeps.walled : cut ? keeps.cut : keeps.free;
  const result = fitBest(canvas, n, appearance, starts, 2, { turns, rounds: 5, soft: 1.5, keep });
  if (result.gain > 0 && result.visible > 0.05) {
    if (turns) result.angle = before.angle + wrap(result.angle - before.angle);
    return result;
  }
  // Nothing there: it goes on as before, out of the picture or behind something.
  return { ...coming, gain: 0, visible: isOut(canvas, n, coming) ? 0 : result.visible, explained: 0 };
}

/** Whether a thing lies wholly outside the picture. */
function isOut({ picture: { height, width, views } }: Canvas, n: number, { x, y, radius }: FramePose): boolean {
  const { left, top, unit } = views[n];
  return x < left - radius || y < top - radius || y > top + height / unit + radius || x > left + width / unit + radius;
}

/** Tries in frame n where it must have been while something hid it, if there are good frames on both sides. */
function bridge({ canvas, appearance, turns, walled }: Trail, fits: Fit[], n: number): void {
  // A sliver of it beside a wall explains itself well anywhere.
  const good = (k: number): boolean =>
    fits[k] !== undefined && fits[k].explained > doubted.explained && (!walled || fits[k].visible > doubted.visible);
  let [before, after] = [n - 1, n + 1];
  while (before >= 0 && !good(before)) before--;
  while (after < fits.length && !good(after)) after++;
  if (before < 0 || after >= fits.length) return;
  // A cubic through the good frames on both sides.
  const between = (key: keyof FramePose): number => {
    const [a, b, gap, at] = [fits[before][key], fits[after][key], after - before, (n - before) / (after - before)];
    const into = good(before - 1) ? (a - fits[before - 1][key]) * gap : b - a;
    const out = good(after + 1) ? (fits[after + 1][key] - b) * gap : b - a;
    return a + at * into + at * at * (3 * (b - a) - 2 * into - out) + at * at * at * (into + out - 2 * (b - a));
  };
  const start = {
    x: between('x'),
    y: between('y'),
    radius: Math.max(smallest / canvas.picture.views[n].unit, between('radius')),
    angle: between('angle'),
  };
  const keep = walled ? keeps.walled : keeps.cut;
  const found = fitPose(canvas, n, appearance, start, { turns, rounds: 5, soft: 1.5, keep });
  const near = Math.hypot(found.x - start.x, found.y - start.y) < 0.5 * start.radius;
  if (near && found.gain > 0) fits[n] = found;
  else if (fits[n].explained < nothing) fits[n] = { ...start, gain: 0, visible: found.visible, explained: 0 };
}
