/**
 * Given pixels as bytes, and back: a bit for each pixel of the clip, then the three colours of each given one as the difference
 * from the same place a frame earlier, or, where that is not given, from the one before it. Exact in the 256 levels of a picture.
 * What it is not: it packs nothing; equal bytes are what zlib is good at (file.ts).
 */
import type { Known } from '../sampling/run';
import type { ClipShape } from '../sampling/types';

export function countKnown({ mask }: Known): number {
  let count = 0;
  for (const isKnown of mask) if (isKnown) count++;
  return count;
}

/** Bytes of `count` given pixels in a clip of this shape. */
export function knownBytes(count: number, { frames, height, width }: ClipShape): number {
  return Math.ceil((frames * height * width) / 8) + 3 * count;
}

export function packKnown(known: Known, shape: ClipShape): Uint8Array {
  const { clip, mask } = known;
  const bytes = new Uint8Array(knownBytes(countKnown(known), shape));
  mask.forEach((isKnown, pixel) => {
    if (isKnown) bytes[pixel >> 3] |= 1 << (pixel & 7);
  });
  const levels = new Uint8Array(clip.length);
  let at = knownBytes(0, shape);
  eachKnown(mask, shape, (i, before) => {
    levels[i] = Math.min(255, Math.max(0, Math.round(127.5 * (clip[i] + 1))));
    bytes[at++] = levels[i] - (before === undefined ? 0 : levels[before]);
  });
  return bytes;
}

/** What the bytes say; where they are too few for what their bits claim, the rest is 0. */
export function unpackKnown(bytes: Uint8Array, shape: ClipShape): Known {
  const pixels = shape.frames * shape.height * shape.width;
  const mask = Uint8Array.from({ length: pixels }, (_, pixel) => (bytes[pixel >> 3] >> (pixel & 7)) & 1);
  const levels = new Uint8Array(3 * pixels);
  const clip = new Float32Array(3 * pixels);
  let at = knownBytes(0, shape);
  eachKnown(mask, shape, (i, before) => {
    levels[i] = (bytes[at++] ?? 0) + (before === undefined ? 0 : levels[before]);
    clip[i] = levels[i] / 127.5 - 1;
  });
  return { clip, mask };
}

/** The places of given pixels in all three colours, in order, each with the one that its byte is told from. */
function eachKnown(
  mask: Known['mask'],
  { height, width }: ClipShape,
  visit: (place: number, before: number | undefined) => void,
): void {
  const frame = height * width;
  let last: number | undefined;
  for (let i = 0; i < 3 * mask.length; i++) {
    const pixel = i % mask.length;
    if (!mask[pixel]) continue;
    visit(i, pixel >= frame && mask[pixel - frame] ? i - frame : last);
    last = i;
  }
}
