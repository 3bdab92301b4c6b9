/**
 * The race: every sampler gets the same number of model calls, at the same few seeds, and stands beside a long run from the
 * same noise. A model call is one question to the model; guidance doubles its price for all alike. Pure: racing.ts does
 * the running, and crown.ts judges.
 */
import { solvers, stepsFor } from '../sampling/solvers';
import type { ClipShape } from '../sampling/types';
import type { RaceSize, Sampler } from '../settings/race';
import { changes, type Settings } from '../settings/settings';
import { seedsFrom } from './seeds';

/** Model calls that everybody gets in one heat. */
export const heats: Readonly<Record<RaceSize, readonly number[]>> = {
  small: [4, 8, 16, 24],
  whole: [4, 8, 16, 24, 48],
};

/** Films of each setting: one for each seed. */
export const filmCounts: Readonly<Record<RaceSize, number>> = { small: 3, whole: 5 };

/** The most model calls of a long run, which is Heun's: with so many every sampler of second order has arrived. */
export const longest: Readonly<Record<RaceSize, number>> = { small: 100, whole: 200 };

/** Heats that run before the long runs: a film is there at once, and nothing dear has been spent on it. */
const firstHeat = 8;

/** What the reader makes of a film. */
export interface Mark {
  /** Words that it sees, of those that were asked. */
  readonly right: number;
  readonly asked: number;
  /** Whether all that it sees moves as its law says; null where it sees nothing. */
  readonly lawful: boolean | null;
  /** How clearly things are drawn, at most 1 (`explained` of a Sighting, mean); null where it sees nothing. */
  readonly clarity: number | null;
  /** Mean change of the empty backdrop from frame to frame; black to white is 1. */
  readonly flicker: number;
  /** Whether each thing is the same one in its first and its last clear frame; null where it sees none, or cannot tell. */
  readonly same: boolean | null;
}

/** What one seed shows. */
export interface Film {
  readonly seed: number;
  readonly clip: Float32Array | null; // null while it has not run
  readonly mark: Mark | null; // null where it has not run, or nobody could read it
}

/** One sampler in one heat, or the long runs. */
export interface Entry {
  readonly sampler: Sampler;
  readonly heat: number; // model calls it may use
  readonly steps: number;
  readonly calls: number; // model calls it does use, at most `heat`
  readonly films: readonly Film[]; // one for each seed of the race, in order
}

export interface Race {
  readonly size: RaceSize;
  readonly prompt: string;
  readonly settings: Settings;
  readonly shape: ClipShape;
  /** The long runs that all are measured against. */
  readonly reference: Entry;
  readonly entries: readonly Entry[];
}

/** Whether it takes fresh noise on its way, so that it goes to another film than the long run. */
export function isStirred(sampler: Sampler): boolean {
  return solvers[sampler].noise !== undefined;
}

export function callsOf(sampler: Sampler, steps: number): number {
  return solvers[sampler].calls(steps);
}

/** A race of which nothing has run, fewest model calls first. */
export function raceOf(entrants: readonly Sampler[], about: Omit<Race, 'reference' | 'entries'>): Race {
  const { size } = about;
  const settings = { ...about.settings, restarts: 0 }; // the same for all, and they would hide what a sampler makes
  const films = seedsFrom(settings.seed, filmCounts[size]).map((seed): Film => ({ seed, clip: null, mark: null }));
  const entry = (sampler: Sampler, heat: number): Entry => {
    const steps = stepsFor(sampler, heat);
    return { sampler, heat, steps, calls: callsOf(sampler, steps), films };
  };
  return {
    ...about,
    settings,
    reference: entry('heun', longest[size]),
    entries: heats[size].flatMap((heat) => entrants.map((sampler) => entry(sampler, heat))),
  };
}

/** A race with all that an earlier one has run already, where both are about the same words, noise and settings. */
export function continued(race: Race, earlier: Race | null): Race {
  if (!earlier || earlier.prompt !== race.prompt) return race;
  const differ = changes(earlier.settings, race.settings).filter((key) => key !== 'sampler' && key !== 'steps');
  if (differ.length > 0) return race;
  const kept = (entry: Entry, old: Entry | undefined): Entry => {
    const films = entry.films.map((film) => old?.films.find(({ seed, clip }) => clip && seed === film.seed) ?? film);
    return { ...entry, films };
  };
  return {
    ...race,
    reference: kept(race.reference, same(race.reference, earlier.reference) ? earlier.reference : undefined),
    entries: race.entries.map((entry) =>
      kept(
        entry,
        earlier.entries.find((old) => same(old, entry)),
      ),
    ),
  };
}

export function same(a: Entry, b: Entry): boolean {
  return a.sampler === b.sampler && a.heat === b.heat;
}

/** A film that is still to be run. */
export interface Task {
  readonly entry: Entry;
  readonly seed: number;
}

/** What is still to be run, in order: the cheapest first, but for the long runs, without which nothing can be judged. */
export function agenda({ entries, reference }: Race): Task[] {
  const first = entries.filter(({ heat }) => heat <= firstHeat);
  const order = [...first, reference, ...entries.filter((entry) => !first.includes(entry))];
  return order.flatMap((entry) => entry.films.flatMap(({ seed, clip }) => (clip ? [] : [{ entry, seed }])));
}

/** Model calls that are still to be made. */
export function callsLeft(race: Race): number {
  return agenda(race).reduce((sum, { entry }) => sum + entry.calls, 0);
}

/** The race with one film more. */
export function withFilm(race: Race, { entry: { sampler, heat }, seed }: Task, film: Omit<Film, 'seed'>): Race {
  const put = (entry: Entry): Entry => ({
    ...entry,
    films: entry.films.map((old) => (old.seed === seed ? { seed, ...film } : old)),
  });
  const is = (entry: Entry) => entry.sampler === sampler && entry.heat === heat;
  // No entry is as long as the long runs: sampler and heat name either.
  return is(race.reference)
    ? { ...race, reference: put(race.reference) }
    : { ...race, entries: race.entries.map((entry) => (is(entry) ? put(entry) : entry)) };
}
