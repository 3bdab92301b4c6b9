/**
 * Scenes: what is in a clip and the exact numbers of its motion, and how the world draws them by chance.
 *
 * Functions that draw at random take `draw`, which returns the next number in [0, 1). `draws(seed)` and Python's
 * `Draw(seed)` return the same numbers, so the same seed is the same scene in both languages.
 */
import { uniforms } from '../sampling/noise';
import { poses } from './laws';
import { cameras, colours, motions, settings, sizes, speeds, things, world, type Light, type Plot } from './world';

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
  readonly to?: string; // the colour it turns into
  readonly hit?: number; // when it collides; from then on its velocity is ux, uy
  readonly ux?: number;
  readonly uy?: number;
}

export interface Scene {
  readonly setting: string;
  readonly camera: string;
  readonly backdrop: number; // which stretch of the endless backdrop is behind the frame
  readonly objects: readonly WorldObject[];
  readonly wall?: readonly number[]; // x of its middle, y of its top: things pass behind it
  readonly light?: Light; // day turns into night, or night into day
  readonly picture?: boolean; // a still: nothing moves, and the caption says "a picture of"
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

/** How much smaller things are, and how far from the middle they stand across and down, where there are one, two, three. */
const company = [1, world.company, world.crowd];
const spreads = [
  [0.16, 0.18],
  [0.28, 0.18],
  [0.34, 0.24],
] as const;

/** A thing among `count` of them. A plot may narrow the choice of size, motion and speed. */
export function sampleObject(
  draw: Draw,
  count = 1,
  plot: Omit<Plot, 'objects'> = {},
  frames = world.frames,
): WorldObject {
  const colour = choose(draw, colours);
  const thing = choose(draw, things);
  const size = choose(draw, plot.sizes ?? sizes);
  const motion = choose(draw, plot.motions ?? motions);
  const law = world.motions[motion];
  const speed = law.speeds ? choose(draw, plot.speeds ?? speeds) : null;
  const jitter = world.size_jitter;
  const radius = world.sizes[size] * between(draw(), 1 - jitter, 1 + jitter) * company[count - 1];
  const [low, high] = speed && law.speeds ? law.speeds[speed] : [0, 0];
  const rate = speed ? between(draw(), low, high) : 0;
  const floor = world.floor - radius;
  const [spread, rise] = spreads[count - 1];
  const [u, v, w] = [draw(), draw(), draw()];
  let [x, y] = [0.5 + spread * (2 * u - 1), 0.48 + rise * (2 * v - 1)];
  let [vx, vy, omega, phase, reach] = [0, 0, 0, 0, 0];
  switch (law.law) {
    case 'uniform': {
      const [dx, dy] = law.direction ?? [0, 0];
      [vx, vy] = [dx * rate, dy * rate];
      // It crosses the middle of the frame at half time, anywhere between ceiling and floor.
      if (dx) [x, y] = [0.5 + 0.1 * (2 * u - 1), radius + (floor - radius) * v];
      else [x, y] = [0.5 + (0.5 - 0.8 * radius) * (2 * u - 1), 0.48 + 0.06 * (2 * v - 1)];
      x -= (vx * (frames - 1)) / 2;
      y -= (vy * (frames - 1)) / 2;
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
      // Clockwise, and nearly upright at first: of a turn that may begin anywhere a guess shows the mean, a lump.
      omega = rate;
      phase = (law.lean ?? 0) * (2 * draw() - 1);
      break;
    case 'rest':
    case 'growth':
    case 'collision': // two at once: sampleCollision
  }
  return { thing, colour, size, motion, speed, radius, x, y, vx, vy, omega, phase, reach };
}

/** Two balls that run into each other near the middle. Flat discs, so that mass goes with the radius squared. */
export function sampleCollision(draw: Draw, frames = world.frames): WorldObject[] {
  const speed = choose(draw, speeds);
  const [low, high] = world.motions.colliding.speeds?.[speed] ?? [0, 0];
  const jitter = world.size_jitter;
  const balls = [0, 1].map(() => {
    const colour = choose(draw, colours);
    const size = choose(draw, sizes);
    return { colour, size, radius: world.sizes[size] * between(draw(), 1 - jitter, 1 + jitter) * world.company };
  });
  const rate = between(draw(), low, high);
  const other = between(draw(), low, high) * draw();
  const angle = between(draw(), -0.6, 0.6);
  const hit = (frames - 1) * between(draw(), 0.35, 0.55);
  const [x, y] = [between(draw(), 0.4, 0.6), between(draw(), 0.36, 0.56)];
  const side = draw() < 0.5 ? 1 : -1;
  const [nx, ny] = [side * Math.cos(angle), Math.sin(angle)]; // from the first ball to the second, when they touch
  const [first, second] = balls.map(({ radius }) => radius ** 2);
  const closing = (2 * side * (rate + other) * nx) / (first + second);
  return balls.map(({ radius, ...words }, i) => {
    const [sign, vx, mass] = i ? [1, -side * other, first] : [-1, side * rate, second]; // the other one's mass
    return {
      thing: 'ball', ...words, motion: 'colliding', speed, radius,
      x: x + sign * nx * radius - vx * hit, y: y + sign * ny * radius, vx, vy: 0, omega: 0, phase: 0, reach: 0,
      hit, ux: vx + sign * mass * closing * nx, uy: sign * mass * closing * ny,
    }; // prettier-ignore
  });
}

/** Whether some pair of words stands together that training never shows. */
export function inHole(scene: Scene): boolean {
  return scene.objects.some((object) => {
    const words = [object.thing, object.colour, object.to, object.size, object.motion, scene.setting];
    return world.holes.pairs.some(([a, b]) => words.includes(a) && words.includes(b));
  });
}

/** Whether two things cover each other for a good part at the start, in the middle or at the end. */
function crowded({ objects }: Scene, frames: number): boolean {
  if (objects.length < 2) return false;
  const paths = objects.map((object) => poses(object, frames));
  return paths.some((a, i) =>
    paths.slice(0, i).some((b, j) => {
      const near = 0.7 * (objects[i].radius + objects[j].radius);
      const moments = [0, Math.floor(frames / 2), frames - 1];
      return moments.some((n) => Math.hypot(a[n].x - b[n].x, a[n].y - b[n].y) < near);
    }),
  );
}

const alike = ({ objects }: Scene): boolean => new Set(objects.map(({ colour }) => colour)).size < objects.length;

/** One or two things before a camera that stands or pans, by the `odds`. */
function samplePair(draw: Draw, only?: 1 | 2): Scene {
  const setting = choose(draw, settings);
  const chance = draw() < world.odds.two_objects ? 2 : 1;
  const count = only ?? chance;
  const [pan, side] = [draw() < world.odds.pan, draw() < 0.5];
  const camera = pan ? (side ? 'left' : 'right') : cameras[0];
  const backdrop = draw() * world.backdrop_period;
  return { setting, camera, backdrop, objects: Array.from({ length: count }, () => sampleObject(draw, count)) };
}

function samplePlot(draw: Draw, plot: Plot, frames: number): Scene {
  const setting = choose(draw, plot.settings ?? settings);
  const camera = choose(draw, plot.cameras ?? cameras.slice(0, 1));
  const backdrop = draw() * world.backdrop_period;
  const count = choose(draw, plot.objects);
  const scene = { setting, camera, backdrop };
  if (plot.motions?.includes('colliding')) return { ...scene, objects: sampleCollision(draw, frames) };
  const among = plot.wall ? 2 : count; // a wall is company, too
  const objects = Array.from({ length: count }, () => sampleObject(draw, among, plot, frames));
  const [first] = objects;
  if (plot.turn) {
    const others = colours.filter((colour) => colour !== first.colour);
    objects[0] = { ...first, to: choose(draw, others) };
  }
  // A wall stands where the thing is at half time, and is higher than it.
  const wall = [first.x + (first.vx * (frames - 1)) / 2, first.y - first.radius - world.wall.above];
  return {
    ...scene,
    objects,
    ...(plot.wall && { wall }),
    ...(plot.lights && { light: choose(draw, plot.lights) }),
    ...(plot.picture && { picture: true }),
  };
}

const attempts = 256; // of three things in a frame, one time in seven each leaves the others room

export interface SceneOptions {
  readonly holes?: boolean; // it may show the pairs that training leaves out
  readonly objects?: 1 | 2; // fixes their number
  readonly plot?: string; // a scene of this kind (world.json, `plots`) instead of one or two things by the odds
  readonly frames?: number; // length of the clip that it is drawn for
}

/** A scene of the world. */
export function sampleScene(draw: Draw, { holes, objects, plot, frames = world.frames }: SceneOptions = {}): Scene {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const scene = plot ? samplePlot(draw, world.plots[plot], frames) : samplePair(draw, objects);
    if (inHole(scene) && !holes) continue;
    if ((alike(scene) || crowded(scene, frames)) && attempt < attempts - 1) continue;
    return scene;
  }
  throw new Error(`No scene outside the holes in ${attempts} attempts. Are the holes in world.json too wide?`);
}
