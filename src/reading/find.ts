/**
 * Finding objects: which pixels the backdrop does not explain, what colour they are, which thing explains them best, and
 * where it is in every frame. One object at a time, the most striking first; each later one is looked for behind and in
 * front of those already found.
 */
import { clamp, lerp } from '../world/arithmetic';
import { changed } from '../world/laws';
import { colours, things, world } from '../world/world';
import {
  canvasOf,
  drawFit,
  fitPose,
  gainAt,
  lookOf,
  momentsOf,
  palette,
  turningLook,
  type Canvas,
  type Fit,
  type FitOptions,
  type FramePose,
  type Look,
} from './fit';
import type { Picture } from './picture';
import { drawWall, hideEdges, type Wall } from './wall';

/** An object as pixels tell it, before any law of motion is tried. Places are in the picture, camera and all. */
export interface Found {
  readonly colour: string;
  readonly to: string | null; // the colour that it turns into
  readonly look: Look;
  readonly turning: boolean; // whether it was tracked with a free angle
  readonly fits: readonly Fit[];
  readonly gain: number;
  readonly upright: { readonly look: Look; readonly gain: number; readonly fits: readonly Fit[] }; // the same, angle 0
  readonly rivals: ReadonlyMap<string, number>; // gain of each thing over the key frames
  readonly patch: readonly Fit[]; // where its patch of colour is, as if it were a disc; for what no thing explains
  readonly paint: readonly [number, number, number]; // mean colour where it shows its own, 0 .. 255; before it turns
  readonly endPaint: readonly [number, number, number]; // and after
}

/** What colour a thing is: one, or one that turns into another. */
interface Hue {
  readonly colour: string;
  readonly to: string | null;
}

const mostObjects = 3;

/** How the clip was taken, as its backdrop shows. */
export interface Taken {
  readonly noise: number; // typical error of a pixel, black to white is 1
  readonly pan: number; // frame heights a frame, to the right
  readonly wall: Wall | null; // in front of everything
}

/** A patch of one colour in one frame. */
interface Blob {
  readonly x: number;
  readonly y: number;
  readonly area: number; // squared frame heights
  readonly pixels: number;
  readonly touches: boolean; // the edge of the picture
}

/** Every object, each with what it stands before: the backdrop and the other objects. */
export function findObjects(
  picture: Picture,
  backdrop: Float32Array,
  taken: Taken,
): { object: Found; canvas: Canvas }[] {
  const found: Found[] = [];
  const before = (without?: Found): Canvas => {
    const others = found.filter((object) => object !== without);
    const paint = (order: readonly Found[]) => {
      const base = backdrop.slice();
      const cover = new Float32Array(base.length / 3);
      for (const object of order)
        object.fits.forEach((fit, n) => fit.explained > 0.2 && drawFit(picture, base, cover, n, object.look, fit));
      if (taken.wall) drawWall(picture, taken.wall, base, cover);
      const canvas = canvasOf(picture, base, cover);
      if (taken.wall) hideEdges(picture, taken.wall, canvas.hidden);
      return canvas;
    };
    const canvas = paint(others);
    if (others.length < 2) return canvas;
    // Which of them is in front is not known: each pixel shows the order that explains it.
    const other = paint([...others].reverse());
    for (let i = 0; i < canvas.baseError.length; i++) {
      if (other.baseError[i] >= canvas.baseError[i]) continue;
      canvas.base.set(other.base.subarray(3 * i, 3 * i + 3), 3 * i);
      canvas.baseError[i] = other.baseError[i];
      canvas.hidden[i] = other.hidden[i];
    }
    return canvas;
  };
  while (found.length < mostObjects) {
    const object = findNext(before(), taken, found);
    if (!object) break;
    found.push(object);
    // What was found earlier was read as if nothing stood in its way: read it again, now that this is known.
    for (let i = 0; i < found.length - 1; i++) {
      const again = readAs(before(found[i]), found[i], taken);
      if (again && isThere(again, picture)) found[i] = again;
    }
  }
  return found.map((object) => ({ object, canvas: before(object) }));
}

