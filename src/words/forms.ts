/** The forms of a word: which words of a list it could be a form of. English and German, by their regular endings. */
import type { Tongue } from './types';

export interface Form {
  readonly stem: string;
  readonly plural: boolean; // of a noun
}

/** [ending, what stands in its place, whether it is a plural], the longest first. All folded. */
const endings: Readonly<Record<Tongue, readonly (readonly [string, string, boolean])[]>> = {
  en: [
    ['iest', 'y', false], ['ier', 'y', false], ['ily', 'y', false], ['ying', 'y', false], ['ies', 'y', true], ['ied', 'y', false],
    ['ing', '', false], ['ing', 'e', false], ['est', '', false], ['est', 'e', false], ['ish', '', false], ['ish', 'e', false],
    ["'s", '', false], ['es', '', true], ['es', 'e', true], ['ed', '', false], ['ed', 'e', false], ['er', '', false], ['er', 'e', false],
    ['ly', '', false], ['s', '', true],
  ],
  de: [
    ['enden', 'en', false], ['endem', 'en', false], ['ender', 'en', false], ['endes', 'en', false], ['ende', 'en', false], ['end', 'en', false],
    ['chen', '', false], ['sten', '', false], ['ste', '', false], ['eln', 'el', true], ['en', '', true], ['en', 'e', true],
    ['em', '', false], ['er', '', false], ['es', '', false], ['te', 'en', false], ['e', '', true], ['n', '', true], ['s', '', true],
    ['t', 'en', false], ['e', 'en', false],
  ],
}; // prettier-ignore

const doubled = /([bdgklmnprt])\1$/;

/** What a folded word could be a form of, likeliest first; not the word itself. */
export function stems(word: string, tongue: Tongue): Form[] {
  const found: Form[] = [];
  for (const [ending, instead, plural] of endings[tongue]) {
    if (!word.endsWith(ending) || word.length - ending.length < 2) continue;
    const stem = word.slice(0, word.length - ending.length) + instead;
    found.push({ stem, plural });
    // hopping, bigger; Bälle, Kästen
    if (tongue === 'en' && instead === '' && doubled.test(stem)) found.push({ stem: stem.slice(0, -1), plural });
    if (tongue === 'de' && plural) for (const bare of flat(stem)) found.push({ stem: bare, plural });
  }
  if (tongue === 'de') for (const bare of flat(word)) found.push({ stem: bare, plural: true });
  return found;
}

/** Without the umlaut of a plural. */
function flat(stem: string): string[] {
  const bare = stem.replace(/([ao])e|(?<=[^aeq])ue/, (pair) => pair[0]);
  return bare === stem ? [] : [bare];
}
