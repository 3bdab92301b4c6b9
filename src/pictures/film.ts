/**
 * Which frame of a GIF stands in which frame of the model's film: by time, as somebody who watches both would see it.
 */

/** Its own pace, as far as the film goes (and from the beginning again where it is shorter); or all of it, in that time. */
export type Pace = 'own' | 'whole';

/** ends: when each frame ends, in seconds, rising. Which of them is shown at the beginning of each of `frames` frames, `rate` a second. */
export function framesAt(ends: readonly number[], frames: number, rate: number, pace: Pace): number[] {
  const lasts = ends[ends.length - 1];
  return Array.from({ length: frames }, (_, n) => {
    const time = pace === 'own' ? (n / rate) % lasts : (n / frames) * lasts;
    return Math.max(
      0,
      ends.findIndex((end) => end > time + slack),
    ); // none: it is about to begin again
  });
}

/** Sums of hundredths are not exact. */
const slack = 1e-6;

/** Whether a GIF goes on after a film of so many frames. */
export const goesOn = (ends: readonly number[], frames: number, rate: number): boolean =>
  ends[ends.length - 1] > frames / rate + slack;
