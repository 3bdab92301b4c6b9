/**
 * What of a film is given and what is made up, as data: for each frame of the new film the frame of a source that is given
 * there, how far the given pictures are moved, and a hole in them. One kind of data for a still set in motion, a film that
 * goes on, a gap, a loop, a part painted anew, and whatever somebody puts together on the strip.
 *
 * What it is not: pixels (given.ts) and runs. Which of these the trained noise-level maps know is in docs/reference/making.md.
 */
import type { ClipShape } from '../sampling/types';

/** Ready-made plans, in the order of the page, and `own`: one that somebody put together. */
export const starts = ['still', 'forward', 'backward', 'gap', 'loop', 'connect', 'region', 'shift'] as const;
export type Start = (typeof starts)[number];
export type Kind = Start | 'own';
const kinds: readonly Kind[] = [...starts, 'own'];

/** Pixels that are made up although their frame is given: in the frames first .. last. */
export interface Hole {
  readonly pixels: Uint8Array; // height x width, anything but 0 is made up
  readonly first: number;
  readonly last: number;
}

export interface Plan {
  readonly kind: Kind;
  /** Of each frame the frame of the source that is given there, or null: made up. Those of a second source count on. */
  readonly frames: readonly (number | null)[];
  /** Pixels by which given pictures are moved right and down. What comes in at the other side is made up. */
  readonly dx: number;
  readonly dy: number;
  readonly hole: Hole | null;
}

export interface StartOptions {
  readonly at?: number; // of a still: which frame of the source
  readonly count?: number; // how many frames are given at each end, where that is free
}

/** Frames that a film needs at its end to show where it goes: a speed, and whether that changes. */
export const usualCount = 4;

/**
 * Guidance scale for films of which parts are given, where nobody set another. What is given says already how things look, and pushing
 * beyond the words' own guess moves the rest away from it: of 16 extensions 6 had no seam with 2, 10 with 1, and the words
 * were right in 14 and 13 (docs/reference/editing.md).
 */
export const usualGuidance = 1;

/** Most frames that can be given at each end of a clip, so that some are made up. */
export function mostCount({ frames }: ClipShape): number {
  return Math.max(1, Math.floor((frames - 1) / 2));
}

