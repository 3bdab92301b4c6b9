/** Made-up runs for the tests of recordings: a moving blob that comes out of noise, like a clip but from a formula. */
import { clipStream, normals } from '../../src/sampling/noise';
import type { ClipShape, Denoiser, RunSettings } from '../../src/sampling/types';

export const settings: RunSettings = {
  seed: 7,
  steps: 5,
  sampler: 'heun',
  guidance: { scale: 3, from: 0.1, to: 0.9 },
};

/** Its guess starts as a blur and gets sharper with t; without words it is paler. Keeps a little of x's noise. */
export function blobs(shape: ClipShape): Denoiser {
  const { frames, height, width } = shape;
  return {
    shape,
    async guess(x, levels, conditions) {
      const t = levels[0];
      const radius = 0.12 + 0.3 * (1 - t);
      return conditions.map((condition) =>
        x.map((z, i) => {
          const [column, line] = [i % width, Math.floor(i / width) % height];
          const [frame, channel] = [
            Math.floor(i / (width * height)) % frames,
            Math.floor(i / (width * height * frames)),
          ];
          const distance = Math.hypot(column / width - 0.2 - (0.6 * frame) / frames, line / height - 0.5);
          const inside = 1 / (1 + Math.exp((distance - radius) * (10 + 40 * t)));
          return (condition === 'prompt' ? 1 : 0.6) * ([0.9, -0.2, 0.4][channel] * inside - 0.4) + 0.03 * (1 - t) * z;
        }),
      );
    },
  };
}

/** A guess that nothing can be known about beforehand. */
export function snow(shape: ClipShape): Denoiser {
  let calls = 0;
  return {
    shape,
    guess: async (x, _, conditions) => conditions.map(() => normals(++calls, clipStream, x.length)),
  };
}
