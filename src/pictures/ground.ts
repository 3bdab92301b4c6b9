/**
 * What lies under a picture where it is transparent, and under a drawing where nothing is drawn: a backdrop of the world, or
 * plain light or dark. Also how a picture becomes numbers for the model.
 */
import type { ClipShape } from '../sampling/types';
import { frameOf, paintBackdrop, rasterAt, sceneryOf } from '../world/paint';
import { settings, world } from '../world/world';
import { toLinear, toScreen, type Reduced } from './reduce';
import type { Size } from './types';

/** By name: the settings of the world, and two plain colours. */
export const grounds: readonly string[] = [...settings, 'light', 'dark'];

/** height x width x 3, as a screen has it, 0 .. 1. */
export function groundOf(name: string, { height, width }: Size): Float32Array {
  const pixels = new Float32Array(3 * height * width);
  if (settings.includes(name)) {
    const at = (depth: number) => rasterAt({ height, width }, depth);
    paintBackdrop(frameOf(pixels, 0, { height, width }), at, sceneryOf(name), 0);
  } else for (let i = 0; i < pixels.length; i++) pixels[i] = world.paints[name][i % 3] / 255;
  return pixels;
}

/** Whether anything of the ground would show. */
export const isTransparent = ({ data }: Reduced): boolean => data.some((value, i) => i % 4 === 3 && value < 0.999);

/** Pictures on a ground (height x width x 3), as a clip: 3 x pictures x height x width, -1 .. 1. */
export function clipOf(pictures: readonly Reduced[], ground: Float32Array): Float32Array {
  const [{ height, width }] = pictures;
  const plane = height * width;
  const clip = new Float32Array(3 * pictures.length * plane);
  const light = ground.map(toLinear);
  pictures.forEach(({ data }, n) => {
    for (let i = 0; i < plane; i++)
      for (let c = 0; c < 3; c++) {
        const value = data[4 * i + c] + (1 - data[4 * i + 3]) * light[3 * i + c];
        clip[(c * pictures.length + n) * plane + i] = 2 * Math.min(1, toScreen(value)) - 1;
      }
  });
  return clip;
}

/** A still as a clip in which nothing moves: 3 x 1 x height x width to 3 x frames x height x width. */
export function held(still: Float32Array, { frames, height, width }: ClipShape): Float32Array {
  const plane = height * width;
  const clip = new Float32Array(3 * frames * plane);
  for (let c = 0; c < 3; c++)
    for (let n = 0; n < frames; n++) clip.set(still.subarray(c * plane, (c + 1) * plane), (c * frames + n) * plane);
  return clip;
}
