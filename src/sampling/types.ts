/**
 * The words that every room shares: a clip, a denoiser, a step.
 *
 * Time convention everywhere: t = 0 is pure noise, t = 1 is the clean clip; z_t = t x + (1 - t) noise.
 */

/** Frames, rows and columns of a clip. Its data is a Float32Array of 3 x frames x height x width, values -1 .. 1. */
export interface ClipShape {
  readonly frames: number;
  readonly height: number;
  readonly width: number;
}

/** Which text a model call is given: the prompt, or no words at all (for guidance). */
export type Row = 'prompt' | 'empty';

/**
 * One call of the model for one prompt: noisy clip in, guess of the clean clip out, one guess for each row asked for.
 *
 * x:      3 x frames x height x width, the noisy clip
 * levels: frames x height x width, the noise level t of each pixel
 */
export interface Denoiser {
  readonly shape: ClipShape;
  guess(x: Float32Array, levels: Float32Array, rows: readonly Row[]): Promise<Float32Array[]>;
}

/** What a run is given. The same settings and the same weights draw the same clip everywhere. */
export interface RunSettings {
  readonly seed: number; // integer, 0 .. 2^32 - 1
  readonly steps: number; // integer, 1 .. 100
  readonly sampler: SamplerName;
  readonly guidance: Guidance;
  readonly shift?: number; // of the time grid, see schedule.ts; 1, or none, is an even grid
}

export type SamplerName = 'euler' | 'heun' | 'multistep';

/** Guidance works only between two noise levels (Kynkaanniemi et al. 2024). scale 1 is plain conditional sampling. */
export interface Guidance {
  readonly scale: number; // 0 .. 30
  readonly from: number; // t, 0 .. 1
  readonly to: number; // t, 0 .. 1
}

/** One denoising step, as everybody downstream sees it. The last step's guess is the finished clip. */
export interface Step {
  readonly index: number; // 0 .. steps - 1
  readonly steps: number;
  readonly t: number; // noise level of x
  readonly tNext: number; // where this step leads; 1 after the last
  readonly x: Float32Array; // 3 x frames x height x width, what the model was given
  readonly guess: Float32Array; // 3 x frames x height x width, what it believes the finished clip is (guided)
  readonly calls: number; // rows evaluated in this step
  readonly milliseconds: number; // wall time of this step
}
