/**
 * MP4 and WebM: the browser's own encoder packs the pictures, mediabunny puts them into a file, and takes them out again.
 * This is a chunk of its own, which comes with the first video.
 *
 * Colours go in as Y'CbCr of BT.601, which is what players take for granted in small films that do not say, and the file says
 * it as well. What a browser does when it is given red, green and blue differs from browser to browser.
 */
import {
  BufferSource,
  BufferTarget,
  EncodedPacketSink,
  Input,
  MP4,
  Mp4OutputFormat,
  Output,
  Quality,
  VideoSample,
  VideoSampleSink,
  VideoSampleSource,
  WEBM,
  WebMOutputFormat,
  type VideoCodec,
} from 'mediabunny';
import { UnreadableError } from './bytes';
import { withMp4Packet } from './mp4';
import { blank, type Moving, type Picture } from './picture';
import type { Shown } from './render';
import { tagName } from './webm';
import { licence } from './xmp';

export type VideoFormat = 'mp4' | 'webm';

/** Best first. An MP4 is for slides and phones, which want H.264; with anything else in it, it would only look like one. */
export const codecs: Readonly<Record<VideoFormat, readonly VideoCodec[]>> = {
  mp4: ['avc'],
  webm: ['vp9', 'vp8', 'av1'],
};

/** No encoder of this browser makes such a file. */
export class NoEncoderError extends Error {
  override readonly name = 'NoEncoderError';
  override readonly cause: string;
  readonly next = 'Save it as a GIF.';

  constructor(format: VideoFormat, why: string) {
    super(`This browser packs no ${format} (${why}).`);
    this.cause = this.message;
  }
}

/** Milliseconds for one picture, after which an encoder counts as none. */
const patience = 20_000;
/** Bits for each pixel of each picture: where more hardly shows. */
const bitsPerPixel = 1.2;
const leastBits = 400_000; // a second

/** The first codec with which one real picture comes through: what a browser says of itself is not always so. */
export async function encodable(format: VideoFormat, size = 256): Promise<VideoCodec | null> {
  const picture = blank(size, size, [200, 60, 40]);
  const one = { count: 1, starts: [0, 1], at: () => picture };
  for (const codec of codecs[format])
    try {
      await encode(one, format, codec, { packet: '', title: '' });
      return codec;
    } catch {
      // The next one.
    }
  return null;
}

export interface VideoWords {
  readonly packet: string;
  readonly title: string;
}

/** With the first codec that does it. Throws NoEncoderError, and the signal's reason. */
export async function makeVideo(
  film: Pick<Shown, 'count' | 'starts' | 'at'>,
  format: VideoFormat,
  words: VideoWords,
  onPicture: (done: number) => void = () => {},
  candidates = codecs[format],
): Promise<Uint8Array<ArrayBuffer>> {
  let why = 'it has no encoder';
  for (const codec of candidates)
    try {
      return await encode(film, format, codec, words, onPicture);
    } catch (thrown) {
      why = thrown instanceof Error ? thrown.message : String(thrown);
    }
  throw new NoEncoderError(format, why);
}

async function encode(
  film: Pick<Shown, 'count' | 'starts' | 'at'>,
  format: VideoFormat,
  codec: VideoCodec,
  { packet, title }: VideoWords,
  onPicture: (done: number) => void = () => {},
): Promise<Uint8Array<ArrayBuffer>> {
  const target = new BufferTarget();
  const output = new Output({ target, format: format === 'mp4' ? new Mp4OutputFormat({ fastStart: 'in-memory' }) : new WebMOutputFormat() }); // prettier-ignore
  const { width, height } = film.at(0);
  const rate = film.count / film.starts[film.count];
  const bitrate = Math.max(leastBits, Math.round(bitsPerPixel * width * height * rate));
  const source = new VideoSampleSource({ codec, quality: new Quality({ bitrate }), latencyMode: 'quality' });
  output.addVideoTrack(source);
  const raw = format === 'webm' ? { [tagName]: packet, LICENSE: licence } : undefined;
  output.setMetadataTags({ ...(title && { title }), ...(raw && { raw }) });
  try {
    await inTime(output.start());
    for (let i = 0; i < film.count; i++) {
      const sample = sampleOf(film.at(i), film.starts[i], film.starts[i + 1]);
      try {
        await inTime(source.add(sample));
      } finally {
        sample.close();
      }
      onPicture(i + 1);
    }
    await inTime(output.finalize());
  } catch (thrown) {
    await output.cancel().catch(() => {}); // what went wrong first is what counts
    throw thrown;
  }
  if (!target.buffer?.byteLength) throw new Error('nothing came out of it');
  const bytes = new Uint8Array(target.buffer);
  return format === 'mp4' ? withMp4Packet(bytes, packet) : bytes;
}

