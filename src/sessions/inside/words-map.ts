/**
 * Where the network has put its words: the learned vector of each, on the plane that shows most of how they differ
 * (principal components), and which words lie near one another. Pure but for the session, which asks for the vectors once.
 *
 * What it is not: what a word says in a sentence. That is worked out by the text encoder, of all words together.
 */
import { computed, signal } from '@preact/signals-core';
import type { Fault, WordVectors } from '../../engine/protocol';
import { colours, settings, sizes, things, vocabulary, world } from '../../world';
import type { EngineSession } from '../../app/engine-session';
import { toFault } from '../../engine/faults';
import { command, Session, type Facts } from '../../app/session';
import type { Studio } from '../../studio/studio';

export type Kind = 'colour' | 'thing' | 'size' | 'motion' | 'place' | 'other';
export const kinds: readonly Kind[] = ['colour', 'thing', 'size', 'motion', 'place', 'other'];

const motionWords = new Set(Object.values(world.motions).flatMap(({ phrase }) => phrase.split(' ')));

export function kindOf(word: string): Kind {
  if (colours.includes(word)) return 'colour';
  if (things.includes(word)) return 'thing';
  if (sizes.includes(word)) return 'size';
  if (settings.includes(word)) return 'place';
  return motionWords.has(word) ? 'motion' : 'other';
}

export interface Placed {
  readonly word: string;
  readonly kind: Kind;
  readonly vector: Float32Array; // (D)
  readonly at: readonly [x: number, y: number]; // on the plane
}

export interface WordsMap {
  readonly words: readonly Placed[];
  readonly share: number; // of the variance, that the plane shows, 0 .. 1
}

/** count: the first so many of the world's words, those that the model knows; marks such as <pad> are none. */
export function mapOf({ vectors, dim }: WordVectors, count: number): WordsMap {
  const known = vocabulary.slice(0, count).flatMap((word, i) => (/^[a-z]+$/.test(word) ? [{ word, i }] : []));
  const rows = known.map(({ i }) => vectors.subarray(i * dim, (i + 1) * dim));
  const mean = Float64Array.from({ length: dim }, (_, d) => rows.reduce((sum, row) => sum + row[d] / rows.length, 0));
  const centred = rows.map((row) => Float64Array.from(row, (value, d) => value - mean[d]));
  const products = centred.map((a) => Float64Array.from(centred, (b) => dot(a, b))); // (n, n)
  const total = products.reduce((sum, row, i) => sum + row[i], 0);
  const [first, second] = [principal(products), principal(products)]; // the second of what the first leaves
  const words = known.map(({ word }, i): Placed => {
    return { word, kind: kindOf(word), vector: rows[i], at: [first.along[i], second.along[i]] };
  });
  return { words, share: (first.size + second.size) / total };
}

/**
 * Where each row lies along the direction in which rows differ most, and how much of their variance that is, by power
 * iteration on the products of all pairs; the direction is taken out of them.
 */
function principal(products: readonly Float64Array[]): { readonly along: Float64Array; readonly size: number } {
  let unit = Float64Array.from(products, (_, i) => Math.sin(i + 1)); // any start will do that is no special direction
  let size = 0;
  for (let round = 0; round < 500; round++) {
    const next = Float64Array.from(products, (row) => dot(row, unit));
    size = Math.sqrt(dot(next, next));
    unit = next.map((value) => value / (size || 1));
  }
  products.forEach((row, i) => row.forEach((_, j) => (row[j] -= size * unit[i] * unit[j])));
  return { along: unit.map((value) => value * Math.sqrt(size)), size };
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

export interface Neighbour {
  readonly word: string;
  readonly kind: Kind;
  readonly likeness: number; // cosine of the angle between the vectors, -1 .. 1
}

/** All other words, the nearest first. */
export function neighboursOf({ words }: WordsMap, word: string): readonly Neighbour[] {
  const own = words.find((each) => each.word === word);
  if (!own) return [];
  const length = (v: Float32Array) => Math.sqrt(dot(v, v));
  const likeness = ({ vector }: Placed) => dot(own.vector, vector) / (length(own.vector) * length(vector));
  return words
    .filter((each) => each !== own)
    .map((each) => ({ word: each.word, kind: each.kind, likeness: likeness(each) }))
    .sort((a, b) => b.likeness - a.likeness);
}

/** Of how many words of a kind the nearest other word is of that kind, too. */
export function together(map: WordsMap, kind: Kind): { readonly near: number; readonly of: number } {
  const own = map.words.filter((each) => each.kind === kind);
  return { near: own.filter(({ word }) => neighboursOf(map, word)[0]?.kind === kind).length, of: own.length };
}

export class WordPlaces extends Session {
  readonly fault = signal<Fault | null>(null);
  readonly chosen = signal('red');
  private readonly vectors = signal<WordVectors | null>(null);

  constructor(
    state: Facts,
    private readonly engine: Pick<EngineSession, 'vectors'>,
  ) {
    super(state);
  }

  /** Asks the network; once it is there. */
  @command
  async open(): Promise<void> {
    this.fault.value = null;
    try {
      this.vectors.value = await this.engine.vectors(new AbortController().signal);
    } catch (thrown) {
      this.fault.value = toFault(thrown);
    }
  }

  @command
  choose(word: string): void {
    this.chosen.value = word;
  }

  readonly map = computed(() => this.vectors.value && mapOf(this.vectors.value, this.state.words.value.count));
  readonly neighbours = computed(() => (this.map.value ? neighboursOf(this.map.value, this.chosen.value) : []));
  readonly together = computed(() => this.map.value && together(this.map.value, kindOf(this.chosen.value)));
}

const made = new WeakMap<Studio, WordPlaces>();

/** The one of a studio. */
export function wordsMapOf(studio: Studio): WordPlaces {
  const words = made.get(studio) ?? new WordPlaces(studio.state, studio.engine);
  made.set(studio, words);
  return words;
}
