/**
 * A PNG or GIF of this disk as a frame of the model, by the page's own room for pictures: its middle, each pixel the mean of the
 * area that it covers, on white. Of a GIF that moves the first frame.
 *
 * What it is not: it unpacks no JPEG; a browser does that for the page, and here is none.
 */
import { readFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { claimOf } from '../src/pictures/claim';
import { openGif } from '../src/pictures/gif';
import { clipOf } from '../src/pictures/ground';
import { reduce } from '../src/pictures/reduce';
import { PictureError, type Size } from '../src/pictures/types';
import { UsageError } from './usage';

/** 3 x height x width, -1 .. 1. Throws UsageError. */
export function readPicture(path: string, size: Size): Float32Array {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new UsageError(`cannot read ${path} (${(error as NodeJS.ErrnoException).code}): name a PNG picture`);
  }
  try {
    const { pixels, ...large } = unpacked(bytes);
    const white = new Float32Array(3 * size.height * size.width).fill(1);
    return clipOf([reduce(pixels, large, size, 'fill')], white);
  } catch (error) {
    if (error instanceof PictureError) throw new UsageError(`${path} can't be used: ${error.message}`);
    throw error;
  }
}

/** Red, green, blue, alpha of every pixel. Throws PictureError. */
function unpacked(bytes: Buffer): Size & { readonly pixels: Uint8ClampedArray } {
  const claim = claimOf(bytes);
  const { kind, width, height } = claim;
  if (kind === 'gif') {
    const gif = openGif(bytes);
    return { width: gif.width, height: gif.height, pixels: gif.screens(0).next().value! };
  }
  if (kind !== 'png') throw new PictureError('cannot', claim);
  try {
    return { width, height, pixels: new Uint8ClampedArray(PNG.sync.read(bytes).data) };
  } catch {
    throw new PictureError('damaged', claim);
  }
}
