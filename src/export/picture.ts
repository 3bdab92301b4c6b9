/**
 * Pictures as bytes, and how they come to the size of a file: crisp, each pixel a square, or smooth; smaller by means.
 *
 * What it is not: no canvas. The same numbers come out on every machine, which is what a check of a file lives on.
 */
import type { ClipShape } from '../sampling/types';

/** Red, green, blue, alpha of every pixel, row by row, 0 .. 255; alpha is 255 everywhere. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** A film that was read: its pictures come one by one, each good until the next. */
export interface Moving {
  readonly width: number;
  readonly height: number;
  readonly count: number;
  readonly last: number; // seconds at which the last one comes; how long that stays, a WebM does not say
  pictures(): AsyncIterable<Picture>;
}

/** A picture of one colour, black where none is given. */
export function blank(width: number, height: number, [red, green, blue] = [0, 0, 0]): Picture {
  const rgba = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < rgba.length; i += 4) rgba.set([red, green, blue, 255], i);
  return { width, height, rgba };
}

/** One frame of a clip (3 x frames x height x width); -1 .. 1 becomes 0 .. 255, and what lies beyond is cut off. */
export function frameOf(clip: Float32Array, { frames, height, width }: ClipShape, frame: number): Picture {
  const plane = height * width;
  const picture = blank(width, height);
  for (let channel = 0; channel < 3; channel++) {
    const from = (channel * frames + frame) * plane;
    for (let i = 0; i < plane; i++) picture.rgba[4 * i + channel] = 127.5 * (clip[from + i] + 1);
  }
  return picture;
}

/** Puts a picture into a larger one, its left upper corner at column x, row y. */
export function put(into: Picture, picture: Picture, x: number, y: number): void {
  const line = 4 * picture.width;
  for (let row = 0; row < picture.height; row++)
    into.rgba.set(picture.rgba.subarray(row * line, (row + 1) * line), 4 * ((y + row) * into.width + x));
}

/**
 * A frame of a clip of that shape, or what the decoder drew of it, about `size` pixels on its longer side: 1, 2 or a multiple
 * of 4 times the clip's own, so that both come out alike. 32 comes to 64, 128, 256, 512 and 1024 exactly.
 */
export function fitted(
  picture: Picture,
  { height, width }: Pick<ClipShape, 'height' | 'width'>,
  size: number,
  smooth: boolean,
): Picture {
  const ratio = size / Math.max(height, width);
  const times = ratio < 1.5 ? 1 : ratio < 3 ? 2 : 4 * Math.max(1, Math.round(ratio / 4));
  const enlarge = (times * width) / picture.width;
  if (enlarge < 1) return reduced(picture, Math.round(1 / enlarge));
  return smooth ? smoothed(picture, Math.round(enlarge)) : blocks(picture, Math.round(enlarge));
}

/** Each pixel a square of `times` x `times`. */
function blocks(picture: Picture, times: number): Picture {
  if (times === 1) return picture;
  const from = new Uint32Array(picture.rgba.buffer);
  const large = blank(picture.width * times, picture.height * times);
  const to = new Uint32Array(large.rgba.buffer);
  for (let y = 0; y < large.height; y++) {
    const line = Math.floor(y / times) * picture.width;
    for (let x = 0; x < large.width; x++) to[y * large.width + x] = from[line + Math.floor(x / times)];
  }
  return large;
}

/** Bilinear, pixels being squares: PyTorch's align_corners=False. */
function smoothed(picture: Picture, times: number): Picture {
  if (times === 1) return picture;
  const large = blank(picture.width * times, picture.height * times);
  const [across, down] = [between(picture.width, times), between(picture.height, times)];
  const { rgba } = picture;
  for (let y = 0; y < large.height; y++) {
    const [top, bottom, low] = [down.first[y] * picture.width, down.second[y] * picture.width, down.share[y]];
    for (let x = 0; x < large.width; x++) {
      const [left, right, far] = [across.first[x], across.second[x], across.share[x]];
      for (let channel = 0; channel < 3; channel++) {
        const at = (pixel: number) => rgba[4 * pixel + channel];
        const upper = at(top + left) + far * (at(top + right) - at(top + left));
        const lower = at(bottom + left) + far * (at(bottom + right) - at(bottom + left));
        large.rgba[4 * (y * large.width + x) + channel] = upper + low * (lower - upper);
      }
    }
  }
  return large;
}

/** For each place along an enlarged side: the two pixels that it lies between, and the share of the second. */
function between(size: number, times: number) {
  const places = Array.from({ length: size * times }, (_, place) =>
    Math.min(size - 1, Math.max(0, (place + 0.5) / times - 0.5)),
  );
  const first = places.map(Math.floor);
  return { first, second: first.map((pixel) => Math.min(size - 1, pixel + 1)), share: places.map((place, i) => place - first[i]) }; // prettier-ignore
}

/** Each pixel the mean of `by` x `by`. */
function reduced(picture: Picture, by: number): Picture {
  if (by === 1) return picture;
  const small = blank(picture.width / by, picture.height / by);
  for (let y = 0; y < small.height; y++)
    for (let x = 0; x < small.width; x++)
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let dy = 0; dy < by; dy++)
          for (let dx = 0; dx < by; dx++)
            sum += picture.rgba[4 * ((y * by + dy) * picture.width + x * by + dx) + channel];
        small.rgba[4 * (y * small.width + x) + channel] = sum / (by * by);
      }
  return small;
}
