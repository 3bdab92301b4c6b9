/**
 * The rules of the race: every sampler gets the same number of looks of the model, and what counts is how far its clip is
 * from the one that a great many looks lead to. A look is one call of the model; guidance doubles the price of each for
 * all alike. Pure: lab.ts does the running.
 */
import { solvers, stepsFor } from '../../sampling/solvers';
import type { ClipShape } from '../../sampling/types';
import { samplers, type Settings } from '../settings';

export type Sampler = Settings['sampler'];

/** Who runs unless the reader chooses others. */
export const firstEntrants: readonly Sampler[] = ['euler', 'heun', 'multistep'];

/** Looks that everybody gets in one heat. */
export const heats = [4, 8, 16, 24, 48] as const;

/** What the reader makes of a clip: how many of the words that were asked it sees. */
export interface Mark {
  readonly right: number;
  readonly asked: number;
}

export interface Entry {
  readonly sampler: Sampler;
  readonly heat: number; // looks it may use
  readonly steps: number;
  readonly looks: number; // looks it does use, at most `heat`
  readonly distance: number | null; // root mean square to the reference; null while it has not run
  readonly mark: Mark | null;
  readonly clip: Float32Array | null;
}

export interface Race {
  readonly prompt: string;
  readonly settings: Settings;
  readonly shape: ClipShape;
  readonly reference: { readonly looks: number; readonly mark: Mark | null; readonly clip: Float32Array } | null;
  readonly entries: readonly Entry[];
}

export function looksOf(sampler: Sampler, steps: number): number {
  return solvers[sampler].calls(steps);
}

/** Everybody's heats, fewest looks first: so the plot fills in from the left. */
export function startList(entrants: readonly Sampler[]): Entry[] {
  return heats.flatMap((heat) =>
    entrants.map((sampler) => {
      const steps = stepsFor(sampler, heat);
      return { sampler, heat, steps, looks: looksOf(sampler, steps), distance: null, mark: null, clip: null };
    }),
  );
}

/** With so many looks every sampler of second order has arrived: the clip that the others are measured against. */
export const referenceLooks = 200;

export function referenceOf(settings: Settings): Settings {
  return { ...settings, sampler: 'heun', steps: stepsFor('heun', referenceLooks) };
}

/** Samplers in the order of the page; unknown names and doubles are dropped. */
export function entrantsOf(names: readonly string[] = samplers): Sampler[] {
  return samplers.filter((sampler) => names.includes(sampler));
}
