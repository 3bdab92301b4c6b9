/**
 * The renderer: a scene as a clip. Anti-aliased: a pixel's cover is 1/2 minus its distance to the edge in pixels.
 * Twin of `render` in training/snowglobe/world.py; golden scenes keep them within 1/255 of each other.
 */
import type { ClipShape } from '../sampling/types';
import { cameraShift, facing, pose } from './laws';
import type { Scene, WorldObject } from './scene';
import { distanceAt, distanceFields, extent } from './shapes';
import { world, type Layer, type Rgb } from './world';

const clamp = (x: number): number => Math.min(1, Math.max(0, x));
const lerp = (a: number, b: number, share: number): number => a + (b - a) * share;

/** Where a colour goes: one frame, three planes of height x width, values 0 .. 1. */
class Frame {
  constructor(
    readonly planes: readonly Float32Array[],
    readonly height: number,
    readonly width: number,
  ) {}

  /** Lay `colour` (0 .. 255) over a pixel, as far as it covers it. */
  paint(row: number, column: number, colour: Rgb, cover: number): void {
    if (cover <= 0) return;
    const at = row * this.width + column;
    this.planes.forEach((plane, c) => (plane[at] = lerp(plane[at], colour[c] / 255, cover)));
  }
}

const blend = (a: Rgb, b: Rgb, share: number): Rgb => a.map((value, c) => lerp(value, b[c], share));

/** Sky, hills, ground and dots. `shift` is how far the camera stands right of the scene's middle. */
function drawBackdrop(frame: Frame, scene: Scene, shift: number): void {
  const { sky, hills, ground, dots } = world.settings[scene.setting];
  const { horizon, backdrop_period: period, hill_depth } = world;
  const { height, width } = frame;
  for (let column = 0; column < width; column++) {
    const x = (column + 0.5) / height + scene.backdrop;
    const place = x + hill_depth * shift;
    const ridge = hills.waves.reduce(
      (sum, [amplitude, frequency, phase]) => sum + amplitude * Math.sin(2 * Math.PI * (frequency * place + phase)),
      hills.height,
    );
    for (let row = 0; row < height; row++) {
      const y = (row + 0.5) / height;
      frame.paint(row, column, blend(sky[0], sky[1], Math.min(1, y / horizon)), 1);
      frame.paint(row, column, hills.colour, clamp(0.5 + (y - (horizon - ridge)) * height));
      const depth = clamp((y - horizon) / (1 - horizon));
      frame.paint(row, column, blend(ground[0], ground[1], depth), clamp(0.5 + (y - horizon) * height));
      for (const [dotX, dotY, radius] of dots.at) {
        const turn = x + dots.depth * shift - dotX + period / 2;
        const dx = turn - Math.floor(turn / period) * period - period / 2;
        frame.paint(row, column, dots.colour, clamp(0.5 - (Math.hypot(dx, y - dotY) - radius) * height));
      }
    }
  }
}

function drawObject(frame: Frame, object: WorldObject, n: number, shift: number): void {
  const { x, y, radius, angle } = pose(object, n);
  const [cos, sin, mirror] = [Math.cos(angle), Math.sin(angle), facing(object)];
  const fields = distanceFields(object.thing);
  world.things[object.thing].layers.forEach((layer: Layer, i) => {
    const colour = layer.paint === 'self' ? world.colours[object.colour] : world.paints[layer.paint];
    for (let row = 0; row < frame.height; row++) {
      const dy = (row + 0.5) / frame.height - y;
      if (Math.abs(dy) > extent * 1.5 * radius) continue;
      for (let column = 0; column < frame.width; column++) {
        const dx = (column + 0.5) / frame.height - (x - shift);
        const u = (mirror * (dx * cos + dy * sin)) / radius;
        const v = (dy * cos - dx * sin) / radius;
        frame.paint(row, column, colour, clamp(0.5 - distanceAt(fields[i], u, v) * radius * frame.height));
      }
    }
  });
}

/** Draw a scene: 3 x frames x height x width, values 0 .. 1. x and y are both in frame heights. */
export function render(scene: Scene, { frames, height, width }: ClipShape): Float32Array {
  const clip = new Float32Array(3 * frames * height * width);
  const plane = height * width;
  for (let n = 0; n < frames; n++) {
    const planes = [0, 1, 2].map((c) => clip.subarray((c * frames + n) * plane, (c * frames + n + 1) * plane));
    const frame = new Frame(planes, height, width);
    const shift = cameraShift(scene, n, frames);
    drawBackdrop(frame, scene, shift);
    for (const object of scene.objects) drawObject(frame, object, n, shift);
  }
  return clip;
}