export function planOf(kind: Start, shape: ClipShape, { at = 0, count = usualCount }: StartOptions = {}): Plan {
  const { frames, width } = shape;
  const k = Math.max(1, Math.min(count, mostCount(shape)));
  const plan = (given: (frame: number) => number | null): Plan => ({
    kind,
    frames: Array.from({ length: frames }, (_, frame) => given(frame)),
    dx: 0,
    dy: 0,
    hole: null,
  });
  const [start, end] = [(frame: number) => frame < k, (frame: number) => frame >= frames - k];
  switch (kind) {
    case 'still':
      return plan((frame) => (frame === 0 ? Math.min(at, frames - 1) : null));
    case 'forward': // the last frames become the first
      return plan((frame) => (start(frame) ? frames - k + frame : null));
    case 'backward':
      return plan((frame) => (end(frame) ? frame - (frames - k) : null));
    case 'gap':
      return plan((frame) => (start(frame) || end(frame) ? frame : null));
    case 'loop': // from the film's end back to its beginning
      return plan((frame) => (start(frame) ? frames - k + frame : end(frame) ? frame - (frames - k) : null));
    case 'connect': // from the film's end to the beginning of another
      return plan((frame) => (start(frame) ? frames - k + frame : end(frame) ? frame + k : null));
    case 'region':
      return { ...plan((frame) => frame), hole: boxHole(middle(shape), shape) };
    case 'shift':
      return { ...plan((frame) => frame), dx: -Math.floor(width / 4) };
  }
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function middle({ height, width }: ClipShape): Box {
  const half = (size: number) => Math.max(1, Math.floor(size / 2));
  const [w, h] = [half(width), half(height)];
  return { x: Math.floor((width - w) / 2), y: Math.floor((height - h) / 2), width: w, height: h };
}

/** A hole of one box, in all frames. */
export function boxHole(box: Box, { frames, height, width }: ClipShape): Hole {
  const pixels = new Uint8Array(height * width);
  for (let y = Math.max(0, box.y); y < Math.min(height, box.y + box.height); y++)
    pixels.fill(1, y * width + Math.max(0, box.x), y * width + Math.min(width, box.x + box.width));
  return { pixels, first: 0, last: frames - 1 };
}

/** The same plan as somebody's own, with pixels of the hole added or, with `given`, taken out of it again. */
export function painted(plan: Plan, box: Box, shape: ClipShape, given: boolean): Plan {
  const { pixels } = boxHole(box, shape);
  const { hole } = plan;
  const before = hole?.pixels ?? new Uint8Array(pixels.length);
  const now = before.map((made, i) => (pixels[i] ? Number(!given) : made));
  const [first, last] = hole ? [hole.first, hole.last] : [0, shape.frames - 1];
  return { ...plan, hole: now.some(Boolean) ? { pixels: now, first, last } : null };
}

/** With one frame given where it was made up, or the other way round. A frame that becomes given is the one that fits its neighbours. */
export function toggled(plan: Plan, frame: number, sourceFrames: number): Plan {
  const { frames } = plan;
  const frameNow = frames[frame] === null ? fitting(frames, frame, sourceFrames) : null;
  return { ...plan, kind: 'own', frames: frames.map((given, i) => (i === frame ? frameNow : given)) };
}

/** The source frame that goes on from the nearest given one; where that is beyond the film, its last or first. */
function fitting(frames: readonly (number | null)[], frame: number, sourceFrames: number): number {
  for (let distance = 1; distance < frames.length; distance++)
    for (const other of [frame - distance, frame + distance]) {
      const given = frames[other];
      if (typeof given === 'number') return Math.min(sourceFrames - 1, Math.max(0, given + frame - other));
    }
  return Math.min(frame, sourceFrames - 1);
}

/** How many sources it takes from: 0 where everything is made up. */
export function sourcesOf({ frames }: Plan): number {
  const given = frames.filter((frame) => frame !== null);
  return given.length === 0 ? 0 : Math.floor(Math.max(...given) / frames.length) + 1;
}

// --------------------------------------------------------------------------------------------------------------- text

/** Sides of a hole that is read from a text. */
const mostPixels = 64 * 64;
const mostFrames = 64;

/** For a link, in letters, digits, `.` and `*`: "forward.12-15.x12", "shift.0-15*s.n8.0", a hole as hexadecimal bits. */
export function planText({ kind, frames, dx, dy, hole }: Plan): string {
  const runs: string[] = [];
  for (let from = 0; from < frames.length;) {
    let to = from + 1;
    const [given, first] = [frames[from] !== null, frames[from] ?? 0];
    while (to < frames.length && (given ? frames[to] === first + to - from : frames[to] === null)) to++;
    runs.push(!given ? `x${to - from}` : to - from === 1 ? String(first) : `${first}-${first + to - from - 1}`);
    from = to;
  }
  const signed = (value: number) => (value < 0 ? `n${-value}` : String(value)); // a link may lose a sign at its end
  return [
    [kind, ...runs].join('.'),
    ...(dx || dy ? [`s.${signed(dx)}.${signed(dy)}`] : []),
    ...(hole ? [`h.${hole.first}.${hole.last}.${bitsText(hole.pixels)}`] : []),
  ].join('*');
}

/** The plan of a text, or undefined where it is none. It may still be too large for a clip: see `fits`. */
export function readPlan(text: string): Plan | undefined {
  const [head, ...rest] = text.split('*');
  const [kind, ...runs] = head.split('.');
  if (!(kinds as readonly string[]).includes(kind)) return undefined;
  const frames: (number | null)[] = [];
  for (const run of runs) {
    const [, made, from, to] = /^(?:x(\d{1,4})|(\d{1,4})(?:-(\d{1,4}))?)$/.exec(run) ?? [];
    const [a, b] = made ? [1, Number(made)] : from ? [Number(from), Number(to ?? from)] : [1, 0];
    if (b < a || b - a >= mostFrames || frames.length > mostFrames) return undefined;
    for (let frame = a; frame <= b; frame++) frames.push(made ? null : frame);
  }
  if (frames.length === 0 || frames.length > mostFrames) return undefined;
  let plan: Plan = { kind: kind as Kind, frames, dx: 0, dy: 0, hole: null };
  for (const part of rest) {
    const shift = /^s\.(n?)(\d{1,4})\.(n?)(\d{1,4})$/.exec(part);
    const hole = /^h\.(\d{1,4})\.(\d{1,4})\.([0-9a-f]+)$/.exec(part);
    if (shift) {
      const [, left, dx, up, dy] = shift;
      plan = { ...plan, dx: Number(dx) * (left ? -1 : 1) + 0, dy: Number(dy) * (up ? -1 : 1) + 0 };
    } else if (hole && hole[3].length <= mostPixels / 4) {
      plan = { ...plan, hole: { first: Number(hole[1]), last: Number(hole[2]), pixels: readBits(hole[3]) } };
    } else return undefined;
  }
  return plan;
}

/** Whether a plan is one for clips of this shape, from so many sources of that shape. */
export function fits({ frames, dx, dy, hole }: Plan, shape: ClipShape, sources = 2): boolean {
  return (
    frames.length === shape.frames &&
    frames.every((given) => given === null || given < sources * shape.frames) &&
    Math.abs(dx) < shape.width &&
    Math.abs(dy) < shape.height &&
    (!hole ||
      (hole.pixels.length === shape.height * shape.width && hole.first <= hole.last && hole.last < shape.frames))
  );
}

/** Four pixels a digit, the first of them its highest bit. */
function bitsText(pixels: Uint8Array): string {
  let text = '';
  for (let at = 0; at < pixels.length; at += 4)
    text += [0, 1, 2, 3].reduce((digit, i) => 2 * digit + (pixels[at + i] ? 1 : 0), 0).toString(16);
  return text;
}

function readBits(text: string): Uint8Array {
  return Uint8Array.from({ length: 4 * text.length }, (_, i) => (parseInt(text[i >> 2], 16) >> (3 - (i & 3))) & 1);
}
