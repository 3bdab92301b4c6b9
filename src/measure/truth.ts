/** A true scene for what is asked: what the same reader says of its render is the most that any model could score. */
import { sampleObject, type Scene, type WorldObject } from '../world/scene';
import { draws, type Draw } from '../world/scene';
import { poses } from '../world/laws';
import { cameras, colours, motions, settings, sizes, things, world } from '../world/world';
import type { Asked, AskedObject } from './asked';

/** A scene that has everything that is asked; what is left open is drawn by chance from `seed`. */
export function sceneOf(want: Asked, seed: number): Scene {
  const draw = draws(seed);
  const count = Math.max(1, want.objects.length);
  const backdrop = draw() * world.backdrop_period;
  const setting = want.setting ?? settings[Math.floor(draw() * settings.length)];
  let objects: WorldObject[] = [];
  for (let attempt = 0; attempt < 64; attempt++) {
    objects = Array.from({ length: count }, (_, i) => sampleObject(steered(want.objects[i], draw), Math.min(3, count)));
    if (apart(objects)) break;
  }
  return { setting, camera: want.camera ?? cameras[0], backdrop, objects };
}

/** Chance that falls where it is asked to: `sampleObject` draws colour, thing, size, motion and speed in this order. */
function steered(want: AskedObject | undefined, draw: Draw): Draw {
  if (!want) return draw;
  const withSpeed = motions.filter((motion) => Object.hasOwn(world.motions[motion].speeds ?? {}, want.speed ?? ''));
  const motion = want.motion ?? (want.speed ? withSpeed[Math.floor(draw() * withSpeed.length)] : null);
  const speeds = motion ? Object.keys(world.motions[motion].speeds ?? {}) : [];
  const lists = [[colours, want.colour], [things, want.thing], [sizes, want.size], [motions, motion], [speeds, want.speed]] as const; // prettier-ignore
  let at = 0;
  return () => {
    const [list, word] = lists[at++] ?? [[], null];
    const place = word === null ? -1 : list.indexOf(word);
    return place < 0 ? draw() : (place + 0.5) / list.length;
  };
}

/** Whether two things leave each other room in the first, the middle and the last frame. */
function apart(objects: readonly WorldObject[]): boolean {
  const paths = objects.map((object) => poses(object, world.frames));
  return objects.every((first, i) =>
    objects.slice(i + 1).every((second, j) =>
      [0, world.frames >> 1, world.frames - 1].every((n) => {
        const [a, b] = [paths[i][n], paths[i + 1 + j][n]];
        return Math.hypot(a.x - b.x, a.y - b.y) > 0.7 * (first.radius + second.radius);
      }),
    ),
  );
}