function findNext(canvas: Canvas, taken: Taken, known: readonly Found[]): Found | undefined {
  const { picture } = canvas;
  const labels = nearestColours(canvas, taken);
  const votes = new Array<number>(colours.length).fill(0);
  for (const label of labels) if (label >= 0) votes[label]++;
  const least = 40 * (unitOf(picture) / 32) ** 2 * (picture.frames / world.frames);
  const turns = turnIn(labels, picture, least);
  const turned = turns && readTurn(canvas, turns, taken);
  if (turned && isThere(turned, picture) && !known.some((other) => sameAgain(turned, other))) return turned;
  const ranked = votes.map((count, colour) => ({ count, colour })).sort((a, b) => b.count - a.count);
  for (const { count, colour } of ranked.slice(0, 3)) {
    if (count < least) break;
    let object = readAs(canvas, { colour: colours[colour], to: null }, taken, labels);
    if (!object) continue;
    // Soft edges mix with what is behind: a thin red ring in the snow has more pink pixels than red ones.
    const runnersUp = ranked.filter((each) => each.colour !== colour && each.count > Math.max(least, 0.4 * count)).map((each) => colours[each.colour]); // prettier-ignore
    const others = new Set([
      nearestColour(object.paint),
      ...(meanExplained(object.fits) < 0.85 ? runnersUp.slice(0, 1) : []),
    ]);
    others.delete(object.colour);
    for (const name of others) {
      const other = readAs(canvas, { colour: name, to: null }, taken, labels);
      if (other && other.gain > object.gain) object = other;
    }
    const best = object;
    if (
      (isThere(best, picture) || (!known.length && isPatch(best, picture))) &&
      !known.some((other) => sameAgain(best, other))
    )
      return best;
  }
  return undefined;
}

/** Pixels to a frame height, half-way through. */
const unitOf = ({ height, width }: Picture): number => Math.min(height, width);

/** How far a change of colour has come in each frame. */
const changes = (frames: number): number[] => Array.from({ length: frames }, (_, n) => changed(n, frames));

/**
 * The colour that is there before the world's time of change and no more after it, and the one of which the opposite holds;
 * null where there are no such two. A thing that leaves the picture takes its colour along, too: `readTurn` decides.
 */
function turnIn(labels: Int8Array, { frames }: Picture, least: number): { colour: string; to: string } | null {
  const plane = labels.length / frames;
  const count = (share: 0 | 1): number[] => {
    const votes = new Array<number>(colours.length).fill(0);
    changes(frames).forEach((come, n) => {
      if (come === share) for (let i = n * plane; i < (n + 1) * plane; i++) if (labels[i] >= 0) votes[labels[i]]++;
    });
    return votes;
  };
  const [early, late] = [count(0), count(1)];
  const only = (own: readonly number[], other: readonly number[]): number => {
    const lone = own.map((votes, k) => (votes > 3 * other[k] ? votes : 0));
    return lone.indexOf(Math.max(...lone));
  };
  const [from, to] = [only(early, late), only(late, early)];
  const enough = (votes: number): boolean => votes > 0.15 * least;
  return enough(early[from] - early[to]) && enough(late[to] - late[from]) ? { colour: colours[from], to: colours[to] } : null; // prettier-ignore
}

/** Reads a thing that turns from one colour into another; undefined where it explains no more than one of them alone. */
function readTurn(canvas: Canvas, hue: { colour: string; to: string }, taken: Taken): Found | undefined {
  const first = readAs(canvas, hue, taken);
  if (!first) return undefined;
  let turned = first;
  // Soft edges mix with what is behind: the colours that it shows inside count.
  const [colour, to] = [nearestColour(turned.paint), nearestColour(turned.endPaint)];
  if (colour === to) return undefined;
  if (colour !== hue.colour || to !== hue.to) {
    const other = readAs(canvas, { colour, to }, taken);
    if (other && other.gain > turned.gain) turned = other;
  }
  const alone = [turned.colour, turned.to as string].map((name) => readAs(canvas, { colour: name, to: null }, taken)?.gain ?? 0); // prettier-ignore
  // A thing that shrinks away and another that grows leave nothing in between that is on its way from one to the other.
  const halfway = turned.fits.filter((_, n) => Math.abs(changes(turned.fits.length)[n] - 0.5) < 0.3);
  return turned.gain > 1.04 * Math.max(...alone) && meanExplained(halfway) > 0.72 ? turned : undefined;
}

