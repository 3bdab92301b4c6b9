/** What opening a picture is asked for, and what comes of it: the same for a GIF, which is opened here, and for all others. */
import type { ClipShape } from '../sampling/types';
import { framesAt, goesOn, type Pace } from './film';
import { openGif } from './gif';
import { boxOf, reduce, toScreen, type Fit, type Reduced } from './reduce';
import { isTransparent } from './ground';
import type { Claim, Size } from './types';

export interface How {
  readonly shape: ClipShape; // of the model's clips
  readonly rate: number; // of the film, frames a second
  readonly fit: Fit;
  readonly pace: Pace;
}

/** A small picture as a screen has it: height x width x 4, 0 .. 255. */
export interface Shown extends Size {
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

export interface Opened {
  readonly size: Size; // of the picture as it was given, turned as its camera says
  readonly pictures: readonly Reduced[]; // one, or one for each frame of the film
  readonly original: Shown; // the (first) picture, at most `preview` pixels a side
  readonly notes: readonly Note[];
  readonly lasts: number | null; // of a GIF that moves: seconds
}

/** What is worth saying of a picture that was opened. */
export type Note = 'transparent' | 'first' | 'goesOn' | 'print' | 'enlarged';

/** Pixels a side of the preview of an original. */
const preview = 256;

/** As large as the preview may be; a small picture stays as it is. */
export function previewOf({ width, height }: Size): Size {
  const scale = Math.min(1, preview / Math.max(width, height));
  return { width: Math.max(1, Math.round(scale * width)), height: Math.max(1, Math.round(scale * height)) };
}

/** What there is to say of it. */
export function notesOf({ animated, print }: Claim, size: Size, pictures: readonly Reduced[], how: How): Note[] {
  const { width } = boxOf(size, how.shape, how.fit);
  return [
    ...(how.fit === 'fill' && pictures.some(isTransparent) ? ['transparent' as const] : []),
    ...(animated ? ['first' as const] : []),
    ...(print ? ['print' as const] : []),
    ...(width < how.shape.width ? ['enlarged' as const] : []),
  ];
}

/** data: a GIF whose claim was looked at. Throws PictureError. */
export function openFilm(data: Uint8Array, claim: Claim, how: How): Opened {
  const gif = openGif(data);
  const { shape, rate, pace, fit } = how;
  const size = { width: gif.width, height: gif.height };
  const moves = gif.ends.length > 1;
  const wanted = moves ? framesAt(gif.ends, shape.frames, rate, pace) : [0];
  const last = Math.max(...wanted);
  const reduced = new Map<number, Reduced>();
  let original: Shown | undefined;
  let n = 0;
  for (const screen of gif.screens(last)) {
    original ??= shown(reduce(screen, size, previewOf(size), 'fill'));
    if (wanted.includes(n)) reduced.set(n, reduce(screen, size, shape, fit));
    n++;
  }
  const pictures = wanted.map((frame) => reduced.get(frame)!);
  const lasts = moves ? gif.ends[gif.ends.length - 1] : null;
  const notes = notesOf(claim, size, pictures, how);
  if (moves && pace === 'own' && goesOn(gif.ends, shape.frames, rate)) notes.push('goesOn');
  return { size, pictures, original: original!, notes, lasts };
}

function shown({ width, height, data }: Reduced): Shown {
  const rgba = new Uint8ClampedArray(data.length);
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3];
    for (let c = 0; c < 3; c++) rgba[i + c] = alpha > 0 ? 255 * toScreen(data[i + c] / alpha) : 0;
    rgba[i + 3] = 255 * alpha;
  }
  return { width, height, rgba };
}
