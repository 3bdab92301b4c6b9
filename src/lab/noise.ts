/**
 * The noise lab: what the reader does to the starting noise, as operations of src/sampling/start. The page keeps them in
 * the settings, so that a link, a comparison and a saved run have them too.
 */
import { mostOperations, startingNoise } from '../sampling/start';
import type { ClipShape, Region, StartOperation } from '../sampling/types';
import type { Settings } from '../settings/settings';

/** Parts of the picture that have a name; any other box can be drawn. */
export const areas = ['whole', 'left', 'right', 'top', 'bottom', 'middle'] as const;
export type Area = (typeof areas)[number];

export const spans = ['all', 'first', 'second', 'one'] as const;
export type Span = (typeof spans)[number];

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function boxOf(area: Area, { height, width }: ClipShape): Box {
  const [halfWidth, halfHeight] = [Math.floor(width / 2), Math.floor(height / 2)];
  const side = Math.min(halfWidth, halfHeight); // a square can be turned by a quarter
  switch (area) {
    case 'whole':
      return { x: 0, y: 0, width, height };
    case 'left':
      return { x: 0, y: 0, width: halfWidth, height };
    case 'right':
      return { x: width - halfWidth, y: 0, width: halfWidth, height };
    case 'top':
      return { x: 0, y: 0, width, height: halfHeight };
    case 'bottom':
      return { x: 0, y: height - halfHeight, width, height: halfHeight };
    case 'middle':
      return { x: Math.floor((width - side) / 2), y: Math.floor((height - side) / 2), width: side, height: side };
  }
}

/** The box from one corner to the other, both pixels in it, whichever comes first. */
export function boxBetween([ax, ay]: readonly [number, number], [bx, by]: readonly [number, number]): Box {
  return { x: Math.min(ax, bx), y: Math.min(ay, by), width: Math.abs(ax - bx) + 1, height: Math.abs(ay - by) + 1 };
}

export function regionOf(box: Box, span: Span, frame: number, { frames }: ClipShape): Region {
  const half = Math.max(1, Math.floor(frames / 2));
  switch (span) {
    case 'all':
      return { ...box, first: 0, last: frames - 1 };
    case 'first':
      return { ...box, first: 0, last: half - 1 };
    case 'second':
      return { ...box, first: Math.min(half, frames - 1), last: frames - 1 };
    case 'one':
      return { ...box, first: frame, last: frame };
  }
}

export const deeds = ['copy', 'swap', 'turn', 'roll', 'paint', 'freeze', 'blend'] as const;
export type Deed = (typeof deeds)[number];

/** The settings after a deed. `other` is the second seed, `frame` the frame that the reader looks at. */
export function done(
  deed: Deed,
  settings: Settings,
  { region, frame, other }: { readonly region: Region; readonly frame: number; readonly other: number },
  shape: ClipShape,
): Settings {
  const with_ = (operation: StartOperation): Settings =>
    settings.start.length < mostOperations ? { ...settings, start: [...settings.start, operation] } : settings;
  switch (deed) {
    case 'copy':
      return with_({ kind: 'copy', from: frame, first: region.first, last: region.last });
    case 'swap':
      return with_({ kind: 'swap', a: 0, b: shape.frames - 1 });
    case 'turn':
      return with_({ kind: 'turn', region, quarters: region.width === region.height ? 1 : 2 });
    case 'roll':
      return with_({ kind: 'roll', region, dx: Math.max(1, Math.floor(region.width / 4)), dy: 0 });
    case 'paint':
      return with_({ kind: 'paint', region, seed: other });
    case 'freeze': // the seed changes, and what it was stays where the region is
      return { ...with_({ kind: 'paint', region, seed: settings.seed }), seed: other };
    case 'blend':
      return with_({ kind: 'blend', seed: other, percent: 50 });
  }
}

/** The share of a blend at `index` changed. */
export function blended(settings: Settings, index: number, percent: number): Settings {
  const start = settings.start.map((operation, i) =>
    i === index && operation.kind === 'blend' ? { ...operation, percent } : operation,
  );
  return { ...settings, start };
}

export function without(settings: Settings, index: number): Settings {
  return { ...settings, start: settings.start.filter((_, i) => i !== index) };
}

/** The noise that a run with these settings starts from, or undefined where the operations do not fit such a clip. */
export function noiseOf({ seed, start }: Settings, shape: ClipShape): Float32Array | undefined {
  try {
    return startingNoise(seed, shape, start);
  } catch {
    return undefined;
  }
}
