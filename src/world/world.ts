/**
 * The little world as data: `world.json`, with types. Both this renderer and the PyTorch one read that one file.
 */
import data from './world.json';

export type Rgb = readonly number[]; // 0 .. 255 each

/** A shape's part, in the thing's own coordinates: the thing reaches about from -1 to 1. */
export type Part =
  | { readonly disc: readonly number[] } // centre x, y, radius
  | { readonly ring: readonly number[] } // centre x, y, radius, half width
  | { readonly polygon: readonly (readonly number[])[] };

export interface Layer {
  readonly paint: string; // 'self' is the object's colour, else a name in `paints`
  readonly parts: readonly Part[];
}

export interface Thing {
  readonly faces?: boolean; // looks where it goes: mirrored when it moves left
  readonly layers: readonly Layer[];
}

export type Law = 'rest' | 'uniform' | 'fall' | 'bounce' | 'orbit' | 'spin' | 'growth';

export interface Motion {
  readonly phrase: string;
  readonly law: Law;
  readonly direction?: readonly number[];
  readonly radius?: readonly number[]; // of an orbit, low .. high
  readonly speeds?: Readonly<Record<string, readonly number[]>>; // low .. high, a frame
  readonly from?: number; // of growth, as a share of the radius
  readonly to?: number;
}

export interface Setting {
  readonly phrase: string;
  readonly sky: readonly Rgb[]; // top, horizon
  readonly hills: { readonly colour: Rgb; readonly height: number; readonly waves: readonly (readonly number[])[] };
  readonly ground: readonly Rgb[]; // horizon, bottom
  readonly dots: { readonly colour: Rgb; readonly at: readonly (readonly number[])[]; readonly depth: number };
}

export interface World {
  readonly vocabulary: readonly string[];
  readonly aliases: Readonly<Record<string, string>>;
  readonly frames: number;
  readonly colours: Readonly<Record<string, Rgb>>;
  readonly paints: Readonly<Record<string, Rgb>>;
  readonly sizes: Readonly<Record<string, number>>;
  readonly size_jitter: number;
  readonly company: number;
  readonly things: Readonly<Record<string, Thing>>;
  readonly floor: number;
  readonly gravity: number;
  readonly restitution: number;
  readonly motions: Readonly<Record<string, Motion>>;
  readonly settings: Readonly<Record<string, Setting>>;
  readonly horizon: number;
  readonly backdrop_period: number;
  readonly cameras: Readonly<Record<string, { readonly phrase: string; readonly pan: number }>>;
  readonly pan_speed: number;
  readonly hill_depth: number;
  readonly odds: {
    readonly two_objects: number;
    readonly pan: number;
    readonly shortened_caption: number;
    readonly dropped_word: number;
  };
  readonly holes: { readonly pairs: readonly (readonly string[])[]; readonly speeds: string };
}

export const world = data as unknown as World;

export const colours = Object.keys(world.colours);
export const things = Object.keys(world.things);
export const sizes = Object.keys(world.sizes);
export const motions = Object.keys(world.motions);
export const settings = Object.keys(world.settings);
export const cameras = Object.keys(world.cameras);
