/**
 * Finding objects, one at a time, the most striking first. Each later one is looked for behind and in front of those already
 * found; these are then read again, now that it is known what stands in their way.
 */
import { colours, world } from '../world/world';
import { canvasOf, type Canvas } from './canvas';
import { nearestColour } from './colour';
import { drawFit } from './fit';
import { identify, type Found, type Shot } from './identify';
import type { Picture } from './picture';
import { nearestColours } from './segment';
import { meanExplained, readTurn, turnIn } from './turn';
import { drawWall, hideEdges } from './wall';

/** The world shows no more at once. */
const mostObjects = 3;
/** Pixels of a colour, over a clip of 16 frames at 32 pixels, that are worth a look: the smallest ball has 45 in a frame. */
const leastPixels = 40;
/** Gain over such a clip from which on a thing is no slip of the backdrop. */
const leastGain = 3;
/** Colours that are tried, by how many pixels show them. */
const mostColours = 3;
/** A frame that explains less shows something else. */
const leastExplained = 0.2;
/** A frame shows a thing clearly that explains more than this, of a thing of which more than that is seen; three are needed. */
const clearFrame = { explained: 0.4, visible: 0.2, count: 3 };
/** A patch that no thing explains must be this large (squared frame heights: radius 0.062) in four frames. */
const leastPatch = { area: 0.012, count: 4 };
/** What explains this much needs no other colour to be tried; a runner-up counts that has this share of the pixels. */
const otherColour = { explained: 0.85, share: 0.4 };
/**
 * One more object is only a part of a known one (a rim, a piece of a shapeless patch) if their middles are closer than `close`
 * sums of radii in more than a share of the frames. A second thing of the same colour must stand clear of the first; the world
 * itself never shows that.
 */
const same = { ownColour: { close: 1.2, share: 0.3 }, otherColour: { close: 0.5, share: 0.6 } };

/** Every object, each with what it stands before: the backdrop and the other objects. */
export function findObjects(picture: Picture, backdrop: Float32Array, shot: Shot): { object: Found; canvas: Canvas }[] {
  const found: Found[] = [];
  const before = (without?: Found): Canvas =>
    canvasBehind(
      picture,
      backdrop,
      shot,
      found.filter((object) => object !== without),
    );
  while (found.length < mostObjects) {
    const object = findNext(before(), shot, found);
    if (!object) break;
    found.push(object);
    // What was found earlier was read as if nothing stood in its way: read it again, now that this is known.
    for (let i = 0; i < found.length - 1; i++) {
      const again = identify(before(found[i]), found[i], shot);
      if (again && isThere(again, picture)) found[i] = again;
    }
  }
  return found.map((object) => ({ object, canvas: before(object) }));
}

/** The backdrop with some objects and the wall. Which object is in front is not known: each pixel shows the order that explains it. */
function canvasBehind(picture: Picture, backdrop: Float32Array, shot: Shot, objects: readonly Found[]): Canvas {
  const canvas = canvasWith(picture, backdrop, shot, objects);
  if (objects.length < 2) return canvas;
  const other = canvasWith(picture, backdrop, shot, [...objects].reverse());
  for (let i = 0; i < canvas.baseError.length; i++) {
    if (other.baseError[i] >= canvas.baseError[i]) continue;
    canvas.base.set(other.base.subarray(3 * i, 3 * i + 3), 3 * i);
    canvas.baseError[i] = other.baseError[i];
    canvas.hidden[i] = other.hidden[i];
  }
  return canvas;
}

/** The same with the objects in an order that is known, the last one in front. */
function canvasWith(picture: Picture, backdrop: Float32Array, { wall }: Shot, objects: readonly Found[]): Canvas {
  const base = backdrop.slice();
  const cover = new Float32Array(base.length / 3);
  for (const { fits, appearance } of objects)
    fits.forEach((fit, n) => fit.explained > leastExplained && drawFit(picture, base, cover, n, appearance, fit));
  if (wall) drawWall(picture, wall, base, cover);
  const canvas = canvasOf(picture, base, cover);
  if (wall) hideEdges(picture, wall, canvas.hidden);
  return canvas;
}

