/**
 * Harmonising a finished clip with what was given of it: where a pixel that was made up differs so little from the same pixel of
 * the nearest given frame that it stands for the same thing, it takes that pixel's value.
 *
 * Why: the network draws a backdrop a little otherwise in every patch, by 3 % of black to white or so. Between its own frames that
 * hardly shows; beside a frame that is exact it is a jump, the more so as all of the made-up part is off to one side. With
 * given pixels as they are and everything that stands still taken from them, what is left at the seam is what moves. Doing it
 * twice is doing it once, so a recording is replayed to the same clip.
 * What it is not: a step of the sampler. No guess but the last is changed, and no pixel that has no given one before or behind it.
 */
import type { Known } from './run';
import type { ClipShape } from './types';

/**
 * How far the furthest of the three colours may be, of black to white. Of 16 films each, with guidance 1: of the extensions 10 had no
 * seam without it, 13 with it at this distance (docs/reference/editing.md); twice the distance would take a shadow for its ground.
 */
export const sameAs = 0.12;

/** clip: 3 x frames x height x width, the known pixels put back. A copy. */
export function harmonised(clip: Float32Array, { clip: given, mask }: Known, shape: ClipShape): Float32Array {
  const { frames, height, width } = shape;
  const plane = height * width;
  const pixels = frames * plane;
  const result = clip.slice();
  /** The furthest colour of a pixel from the one that is given at `at`. */
  const apart = (pixel: number, at: number): number =>
    Math.max(...[0, 1, 2].map((channel) => Math.abs(clip[channel * pixels + pixel] - given[channel * pixels + at]))) /
    2;
  for (let place = 0; place < plane; place++) {
    const before = nearest(mask, place, plane, frames, 1);
    const behind = nearest(mask, place, plane, frames, -1);
    for (let frame = 0; frame < frames; frame++) {
      const pixel = frame * plane + place;
      if (mask[pixel]) continue;
      const [best] = [before[frame], behind[frame]]
        .flatMap((at) => (at < 0 ? [] : [{ at, far: apart(pixel, at) }]))
        .filter(({ far }) => far < sameAs)
        .sort((a, b) => a.far - b.far);
      if (best) for (let i = 0; i < 3 * pixels; i += pixels) result[i + pixel] = given[i + best.at];
    }
  }
  return result;
}

/** Of each frame the given pixel at this place that was last before it (1), or comes first behind it (-1); -1 where none is. */
function nearest(mask: Known['mask'], place: number, plane: number, frames: number, way: 1 | -1): Int32Array {
  const found = new Int32Array(frames);
  let last = -1;
  for (let frame = way > 0 ? 0 : frames - 1; frame >= 0 && frame < frames; frame += way) {
    const pixel = frame * plane + place;
    if (mask[pixel]) last = pixel;
    found[frame] = last;
  }
  return found;
}
