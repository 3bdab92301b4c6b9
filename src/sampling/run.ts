/**
 * A run: pure noise in, one step after the other out.
 *
 * What it is: the only loop over denoising steps. A live model, a recording and a test's formula are all a `Denoiser` to it.
 * What it is not: it knows no prompt (the denoiser was made for one), no device and no page.
 */
import { GuessError, ConditionError, RunawayError, SettingsError } from './errors';
import { guide, conditionsAt, type Guided } from './guidance';
import { harmonised } from './harmonise';
import { normals, restartStream, stirStream } from './noise';
import { squeezed, times } from './schedule';
import { checkSettings, complete, type CompleteSettings } from './settings';
import { solvers } from './solvers';
import { startingNoise } from './start';
import type { ClipShape, Condition, Denoiser, RunSettings, Step } from './types';

/** Pixels that are clean from the start: a still to animate, a clip to extend, a gap to fill. */
export interface Known {
  readonly clip: Float32Array; // 3 x frames x height x width, read only where known
  readonly mask: Uint8Array | Float32Array; // frames x height x width, anything but 0 is known
}

/**
 * Where a run begins that does not begin with noise alone: a clip with noise over it, or one that was inverted (edit.ts). The
 * grid of the settings is squeezed into t .. 1.
 */
export interface Begin {
  readonly x: Float32Array; // 3 x frames x height x width, in the place of the starting noise
  readonly t: number; // its noise level, 0 <= t < 1
}

/** A step that was made already, for a run that broke off and goes on. */
export type Past = Pick<Step, 'index' | 'x' | 'guess' | 'average'>;

/**
 * Steps that the solvers here look back on, the newest among them: so many are enough for `RunOptions.from`. Only unipc
 * remembers a little of all of them, less than rounding does.
 */
export const mostPast = 3;

export interface RunOptions {
  /** Ends the run with the signal's reason, at the latest when the model call in progress returns. */
  readonly signal?: AbortSignal;
  readonly known?: Known;
  readonly begin?: Begin;
  /**
   * The last steps of a run with the same settings, in order: this one yields what would have come after them. The model
   * is asked again in the newest only; the others fill the memory of a solver that has one.
   */
  readonly from?: readonly Past[];
  /** Hears what guidance made of each call of the model, in order (but not in the steps of `from`); and, once, what restarts made of the last. The arrays are the run's own: copy what you keep. */
  readonly onGuided?: (guided: Guided, restarted: boolean) => void;
}

/**
 * Yields `settings.steps` steps; the guess of the last is the finished clip, exactly (harmonised with the known pixels, harmonise.ts). The arrays of a step belong to
 * whoever receives it and may be changed or transferred.
 *
 * Throws SettingsError, ConditionError, GuessError, RunawayError, the signal's reason (an AbortError where none is given), or
 * what the denoiser throws.
 */
export async function* run(
  denoiser: Denoiser,
  settings: RunSettings,
  options: RunOptions = {},
): AsyncGenerator<Step, void, undefined> {
  checkSettings(settings);
  const all = complete(settings);
  const { seed, steps, sampler } = all;
  const { known, begin, from = [] } = options;
  const { frames, height, width } = denoiser.shape;
  const pixels = frames * height * width;
  if (known) checkKnown(known, denoiser.shape);
  const anyKnown = known !== undefined && known.mask.some((is) => is !== 0);

  if (begin) checkBegin(begin, 3 * pixels);

  const grid = squeezed(times(all), begin?.t ?? 0);
  const model = new GuidedModel(denoiser, all, options);
  model.checkConditions(grid);
  const solve = solvers[sampler].start(all);
  let x = begin ? begin.x.slice() : startingNoise(seed, denoiser.shape, all.start);
  if (known) keep(x, known);

  for (let index = from[0]?.index ?? 0; index < steps; index++) {
    const past = from.find((step) => step.index === index);
    if (past) x = past.x;
    const started = performance.now();
    const [t, tNext] = [grid[index], grid[index + 1]];
    model.begin({ index, last: tNext === 1, again: past !== undefined });
    const answer: Answer = past && past !== from.at(-1) ? past : await model.ask(x, t);
    let { guess } = answer;
    if (tNext === 1 && !past && !anyKnown) guess = await model.restarted(guess);
    if (tNext === 1 && known) guess = harmonised(guess, known, denoiser.shape);
    const { base = guess, unguided, disagreement, strayed } = answer;
    let xNext = x;
    if (tNext < 1) {
      const ask = async (x: Float32Array, t: number) => {
        const { guess, base = guess } = await model.ask(x, t);
        return base;
      };
      const noise = () => normals(seed, stirStream + index, 3 * pixels);
      xNext = await solve({ x, t, tNext, guess: base, ask, noise });
      if (base !== guess) xNext = xNext.map((value, i) => value + tNext * (guess[i] - base[i])); // CFG++, see guidance.ts
      if (known) keep(xNext, known);
      model.checkBounds('the clip', xNext, t);
    }
    const milliseconds = performance.now() - started;
    if (past) model.average = past.average;
    else {
      const { calls } = model.step;
      const average = model.average?.slice();
      const rest = { ...(average && { average }), ...(strayed !== undefined && { strayed }) };
      yield { index, steps, t, tNext, x, guess, calls, milliseconds, unguided, disagreement, ...rest };
    }
    x = xNext;
  }
}

