/**
 * PNG (https://www.w3.org/TR/png-3/): true colour written without alpha, so that nothing is ever multiplied by it, and read
 * back pixel by pixel; the packet stands in an iTXt chunk.
 *
 * Our own, because a canvas may round colours, and in some browsers changes them on purpose when it is read.
 */
import { big, hasText, joined, latin1, mostParts, readBig, textOf, UnreadableError, utf8 } from './bytes';
import { blank, type Picture } from './picture';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const keyword = 'XML:com.adobe.xmp';

/** Pixels that a picture may have which somebody opens; a poster has a third of them. */
const mostPixels = 32e6;
/** No byte of a zlib stream stands for more than these (RFC 1951: 258 bytes for two bits). */
const mostPerByte = 1032;

export const isPng = (bytes: Uint8Array): boolean => signature.every((byte, i) => bytes[i] === byte);

/** dots: for print, a metre. */
export async function writePng(picture: Picture, packet: string, dots?: number): Promise<Uint8Array<ArrayBuffer>> {
  const header = [...big(picture.width), ...big(picture.height), 8, 2, 0, 0, 0]; // 8 bits, true colour
  const physical = dots ? [chunk('pHYs', [...big(dots), ...big(dots), 1])] : [];
  const body = await through(new CompressionStream('deflate'), filtered(picture));
  const parts = [chunk('IHDR', header), chunk('sRGB', [0]), ...physical, textChunk(packet), chunk('IDAT', body)];
  return joined(signature, ...parts, chunk('IEND', []));
}

/** The same file with the packet; the bytes must be a PNG that has none. */
export function withPngPacket(bytes: Uint8Array, packet: string): Uint8Array<ArrayBuffer> {
  const end = signature.length + 12 + readBig(bytes, signature.length); // of IHDR
  return joined(bytes.subarray(0, end), textChunk(packet), bytes.subarray(end));
}

/** Undefined where there is none. */
export function pngPacket(bytes: Uint8Array): string | undefined {
  for (const { type, data } of chunksOf(bytes)) {
    if (type !== 'iTXt' || !hasText(data, 0, `${keyword}\0\0\0`)) continue; // not compressed
    let from = keyword.length + 3;
    for (let ends = 0; ends < 2 && from < data.length; from++) if (data[from] === 0) ends++; // language, translated keyword
    return textOf(data.subarray(from));
  }
  return undefined;
}

/** Throws UnreadableError for what it is not made for: interlaced, or other than 8 bits. */
export async function readPng(bytes: Uint8Array): Promise<Picture> {
  let header: Uint8Array | undefined;
  let palette: Uint8Array | undefined;
  const body: Uint8Array[] = [];
  for (const { type, data } of chunksOf(bytes)) {
    if (type === 'IHDR') header ??= data;
    else if (type === 'PLTE') palette = data;
    else if (type === 'IDAT') body.push(data);
  }
  if (header?.length !== 13) throw new UnreadableError('The picture has no header.');
  const [width, height] = [readBig(header, 0), readBig(header, 4)];
  const [bits, colours, , , interlaced] = header.subarray(8);
  const channels = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[colours];
  if (!channels || bits !== 8 || interlaced || (colours === 3 && !palette))
    throw new UnreadableError('The picture is packed in a way that is not read here.');
  if (!width || !height || width * height > mostPixels) throw new UnreadableError('The picture is too large.');
  const size = height * (1 + width * channels);
  const packed = joined(...body);
  if (size > mostPerByte * packed.length) throw new UnreadableError('The picture is cut off.'); // before there is room made
  const lines = await inflated(packed, size);
  return coloured(unfiltered(lines, width * channels, height, channels), { width, height }, colours, palette);
}

function chunk(type: string, data: Uint8Array | readonly number[]): Uint8Array {
  const named = joined(utf8(type), data);
  return joined(big(data.length), named, big(crc(named)));
}

const textChunk = (packet: string) => chunk('iTXt', joined(utf8(`${keyword}\0\0\0\0\0`), utf8(packet)));