/** The next object, undefined where there is none. */
function findNext(canvas: Canvas, shot: Shot, known: readonly Found[]): Found | undefined {
  const { picture } = canvas;
  const isNew = (object: Found): boolean => !known.some((other) => sameAgain(object, other));
  const labels = nearestColours(canvas, shot.noise);
  const votes = new Array<number>(colours.length).fill(0);
  for (const label of labels) if (label >= 0) votes[label]++;
  const least = leastPixels * sizeOf(picture);
  const turns = turnIn(labels, picture.frames, least);
  const turned = turns && readTurn(canvas, turns, shot);
  if (turned && isThere(turned, picture) && isNew(turned)) return turned;
  const ranked = votes.map((count, k) => ({ count, colour: colours[k] })).sort((a, b) => b.count - a.count);
  for (const { count, colour } of ranked.slice(0, mostColours)) {
    if (count < least) break;
    // Soft edges mix with what is behind: a thin red ring in the snow has more pink pixels than red ones.
    const most = Math.max(least, otherColour.share * count);
    const runnerUp = ranked.find((each) => each.colour !== colour && each.count > most)?.colour;
    const best = bestColour(canvas, shot, labels, colour, runnerUp);
    if (best && (isThere(best, picture) || (!known.length && isPatch(best, picture))) && isNew(best)) return best;
  }
  return undefined;
}

/** The object of a colour; or, where that explains more, of the colour that it shows inside, or of the runner-up. */
function bestColour(
  canvas: Canvas,
  shot: Shot,
  labels: Int8Array,
  colour: string,
  runnerUp?: string,
): Found | undefined {
  const first = identify(canvas, { colour, to: null }, shot, labels);
  if (!first) return undefined;
  let best = first;
  const others = new Set([nearestColour(first.paint)]);
  if (runnerUp && meanExplained(first.fits) < otherColour.explained) others.add(runnerUp);
  others.delete(colour);
  for (const name of others) {
    const other = identify(canvas, { colour: name, to: null }, shot, labels);
    if (other && other.gain > best.gain) best = other;
  }
  return best;
}

/** How many pixels a clip has, a frame of a square one, as a share of 16 frames at 32 pixels. */
const sizeOf = ({ frames, height, width }: Picture): number =>
  (Math.min(height, width) / 32) ** 2 * (frames / world.frames);

/** Whether there is at least a patch of one colour, though no thing explains it. */
function isPatch({ patch }: Found, { frames }: Picture): boolean {
  const large = patch.filter(({ explained, radius }) => explained > 0 && Math.PI * radius ** 2 > leastPatch.area);
  return large.length >= Math.min(leastPatch.count, frames);
}

/** Whether it explains enough, in enough frames, to be a thing and no slip of the backdrop. */
function isThere({ fits, gain }: Found, picture: Picture): boolean {
  const clear = fits.filter(({ explained, visible }) => explained > clearFrame.explained && visible > clearFrame.visible); // prettier-ignore
  return clear.length >= Math.min(clearFrame.count, picture.frames) && gain > leastGain * sizeOf(picture);
}

/** Whether what seems to be one more object is only a part of one that is known. */
function sameAgain(object: Found, known: Found): boolean {
  const { close, share } = object.colour === known.colour ? same.ownColour : same.otherColour;
  const shown = object.fits
    .map((fit, n) => ({ fit, other: known.fits[n] }))
    .filter(({ fit }) => fit.explained > leastExplained);
  const near = shown.filter(
    ({ fit, other }) =>
      other.explained > leastExplained &&
      Math.hypot(fit.x - other.x, fit.y - other.y) < close * (fit.radius + other.radius),
  );
  return near.length > share * shown.length;
}
