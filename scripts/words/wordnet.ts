/** WordNet 3's files, as far as `npm run words` needs them: the senses of single words, and what each is a kind of. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Part = 'noun' | 'verb' | 'adj' | 'adv';

export interface WordNet {
  /** Synsets of a word, the usual one first. */
  senses(word: string, part: Part): readonly string[];
  /** How often a word was met in tagged text, all its senses of this part of speech together. */
  count(word: string, part: Part): number;
  /** What a synset is a kind of, directly. */
  above(synset: string, part: Part): readonly string[];
  /** All single words in small letters, in order of the alphabet. */
  words(part: Part): readonly string[];
}

const parts: readonly Part[] = ['noun', 'verb', 'adj', 'adv'];
const numbers: Readonly<Record<string, Part>> = { '1': 'noun', '2': 'verb', '3': 'adj', '4': 'adv', '5': 'adj' };

export function readWordNet(folder: string): WordNet {
  const lines = (name: string): string[] => readFileSync(join(folder, name), 'latin1').split('\n').filter((line) => line && !line.startsWith(' ')); // prettier-ignore
  const above: Record<Part, Map<string, string[]>> = { noun: new Map(), verb: new Map(), adj: new Map(), adv: new Map() }; // prettier-ignore
  for (const part of ['noun', 'verb'] as const) for (const line of lines(`data.${part}`)) above[part].set(...kindsOf(line)); // prettier-ignore
  const senses: Record<Part, Map<string, [rank: number, synset: string][]>> = { noun: new Map(), verb: new Map(), adj: new Map(), adv: new Map() }; // prettier-ignore
  const counts: Record<Part, Map<string, number>> = { noun: new Map(), verb: new Map(), adj: new Map(), adv: new Map() }; // prettier-ignore
  for (const line of lines('index.sense')) {
    const [key, synset, rank, count] = line.split(' ');
    const [word, code] = key.split('%');
    if (!/^[a-z]{3,14}$/.test(word)) continue;
    const part = numbers[code[0]];
    senses[part].set(word, [...(senses[part].get(word) ?? []), [Number(rank), synset]]);
    counts[part].set(word, (counts[part].get(word) ?? 0) + Number(count));
  }
  for (const part of parts) for (const list of senses[part].values()) list.sort(([a], [b]) => a - b);
  return {
    senses: (word, part) => (senses[part].get(word) ?? []).map(([, synset]) => synset),
    count: (word, part) => counts[part].get(word) ?? 0,
    above: (synset, part) => above[part].get(synset) ?? [],
    words: (part) => [...senses[part].keys()].sort(),
  };
}

/** A line of data.noun or data.verb: its synset, and those that it is a kind of ("@"); names ("@i") are left where they are. */
function kindsOf(line: string): [synset: string, above: string[]] {
  const fields = line.split(' | ')[0].split(' ');
  const words = parseInt(fields[3], 16);
  const first = 4 + 2 * words; // how many pointers there are
  const above: string[] = [];
  for (let i = 0; i < Number(fields[first]); i++) {
    const [sign, synset] = fields.slice(first + 1 + 4 * i);
    if (sign === '@') above.push(synset);
  }
  return [fields[0], above];
}
