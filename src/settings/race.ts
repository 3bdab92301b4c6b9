/** What a race of samplers can be told, and a link says: who runs, and how large it is. What is run then, lab/race.ts knows. */
import { samplers, type Settings } from './settings';

export type Sampler = Settings['sampler'];

/** Who runs unless the reader chooses others. */
export const firstEntrants: readonly Sampler[] = ['euler', 'heun', 'multistep'];

export const raceSizes = ['small', 'whole'] as const;
export type RaceSize = (typeof raceSizes)[number];

/** Samplers in the order of the page; unknown names and doubles are dropped. */
export function entrantsOf(names: readonly string[] = samplers): Sampler[] {
  return samplers.filter((sampler) => names.includes(sampler));
}