/** Some encoders say yes and then nothing more. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it does not answer')), patience);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** BT.601, 16 .. 235 and 16 .. 240, from red, green and blue of 0 .. 255: rows are Y', Cb, Cr. */
const matrix = [
  [0.256788, 0.504129, 0.097906, 16],
  [-0.148223, -0.290993, 0.439216, 128],
  [0.439216, -0.367788, -0.071427, 128],
] as const;

function sampleOf({ width, height, rgba }: Picture, from: number, to: number): VideoSample {
  if (width % 2 || height % 2) throw new Error('its sides are odd');
  const [luma, chroma] = [width * height, (width * height) / 4];
  const data = new Uint8ClampedArray(luma + 2 * chroma);
  const value = ([r, g, b, base]: (typeof matrix)[number], at: number) => r * rgba[at] + g * rgba[at + 1] + b * rgba[at + 2] + base; // prettier-ignore
  for (let i = 0; i < luma; i++) data[i] = value(matrix[0], 4 * i);
  for (let y = 0, i = luma; y < height; y += 2)
    for (let x = 0; x < width; x += 2, i++) {
      const corner = 4 * (y * width + x);
      const square = [corner, corner + 4, corner + 4 * width, corner + 4 * width + 4];
      for (const plane of [0, 1] as const)
        data[i + plane * chroma] = square.reduce((sum, at) => sum + value(matrix[plane + 1], at), 0) / 4;
    }
  return new VideoSample(data, {
    format: 'I420',
    codedWidth: width,
    codedHeight: height,
    timestamp: from,
    duration: to - from,
    colorSpace: { primaries: 'bt709', transfer: 'iec61966-2-1', matrix: 'smpte170m', fullRange: false },
  });
}

/** Of a file that somebody opens; a film of ours has at most a tenth of either. */
const [mostPixels, mostPictures] = [16e6, 2000];

/** Throws UnreadableError, also where this browser has no decoder for what is in it. */
export async function readVideo(bytes: Uint8Array<ArrayBuffer>): Promise<Moving> {
  const track = await tracked(bytes);
  const [width, height] = [track.displayWidth, track.displayHeight];
  if (!(await track.canDecode())) throw new UnreadableError('This browser cannot play what is in the film.');
  const { packetCount: count } = await track.computePacketStats(mostPictures + 1);
  if (!count || count > mostPictures || width * height > mostPixels)
    throw new UnreadableError('The film is empty, or too large.');
  return {
    width,
    height,
    count,
    last: (await new EncodedPacketSink(track).getPacket(Infinity))?.timestamp ?? 0,
    async *pictures() {
      const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
      for await (const sample of new VideoSampleSink(track).samples()) {
        sample.draw(context, 0, 0, width, height);
        sample.close();
        yield { width, height, rgba: context.getImageData(0, 0, width, height).data as Picture['rgba'] };
      }
    },
  };
}

async function tracked(bytes: Uint8Array<ArrayBuffer>) {
  try {
    const input = new Input({ formats: [MP4, WEBM], source: new BufferSource(bytes) });
    const track = await input.getPrimaryVideoTrack();
    if (track) return track;
  } catch {
    throw new UnreadableError('The film is damaged.');
  }
  throw new UnreadableError('There is no film in it.');
}