/** t to which a restart puts noise over the clip: what is where stays, outlines are drawn again (docs/decisions/restarts.md). */
export const restartLevel = 0.65;

/**
 * Greatest size of a number in a run. Clips lie within 1 and noise within 7; guidance 30 takes nano to some hundreds, which
 * is worth a look and still comes to an end. Beyond this it only grows.
 */
export const farthest = 1000;

interface Answer extends Guided, Pick<Step, 'unguided' | 'disagreement' | 'strayed'> {}

/** The denoiser as a solver sees it: one guided guess for each call, with known pixels kept and bad answers found out. */
class GuidedModel {
  step = { index: 0, last: false, calls: 0, asked: 0, again: false };
  /** What guidance remembers of the steps so far; of a step, what its first call left: the others are trials. */
  average: Float32Array | undefined;
  private before: Float32Array | undefined; // the same without the step that goes on: what all of its calls are given
  private readonly pixels: number;
  private readonly against: Condition;

  constructor(
    private readonly denoiser: Denoiser,
    private readonly settings: CompleteSettings,
    private readonly options: RunOptions,
  ) {
    const { frames, height, width } = denoiser.shape;
    this.pixels = frames * height * width;
    this.against = denoiser.conditions?.includes('negative') ? 'negative' : 'empty';
  }

  begin(step: { readonly index: number; readonly last: boolean; readonly again: boolean }): void {
    this.step = { ...step, calls: 0, asked: 0 };
    this.before = this.average;
  }

  /** Before the first call: throws ConditionError where this denoiser cannot answer what guidance will ask. */
  checkConditions(grid: readonly number[]): void {
    const { conditions: has = ['prompt', 'empty'] } = this.denoiser;
    const { guidance } = this.settings;
    for (const t of grid)
      for (const condition of conditionsAt({ t, last: t === grid.at(-2) }, guidance, this.against))
        if (!has.includes(condition)) throw new ConditionError(condition);
  }

  /** How much of the guess is the second prompt's in the step that goes on. */
  private get secondShare(): number {
    const { at, blend } = this.settings;
    return this.step.index >= at && this.denoiser.conditions?.includes('then') ? blend : 0;
  }

  /** What the model says under each of these conditions, the second prompt having its share of the first. */
  private async answers(x: Float32Array, t: number, asked: readonly Condition[]): Promise<readonly Float32Array[]> {
    const { signal, known } = this.options;
    const { backwards, steps } = this.settings;
    signal?.throwIfAborted();
    if (known) keep(x, known); // a solver with fresh noise has stirred them
    const share = this.secondShare;
    const conditions = withSecond(asked, share);
    const levels = levelsAt(backwards ? 1 - t : t, this.pixels, known);
    const said = conditions.length ? await this.denoiser.guess(x, levels, conditions) : [];
    signal?.throwIfAborted();
    this.step.calls += conditions.length;
    if (said.length !== conditions.length || said.some((answer) => answer.length !== 3 * this.pixels))
      throw new GuessError('has the wrong size', this.step.index, steps, t);
    return conditions[1] === 'then' ? blended(said, share) : said;
  }

