/**
 * The words that can be heard, and what each means. Two lists in one form: our own (own.json, both languages), and a table
 * of English words that `npm run words` makes from WordNet and a list of colour names (table.json).
 * What it is not: it knows single words and fixed phrases, and nothing of a sentence.
 */
import { vocabulary } from '../world/prompt';
import { stems } from './forms';
import { Spelling } from './slips';
import { fold, plain } from './split';
import type { How, Tongue } from './types';

/** What a word says: a kind ("colour") and a value ("red"); the kinds are listed in own.json. */
export interface Meaning {
  readonly kind: string;
  readonly value: string;
}

/** A line of a list: what its words mean, in what way, why, and the words by language; "word:25" is 0.25 away. */
export type Line = readonly [means: string, how: string, why: string, en: string, de?: string];

export interface Entry {
  readonly word: string; // as listed, folded
  readonly meanings: readonly Meaning[];
  readonly how: How | 'far';
  readonly distance: number; // 0 .. 1
}

export interface Found extends Entry {
  readonly tongue: Tongue;
  readonly slips: number;
  readonly plural: boolean; // of a noun: more than one
  readonly base: boolean; // the bare form, which of a verb says that several do it
}

/** How far a word is from what it was heard as, where a list gives no number: a judgement of ours, in four steps. */
const distances: Readonly<Record<string, number>> = { same: 0.1, slip: 0.2, kind: 0.25, like: 0.5, far: 1 };

/** What a compound ends with that tells what it is: a speedboat is a boat, ein Papierboot ein Boot. */
const heads: Readonly<Record<Tongue, readonly string[]>> = {
  en: ['ball', 'boat', 'ship', 'fish', 'heart', 'rocket', 'box'],
  de: ['ball', 'boot', 'schiff', 'fisch', 'stern', 'herz', 'kiste', 'rakete', 'wuerfel', 'ballon', 'kugel', 'reifen',
    'rot', 'gelb', 'gruen', 'blau', 'orange', 'lila', 'violett', 'rosa', 'pink', 'braun', 'tuerkis'],
}; // prettier-ignore

/** Kinds of which a slip is believed: the small words of a language are too many and too short. */
const spelt = new Set('size colour thing motion speed direction setting light camera pan zoom wall picture number more less far'.split(' ')); // prettier-ignore

/** What a German verb may begin with, and the direction that it says: "hinunterrollt", "davonfährt". The longest first. */
const prefixes: readonly (readonly [prefix: string, direction: string])[] = [
  ...'hinunter herunter hinab herab nieder runter unter ab'.split(' ').map((prefix) => [prefix, 'down'] as const),
  ...'hinauf herauf empor hoch rauf auf'.split(' ').map((prefix) => [prefix, 'up'] as const),
  ...'vorueber vorbei entlang hinterher voraus weiter herum umher davon hinein herein hinaus heraus hinweg zurueck durch fort los weg rum rein raus her hin ein aus um an'.split(' ').map((prefix) => [prefix, ''] as const),
]; // prettier-ignore

const drawn = /(\p{L})\1\1+/gu; // a letter thrice

const longestPhrase = 6; // words
const longestWord = 32; // letters; what is longer has no slip worth a search

export const tongues: readonly Tongue[] = ['en', 'de'];
export const otherTongue = (tongue: Tongue): Tongue => (tongue === 'en' ? 'de' : 'en');

export class Lexicon {
  private readonly own = { en: new Map<string, Entry>(), de: new Map<string, Entry>() };
  private readonly table = new Map<string, Entry>();
  private readonly bare = new Map<string, Entry>(); // German without its umlauts
  private readonly spelling = { en: new Spelling(), de: new Spelling() };
  private readonly known = new Map<string, Found | null>();

  constructor(own: readonly Line[], table: readonly Line[] = []) {
    for (const line of own)
      for (const tongue of tongues) for (const listed of wordsOf(line, tongue)) this.add(listed, tongue);
    for (const line of table)
      for (const { entry } of wordsOf(line, 'en')) if (!this.table.has(entry.word)) this.table.set(entry.word, entry);
  }

  /** How many words and phrases it knows. */
  get size(): number {
    return this.own.en.size + this.own.de.size + this.table.size;
  }

