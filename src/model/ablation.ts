/**
 * What an ablation (src/sampling/ablation.ts) comes to in a forward pass: for a block, who may read what and which heads are
 * heard; for a clip, whose place each patch is told; for a prompt, how far keys are scaled and whereto a word's vector is turned. training/snowglobe/ablation.py
 * says the same. Pure: transformer.ts and the static graph act on it.
 *
 * Letters as in transformer.ts. Keys stand in the order of the network: first the L places of the prompt, then the N patches.
 */
import { SettingsError } from '../sampling/errors';
import { uniforms } from '../sampling/noise';
import type { Ablation } from '../sampling/types';
import { tokenOf } from '../world/prompt';

/** What one block does without. */
export interface Cut {
  readonly skipped: boolean; // all of it
  readonly time: boolean; // patches of other times
  readonly space: boolean; // patches of other places in the picture
  readonly words: boolean; // the prompt
  readonly silent: readonly number[]; // heads
}

export function cutOf(ablation: readonly Ablation[], block: number): Cut {
  const some = (test: (each: Ablation) => boolean) => ablation.some(test);
  return {
    skipped: some((each) => each.kind === 'block' && each.block === block),
    time: some(({ kind }) => kind === 'time'),
    space: some(({ kind }) => kind === 'space'),
    words: some((each) => each.kind === 'words' && each.block <= block),
    silent: ablation.flatMap((each) => (each.kind === 'head' && each.block === block ? each.head : [])),
  };
}

/** No score comes near it, and the softmax makes an exact 0 of it. */
const unread = -1e9;

/** Added to the scores, (N, L + N): 0 where a patch may read a key. Undefined where it may read them all. It may always read itself. */
export function maskOf(
  { time, space, words }: Cut,
  places: number,
  [times, rows, columns]: readonly [number, number, number],
): Float32Array | undefined {
  if (!time && !space && !words) return undefined;
  const area = rows * columns;
  const patches = times * area;
  const keys = places + patches;
  const mask = new Float32Array(patches * keys);
  for (let patch = 0; patch < patches; patch++)
    for (let key = 0; key < keys; key++) {
      const other = key - places; // below 0: the prompt
      const far =
        (time && Math.floor(other / area) !== Math.floor(patch / area)) || (space && other % area !== patch % area);
      if (other < 0 ? words : far) mask[patch * keys + key] = unread;
    }
  return mask;
}

/** What each head's reading counts for, (h): 1, or 0 where it is silent. Undefined where all are heard. */
export function loudnessOf({ silent }: Cut, heads: number): Float32Array | undefined {
  if (silent.length === 0) return undefined;
  return Float32Array.from({ length: heads }, (_, head) => (silent.includes(head) ? 0 : 1));
}

/** Of src/sampling/noise.ts: other users take other streams. */
const shuffleStream = 0x73687566;

/** The patch whose place each one is told, (N). Undefined where all are told their own. */
export function orderOf(ablation: readonly Ablation[], patches: number): Int32Array | undefined {
  let order: Int32Array | undefined;
  for (const each of ablation) {
    if (each.kind !== 'shuffle') continue;
    const lots = uniforms(each.seed, shuffleStream, patches);
    order = Int32Array.from({ length: patches }, (_, i) => i).sort((a, b) => lots[a] - lots[b]);
  }
  return order;
}

/** What the keys of the prompt are multiplied by, (B, L). Undefined where it is 1 everywhere. tokens: (B, L) */
export function keyScalesOf(
  ablation: readonly Ablation[],
  tokens: readonly Int32Array[],
): Float32Array<ArrayBuffer> | undefined {
  const all = tokens.flatMap((row) => [...row]);
  const scales = new Float32Array(all.length).fill(1);
  for (const each of ablation)
    if (each.kind === 'key')
      all.forEach((token, i) => {
        if (token === tokenOf(each.word)) scales[i] *= each.percent / 100;
      });
  return scales.some((scale) => scale !== 1) ? scales : undefined;
}

/** What is added to the vector of a word: share x (vector of token `plus` - vector of token `minus`), where `at` (B x L) is 1. */
export interface Turn {
  readonly minus: number;
  readonly plus: number;
  readonly share: number;
  readonly at: Float32Array<ArrayBuffer>;
}

/** tokens: (B, L). Throws SettingsError for a word that a model of so many words does not know. */
export function turnsOf(
  ablation: readonly Ablation[],
  tokens: readonly Int32Array[],
  vocabulary: number,
): readonly Turn[] {
  const all = tokens.flatMap((row) => [...row]);
  const known = (word: string, field: string): number => {
    const token = tokenOf(word);
    if (token !== undefined && token < vocabulary) return token;
    throw new SettingsError(`ablation, ${field} of vector`, word, 'a word that the network knows');
  };
  return ablation.flatMap((each) => {
    if (each.kind !== 'vector') return [];
    const word = known(each.word, 'word');
    const at = Float32Array.from(all, (token) => (token === word ? 1 : 0));
    return [{ minus: known(each.minus, 'minus'), plus: known(each.plus, 'plus'), share: each.percent / 100, at }];
  });
}
