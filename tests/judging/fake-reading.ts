/** Readings made up word by word, for tests only. */
import { undecided, type LawFit, type Reading, type SeenObject, type Sighting } from '../../src/reading';

const shape = { frames: 16, height: 32, width: 32 };

/** Nothing seen. */
export const blank: Reading = {
  shape,
  seen: false,
  setting: undecided,
  light: undecided,
  camera: undecided,
  pan: 0,
  zoom: 1,
  wall: null,
  still: undecided,
  backdrop: 0,
  noise: 0,
  objects: [],
  flicker: 0,
  appeared: 0,
  vanished: 0,
};

export const law: LawFit = {
  motion: 'still',
  residual: 0.001,
  velocity: [0, 0],
  acceleration: [0, 0],
  gravity: null,
  floorHits: [],
  orbit: null,
  spin: null,
  growth: null,
  collision: null,
  path: Array.from({ length: 16 }, () => [0.5, 0.5] as const),
};

export function trackAlong(y: (n: number) => number, x: (n: number) => number = () => 0.5): Sighting[] {
  return Array.from({ length: 16 }, (_, n) => ({
    x: x(n),
    y: y(n),
    radius: 0.15,
    angle: 0,
    visible: 1,
    explained: 0.9,
  }));
}

export function thing(over: Partial<SeenObject> = {}): SeenObject {
  return {
    colour: 'red',
    to: null,
    thing: 'ball',
    size: 'small',
    motion: 'still',
    speed: null,
    facing: 1,
    paint: [222, 40, 44],
    radius: 0.15,
    track: trackAlong(() => 0.5),
    law,
    residuals: {},
    confidence: { colour: 1, thing: 1, size: 1, motion: 1, speed: 1 },
    consistency: 1,
    identity: true,
    hides: false,
    ...over,
  };
}

export function reading(objects: readonly Partial<SeenObject>[], over: Partial<Reading> = {}): Reading {
  return {
    ...blank,
    seen: true,
    setting: 'night',
    light: 'stays',
    camera: 'stands',
    objects: objects.map(thing),
    ...over,
  };
}
