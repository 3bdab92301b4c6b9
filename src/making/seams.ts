/**
 * How well what was made up fits what was given: whether the network would have drawn the given pixels itself, and how large
 * the jump is where the two meet, beside the jumps within the same clip. Pure arithmetic on pixels; black to white is 1.
 */
import type { ClipShape } from '../sampling/types';

/** The jump at the places where given and made up meet, and the jumps elsewhere. */
export interface Seam {
  readonly seam: number; // the largest of them, root mean square over the pixels that meet
  readonly usual: number; // the middle one elsewhere
  readonly most: number; // the largest elsewhere
}

export interface Seams {
  readonly time: Seam | null; // from frame to frame; null where no frame borders on another kind, or there is nothing to compare with
  readonly space: Seam | null; // from pixel to pixel within a frame
}

/**
 * Whether nobody would see it: a jump in time that is no larger than the largest elsewhere in the clip, and an edge whose
 * neighbours differ by at most half as much again as those beside it.
 */
export function isSmooth({ seam, most }: Seam, where: keyof Seams): boolean {
  return seam <= (where === 'time' ? 1 : 1.5) * most;
}

/** mask: frames x height x width, anything but 0 was given. */
export function seamsOf(clip: Float32Array, mask: ArrayLike<number>, shape: ClipShape): Seams {
  return { time: inTime(clip, mask, shape), space: inSpace(clip, mask, shape) };
}

/**
 * Peak signal to noise ratio of given pixels in the network's own guess, in dB: black to white is 2, and `strayed` of
 * sampling/types.ts is the root mean square error.
 */
export function decibels(strayed: number): number {
  return 20 * Math.log10(2 / Math.max(strayed, 1e-6));
}

/** From each frame to the next, over the pixels that are given in one of them alone; beside the same pixels at the other changes of frame. */
function inTime(clip: Float32Array, mask: ArrayLike<number>, { frames, height, width }: ClipShape): Seam | null {
  const [plane, pixels] = [height * width, frames * height * width];
  const jump = (frame: number, at: readonly number[]): number => {
    let sum = 0;
    for (const pixel of at)
      for (let channel = 0; channel < 3; channel++) {
        const place = channel * pixels + frame * plane + pixel;
        sum += (clip[place + plane] - clip[place]) ** 2;
      }
    return Math.sqrt(sum / (3 * at.length)) / 2;
  };
  const meets = (frame: number): number[] => {
    const list: number[] = [];
    for (let pixel = 0; pixel < plane; pixel++)
      if (Boolean(mask[frame * plane + pixel]) !== Boolean(mask[(frame + 1) * plane + pixel])) list.push(pixel);
    return list;
  };
  const borders = Array.from({ length: frames - 1 }, (_, frame) => meets(frame));
  const at = borders.map((list, frame) => ({ list, frame })).filter(({ list }) => list.length > 0);
  const free = borders.flatMap((list, frame) => (list.length === 0 ? [frame] : []));
  if (at.length === 0 || free.length === 0) return null;
  const seams = at.map(({ list, frame }) => jump(frame, list));
  const others = at.flatMap(({ list }) => free.map((frame) => jump(frame, list)));
  return { seam: Math.max(...seams), usual: middle(others), most: Math.max(...others) };
}

/** From each pixel to its neighbour, over all pairs that a border runs between; beside the pairs next to them on either side. */
function inSpace(clip: Float32Array, mask: ArrayLike<number>, shape: ClipShape): Seam | null {
  const { frames, height, width } = shape;
  const pixels = frames * height * width;
  const [seam, others] = [new Sum(), [new Sum(), new Sum()]];
  const add = (sum: Sum, a: number, b: number): void => {
    for (let channel = 0; channel < 3; channel++) sum.add(clip[channel * pixels + a] - clip[channel * pixels + b]);
  };
  for (let pixel = 0; pixel < pixels; pixel++) {
    const [x, y] = [pixel % width, Math.floor(pixel / width) % height];
    for (const [place, size, step] of [[x, width, 1], [y, height, width]] as const) {
      if (place + 1 >= size || Boolean(mask[pixel]) === Boolean(mask[pixel + step])) continue;
      add(seam, pixel, pixel + step);
      if (place > 0) add(others[0], pixel - step, pixel);
      if (place + 2 < size) add(others[1], pixel + step, pixel + 2 * step);
    }
  } // prettier-ignore
  const beside = others.filter(({ count }) => count > 0).map(({ root }) => root);
  if (seam.count === 0 || beside.length === 0) return null;
  return { seam: seam.root, usual: middle(beside), most: Math.max(...beside) };
}

class Sum {
  count = 0;
  private squares = 0;

  add(difference: number): void {
    this.squares += difference ** 2;
    this.count++;
  }

  /** Root mean square, black to white is 1. */
  get root(): number {
    return this.count > 0 ? Math.sqrt(this.squares / this.count) / 2 : 0;
  }
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
