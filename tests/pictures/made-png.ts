/** A real PNG, for tests in Node. */
import { PNG } from 'pngjs';

type Rgba = readonly [number, number, number, number];

export function png(
  width: number,
  height: number,
  at: (x: number, y: number) => Rgba = () => [200, 100, 50, 255],
): Uint8Array<ArrayBuffer> {
  const picture = new PNG({ width, height });
  for (let i = 0; i < width * height; i++) picture.data.set(at(i % width, Math.floor(i / width)), 4 * i);
  return new Uint8Array(PNG.sync.write(picture));
}
