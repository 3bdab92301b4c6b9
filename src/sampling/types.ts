/**
 * The words that every room shares: a clip, a denoiser, the settings of a run, a step.
 *
 * Time convention everywhere: t = 0 is pure noise, t = 1 is the clean clip; z_t = t x + (1 - t) noise.
 */

/** Frames, rows and columns of a clip. Its data is a Float32Array of 3 x frames x height x width, values -1 .. 1. */
export interface ClipShape {
  readonly frames: number;
  readonly height: number;
  readonly width: number;
}

/**
 * What a model call is conditioned on: the prompt's words, those of a second prompt, no words at all, the words to stay away
 * from, or the prompt's words again but asked of a weaker model, such as an earlier checkpoint. Several are evaluated together.
 */
export type Condition = 'prompt' | 'then' | 'empty' | 'negative' | 'weak';

/**
 * One call of the model for one prompt: noisy clip in, guess of the clean clip out, one guess for each condition.
 *
 * x:      3 x frames x height x width, the noisy clip
 * levels: frames x height x width, the noise level t of each pixel, or one number where all have the same
 */
export interface Denoiser {
  readonly shape: ClipShape;
  /**
   * The conditions that it can answer; prompt and empty where it does not say. A 'negative' takes the place of 'empty', and
   * 'then' that of 'prompt' as RunSettings.at and blend say.
   */
  readonly conditions?: readonly Condition[];
  guess(x: Float32Array, levels: Float32Array, conditions: readonly Condition[]): Promise<Float32Array[]>;
}

/**
 * What a run is given. The same settings and the same weights draw the same clip everywhere. Ranges are in settings.ts,
 * with what stands where an optional one is left out.
 */
export interface RunSettings {
  readonly seed: number; // integer, 0 .. 2^32 - 1
  readonly steps: number; // integer, 1 .. 100
  readonly sampler: SamplerName;
  readonly guidance: Guidance;
  readonly schedule?: ScheduleName; // how the steps are spaced, see schedule.ts
  readonly curve?: readonly number[]; // the inner points of schedule 'curve', rising
  readonly shift?: number; // of the time grid, on top of any schedule; 1 leaves it alone
  /** Asks the model's student, a network of few steps that has its teacher's guidance built in, so that the scale stays at 1. */
  readonly student?: boolean;
  /** Tells the model 1 - t instead of t: noise is called clean and a clean clip noise. A thing to break, not to use. */
  readonly backwards?: boolean;
  readonly eta?: number; // fresh noise of 'ancestral' and 'ddim', 0 .. 2; others do not read it
  readonly churn?: number; // fresh noise of 'sde', 0 .. 2; others do not read it
  readonly restarts?: number; // integer, 0 .. 8: how often noise is put over the finished clip again, where no pixels are known; see restarted() in run.ts
  readonly start?: readonly StartOperation[]; // what is done to the starting noise, in order, see start.ts
  readonly ablation?: readonly Ablation[]; // what the network does without, see ablation.ts
  readonly format?: FormatName; // length and shape of the film, where not the model's own; who makes the denoiser reads it
  readonly at?: number; // integer, 0 .. 100: the steps that are made before a second prompt has a say, where there is one
  readonly blend?: number; // 0 .. 1, its share from then on; 1 takes the place of the first prompt
}

/** See solvers.ts for what each of them is. */
export type SamplerName =
  | 'euler'
  | 'heun'
  | 'midpoint'
  | 'ab2'
  | 'ab3'
  | 'multistep'
  | 'dpm2m'
  | 'dpm3m'
  | 'unipc'
  | 'rk4'
  | 'ancestral'
  | 'ddim'
  | 'sde';

/** See formats.ts. */
export type FormatName = 'usual' | 'short' | 'long' | 'wide' | 'tall' | 'still';

/** See schedule.ts. */
export type ScheduleName = 'uniform' | 'logit-normal' | 'karras' | 'cosine' | 'curve';

/** See guidance.ts. */
export type RuleName = 'cfg' | 'cfgpp' | 'cfgzero' | 'apg' | 'auto';