  /** The language that more of these words are of alone; undefined where none says. */
  tongueOf(keys: readonly string[]): Tongue | undefined {
    let lead = 0;
    for (const key of keys) lead += Number(this.listed(key, 'en')) - Number(this.listed(key, 'de'));
    return lead === 0 ? undefined : lead > 0 ? 'en' : 'de';
  }

  /** The longest phrase of two words or more that these folded words begin with, and of how many it is made. */
  phrase(keys: readonly string[], tongue: Tongue): { readonly found: Found; readonly words: number } | undefined {
    for (let words = Math.min(keys.length, longestPhrase); words > 1; words--) {
      const key = keys.slice(0, words).join(' ');
      for (const each of [tongue, otherTongue(tongue)]) {
        const entry = this.own[each].get(key) ?? (each === 'en' && tongue === 'en' ? this.table.get(key) : undefined);
        if (entry) return { found: { ...entry, tongue: each, slips: 0, plural: false, base: false }, words };
      }
    }
    return undefined;
  }

  /** What a folded word means: as it is listed, in another form, in the other language, as a compound, with a slip. */
  word(key: string, tongue: Tongue): Found | undefined {
    const name = `${tongue} ${key}`;
    let found = this.known.get(name);
    if (found === undefined) {
      found = this.search(key, tongue) ?? null;
      if (this.known.size > 4096) this.known.clear();
      this.known.set(name, found);
    }
    return found ?? undefined;
  }

  /** Words of either list that begin like this, the shortest first, at most `most`. */
  beginning(part: string, most: number, tongue: Tongue): Entry[] {
    const found: Entry[] = [];
    for (const list of [this.own[tongue], this.own[otherTongue(tongue)], this.table])
      for (const entry of list.values()) if (entry.word.startsWith(part)) found.push(entry);
    return found.sort((a, b) => a.word.length - b.word.length).slice(0, most);
  }

  private add({ entry, typed }: Listed, tongue: Tongue): void {
    const list = this.own[tongue];
    if (list.has(entry.word)) return; // the line that stands first counts
    list.set(entry.word, entry);
    if (tongue === 'de' && plain(typed) !== entry.word && !this.bare.has(plain(typed))) this.bare.set(plain(typed), entry); // prettier-ignore
    if (!spelt.has(entry.meanings[0].kind) || entry.word.length < 3 || entry.word.includes(' ')) return;
    const rank = vocabulary.includes(entry.word) ? 0 : entry.distance;
    for (const spelling of tongue === 'de' ? new Set([entry.word, plain(typed)]) : [entry.word])
      this.spelling[tongue].add(spelling, rank);
  }

  private listed(key: string, tongue: Tongue): boolean {
    const list = this.own[tongue];
    return list.has(key) || stems(key, tongue).some(({ stem }) => list.has(stem));
  }

  private search(key: string, tongue: Tongue): Found | undefined {
    const other = otherTongue(tongue);
    const first = this.form(key, tongue) ?? (tongue === 'de' ? this.loose(key) : this.fromTable(key));
    const second = first ?? this.compound(key, tongue) ?? this.prefixed(key, tongue) ?? this.form(key, other);
    const third = second ?? this.loose(key) ?? this.compound(key, other);
    if (third || key.length > longestWord) return third;
    if (key.search(drawn) >= 0) return this.short(key, tongue);
    const slip = this.slip(key, tongue);
    // Of two languages at once, many a word is a slip: there only what is nearest counts.
    return slip ?? (key.length > 4 ? this.slip(key, other, 1) : undefined);
  }

  /** "Looong", "baaall": with two of the letters, or with one. */
  private short(key: string, tongue: Tongue): Found | undefined {
    const tries = ['$1$1', '$1'].map((letters) => this.word(key.replace(drawn, letters), tongue));
    const found = tries.find((each) => each && each.slips === 0) ?? tries.find((each) => each);
    return found && { ...found, slips: Math.max(1, found.slips) };
  }

