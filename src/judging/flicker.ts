/**
 * Would a clip flash if it were played? Quick flashes over a large part of the view can set off seizures, so the page
 * plays such a clip at three pictures a second at most unless asked (WCAG 2.3.1: a flash is a change of relative
 * luminance by a tenth or more; a quarter of the field of view is too much). It looks at the clip itself and not at its
 * noise level: a run broken by too much guidance flickers in its last row as well.
 */
import type { ClipShape } from '../sampling/types';

const change = 0.1; // of relative luminance, 0 .. 1
const area = 0.25; // of the picture

/** clip: 3 x frames x height x width, values -1 .. 1. True where any two neighbouring frames differ that much. */
export function flickers(clip: Float32Array, { frames, height, width }: ClipShape): boolean {
  const pixels = height * width;
  let before = luminance(clip, frames, pixels, 0);
  for (let frame = 1; frame < frames; frame++) {
    const now = luminance(clip, frames, pixels, frame);
    let changed = 0;
    for (let i = 0; i < pixels; i++) if (Math.abs(now[i] - before[i]) >= change) changed++;
    if (changed > area * pixels) return true;
    before = now;
  }
  return false;
}

/** Relative luminance of each pixel of a frame, as a screen shows it: cut to its range, gamma 2.2, weights of sRGB. */
function luminance(clip: Float32Array, frames: number, pixels: number, frame: number): Float32Array {
  const light = (channel: number, i: number) =>
    Math.min(1, Math.max(0, (clip[(channel * frames + frame) * pixels + i] + 1) / 2)) ** 2.2;
  return Float32Array.from(
    { length: pixels },
    (_, i) => 0.2126 * light(0, i) + 0.7152 * light(1, i) + 0.0722 * light(2, i),
  );
}
