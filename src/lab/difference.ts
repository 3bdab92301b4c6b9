/** What differs between two clips of one shape: as a picture to look at, and as the few numbers of a sentence. */
import type { ClipShape } from '../sampling/types';
import type { Show } from '../settings/settings';
import { clipAt, noiseLeft, type Run } from '../app/state';
import { rowAlike } from './rows';
import { distance } from './trajectory';

export type Place = 'top' | 'bottom' | 'left' | 'right' | 'middle' | 'all over';

export interface Difference {
  /** Root mean square over all numbers; black against white is 2. */
  readonly rms: number;
  /** Share of the clip's pixels that differ so much that one sees it, 0 .. 1. */
  readonly share: number;
  /** The frame that differs most, 0-based. */
  readonly frame: number;
  /** Where most of what one sees lies. */
  readonly place: Place;
}

/** A tenth of the way from black to white, in any colour. */
const visible = 0.2;

/** Two clips that differ in less than this share of their pixels count as alike. */
const apart = 0.005;

/** Of the mean of the three colours: light where the clips differ, black where they agree. Values -1 .. 1, like a clip. */
export function differenceClip(a: Float32Array, b: Float32Array, shape: ClipShape): Float32Array {
  const plane = shape.frames * shape.height * shape.width;
  const clip = new Float32Array(3 * plane);
  for (let i = 0; i < plane; i++) {
    const light = gap(a, b, plane, i) - 1; // 0 .. 2 becomes -1 .. 1
    for (let channel = 0; channel < 3; channel++) clip[channel * plane + i] = light;
  }
  return clip;
}

export function difference(a: Float32Array, b: Float32Array, { frames, height, width }: ClipShape): Difference {
  const plane = frames * height * width;
  const byFrame = new Float64Array(frames);
  const parts = { middle: 0, top: 0, bottom: 0, left: 0, right: 0 };
  let seen = 0;
  for (let i = 0; i < plane; i++) {
    if (gap(a, b, plane, i) <= visible) continue;
    seen++;
    byFrame[Math.floor(i / (height * width))]++;
    const line = ((Math.floor(i / width) % height) + 0.5) / height;
    const column = ((i % width) + 0.5) / width;
    if (Math.max(Math.abs(line - 0.5), Math.abs(column - 0.5)) < 0.25) parts.middle++;
    parts[line < 0.5 ? 'top' : 'bottom']++;
    parts[column < 0.5 ? 'left' : 'right']++;
  }
  const [place, most] = (Object.entries(parts) as [Place, number][]).sort((p, q) => q[1] - p[1])[0];
  return {
    rms: distance(a, b),
    share: seen / plane,
    frame: byFrame.indexOf(Math.max(...byFrame)),
    place: parts.middle > 0.5 * seen ? 'middle' : most > 0.65 * seen ? place : 'all over',
  };
}

/** The first row of a run in which one sees that the other differs, or null where they stay alike. */
export function firstDifference(run: Run, other: Run, show: Show): number | null {
  for (let row = 0; row <= run.steps.length; row++) {
    const own = clipAt(run, row, show);
    const its = clipAt(other, rowAlike(other, noiseLeft(run, row)), show);
    if (own && its && difference(own, its, run.shape).share >= apart) return row;
  }
  return null;
}

/** Largest difference of the three colours at a pixel, 0 .. 2. */
function gap(a: Float32Array, b: Float32Array, plane: number, i: number): number {
  const at = (channel: number) => Math.abs(shown(a[channel * plane + i]) - shown(b[channel * plane + i]));
  return Math.max(at(0), at(1), at(2));
}

function shown(value: number): number {
  return Math.min(1, Math.max(-1, value));
}
