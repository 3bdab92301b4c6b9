/**
 * What a look inside answers, whoever computes it (probe.ts on the page of tfjs operations, graph-probe.ts on the static graph),
 * and the part of that which needs neither: what may be asked, and what is summed up of attention.
 *
 * Letters as in transformer.ts. Keys stand in the order of the network: first the L places of the prompt, then the N patches.
 */
import type { ClipShape } from '../sampling/types';
import { gridOf, guessChannelsOf, tokensOf, type ModelConfig } from './config';

/** What is looked at. Whatever does not fit the model, or would be too much at once, is a RangeError. */
export interface ProbeInput {
  readonly x: Float32Array; // 3 x frames x height x width, the noisy clip that a step was given
  readonly levels: Float32Array; // frames x height x width, the noise level t of each pixel, or one number for all
  readonly shape: ClipShape;
  readonly blocks?: readonly number[]; // of which answers are wanted, from 0; all where left out
  readonly tokens?: readonly number[]; // patches whose rows are wanted, from 0; all where left out
  readonly guesses?: boolean; // the early guess of each block, too
}

/** What one block shows. */
export interface ProbedBlock {
  readonly block: number; // 0 .. depth - 1
  readonly depth: number;
  readonly heads: number;
  readonly shown?: number; // heads that `rows` has, where it has fewer: 1 is their mean
  readonly grid: readonly [time: number, rows: number, columns: number]; // N patches, in this order
  readonly places: number; // L: <start>, the words, <pad>
  readonly dim: number; // D, numbers of a token
  readonly hidden: number; // M, numbers within the MLP
  readonly channels: number; // numbers that the head says of each pixel: its colour, and with a skip how sure it is
  readonly detail?: number; // channels of the detail head that corrects them, where there is one
  /** How much each asked patch reads from each key, for each head: (h, asked, L + N). Each row adds up to 1. */
  readonly rows: Float32Array;
  /** How much each patch reads from each place of the prompt, mean over heads: (N, L). */
  readonly reads: Float32Array;
  /** How much the patches of one time read from those of another, mean over heads and patches: (time, time). */
  readonly times: Float32Array;
  /**
   * Lengths (norms) of each token: before the block, of what attention adds to it, of what the MLP adds, and after both:
   * (4, N).
   */
  readonly lengths: Float32Array;
  /** The clip that the head would guess if this block were the last: 3 x frames x height x width, before guidance. */
  readonly guess?: Float32Array;
}

/** Numbers of `rows` in one block: 16 MB. All rows of the models here are 0.5 MB. */
const mostNumbers = 2 ** 22;

/** Throws RangeError for what does not fit the model, or would be too much at once. */
export function checked(
  config: ModelConfig,
  { x, levels, shape, blocks, tokens }: ProbeInput,
): { readonly blocks: readonly number[]; readonly tokens: readonly number[] } {
  const { frames, height, width } = shape;
  const pixels = frames * height * width;
  const patches = tokensOf(config, shape);
  if (!gridOf(config, shape).every((count) => Number.isInteger(count) && count > 0))
    throw new RangeError('A clip must be made of whole patches.');
  if (x.length !== 3 * pixels || (levels.length !== 1 && levels.length !== pixels))
    throw new RangeError(`A clip of this shape has ${3 * pixels} numbers, and 1 or ${pixels} noise levels.`);
  const all = { blocks: blocks ?? upTo(config.depth), tokens: tokens ?? upTo(patches) };
  if (all.blocks.length === 0 || !all.blocks.every((block) => within(block, config.depth)))
    throw new RangeError(`Blocks are numbered from 0 to ${config.depth - 1}.`);
  if (!all.tokens.every((token) => within(token, patches)))
    throw new RangeError(`Patches are numbered from 0 to ${patches - 1}.`);
  if (config.heads * all.tokens.length * (config.text_length + patches) > mostNumbers)
    throw new RangeError('So many rows at once are too many: ask for those of fewer patches.');
  return all;
}

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);
const within = (number: number, count: number) => Number.isInteger(number) && number >= 0 && number < count;

/** What is the same in all blocks of an answer. */
export function aboutOf(
  config: ModelConfig,
  shape: ClipShape,
): Pick<ProbedBlock, 'depth' | 'heads' | 'grid' | 'places' | 'dim' | 'hidden' | 'channels' | 'detail'> {
  const { depth, heads, text_length: places, dim, mlp_dim: hidden, detail } = config;
  const channels = guessChannelsOf(config);
  return { depth, heads, grid: gridOf(config, shape), places, dim, hidden, channels, ...(detail && { detail }) };
}

/** weights: (h, N, keys) -> (h, asked, keys) */
export function rowsOf(weights: Float32Array, tokens: readonly number[], heads: number, keys: number): Float32Array {
  const rows = new Float32Array(heads * tokens.length * keys);
  const all = weights.length / heads;
  for (let head = 0; head < heads; head++)
    tokens.forEach((token, i) => {
      const from = head * all + token * keys;
      rows.set(weights.subarray(from, from + keys), (head * tokens.length + i) * keys);
    });
  return rows;
}

/** weights: (h, N, places + N). See `ProbedBlock` for what comes of them. */
export function summary(
  weights: Float32Array,
  heads: number,
  places: number,
  [time, rows, columns]: readonly [number, number, number],
): Pick<ProbedBlock, 'reads' | 'times'> {
  const area = rows * columns; // patches of one time
  const patches = time * area;
  const reads = new Float32Array(patches * places);
  const times = new Float32Array(time * time);
  let at = 0;
  for (let head = 0; head < heads; head++)
    for (let patch = 0; patch < patches; patch++) {
      for (let place = 0; place < places; place++) reads[patch * places + place] += weights[at++] / heads;
      const from = Math.floor(patch / area) * time;
      for (let to = 0; to < time; to++)
        for (let i = 0; i < area; i++) times[from + to] += weights[at++] / (heads * area);
    }
  return { reads, times };
}
