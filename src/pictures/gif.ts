/**
 * GIFs frame by frame, with their own times: what browsers show, but give no one frame of.
 *
 * omggif walks the file and unpacks a frame. It believes what it reads, so everything that it would stumble over is looked
 * at before: where frames lie, whether they have colours, and the codes of their pixels, of which an impossible one would
 * have it run in circles for ever.
 */
import { GifReader, type Frame } from 'omggif';
import { PictureError, type Size } from './types';

export interface Gif extends Size {
  /** When each frame ends, in seconds from the beginning; the last is how long it lasts. */
  readonly ends: readonly number[];
  /**
   * What the screen shows during each frame in turn, up to frame `last`: height x width x 4, red, green, blue, alpha, 0 .. 255.
   * The same numbers are drawn over for the next. Throws PictureError where a frame can't be unpacked.
   */
  screens(last: number): Generator<Uint8ClampedArray<ArrayBuffer>>;
}

const most = { frames: 4000, pixels: 200e6 } as const; // pixels: of all frames that are asked for, together
/** Hundredths of a second. Browsers take a shorter time for a mistake, and so does everybody who makes GIFs. */
const delays = { least: 2, instead: 10 } as const;

/** data: a file whose claim was looked at. Throws PictureError. */
export function openGif(data: Uint8Array): Gif {
  const reader = readerOf(data);
  const { width, height } = reader;
  const count = reader.numFrames();
  if (count === 0) throw new PictureError('damaged', { kind: 'gif' });
  if (count > most.frames) throw new PictureError('tooLarge', { kind: 'gif', bytes: data.length });
  let end = 0;
  const ends = Array.from({ length: count }, (_, n) => {
    const { delay } = reader.frameInfo(n);
    end += (delay < delays.least ? delays.instead : delay) / 100;
    return end;
  });
  return { width, height, ends, screens: (last) => screens(reader, data, last) };
}

function readerOf(data: Uint8Array): GifReader {
  try {
    return new GifReader(data);
  } catch {
    throw new PictureError('damaged', { kind: 'gif' }); // it says what with in words of its own
  }
}

/** How a frame leaves the screen behind: cleared where it was, or as it was before; else as it is. */
const disposals = { clear: 2, restore: 3 } as const;

function* screens(reader: GifReader, data: Uint8Array, last: number): Generator<Uint8ClampedArray<ArrayBuffer>> {
  const { width, height } = reader;
  const screen = new Uint8ClampedArray(4 * width * height);
  let pixels = 0;
  for (let n = 0; n <= last; n++) {
    const frame = reader.frameInfo(n);
    checkFrame(frame, reader, data);
    pixels += frame.width * frame.height;
    if (pixels > most.pixels) throw new PictureError('tooManyPixels', { kind: 'gif', size: { width, height } });
    const before = frame.disposal === disposals.restore ? screen.slice() : undefined;
    reader.decodeAndBlitFrameRGBA(n, screen);
    yield screen;
    if (before) screen.set(before);
    else if (frame.disposal === disposals.clear) clear(screen, width, frame);
  }
}

function clear(screen: Uint8ClampedArray, stride: number, { x, y, width, height }: Frame): void {
  for (let row = y; row < y + height; row++) screen.fill(0, 4 * (row * stride + x), 4 * (row * stride + x + width));
}

/** Throws PictureError for a frame that reaches out of the screen, has no colours, or is not whole. */
function checkFrame(frame: Frame, screen: Size, data: Uint8Array): void {
  const { x, y, width, height } = frame;
  const inside = width > 0 && height > 0 && x + width <= screen.width && y + height <= screen.height;
  if (!inside || frame.palette_offset === null) throw new PictureError('damaged', { kind: 'gif' });
  const pixels = pixelsOf(data, frame.data_offset);
  if (pixels === undefined) throw new PictureError('damaged', { kind: 'gif' });
  if (pixels < width * height) throw new PictureError('cut', { kind: 'gif' });
}

/** Codes of LZW have 12 bits at most. */
const mostCodes = 4096;

/**
 * How many pixels the codes from `at` on stand for, undefined where one is impossible (GIF89a, appendix F): each code is a
 * pixel, a run that was met before, or the one that is just being made. Reads codes as omggif does.
 */
export function pixelsOf(data: Uint8Array, at: number): number | undefined {
  const first = data[at++]; // bits of a pixel
  if (!(first >= 1 && first <= 8)) return undefined;
  const clearing = 1 << first;
  const lengths = new Uint16Array(mostCodes).fill(1); // pixels that each code stands for
  let [next, bits, before, pixels] = [clearing + 2, first + 1, -1, 0];
  let [held, count] = [0, 0]; // bits that were read and not used, and how many
  for (let left = data[at++]; ;) {
    while (count < bits && left > 0) {
      held |= data[at++] << count;
      count += 8;
      left = left === 1 ? data[at++] : left - 1;
    }
    if (count < bits) return pixels;
    const code = held & ((1 << bits) - 1);
    held >>= bits;
    count -= bits;
    if (code === clearing + 1) return pixels; // the end
    if (code === clearing) {
      [next, bits, before] = [clearing + 2, first + 1, -1];
      continue;
    }
    if (code > next || (code === next && before < 0)) return undefined;
    const length = code === next ? lengths[before] + 1 : lengths[code];
    pixels += length;
    if (before >= 0 && next < mostCodes) {
      lengths[next++] = lengths[before] + 1;
      if (next === 1 << bits && bits < 12) bits++;
    }
    before = code;
  }
}
