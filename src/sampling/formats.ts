/**
 * Films of other lengths and shapes than the model's own, by name. A transformer takes as many spacetime patches as it is given
 * (Sora's technical report, OpenAI 2024): noise of another size makes a film of that size. What it was not trained on it
 * does less well, and that is worth a look.
 *
 * What it is not: it knows no model. One whose patches do not fit refuses the shape itself.
 */
import type { ClipShape, FormatName } from './types';

/** Of the model's own shape the times by which frames, height and width are more, or less. */
const factors: Readonly<Record<FormatName, readonly [frames: number, height: number, width: number]>> = {
  usual: [1, 1, 1],
  short: [1 / 2, 1, 1],
  long: [3 / 2, 1, 1],
  wide: [1, 1, 3 / 2],
  tall: [1, 3 / 2, 1],
  still: [1 / 8, 1, 1], // one patch in time, which is two frames of mini's
};

export const formats = Object.keys(factors) as readonly FormatName[];

/** The shape of a film that a model of shape `own` is to make. */
export function shapeOf(format: FormatName, own: ClipShape): ClipShape {
  const [frames, height, width] = factors[format];
  return { frames: own.frames * frames, height: own.height * height, width: own.width * width };
}
