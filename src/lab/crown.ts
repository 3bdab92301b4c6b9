/**
 * Whom the race crowns. Films are judged by their words and by their looks: how many of the words that were asked our reader
 * sees, whether things move as their law says, how clearly they are drawn, and how far each film is from the long run.
 * What it is not: it runs nothing and reads no film (racing.ts, judge.ts). Pure.
 */
import { filmCounts, type Entry, type Film, type Race } from './race';
import { distance } from './trajectory';

/** Every word that was asked is seen. */
export function isRight({ mark }: Film): boolean {
  return mark !== null && mark.asked > 0 && mark.right === mark.asked;
}

/** What the rule of the crown looks at. */
export interface Candidate {
  readonly calls: number;
  readonly heat: number; // model calls that it may use, at least `calls`
  readonly right: number; // films in which every word is right
  readonly blurred: boolean; // one of its films, or more
  /** Things move as their law says in fewer than most films, and in fewer than in the long runs (which break it, too). */
  readonly lawless: boolean;
  readonly distance: number | null; // mean over its films; null (or no number) where it was not measured
}

/** How an entry stands, over those of its films that have run. */
export interface Standing extends Candidate {
  readonly entry: Entry;
  readonly ran: number; // films
  readonly lawful: number; // films in which all that is seen moves as its law says
  readonly longLawful: number; // the same of the long runs
  readonly spread: readonly [least: number, most: number] | null; // of the distance
}

/** So many times the least distance is still about as near. */
const near = 1.1;

/** So much of the clarity of the long run from the same noise is still no blur. */
const clear = 0.9;

export function standingOf({ reference }: Race, entry: Entry): Standing {
  const distances = entry.films.map((film, i) => distanceOf(film, reference.films[i]));
  const measured = distances.filter((each) => each !== null);
  const whole = measured.length === distances.length; // one of two films more would be another comparison
  const [lawful, longLawful] = [lawfulIn(entry), lawfulIn(reference)];
  return {
    entry,
    calls: entry.calls,
    heat: entry.heat,
    ran: entry.films.filter(({ clip }) => clip).length,
    right: entry.films.filter(isRight).length,
    lawful,
    longLawful,
    lawless: lawful < Math.min(longLawful, Math.floor(entry.films.length / 2) + 1),
    blurred: entry.films.some((film, i) => isBlurred(film, reference.films[i])),
    distance: whole ? mean(measured) : null,
    spread: whole ? [Math.min(...measured), Math.max(...measured)] : null,
  };
}

/**
 * Whom the race crowns: the cheapest whose films are right in every word for most of the `films`, none of them blurred, not
 * lawless, and on average no more than a tenth farther from the long runs than the nearest of all that take no more calls
 * than it may use. (Two steps of Heun take 3 calls of 4: compared with nobody of 4, the first heat would be theirs.) Of
 * several at one price the nearest, of these the first; undefined where there is none.
 */
export function crowned<T extends Candidate>(candidates: readonly T[], films: number): T | undefined {
  const measured = candidates.filter(({ distance }) => Number.isFinite(distance));
  const far = ({ distance }: T) => distance as number;
  return measured
    .filter((each) => {
      const least = Math.min(...measured.filter(({ calls }) => calls <= each.heat).map(far));
      return 2 * each.right > films && !each.blurred && !each.lawless && far(each) <= near * least;
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

function lawfulIn({ films }: Entry): number {
  return films.filter(({ mark }) => mark?.lawful).length;
}

/** Drawn less clearly than the long run; false while one of the two is not there. */
function isBlurred({ mark }: Film, { mark: long }: Film): boolean {
  if (!mark || !long || long.clarity === null) return false;
  return mark.clarity === null || mark.clarity < clear * long.clarity;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
