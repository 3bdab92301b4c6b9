/**
 * What the headers of the formats say: size, frames, colours, and whether the file is whole. Each walks its file's own
 * skeleton (chunks, segments, boxes) and unpacks nothing.
 */
import { type Bytes } from './bytes';
import type { Claim, Kind, Size } from './types';

type Header = Omit<Claim, 'kind'>;

/** https://www.w3.org/TR/png-3/#5DataRep: chunks of length, name, data and checksum. `acTL` before the data: it is animated. */
function png(bytes: Bytes): Header {
  if (bytes.u32(8) !== 13 || bytes.name(12) !== 'IHDR') bytes.fail('damaged');
  const size = { width: bytes.u32(16), height: bytes.u32(20) };
  let [animated, data] = [false, false];
  for (let at = 8; ; at += 12 + bytes.u32(at)) {
    const name = bytes.name(at + 4);
    if (name === 'acTL' && !data) animated = true;
    if (name === 'IDAT') data = true;
    if (name !== 'IEND') continue;
    bytes.u32(at + 8); // its checksum is there, too
    if (!data) bytes.fail('damaged');
    return { ...size, animated, print: false };
  }
}

/** Frames of a JPEG begin with SOF0 .. SOF15; in that range DHT, JPG and DAC are something else. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** ITU-T T.81, annex B: segments up to the first scan, and after that the mark of the end, which no picture's data contains. */
function jpeg(bytes: Bytes): Header {
  let frame: (Size & { readonly parts: number }) | undefined;
  for (let at = 2; ;) {
    if (bytes.u8(at) !== 0xff) bytes.fail('damaged');
    const marker = bytes.u8(at + 1);
    if (marker === 0xff)
      at += 1; // filling
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8))
      at += 2; // markers that stand alone
    else if (marker === 0xda) {
      if (!frame) bytes.fail('damaged');
      if (!endsAfter(bytes.data, at)) bytes.fail('cut');
      return { width: frame.width, height: frame.height, animated: false, print: frame.parts === 4 };
    } else {
      const length = bytes.u16(at + 2);
      if (length < 2 || marker < 0xc0) bytes.fail('damaged');
      if (isFrame(marker)) frame = { height: bytes.u16(at + 5), width: bytes.u16(at + 7), parts: bytes.u8(at + 9) };
      at += 2 + length;
    }
  }
}

/** From behind: telephones append films and more after a picture. */
function endsAfter(data: Uint8Array, start: number): boolean {
  for (let at = data.lastIndexOf(0xd9); at > start; at = data.lastIndexOf(0xd9, at - 1))
    if (data[at - 1] === 0xff) return true;
  return false;
}

/** https://www.w3.org/Graphics/GIF/spec-gif89a.txt: the screen. Its frames are read by gif.ts. */
function gif(bytes: Bytes): Header {
  return { width: bytes.little16(6), height: bytes.little16(8), animated: false, print: false };
}

/** https://developers.google.com/speed/webp/docs/riff_container: plain, lossless, or extended with a canvas of its own. */
function webp(bytes: Bytes): Header {
  const still = { animated: false, print: false };
  if (8 + bytes.little32(4) > bytes.length) bytes.fail('cut');
  switch (bytes.name(12)) {
    case 'VP8 ':
      if (bytes.little24(23) !== 0x2a019d) bytes.fail('damaged');
      return { width: bytes.little16(26) & 0x3fff, height: bytes.little16(28) & 0x3fff, ...still };
    case 'VP8L': {
      if (bytes.u8(20) !== 0x2f) bytes.fail('damaged');
      const sides = bytes.little32(21); // 14 bits each, less one
      return { width: (sides & 0x3fff) + 1, height: ((sides >>> 14) & 0x3fff) + 1, ...still };
    }
    case 'VP8X':
      return {
        width: bytes.little24(24) + 1,
        height: bytes.little24(27) + 1,
        animated: (bytes.u8(20) & 2) !== 0,
        print: false,
      };
    default:
      return bytes.fail('damaged');
  }
}

/** Windows' own: a negative height says that the first row comes first. */
function bmp(bytes: Bytes): Header {
  const old = bytes.little32(14) === 12; // of OS/2
  const width = old ? bytes.little16(18) : bytes.littleInt32(18);
  const height = old ? bytes.little16(20) : Math.abs(bytes.littleInt32(22));
  if (bytes.little32(10) >= bytes.length || bytes.little32(2) > bytes.length) bytes.fail('cut');
  return { width, height, animated: false, print: false };
}

/** Where the size of an AVIF may stand. */
const searched = 65536;

/** ISO/IEC 23008-12: boxes of length and name. The size stands in `ispe`, once for each picture in it; the largest counts. */
function avif(bytes: Bytes): Header {
  for (let at = 0; at < bytes.length;) {
    const length = bytes.u32(at);
    if (length === 0) break; // up to the end
    const whole = length === 1 ? 2 ** 32 * bytes.u32(at + 8) + bytes.u32(at + 12) : length;
    if (whole < 8) bytes.fail('damaged');
    at += whole;
    if (at > bytes.length) bytes.fail('cut');
  }
  let size: Size = { width: 0, height: 0 };
  for (let at = 0; at < Math.min(searched, bytes.length - 16); at++) {
    if (bytes.data[at] !== 0x69 || bytes.name(at) !== 'ispe') continue;
    const each = { width: bytes.u32(at + 8), height: bytes.u32(at + 12) };
    if (each.width * each.height > size.width * size.height) size = each;
  }
  return { ...size, animated: bytes.name(8) === 'avis', print: false };
}

export const headers: Readonly<Record<Kind, (bytes: Bytes) => Header>> = { png, jpeg, gif, webp, avif, bmp };
