/**
 * Segmentation: which pixels the backdrop does not explain, which colour of the palette they show, and the largest connected
 * patch of one colour in each frame.
 */
import { clamp } from '../world/arithmetic';
import { colours } from '../world/world';
import type { Canvas } from './canvas';
import { changes, mixed, palette, type Hue } from './colour';
import type { Fit } from './fit';

/** A patch of one colour in one frame. Places and lengths are in frame heights. */
export interface Blob {
  readonly x: number;
  readonly y: number;
  readonly area: number; // squared frame heights
  readonly pixels: number;
  readonly touches: boolean; // the edge of the picture
}

/** The squared error from which on the backdrop does not explain a pixel: 0.025, or 30 times the clip's own variance. */
const strange = (noise: number): number => Math.max(0.025, 30 * noise * noise);
/** A pixel farther than this (squared) from every colour of the palette shows none; orange and yellow, the nearest two, are 0.12 apart. */
const farthest = 0.09;
/** The same for a colour on its way to another, which has no neighbours to be told from. */
const farthestTurning = 0.05;
/** A pixel belongs to a patch if a mixture of its colour and what is behind leaves no larger error. */
const mostError = 0.06;

/** Index of the palette colour that a pixel shows where the base does not explain it, -1 elsewhere. Frames x height x width. */
export function nearestColours({ picture, baseError, hidden }: Canvas, noise: number): Int8Array {
  const labels = new Int8Array(baseError.length).fill(-1);
  const stranger = strange(noise);
  const { pixels } = picture;
  for (let i = 0, at = 0; i < labels.length; i++, at += 3) {
    if (baseError[i] < stranger || hidden[i]) continue;
    let least = farthest;
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

/** The same for the pixels that show the colour that a turning thing has in their own frame; all others are -1. */
export function turningLabels({ picture, baseError, hidden }: Canvas, noise: number, hue: Hue): Int8Array {
  const labels = new Int8Array(baseError.length).fill(-1);
  const stranger = strange(noise);
  const plane = picture.height * picture.width;
  changes(picture.frames).forEach((come, n) => {
    const paint = mixed(hue, come);
    for (let i = n * plane; i < (n + 1) * plane; i++) {
      if (baseError[i] < stranger || hidden[i]) continue;
      const apart = paint.reduce((sum, value, c) => sum + (picture.pixels[3 * i + c] - value) ** 2, 0);
      if (apart < farthestTurning) labels[i] = colours.indexOf(hue.colour);
    }
  });
  return labels;
}

/** The largest patch of connected pixels of one colour in frame n. Its area counts the half-covered pixels around it as well. */
export function largestBlob(
  canvas: Canvas,
  labels: Int8Array,
  n: number,
  colour: number,
  paint: readonly number[],
): Blob | undefined {
  const { height, width, views } = canvas.picture;
  const patch = largestPatch(labels.subarray(n * height * width, (n + 1) * height * width), height, width, colour);
  if (!patch) return undefined;
  const { owner, best, size } = patch;
  const mine = (row: number, column: number): boolean => owner[row * width + column] === best;
  let [area, x, y, touches] = [0, 0, 0, false];
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      if (mine(row, column) && (row === 0 || column === 0 || row === height - 1 || column === width - 1))
        touches = true;
      if (!anyNear(height, width, row, column, mine)) continue;
      const share = shareOf(canvas, n * height * width + row * width + column, paint);
      area += share;
      x += share * (column + 0.5);
      y += share * (row + 0.5);
    }
  if (area < 1) return undefined;
  const { left, top, unit } = views[n];
  return { x: left + x / area / unit, y: top + y / area / unit, area: area / (unit * unit), pixels: size, touches };
}

/** Connected pixels of a label in one frame, corners counted as neighbours: which patch owns each, and which is the largest. */
function largestPatch(labels: Int8Array, height: number, width: number, label: number) {
  const owner = new Int32Array(labels.length);
  let [patches, best, size] = [0, 0, 0];
  const stack: number[] = [];
  for (let start = 0; start < labels.length; start++) {
    if (labels[start] !== label || owner[start]) continue;
    let count = 0;
    owner[start] = ++patches;
    stack.push(start);
    while (stack.length) {
      const at = stack.pop() as number;
      count++;
      const row = Math.floor(at / width);
      const column = at % width;
      for (let r = Math.max(0, row - 1); r <= Math.min(height - 1, row + 1); r++)
        for (let c = Math.max(0, column - 1); c <= Math.min(width - 1, column + 1); c++) {
          const next = r * width + c;
          if (owner[next] || labels[next] !== label) continue;
          owner[next] = patches;
          stack.push(next);
        }
    }
    if (count > size) [best, size] = [patches, count];
  }
  return best ? { owner, best, size } : undefined;
}

/** Whether a pixel or one of its eight neighbours is one of those that are asked for. */
function anyNear(
  height: number,
  width: number,
  row: number,
  column: number,
  mine: (row: number, column: number) => boolean,
): boolean {
  for (let r = Math.max(0, row - 1); r <= Math.min(height - 1, row + 1); r++)
    for (let c = Math.max(0, column - 1); c <= Math.min(width - 1, column + 1); c++) if (mine(r, c)) return true;
  return false;
}

/** How far a colour covers pixel `i`, 0 .. 1; 0 where no mixture of it and what is behind explains the pixel. */
function shareOf({ picture: { pixels }, base }: Canvas, i: number, paint: readonly number[]): number {
  const at = 3 * i;
  let [along, length, apart] = [0, 0, 0];
  for (let c = 0; c < 3; c++) {
    const toward = paint[c] - base[at + c];
    along += toward * (pixels[at + c] - base[at + c]);
    length += toward * toward;
  }
  const share = clamp(along / Math.max(1e-4, length));
  for (let c = 0; c < 3; c++) apart += (pixels[at + c] - base[at + c] - share * (paint[c] - base[at + c])) ** 2;
  return apart > mostError ? 0 : share;
}

/** Where the patch of colour is in each frame, its area as a disc's; for what no thing explains. */
export function patchTrack(blobs: readonly (Blob | undefined)[]): Fit[] {
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

/** How much a frame shows of its patch: half where that is cut off. */
const clear = (blob: Blob | undefined): number => (blob ? blob.area * (blob.touches ? 0.5 : 1) : 0);

/** The frame of each quarter of the clip in which most of it is seen, in three pixels or more; the clearest first. */
export function keyFrames(blobs: readonly (Blob | undefined)[]): number[] {
  const keys: number[] = [];
  const parts = Math.min(4, blobs.length);
  for (let part = 0; part < parts; part++) {
    let [best, most] = [-1, 0];
    for (let n = Math.floor((part * blobs.length) / parts); n < Math.floor(((part + 1) * blobs.length) / parts); n++) {
      const blob = blobs[n];
      if (blob && blob.pixels >= 3 && clear(blob) > most) [best, most] = [n, clear(blob)];
    }
    if (best >= 0) keys.push(best);
  }
  return keys.sort((a, b) => clear(blobs[b]) - clear(blobs[a]));
}
