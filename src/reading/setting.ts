/**
 * Which setting is it, by its colours alone, wherever its hills and dots stand? And how restless is the clip, so that noise
 * does not count as something unexplained.
 */
import { groundAt, sceneryOf, skyAt } from '../world/paint';
import { settings, world, type Light } from '../world/world';
import type { Picture } from './picture';

/** Most that a pixel of a quiet clip counts, sum of its squared channel errors: an object in front is off by more. */
const quiet = 0.02;
/** Variances of the clip's own noise that a pixel may count on top of that: three standard deviations, squared. */
const noisy = 9;
/** Every so many numbers are enough for a median; 11 shares no factor with the three channels nor with a row. */
const stride = 11;
/** Day and night explain the two ends of a clip only if they leave less than this share of what one setting leaves. */
const turned = 0.6;

/** Most that a pixel counts: its squared error up to that, so that objects do not matter; more where the clip is noisy. */
export const limitOf = (picture: Picture): number => quiet + noisy * restlessness(picture) ** 2;

/** Standard deviation of what changes in a typical pixel from frame to frame, as if it were noise. */
function restlessness({ frames, pixels }: Picture): number {
  const plane = pixels.length / frames;
  const steps: number[] = [];
  for (let i = plane; i < pixels.length; i += stride) steps.push(Math.abs(pixels[i] - pixels[i - plane]));
  if (!steps.length) return 0;
  steps.sort((a, b) => a - b);
  return steps[steps.length >> 1] / 0.6745 / Math.SQRT2; // median of a normal's size; of a difference of two
}

/**
 * Share (0 .. 1) that a setting leaves unexplained in each of the listed frames, if each pixel may be what it likes best in its
 * row. Rows near the horizon move with a zoom, which costs all settings alike.
 */
function costs(picture: Picture, setting: string, frames: readonly number[], limit: number): number[] {
  const { height, width, pixels } = picture;
  const { top, unit } = picture.views[0];
  const options = optionsOf(setting, unit);
  const sums = frames.map(() => 0);
  for (let row = 0; row < height; row++) {
    const colours = options(top + (row + 0.5) / unit);
    frames.forEach((n, f) => {
      for (let column = 0; column < width; column++) {
        const at = ((n * height + row) * width + column) * 3;
        let lowest = limit;
        for (const colour of colours) {
          const r = pixels[at] - colour[0];
          const g = pixels[at + 1] - colour[1];
          const b = pixels[at + 2] - colour[2];
          const error = r * r + g * g + b * b;
          if (error < lowest) lowest = error;
        }
        sums[f] += lowest;
      }
    });
  }
  return sums.map((sum) => sum / (height * width * limit));
}

/** The colours (0 .. 1) that a setting may have at a height: sky or ground, hills, dots. */
function optionsOf(setting: string, unit: number): (y: number) => (readonly number[])[] {
  const { hills, dots } = world.settings[setting];
  const scenery = sceneryOf(setting);
  const highest = hills.waves.reduce((sum, [amplitude]) => sum + amplitude, hills.height);
  const [hill, dot] = [hills.colour, dots.colour].map((colour) => colour.map((c) => c / 255));
  return (y) => {
    const all = [y < world.horizon ? skyAt(scenery, y) : groundAt(scenery, y)];
    if (y < world.horizon && y > world.horizon - highest - 1 / unit) all.push(hill);
    if (dots.at.some(([, dotY, radius]) => Math.abs(dotY - y) < radius)) all.push(dot);
    return all;
  };
}

/** The same share for no backdrop at all: one colour a frame. What that explains as well as any setting is a blank clip. */
export function flatness({ frames, height, width, pixels }: Picture, limit: number): number {
  const plane = 3 * height * width;
  let sum = 0;
  for (let n = 0; n < frames; n++) {
    const mean = [0, 0, 0];
    for (let i = 0; i < plane; i++) mean[i % 3] += (3 * pixels[n * plane + i]) / plane;
    for (let i = n * plane; i < (n + 1) * plane; i += 3) {
      const error = (pixels[i] - mean[0]) ** 2 + (pixels[i + 1] - mean[1]) ** 2 + (pixels[i + 2] - mean[2]) ** 2;
      sum += Math.min(error, limit);
    }
  }
  return sum / (frames * height * width * limit);
}

export interface Ranked {
  readonly setting: string;
  readonly light: Light | null;
  readonly own: number; // share that it leaves unexplained, 0 .. 1
}

/** Settings by their colours, best first: as they stay, or, where the ends of the clip say so, as day and night. */
export function rankSettings(picture: Picture, frames: readonly number[], limit: number): Ranked[] {
  const each = settings.map((setting) => ({ setting, costs: costs(picture, setting, frames, limit) }));
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const stays = each
    .map(({ setting, costs: own }): Ranked => ({ setting, light: null, own: mean(own) }))
    .sort((a, b) => a.own - b.own);
  const ends = (first: number[], last: number[]): number => (first[0] + last[last.length - 1]) / 2;
  const night = each.find(({ setting }) => setting === 'night');
  if (frames.length < 2 || !night) return stays;
  const turns = each
    .filter((day) => day !== night)
    .flatMap(({ setting, costs: own }): Ranked[] => [
      { setting, light: 'dusk', own: ends(own, night.costs) },
      { setting, light: 'dawn', own: ends(night.costs, own) },
    ])
    .sort((a, b) => a.own - b.own);
  return turns[0].own < turned * Math.min(...each.map(({ costs: own }) => ends(own, own))) ? turns : stays;
}
