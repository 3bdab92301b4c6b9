/**
 * Scenes: what is in a clip and the exact numbers of its motion, and how the world draws them by chance.
 *
 * Functions that draw at random take `draw`, which returns the next number in [0, 1). `draws(seed)` and Python's
 * `Draw(seed)` return the same numbers, so the same seed is the same scene in both languages.
 */
import { uniforms } from '../sampling/noise';
import { poses } from './laws';
import { cameras, colours, motions, settings, sizes, things, world } from './world';

/** One thing and the numbers of its motion. Which of the numbers count depends on the motion's law (`laws.ts`). */
export interface WorldObject {
  readonly thing: string;
  readonly colour: string;
  readonly size: string;
  readonly motion: string;
  readonly speed: string | null; // "slowly", "fast", or null where the motion has no speeds
  readonly radius: number;
  readonly x: number; // where it is at frame 0; the apex of a bounce; the centre of an orbit
  readonly y: number;
  readonly vx: number;
  readonly vy: number;
  readonly omega: number; // radians a frame, of an orbit or a spin
  readonly phase: number; // angle at frame 0; for a bounce, frames since the apex
  readonly reach: number; // radius of an orbit
}

export interface Scene {
  readonly setting: string;
  readonly camera: string;
  readonly backdrop: number; // which stretch of the endless backdrop is behind the frame
  readonly objects: readonly WorldObject[];
}

export type Draw = () => number;

/** Numbers in [0, 1) from the project's own noise source, 64 a block. */
export function draws(seed: number): Draw {
  let block = 0;
  let at = 64;
  let numbers = new Float64Array(0);
  return () => {
    if (at === 64) {
      numbers = uniforms(seed, block++, 64);
      at = 0;
    }
    return numbers[at++];
  };
}

const choose = <T>(draw: Draw, options: readonly T[]): T => options[Math.floor(draw() * options.length)];
const between = (u: number, low: number, high: number): number => low + (high - low) * u;

export function sampleObject(draw: Draw, company: boolean): WorldObject {
  const colour = choose(draw, colours);
  const thing = choose(draw, things);
  const size = choose(draw, sizes);
  const motion = choose(draw, motions);
  const law = world.motions[motion];
  const speed = law.speeds ? choose(draw, Object.keys(law.speeds)) : null;
  const jitter = world.size_jitter;
  const radius = world.sizes[size] * between(draw(), 1 - jitter, 1 + jitter) * (company ? world.company : 1);
  const [low, high] = speed && law.speeds ? law.speeds[speed] : [0, 0];
  const rate = speed ? between(draw(), low, high) : 0;
  const floor = world.floor - radius;
  const spread = company ? 0.28 : 0.16;
  const [u, v, w] = [draw(), draw(), draw()];
  let [x, y] = [0.5 + spread * (2 * u - 1), 0.48 + 0.18 * (2 * v - 1)];
  let [vx, vy, omega, phase, reach] = [0, 0, 0, 0, 0];
  switch (law.law) {
    case 'uniform': {
      const [dx, dy] = law.direction ?? [0, 0];
      [vx, vy] = [dx * rate, dy * rate];
      // It crosses the middle of the frame at half time, anywhere between ceiling and floor.
      if (dx) [x, y] = [0.5 + 0.1 * (2 * u - 1), radius + (floor - radius) * v];
      else [x, y] = [0.5 + (0.5 - 0.8 * radius) * (2 * u - 1), 0.48 + 0.06 * (2 * v - 1)];
      x -= (vx * (world.frames - 1)) / 2;
      y -= (vy * (world.frames - 1)) / 2;
      break;
    }
    case 'fall':
      [x, y] = [0.5 + (0.5 - 0.9 * radius) * (2 * u - 1), -0.05 + 0.25 * v];
      break;
    case 'bounce':
      [x, y] = [0.5 + (0.5 - 0.9 * radius) * (2 * u - 1), floor - between(v, 0.36, 0.56)];
      phase = between(w, -0.8, 0.6) * Math.sqrt((2 * (floor - y)) / world.gravity);
      break;
    case 'orbit': {
      [x, y] = [0.5 + 0.5 * spread * (2 * u - 1), 0.46 + 0.06 * (2 * v - 1)];
      omega = draw() < 0.5 ? rate : -rate;
      phase = 2 * Math.PI * w;
      const [near, far] = law.radius ?? [0, 0];
      reach = between(draw(), near, far);
      break;
    }
    case 'spin':
      omega = draw() < 0.5 ? rate : -rate;
      phase = 2 * Math.PI * w;
      break;
    case 'rest':
    case 'growth':
  }
  return { thing, colour, size, motion, speed, radius, x, y, vx, vy, omega, phase, reach };
}

/** Whether some pair of words stands together that training never shows. */
export function inHole(scene: Scene): boolean {
  return scene.objects.some((object) => {
    const words = [object.thing, object.colour, object.size, object.motion, scene.setting];
    return world.holes.pairs.some(([a, b]) => words.includes(a) && words.includes(b));
  });
}

/** Whether two things cover each other for a good part at the start, in the middle or at the end. */
function crowded(scene: Scene): boolean {
  if (scene.objects.length < 2) return false;
  const [first, second] = scene.objects;
  const [a, b] = [poses(first, world.frames), poses(second, world.frames)];
  const near = 0.7 * (first.radius + second.radius);
  return [0, Math.floor(world.frames / 2), world.frames - 1].some(
    (n) => Math.hypot(a[n].x - b[n].x, a[n].y - b[n].y) < near,
  );
}

/** A scene of the world. With `holes` it may show the pairs that training leaves out; `objects` fixes their number. */
export function sampleScene(draw: Draw, options: { holes?: boolean; objects?: 1 | 2 } = {}): Scene {
  for (let attempt = 0; attempt < 64; attempt++) {
    const setting = choose(draw, settings);
    const chance = draw() < world.odds.two_objects ? 2 : 1;
    const count = options.objects ?? chance;
    const [pan, side] = [draw() < world.odds.pan, draw() < 0.5];
    const camera = pan ? (side ? 'left' : 'right') : cameras[0];
    const backdrop = draw() * world.backdrop_period;
    const objects = Array.from({ length: count }, () => sampleObject(draw, count > 1));
    const scene = { setting, camera, backdrop, objects };
    if (inHole(scene) && !options.holes) continue;
    if (count > 1 && (objects[0].colour === objects[1].colour || crowded(scene)) && attempt < 63) continue;
    return scene;
  }
  throw new Error('No scene outside the holes in 64 attempts. Are the holes in world.json too wide?');
}