/** How well its frames are explained on average, those in which it can be seen. */
export const meanExplained = (fits: readonly Fit[]): number => {
  const seen = fits.filter(({ visible }) => visible > 0.3);
  return seen.reduce((sum, { explained }) => sum + explained, 0) / Math.max(1, seen.length);
};

/** Whether there is at least a patch of one colour, though no thing explains it. */
function isPatch({ patch }: Found, { frames }: Picture): boolean {
  const large = patch.filter(({ explained, radius }) => explained > 0 && Math.PI * radius ** 2 > 0.012);
  return large.length >= Math.min(4, frames);
}

/** Whether it explains enough, in enough frames, to be a thing and no slip of the backdrop. */
function isThere(object: Found, picture: Picture): boolean {
  const { frames } = picture;
  const clear = object.fits.filter(({ explained, visible }) => explained > 0.4 && visible > 0.2).length;
  return clear >= Math.min(3, frames) && object.gain > (3 * unitOf(picture) ** 2 * frames) / (1024 * world.frames);
}

/**
 * Whether what seems to be one more object is only a part of one that is known: a rim, or a piece of a shapeless patch.
 * A second thing of the same colour must stand clear of the first; the world itself never shows that.
 */
function sameAgain(object: Found, known: Found): boolean {
  const shown = object.fits.map((fit, n) => ({ fit, other: known.fits[n] })).filter(({ fit }) => fit.explained > 0.2);
  const [close, share] = object.colour === known.colour ? [1.2, 0.3] : [0.5, 0.6];
  const near = shown.filter(
    ({ fit, other }) =>
      other.explained > 0.2 && Math.hypot(fit.x - other.x, fit.y - other.y) < close * (fit.radius + other.radius),
  );
  return near.length > share * shown.length;
}

/** The palette's name for a colour, 0 .. 255. */
function nearestColour(paint: readonly number[]): string {
  const apart = palette.map((rgb) => Math.hypot(...rgb.map((value, c) => value - paint[c] / 255)));
  return colours[apart.indexOf(Math.min(...apart))];
}

/** Index of the palette colour that a pixel shows where the base does not explain it, -1 elsewhere. */
function nearestColours({ picture, baseError, hidden }: Canvas, { noise }: Taken): Int8Array {
  const labels = new Int8Array(baseError.length).fill(-1);
  const stranger = Math.max(0.025, 30 * noise * noise);
  const { pixels } = picture;
  for (let i = 0, at = 0; i < labels.length; i++, at += 3) {
    if (baseError[i] < stranger || hidden[i]) continue;
    let least = 0.09;
    for (let k = 0; k < palette.length; k++) {
      const paint = palette[k];
      const r = pixels[at] - paint[0];
      const g = pixels[at + 1] - paint[1];
      const b = pixels[at + 2] - paint[2];
      const distance = r * r + g * g + b * b;
      if (distance >= least) continue;
      least = distance;
      labels[i] = k;
    }
  }
  return labels;
}

/** The same for the pixels that show a thing's colour in their own frame; all others are -1. */
function turningLabels({ picture, baseError, hidden }: Canvas, { noise }: Taken, { colour, to }: Hue): Int8Array {
  const labels = new Int8Array(baseError.length).fill(-1);
  const stranger = Math.max(0.025, 30 * noise * noise);
  const plane = picture.height * picture.width;
  changes(picture.frames).forEach((come, n) => {
    const paint = mixed(colour, to ?? colour, come);
    for (let i = n * plane; i < (n + 1) * plane; i++) {
      if (baseError[i] < stranger || hidden[i]) continue;
      const apart = paint.reduce((sum, value, c) => sum + (picture.pixels[3 * i + c] - value) ** 2, 0);
      if (apart < 0.05) labels[i] = colours.indexOf(colour);
    }
  });
  return labels;
}

/** A colour on its way to another, 0 .. 1. */
const mixed = (from: string, to: string, share: number): number[] => {
  const [a, b] = [palette[colours.indexOf(from)], palette[colours.indexOf(to)]];
  return a.map((value, c) => lerp(value, b[c], share));
};

