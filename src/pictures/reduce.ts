/**
 * A large picture made small: each small pixel is the mean of the area that it covers, in linear light and weighed by how
 * opaque it is. Where the picture is the smaller one, its pixels become squares.
 *
 * Why means and no sharper filter: a picture is mostly ten or a hundred times as large as ours, where the mean of an area is
 * what a camera of so few pixels would see; a filter with negative parts (Lanczos) rings at the hard edges that drawings
 * have, in colours that are nowhere in them. Rows come in strips, so that no second copy of a large picture is held.
 */
import type { Size } from './types';

/** A part of a picture, in its pixels; what lies outside is transparent. */
export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/** As much as fills the shape, or all of it, with transparent stripes beside. */
export type Fit = 'fill' | 'whole';

/** The middle of a picture, in the proportions of the target. */
export function boxOf({ width, height }: Size, target: Size, fit: Fit): Box {
  const [across, down] = [width / target.width, height / target.height];
  const scale = fit === 'fill' ? Math.min(across, down) : Math.max(across, down);
  const box = { width: scale * target.width, height: scale * target.height };
  return { ...box, x: (width - box.width) / 2, y: (height - box.height) / 2 };
}

/** A picture that is transparent in parts: height x width x 4; red, green, blue in linear light times alpha, and alpha; 0 .. 1. */
export interface Reduced extends Size {
  readonly data: Float32Array;
}

const linearOf = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const table = Float32Array.from({ length: 256 }, (_, value) => linearOf(value / 255));

/** sRGB as a screen has it, 0 .. 1, in linear light, and back (IEC 61966-2-1). */
export const toLinear = (value: number): number => linearOf(value);
export const toScreen = (light: number): number =>
  light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;

/** How much of each of `count` pixels belongs to each of `parts` equal parts of the stretch from `start` on, `length` long. */
interface Shares {
  readonly first: Int32Array; // the first pixel of each part that counts
  readonly weights: readonly Float64Array[]; // of it and those after it; a whole part has 1
}

function sharesOf(count: number, start: number, length: number, parts: number): Shares {
  const step = length / parts;
  const first = new Int32Array(parts);
  const weights = Array.from({ length: parts }, (_, part) => {
    const [from, to] = [start + part * step, start + (part + 1) * step];
    const [low, high] = [Math.max(0, Math.floor(from)), Math.min(count, Math.ceil(to))];
    first[part] = low;
    return Float64Array.from({ length: Math.max(0, high - low) }, (_, i) =>
      Math.max(0, Math.min(to, low + i + 1) - Math.max(from, low + i)) / step,
    ); // prettier-ignore
  });
  return { first, weights };
}

/** Reduces one picture, whose rows come in order, from the first to the last that `rows` asks for. */
export class Reducer {
  /** The rows of the source that count: from the first, up to but not with the last. */
  readonly rows: readonly [from: number, to: number];
  private readonly across: Shares;
  private readonly down: Shares;
  private readonly sums: Float64Array;
  private readonly line: Float64Array;

  constructor(
    private readonly source: Size,
    private readonly target: Size,
    box: Box,
  ) {
    this.across = sharesOf(source.width, box.x, box.width, target.width);
    this.down = sharesOf(source.height, box.y, box.height, target.height);
    this.sums = new Float64Array(4 * target.width * target.height);
    this.line = new Float64Array(4 * target.width);
    this.rows = [Math.max(0, Math.floor(box.y)), Math.min(source.height, Math.ceil(box.y + box.height))];
  }

  /** rgba: whole rows of the source, `row` and the ones after it; 0 .. 255. */
  add(rgba: Uint8ClampedArray, row: number): void {
    const stride = 4 * this.source.width;
    for (let at = 0; at + stride <= rgba.length; at += stride, row++) {
      let reduced = false;
      for (let part = 0; part < this.target.height; part++) {
        const weight = this.down.weights[part][row - this.down.first[part]];
        if (!weight) continue;
        if (!reduced) this.reduceLine(rgba, at);
        reduced = true;
        const to = part * this.line.length;
        for (let i = 0; i < this.line.length; i++) this.sums[to + i] += weight * this.line[i];
      }
    }
  }

  get result(): Reduced {
    return { ...this.target, data: Float32Array.from(this.sums) };
  }

  private reduceLine(rgba: Uint8ClampedArray, at: number): void {
    const { first, weights } = this.across;
    for (let part = 0; part < this.target.width; part++) {
      let [red, green, blue, alpha] = [0, 0, 0, 0];
      const shares = weights[part];
      for (let i = 0, from = at + 4 * first[part]; i < shares.length; i++, from += 4) {
        const share = (shares[i] * rgba[from + 3]) / 255;
        red += share * table[rgba[from]];
        green += share * table[rgba[from + 1]];
        blue += share * table[rgba[from + 2]];
        alpha += share;
      }
      this.line.set([red, green, blue, alpha], 4 * part);
    }
  }
}

/** A whole picture at once. */
export function reduce(rgba: Uint8ClampedArray, source: Size, target: Size, fit: Fit): Reduced {
  const reducer = new Reducer(source, target, boxOf(source, target, fit));
  reducer.add(rgba, 0);
  return reducer.result;
}