  async ask(x: Float32Array, t: number): Promise<Answer> {
    const { known, onGuided } = this.options;
    const { guidance } = this.settings;
    const { last } = this.step;
    const answers = await this.answers(x, t, conditionsAt({ t, last }, guidance, this.against));
    const guided = guide(answers, { x, t, last, average: this.before }, guidance);
    const { guess, base, average } = guided;
    if (this.step.asked++ === 0 && average) this.average = average;
    this.checkGuess(guess, t);
    if (!this.step.again) onGuided?.(guided, false);
    const [unguided, other] = answers.length === 2 ? answers : [];
    const disagreement = other && distance(unguided, other);
    if (!known) return { guess, base, unguided, disagreement };
    const strayed = strayedFrom(guess, known);
    for (const values of [guess, base, unguided]) if (values) keep(values, known);
    return { guess, base, unguided, disagreement, strayed };
  }

  /**
   * The clip after restarts (Restart sampling; Xu et al. 2023), all of one finished clip: each puts fresh noise over it, up to
   * `restartLevel`, and the mean of what the model then believes is the clip. What is there, it sees through every noise; the fraying of
   * outlines is another one each time. It is asked the prompt alone: guidance says what is to be seen, and that is decided. Not where
   * pixels are known: these keep every fray that they have, and beside them the mean makes a seam (docs/decisions/restarts.md).
   */
  async restarted(clip: Float32Array): Promise<Float32Array> {
    const { onGuided } = this.options;
    const { seed, restarts, guidance } = this.settings;
    if (restarts === 0) return clip;
    const [t, mean] = [restartLevel, new Float32Array(clip.length)];
    for (let k = 0; k < restarts; k++) {
      const noise = normals(seed, restartStream + k, clip.length);
      const x = clip.map((value, i) => t * value + (1 - t) * noise[i]);
      const [guess] = await this.answers(x, t, conditionsAt({ t, last: true }, guidance, this.against).slice(0, 1));
      this.checkGuess(guess, t);
      guess.forEach((value, i) => (mean[i] += value / restarts));
    }
    onGuided?.({ guess: mean }, true);
    return mean;
  }

  private checkGuess(guess: Float32Array, t: number): void {
    const { index } = this.step;
    if (!guess.every(Number.isFinite))
      throw new GuessError('holds a value that is no number', index, this.settings.steps, t);
    this.checkBounds("the model's guess", guess, t);
  }

  /** Throws RunawayError where a number is farther than `farthest` from 0, or none. */
  checkBounds(what: string, values: Float32Array, t: number): void {
    const far = values.find((value) => !(Math.abs(value) <= farthest));
    if (far === undefined) return;
    const [setting, next] = likely(this.settings);
    throw new RunawayError(what, far, setting, next, this.step.index, this.settings.steps, t);
  }
}

/** The conditions with a second prompt in the first one's place, or behind it where both have a share. */
function withSecond(conditions: readonly Condition[], share: number): readonly Condition[] {
  const [first, ...others] = conditions;
  if (first !== 'prompt' || share === 0) return conditions;
  return share === 1 ? ['then', ...others] : ['prompt', 'then', ...others];
}

/** One guess of the first two, (1 - share) prompt + share then; the noise of both is one, so this is Liu et al. 2022, eq. 11. */
function blended([prompt, then, ...others]: readonly Float32Array[], share: number): Float32Array[] {
  return [prompt.map((value, i) => (1 - share) * value + share * then[i]), ...others];
}

/** The setting that most likely made a run leave its bounds, and what to do with it. */
function likely({ guidance, sampler, eta, schedule, steps }: CompleteSettings): [setting: string, next: string] {
  if (guidance.scale > 7) return ['guidance scale', `lower the guidance scale from ${guidance.scale} to 7 or less`];
  if (solvers[sampler].noise === 'eta' && eta > 1) return ['eta', `lower eta from ${eta} to 1 or less`];
  if (schedule === 'curve') return ['curve', 'draw the curve with steps that differ less'];
  if (solvers[sampler].order > 1)
    return ['sampler', `take more than ${steps} steps, or the sampler euler instead of ${sampler}`];
  return guidance.scale === 1
    ? ['steps', 'load the model again: no setting explains it']
    : ['guidance scale', 'set the guidance scale to 1'];
}

