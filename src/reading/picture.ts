/** A clip laid out for reading: frames x height x width x 3, black 0 to white 1. Checked here, once. */
import type { ClipShape } from '../sampling/types';
import { clamp } from '../world/arithmetic';
import type { Raster } from '../world/paint';
import { MeasureError } from './errors';

/** Which part of the scene a frame shows: x = left + (column + 1/2) / unit, y = top + (row + 1/2) / unit. */
export interface View {
  readonly left: number;
  readonly top: number;
  readonly unit: number; // pixels to a frame height, which is the shorter side of the clip
}

export interface Picture extends ClipShape {
  readonly pixels: Float32Array;
  readonly views: readonly View[]; // of each frame; all alike but for a camera that zooms
}

/** What a frame shows whose things look `scale` times as large: the middle stays where it is. */
function viewOf({ height, width }: ClipShape, scale = 1): View {
  const unit = Math.min(height, width) * scale;
  return { left: 0.5 - width / 2 / unit, top: 0.5 - height / 2 / unit, unit };
}

/** Where the pixels of frame n lie in the scene, as the world's painters need it. */
export function rasterOf({ height, width, views }: Picture, n: number): Raster {
  const { left, top, unit } = views[n];
  return {
    x: Float64Array.from({ length: width }, (_, column) => left + (column + 0.5) / unit),
    y: Float64Array.from({ length: height }, (_, row) => top + (row + 0.5) / unit),
    pixels: unit,
  };
}

/** The same pixels, seen through a camera by which things in frame n look `scales[n]` times as large. */
export const zoomed = (picture: Picture, scales: readonly number[]): Picture => ({
  ...picture,
  views: scales.map((scale) => viewOf(picture, scale)),
});

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
      pixels[i * 3 + c] = clamp((value + 1) / 2);
    }
  return { frames, height, width, pixels, views: steady({ frames, height, width }) };
}

const steady = (shape: ClipShape): View[] => new Array<View>(shape.frames).fill(viewOf(shape));

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
  const shape = { frames, height: rows, width: columns };
  return { ...shape, pixels, views: steady(shape) };
}