/** Reads the object of one colour (or of one that turns): its thing and its track. Undefined where no patch of it is large enough. */
function readAs(
  canvas: Canvas,
  { colour, to }: Hue,
  taken: Taken,
  labels = to ? turningLabels(canvas, taken, { colour, to }) : nearestColours(canvas, taken),
): Found | undefined {
  const { frames } = canvas.picture;
  const share = changes(frames);
  const paints = share.map((come) => mixed(colour, to ?? colour, come));
  const blobs = paints.map((paint, n) => largestBlob(canvas, labels, n, colours.indexOf(colour), paint));
  const lookAs = (thing: string, mirror: 1 | -1, plain = false): Look => {
    const look = lookOf(thing, colour, mirror, plain);
    return to ? turningLook(look, colour, to, share) : look;
  };
  const keys = keyFrames(blobs);
  if (!keys.length) return undefined;

  const seen = keys.map((n) => blobs[n] as Blob);
  const span = Math.max(
    ...[seen.map((b, i) => b.x + taken.pan * keys[i]), seen.map((b) => b.y)].map(
      (values) => Math.max(...values) - Math.min(...values),
    ),
  );
  const candidates = things.flatMap((thing) =>
    (world.things[thing].faces ? ([1, -1] as const) : ([1] as const)).map((mirror) => lookAs(thing, mirror)),
  );
  const fitUpright = (look: Look, n: number): Fit =>
    fitBest(canvas, n, look, startsFrom(blobs[n] as Blob, look, 0, [0.85, 1, 1.18]), 2, {
      turns: false,
      rounds: 7,
      soft: 2,
    });
  let upright = rate(candidates, keys, fitUpright);
  // Drawn by hand, or by a model that has not learned it yet, a ball may lack its highlight and a fish its eye.
  if ([...upright[0].fits.values()].some((fit) => fit.explained < 0.9)) {
    const plain = candidates.map(({ thing, mirror }) => lookAs(thing, mirror, true));
    const simpler = plain.filter(({ fields }, i) => fields.length < candidates[i].fields.length);
    upright = [...upright, ...rate(simpler, keys, fitUpright)].sort((a, b) => b.gain - a.gain);
  }
  const straight = upright[0];

  // What moves, or is explained well standing upright, does not turn.
  const explained = Math.min(...[...straight.fits.values()].map((fit) => fit.explained));
  const turned =
    span > 0.3 || explained > 0.94
      ? []
      : rate(
          candidates.filter(({ mirror }) => mirror > 0),
          keys,
          (look, n) => {
            const starts = angles.flatMap((angle) => startsFrom(blobs[n] as Blob, look, angle, [0.9, 1.1]));
            return fitBest(canvas, n, look, starts, 3, { turns: true, rounds: 5, soft: 1.5 });
          },
        );
  const turning = turned.length > 0 && turned[0].gain - straight.gain > 0.03 * keys.length + 0.01 * straight.gain;
  const rivals = new Map<string, number>();
  for (const { look, gain } of turning ? turned : upright)
    rivals.set(look.thing, Math.max(rivals.get(look.thing) ?? 0, gain));

  const standing = follow(canvas, straight.look, straight.fits, blobs, false, taken.wall !== null);
  const total = (fits: readonly Fit[]): number => fits.reduce((sum, { gain }) => sum + gain, 0);
  const stands = { look: straight.look, fits: standing, gain: total(standing) };
  const turns = turning ? follow(canvas, turned[0].look, turned[0].fits, blobs, true, taken.wall !== null) : [];
  const spun = turning && total(turns) > stands.gain;
  const { look, fits, gain } = spun ? { look: turned[0].look, fits: turns, gain: total(turns) } : stands;
  const [paint, endPaint] = to
    ? [0, 1].map((end) => meanPaint(canvas, look, fits, (n) => share[n] === end))
    : new Array<[number, number, number]>(2).fill(meanPaint(canvas, look, fits));
  const patch = patchTrack(blobs);
  return { colour, to, look, turning: spun, fits, gain, upright: stands, rivals, patch, paint, endPaint };
}

