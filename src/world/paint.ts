/**
 * The painters: backdrop, things and wall, onto any layout of pixels. The renderer draws clips with them, and whoever reads
 * a clip draws with them what it might show. Anti-aliased: a pixel's cover is 1/2 minus its distance to the edge in pixels.
 * Twin of `render` in training/snowglobe/world.py.
 *
 * Lengths are in frame heights (the shorter side of the picture), x runs right, y runs down; colours are 0 .. 1 here.
 */
import type { ClipShape } from '../sampling/types';
import { clamp, lerp, modulo } from './arithmetic';
import type { Pose } from './laws';
import { distanceAt, extent } from './shapes';
import { world, type Light, type Rgb, type Setting } from './world';

/** Where the middles of the pixels lie, at one depth of the scene. */
export interface Raster {
  readonly x: Float64Array; // of each column
  readonly y: Float64Array; // of each row
  readonly pixels: number; // to a length of 1
}

/**
 * What a camera shows at a depth: 0 infinitely far, 1 where things stand. It stands `shift` right of the scene's middle, and
 * things look `scale` times as large.
 */
export function rasterAt(
  { height, width }: Pick<ClipShape, 'height' | 'width'>,
  depth: number,
  shift = 0,
  scale = 1,
): Raster {
  const unit = Math.min(height, width);
  const own = 1 + depth * (scale - 1);
  return {
    x: Float64Array.from({ length: width }, (_, i) => 0.5 + (i + 0.5 - width / 2) / unit / own + depth * shift),
    y: Float64Array.from({ length: height }, (_, i) => 0.5 + (i + 0.5 - height / 2) / unit / own),
    pixels: unit * own,
  };
}

/** Steps in a list of numbers, from one row, column and channel to the next. */
export interface Layout {
  readonly start: number;
  readonly row: number;
  readonly column: number;
  readonly channel: number;
}

/** Where paint goes: a picture in any layout, and how much of each pixel is covered, where that is asked for. */
export class Surface {
  constructor(
    readonly height: number,
    readonly width: number,
    private readonly data: Float32Array, // 0 .. 1
    private readonly layout: Layout,
    private readonly covered?: Float32Array, // height x width, 0 .. 1
  ) {}

  /** Lays the colour that begins at `colours[from]` over a pixel, as far as it covers it (0 .. 1). */
  lay(row: number, column: number, colours: ArrayLike<number>, cover: number, channels = 3, from = 0): void {
    if (cover <= 0) return;
    const { data, layout, covered } = this;
    let at = layout.start + row * layout.row + column * layout.column;
    for (let c = 0; c < channels; c++, at += layout.channel) data[at] = lerp(data[at], colours[from + c], cover);
    if (covered) {
      const i = row * this.width + column;
      covered[i] = 1 - (1 - covered[i]) * (1 - cover);
    }
  }
}

/** Frame n of a clip, 3 x frames x height x width. */
export function planeOf(clip: Float32Array, n: number, { frames, height, width }: ClipShape): Surface {
  const plane = height * width;
  return new Surface(height, width, clip, { start: n * plane, row: width, column: 1, channel: frames * plane });
}

/** Frame n of pixels that lie frames x height x width x 3; `covered` is frames x height x width. */
export function frameOf(
  pixels: Float32Array,
  n: number,
  { height, width }: Pick<ClipShape, 'height' | 'width'>,
  covered?: Float32Array,
): Surface {
  const plane = height * width;
  const layout = { start: 3 * n * plane, row: 3 * width, column: 3, channel: 1 };
  return new Surface(height, width, pixels, layout, covered?.subarray(n * plane, (n + 1) * plane));
}

/** How far a shape covers a pixel whose middle is `distance` outside its edge. */
export const coverOf = (distance: number, pixels: number): number => clamp(0.5 - distance * pixels);

const blend = (a: Rgb, b: Rgb, share: number): Rgb => a.map((value, c) => lerp(value, b[c], share));
const lit = (colour: Rgb): Rgb => colour.map((value) => value / 255);

/** What a backdrop consists of. Colours are 0 .. 255, as the world has them. */
export interface Scenery {
  readonly sky: readonly [Rgb, Rgb]; // top, horizon
  readonly ground: readonly [Rgb, Rgb]; // horizon, bottom
  readonly hills: Rgb;
  readonly ridge: (place: number) => number; // height of the hills above the horizon
  readonly dots: readonly { readonly dots: Setting['dots']; readonly weight: number }[];
}

/** How high the hills of a setting are at a place; their period is 1. */
export const ridgeOf = ({ height, waves }: Setting['hills'], place: number): number =>
  waves.reduce((sum, [size, frequency, phase]) => sum + size * Math.sin(2 * Math.PI * (frequency * place + phase)), height); // prettier-ignore

/**
 * The scenery of a setting. Day turns into night by turning every colour, hill and dot of the one into those of the other:
 * `change` (0 .. 1) is how far that has come.
 */
export function sceneryOf(setting: string, light?: Light | null, change = 0): Scenery {
  const a = world.settings[light === 'dawn' ? 'night' : setting];
  const b = world.settings[light === 'dusk' ? 'night' : setting];
  return {
    sky: [blend(a.sky[0], b.sky[0], change), blend(a.sky[1], b.sky[1], change)],
    ground: [blend(a.ground[0], b.ground[0], change), blend(a.ground[1], b.ground[1], change)],
    hills: blend(a.hills.colour, b.hills.colour, change),
    ridge: a === b ? (place) => ridgeOf(a.hills, place) : (place) => lerp(ridgeOf(a.hills, place), ridgeOf(b.hills, place), change), // prettier-ignore
    dots: [
      { dots: a.dots, weight: 1 - change },
      { dots: b.dots, weight: change },
    ].filter(({ weight }) => weight > 0),
  };
}

