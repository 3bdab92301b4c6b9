/**
 * What attention says, worked out of the numbers that a probe brings: where a patch looks, who reads a word, what one time
 * has from another. Pure; the page puts it in words (i18n) and pictures (views/inside).
 *
 * Keys of a row: first the places of the prompt, then the patches. A row is what a softmax gives: it adds up to 1.
 */
import type { ProbedBlock } from '../../engine/protocol';
import { countOf, placeOf, type Grid } from './patches';

/** One of them, from 0, or the mean over all. */
export type Choice = number | 'mean';

export type Blocks = readonly ProbedBlock[];

/** How much a patch reads from each key: (places + patches). Of blocks that were asked for the rows of all patches. */
export function rowOf(blocks: Blocks, patch: number, block: Choice, head: Choice): Float32Array {
  const { places, grid } = blocks[0];
  const heads = headsIn(blocks);
  const patches = countOf(grid);
  const keys = places + patches;
  const chosen = chosenOf(blocks, block);
  const whose = head === 'mean' || head >= heads ? Array.from({ length: heads }, (_, i) => i) : [head];
  const mean = new Float32Array(keys);
  for (const { rows } of chosen)
    for (const each of whose) {
      const from = (each * patches + patch) * keys;
      for (let key = 0; key < keys; key++) mean[key] += rows[from + key] / (chosen.length * whose.length);
    }
  return mean;
}

/** Heads that can be told apart. */
export const headsIn = ([{ heads, shown }]: Blocks): number => shown ?? heads;

/** How much each patch reads from one place of the prompt, mean over heads: (patches). */
export function readersOf(blocks: Blocks, place: number, block: Choice): Float32Array {
  const { places, grid } = blocks[0];
  const chosen = chosenOf(blocks, block);
  return Float32Array.from({ length: countOf(grid) }, (_, patch) =>
    chosen.reduce((sum, { reads }) => sum + reads[patch * places + place] / chosen.length, 0),
  );
}

/** How much the patches of one time read from those of another, mean over heads and patches: [from][to]. */
export function timesOf(blocks: Blocks, block: Choice): readonly (readonly number[])[] {
  const [count] = blocks[0].grid;
  const chosen = chosenOf(blocks, block);
  return Array.from({ length: count }, (_, from) =>
    Array.from({ length: count }, (_, to) =>
      chosen.reduce((sum, { times }) => sum + times[from * count + to] / chosen.length, 0),
    ),
  );
}

/** A block that an ablation left out shows nothing: then it is the mean of those that are there. */
function chosenOf(blocks: Blocks, block: Choice): Blocks {
  const chosen = blocks.filter((each) => each.block === block);
  return chosen.length > 0 ? chosen : blocks;
}

/** Where a patch looks. Shares are of its whole attention, 0 .. 1. */
export interface Gaze {
  readonly patches: number; // to patches, its own among them
  readonly words: number; // to the words of the prompt
  readonly rest: number; // to the rest of the prompt: <start>, and places without a word
  /** The fewest neighbouring times that hold half of what goes to patches; null where it is spread over the times about evenly. */
  readonly times: { readonly first: number; readonly last: number; readonly share: number } | null;
  /** To its own row and column, at any time, and what that would be if all patches were alike. */
  readonly ownPlace: number;
  readonly ownPlaceEven: number;
  /** The word that is read most; none where the prompt has none. */
  readonly word: { readonly text: string; readonly share: number } | null;
  readonly most: { readonly patch: number; readonly share: number }; // the patch that is looked at most
}

/** Half is spread about evenly where so many times as much would be needed to call it gathered. */
const gathered = 1.3;

/** row: see `rowOf`; names: of each place of the prompt, null where no word stands. */
export function gazeOf(row: Float32Array, patch: number, grid: Grid, names: readonly (string | null)[]): Gaze {
  const keys = row.subarray(names.length);
  const own = placeOf(patch, grid);
  const byTime = new Array<number>(grid[0]).fill(0);
  let [ownPlace, words, rest] = [0, 0, 0];
  keys.forEach((share, key) => {
    const { time, row, column } = placeOf(key, grid);
    byTime[time] += share;
    if (row === own.row && column === own.column) ownPlace += share;
  });
  let word: Gaze['word'] = null;
  names.forEach((text, place) => {
    if (text === null) rest += row[place];
    else {
      words += row[place];
      if (!word || row[place] > word.share) word = { text, share: row[place] };
    }
  });
  const patches = byTime.reduce((a, b) => a + b, 0);
  const span = shortest(byTime, patches / 2);
  const even = span.share < (gathered * patches * (span.last - span.first + 1)) / grid[0];
  const most = keys.indexOf(keys.reduce((a, b) => Math.max(a, b)));
  return {
    patches,
    words,
    rest,
    times: even ? null : span,
    ownPlace,
    ownPlaceEven: patches / (grid[1] * grid[2]),
    word,
    most: { patch: most, share: keys[most] },
  };
}

/** The shortest stretch that holds at least `least`; of several the fullest. */
function shortest(shares: readonly number[], least: number): NonNullable<Gaze['times']> {
  for (let length = 1; length < shares.length; length++) {
    const stretches = Array.from({ length: shares.length - length + 1 }, (_, first) => ({
      first,
      last: first + length - 1,
      share: shares.slice(first, first + length).reduce((a, b) => a + b, 0),
    }));
    const fullest = stretches.reduce((a, b) => (b.share > a.share ? b : a));
    if (fullest.share >= least) return fullest;
  }
  return { first: 0, last: shares.length - 1, share: shares.reduce((a, b) => a + b, 0) };
}

/** Who reads a word: mean over patches, and the patch that reads it most. Shares are of a patch's whole attention. */
export interface Readers {
  readonly shares: Float32Array; // (patches)
  readonly mean: number;
  readonly most: { readonly patch: number; readonly share: number };
}

export function readersIn(shares: Float32Array): Readers {
  const share = shares.reduce((a, b) => Math.max(a, b));
  return {
    shares,
    mean: shares.reduce((a, b) => a + b, 0) / shares.length,
    most: { patch: shares.indexOf(share), share },
  };
}

/** What patches have from their own time, from the times right beside it, from all others, and from the prompt; means, they add up to 1. */
export interface Across {
  readonly own: number;
  readonly beside: number;
  readonly far: number;
  readonly prompt: number;
}

/** times: see `timesOf`. */
export function acrossTime(times: readonly (readonly number[])[]): Across {
  let [own, beside, far] = [0, 0, 0];
  times.forEach((shares, from) =>
    shares.forEach((share, to) => {
      const part = share / times.length;
      if (to === from) own += part;
      else if (Math.abs(to - from) === 1) beside += part;
      else far += part;
    }),
  );
  return { own, beside, far, prompt: 1 - own - beside - far };
}
