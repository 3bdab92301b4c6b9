/**
 * The noise lab: what can be done to the starting noise before a run, as a list of named operations.
 *
 * What it keeps: a model expects every number to be standard normal and to have nothing to do with any other. swap, roll
 * and turn only move numbers and paint brings others of the same kind: all that still holds. blend goes along the sphere
 * and keeps it too, as long as the two noises have nothing in common. copy does not: each number is still standard normal,
 * but frames repeat each other, which no starting noise in training did. That is what makes it worth a look.
 * What it is not: it knows no prompt and no model.
 */
import { SettingsError } from './errors';
import { clipStream, normals } from './noise';
import type { ClipShape, Region, RunSettings, StartOperation } from './types';

/** Most operations in one start: a link has to hold them. */
export const mostOperations = 16;
const mostPixels = 4096; // of one side, and frames; a run checks against its own clip

/** 3 x frames x height x width: the seed's noise after all operations, in order. Throws SettingsError. */
export function startingNoise(
  seed: number,
  shape: ClipShape,
  operations: readonly StartOperation[] = [],
): Float32Array {
  checkStart(operations, shape);
  const { frames, height, width } = shape;
  return operations.reduce(
    (noise, operation) => apply(noise, operation, shape),
    normals(seed, clipStream, 3 * frames * height * width),
  );
}

/** A clip (3 x frames x height x width) with a run's own starting noise over it: t clip + (1 - t) noise. */
export function noised(
  clip: Float32Array,
  t: number,
  { seed, start }: Pick<RunSettings, 'seed' | 'start'>,
  shape: ClipShape,
): Float32Array {
  return startingNoise(seed, shape, start).map((noise, i) => t * clip[i] + (1 - t) * noise);
}

function apply(
  noise: Float32Array<ArrayBuffer>,
  operation: StartOperation,
  shape: ClipShape,
): Float32Array<ArrayBuffer> {
  switch (operation.kind) {
    case 'copy': {
      const { from, first, last } = operation;
      return moved(noise, shape, (frame, y, x) => [frame >= first && frame <= last ? from : frame, y, x]);
    }
    case 'swap': {
      const { a, b } = operation;
      return moved(noise, shape, (frame, y, x) => [frame === a ? b : frame === b ? a : frame, y, x]);
    }
    case 'roll': {
      const { region, dx, dy } = operation;
      return movedIn(noise, shape, region, (y, x) => [wrap(y - dy, region.height), wrap(x - dx, region.width)]);
    }
    case 'turn': {
      const { region, quarters } = operation;
      const [bottom, right] = [region.height - 1, region.width - 1];
      return movedIn(noise, shape, region, (y, x) =>
        quarters === 1 ? [bottom - x, y] : quarters === 2 ? [bottom - y, right - x] : [x, right - y],
      );
    }
    case 'paint': {
      const other = normals(operation.seed, clipStream, noise.length);
      return noise.map((value, i) => (isInside(operation.region, ...placeOf(i, shape)) ? other[i] : value));
    }
    case 'blend':
      return onSphere(noise, normals(operation.seed, clipStream, noise.length), operation.percent / 100);
  }
}

/** Each number from where `source` says, in all three colour channels. */
function moved(
  noise: Float32Array<ArrayBuffer>,
  shape: ClipShape,
  source: (frame: number, y: number, x: number) => readonly [number, number, number],
): Float32Array<ArrayBuffer> {
  const { frames, height, width } = shape;
  const pixels = frames * height * width;
  return noise.map((_, i) => {
    const [frame, y, x] = source(...placeOf(i, shape));
    return noise[i - (i % pixels) + (frame * height + y) * width + x];
  });
}

/** The same inside a region, with rows and columns counted from its corner. */
function movedIn(
  noise: Float32Array<ArrayBuffer>,
  shape: ClipShape,
  region: Region,
  source: (y: number, x: number) => readonly [number, number],
): Float32Array<ArrayBuffer> {
  return moved(noise, shape, (frame, y, x) => {
    if (!isInside(region, frame, y, x)) return [frame, y, x];
    const [row, column] = source(y - region.y, x - region.x);
    return [frame, row + region.y, column + region.x];
  });
}

/** [frame, y, x] of place i, in any colour channel. */
function placeOf(i: number, { frames, height, width }: ClipShape): [number, number, number] {
  const row = Math.floor(i / width);
  return [Math.floor(row / height) % frames, row % height, i % width];
}

function isInside({ x, y, width, height, first, last }: Region, frame: number, row: number, column: number): boolean {
  return frame >= first && frame <= last && row >= y && row < y + height && column >= x && column < x + width;
}

const wrap = (value: number, size: number) => ((value % size) + size) % size;

/**
 * From a to b on the sphere that both lie on: the straight way, (1 - share) a + share b, drawn out to it again. With r the
 * cosine between them that is a division by sqrt((1 - share)^2 + share^2 + 2 share (1 - share) r). Two noises are long and
 * nearly at right angles, so r is near 0; a noise and itself has r = 1 and stays. No sine, so that all machines agree.
 */
