/** Small picture files made byte by byte, for tests only, in Node and in browsers: whole ones, of which tests spoil one thing each. */
import { GifWriter } from 'omggif';

export const joined = (...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};
export const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
export const big16 = (value: number): number[] => [(value >>> 8) & 255, value & 255];
export const big32 = (value: number): number[] => [...big16(value >>> 16), ...big16(value & 65535)];
export const little16 = (value: number): number[] => [value & 255, (value >>> 8) & 255];
export const little24 = (value: number): number[] => [...little16(value & 65535), (value >>> 16) & 255];
export const little32 = (value: number): number[] => [...little16(value & 65535), ...little16(value >>> 16)];

/** One chunk of a PNG, with zeros for its checksum. */
export const chunk = (name: string, data: readonly number[] = []): number[] => [...big32(data.length), ...ascii(name), ...data, 0, 0, 0, 0]; // prettier-ignore

/** The skeleton of a PNG: what a header says, without a picture. */
export const pngSkeleton = (width: number, height: number, chunks: readonly (readonly number[])[] = [chunk('IDAT')]): Uint8Array<ArrayBuffer> =>
  joined([0x89, ...ascii('PNG\r\n\x1a\n')], chunk('IHDR', [...big32(width), ...big32(height), 8, 6, 0, 0, 0]), ...chunks, chunk('IEND')); // prettier-ignore

const segment = (marker: number, data: readonly number[]): number[] => [
  0xff,
  marker,
  ...big16(data.length + 2),
  ...data,
];

/** The skeleton of a JPEG: a camera's note, the frame, a scan and the end. */
export const jpegSkeleton = (width: number, height: number, { parts = 3, end = true, frame = 0xc0 } = {}): Uint8Array<ArrayBuffer> =>
  joined(
    [0xff, 0xd8],
    segment(0xe1, [...ascii('Exif\0\0'), 0xff, 0xd9]), // the end of a thumbnail is not the end
    [0xff], // filling
    segment(frame, [8, ...big16(height), ...big16(width), parts, ...Array<number>(3 * parts).fill(1)]),
    segment(0xda, [parts, ...Array<number>(2 * parts + 3).fill(0)]),
    [1, 2, 3, 0xff, 0x00, 0xd9, 4],
    end ? [0xff, 0xd9] : [],
  ); // prettier-ignore

const riff = (name: string, data: readonly number[]): Uint8Array<ArrayBuffer> =>
  joined(ascii('RIFF'), little32(12 + data.length), ascii('WEBP'), ascii(name), little32(data.length), data);

export const webp = {
  lossy: (width: number, height: number) =>
    riff('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, ...little16(width), ...little16(height), 0, 0]),
  lossless: (width: number, height: number) => riff('VP8L', [0x2f, ...little32(width - 1 + 16384 * (height - 1)), 0]),
  extended: (width: number, height: number, flags = 0) =>
    riff('VP8X', [flags, 0, 0, 0, ...little24(width - 1), ...little24(height - 1)]),
};

/** A real one, of one colour. */
export function bmp(width: number, height: number): Uint8Array<ArrayBuffer> {
  const row = 4 * Math.ceil((3 * width) / 4);
  const size = 54 + row * Math.abs(height);
  const header = [...little32(40), ...little32(width), ...little32(height), ...little16(1), ...little16(24), ...Array<number>(24).fill(0)]; // prettier-ignore
  return joined(ascii('BM'), little32(size), [0, 0, 0, 0], little32(54), header, new Uint8Array(size - 54).fill(90));
}

const isoBox = (name: string, data: readonly number[]): number[] => [
  ...big32(8 + data.length),
  ...ascii(name),
  ...data,
];

/** The skeleton of an AVIF, or of another file of its family. */
export const iso = (brands: readonly string[], width = 40, height = 30): Uint8Array<ArrayBuffer> =>
  joined(
    isoBox('ftyp', [...ascii(brands[0]), 0, 0, 0, 0, ...brands.slice(1).flatMap(ascii)]),
    isoBox('meta', isoBox('ispe', [0, 0, 0, 0, ...big32(width), ...big32(height)])),
    isoBox('mdat', [1, 2, 3]),
  );

export interface GifFrame {
  readonly pixels: readonly number[]; // of the palette
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
  readonly delay?: number; // hundredths of a second
  readonly disposal?: number;
  readonly transparent?: number;
}

export const palette = [0x000000, 0xff0000, 0x00ff00, 0x0000ff];

/** A real one. */
export function gif(width: number, height: number, frames: readonly GifFrame[]): Uint8Array<ArrayBuffer> {
  const buffer = new Uint8Array(2000 + 20 * width * height * frames.length);
  const writer = new GifWriter(buffer, width, height, { loop: 0, palette });
  for (const { pixels, x = 0, y = 0, width: w = width, height: h = height, ...options } of frames)
    writer.addFrame(x, y, w, h, [...pixels], options);
  return buffer.slice(0, writer.end());
}

/** One frame whose codes are given: [code, bits] each, for pixels of two bits. */
export function gifOfCodes(width: number, height: number, codes: readonly (readonly [number, number])[]): Uint8Array<ArrayBuffer> {
  const data: number[] = [];
  let [held, count] = [0, 0];
  for (const [code, bits] of codes) {
    held |= code << count;
    for (count += bits; count >= 8; count -= 8, held >>= 8) data.push(held & 255);
  }
  data.push(held & 255);
  return joined(
    ascii('GIF89a'), little16(width), little16(height), [0x81, 0, 0], palette.flatMap((rgb) => [rgb >> 16, (rgb >> 8) & 255, rgb & 255]),
    [0x2c, 0, 0, 0, 0], little16(width), little16(height), [0, 2, data.length, ...data, 0, 0x3b],
  );
} // prettier-ignore
