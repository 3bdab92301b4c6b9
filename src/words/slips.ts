/** Slips of one or two letters: how many there are between two words, and which word of a list was meant. */

/**
 * Letters left out, put in, exchanged, or swapped with their neighbour (optimal string alignment distance), as long as
 * they are at most `most`; else most + 1.
 */
export function slipsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, above] = [above, row];
  }
  return above[b.length];
}

/**
 * How many slips a word of this length may hold: in a short one, any two letters make another word. One of three letters may
 * lack a fourth.
 */
export function slipsAllowed(length: number): number {
  return length < 3 ? 0 : length < 7 ? 1 : 2;
}

interface Listed {
  readonly word: string;
  readonly rank: number;
}

/** Words by their length, to be searched for the one that was meant. */
export class Spelling {
  private readonly lengths = new Map<number, Listed[]>();

  /** Of words that are equally near, the one of the lowest rank wins, then the one that was added first. */
  add(word: string, rank: number): void {
    const same = this.lengths.get(word.length);
    if (same) same.push({ word, rank });
    else this.lengths.set(word.length, [{ word, rank }]);
  }

  /** The nearest word and its slips; undefined where none is near enough. Whoever slips hits the first letter, or swaps it. */
  nearest(word: string): { readonly word: string; readonly slips: number } | undefined {
    let most = slipsAllowed(word.length);
    let best: (Listed & { readonly slips: number }) | undefined;
    for (let length = word.length - most; most > 0 && length <= word.length + most; length++)
      for (const other of this.lengths.get(length) ?? []) {
        const swapped = word.length > 3 && other.word[0] === word[1] && other.word[1] === word[0];
        if (other.word[0] !== word[0] && !swapped) continue;
        if (word.length < 4 && (length === word.length || other.rank > 0)) continue;
        const slips = slipsBetween(word, other.word, most);
        if (slips > most || (best && (slips > best.slips || (slips === best.slips && other.rank >= best.rank))))
          continue;
        best = { ...other, slips };
        most = slips;
      }
    return best;
  }
}
