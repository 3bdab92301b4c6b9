/**
 * How good are clips? What a prompt asks, scores of a reading against it; trials of physics; whether clips are new and as
 * varied as the world; how sure each figure is; the suites that a model is judged by, and the report card as data, in
 * Markdown and in plain sentences.
 *
 * What it is not: it draws no clips, reads no files and no pixels (reading does), and knows no model.
 * Pure: no browser, no Node, no tfjs. docs/reference/evaluation.md says what each figure means.
 */
export { asked, askedOf, type Asked, type AskedObject } from './asked';
export { meanNames, measures, type Judgement, type Measure } from './attributes';
export { checkAbout, clipAt, sizeOf, stored, writeAgain, type About, type Folder, type Item } from './clips';
export { editedOf, pixelDistance, type Edited, type EditedWord } from './edited';
export { knownOfItem, filmOf } from './edits';
export { type EditingJudgement, type GivenRow, type StrengthRow } from './editing';
export { kolmogorov, kolmogorovSmirnov, totalVariation, type Difference } from './distributions';
export { aimHead, aimLines, byModel, chance, givenHead, givenLines, markdown, meanTexts, median, openTexts, setHead, setLines, settingsText, sideTexts, strengthHead, strengthLines, titleOf } from './markdown'; // prettier-ignore
export {
  apart,
  describeReading,
  describeScene,
  nearestDescription,
  nearestThumbnail,
  noveltyOf,
  thumbnail,
  thumbnailShape,
  type Novelty,
} from './nearest';
export { type DiversityRow, type NoveltyJudgement } from './novelty';
export { compareOpen, openNames, openOf, type Open, type OpenFigure } from './open';
export { sides, type PhysicsJudgement, type Row } from './physics';
export { trainingPool } from './pool';
export { judge, type Folders, type Report, type ScalingRow } from './report';
export {
  clipAttributes,
  objectAttributes,
  score,
  type Attribute,
  type Judged,
  type Score,
  type Verdict,
} from './score';
export {
  attributesSentence,
  bindingSentence,
  diversitySentence,
  editingSentence,
  enough,
  noveltySentence,
  percent,
  physicsSentence,
  scalingSentence,
  shareOf,
} from './sentences';
export { aimsOf } from './sets';
export { bootstrap, wilson, type Interval } from './statistics';
export { guidances, jobsOf, suites, type Job, type Suite } from './suites';
export { cells, splits, trial, trialLaws, type Cell, type Split, type Trial, type TrialLaw } from './trials';
export { sceneOf } from './truth';
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
} from './velocity';
