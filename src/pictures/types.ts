/**
 * Pictures of the reader's own: from foreign bytes, or from a drawing, to a still or a clip of the model's shape.
 *
 * What this room is: what a file claims to be, by its content (claim.ts and a file for each format), GIFs frame by frame
 * (gif.ts), reducing in linear light (reduce.ts), a ground under what is transparent (ground.ts), drawing (drawing.ts), and
 * how far a picture is from the training world (far.ts).
 * What it is not: it unpacks no PNG, JPEG, WebP or AVIF; the browser does (app/pictures). Pure: no browser, no Node, no tfjs.
 */

/** Formats that can be opened. */
export type Kind = 'png' | 'jpeg' | 'gif' | 'webp' | 'avif' | 'bmp';

/** What a file is that is none of these, as far as its first bytes tell. */
export type Foreign =
  'archive' | 'code' | 'film' | 'heic' | 'icon' | 'pdf' | 'photoshop' | 'run' | 'sound' | 'svg' | 'text' | 'tiff' | 'unknown'; // prettier-ignore

/** What the header of a picture says, before anything is unpacked. */
export interface Claim {
  readonly kind: Kind;
  readonly width: number; // pixels, as they are stored: a camera's note may turn them
  readonly height: number;
  readonly animated: boolean; // it holds more than one frame; of a GIF that is known only once it is read
  readonly print: boolean; // colours for a printer (CMYK)
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Nothing larger is opened. A photograph of a telephone has 48 million pixels at most, and 20 MB. */
export const limits = { bytes: 32e6, pixels: 50e6, side: 16384 } as const;

/** Why a picture is refused. */
export type Reason =
  | 'empty' // no bytes at all
  | 'tooLarge' // too many bytes
  | 'tooManyPixels'
  | 'notPicture' // `what` says what it is instead
  | 'cut' // it ends too early
  | 'damaged'
  | 'cannot' // whole as far as its header goes, but this browser makes no picture of it
  | 'tooSlow'
  | 'unreadable' // the browser could not read the file
  | 'unsupported'; // this browser lacks what opens pictures

export interface Details {
  readonly kind?: Kind;
  readonly what?: Foreign;
  readonly size?: Size;
  readonly bytes?: number;
  readonly print?: boolean;
}

const causes: Readonly<Record<Reason, (details: Details) => string>> = {
  empty: () => 'the file is empty',
  tooLarge: ({ bytes }) => `the file has ${bytes} bytes`,
  tooManyPixels: ({ size }) => `the picture claims ${size?.width} x ${size?.height} pixels`,
  notPicture: ({ what }) => `the file is no picture that can be opened (${what})`,
  cut: ({ kind }) => `the ${kind} file ends too early`,
  damaged: ({ kind }) => `the ${kind} file is damaged`,
  cannot: ({ kind, print }) => `no picture could be made of the ${kind} file${print ? ', which is in printing colours' : ''}`,
  tooSlow: () => 'the picture took too long to open',
  unreadable: () => 'the file could not be read',
  unsupported: () => 'pictures cannot be opened here',
}; // prettier-ignore

const nexts: Readonly<Record<Reason, string>> = {
  empty: 'take another file',
  tooLarge: `make it smaller, up to ${limits.bytes / 1e6} MB`,
  tooManyPixels: `make it smaller, up to ${limits.pixels / 1e6} million pixels and ${limits.side} a side`,
  notPicture: 'save it as PNG or JPEG',
  cut: 'fetch or copy it once more',
  damaged: 'fetch or copy it once more',
  cannot: 'save it as PNG',
  tooSlow: 'make it smaller',
  unreadable: 'choose it once more',
  unsupported: 'take a current browser',
};

/** A picture that can't be opened. `message` is cause and next step in one sentence; the page has its own, by `reason`. */
export class PictureError extends Error {
  override readonly name = 'PictureError';
  override readonly cause: string;
  readonly next: string;

  constructor(
    readonly reason: Reason,
    readonly details: Details = {},
  ) {
    const [cause, next] = [causes[reason](details), nexts[reason]];
    super(`${cause}: ${next}`);
    this.cause = cause;
    this.next = next;
  }
}
