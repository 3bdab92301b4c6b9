/**
 * The renderer: a scene as a clip. Anti-aliased: a pixel's cover is 1/2 minus its distance to the edge in pixels.
 * Twin of `render` in training/snowglobe/world.py; golden scenes keep them within 1/255 of each other.
 *
 * A clip is a window on the scene: its shorter side is 1 long, and its middle is the middle of the unit square.
 */
import type { ClipShape } from '../sampling/types';
import { cameraScale, cameraShift, changed, facing, pose } from './laws';
import type { Scene, WorldObject } from './scene';
import { distanceAt, distanceFields, extent } from './shapes';
import { world, type Layer, type Rgb } from './world';

const clamp = (x: number): number => Math.min(1, Math.max(0, x));
const lerp = (a: number, b: number, share: number): number => a + (b - a) * share;
const modulo = (a: number, b: number): number => a - Math.floor(a / b) * b;

/** Where the pixels of a frame look, at one depth: 0 infinitely far, 1 where things stand. */
interface View {
  readonly x: (column: number) => number;
  readonly y: (row: number) => number;
  readonly pixels: number; // to a length of 1
}

/** Where a colour goes: one frame, three planes of height x width, values 0 .. 1. */
class Frame {
  constructor(
    readonly planes: readonly Float32Array[],
    readonly height: number,
    readonly width: number,
    private readonly shift: number, // how far the camera stands right of the scene's middle
    private readonly scale: number, // how much larger things look than half-way through
  ) {}

  at(depth: number): View {
    const { height, width } = this;
    const unit = Math.min(height, width);
    const scale = 1 + depth * (this.scale - 1);
    return {
      x: (column) => 0.5 + (column + 0.5 - width / 2) / unit / scale + depth * this.shift,
      y: (row) => 0.5 + (row + 0.5 - height / 2) / unit / scale,
      pixels: unit * scale,
    };
  }

  /** Lay `colour` (0 .. 255) over a pixel, as far as it covers it. */
  paint(row: number, column: number, colour: Rgb, cover: number): void {
    if (cover <= 0) return;
    const at = row * this.width + column;
    this.planes.forEach((plane, c) => (plane[at] = lerp(plane[at], colour[c] / 255, cover)));
  }
}

const blend = (a: Rgb, b: Rgb, share: number): Rgb => a.map((value, c) => lerp(value, b[c], share));

/**
 * Sky, hills, ground and dots. Day turns into night by turning every colour, hill and dot of the one into those of the
 * other: `change` is how far that has come.
 */
function drawBackdrop(frame: Frame, scene: Scene, change: number): void {
  const { horizon, backdrop_period: period, hill_depth } = world;
  const { height, width } = frame;
  const a = world.settings[scene.light === 'dawn' ? 'night' : scene.setting];
  const b = world.settings[scene.light === 'dusk' ? 'night' : scene.setting];
  const [top, low] = [0, 1].map((i) => blend(a.sky[i], b.sky[i], change));
  const [near, deep] = [0, 1].map((i) => blend(a.ground[i], b.ground[i], change));
  const hills = blend(a.hills.colour, b.hills.colour, change);
  const ridgeOf = ({ height: base, waves }: typeof a.hills, place: number): number =>
    waves.reduce((sum, [size, frequency, phase]) => sum + size * Math.sin(2 * Math.PI * (frequency * place + phase)), base); // prettier-ignore
  const [sky, far, here] = [frame.at(0), frame.at(hill_depth), frame.at(1)];
  const layers = [
    { dots: a.dots, weight: 1 - change, view: frame.at(a.dots.depth) },
    { dots: b.dots, weight: change, view: frame.at(b.dots.depth) },
  ].filter(({ weight }) => weight > 0);
  for (let column = 0; column < width; column++) {
    const place = far.x(column) + scene.backdrop;
    const ridge = lerp(ridgeOf(a.hills, place), ridgeOf(b.hills, place), change);
    for (let row = 0; row < height; row++) {
      frame.paint(row, column, blend(top, low, clamp(sky.y(row) / horizon)), 1);
      frame.paint(row, column, hills, clamp(0.5 + (far.y(row) - (horizon - ridge)) * far.pixels));
      const y = here.y(row);
      const depth = clamp((y - horizon) / (1 - horizon));
      frame.paint(row, column, blend(near, deep, depth), clamp(0.5 + (y - horizon) * here.pixels));
      for (const { dots, weight, view } of layers)
        for (const [dotX, dotY, radius] of dots.at) {
          const dx = modulo(view.x(column) + scene.backdrop - dotX + period / 2, period) - period / 2;
          const distance = Math.hypot(dx, view.y(row) - dotY) - radius;
          frame.paint(row, column, dots.colour, clamp(0.5 - distance * view.pixels) * weight);
        }
    }
  }
}

