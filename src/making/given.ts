/**
 * A plan and its sources as the pixels that a run is given (`Known` of sampling/run.ts), and a made clip put together with
 * the film that it goes on from.
 *
 * What it is not: it knows no prompt and no model; how well the rest fits is measured in seams.ts.
 */
import type { Known } from '../sampling/run';
import type { ClipShape } from '../sampling/types';
import type { Plan } from './plan';

/**
 * sources: clips of 3 x frames x height x width, all of this shape. Given pixels have the 256 levels of a picture, so that
 * a file of the run and a source that was cut down to them give the very same ones.
 * Throws RangeError where the plan takes frames that no source has.
 */
export function knownOf(plan: Plan, sources: readonly Float32Array[], shape: ClipShape): Known {
  const { height, width } = shape;
  const [plane, pixels] = [height * width, shape.frames * height * width];
  const clip = new Float32Array(3 * pixels);
  const mask = new Uint8Array(pixels);
  plan.frames.forEach((given, frame) => {
    if (given === null) return;
    const source = sources[Math.floor(given / shape.frames)];
    if (!source) throw new RangeError(`There is no source with frame ${given}.`);
    const from = (given % shape.frames) * plane;
    for (let y = Math.max(0, plan.dy); y < Math.min(height, height + plan.dy); y++)
      for (let x = Math.max(0, plan.dx); x < Math.min(width, width + plan.dx); x++) {
        const at = y * width + x;
        if (isMadeUp(plan, frame, at)) continue;
        mask[frame * plane + at] = 1;
        for (let channel = 0; channel < 3; channel++)
          clip[channel * pixels + frame * plane + at] = levelled(
            source[channel * pixels + from + at - plan.dy * width - plan.dx],
          );
      }
  });
  return { clip, mask };
}

function isMadeUp({ hole }: Plan, frame: number, at: number): boolean {
  return hole !== null && frame >= hole.first && frame <= hole.last && hole.pixels[at] !== 0;
}

/** The nearest of a picture's 256 levels. */
function levelled(value: number): number {
  return Math.min(255, Math.max(0, Math.round(127.5 * (value + 1)))) / 127.5 - 1;
}

/** A still picture, 3 x height x width, as a clip in which nothing moves. */
export function heldStill(picture: Float32Array, { frames, height, width }: ClipShape): Float32Array {
  const plane = height * width;
  const clip = new Float32Array(3 * frames * plane);
  for (let channel = 0; channel < 3; channel++)
    for (let frame = 0; frame < frames; frame++)
      clip.set(picture.subarray(channel * plane, (channel + 1) * plane), (channel * frames + frame) * plane);
  return clip;
}

// ----------------------------------------------------------------------------------------------------- longer films

/** A clip with its number of frames: it may be longer than what the network makes at once. */
export interface Film {
  readonly clip: Float32Array;
  readonly shape: ClipShape;
}

/**
 * The film that a made clip is a part of. `film` ends (forward, loop, connect) or begins (backward) with the clip that the
 * plan took its frames from; a loop leaves out what would be seen twice when it begins again. Other plans make a film alone.
 */
export function joined({ kind, frames }: Plan, film: Film, made: Film, second?: Film): Film {
  const [head, tail] = [givenAtStart(frames), givenAtStart([...frames].reverse())];
  const before = cut(film, 0, film.shape.frames - head);
  switch (kind) {
    case 'forward':
      return glued([before, made]);
    case 'backward':
      return glued([made, cut(film, tail)]);
    case 'loop':
      return glued([before, cut(made, 0, made.shape.frames - tail)]);
    case 'connect':
      return glued([before, made, ...(second ? [cut(second, tail)] : [])]);
    default:
      return made;
  }
}

function givenAtStart(frames: readonly (number | null)[]): number {
  const first = frames.indexOf(null);
  return first < 0 ? frames.length : first;
}

/** Frames from .. to - 1 of a film. */
export function cut({ clip, shape }: Film, from: number, to = shape.frames): Film {
  const plane = shape.height * shape.width;
  const frames = Math.max(0, to - from);
  const part = new Float32Array(3 * frames * plane);
  for (let channel = 0; channel < 3; channel++) {
    const start = (channel * shape.frames + from) * plane;
    part.set(clip.subarray(start, start + frames * plane), channel * frames * plane);
  }
  return { clip: part, shape: { ...shape, frames } };
}

/** Films of one size, one after the other. */
export function glued(films: readonly Film[]): Film {
  const { height, width } = films[0].shape;
  const frames = films.reduce((sum, { shape }) => sum + shape.frames, 0);
  const plane = height * width;
  const clip = new Float32Array(3 * frames * plane);
  let at = 0;
  for (const { clip: part, shape } of films) {
    for (let channel = 0; channel < 3; channel++)
      clip.set(
        part.subarray(channel * shape.frames * plane, (channel + 1) * shape.frames * plane),
        (channel * frames + at) * plane,
      );
    at += shape.frames;
  }
  return { clip, shape: { frames, height, width } };
}
