/** A clip laid out for reading: frames x height x width x 3, black 0 to white 1. Checked here, once. */
import type { ClipShape } from '../sampling/types';
import { MeasureError } from './errors';

export interface Picture extends ClipShape {
  readonly pixels: Float32Array;
}

const [smallest, largest, longest] = [16, 256, 256];

/** Throws MeasureError for a shape that no clip of ours has, for data of another length, and for numbers that are not finite. */
export function pictureOf(clip: Float32Array, { frames, height, width }: ClipShape): Picture {
  for (const [name, value, low, high] of [
    ['frames', frames, 1, longest],
    ['height', height, smallest, largest],
    ['width', width, smallest, largest],
  ] as const)
    // prettier-ignore
    if (!Number.isInteger(value) || value < low || value > high)
      throw new MeasureError(`the clip has ${value} for ${name}`, `give a whole number from ${low} to ${high}`);
  const plane = height * width;
  const size = 3 * frames * plane;
  if (!(clip instanceof Float32Array)) throw new MeasureError('the clip is no Float32Array', 'give its numbers as one');
  if (clip.length !== size)
    throw new MeasureError(
      `the clip holds ${clip.length} numbers where 3 x ${frames} x ${height} x ${width} = ${size} belong`,
      'give the shape that it was made with',
    );
  const pixels = new Float32Array(size);
  for (let c = 0; c < 3; c++)
    for (let i = 0, from = c * frames * plane; i < frames * plane; i++) {
      const value = clip[from + i];
      if (!Number.isFinite(value))
        throw new MeasureError(`the clip holds ${value}`, 'look for the step of the run where it first appears');
      pixels[i * 3 + c] = Math.min(1, Math.max(0, (value + 1) / 2));
    }
  return { frames, height, width, pixels };
}

/** A copy with squares of `factor` x `factor` pixels made one; rows and columns that fill no square are left out. */
export function reduced(picture: Picture, factor: number): Picture {
  if (factor <= 1) return picture;
  const { frames, height, width } = picture;
  const [rows, columns] = [Math.floor(height / factor), Math.floor(width / factor)];
  const pixels = new Float32Array(frames * rows * columns * 3);
  for (let n = 0; n < frames; n++)
    for (let row = 0; row < rows * factor; row++)
      for (let column = 0; column < columns * factor; column++) {
        const from = ((n * height + row) * width + column) * 3;
        const to = ((n * rows + Math.floor(row / factor)) * columns + Math.floor(column / factor)) * 3;
        for (let c = 0; c < 3; c++) pixels[to + c] += picture.pixels[from + c] / (factor * factor);
      }
  return { frames, height: rows, width: columns, pixels };
}
