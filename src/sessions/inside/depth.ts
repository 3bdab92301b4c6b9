/**
 * How the guess comes together from block to block. Pure. The head has learned to read the last block alone: what it makes
 * of an earlier one may be no picture at all, or run far beyond black and white. So guesses are compared by likeness, which
 * knows no scale, and drawn fainter where they would only glare.
 */

/** An early guess as it can be looked at. */
export interface Early {
  readonly clip: Float32Array; // 3 x frames x height x width, divided by `fainter`
  readonly fainter: number; // 1, or how many times as far its numbers run as those of the last guess
  /** Likeness to the last guess (correlation of the pixels, each colour about its own mean): 1 the same, 0 nothing alike, -1 its negative. */
  readonly likeness: number;
}

/** How far beyond the last guess an early one may run before it is drawn fainter. */
const glare = 1.5;

/** One for each block, in order. guesses: 3 x frames x height x width */
export function early(guesses: readonly Float32Array[]): readonly Early[] {
  const last = guesses[guesses.length - 1];
  return guesses.map((guess) => {
    const times = size(guess) / size(last);
    const fainter = times > glare ? times : 1;
    const clip = fainter === 1 ? guess : guess.map((value) => value / fainter);
    return { clip, fainter, likeness: guess === last ? 1 : likeness(guess, last) };
  });
}

/** The block, from 0, that makes the guess more like the last one than any other does; null where there is only one. */
export function strongest(likenesses: readonly number[]): number | null {
  const gains = likenesses.slice(1).map((now, i) => now - likenesses[i]);
  return gains.length === 0 ? null : gains.indexOf(Math.max(...gains)) + 1;
}

/** Root mean square. */
function size(clip: Float32Array): number {
  return Math.sqrt(clip.reduce((sum, value) => sum + value * value, 0) / clip.length);
}

function likeness(a: Float32Array, b: Float32Array): number {
  const pixels = a.length / 3;
  let [both, ofA, ofB] = [0, 0, 0];
  for (let from = 0; from < a.length; from += pixels) {
    let [meanA, meanB] = [0, 0];
    for (let i = from; i < from + pixels; i++) {
      meanA += a[i] / pixels;
      meanB += b[i] / pixels;
    }
    for (let i = from; i < from + pixels; i++) {
      both += (a[i] - meanA) * (b[i] - meanB);
      ofA += (a[i] - meanA) ** 2;
      ofB += (b[i] - meanB) ** 2;
    }
  }
  return ofA > 0 && ofB > 0 ? both / Math.sqrt(ofA * ofB) : 0; // one colour all over is like nothing
}
