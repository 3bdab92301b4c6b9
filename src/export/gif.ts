/**
 * GIF (https://www.w3.org/Graphics/GIF/spec-gif89a.txt): the film with a palette for each of its frames, without dithering,
 * which would flicker and make the file larger; page and terminal write it by this. The packet stands in an application
 * extension, as XMP Specification Part 3 says. `gifenc` packs the pixels, lzw.ts unpacks them.
 */
import * as gifencModule from 'gifenc';
import { hasText, joined, mostParts, textOf, UnreadableError, utf8 } from './bytes';
import { unpacked } from './lzw';
import { blank, type Moving, type Picture } from './picture';

/** Bundlers see its named exports, Node the one object that holds them. */
const gifenc = 'GIFEncoder' in gifencModule ? gifencModule : (gifencModule as { default: typeof gifencModule }).default;

const application = 'XMP DataXMP';
const trailer = 0x3b;
/** Whoever reads the packet as blocks lands somewhere in these, and each of them leads to the end. */
const landing = Uint8Array.from({ length: 258 }, (_, i) => (i === 0 ? 1 : i === 257 ? 0 : 256 - i));

/** Of a file that somebody opens: a film of ours has at most a tenth of either. */
const [mostPixels, mostFrames] = [4.2e6, 2000];
/** Of all its frames together: some seconds of unpacking. */
const mostAltogether = 1e9;

export const isGif = (bytes: Uint8Array): boolean => hasText(bytes, 0, 'GIF89a') || hasText(bytes, 0, 'GIF87a');

/** Hundredths of a second that picture n is shown, which is all that a GIF knows: what one lacks the next one gets. */
export function hundredthsOf(starts: readonly number[], n: number): number {
  const at = (index: number) => Math.round(100 * starts[index]);
  return at(n + 1) - at(n);
}

/** Choosing a palette takes time by the square of the shades: of noise, drawn smoothly, five seconds of a core for each picture. */
const mostShades = 6000;

/** How many of 5, 6 and 5 bits, which is how finely a palette is chosen. */
function shadesOf(rgba: Uint8ClampedArray): number {
  const seen = new Uint8Array(65_536);
  let count = 0;
  for (let i = 0; i < rgba.length; i += 4) {
    const shade = ((rgba[i] >> 3) << 11) | ((rgba[i + 1] >> 2) << 5) | (rgba[i + 2] >> 3);
    if (seen[shade] === 0) count++;
    seen[shade] = 1;
  }
  return count;
}

/** A film that loops for ever. `starts`: seconds at which each picture comes, and one more for the end. */
export class GifWriter {
  private readonly encoder = gifenc.GIFEncoder();
  private count = 0;

  constructor(
    private readonly starts: readonly number[],
    private readonly packet: string,
  ) {}

  add({ rgba, width, height }: Picture): void {
    const palette = gifenc.quantize(rgba, 256, { format: shadesOf(rgba) > mostShades ? 'rgb444' : 'rgb565' });
    const delay = 10 * hundredthsOf(this.starts, this.count++);
    this.encoder.writeFrame(gifenc.applyPalette(rgba, palette), width, height, { palette, delay });
  }

  end(): Uint8Array<ArrayBuffer> {
    this.encoder.finish();
    return withGifPacket(this.encoder.bytes(), this.packet);
  }
}

/** The same file with the packet; the bytes must be a GIF that has none, with nothing behind its end. */
export function withGifPacket(bytes: Uint8Array, packet: string): Uint8Array<ArrayBuffer> {
  const end = bytes.length - 1;
  const block = joined([0x21, 0xff, application.length], utf8(application), utf8(packet), landing);
  return joined(bytes.subarray(0, end), block, bytes.subarray(end));
}

