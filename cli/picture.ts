/** A PNG of this disk as small as a frame of the model: the middle of it, each pixel the mean of the area that it covers. */
import { readFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { UsageError } from './usage';

/** More would only be waited for. */
const mostPixels = 64e6;

/** 3 x height x width, -1 .. 1; what is transparent lies on white. Throws UsageError. */
export function readPicture(path: string, size: { readonly height: number; readonly width: number }): Float32Array {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new UsageError(`cannot read ${path} (${(error as NodeJS.ErrnoException).code}): name a PNG picture`);
  }
  if (bytes.subarray(1, 4).toString('latin1') !== 'PNG')
    throw new UsageError(`${path} is no PNG picture, whatever its name: save it as one first`);
  // Width and height stand in the first chunk; a wrong claim shall not ask for the memory first.
  const claimed = bytes.length >= 24 ? bytes.readUInt32BE(16) * bytes.readUInt32BE(20) : 0;
  if (claimed > mostPixels)
    throw new UsageError(`${path} has ${Math.round(claimed / 1e6)} million pixels: make it smaller first`);
  let png: PNG;
  try {
    png = PNG.sync.read(bytes);
  } catch (error) {
    throw new UsageError(`${path} is damaged (${(error as Error).message}): save it again`);
  }
  return reduced(png, size);
}

function reduced(
  { width, height, data }: PNG,
  size: { readonly height: number; readonly width: number },
): Float32Array {
  const scale = Math.min(width / size.width, height / size.height);
  const [left, top] = [(width - scale * size.width) / 2, (height - scale * size.height) / 2];
  const across = sharesOf(size.width, left, scale, width);
  const down = sharesOf(size.height, top, scale, height);
  const plane = size.height * size.width;
  const picture = new Float32Array(3 * plane);
  for (let y = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++) {
      const light = [0, 0, 0];
      for (const [row, tall] of down[y])
        for (const [column, wide] of across[x]) {
          const at = 4 * (row * width + column);
          const alpha = data[at + 3] / 255;
          for (let c = 0; c < 3; c++) light[c] += tall * wide * (alpha * linear(data[at + c] / 255) + 1 - alpha);
        }
      light.forEach((value, c) => (picture[c * plane + y * size.width + x] = 2 * screen(value) - 1));
    }
  return picture;
}

/** Of each small pixel the large ones that it covers, and how much of it each is: 1 altogether. */
function sharesOf(count: number, from: number, scale: number, most: number): [pixel: number, share: number][][] {
  return Array.from({ length: count }, (_, i) => {
    const [start, end] = [from + i * scale, from + (i + 1) * scale];
    const shares: [number, number][] = [];
    for (let pixel = Math.floor(start); pixel < end && pixel < most; pixel++)
      shares.push([pixel, (Math.min(end, pixel + 1) - Math.max(start, pixel)) / scale]);
    return shares;
  });
}

/** sRGB to linear light and back (IEC 61966-2-1): means of what a screen shows are too dark. */
const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const screen = (light: number): number => (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055);