function* chunksOf(bytes: Uint8Array): Generator<{ type: string; data: Uint8Array }> {
  if (!isPng(bytes)) return;
  let at = signature.length;
  for (let count = 0; count < mostParts; count++) {
    const length = readBig(bytes, at);
    if (Number.isNaN(length) || at + 12 + length > bytes.length) return;
    const type = latin1(bytes.subarray(at + 4, at + 8));
    yield { type, data: bytes.subarray(at + 8, at + 8 + length) };
    if (type === 'IEND') return;
    at += 12 + length;
  }
}

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = table[(value ^ byte) & 255] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

/** The byte that a filter predicts from the one to the left, the one above and the one above that (section 9.2). */
const filters: readonly ((left: number, up: number, corner: number) => number)[] = [
  () => 0,
  (left) => left,
  (_, up) => up,
  (left, up) => (left + up) >> 1,
  (left, up, corner) => {
    const [toLeft, toUp, toCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
    return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
  },
];

/** Each line with the filter that leaves the least of it, which is what the specification advises. */
function filtered({ width, height, rgba }: Picture): Uint8Array<ArrayBuffer> {
  const length = 3 * width;
  const all = new Uint8Array(height * (length + 1));
  let [line, above] = [new Uint8Array(length), new Uint8Array(length)];
  let [best, trial] = [new Uint8Array(length), new Uint8Array(length)];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) line.set(rgba.subarray(4 * (y * width + x), 4 * (y * width + x) + 3), 3 * x);
    let least = Infinity;
    for (const [kind, predict] of filters.entries()) {
      let sum = 0;
      for (let i = 0; i < length && sum < least; i++) {
        const left = i < 3 ? 0 : line[i - 3];
        const rest = (line[i] - predict(left, above[i], i < 3 ? 0 : above[i - 3])) & 255;
        trial[i] = rest;
        sum += rest < 128 ? rest : 256 - rest;
      }
      if (sum >= least) continue;
      least = sum;
      all[y * (length + 1)] = kind;
      [best, trial] = [trial, best];
    }
    all.set(best, y * (length + 1) + 1);
    [line, above] = [above, line];
  }
  return all;
}

/** lines: each its filter and `length` bytes. Returns the bytes alone. */
function unfiltered(lines: Uint8Array, length: number, height: number, step: number): Uint8Array {
  const bytes = new Uint8Array(length * height);
  for (let y = 0; y < height; y++) {
    const [from, to] = [y * (length + 1), y * length];
    const predict = filters[lines[from]];
    if (!predict) throw new UnreadableError('The picture is damaged.');
    for (let i = 0; i < length; i++) {
      const left = i < step ? 0 : bytes[to + i - step];
      const up = y === 0 ? 0 : bytes[to + i - length];
      bytes[to + i] = lines[from + 1 + i] + predict(left, up, i < step || y === 0 ? 0 : bytes[to + i - length - step]);
    }
  }
  return bytes;
}

/** colours: the header's kind: 0 grey, 2 true colour, 3 palette, 4 and 6 the first two with alpha, which is left out. */
function coloured(
  bytes: Uint8Array,
  { width, height }: Pick<Picture, 'width' | 'height'>,
  colours: number,
  palette: Uint8Array = new Uint8Array(),
): Picture {
  const picture = blank(width, height);
  const step = bytes.length / (width * height);
  for (let i = 0; i < width * height; i++)
    for (let channel = 0; channel < 3; channel++) {
      const own = bytes[step * i + (colours & 2 && colours !== 3 ? channel : 0)];
      picture.rgba[4 * i + channel] = colours === 3 ? (palette[3 * own + channel] ?? 0) : own;
    }
  return picture;
}

/** Exactly `size` bytes, however many a stream claims to hold. */
async function inflated(body: Uint8Array<ArrayBuffer>, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  let filled = 0;
  try {
    const stream = new Blob([body]).stream().pipeThrough(new DecompressionStream('deflate'));
    for (const reader = stream.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (filled + value.length > size) {
        await reader.cancel();
        throw new UnreadableError('The picture holds more than it says.');
      }
      bytes.set(value, filled);
      filled += value.length;
    }
  } catch (thrown) {
    throw thrown instanceof UnreadableError ? thrown : new UnreadableError('The picture is damaged.');
  }
  if (filled < size) throw new UnreadableError('The picture is cut off.');
  return bytes;
}

async function through(stream: CompressionStream, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}
