/**
 * The renderer: a scene as a clip. Twin of `render` in training/snowglobe/world.py; golden scenes keep them within 1/255 of
 * each other.
 *
 * A clip is a window on the scene: its shorter side is 1 long, and its middle is the middle of the unit square.
 */
import type { ClipShape } from '../sampling/types';
import { lerp } from './arithmetic';
import { cameraScale, cameraShift, changed, facing, pose } from './laws';
import { paintBackdrop, paintThing, paintWall, planeOf, rasterAt, sceneryOf, type Figure } from './paint';
import type { Scene, WorldObject } from './scene';
import { distanceFields } from './shapes';
import { world } from './world';

type Looks = Pick<WorldObject, 'thing' | 'colour' | 'to' | 'vx'>;

/** What a thing looks like when its colour has changed by a share (0 .. 1). */
export function figureOf(object: Looks, change: number): Figure {
  const [from, to] = [world.colours[object.colour], world.colours[object.to ?? object.colour]];
  const own = from.map((value, c) => lerp(value, to[c], change));
  const paints = world.things[object.thing].layers.flatMap(({ paint }) =>
    paint === 'self' ? own : world.paints[paint],
  );
  return {
    fields: distanceFields(object.thing),
    paints: paints.map((value) => value / 255),
    mirror: facing(object),
  };
}

/** Draw a scene: 3 x frames x height x width, values 0 .. 1. Where only some frames are wanted, the others stay 0. */
export function render(scene: Scene, shape: ClipShape, wanted?: readonly number[]): Float32Array {
  const { frames, height, width } = shape;
  const clip = new Float32Array(3 * frames * height * width);
  for (const n of wanted ?? Array.from({ length: frames }, (_, i) => i)) {
    const surface = planeOf(clip, n, shape);
    const [shift, scale, change] = [cameraShift(scene, n, frames), cameraScale(scene, n, frames), changed(n, frames)];
    const at = (depth: number) => rasterAt(shape, depth, shift, scale);
    paintBackdrop(surface, at, sceneryOf(scene.setting, scene.light, scene.light ? change : 0), scene.backdrop);
    const here = at(1);
    for (const object of scene.objects) paintThing(surface, here, figureOf(object, change), pose(object, n, frames));
    if (scene.wall) paintWall(surface, here, scene.wall);
  }
  return clip;
}
