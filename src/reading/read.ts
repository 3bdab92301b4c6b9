/**
 * Reading a clip: what it shows, from its pixels alone. Analysis by synthesis: the little world is closed, so every
 * setting, thing, colour and law can be drawn and compared.
 */
import type { ClipShape } from '../sampling/types';
import { drawBackdrop, findBackdrop } from './backdrop';
import { canvasOf, type Canvas } from './canvas';
import { scalesOf } from './changing';
import { collided } from './collide';
import { describe } from './describe';
import { findObjects } from './find';
import { isMissing } from './identity';
import { median } from './numbers';
import { pictureOf, reduced, zoomed, type Picture } from './picture';
import { flatness } from './setting';
import { undecided, type Reading, type SeenObject, type Undecided } from './types';
import { drawWall, findWall, type Wall } from './wall';
import { backdropWords, motionsOf } from './words';

/** The backdrop is looked for in a copy of about this many pixels to a frame height: finer ones cost more and tell no more. */
const backdropPixels = 32;
/** Pixels that a median of the noise is taken of. */
const noiseSample = 4096;
/** Where the backdrop is off by more (squared), something stands before it, and its change is no flicker. */
const covered = 0.05;

const nothing = {
  seen: false,
  setting: undecided,
  light: undecided,
  camera: undecided,
  pan: 0,
  zoom: 1,
  backdrop: 0,
  wall: null,
  still: undecided,
  noise: 0,
  objects: [],
  flicker: 0,
  appeared: 0,
  vanished: 0,
} as const;

/**
 * What a clip shows. clip: 3 x frames x height x width, values -1 .. 1 (beyond that they are cut); height, width 16 .. 256.
 * Throws MeasureError for data that is no clip: another length, numbers that are not finite, a shape out of range.
 */
export function readClip(clip: Float32Array, shape: ClipShape): Reading {
  const flat = pictureOf(clip, shape);
  const { frames, height, width } = shape;
  const place = findBackdrop(reduced(flat, Math.max(1, Math.round(Math.min(height, width) / backdropPixels))));
  const { setting, light, camera, pan, zoom } = backdropWords(place, frames);
  // Where no setting is recognised there may still be things, on whatever each row mostly shows.
  const known = setting !== undecided && flatness(flat, place.limit) > place.cost;
  const backdrop = known
    ? drawBackdrop({ setting, offset: place.offset, pan, zoom, light: place.light }, flat)
    : rowMedians(flat);
  // From here on a zoom is taken out: each frame knows which part of the scene it shows.
  const scales = scalesOf(known ? zoom : 0, frames);
  const picture = known && zoom ? zoomed(flat, scales) : flat;
  const bare = canvasOf(picture, backdrop);
  const wall = known && !pan ? findWall(bare) : null;
  const noise = Math.sqrt(median(sampled(bare.baseError)) / 3);
  const shot = { noise, pan: known ? pan : 0, wall };
  const found = findObjects(picture, backdrop, shot);
  const empty: Reading = { shape: { frames, height, width }, ...nothing };
  if (!known && !found.length) return empty;
  const company = found.length + (wall ? 1 : 0);
  const objects = collided(found.map(({ object, canvas }) => describe(object, canvas, shot.pan, company, wall !== null))); // prettier-ignore
  return {
    ...empty,
    seen: true,
    ...(known && { setting, light, camera, pan, zoom: scales[frames - 1] / scales[0], backdrop: place.offset }),
    wall,
    still: known ? stillness(camera, light, objects) : undecided,
    noise,
    objects,
    flicker: flicker(wall ? withWall(picture, backdrop, wall) : bare),
    appeared: objects.filter(({ track }) => isMissing(track)).length,
    vanished: objects.filter(({ track }) => isMissing([...track].reverse())).length,
  };
}

/** The backdrop with its wall. */
function withWall(picture: Picture, backdrop: Float32Array, wall: Wall): Canvas {
  const base = backdrop.slice();
  const cover = new Float32Array(base.length / 3);
  drawWall(picture, wall, base, cover);
  return canvasOf(picture, base, cover);
}

/** Whether nothing moves or changes. */
function stillness(camera: string, light: string, objects: readonly SeenObject[]): boolean | Undecided {
  const words = [camera, light, ...objects.map(({ motion }) => motion)];
  const rest = ['stands', 'stays', ...motionsOf('rest')];
  if (objects.some(({ to }) => to !== null) || words.some((word) => word !== undecided && !rest.includes(word)))
    return false;
  return words.includes(undecided) ? undecided : true;
}

/** A backdrop that is whatever each row of each frame mostly shows. */
function rowMedians({ frames, height, width, pixels }: Picture): Float32Array {
  const out = new Float32Array(pixels.length);
  for (let line = 0; line < frames * height; line++)
    for (let c = 0; c < 3; c++) {
      const middle = median(Array.from({ length: width }, (_, column) => pixels[3 * (line * width + column) + c]));
      for (let column = 0; column < width; column++) out[3 * (line * width + column) + c] = middle;
    }
  return out;
}

/** Every so many of a long list. */
function sampled(values: Float32Array): number[] {
  const step = Math.max(1, Math.floor(values.length / noiseSample));
  return Array.from({ length: Math.floor(values.length / step) }, (_, i) => values[i * step]);
}

/** Mean change of the empty backdrop from frame to frame: how restless the clip is where nothing happens. */
function flicker({ picture, base, baseError }: Canvas): number {
  const { frames, height, width, pixels } = picture;
  const plane = height * width;
  let [sum, count] = [0, 0];
  for (let i = plane; i < frames * plane; i++) {
    if (baseError[i] > covered || baseError[i - plane] > covered) continue;
    for (let c = 0; c < 3; c++) {
      const [now, before] = [3 * i + c, 3 * (i - plane) + c];
      sum += Math.abs(pixels[now] - base[now] - pixels[before] + base[before]);
    }
    count += 3;
  }
  return count ? sum / count : 0;
}
