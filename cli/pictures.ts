/** Frames of a clip as pictures of every size; a film of them as a GIF, a run as a sheet in PNG: bytes for a file. */
import { PNG } from 'pngjs';
import { GifWriter } from '../src/export/gif';
import { withPngPacket } from '../src/export/png';
import type { ClipShape } from '../src/sampling/types';

/** One frame: 3 x height x width, -1 .. 1. */
export interface Picture {
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array;
}

const framesPerSecond = 8;
const gap = 2; // screen pixels between the cells of a sheet

/** The frames of a clip (3 x frames x height x width, -1 .. 1). */
export function framesOf(clip: Float32Array, { frames, height, width }: ClipShape): Picture[] {
  const plane = height * width;
  return Array.from({ length: frames }, (_, frame) => {
    const values = new Float32Array(3 * plane);
    for (let c = 0; c < 3; c++)
      values.set(clip.subarray((c * frames + frame) * plane, (c * frames + frame + 1) * plane), c * plane);
    return { height, width, values };
  });
}

/** A picture of that size whose pixel in channel c, row y and column x is what `at` says. */
function made(height: number, width: number, at: (c: number, y: number, x: number) => number): Picture {
  const values = new Float32Array(3 * height * width);
  for (let c = 0, i = 0; c < 3; c++)
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) values[i++] = at(c, y, x);
  return { height, width, values };
}

/** Each pixel a square of `times` x `times`: what a model drew, and nothing smoother. */
export function blocks({ height, width, values }: Picture, times: number): Picture {
  const from = (at: number): number => Math.floor(at / times);
  return made(height * times, width * times, (c, y, x) => values[(c * height + from(y)) * width + from(x)]);
}

/** Half as high and wide: each pixel is the mean of 2 x 2. Height and width are even. */
export function halved({ height, width, values }: Picture): Picture {
  return made(height / 2, width / 2, (c, y, x) => {
    const at = (c * height + 2 * y) * width + 2 * x;
    return (values[at] + values[at + 1] + values[at + width] + values[at + width + 1]) / 4;
  });
}

/** Twice as high and wide, smoothly: bilinear, pixels being squares, as PyTorch with align_corners=False. */
export function doubled({ height, width, values }: Picture): Picture {
  /** The nearer of two neighbours, which counts for three quarters, and the other. */
  const between = (at: number, size: number): [near: number, far: number] => {
    const near = at >> 1;
    return [near, Math.min(size - 1, Math.max(0, near + (at % 2 ? 1 : -1)))];
  };
  return made(2 * height, 2 * width, (c, y, x) => {
    const [[top, other], [left, right]] = [between(y, height), between(x, width)];
    const row = (at: number): number => {
      const line = (c * height + at) * width;
      return 0.75 * values[line + left] + 0.25 * values[line + right];
    };
    return 0.75 * row(top) + 0.25 * row(other);
  });
}

/** Red, green, blue, alpha of every pixel, 0 .. 255. */
function bytesOf({ height, width, values }: Picture): Uint8ClampedArray<ArrayBuffer> {
  const plane = height * width;
  const pixels = new Uint8ClampedArray(4 * plane).fill(255);
  for (let c = 0; c < 3; c++)
    for (let i = 0; i < plane; i++)
      pixels[4 * i + c] = Math.min(255, Math.max(0, Math.round((values[c * plane + i] + 1) * 127.5)));
  return pixels;
}

/** The film as a GIF that loops for ever, by the page's own maker. `packet`: what it says of itself (src/export/xmp.ts). */
export function gif(frames: readonly Picture[], packet: string): Uint8Array {
  const starts = Array.from({ length: frames.length + 1 }, (_, frame) => frame / framesPerSecond);
  const writer = new GifWriter(starts, packet);
  for (const frame of frames) writer.add({ width: frame.width, height: frame.height, rgba: bytesOf(frame) });
  return writer.end();
}

/** What was believed: frames across, denoising steps down. All cells are of one size. */
export function sheet(rows: readonly (readonly Picture[])[], packet: string): Uint8Array {
  const [{ height, width }] = rows[0];
  const png = new PNG({ width: rows[0].length * (width + gap) + gap, height: rows.length * (height + gap) + gap });
  for (let i = 3; i < png.data.length; i += 4) png.data[i] = 255; // black between the cells
  rows.forEach((cells, row) =>
    cells.forEach((cell, column) => {
      const pixels = bytesOf(cell);
      for (let y = 0; y < height; y++) {
        const at = ((gap + row * (height + gap) + y) * png.width + gap + column * (width + gap)) * 4;
        png.data.set(pixels.subarray(y * width * 4, (y + 1) * width * 4), at);
      }
    }),
  );
  return withPngPacket(PNG.sync.write(png), packet);
}
