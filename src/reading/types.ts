/**
 * What a reading says. Lengths are in frame heights (the shorter side of a
 * clip that is not square), x runs right, y runs down, angles are in radians, time is in frames.
 */
import type { ClipShape } from '../sampling/types';

/** The reader's third answer beside right and wrong: the pixels do not tell. */
export const undecided = 'undecided';
export type Undecided = typeof undecided;

/** One object in one frame. Places are in the scene, not in the picture: a camera that pans or zooms is taken out. */
export interface Sighting {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly angle: number | null; // null where nothing shows how far it is turned
  readonly visible: number; // 0 .. 1, share of it that lies in the picture and is not covered
  readonly explained: number; // at most 1: share of the error of the bare backdrop that drawing it there takes away
}

/** A law of motion laid through a path: the numbers that the law has, and how far the path strays from it. */
export interface LawFit {
  readonly motion: string; // a word of `world.motions`
  readonly residual: number; // root mean square distance between path and law, in frame heights
  readonly velocity: readonly [number, number]; // mean, a frame
  readonly acceleration: readonly [number, number]; // a frame squared: of a straight path, or of free flight
  readonly gravity: number | null; // of a fall or a bounce, in units of world.gravity
  readonly floorHits: readonly number[]; // when a bounce touches the floor, in frames
  readonly orbit: { readonly x: number; readonly y: number; readonly radius: number; readonly period: number } | null;
  readonly spin: number | null; // radians a frame, of a spin or an orbit
  readonly growth: number | null; // last radius over first radius, of something that grows or shrinks
  readonly collision: Collision | null; // of two balls that run into each other
  readonly path: readonly (readonly [number, number])[]; // where the law puts it in each frame
}

/** Two things that run into each other, as both of their paths show. Flat discs: mass goes with the radius squared. */
export interface Collision {
  readonly other: number; // the other one, in the reading's objects
  readonly hit: number; // when, in frames
  readonly before: readonly [number, number]; // its own velocity, a frame
  readonly after: readonly [number, number];
  readonly momentum: number; // 0 .. 1: what is lost or won of the momentum that they exchange; 0 is kept
  readonly energy: number; // of both, after over before; 1 is kept
}

export interface SeenObject {
  readonly colour: string | Undecided; // where it turns into another, the one it begins with
  readonly to: string | Undecided | null; // the colour that it turns into; null: it keeps its own
  readonly thing: string | Undecided;
  readonly size: string | Undecided;
  readonly motion: string | Undecided;
  readonly speed: string | Undecided | null; // null: this motion has no speed words
  readonly facing: 1 | -1; // -1: a fish that looks left
  readonly paint: readonly [number, number, number]; // its mean colour, 0 .. 255
  readonly radius: number; // typical, with growth taken out
  readonly track: readonly Sighting[]; // one for each frame
  readonly law: LawFit;
  readonly residuals: Readonly<Record<string, number>>; // of every law that was tried, by motion
  readonly confidence: Readonly<Record<'colour' | 'thing' | 'size' | 'motion' | 'speed', number>>; // 0 .. 1
  readonly consistency: number; // 0 .. 1, share of the frames it should be seen in where it is
  readonly identity: boolean | Undecided; // same colour and thing in its first and its last clear frame (a turn in between allowed)
  readonly hides: boolean; // it is seen on one side of a wall, then not, then on the other side
}

export interface Reading {
  readonly shape: ClipShape;
  readonly seen: boolean; // false: nothing seen, a blank clip or one that shows nothing of the world
  readonly setting: string | Undecided; // where the light changes, the one that is not night
  readonly light: string | Undecided; // "stays", "dusk" (day turns into night), "dawn"
  readonly camera: string | Undecided;
  readonly pan: number; // how far the camera moves right, frame heights a frame
  readonly zoom: number; // how much larger things look in the last frame than in the first; 1: not at all
  readonly wall: readonly [number, number] | null; // x of the middle and y of the top of a wall in front
  readonly still: boolean | Undecided; // nothing moves or changes: a picture
  readonly backdrop: number; // which stretch of the backdrop stands behind the frame
  readonly noise: number; // typical error of the backdrop, on a scale where black to white is 1
  readonly objects: readonly SeenObject[];
  readonly flicker: number; // mean change of the empty backdrop from frame to frame, black to white is 1
  readonly appeared: number; // objects that come from nowhere in the picture
  readonly vanished: number; // objects that go to nowhere
}