/** The sky at a height, and the ground. */
export const skyAt = ({ sky }: Scenery, y: number): Rgb => lit(blend(...sky, clamp(y / world.horizon)));
export const groundAt = ({ ground }: Scenery, y: number): Rgb =>
  lit(blend(...ground, clamp((y - world.horizon) / (1 - world.horizon))));

/** Sky, hills, ground and dots. `at` is where the pixels look at each depth, `offset` which stretch of the backdrop is seen. */
export function paintBackdrop(surface: Surface, at: (depth: number) => Raster, scenery: Scenery, offset: number): void {
  paintLand(surface, at, scenery, offset);
  for (const { dots, weight } of scenery.dots) paintDots(surface, at(dots.depth), dots.at, lit(dots.colour), offset, weight); // prettier-ignore
}

/** Sky, hills and ground. */
export function paintLand(surface: Surface, at: (depth: number) => Raster, scenery: Scenery, offset: number): void {
  const { horizon, hill_depth } = world;
  const [sky, far, here] = [at(0), at(hill_depth), at(1)];
  const hills = lit(scenery.hills);
  const tops = far.x.map((x) => horizon - scenery.ridge(x + offset));
  for (let row = 0; row < surface.height; row++) {
    const [air, soil] = [skyAt(scenery, sky.y[row]), groundAt(scenery, here.y[row])];
    const earth = coverOf(horizon - here.y[row], here.pixels);
    for (let column = 0; column < surface.width; column++) {
      surface.lay(row, column, air, 1);
      surface.lay(row, column, hills, coverOf(tops[column] - far.y[row], far.pixels));
      surface.lay(row, column, soil, earth);
    }
  }
}

/** Discs ([x, y, radius] each) that come again every period of the backdrop. `colour` has as many channels as are painted. */
export function paintDots(
  surface: Surface,
  { x, y, pixels }: Raster,
  dots: Setting['dots']['at'],
  colour: readonly number[],
  offset: number,
  weight: number,
): void {
  const period = world.backdrop_period;
  for (const [dotX, dotY, radius] of dots) {
    const reach = radius + 1 / pixels; // beyond it nothing is covered
    for (let column = 0; column < surface.width; column++) {
      const dx = modulo(x[column] + offset - dotX + period / 2, period) - period / 2;
      if (Math.abs(dx) > reach) continue;
      for (let row = 0; row < surface.height; row++) {
        const dy = y[row] - dotY;
        if (Math.abs(dy) > reach) continue;
        surface.lay(row, column, colour, coverOf(Math.hypot(dx, dy) - radius, pixels) * weight, colour.length);
      }
    }
  }
}

/** A thing as its painter needs it: layers from back to front. */
export interface Figure {
  readonly fields: readonly Float64Array[]; // distance grids (shapes.ts)
  readonly paints: ArrayLike<number>; // layers x 3, 0 .. 1
  readonly mirror: 1 | -1; // -1: it looks left
}

/** `edge` is how wide edges are, in pixels; farther than `reach` across or down nothing is drawn. */
export function paintThing(
  surface: Surface,
  { x, y, pixels }: Raster,
  { fields, paints, mirror }: Figure,
  { x: middle, y: centre, radius, angle }: Pose,
  { edge = 1, reach }: { readonly edge?: number; readonly reach?: number } = {},
): void {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (let row = 0; row < surface.height; row++) {
    const dy = y[row] - centre;
    if (Math.abs(dy) > (reach ?? extent * 1.5 * radius)) continue;
    for (let column = 0; column < surface.width; column++) {
      const dx = x[column] - middle;
      if (reach !== undefined && Math.abs(dx) > reach) continue;
      const u = (mirror * (dx * cos + dy * sin)) / radius;
      const v = (dy * cos - dx * sin) / radius;
      for (let layer = 0; layer < fields.length; layer++) {
        const cover = coverOf(distanceAt(fields[layer], u, v) * radius, pixels / edge);
        surface.lay(row, column, paints, cover, 3, 3 * layer);
      }
    }
  }
}

/** x of a wall's middle and y of its top, as a scene has them. */
export type Wall = readonly number[];

/** How far a wall of bricks covers a point, and how much of that is stone and not mortar: 0 .. 1 each. */
export function wallAt([middle, top]: Wall, x: number, y: number, pixels: number) {
  const { half_width, bottom, course, brick, joint } = world.wall;
  const dx = x - middle;
  const cover = coverOf(Math.abs(dx) - half_width, pixels) * coverOf(Math.max(top - y, y - bottom), pixels);
  if (cover === 0) return { cover, stone: 0 };
  const line = Math.floor((y - top) / course);
  const across = coverOf(Math.abs(y - top - line * course - course / 2) - (course - joint) / 2, pixels);
  // Every second row is shifted by half a brick.
  const along = modulo(dx + half_width + (modulo(line, 2) * brick) / 2, brick);
  return { cover, stone: across * coverOf(Math.abs(along - brick / 2) - (brick - joint) / 2, pixels) };
}

/** The colour of a wall that is stone to a share, and mortar for the rest. */
export const brickColour = (stone: number): Rgb => lit(blend(world.wall.joint_colour, world.wall.colour, stone));

/** A wall of bricks in front of the things. */
export function paintWall(surface: Surface, { x, y, pixels }: Raster, wall: Wall): void {
  for (let row = 0; row < surface.height; row++)
    for (let column = 0; column < surface.width; column++) {
      const { cover, stone } = wallAt(wall, x[column], y[row], pixels);
      if (cover > 0) surface.lay(row, column, brickColour(stone), cover);
    }
}
