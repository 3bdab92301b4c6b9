/**
 * What does a clip show? From pixels alone: setting, camera, and of each object colour, thing, size, motion, its path and
 * the law that the path follows.
 *
 * What it is not: it knows no model, no prompt and no scene, and it judges nothing (evaluation does). It knows the little
 * world, as its readers do. Pure: no browser, no Node, no tfjs. docs/reference/reading.md says how it reads and where it can't,
 * docs/decisions/read-by-drawing.md how well.
 */
export { MeasureError } from './errors';
export { readClip } from './read';
export {
  undecided,
  type Collision,
  type LawFit,
  type Reading,
  type SeenObject,
  type Sighting,
  type Undecided,
} from './types';
