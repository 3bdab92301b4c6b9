/**
 * Numbers that the story tells and no run can show, each from where it was measured. tests/lessons/facts.test.ts holds them to
 * the cards of the two networks.
 */
import { countOf, ownCut } from './patches';

/** A film, and the same as large as the stage shows it, cut as the network cuts. */
const [small, drawn] = [32, 128].map((side) => countOf(ownCut, { frames: 16, height: side, width: side }));

/** Stretches of training on a graphics processor, as models/mini/card.md has them. */
export const gpuStretches = [
  { number: 4, clips: 3_311_844, minutes: 8 },
  { number: 9, clips: 3_029_052, minutes: 10 },
] as const;

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b);

export const facts = {
  // models/mini/card.md
  parameters: 6_975_764,
  megabytes: 14,
  clips: 7_962_696, // seen in training, each once
  minutes: 936, // of training on one or two processor cores
  gpuClips: sum(gpuStretches.map(({ clips }) => clips)), // of those clips, on a graphics processor
  gpuMinutes: sum(gpuStretches.map(({ minutes }) => minutes)),
  words: 51,
  blocks: 10,
  rightInAll: 98, // percent of 512 prompts of one thing, right in every word
  twoThings: 256, // prompts of two things
  twoThingsRight: 153, // of which so many came out right in every word

  // models/nano/card.md: the smaller network of which this one was grown
  errorInside: 20, // percent of the speed, uniform motion, inside what training shows
  errorSlower: 161, // the same, slower than training shows
  errorStraight: 1, // of going straight on, at most
  spreadPlain: 1.7, // of films of one prompt, at guidance 1
  spreadGuided: 1.1, // and at guidance 6
  // Wan 2.1, the largest of its kind whose weights are public (Wan Team 2025, https://github.com/Wan-Video/Wan2.1)
  largeOpen: 14e9,

  // worked out
  drawnTokens: drawn.tokens,
  drawnTimes: drawn.pairs / small.pairs,
} as const;

/** models/mini/card.md of its student: of 100 films of one thing, those that are right in every word. */
export const student = {
  steps: 4,
  teacherSteps: 24,
  right: 95, // of 256 prompts
  teacherRight: 97, // of the same 256 (249)
} as const;
