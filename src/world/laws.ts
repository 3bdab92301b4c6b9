/**
 * The laws of motion, exactly: where an object is in each frame. One gravity for everything that falls or bounces.
 */
import { clamp } from './arithmetic';
import type { Scene, WorldObject } from './scene';
import { world } from './world';

/** Where a thing is: centre and radius in frame heights, angle in radians. */
export interface Pose {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly angle: number;
}

/** Height above rest, `time` frames after the apex of a first fall from `drop` (time may be negative: rising). */
export function bounceHeight(time: number, drop: number): number {
  const { gravity: g, restitution: e } = world;
  const fallTime = Math.sqrt((2 * drop) / g);
  if (time <= fallTime) return drop - (g * time * time) / 2;
  time -= fallTime;
  let speed = e * g * fallTime;
  while (time > (2 * speed) / g) {
    time -= (2 * speed) / g;
    speed *= e;
  }
  return speed * time - (g * time * time) / 2;
}

/** Where an object is in frame n = 0, 1, ... (any real number will do) of a clip of `frames`. */
export function pose(object: WorldObject, n: number, frames = world.frames): Pose {
  const { x, y, vx, vy, omega, phase, reach, radius, hit = Infinity, ux = 0, uy = 0 } = object;
  const motion = world.motions[object.motion];
  const floor = world.floor - radius;
  switch (motion.law) {
    case 'rest':
      return { x, y, radius, angle: 0 };
    case 'uniform':
      return { x: x + vx * n, y: y + vy * n, radius, angle: 0 };
    case 'fall':
      return { x, y: Math.min(y + (world.gravity * n * n) / 2, floor), radius, angle: 0 };
    case 'bounce':
      return { x, y: floor - bounceHeight(n + phase, floor - y), radius, angle: 0 };
    case 'orbit': {
      const angle = phase + omega * n;
      return { x: x + reach * Math.cos(angle), y: y + reach * Math.sin(angle), radius, angle: 0 };
    }
    case 'spin':
      return { x, y, radius, angle: phase + omega * n };
    case 'growth': {
      const [from, to] = [motion.from ?? 1, motion.to ?? 1];
      return { x, y, radius: radius * (from + ((to - from) * n) / Math.max(1, frames - 1)), angle: 0 };
    }
    case 'collision': {
      const after = Math.max(0, n - hit);
      return { x: x + vx * (n - after) + ux * after, y: y + vy * (n - after) + uy * after, radius, angle: 0 };
    }
  }
}

export function poses(object: WorldObject, frames: number): Pose[] {
  return Array.from({ length: frames }, (_, n) => pose(object, n, frames));
}

/** -1 where a thing that faces somewhere (a fish) looks left, else 1. */
export function facing(object: Pick<WorldObject, 'thing' | 'vx'>): 1 | -1 {
  return world.things[object.thing].faces && object.vx < 0 ? -1 : 1;
}

/** How far the camera stands right of the scene's middle in frame n. */
export function cameraShift(scene: Scene, n: number, frames: number): number {
  return world.cameras[scene.camera].pan * world.pan_speed * (n - (frames - 1) / 2);
}

/** How much larger things look in frame n than half-way through, for a zoom of any strength: 1 in, -1 out, as the world's. */
export function zoomScale(strength: number, n: number, frames: number): number {
  return world.zoom_reach ** (strength * ((2 * n) / Math.max(1, frames - 1) - 1));
}

/** The same for the camera of a scene. */
export function cameraScale(scene: Scene, n: number, frames: number): number {
  return zoomScale(world.cameras[scene.camera].zoom, n, frames);
}

/** How far a change of colour or light has come in frame n: 0 before, 1 after. */
export function changed(n: number, frames: number): number {
  const [start, end] = world.change;
  return clamp((n / Math.max(1, frames - 1) - start) / (end - start));
}
