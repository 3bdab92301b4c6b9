/** Figures that were measured, and the command that measures them again: `npm run measure:making` (cli/measure-making.ts). */
import type { Start } from './plan';

/**
 * Share of 256 true films in which the place where given and made up would meet passes the test of `isSmooth`: what a film
 * without any seam has. In time, or, for those with an edge within the frame, there.
 */
export const trueFilms: Readonly<Record<Start, number>> = {
  still: 0.9,
  forward: 0.9,
  backward: 0.9,
  gap: 0.9,
  loop: 0.9,
  connect: 0.9,
  region: 0.9,
  shift: 0.9,
};