/** Throws SettingsError where no run of a clip of this shape can keep these pixels. */
export function checkKnown({ clip, mask }: Known, { frames, height, width }: ClipShape): void {
  const pixels = frames * height * width;
  if (clip?.length !== 3 * pixels) throw new SettingsError('length of the known clip', clip?.length, `${3 * pixels}`);
  if (mask?.length !== pixels) throw new SettingsError('length of the mask', mask?.length, `${pixels}`);
  const bad = clip.findIndex((value, i) => mask[i % pixels] !== 0 && !(Math.abs(value) <= farthest));
  if (bad >= 0) throw new SettingsError('a known pixel', clip[bad], 'a number from -1 to 1');
}

function checkBegin({ x, t }: Begin, size: number): void {
  if (!(typeof t === 'number' && t >= 0 && t < 1)) throw new SettingsError('begin', t, 'a t from 0 to below 1');
  if (x.length !== size) throw new SettingsError('length of the clip to begin with', x.length, `${size}`);
  const bad = x.find((value) => !(Math.abs(value) <= farthest));
  if (bad !== undefined) throw new SettingsError('a number of the clip to begin with', bad, 'one from -1 to 1');
}

/** t everywhere, which one number says; else frames x height x width, with 1 where the clip is known. */
export function levelsAt(t: number, pixels: number, known?: Known): Float32Array {
  if (!known) return Float32Array.of(t);
  const levels = new Float32Array(pixels).fill(t);
  known.mask.forEach((isKnown, pixel) => {
    if (isKnown) levels[pixel] = 1;
  });
  return levels;
}

/** Puts the known pixels back, in all three colour channels. x and guess agree there, so their velocity is 0. */
function keep(target: Float32Array, { clip, mask }: Known): void {
  for (let i = 0; i < target.length; i++) if (mask[i % mask.length]) target[i] = clip[i];
}

/** Root mean square over the known pixels of how far a guess lies from them; 0 where none is known. */
function strayedFrom(guess: Float32Array, { clip, mask }: Known): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < guess.length; i++) {
    if (!mask[i % mask.length]) continue;
    sum += (guess[i] - clip[i]) ** 2;
    count++;
  }
  return count > 0 ? Math.sqrt(sum / count) : 0;
}

/** Root mean square. */
function distance(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0) / a.length);
}

export interface InvertOptions extends Pick<RunOptions, 'signal'> {
  readonly to?: number; // t, 0 <= to < 1
  readonly onStep?: (done: number, total: number) => void;
}

/**
 * A run's way back: from x at the last noise level before clean, times(settings)[steps - 1], to the noise at t = 0 that it
 * comes from, by the same solver with time turned round (DDIM inversion; Song et al. 2021, section 4.3). `x` is the x of a
 * run's last step, or a clean clip, which at that level is hardly different. A solver of order p comes back within
 * O(h^p) of where it began. start, seed, backwards and momentum have no say. `to`: a t above 0 to stop at, where the grid is that
 * of a run which begins there. `onStep` hears how many steps are done, and of how many.
 *
 * Throws SettingsError for a sampler with fresh noise, whose way has no way back; otherwise what run() throws.
 */
export async function invert(
  denoiser: Denoiser,
  x: Float32Array,
  settings: RunSettings,
  { signal, to = 0, onStep }: InvertOptions = {},
): Promise<Float32Array> {
  checkSettings(settings);
  const given = complete(settings);
  const all = { ...given, backwards: false, guidance: { ...given.guidance, momentum: 0 } };
  const kind = solvers[all.sampler];
  if (kind.noise)
    throw new SettingsError(
      'sampler',
      all.sampler,
      'one without fresh noise, such as heun: noise cannot be taken back',
    );
  const grid = squeezed(times(all), to).slice(0, -1).reverse();
  const model = new GuidedModel(denoiser, all, { signal });
  model.checkConditions(grid);
  const solve = kind.start(all);
  const guessAt = async (x: Float32Array, t: number) => (await model.ask(x, t)).guess;
  x = x.slice();
  for (let index = 0; index + 1 < grid.length; index++) {
    const [t, tNext] = [grid[index], grid[index + 1]];
    model.begin({ index, last: false, again: false });
    x = await solve({ x, t, tNext, guess: await guessAt(x, t), ask: guessAt, noise: () => new Float32Array(x.length) });
    model.checkBounds('the noise', x, t);
    onStep?.(index + 1, grid.length - 1);
  }
  return x;
}
