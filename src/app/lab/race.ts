/**
 * The rules of the race: every sampler gets the same number of looks of the model, and two things count. Which is the
 * cheapest clip that our reader finds right in every word? And how far is each from the clip that a great many looks lead
 * to? A look is one call of the model; guidance doubles the price of each for all alike. Pure: lab.ts does the running.
 */
import { solvers, stepsFor } from '../../sampling/solvers';
import type { ClipShape } from '../../sampling/types';
import { changes, samplers, type Settings } from '../settings';
import { distance } from './trajectory';

export type Sampler = Settings['sampler'];

/** Who runs unless the reader chooses others. */
export const firstEntrants: readonly Sampler[] = ['euler', 'heun', 'multistep'];

/** The small race answers by words alone; the whole one goes on, and measures every clip against the reference. */
export const raceSizes = ['small', 'whole'] as const;
export type RaceSize = (typeof raceSizes)[number];

/** Looks that everybody gets in one heat. */
export const heats: Readonly<Record<RaceSize, readonly number[]>> = {
  small: [4, 8, 16, 24],
  whole: [4, 8, 16, 24, 48],
};

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
  readonly clip: Float32Array | null; // null while it has not run
  readonly mark: Mark | null; // null where it has not run, or nobody could read it
}

export interface Race {
  readonly size: RaceSize;
  readonly prompt: string;
  readonly settings: Settings;
  readonly shape: ClipShape;
  /** The clip that all are measured against; null in a small race, and while it has not run. */
  readonly reference: { readonly looks: number; readonly mark: Mark | null; readonly clip: Float32Array } | null;
  readonly entries: readonly Entry[];
}

export function looksOf(sampler: Sampler, steps: number): number {
  return solvers[sampler].calls(steps);
}

/** Everybody's heats, fewest looks first: so it fills in from the cheap end, and the answer comes early. */
export function startList(entrants: readonly Sampler[], size: RaceSize): Entry[] {
  return heats[size].flatMap((heat) =>
    entrants.map((sampler) => {
      const steps = stepsFor(sampler, heat);
      return { sampler, heat, steps, looks: looksOf(sampler, steps), clip: null, mark: null };
    }),
  );
}

/** A new race with all that an earlier one has run already, where both are about the same words, snow and settings. */
export function continued(race: Race, earlier: Race | null): Race {
  if (!earlier || earlier.prompt !== race.prompt) return race;
  const differ = changes(earlier.settings, race.settings).filter((key) => key !== 'sampler' && key !== 'steps');
  if (differ.length > 0) return race;
  const entries = race.entries.map((entry) => earlier.entries.find((old) => same(old, entry)) ?? entry);
  return { ...race, entries, reference: race.size === 'whole' ? earlier.reference : null };
}

export function same(a: Entry, b: Entry): boolean {
  return a.sampler === b.sampler && a.heat === b.heat;
}

/** Looks that are still to be made. */
export function looksLeft({ size, entries, reference }: Race): number {
  const open = entries.reduce((sum, { clip, looks }) => sum + (clip ? 0 : looks), 0);
  return open + (size === 'whole' && !reference ? looksOf('heun', stepsFor('heun', referenceLooks)) : 0);
}

/** Every word that was asked is seen. */
export function isRight({ mark }: Entry): boolean {
  return mark !== null && mark.asked > 0 && mark.right === mark.asked;
}

/** The right clip of the fewest looks, in the whole race or of one sampler; of several at one price the first. */
export function cheapest({ entries }: Race, sampler?: Sampler): Entry | undefined {
  const right = entries.filter((entry) => isRight(entry) && (sampler === undefined || entry.sampler === sampler));
  return right.sort((a, b) => a.looks - b.looks)[0];
}

/** Remembered as long as the clips live: the page asks for them again with every frame that it plays. */
const measured = new WeakMap<Float32Array, WeakMap<Float32Array, number>>();

/** Root mean square to the reference; null while one of the two is not there. */
export function distanceOf({ reference }: Race, { clip }: Entry): number | null {
  if (!reference || !clip) return null;
  const from = measured.get(reference.clip) ?? new WeakMap<Float32Array, number>();
  const found = from.get(clip) ?? distance(clip, reference.clip);
  measured.set(reference.clip, from.set(clip, found));
  return found;
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