  /** In our own list: as it stands there, or in another form. */
  private form(key: string, tongue: Tongue): Found | undefined {
    const exact = this.own[tongue].get(key);
    if (exact) return { ...exact, tongue, slips: 0, plural: false, base: bareVerb(exact, tongue) };
    for (const { stem, plural } of stems(key, tongue)) {
      const entry = this.own[tongue].get(stem);
      if (entry) return { ...entry, tongue, slips: 0, plural, base: false };
    }
    return undefined;
  }

  private loose(key: string): Found | undefined {
    const forms = [{ stem: key, plural: false }, ...stems(key, 'de')];
    for (const { stem, plural } of forms) {
      const entry = this.bare.get(stem);
      if (entry) return { ...entry, tongue: 'de', slips: 1, plural, base: false };
    }
    return undefined;
  }

  private fromTable(key: string): Found | undefined {
    const forms = [{ stem: key, plural: false }, ...stems(key, 'en')];
    for (const { stem, plural } of forms) {
      const entry = this.table.get(stem);
      if (entry) return { ...entry, tongue: 'en', slips: 0, plural, base: stem === key };
    }
    return undefined;
  }

  private compound(key: string, tongue: Tongue): Found | undefined {
    const forms = [{ stem: key, plural: false }, ...stems(key, tongue)];
    for (const { stem, plural } of forms) {
      const head = heads[tongue].find((end) => stem.endsWith(end) && stem.length >= end.length + 3);
      const entry = head && this.own[tongue].get(head);
      if (entry) return { ...entry, how: 'kind', distance: distances.kind, tongue, slips: 0, plural, base: false };
    }
    return undefined;
  }

  /** A German verb with its prefix before it; the prefix may say where to. */
  private prefixed(key: string, tongue: Tongue): Found | undefined {
    if (tongue !== 'de') return undefined;
    for (const [prefix, direction] of prefixes) {
      if (!key.startsWith(prefix)) continue;
      const verb = this.form(key.slice(prefix.length).replace(/^zu(?=.*en$)|^ge(?=.*[nt]$)/, ''), tongue);
      if (verb?.meanings[0].kind !== 'motion') continue;
      const [first, ...others] = verb.meanings;
      const meanings = direction && first.value === 'moving' ? [{ kind: 'motion', value: direction }, ...others] : verb.meanings; // prettier-ignore
      return { ...verb, meanings, how: 'kind', distance: distances.kind, base: false };
    }
    return undefined;
  }

  private slip(key: string, tongue: Tongue, most = Infinity): Found | undefined {
    const bent = most === Infinity ? stems(key, tongue) : [];
    const forms = [{ stem: key, plural: false }, ...bent.filter(({ stem }) => stem.length > 3 && stem.length < key.length)]; // prettier-ignore
    let best: Found | undefined;
    for (const { stem, plural } of forms) {
      const near = this.spelling[tongue].nearest(stem);
      const entry = near && (this.own[tongue].get(near.word) ?? this.bare.get(near.word));
      if (entry && near.slips <= most && near.slips < (best?.slips ?? Infinity)) best = { ...entry, tongue, slips: near.slips, plural, base: false }; // prettier-ignore
    }
    return best;
  }
}

interface Listed {
  readonly typed: string; // small letters, with umlauts
  readonly entry: Entry;
}

function wordsOf([means, how, , ...columns]: Line, tongue: Tongue): Listed[] {
  const meanings = means.split(', ').map((each) => {
    const [kind, value = ''] = each.split(' ');
    return { kind, value };
  });
  const text = columns[tongue === 'en' ? 0 : 1] ?? '';
  return text.split(' ').flatMap((listed) => {
    if (listed === '') return [];
    const [spelt, hundredths] = listed.split(':');
    const typed = spelt.replace(/[_-]/g, ' ').toLowerCase();
    const distance = hundredths ? Number(hundredths) / 100 : (distances[how] ?? 0.5);
    return [{ typed, entry: { word: fold(typed), meanings, how: how as Entry['how'], distance } }];
  });
}

/** "They spin", "sie hüpfen": the bare form, where it is a verb's. */
function bareVerb({ word, meanings }: Entry, tongue: Tongue): boolean {
  if (meanings[0].kind !== 'motion' && meanings[0].kind !== 'turn') return false;
  return tongue === 'de' ? /(en|eln|ern)$/.test(word) : !/(ing|s|ed)$/.test(word);
}
