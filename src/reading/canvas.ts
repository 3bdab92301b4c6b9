/** What things are drawn on and compared with: a picture, what stands behind, and where something is hidden. */
import type { Picture } from './picture';

/**
 * Squared colour error (black to white is 3) at which a pixel counts half: a stranger in front, or a slip of the model, does
 * not count for more than it is.
 */
export const saturation = 0.3;

/** An error that saturates (Geman & McClure 1985): 0 .. `saturation`. */
export const robust = (squared: number): number => squared / (1 + squared / saturation);

/** A pixel is hidden where something covers more than this share of it ... */
const leastCover = 0.1;
/** ... and what covers it explains it: orange and yellow, the palette's nearest two, are 0.12 apart (squared). */
const mostError = 0.06;

export interface Canvas {
  readonly picture: Picture;
  readonly base: Float32Array; // as picture.pixels: backdrop and other objects
  readonly baseError: Float32Array; // frames x height x width, squared error of the base
  readonly hidden: Uint8Array; // frames x height x width, 1 where something else covers and explains the pixel
}

/** `cover` (frames x height x width, 0 .. 1) says how far something other than the backdrop covers each pixel of `base`. */
export function canvasOf(picture: Picture, base: Float32Array, cover?: Float32Array): Canvas {
  const count = picture.frames * picture.height * picture.width;
  const [baseError, hidden] = [new Float32Array(count), new Uint8Array(count)];
  const { pixels } = picture;
  for (let i = 0, at = 0; i < count; i++, at += 3) {
    const r = pixels[at] - base[at];
    const g = pixels[at + 1] - base[at + 1];
    const b = pixels[at + 2] - base[at + 2];
    baseError[i] = r * r + g * g + b * b;
    if (cover && cover[i] > leastCover && baseError[i] < mostError) hidden[i] = 1;
  }
  return { picture, base, baseError, hidden };
}