/** Guidance works only between two noise levels (Kynkaanniemi et al. 2024). scale 1 is plain conditional sampling. */
export interface Guidance {
  readonly scale: number; // 0 .. 30; 0 .. 1 for rule 'cfgpp'
  readonly from: number; // t, 0 .. 1
  readonly to: number; // t, 0 .. 1
  readonly rule?: RuleName; // 'cfg'
  readonly rescale?: number; // 0 .. 1, how far the guided guess gets the prompt guess's contrast back, under any rule
  readonly parallel?: number; // 0 .. 1, 'apg' only: how much of the push along the guess itself stays
  readonly bound?: number; // 0 .. 2, 'apg' only: longest push, root mean square over the clip; 0 is no bound
  readonly momentum?: number; // -0.9 .. 0.9, 'apg' only: how much of the pushes of the steps before is in each push
}

/** A box of the clip: columns x .. x + width - 1, rows y .. y + height - 1, frames first .. last. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly first: number;
  readonly last: number;
}

/** One thing done to the starting noise; all numbers are integers. See start.ts for what each one keeps. */
export type StartOperation =
  /** Frames first .. last all get the noise of frame `from`. 0 .. frames - 1 is the same noise everywhere. */
  | { readonly kind: 'copy'; readonly from: number; readonly first: number; readonly last: number }
  | { readonly kind: 'swap'; readonly a: number; readonly b: number } // two frames
  /** Moves what is in the region right by dx and down by dy; what leaves it on one side comes in on the other. */
  | { readonly kind: 'roll'; readonly region: Region; readonly dx: number; readonly dy: number }
  /** Turns each frame of the region clockwise by 1 .. 3 quarters; 1 and 3 need a square. */
  | { readonly kind: 'turn'; readonly region: Region; readonly quarters: number }
  /** The region gets the noise that another seed has there. */
  | { readonly kind: 'paint'; readonly region: Region; readonly seed: number }
  /** Goes from this noise to another seed's along the sphere; percent 0 .. 100. */
  | { readonly kind: 'blend'; readonly seed: number; readonly percent: number };

/** One thing that the network does without; blocks and heads are counted from 0. See ablation.ts. */
export type Ablation =
  /** No attention across time: a patch reads only patches of its own frames, and the words. */
  | { readonly kind: 'time' }
  /** None across space: a patch reads only patches of its own place in the picture, at all times, and the words. */
  | { readonly kind: 'space' }
  /** No attention to the prompt from this block on. Each block still hears of it as a whole, in its shift, scale and gate. */
  | { readonly kind: 'words'; readonly block: number }
  | { readonly kind: 'block'; readonly block: number } // left out: the tokens pass it by
  | { readonly kind: 'head'; readonly block: number; readonly head: number } // what it reads counts for nothing
  /** Each patch is told the place of another one; the seed says whose. */
  | { readonly kind: 'shuffle'; readonly seed: number }
  /** The keys of a word are multiplied, wherever it stands: 100 leaves them, 0 makes it as likely to be read by every patch. */
  | { readonly kind: 'key'; readonly word: string; readonly percent: number }
  /**
   * The vector of `word`, wherever it stands, gets percent / 100 x (vector of `plus` - vector of `minus`): with `minus` the word
   * itself it slides to `plus`. Nothing is taken away by it; the field calls it an intervention, and it goes the same way.
   */
  | {
      readonly kind: 'vector';
      readonly word: string;
      readonly minus: string;
      readonly plus: string;
      readonly percent: number;
    };

/** One denoising step, as everybody downstream sees it. The last step's guess is the finished clip. */
export interface Step {
  readonly index: number; // 0 .. steps - 1
  readonly steps: number;
  readonly t: number; // noise level of x
  readonly tNext: number; // where this step leads; 1 after the last
  readonly x: Float32Array; // 3 x frames x height x width, what the model was given
  readonly guess: Float32Array; // 3 x frames x height x width, what it believes the finished clip is (guided)
  readonly calls: number; // conditions evaluated in this step, over all its calls
  readonly milliseconds: number; // wall time of this step
  /** The prompt's guess before guidance moved it; only where guidance has a second condition. A recording has none. */
  readonly unguided?: Float32Array; // 3 x frames x height x width
  /** Root mean square difference of the two conditions' guesses, where there were two. */
  readonly disagreement?: number;
  /** What guidance carries into the next step, where it remembers anything: APG's running average of the pushes. */
  readonly average?: Float32Array; // 3 x frames x height x width
  /** Where pixels are known: by how much the guess missed them, before they were put back (root mean square, black to white is 2). */
  readonly strayed?: number;
}