/** Undefined where there is none. */
export function gifPacket(bytes: Uint8Array): string | undefined {
  if (!isGif(bytes) || bytes.length < 13) return undefined;
  let at = 13 + paletteSize(bytes[10]);
  for (let count = 0; count < mostParts && at < bytes.length; count++) {
    if (bytes[at] === 0x2c) at += 11 + paletteSize(bytes[at + 9] ?? 0);
    else if (bytes[at] !== 0x21) return undefined;
    else if (bytes[at + 1] === 0xff && bytes[at + 2] === application.length && hasText(bytes, at + 3, application)) {
      const from = at + 3 + application.length;
      const end = bytes.indexOf(1, from); // no text of ours, and no XML at all, has this character
      return end < 0 ? undefined : textOf(bytes.subarray(from, end));
    } else at += 2;
    while (at < bytes.length && bytes[at] !== 0) at += bytes[at] + 1;
    at++;
  }
  return undefined;
}

interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly palette: number; // where it begins
  readonly colours: number;
  readonly transparent: number; // -1: none
  readonly hundredths: number;
  readonly data: number; // where its pixels begin
}

/** Its frames are unpacked one by one, when they are asked for. Throws UnreadableError, also on the way. */
export function readGif(bytes: Uint8Array): Moving {
  if (!isGif(bytes) || bytes.length < 13) throw damaged();
  const [width, height] = [readSmall(bytes, 6), readSmall(bytes, 8)];
  const frames = framesOf(bytes);
  if (!frames.length || !width || !height || frames.length > mostFrames || width * height > mostPixels)
    throw new UnreadableError('The film is empty, or too large.');
  const fits = (frame: Frame) =>
    frame.width > 0 && frame.height > 0 && frame.x + frame.width <= width && frame.y + frame.height <= height;
  if (!frames.every(fits)) throw damaged();
  if (frames.reduce((sum, { width, height }) => sum + width * height, 0) > mostAltogether)
    throw new UnreadableError('The film is too large.');
  return {
    width,
    height,
    count: frames.length,
    last: frames.slice(0, -1).reduce((sum, { hundredths }) => sum + hundredths, 0) / 100,
    async *pictures() {
      const picture = blank(width, height);
      for (const frame of frames) {
        draw(picture, frame, bytes);
        yield picture;
      }
    },
  };
}

function framesOf(bytes: Uint8Array): Frame[] {
  const frames: Frame[] = [];
  const whole = { palette: 13, colours: paletteSize(bytes[10]) / 3 };
  let control = { hundredths: 0, transparent: -1 };
  let at = 13 + paletteSize(bytes[10]);
  for (let count = 0; count < mostParts && at < bytes.length && bytes[at] !== trailer; count++) {
    if (bytes[at] === 0x2c) {
      const packed = bytes[at + 9] ?? 0;
      if (packed & 0x40) throw new UnreadableError('The film is packed in a way that is not read here.'); // interlaced
      const own = paletteSize(packed);
      const [x, y, width, height] = [1, 3, 5, 7].map((place) => readSmall(bytes, at + place));
      const data = at + 10 + own;
      frames.push({ x, y, width, height, ...(own ? { palette: at + 10, colours: own / 3 } : whole), ...control, data });
      control = { hundredths: 0, transparent: -1 };
      at = data + 1;
    } else if (bytes[at] !== 0x21) throw damaged();
    else {
      if (bytes[at + 1] === 0xf9)
        control = { hundredths: readSmall(bytes, at + 4), transparent: bytes[at + 3] & 1 ? bytes[at + 6] : -1 };
      at += 2;
    }
    while (at < bytes.length && bytes[at] !== 0) at += bytes[at] + 1;
    if (at++ >= bytes.length) throw damaged();
  }
  return frames;
}

function draw({ rgba, width }: Picture, frame: Frame, bytes: Uint8Array): void {
  const indices = unpacked(bytes, frame.data, frame.width * frame.height);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i];
    if (index === frame.transparent) continue;
    if (index >= frame.colours) throw damaged();
    const from = frame.palette + 3 * index;
    rgba.set(bytes.subarray(from, from + 3), 4 * ((frame.y + Math.floor(i / frame.width)) * width + frame.x + (i % frame.width))); // prettier-ignore
  }
}

/** Two bytes, the lower first; 0 where there are none. */
const readSmall = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);

const damaged = () => new UnreadableError('The film is damaged.');

/** Bytes of the palette that a packed field announces. */
const paletteSize = (packed: number): number => (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0);
