/**
 * What does a clip show? From pixels alone: setting, camera, and of each object colour, thing, size, motion, its path and
 * the law that the path follows; and scores of that against a prompt.
 *
 * What it is not: it knows no model, no prompt while it reads, and no scene. It knows the little world, as its readers do.
 * Pure: no browser, no Node, no tfjs. docs/measure.md says how well it reads and where it can't.
 */
export { asked, askedOf, type Asked, type AskedObject } from './asked';
export { kolmogorov, kolmogorovSmirnov, totalVariation, type Difference } from './distributions';
export { MeasureError } from './errors';
export {
  apart,
  compareOpen,
  describeReading,
  describeScene,
  nearestDescription,
  nearestThumbnail,
  noveltyOf,
  openNames,
  openOf,
  thumbnail,
  thumbnailShape,
  type Novelty,
  type Open,
  type OpenFigure,
} from './novelty';
export {
  constantVelocity,
  copyLast,
  errorFigures,
  nearestPath,
  poolPaths,
  seenPath,
  truePath,
  velocityError,
  type ErrorFigures,
  type Figure,
  type Point,
  type SeenPath,
  type VelocityError,
} from './physics';
export { trainingPool } from './pool';
export { readClip } from './read';
export {
  clipAttributes,
  objectAttributes,
  score,
  type Attribute,
  type Judged,
  type Score,
  type Verdict,
} from './score';
export { bootstrap, wilson, type Interval } from './statistics';
export { cells, splits, trial, trialLaws, type Cell, type Split, type Trial, type TrialLaw } from './trials';
export { sceneOf } from './truth';
export {
  undecided,
  type Collision,
  type LawFit,
  type Reading,
  type SeenObject,
  type Sighting,
  type Undecided,
} from './types';
