/** How hard a text is to read, for tests only. Both measures are school years: 8 is what a 14-year-old reads with ease. */
import { fleschKincaid } from 'flesch-kincaid';
import { syllable } from 'syllable';

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]+(?:[’'-][\p{L}\p{N}]+)*/gu) ?? [];
const sentencesOf = (text: string): string[] =>
  text.split(/(?<=[.!?:])["“”’)]*\s+/u).filter((sentence) => /\p{L}/u.test(sentence));

/** Flesch-Kincaid grade level (Kincaid et al. 1975), for English. */
export function fleschKincaidGrade(text: string): number {
  const words = wordsOf(text);
  return fleschKincaid({
    sentence: sentencesOf(text).length,
    word: words.length,
    syllable: words.reduce((sum, word) => sum + Math.max(1, syllable(word)), 0),
  });
}

/** Syllables of a German word: groups of vowels, of which ai, au, äu, ei, eu and ie are one and the others two. */
export function germanSyllables(word: string): number {
  const groups = word.toLowerCase().match(/ai|au|äu|ei|eu|ie|aa|ee|oo|[aeiouyäöü]/g) ?? [];
  return Math.max(1, groups.length);
}

/** First new Wiener Sachtextformel (Bamberger & Vanecek 1984), for German: 4 is very easy, 15 very hard. */
export function wienerSachtext(text: string): number {
  const words = wordsOf(text);
  const share = (holds: (word: string) => boolean) => (100 * words.filter(holds).length) / words.length;
  const long = share((word) => germanSyllables(word) >= 3);
  const letters = share((word) => word.length > 6);
  const short = share((word) => germanSyllables(word) === 1);
  const length = words.length / sentencesOf(text).length;
  return 0.1935 * long + 0.1672 * length + 0.1297 * letters - 0.0327 * short - 0.875;
}
