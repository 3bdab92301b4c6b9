/**
 * A small drawing: cells of the palette on a ground, tools that change them, and the way back.
 *
 * What it is not: a canvas. It knows cells, not pointers and keys (ui/pixel-drawing does), and any size: a picture of 32 x 32
 * as well as a thing of 12 x 12.
 */
import { world, type Rgb } from '../world/world';
import { toLinear, type Reduced } from './reduce';
import type { Size } from './types';

/** What one draws with: the colours of the world's things, and those of their marks. */
export const paints: readonly { readonly name: string; readonly rgb: Rgb }[] = Object.entries({
  ...world.colours,
  ...world.paints,
}).map(([name, rgb]) => ({ name, rgb }));

/** A cell is 0 where the ground shows, else the place of its paint, from 1. */
export const ground = 0;

export const tools = ['pen', 'line', 'box', 'fill', 'eraser'] as const;
export type Tool = (typeof tools)[number];

/** Cells across a pen or an eraser: one cell, and two discs. */
export const widths = [1, 3, 5] as const;
export type Width = (typeof widths)[number];

export interface Cell {
  readonly x: number;
  readonly y: number;
}

/** What is drawn with. */
export interface Brush {
  readonly tool: Tool;
  readonly width: Width; // of pen, line and eraser
  readonly paint: number; // place in `paints`, from 1
  readonly mirror: boolean; // the same on the other side, left and right
}

/** Steps that can be taken back. */
const longestPast = 200;

export class Drawing {
  /** height x width. Never changed: each stroke makes new ones. */
  cells: Uint8Array;
  private past: Uint8Array[] = [];
  private future: Uint8Array[] = [];
  private before: Uint8Array | null = null; // a stroke is going on; what it began with

  constructor(readonly size: Size) {
    this.cells = new Uint8Array(size.width * size.height);
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }
  get canRedo(): boolean {
    return this.future.length > 0;
  }
  get isEmpty(): boolean {
    return this.cells.every((cell) => cell === ground);
  }

  at({ x, y }: Cell): number {
    return this.cells[y * this.size.width + x];
  }

  /** A stroke begins; all of it is one step back. */
  begin(): void {
    this.before = this.cells;
  }

  /** From one cell to another: what was drawn in between stays with a pen or an eraser; a line or a box is drawn anew. */
  draw({ tool, width, paint, mirror }: Brush, from: Cell, to: Cell): void {
    const anew = tool === 'line' || tool === 'box';
    const cells = (anew && this.before ? this.before : this.cells).slice();
    const value = tool === 'eraser' ? ground : paint;
    const put = (x: number, y: number) => {
      if (!this.holds({ x, y })) return;
      cells[y * this.size.width + x] = value;
      if (mirror) cells[y * this.size.width + this.size.width - 1 - x] = value;
    };
    if (tool === 'fill') {
      for (const start of mirror ? [to, { x: this.size.width - 1 - to.x, y: to.y }] : [to])
        flood(cells, this.size, start, value);
    } else if (tool === 'box') box(from, to, put);
    else for (const { x, y } of lineOf(from, to)) disc(x, y, width, put);
    this.cells = cells;
  }

  /** The stroke is done. Where it changed nothing there is nothing to take back. */
  end(): void {
    const { before } = this;
    this.before = null;
    if (before && before.some((cell, i) => cell !== this.cells[i])) this.remember(before);
  }

  /** The stroke was no stroke: a finger became two, or somebody thought again. */
  cancel(): void {
    this.cells = this.before ?? this.cells;
    this.before = null;
  }

  clear(): void {
    this.replace(new Uint8Array(this.cells.length));
  }

  /** Other cells in one step: height x width. Throws RangeError for another number of them, or for paints that there are not. */
  replace(cells: Uint8Array): void {
    if (cells.length !== this.cells.length || cells.some((cell) => cell > paints.length))
      throw new RangeError(`A drawing of this size has ${this.cells.length} cells of 0 to ${paints.length}.`);
    this.begin();
    this.cells = cells.slice();
    this.end();
  }

  undo(): void {
    const cells = this.past.pop();
    if (!cells) return;
    this.future.push(this.cells);
    this.cells = cells;
  }

  redo(): void {
    const cells = this.future.pop();
    if (!cells) return;
    this.past.push(this.cells);
    this.cells = cells;
  }

  private remember(cells: Uint8Array): void {
    this.past = [...this.past, cells].slice(-longestPast);
    this.future = [];
  }

  private holds({ x, y }: Cell): boolean {
    return x >= 0 && y >= 0 && x < this.size.width && y < this.size.height;
  }
}

/** A drawing as a picture that is transparent where its ground shows. */
export function pictureOf({ size, cells }: Pick<Drawing, 'size' | 'cells'>): Reduced {
  const data = new Float32Array(4 * cells.length);
  cells.forEach((cell, i) => {
    if (cell === ground) return;
    paints[cell - 1].rgb.forEach((value, c) => (data[4 * i + c] = toLinear(value / 255)));
    data[4 * i + 3] = 1;
  });
  return { ...size, data };
}

/** The cells from one to another, both among them: Bresenham (1965). */
export function lineOf(from: Cell, to: Cell): Cell[] {
  const [dx, dy] = [Math.abs(to.x - from.x), -Math.abs(to.y - from.y)];
  const [right, down] = [from.x < to.x ? 1 : -1, from.y < to.y ? 1 : -1];
  const cells: Cell[] = [];
  let { x, y } = from;
  for (let off = dx + dy; ;) {
    cells.push({ x, y });
    if (x === to.x && y === to.y) return cells;
    const twice = 2 * off;
    if (twice >= dy) [off, x] = [off + dy, x + right];
    if (twice <= dx) [off, y] = [off + dx, y + down];
  }
}

type Put = (x: number, y: number) => void;

function disc(x: number, y: number, width: Width, put: Put): void {
  const reach = (width - 1) / 2;
  for (let v = -reach; v <= reach; v++)
    for (let u = -reach; u <= reach; u++) if (u * u + v * v <= (width / 2) ** 2) put(x + u, y + v);
}

/** A filled one: an outline of single cells is quickly drawn by lines. */
function box(from: Cell, to: Cell, put: Put): void {
  for (let y = Math.min(from.y, to.y); y <= Math.max(from.y, to.y); y++)
    for (let x = Math.min(from.x, to.x); x <= Math.max(from.x, to.x); x++) put(x, y);
}

/** Everything of the same paint that hangs together with a cell, corners not counted. */
function flood(cells: Uint8Array, { width, height }: Size, start: Cell, value: number): void {
  const old = cells[start.y * width + start.x];
  if (old === value) return;
  const open = [start];
  for (let cell = open.pop(); cell; cell = open.pop()) {
    const { x, y } = cell;
    if (x < 0 || y < 0 || x >= width || y >= height || cells[y * width + x] !== old) continue;
    cells[y * width + x] = value;
    open.push({ x: x + 1, y }, { x: x - 1, y }, { x, y: y + 1 }, { x, y: y - 1 });
  }
}
