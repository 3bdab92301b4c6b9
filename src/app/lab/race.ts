/**
 * The rules of the race: every sampler gets the same number of model calls, at the same few seeds, and its films are judged
 * by their words and by their looks: how many of the words that were asked our reader sees, whether things move as their law
 * says, how clearly they are drawn, and how far each film is from a long run from the same noise. A model call is one
 * question to the model; guidance doubles its price for all alike. Pure: racing.ts does the running.
 */
import { solvers, stepsFor } from '../../sampling/solvers';
import type { ClipShape } from '../../sampling/types';
import { changes, samplers, type Settings } from '../settings';
import { seedsFrom } from './seeds';
import { distance } from './trajectory';

export type Sampler = Settings['sampler'];

/** Who runs unless the reader chooses others. */
export const firstEntrants: readonly Sampler[] = ['euler', 'heun', 'multistep'];

export const raceSizes = ['small', 'whole'] as const;
export type RaceSize = (typeof raceSizes)[number];

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

/** Samplers in the order of the page; unknown names and doubles are dropped. */
export function entrantsOf(names: readonly string[] = samplers): Sampler[] {
  return samplers.filter((sampler) => names.includes(sampler));
}

/** A race of which nothing has run, fewest model calls first. */
export function raceOf(entrants: readonly Sampler[], about: Omit<Race, 'reference' | 'entries'>): Race {
  const { size, settings } = about;
  const films = seedsFrom(settings.seed, filmCounts[size]).map((seed): Film => ({ seed, clip: null, mark: null }));
  const entry = (sampler: Sampler, heat: number): Entry => {
    const steps = stepsFor(sampler, heat);
    return { sampler, heat, steps, calls: callsOf(sampler, steps), films };
  };
  return {
    ...about,
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

// -------------------------------------------------------------------------------------------------------- the judgement

/** Every word that was asked is seen. */
export function isRight({ mark }: Film): boolean {
  return mark !== null && mark.asked > 0 && mark.right === mark.asked;
}

/** What the rule of the crown looks at. */
export interface Candidate {
  readonly calls: number;
  readonly heat: number; // model calls that it may use, at least `calls`
  readonly right: number; // films in which every word is right
  readonly blurred: boolean;
  readonly distance: number | null; // mean over its films; null (or no number) where it was not measured
}

/** How an entry stands, over those of its films that have run. */
export interface Standing extends Candidate {
  readonly entry: Entry;
  readonly ran: number; // films
  readonly lawful: number; // films in which all that is seen moves as its law says
  readonly spread: readonly [least: number, most: number] | null; // of the distance
}

/** So many times the least distance is still about as near. */
const near = 1.1;

/** So much of the clarity of the long runs is still no blur. */
const clear = 0.9;

export function standingOf({ reference }: Race, entry: Entry): Standing {
  const distances = entry.films.map((film, i) => distanceOf(film, reference.films[i]));
  const measured = distances.filter((each) => each !== null);
  const whole = measured.length === distances.length; // one of two films more would be another comparison
  const [own, long] = [clarityOf(entry), clarityOf(reference)];
  return {
    entry,
    calls: entry.calls,
    heat: entry.heat,
    ran: entry.films.filter(({ clip }) => clip).length,
    right: entry.films.filter(isRight).length,
    lawful: entry.films.filter(({ mark }) => mark?.lawful).length,
    blurred: long !== null && (own === null || own < clear * long),
    distance: whole ? mean(measured) : null,
    spread: whole ? [Math.min(...measured), Math.max(...measured)] : null,
  };
}

/**
 * Whom the race crowns: the cheapest whose films are right in every word for most of the `films`, not blurred, and on
 * average no more than a tenth farther from the long runs than the nearest of all that take no more calls than it may use.
 * (Two steps of Heun take 3 calls of 4: were they compared with nobody of 4, the first heat would be theirs.) Of several at one price the nearest, of these the first; undefined where there is none.
 */
export function crowned<T extends Candidate>(candidates: readonly T[], films: number): T | undefined {
  const measured = candidates.filter(({ distance }) => Number.isFinite(distance));
  const far = ({ distance }: T) => distance as number;
  return measured
    .filter((each) => {
      const least = Math.min(...measured.filter(({ calls }) => calls <= each.heat).map(far));
      return 2 * each.right > films && !each.blurred && far(each) <= near * least;
    })
    .sort((a, b) => a.calls - b.calls || far(a) - far(b))[0];
}

/** How the race stands. */
export interface Outcome {
  readonly standings: readonly Standing[]; // of every entry, in order
  readonly crown: Standing | undefined;
  /** Something is still to run that could take the crown: cheaper, or as cheap. */
  readonly open: boolean;
}

export function outcomeOf(race: Race): Outcome {
  const standings = race.entries.map((entry) => standingOf(race, entry));
  const crown = crowned(standings, filmCounts[race.size]);
  const before = standings.filter(({ calls }) => !crown || calls <= crown.heat);
  return { standings, crown, open: before.some(({ distance }) => distance === null) };
}

/** Remembered as long as the clips live: the page asks for them again with every frame that it plays. */
const known = new WeakMap<Float32Array, WeakMap<Float32Array, number>>();

/** Root mean square to the long run; null while one of the two is not there. */
export function distanceOf({ clip }: Film, { clip: long }: Film): number | null {
  if (!long || !clip) return null;
  const from = known.get(long) ?? new WeakMap<Float32Array, number>();
  const found = from.get(clip) ?? distance(clip, long);
  known.set(long, from.set(clip, found));
  return found;
}

function clarityOf({ films }: Entry): number | null {
  const seen = films.flatMap(({ mark }) => (mark && mark.clarity !== null ? [mark.clarity] : []));
  return seen.length > 0 ? mean(seen) : null;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