function drawObject(frame: Frame, object: WorldObject, n: number, frames: number): void {
  const { x, y, radius, angle } = pose(object, n, frames);
  const [cos, sin, mirror] = [Math.cos(angle), Math.sin(angle), facing(object)];
  const fields = distanceFields(object.thing);
  const own = blend(world.colours[object.colour], world.colours[object.to ?? object.colour], changed(n, frames));
  const view = frame.at(1);
  world.things[object.thing].layers.forEach((layer: Layer, i) => {
    const colour = layer.paint === 'self' ? own : world.paints[layer.paint];
    for (let row = 0; row < frame.height; row++) {
      const dy = view.y(row) - y;
      if (Math.abs(dy) > extent * 1.5 * radius) continue;
      for (let column = 0; column < frame.width; column++) {
        const dx = view.x(column) - x;
        const u = (mirror * (dx * cos + dy * sin)) / radius;
        const v = (dy * cos - dx * sin) / radius;
        frame.paint(row, column, colour, clamp(0.5 - distanceAt(fields[i], u, v) * radius * view.pixels));
      }
    }
  });
}

/** A wall of bricks in front of the things. */
function drawWall(frame: Frame, [middle, top]: readonly number[]): void {
  const { half_width, bottom, colour, joint_colour, course, brick, joint } = world.wall;
  const view = frame.at(1);
  const inside = (distance: number): number => clamp(0.5 - distance * view.pixels);
  for (let row = 0; row < frame.height; row++) {
    const y = view.y(row);
    const line = Math.floor((y - top) / course);
    const across = inside(Math.abs(y - top - line * course - course / 2) - (course - joint) / 2);
    const high = inside(Math.max(top - y, y - bottom));
    for (let column = 0; column < frame.width; column++) {
      const dx = view.x(column) - middle;
      // Every second row is shifted by half a brick.
      const along = modulo(dx + half_width + (modulo(line, 2) * brick) / 2, brick);
      const stone = across * inside(Math.abs(along - brick / 2) - (brick - joint) / 2);
      frame.paint(row, column, blend(joint_colour, colour, stone), inside(Math.abs(dx) - half_width) * high);
    }
  }
}

/** Draw a scene: 3 x frames x height x width, values 0 .. 1. */
export function render(scene: Scene, { frames, height, width }: ClipShape): Float32Array {
  const clip = new Float32Array(3 * frames * height * width);
  const plane = height * width;
  for (let n = 0; n < frames; n++) {
    const planes = [0, 1, 2].map((c) => clip.subarray((c * frames + n) * plane, (c * frames + n + 1) * plane));
    const frame = new Frame(planes, height, width, cameraShift(scene, n, frames), cameraScale(scene, n, frames));
    drawBackdrop(frame, scene, scene.light ? changed(n, frames) : 0);
    for (const object of scene.objects) drawObject(frame, object, n, frames);
    if (scene.wall) drawWall(frame, scene.wall);
  }
  return clip;
}
