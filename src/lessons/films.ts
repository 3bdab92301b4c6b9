/**
 * The recorded runs that the chapters show: some of those that the page opens with, and a few made for the story alone, at
 * the same noise as one of those or at another. `npm run record` makes them all, as they come.
 *
 * What it is not: it loads nothing (src/studio/ports.ts does), and knows no chapter.
 */

import type { Ablation } from '../sampling/types';

/** As the list of recordings names one: a file of the folder of recordings. */
export interface Film {
  readonly file: string;
  readonly prompt: string;
}

/** Made for the story: other words, another seed or a network that lacks a part, all else as in `like`. */
export interface StoryFilm extends Film {
  readonly like: Film;
  readonly further: number; // its seed less the seed of `like`
  readonly ablation?: readonly Ablation[];
}

export const fileOf = (prompt: string): string => `${(prompt.toLowerCase().match(/[a-z]+/g) ?? []).join('-')}.snow`;

const film = (prompt: string): Film => ({ file: fileOf(prompt), prompt });

export const ball = film('A small red ball bouncing at night.');
export const fish = film('A big orange fish moving right slowly at sea.');
export const rocket = film('A small purple rocket moving up fast at night.');
export const heart = film('A big pink heart growing in the meadow.');
export const boat = film('A big blue boat moving left slowly at sea.');

/** Chapter 1: the ball's noise with other words, and the ball's words with other noise. */
export const sameNoise: readonly StoryFilm[] = [
  { file: 'story/same-noise-heart.snow', prompt: heart.prompt, like: ball, further: 0 },
  { file: 'story/same-noise-fish.snow', prompt: fish.prompt, like: ball, further: 0 },
];
export const otherNoise: readonly StoryFilm[] = [
  { file: 'story/other-noise-1.snow', prompt: ball.prompt, like: ball, further: 1 },
  { file: 'story/other-noise-2.snow', prompt: ball.prompt, like: ball, further: 2 },
];

/** Chapter 4: the fish's noise and words, and no patch may look at another time. */
export const cutTime: StoryFilm = {
  file: 'story/cut-time.snow',
  prompt: fish.prompt,
  like: fish,
  further: 0,
  ablation: [{ kind: 'time' }],
};

/**
 * Chapter 7: the ball at two more seeds, which differ as much as most do: of the fourteen seeds from 144 at which our reader can
 * measure the fall, the gravity is 0.72 to 1.38 times that of the world, with a standard deviation of 0.15; so it is of these three.
 */
export const otherFalls: readonly StoryFilm[] = [
  { file: 'story/other-fall-1.snow', prompt: ball.prompt, like: ball, further: 6 },
  { file: 'story/other-fall-2.snow', prompt: ball.prompt, like: ball, further: 7 },
];

/** A pair of words that training never showed together, at the pink heart's noise. */
export const hole: StoryFilm = {
  file: 'story/hole.snow',
  prompt: 'A big green heart growing in the meadow.',
  like: heart,
  further: 0,
};

export const storyFilms: readonly StoryFilm[] = [...sameNoise, ...otherNoise, cutTime, ...otherFalls, hole];
