/**
 * A film changed by other words: where a run begins in a clip that is there. Two ways to a noisy clip at level t; from there
 * the run clears it with the new words, and the more noise there was, the more it may change (strength is 1 - t).
 *
 * What it is not: it runs nothing but the way back, and it measures nothing (src/evaluation/edited.ts does).
 */
import { invert, type Begin, type InvertOptions } from './run';
import { noised } from './start';
import type { Denoiser, RunSettings } from './types';

/**
 * noise:  the run's own noise over the clip (SDEdit; Meng et al. 2022). Costs no call, and forgets what the noise hides.
 * invert: the clip goes the sampler's way back with the words that describe it (DDIM inversion; Song et al. 2021): the noise that
 *         it comes from remembers it, so that more of it stays. Costs a run, and needs a sampler without fresh noise.
 */
export const editWays = ['noise', 'invert'] as const;
export type EditWay = (typeof editWays)[number];

export interface Edit {
  readonly clip: Float32Array; // 3 x frames x height x width, -1 .. 1
  readonly t: number; // noise level to begin at, 0 <= t < 1
  readonly way: EditWay;
}

/** The same as a plan of making has it (src/making/plan.ts), for a link: "noise.60", the way and how many percent are noise. */
export function editText({ way, t }: Pick<Edit, 'way' | 't'>): string {
  return `${way}.${Math.round(100 * (1 - t))}`;
}

/** What such a text says, or undefined where it is none. */
export function readEdit(text: string): Pick<Edit, 'way' | 't'> | undefined {
  const [, way, percent] = /^([a-z]+)\.([1-9]\d?|100)$/.exec(text) ?? [];
  return editWays.includes(way as EditWay) ? { way: way as EditWay, t: 1 - Number(percent) / 100 } : undefined;
}

/** `old`: the denoiser bound to the words that describe the clip. Throws what invert() throws. */
export async function beginOf(
  { clip, t, way }: Edit,
  settings: RunSettings,
  old: Denoiser,
  options: Omit<InvertOptions, 'to'> = {},
): Promise<Begin> {
  const x =
    way === 'noise' ? noised(clip, t, settings, old.shape) : await invert(old, clip, settings, { ...options, to: t });
  return { x, t };
}
