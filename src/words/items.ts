/** From pieces of text to words with meanings: phrases first, then single words; and what will have become of each. */
import type { Found, Lexicon, Meaning } from './lexicon';
import { meaningOf } from './phrases';
import { split, type Piece } from './split';
import type { How, Picks, State, Tongue, Why } from './types';

/** A word, a phrase or a sign of the text. The reader (reader.ts) notes here what it did with it. */
export interface Item {
  readonly start: number;
  readonly end: number;
  readonly key: string; // folded, the words of a phrase with spaces
  readonly kind: string; // of its first meaning; "stop" and "mark" of punctuation, "unknown"
  readonly value: string;
  readonly meanings: readonly Meaning[];
  readonly found: Found | null;
  readonly chosen: boolean; // by the reader
  state: State;
  as: string;
  how: How | null;
  why: Why | null;
}

const stops = /^[.!?;:…。！？]$/u;

/** All of a text, as items in order; each of its pieces is in exactly one. */
export function itemsOf(
  text: string,
  lexicon: Lexicon,
  picks: Picks,
  preferred: Tongue,
): { items: Item[]; tongue: Tongue } {
  const pieces = split(text);
  const tongue = lexicon.tongueOf(pieces.map(({ key }) => key)) ?? preferred;
  const items: Item[] = [];
  for (let i = 0; i < pieces.length;) {
    const run = runFrom(pieces, i);
    const phrase = lexicon.phrase(run.map(({ key }) => key), tongue); // prettier-ignore
    if (phrase) {
      const last = run[phrase.words - 1];
      items.push(itemOf(pieces[i], last, run.slice(0, phrase.words).map(({ key }) => key).join(' '), phrase.found, picks)); // prettier-ignore
      i = pieces.indexOf(last, i) + 1;
    } else {
      const piece = pieces[i++];
      const found = lexicon.word(piece.key, tongue);
      items.push(itemOf(piece, piece, piece.key, found ?? null, picks, piece.word));
    }
  }
  return { items, tongue };
}

/** The words that follow each other from here, with nothing between them but hyphens. */
function runFrom(pieces: readonly Piece[], from: number): Piece[] {
  const run: Piece[] = [];
  for (let i = from; i < pieces.length && run.length < 6; i++) {
    if (pieces[i].word) run.push(pieces[i]);
    else if (!/^[-_‐]$/u.test(pieces[i].text) || run.length === 0) break;
  }
  return run;
}

function itemOf(first: Piece, last: Piece, key: string, found: Found | null, picks: Picks, word = true): Item {
  const item: Item = {
    start: first.start,
    end: last.end,
    key,
    kind: found ? found.meanings[0].kind : word ? 'unknown' : stops.test(key) ? 'stop' : /\p{P}|\p{Sk}|\p{Sm}/u.test(key) ? 'mark' : 'unknown', // prettier-ignore
    value: found ? found.meanings[0].value : '',
    meanings: found?.meanings ?? [],
    found,
    chosen: false,
    state: 'out',
    as: '',
    how: null,
    why: 'small',
  };
  // Numbers that no list holds are more than three, or none.
  if (!found && /^\d+$/.test(key)) Object.assign(item, { kind: 'number', value: Number(key) > 3 ? 'many' : String(Number(key)) }); // prettier-ignore
  const pick = Object.hasOwn(picks, key) ? picks[key] : undefined;
  if (pick === undefined) return item;
  const meaning = pick === '' ? undefined : meaningOf(pick);
  if (pick !== '' && !meaning) return item;
  return { ...item, ...(meaning ?? { kind: 'back', value: '' }), meanings: meaning ? [meaning] : [], chosen: true };
}
