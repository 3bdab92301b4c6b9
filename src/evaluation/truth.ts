/** A true scene for what is asked: what the same reader says of its render is the most that any model could score. */
import { draws, sampleCollision, sampleObject, type Draw, type Scene, type WorldObject } from '../world/scene';
import { poses } from '../world/laws';
import { cameras, colours, motions, settings, sizes, speeds, things, world } from '../world/world';
import type { Asked, AskedObject } from './asked';

/** A scene that has everything that is asked; what is left open is drawn by chance from `seed`. For a clip of `frames`. */
export function sceneOf(want: Asked, seed: number, frames = world.frames): Scene {
  const draw = draws(seed);
  const { objects: wanted, light, wall, picture } = want;
  const count = Math.max(1, wanted.length);
  const backdrop = draw() * world.backdrop_period;
  // Night comes to a setting that is not night itself.
  const places = (light && world.plots.light.settings) || settings;
  const setting = want.setting && (!light || want.setting !== 'night') ? want.setting : choose(draw, places);
  const scene = { setting, camera: want.camera ?? cameras[0], backdrop };
  const joint = wanted.some(({ motion }) => motion !== null && world.motions[motion].joint);
  let objects: WorldObject[] = [];
  for (let attempt = 0; attempt < 64; attempt++) {
    objects = joint
      ? sampleCollision(steered(collisionLists(wanted), draw), frames)
      : Array.from({ length: count }, (_, i) => {
          const each = settled(wanted[i] ?? nothing, want, draw);
          const object = sampleObject(steered(listsOf(each), draw), Math.min(3, count + (wall ? 1 : 0)), {}, frames);
          if (each.to === null) return object;
          // Asked only what it turns into, it may not be that already.
          const others = colours.filter((colour) => colour !== each.to);
          return { ...object, colour: each.colour ?? choose(draw, others), to: each.to };
        });
    if (joint || apart(objects, frames)) break;
  }
  const [first] = objects;
  const behind = [first.x + (first.vx * (frames - 1)) / 2, first.y - first.radius - world.wall.above];
  return { ...scene, objects, ...(wall && { wall: behind }), ...(light && { light }), ...(picture && { picture }) };
}

const nothing: AskedObject = { size: null, colour: null, to: null, thing: null, motion: null, speed: null };
const choose = <T>(draw: Draw, options: readonly T[]): T => options[Math.floor(draw() * options.length)];

/** What a thing must do where the rest of the prompt leaves it no choice. */
function settled(want: AskedObject, { wall, picture }: Asked, draw: Draw): AskedObject {
  if (picture) return { ...want, motion: 'still', speed: null };
  if (!wall) return want;
  const { motions: ways = motions, speeds: paces = speeds } = world.plots.wall;
  return { ...want, motion: want.motion ?? choose(draw, ways), speed: want.speed ?? choose(draw, paces) };
}

/** A choice that the world makes by chance, and the word that it should come to; null leaves it to chance. */
type Choice = readonly [list: readonly string[], word: string | null];

/** `sampleObject` draws colour, thing, size, motion and speed in this order. */
function listsOf(want: AskedObject): (draw: Draw) => readonly Choice[] {
  return (draw) => {
    const withSpeed = motions.filter((motion) => Object.hasOwn(world.motions[motion].speeds ?? {}, want.speed ?? ''));
    const motion = want.motion ?? (want.speed ? choose(draw, withSpeed) : null);
    const paces = motion ? Object.keys(world.motions[motion].speeds ?? {}) : [];
    return [[colours, want.colour], [things, want.thing], [sizes, want.size], [motions, motion], [paces, want.speed]]; // prettier-ignore
  };
}

/** `sampleCollision` draws the speed, then colour, size and a jitter of each ball. */
function collisionLists([first = nothing, second = nothing]: readonly AskedObject[]): () => readonly Choice[] {
  const ball = ({ colour, size }: AskedObject): Choice[] => [
    [colours, colour],
    [sizes, size],
    [[], null],
  ];
  return () => [[speeds, first.speed ?? second.speed], ...ball(first), ...ball(second)];
}

/** Chance that falls where it is asked to. */
function steered(lists: (draw: Draw) => readonly Choice[], draw: Draw): Draw {
  const choices = lists(draw);
  let at = 0;
  return () => {
    const [list, word] = choices[at++] ?? [[], null];
    const place = word === null ? -1 : list.indexOf(word);
    return place < 0 ? draw() : (place + 0.5) / list.length;
  };
}

/** Whether two things leave each other room in the first, the middle and the last frame. */
function apart(objects: readonly WorldObject[], frames: number): boolean {
  const paths = objects.map((object) => poses(object, frames));
  return objects.every((first, i) =>
    objects.slice(i + 1).every((second, j) =>
      [0, frames >> 1, frames - 1].every((n) => {
        const [a, b] = [paths[i][n], paths[i + 1 + j][n]];
        return Math.hypot(a.x - b.x, a.y - b.y) > 0.7 * (first.radius + second.radius);
      }),
    ),
  );
}