/** Where the patch of colour is in each frame, its area as a disc's. */
function patchTrack(blobs: readonly (Blob | undefined)[]): Fit[] {
  const first = blobs.find((blob) => blob);
  let before: Fit = {
    x: first?.x ?? 0.5,
    y: first?.y ?? 0.5,
    radius: 0.1,
    angle: 0,
    gain: 0,
    visible: 1,
    explained: 0,
  };
  return blobs.map((blob) => {
    if (!blob || blob.pixels < 2) return (before = { ...before, explained: 0 });
    const radius = Math.sqrt(blob.area / Math.PI);
    return (before = { ...before, x: blob.x, y: blob.y, radius, visible: blob.touches ? 0.6 : 1, explained: 0.6 });
  });
}

interface Rated {
  readonly look: Look;
  readonly fits: Map<number, Fit>;
  gain: number; // over the key frames
}

/** Every look fitted into the key frames, best first. Those that are hopeless in the first key frame get no second chance. */
function rate(looks: readonly Look[], keys: readonly number[], fit: (look: Look, n: number) => Fit): Rated[] {
  let rated = looks.map((look): Rated => ({ look, fits: new Map(), gain: 0 }));
  const out: Rated[] = [];
  const sort = (): void => void rated.sort((a, b) => b.gain - a.gain);
  keys.forEach((n, i) => {
    for (const each of rated) {
      const found = fit(each.look, n);
      each.fits.set(n, found);
      each.gain += found.gain;
    }
    sort();
    if (i > 0) return;
    const hope = rated.filter(({ gain }, place) => place < 3 || gain > 0.7 * rated[0].gain);
    out.push(...rated.filter((each) => !hope.includes(each)));
    rated = hope;
  });
  return [...rated, ...out];
}

const angles = Array.from({ length: 16 }, (_, k) => (k * Math.PI) / 8);

/** Where a thing would be whose own-coloured part has a blob's middle and area. */
function startFrom(blob: Blob, look: Look, angle: number, radius?: number): FramePose {
  const { area, u, v } = momentsOf(look.thing);
  const r = radius ?? Math.sqrt(blob.area / area);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const side = look.mirror * u;
  return { x: blob.x - r * (side * cos - v * sin), y: blob.y - r * (side * sin + v * cos), radius: r, angle };
}

/** The same at several sizes: where edges mix colours, a thin thing's area is hard to count. */
function startsFrom(blob: Blob, look: Look, angle: number, shares: readonly number[]): FramePose[] {
  const radius = Math.sqrt(blob.area / momentsOf(look.thing).area);
  return shares.map((share) => startFrom(blob, look, angle, share * radius));
}

/** The best fit from the `tries` most promising starts, judged with soft edges as the fit begins. */
function fitBest(
  canvas: Canvas,
  n: number,
  look: Look,
  starts: readonly FramePose[],
  tries: number,
  options: FitOptions,
): Fit {
  const order = starts
    .map((start) => ({ start, gain: gainAt(canvas, n, look, start, options.soft) }))
    .sort((a, b) => b.gain - a.gain);
  return order
    .slice(0, tries)
    .map(({ start }) => fitPose(canvas, n, look, start, options))
    .reduce((a, b) => (b.gain > a.gain ? b : a));
}

/** The frame of each quarter of the clip in which most of it is seen; the clearest first. */
function keyFrames(blobs: readonly (Blob | undefined)[]): number[] {
  const keys: number[] = [];
  const parts = Math.min(4, blobs.length);
  for (let part = 0; part < parts; part++) {
    let best = -1;
    let most = 0;
    for (let n = Math.floor((part * blobs.length) / parts); n < Math.floor(((part + 1) * blobs.length) / parts); n++) {
      const blob = blobs[n];
      if (!blob || blob.pixels < 3) continue;
      const worth = blob.area * (blob.touches ? 0.5 : 1);
      if (worth > most) [best, most] = [n, worth];
    }
    if (best >= 0) keys.push(best);
  }
  const clear = (n: number): number => (blobs[n]?.area ?? 0) * (blobs[n]?.touches ? 0.5 : 1);
  return keys.sort((a, b) => clear(b) - clear(a));
}

