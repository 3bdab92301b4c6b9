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

export type Law = 'rest' | 'uniform' | 'fall' | 'bounce' | 'orbit' | 'spin' | 'growth' | 'collision';

export interface Motion {
  readonly phrase: string;
  readonly law: Law;
  readonly joint?: boolean; // no thing does it alone
  readonly direction?: readonly number[];
  readonly radius?: readonly number[]; // of an orbit, low .. high
  readonly speeds?: Readonly<Record<string, readonly number[]>>; // low .. high, a frame
  readonly from?: number; // of growth, as a share of the radius
  readonly to?: number;
  readonly lean?: number; // of a spin in its first frame, radians either way
}

export interface Setting {
  readonly phrase: string;
  readonly sky: readonly Rgb[]; // top, horizon
  readonly hills: { readonly colour: Rgb; readonly height: number; readonly waves: readonly (readonly number[])[] };
  readonly ground: readonly Rgb[]; // horizon, bottom
  readonly dots: { readonly colour: Rgb; readonly at: readonly (readonly number[])[]; readonly depth: number };
}

/** A kind of scene, for models that have grown beyond one or two things: which choices it leaves. */
export interface Plot {
  readonly objects: readonly number[];
  readonly settings?: readonly string[];
  readonly cameras?: readonly string[];
  readonly lights?: readonly Light[];
  readonly sizes?: readonly string[];
  readonly motions?: readonly string[];
  readonly speeds?: readonly string[];
  readonly turn?: boolean; // it turns into another colour
  readonly wall?: boolean; // it passes behind a wall
  readonly picture?: boolean; // nothing moves
}

export type Light = 'dusk' | 'dawn';

export interface World {
  readonly vocabulary: readonly string[];
  readonly first_words: number; // how many of them the first models know
  readonly aliases: Readonly<Record<string, string>>;
  readonly frames: number;
  readonly colours: Readonly<Record<string, Rgb>>;
  readonly paints: Readonly<Record<string, Rgb>>;
  readonly sizes: Readonly<Record<string, number>>;
  readonly size_jitter: number;
  readonly company: number; // how much smaller one of two things is
  readonly crowd: number; // and one of three
  readonly things: Readonly<Record<string, Thing>>;
  readonly floor: number;
  readonly gravity: number;
  readonly restitution: number;
  readonly motions: Readonly<Record<string, Motion>>;
  readonly settings: Readonly<Record<string, Setting>>;
  readonly horizon: number;
  readonly backdrop_period: number;
  readonly cameras: Readonly<Record<string, { readonly phrase: string; readonly pan: number; readonly zoom: number }>>;
  readonly pan_speed: number;
  readonly hill_depth: number;
  readonly zoom_reach: number; // how much larger than half-way a zoom ends or begins
  readonly change: readonly number[]; // when a change begins and ends, in shares of the clip
  readonly lights: Readonly<Record<'stays' | Light, { readonly phrase: string }>>;
  readonly wall: {
    readonly phrase: string;
    readonly half_width: number;
    readonly above: number; // how much higher than the thing behind it
    readonly bottom: number;
    readonly colour: Rgb;
    readonly joint_colour: Rgb;
    readonly course: number; // height of a row of bricks
    readonly brick: number; // length of a brick
    readonly joint: number; // width of the mortar between them
  };
  readonly plots: Readonly<Record<string, Plot>>;
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
/** What a thing can do alone. */
export const motions = Object.keys(world.motions).filter((name) => !world.motions[name].joint);
export const speeds = ['slowly', 'fast'];
export const settings = Object.keys(world.settings);
export const cameras = Object.keys(world.cameras);
export const plots = Object.keys(world.plots);
