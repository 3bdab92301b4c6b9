/**
 * A backdrop that changes from frame to frame: the camera zooms, so that hills grow half as much as things and the sky not
 * at all, or day turns into night. Drawn a frame at a time; `backdrop.ts` has the quick way for a camera that stands or pans.
 */
import type { ClipShape } from '../sampling/types';
import { changed, zoomScale } from '../world/laws';
import { frameOf, paintBackdrop, rasterAt, sceneryOf, type Surface } from '../world/paint';
import type { Light } from '../world/world';
import type { Picture } from './picture';

export interface Change {
  readonly zoom: number; // 1: as the world's camera zooms in, -1: as it zooms out, 0: it stands
  readonly light: Light | null;
}

/** How much larger things look in each frame than half-way through, for a zoom of any strength. */
export const scalesOf = (zoom: number, frames: number): number[] =>
  Array.from({ length: frames }, (_, n) => zoomScale(zoom, n, frames));

/** Paints the backdrop of frame n, whose camera does not pan. */
export function paintChanging(
  surface: Surface,
  shape: ClipShape,
  setting: string,
  offset: number,
  { zoom, light }: Change,
  n: number,
): void {
  const scale = zoomScale(zoom, n, shape.frames);
  const scenery = sceneryOf(setting, light, light ? changed(n, shape.frames) : 0);
  paintBackdrop(surface, (depth) => rasterAt(shape, depth, 0, scale), scenery, offset);
}

/** Mean error over some frames, each pixel up to the limit, as a share of the limit; Infinity once it is above `most`. */
export function costOfChange(
  picture: Picture,
  setting: string,
  offset: number,
  change: Change,
  frames: readonly number[],
  limit: number,
  most = Infinity,
): number {
  const plane = 3 * picture.height * picture.width;
  const whole = (frames.length * plane * limit) / 3;
  const drawn = new Float32Array(plane);
  const surface = frameOf(drawn, 0, picture);
  const { pixels } = picture;
  let sum = 0;
  for (const n of frames) {
    paintChanging(surface, picture, setting, offset, change, n);
    for (let i = 0, from = n * plane; i < plane; i += 3, from += 3) {
      const error = (pixels[from] - drawn[i]) ** 2 + (pixels[from + 1] - drawn[i + 1]) ** 2 + (pixels[from + 2] - drawn[i + 2]) ** 2; // prettier-ignore
      sum += error < limit ? error : limit;
    }
    if (sum > most * whole) return Infinity;
  }
  return sum / whole;
}
