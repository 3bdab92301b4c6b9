/**
 * GIF (https://www.w3.org/Graphics/GIF/spec-gif89a.txt): the film with a palette for each of its frames, without dithering,
 * which would flicker and make the file larger; page and terminal write it by this. The packet stands in an application
 * extension, as XMP Specification Part 3 says. `gifenc` packs the pixels, `omggif` unpacks them.
 */
import * as gifencModule from 'gifenc';
import { GifReader } from 'omggif';
import { hasText, joined, mostParts, textOf, UnreadableError, utf8 } from './bytes';
import { blank, type Moving, type Picture } from './picture';

/** Bundlers see its named exports, Node the one object that holds them. */
const gifenc = 'GIFEncoder' in gifencModule ? gifencModule : (gifencModule as { default: typeof gifencModule }).default;

const application = 'XMP DataXMP';
/** Whoever reads the packet as blocks lands somewhere in these, and each of them leads to the end. */
const landing = Uint8Array.from({ length: 258 }, (_, i) => (i === 0 ? 1 : i === 257 ? 0 : 256 - i));

/** Of a file that somebody opens: a film of ours has at most a tenth of either. */
const [mostPixels, mostFrames] = [16e6, 2000];

export const isGif = (bytes: Uint8Array): boolean => hasText(bytes, 0, 'GIF89a') || hasText(bytes, 0, 'GIF87a');

/** Hundredths of a second that picture n is shown, which is all that a GIF knows: what one lacks the next one gets. */
export function hundredthsOf(starts: readonly number[], n: number): number {
  const at = (index: number) => Math.round(100 * starts[index]);
  return at(n + 1) - at(n);
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
    const palette = gifenc.quantize(rgba, 256);
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

/** Its frames are unpacked one by one, when they are asked for. Throws UnreadableError, also on the way. */
export function readGif(bytes: Uint8Array): Moving {
  const reader = open(bytes);
  const count = reader.numFrames();
  const { width, height } = reader;
  if (!count || !width || !height || count > mostFrames || width * height > mostPixels)
    throw new UnreadableError('The film is empty, or too large.');
  const infos = Array.from({ length: count }, (_, n) => reader.frameInfo(n));
  for (const { x, y, width: across, height: down, data_offset: data } of infos) {
    const fits = x + across <= width && y + down <= height && across > 0 && down > 0;
    if (!fits || bytes[data] < 2 || bytes[data] > 8) throw new UnreadableError('The film is damaged.');
  }
  return {
    width,
    height,
    count,
    seconds: infos.reduce((sum, { delay }) => sum + delay, 0) / 100,
    async *pictures() {
      const { rgba } = blank(width, height);
      for (let n = 0; n < count; n++) {
        reader.decodeAndBlitFrameRGBA(n, rgba);
        yield { width, height, rgba };
      }
    },
  };
}

function open(bytes: Uint8Array): GifReader {
  try {
    return new GifReader(bytes);
  } catch {
    throw new UnreadableError('The film is damaged.');
  }
}

/** Bytes of the palette that a packed field announces. */
const paletteSize = (packed: number): number => (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0);
