/**
 * A run: pure noise in, one step after the other out.
 *
 * What it is: the only loop over denoising steps. A live model, a recording and a test's formula are all a `Denoiser` to it.
 * What it is not: it knows no prompt (the denoiser was made for one), no device and no page.
 */
import { GuessError, SettingsError } from './errors';
import { guide, rowsAt } from './guidance';
import { clipStream, normals } from './noise';
import { times } from './schedule';
import { solvers } from './solvers';
import type { Denoiser, RunSettings, Step } from './types';

/** Pixels that are clean from the start: a still to animate, a clip to extend, a gap to fill. */
export interface Known {
  readonly clip: Float32Array; // 3 x frames x height x width, read only where known
  readonly mask: Uint8Array | Float32Array; // frames x height x width, anything but 0 is known
}

/** A step that was made already, for a run that broke off and goes on. */
export type Past = Pick<Step, 'index' | 'x' | 'guess'>;

/** Steps that the solvers here look back on, the newest among them: so many are enough for `RunOptions.from`. */
export const mostPast = 3;

export interface RunOptions {
  /** Ends the run with the signal's reason, at the latest when the model call in progress returns. */
  readonly signal?: AbortSignal;
  readonly known?: Known;
  /**
   * The last steps of a run with the same settings, in order: this one yields what would have come after them. The model
   * is asked again in the newest only; the others fill the memory of a solver that has one.
   */
  readonly from?: readonly Past[];
}

/**
 * Yields `settings.steps` steps; the guess of the last is the finished clip, exactly. The arrays of a step belong to
 * whoever receives it and may be changed or transferred.
 *
 * Throws SettingsError, GuessError, the signal's reason (an AbortError where none is given), or what the denoiser throws.
 */
export async function* run(
  denoiser: Denoiser,
  settings: RunSettings,
  { signal, known, from = [] }: RunOptions = {},
): AsyncGenerator<Step, void, undefined> {
  checkSettings(settings);
  const { frames, height, width } = denoiser.shape;
  const pixels = frames * height * width;
  if (known) checkKnown(known, pixels);

  const { seed, steps, guidance } = settings;
  const grid = times(steps, settings.shift);
  const solve = solvers[settings.sampler]();
  let x: Float32Array = normals(seed, clipStream, 3 * pixels);
  if (known) keep(x, known);

  for (let index = from[0]?.index ?? 0; index < steps; index++) {
    const past = from.find((step) => step.index === index);
    if (past) x = past.x;
    const started = performance.now();
    let calls = 0;

    const ask = async (x: Float32Array, t: number): Promise<Float32Array> => {
      signal?.throwIfAborted();
      const rows = rowsAt(t, guidance);
      const guesses = await denoiser.guess(x, levelsAt(t, pixels, known), rows);
      signal?.throwIfAborted();
      calls += rows.length;
      if (guesses.length !== rows.length || guesses.some((guess) => guess.length !== 3 * pixels))
        throw new GuessError('has the wrong size', index, steps, t);
      const guess = guide(guesses, guidance.scale);
      if (!guess.every(Number.isFinite)) throw new GuessError('holds a value that is no number', index, steps, t);
      if (known) keep(guess, known);
      return guess;
    };

    const [t, tNext] = [grid[index], grid[index + 1]];
    const guess = past && past !== from.at(-1) ? past.guess : await ask(x, t);
    const xNext = tNext < 1 ? await solve({ x, t, tNext, guess, ask }) : x;
    if (!past) yield { index, steps, t, tNext, x, guess, calls, milliseconds: performance.now() - started };
    x = xNext;
  }
}

/** Throws a SettingsError that names the first setting that no run can be made of. */
export function checkSettings({ seed, steps, sampler, guidance, shift = 1 }: RunSettings): void {
  const within = (value: number, low: number, high: number) => value >= low && value <= high; // false for NaN
  if (!Number.isInteger(seed) || !within(seed, 0, 4294967295))
    throw new SettingsError('seed', seed, 'a whole number from 0 to 4294967295');
  if (!Number.isInteger(steps) || !within(steps, 1, 100))
    throw new SettingsError('steps', steps, 'a whole number from 1 to 100');
  if (!Object.hasOwn(solvers, sampler)) throw new SettingsError('sampler', sampler, Object.keys(solvers).join(', '));
  if (!within(guidance.scale, 0, 30))
    throw new SettingsError('guidance scale', guidance.scale, 'a number from 0 to 30');
  if (!within(guidance.from, 0, 1)) throw new SettingsError('guidance from', guidance.from, 'a number from 0 to 1');
  if (!within(guidance.to, guidance.from, 1))
    throw new SettingsError('guidance to', guidance.to, `a number from ${guidance.from} (guidance from) to 1`);
  if (!within(shift, 0.1, 10)) throw new SettingsError('shift', shift, 'a number from 0.1 to 10');
}

function checkKnown({ clip, mask }: Known, pixels: number): void {
  if (clip.length !== 3 * pixels) throw new SettingsError('length of the known clip', clip.length, `${3 * pixels}`);
  if (mask.length !== pixels) throw new SettingsError('length of the mask', mask.length, `${pixels}`);
}

/** frames x height x width: t everywhere, 1 where the clip is known. */
function levelsAt(t: number, pixels: number, known?: Known): Float32Array {
  const levels = new Float32Array(pixels).fill(t);
  known?.mask.forEach((isKnown, pixel) => {
    if (isKnown) levels[pixel] = 1;
  });
  return levels;
}

/** Puts the known pixels back, in all three colour channels. x and guess agree there, so their velocity is 0. */
function keep(target: Float32Array, { clip, mask }: Known): void {
  for (let i = 0; i < target.length; i++) if (mask[i % mask.length]) target[i] = clip[i];
}
