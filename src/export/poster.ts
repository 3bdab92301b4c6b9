/**
 * The sheet as a poster: frames of film across, denoising steps down, with times, words and settings around, large enough to be
 * printed. The cells are put there pixel by pixel, and a check looks at them alone; letters come from a canvas, and differ from
 * machine to machine.
 */
import type { Box } from './compare';
import { blank, put, type Picture } from './picture';

/** Everything that is written on it, in the reader's language. */
export interface PosterWords {
  readonly title: string; // the prompt
  readonly lines: readonly string[]; // settings, model, licence, link
  readonly across: string; // what runs across
  readonly down: string;
  readonly label: string; // what made it
  readonly frames: readonly string[]; // over the columns
  readonly rows: readonly string[]; // beside the rows
}

/** Of a metre: 200 to the inch, which makes a sheet of 16 frames and 25 rows about as large as A3. */
export const posterDots = 7874;

/** Everything in it grows with its cells. */
const share = { gap: 1 / 24, side: 0.9, head: 1.5, foot: 1.1, edge: 0.3 };
const [paper, ink, soft] = ['#ffffff', '#14202e', '#4a5a6c'];

/** The most rows of a poster: of a longer run, some of its steps. */
export const mostRows = 25;

/** The rows of a run of `rows` that stand on a poster: all, or `mostRows` of them, the first and the last among them. */
export function posterRows(rows: number): number[] {
  const count = Math.min(rows, mostRows);
  return Array.from({ length: count }, (_, i) => (count === 1 ? 0 : Math.round((i * (rows - 1)) / (count - 1))));
}

/** Where cell `index` lies, row after row, all cells being as large as `cell`. */
export function posterBox({ width, height }: Pick<Picture, 'width' | 'height'>, columns: number, index: number): Box {
  const { gap, edge, side, head } = measures({ width, height });
  const [column, row] = [index % columns, Math.floor(index / columns)];
  return { x: edge + side + column * (width + gap), y: edge + head + row * (height + gap), width, height };
}

/** Throws where there is no canvas. */
export function drawPoster(cells: readonly Picture[], columns: number, words?: PosterWords): Picture {
  const [cell] = cells;
  const { edge, foot } = measures(cell);
  const last = posterBox(cell, columns, columns * Math.ceil(cells.length / columns) - 1);
  const [width, height] = [last.x + last.width + edge, last.y + last.height + foot + edge];
  const poster = words ? written(width, height, cell, columns, words) : blank(width, height, [255, 255, 255]);
  cells.forEach((picture, i) => {
    const { x, y } = posterBox(cell, columns, i);
    put(poster, picture, x, y);
  });
  return poster;
}

function measures({ width, height }: Pick<Picture, 'width' | 'height'>) {
  const unit = Math.max(width, height);
  const of = (part: number) => Math.round(part * unit);
  const { gap, side, head, foot, edge } = share;
  return { unit, gap: of(gap), side: of(side), head: of(head), foot: of(foot), edge: of(edge) };
}

/** The paper with all its letters, and no cell yet. */
function written(width: number, height: number, cell: Picture, columns: number, words: PosterWords): Picture {
  const context = new OffscreenCanvas(width, height).getContext('2d')!;
  const { unit, edge, side, head, foot, gap } = measures(cell);
  context.fillStyle = paper;
  context.fillRect(0, 0, width, height);
  /** Smaller where it would not fit. */
  const write = (text: string, x: number, y: number, size: number, room: number, align: CanvasTextAlign = 'left') => {
    context.textAlign = align;
    const fontOf = (pixels: number) => `${size > unit * 0.2 ? '600 ' : ''}${pixels}px system-ui, sans-serif`;
    context.font = fontOf(size);
    context.font = fontOf(size * Math.min(1, room / context.measureText(text).width));
    context.fillText(text, x, y);
  };
  const [left, right] = [edge + side, width - edge];
  context.textBaseline = 'alphabetic';
  context.fillStyle = ink;
  write(words.title, left, edge + 0.45 * unit, 0.42 * unit, right - left);
  context.fillStyle = soft;
  write(words.across, left, edge + 0.85 * unit, 0.18 * unit, (right - left) / 2);
  write(words.down, left, edge + 1.1 * unit, 0.18 * unit, (right - left) / 2);
  write(words.label, right, edge + 1.1 * unit, 0.18 * unit, (right - left) / 2, 'right');
  words.frames.forEach((text, i) => {
    const { x } = posterBox(cell, columns, i);
    write(text, x + cell.width / 2, edge + head - gap, 0.16 * unit, cell.width, 'center');
  });
  context.textBaseline = 'middle';
  words.rows.forEach((text, i) => {
    const { y } = posterBox(cell, columns, i * columns);
    write(text, left - 2 * gap, y + cell.height / 2, 0.16 * unit, side - 2 * gap, 'right');
  });
  const step = foot / Math.max(4, words.lines.length);
  words.lines.forEach((text, i) =>
    write(text, left, height - edge - foot + (i + 0.8) * step, 0.7 * step, right - left),
  );
  return { width, height, rgba: context.getImageData(0, 0, width, height).data as Picture['rgba'] };
}