/** The largest patch of connected pixels of one colour. Its area counts the half-covered pixels around it as well. */
function largestBlob(
  canvas: Canvas,
  labels: Int8Array,
  n: number,
  colour: number,
  paint: readonly number[],
): Blob | undefined {
  const { picture, base } = canvas;
  const { height, width, pixels } = picture;
  const plane = height * width;
  const owner = new Int32Array(plane);
  let [patches, best, most] = [0, 0, 0];
  const stack: number[] = [];
  for (let start = 0; start < plane; start++) {
    if (labels[n * plane + start] !== colour || owner[start]) continue;
    let size = 0;
    owner[start] = ++patches;
    stack.push(start);
    while (stack.length) {
      const at = stack.pop() as number;
      size++;
      const row = Math.floor(at / width);
      const column = at % width;
      for (let r = Math.max(0, row - 1); r <= Math.min(height - 1, row + 1); r++)
        for (let c = Math.max(0, column - 1); c <= Math.min(width - 1, column + 1); c++) {
          const next = r * width + c;
          if (owner[next] || labels[n * plane + next] !== colour) continue;
          owner[next] = patches;
          stack.push(next);
        }
    }
    if (size > most) [best, most] = [patches, size];
  }
  if (!best) return undefined;

  let [area, x, y, touches] = [0, 0, 0, false];
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      let near = owner[row * width + column] === best;
      if (near && (row === 0 || column === 0 || row === height - 1 || column === width - 1)) touches = true;
      for (let r = Math.max(0, row - 1); !near && r <= Math.min(height - 1, row + 1); r++)
        for (let c = Math.max(0, column - 1); !near && c <= Math.min(width - 1, column + 1); c++)
          near = owner[r * width + c] === best;
      if (!near) continue;
      const i = 3 * (n * plane + row * width + column);
      let [along, length, apart] = [0, 0, 0];
      for (let k = 0; k < 3; k++) {
        const [toward, gone] = [paint[k] - base[i + k], pixels[i + k] - base[i + k]];
        along += toward * gone;
        length += toward * toward;
      }
      const share = clamp(along / Math.max(1e-4, length));
      for (let k = 0; k < 3; k++) apart += (pixels[i + k] - base[i + k] - share * (paint[k] - base[i + k])) ** 2;
      if (apart > 0.06) continue;
      area += share;
      x += share * (column + 0.5);
      y += share * (row + 0.5);
    }
  if (area < 1) return undefined;
  const { left, top, unit } = picture.views[n];
  return { x: left + x / area / unit, y: top + y / area / unit, area: area / (unit * unit), pixels: most, touches };
}

