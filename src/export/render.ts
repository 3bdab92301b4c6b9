/**
 * From what a run has (its pictures) to the pictures of a file: the same for who writes a file and for who checks one.
 *
 * What it is not: it packs nothing, and asks no network. A picture is made when it is asked for, so that a large film is
 * never in memory at once.
 */
import type { Box } from './compare';
import { blank, fitted, put, type Picture } from './picture';
import { drawPoster, posterBox, type PosterWords } from './poster';
import type { Recipe } from './recipe';
import { stamped } from './stamp';

/** What a file is made of. */
export interface Source {
  /**
   * Drawn by the decoder or as the transformer made it: of a film its frames, of a frame that one, of a sheet all cells, row
   * after row.
   */
  readonly pictures: readonly Picture[];
  /** Of a film that clears: one picture a step, in order, before the film itself. */
  readonly clearing?: readonly Picture[];
  /** Pictures a second while it clears: few where they would flash. */
  readonly clearingRate?: number;
  /** Of a sheet: what stands on it. */
  readonly words?: PosterWords;
}

/** The pictures of a file. */
export interface Shown {
  readonly count: number;
  /** Seconds at which each comes, and one more for the end. */
  readonly starts: readonly number[];
  at(index: number): Picture;
  /** What of a picture a check compares: all of it, or the cells of a poster, whose letters differ between machines. */
  boxes(picture: Picture): readonly Box[];
}

/** Frames of film a second. */
export const filmRate = 8;
/** Seconds for which the finished film of a clearing stands before it moves. */
const pause = 0.5;
/** Pixels between the frames of a strip. */
const gap = 4;

export function shown({ shows, shape }: Pick<Recipe, 'shows' | 'shape'>, source: Source): Shown {
  const { what, size, smooth, label } = shows;
  const fit = (picture: Picture) => fitted(picture, shape, size, smooth);
  const mark = (picture: Picture) => (label ? stamped(picture) : picture);
  const whole = ({ width, height }: Picture): Box[] => [{ x: 0, y: 0, width, height }];
  const still = (at: () => Picture): Shown => ({ count: 1, starts: [0, 1], at, boxes: whole });

  if (what === 'frame') return still(() => mark(fit(source.pictures[0])));
  if (what === 'strip') {
    const frames = () => source.pictures.map(fit);
    return still(() => strip(frames().map((frame, i, { length }) => (i === length - 1 ? mark(frame) : frame))));
  }
  if (what === 'sheet') {
    const cells = source.pictures.map(fit);
    return {
      ...still(() => drawPoster(cells, shape.frames, source.words)),
      boxes: () => cells.map((cell, i) => posterBox(cell, shape.frames, i)),
    };
  }
  const { clearing = [], clearingRate = filmRate } = what === 'clearing' ? source : {};
  const pictures = [...clearing, ...source.pictures];
  let time = 0;
  const starts = pictures.map((_, i) => {
    const start = time;
    time +=
      i < clearing.length ? 1 / clearingRate : 1 / filmRate + (clearing.length && i === clearing.length ? pause : 0);
    return start;
  });
  // What clears is the noisy clip itself, as the transformer is given it: no network draws noise.
  const at = (i: number) => mark(i < clearing.length ? fitted(pictures[i], shape, size, false) : fit(pictures[i]));
  return { count: pictures.length, starts: [...starts, time], at, boxes: whole };
}

/** Side by side, with a little black between. */
function strip(frames: readonly Picture[]): Picture {
  const [{ width, height }] = frames;
  const all = blank(frames.length * (width + gap) + gap, height + 2 * gap);
  frames.forEach((frame, i) => put(all, frame, gap + i * (width + gap), gap));
  return all;
}
