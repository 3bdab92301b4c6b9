/** Clips as pictures that a page can hold: all frames of a clip beside each other, in one PNG, as a data address. */
import { PNG } from 'pngjs';
import type { ClipShape } from '../../../src/sampling/types';
import type { Folder } from '../../../src/evaluation';

/** bytes: 3 x frames x height x width, as in a folder. */
export function filmStrip(bytes: Uint8Array, { frames, height, width }: ClipShape): Buffer {
  const png = new PNG({ width: frames * width, height });
  const plane = height * width;
  for (let n = 0; n < frames; n++)
    for (let i = 0; i < plane; i++) {
      const to = 4 * (Math.floor(i / width) * frames * width + n * width + (i % width));
      for (let c = 0; c < 3; c++) png.data[to + c] = bytes[(c * frames + n) * plane + i];
      png.data[to + 3] = 255;
    }
  return PNG.sync.write(png, { colorType: 2, deflateLevel: 9 });
}

export function stripOf({ bytes, shape }: Pick<Folder, 'bytes' | 'shape'>, index: number): string {
  const size = 3 * shape.frames * shape.height * shape.width;
  return dataAddress(bytes.subarray(index * size, (index + 1) * size), shape);
}

/** The same for a render, 0 .. 1. */
export function stripOfRender(render: Float32Array, shape: ClipShape): string {
  return dataAddress(Uint8Array.from(render, (value) => Math.round(255 * value)), shape); // prettier-ignore
}

const dataAddress = (bytes: Uint8Array, shape: ClipShape): string =>
  `data:image/png;base64,${filmStrip(bytes, shape).toString('base64')}`;
