/** From a clip's numbers to pixels. Values -1 .. 1 become 0 .. 255; noise beyond that is cut off, as any screen does. */
import type { ClipShape } from '../sampling/types';

/**
 * Paints one frame of a clip (3 x frames x height x width) into an RGBA image that is `stride` pixels wide, with its
 * left upper corner at column `left`.
 */
export function paintFrame(
  rgba: Uint8ClampedArray,
  stride: number,
  left: number,
  clip: Float32Array,
  { frames, height, width }: ClipShape,
  frame: number,
): void {
  const plane = frames * height * width; // one colour channel
  const start = frame * height * width;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = start + y * width + x;
      const to = 4 * (y * stride + left + x);
      rgba[to] = 127.5 * (clip[from] + 1);
      rgba[to + 1] = 127.5 * (clip[plane + from] + 1);
      rgba[to + 2] = 127.5 * (clip[2 * plane + from] + 1);
      rgba[to + 3] = 255;
    }
  }
}
