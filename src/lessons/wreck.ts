/**
 * Chapter 2, learning by wrecking: one clip of the world, drawn by its rules, and noise over it. This is all that training
 * does, half a million times: z = (1 - noise) clip + noise * chance, and the network guesses the clip.
 *
 * Its guesses are recorded (`npm run record`), so that they are there without a network. It was given no words: it sees
 * what the learner sees.
 */
import { clipStream, normals } from '../sampling/noise';
import { complete, type CompleteSettings } from '../sampling/settings';
import type { ClipShape } from '../sampling/types';
import { render } from '../world/render';
import { draws, sampleObject, type Scene } from '../world/scene';
import { world } from '../world/world';
import type { Film } from './films';

export const wreckShape: ClipShape = { frames: world.frames, height: 32, width: 32 };

/** Shares of noise at which the learner guesses, in this order, and the network was asked. */
export const noiseShares = [0.95, 0.8, 0.5] as const;

const seed = 16;

export const wreckScene: Scene = {
  setting: 'snow',
  camera: 'stands',
  backdrop: 0,
  objects: [
    {
      ...sampleObject(draws(seed), 1, { sizes: ['big'], motions: ['left'], speeds: ['slowly'] }),
      thing: 'fish',
      colour: 'green',
    },
  ],
};

/** The clip: 3 x frames x height x width, values -1 .. 1. */
export function cleanClip(): Float32Array {
  return render(wreckScene, wreckShape).map((value) => 2 * value - 1);
}

/** The same with a share of noise over it (0 .. 1), always the same noise. */
export function wrecked(clip: Float32Array, noise: number): Float32Array {
  const chance = normals(seed, clipStream, clip.length);
  return clip.map((value, i) => (1 - noise) * value + noise * chance[i]);
}

/** Root mean square of what a guess is off; black against white is 2. */
export function offBy(guess: Float32Array, clip: Float32Array): number {
  return Math.sqrt(guess.reduce((sum, value, i) => sum + (value - clip[i]) ** 2, 0) / clip.length);
}

/**
 * The file of its guesses is a recording whose steps stand at the noise shares above, after one at pure noise. It is no
 * run: each guess was made from the clip with that much noise over it.
 */
export const wreckFilm: Film = { file: 'story/wrecked.snow', prompt: '' };
export const wreckSettings: CompleteSettings = complete({
  seed,
  steps: noiseShares.length + 1,
  sampler: 'euler',
  guidance: { scale: 1, from: 0, to: 1 },
  schedule: 'curve',
  curve: noiseShares.map((share) => Math.round(100 * (1 - share)) / 100),
});