/** From the clearest key frame to both ends of the clip, each frame starting from the last two and from its own patch. */
function follow(
  canvas: Canvas,
  look: Look,
  keys: ReadonlyMap<number, Fit>,
  blobs: readonly (Blob | undefined)[],
  turns: boolean,
  walled: boolean,
): Fit[] {
  const { height, width, views } = canvas.picture;
  const fits = new Array<Fit>(blobs.length);
  const [first] = [...keys.entries()].reduce((a, b) => (b[1].gain * b[1].visible > a[1].gain * a[1].visible ? b : a));
  fits[first] = keys.get(first) as Fit;
  const fit = (n: number, before: Fit, beforeThat: Fit | undefined): Fit => {
    const blob = blobs[n];
    const ahead = (key: keyof FramePose): number => before[key] + (beforeThat ? before[key] - beforeThat[key] : 0);
    const coming: FramePose = {
      x: ahead('x'),
      y: ahead('y'),
      radius: Math.max(1.2 / views[n].unit, ahead('radius')),
      angle: ahead('angle'),
    };
    const starts: FramePose[] = [coming, { ...before }];
    if (blob && blob.pixels >= 2) {
      starts.push(startFrom(blob, look, turns ? coming.angle : 0, coming.radius));
      if (!blob.touches) starts.push(startFrom(blob, look, turns ? before.angle : 0));
    }
    if (turns) for (const angle of [-0.5, -0.25, 0.25, 0.5]) starts.push({ ...before, angle: before.angle + angle });
    const known = keys.get(n);
    if (known) starts.push({ ...known });
    const edge = blob ? blob.touches : true;
    const result = fitBest(canvas, n, look, starts, 2, {
      turns,
      rounds: 5,
      soft: 1.5,
      keep: walled ? 30_000 : edge ? 3000 : 100,
    });
    if (result.gain > 0 && result.visible > 0.05) {
      if (turns) result.angle = before.angle + wrap(result.angle - before.angle);
      return result;
    }
    // Nothing there: it goes on as before, out of the picture or behind something.
    const { left, top, unit } = views[n];
    const out =
      coming.x < left - coming.radius ||
      coming.y < top - coming.radius ||
      coming.y > top + height / unit + coming.radius ||
      coming.x > left + width / unit + coming.radius;
    return { ...coming, gain: 0, visible: out ? 0 : result.visible, explained: 0 };
  };
  const bridge = (n: number): void => {
    // A sliver of it beside a wall explains itself well anywhere.
    const good = (k: number): boolean =>
      fits[k] !== undefined && fits[k].explained > 0.5 && (!walled || fits[k].visible > 0.25);
    let [before, after] = [n - 1, n + 1];
    while (before >= 0 && !good(before)) before--;
    while (after < fits.length && !good(after)) after++;
    if (before < 0 || after >= fits.length) return;
    // A cubic through the good frames on both sides: where it must have been while something hid it.
    const between = (key: keyof FramePose): number => {
      const [a, b, gap, at] = [fits[before][key], fits[after][key], after - before, (n - before) / (after - before)];
      const into = good(before - 1) ? (a - fits[before - 1][key]) * gap : b - a;
      const out = good(after + 1) ? (fits[after + 1][key] - b) * gap : b - a;
      return a + at * into + at * at * (3 * (b - a) - 2 * into - out) + at * at * at * (into + out - 2 * (b - a));
    };
    const start = {
      x: between('x'),
      y: between('y'),
      radius: Math.max(1.2 / views[n].unit, between('radius')),
      angle: between('angle'),
    };
    const found = fitPose(canvas, n, look, start, { turns, rounds: 5, soft: 1.5, keep: walled ? 30_000 : 3000 });
    const near = Math.hypot(found.x - start.x, found.y - start.y) < 0.5 * start.radius;
    if (near && found.gain > 0) fits[n] = found;
    else if (fits[n].explained < 0.2) fits[n] = { ...start, gain: 0, visible: found.visible, explained: 0 };
  };
  for (let n = first + 1; n < fits.length; n++) fits[n] = fit(n, fits[n - 1], n - 2 >= first ? fits[n - 2] : undefined);
  for (let n = first - 1; n >= 0; n--) fits[n] = fit(n, fits[n + 1], n + 2 < fits.length ? fits[n + 2] : undefined);
  const doubted = fits.map(({ explained, visible }) => explained < 0.5 || (walled && visible < 0.25));
  doubted.forEach((doubt, n) => doubt && bridge(n));
  return fits;
}

const wrap = (angle: number): number => angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));

/**
 * Mean colour of the pixels that a track paints in the thing's own colour, in some of the frames: of those that it covers
 * wholly, or, where a thin thing covers none, of those that it covers by half, what is behind taken out.
 */
function meanPaint(
  { picture, base, hidden }: Canvas,
  look: Look,
  fits: readonly Fit[],
  counts: (n: number) => boolean = () => true,
): [number, number, number] {
  const drawn = new Float32Array(picture.pixels.length);
  const cover = new Float32Array(picture.pixels.length / 3);
  const plane = picture.height * picture.width;
  fits.forEach((fit, n) => fit.explained > 0.2 && counts(n) && drawFit(picture, drawn, cover, n, look, fit));
  const mean = (least: number) => {
    const sums = [0, 0, 0];
    let count = 0;
    for (let i = 0; i < cover.length; i++) {
      const share = cover[i];
      if (share < least || hidden[i]) continue;
      const paints = look.turning?.[Math.floor(i / plane)] ?? look.paints;
      let apart = 0;
      for (let c = 0; c < 3; c++) apart += Math.abs(drawn[3 * i + c] - share * paints[c]);
      if (apart > 0.01) continue;
      count++;
      for (let c = 0; c < 3; c++) sums[c] += (picture.pixels[3 * i + c] - (1 - share) * base[3 * i + c]) / share;
    }
    return { count, paint: sums.map((sum) => (255 * sum) / Math.max(1, count)) as [number, number, number] };
  };
  let found = mean(0.999);
  for (const least of [0.9, 0.75, 0.6, 0.5]) if (found.count < 5) found = mean(least);
  return found.paint;
}