function onSphere(a: Float32Array, b: Float32Array, share: number): Float32Array<ArrayBuffer> {
  let [aa, bb, ab] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    aa += a[i] * a[i];
    bb += b[i] * b[i];
    ab += a[i] * b[i];
  }
  const rest = 1 - share;
  const length = Math.sqrt(rest ** 2 + share ** 2 + 2 * share * rest * (ab / Math.sqrt(aa * bb)));
  return Float32Array.from(a, (value, i) => (rest * value + share * b[i]) / length);
}

// -------------------------------------------------------------------------------------------------------------- text

/** The numbers of each operation in the order in which a link has them. */
const numbersOf = {
  copy: ['from', 'first', 'last'],
  swap: ['a', 'b'],
  roll: ['region', 'dx', 'dy'],
  turn: ['region', 'quarters'],
  paint: ['region', 'seed'],
  blend: ['seed', 'percent'],
} as const satisfies Record<StartOperation['kind'], readonly string[]>;
const isKind = (kind: unknown): kind is StartOperation['kind'] =>
  typeof kind === 'string' && Object.hasOwn(numbersOf, kind);
const regionNumbers = ['x', 'y', 'width', 'height', 'first', 'last'] as const;

/** For a link, in characters that an address leaves alone: "copy.0.0.15_blend.8.50". No operation is no text. */
export function startText(operations: readonly StartOperation[]): string {
  return operations
    .map((operation) => {
      const fields = operation as unknown as Record<string, number | Region>;
      const numbers = numbersOf[operation.kind].flatMap((name) => {
        const field = fields[name];
        return typeof field === 'number' ? field : regionNumbers.map((part) => field[part]);
      });
      return [operation.kind, ...numbers].join('.');
    })
    .join('_');
}

/** The operations of a text, whatever the shape of the clip. Throws SettingsError. */
export function readStart(text: string): StartOperation[] {
  if (text === '') return [];
  const operations = text.split('_').map((part): StartOperation => {
    const [kind, ...words] = part.split('.');
    if (!isKind(kind) || !words.every((word) => /^(0|-?[1-9]\d{0,9})$/.test(word)))
      throw refused(part.slice(0, 80), `operations such as copy.0.0.15, ${Object.keys(numbersOf).join(', ')}`);
    const numbers = words.map(Number);
    const names = numbersOf[kind];
    const wanted = names.reduce((sum, name) => sum + (name === 'region' ? regionNumbers.length : 1), 0);
    if (numbers.length !== wanted)
      throw refused(part.slice(0, 80), `${wanted} numbers after ${kind}: ${names.join(', ')}`);
    const fields = names.map((name) => [
      name,
      name === 'region' ? Object.fromEntries(regionNumbers.map((part) => [part, numbers.shift()])) : numbers.shift(),
    ]);
    return { kind, ...Object.fromEntries(fields) } as StartOperation;
  });
  checkStart(operations);
  return operations;
}

// ------------------------------------------------------------------------------------------------------------- check

/** Throws SettingsError. Without a shape only what is wrong for every clip is found. */
export function checkStart(operations: readonly StartOperation[], shape?: ClipShape): void {
  if (!Array.isArray(operations)) throw refused(String(operations).slice(0, 80), 'a list of operations');
  if (operations.length > mostOperations)
    throw refused(`${operations.length} operations long`, `at most ${mostOperations} operations`);
  for (const operation of operations as readonly StartOperation[]) {
    if (typeof operation !== 'object' || operation === null || !isKind(operation.kind))
      throw refused(
        JSON.stringify(operation)?.slice(0, 80),
        `operations of the kind ${Object.keys(numbersOf).join(', ')}`,
      );
    checkOperation(operation, shape ?? { frames: mostPixels, height: mostPixels, width: mostPixels });
  }
}

function checkOperation(operation: StartOperation, shape: ClipShape): void {
  const { frames } = shape;
  const need = (what: string, value: number, min: number, max: number) => {
    if (!Number.isInteger(value) || value < min || value > max)
      throw new SettingsError(
        `start, ${what} of ${operation.kind}`,
        value,
        min === max ? `${min}` : `a whole number from ${min} to ${max}`,
      );
  };
  switch (operation.kind) {
    case 'copy':
      need('from', operation.from, 0, frames - 1);
      need('first', operation.first, 0, frames - 1);
      return need('last', operation.last, operation.first, frames - 1);
    case 'swap':
      need('a', operation.a, 0, frames - 1);
      return need('b', operation.b, 0, frames - 1);
    case 'blend':
      need('seed', operation.seed, 0, 4294967295);
      return need('percent', operation.percent, 0, 100);
  }
  const region = operation.region ?? {};
  need('x', region.x, 0, shape.width - 1);
  need('y', region.y, 0, shape.height - 1);
  need('width', region.width, 1, shape.width - region.x);
  need('height', region.height, 1, shape.height - region.y);
  need('first', region.first, 0, frames - 1);
  need('last', region.last, region.first, frames - 1);
  switch (operation.kind) {
    case 'roll':
      need('dx', operation.dx, -mostPixels, mostPixels);
      return need('dy', operation.dy, -mostPixels, mostPixels);
    case 'turn':
      need('quarters', operation.quarters, 1, 3);
      if (operation.quarters !== 2) need('width', region.width, region.height, region.height);
      return;
    case 'paint':
      return need('seed', operation.seed, 0, 4294967295);
  }
}

function refused(value: unknown, wanted: string): SettingsError {
  return new SettingsError('start', value, wanted);
}
