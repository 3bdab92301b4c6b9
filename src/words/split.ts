/** A text in pieces: words of any script, numbers, and every other sign by itself. What it is not: it knows no meanings. */

export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly key: string; // folded: how it is looked up
  readonly word: boolean; // else a mark, or a picture sign
}

// A number; or letters, their marks and digits, with apostrophes between them; or one sign with the marks and joiners that
// belong to it. Together they leave out nothing but white space.
const pieces =
  /(?<number>\p{N}+(?:[.,]\p{N}+)*(?![\p{L}\p{M}\p{N}]))|(?<word>[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}\p{N}]+)*)|[^\s\p{L}\p{N}](?:[\p{M}\p{Emoji_Modifier}]|\u200d\p{Extended_Pictographic})*/gu;

/** All of the text but its white space, in order. */
export function split(text: string): Piece[] {
  return Array.from(text.matchAll(pieces), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    text: match[0],
    key: fold(match[0]),
    word: match.groups?.number !== undefined || match.groups?.word !== undefined,
  }));
}

const umlauts: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/** One spelling for what is to be looked up: small letters, umlauts as two letters, no accents. */
export function fold(text: string): string {
  const small = text.normalize('NFC').toLowerCase().replaceAll('’', "'");
  return plain(small.replace(/[äöüß]/g, (letter) => umlauts[letter]));
}

/** Without accents; ü becomes u here, which is how it is written where a keyboard has none. */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '');
}
