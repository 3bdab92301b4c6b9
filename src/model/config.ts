/**
 * What fixes the network's shape, read from the config.json beside the weights, and the parameters that follow from it.
 *
 * What it is not: it holds no weights. Field names are those of `ModelConfig` in training/snowglobe/model.py and of
 * the file, so that all three can be searched with one word.
 */
import type { ClipShape } from '../sampling/types';
import { vocabulary as worldVocabulary } from '../world/prompt';
import { WeightsError } from './errors';

export interface ModelConfig {
  readonly frames: number;
  readonly height: number;
  readonly width: number;
  readonly patch_frames: number;
  readonly patch_size: number;
  readonly bottleneck: number;
  readonly dim: number;
  readonly depth: number;
  readonly heads: number;
  readonly mlp_dim: number;
  readonly text_length: number;
  readonly text_depth: number;
  readonly vocabulary: number;
  readonly time_features: number;
  readonly skip?: number; // 1: it says a variance beside each pixel of its guess, see `weigh`
  readonly detail?: number; // channels of its detail head, see detail.ts; 0: it has none
}

const settings = [
  'frames',
  'height',
  'width',
  'patch_frames',
  'patch_size',
  'bottleneck',
  'dim',
  'depth',
  'heads',
  'mlp_dim',
  'text_length',
  'text_depth',
  'vocabulary',
  'time_features',
] as const satisfies readonly (keyof ModelConfig)[];

/** Settings that came later, and the most that they can be: a file without them means 0. */
const laterSettings = { skip: 1, detail: 256 } as const satisfies Partial<Record<keyof ModelConfig, number>>;

/** Of the detail head: blocks at half size, and channels that it sees. */
export const detailDepth = 2;
export const seenChannels = 8;

/** Large enough for any model of this kind; small enough that no product of three overflows. */
const largest = 65536;
/** Blocks one after the other: each has parameters by name, which are listed before a weight is read. */
const deepest = 256;

/** Patches along time, height and width, of the model's own clip or of one of another shape. */
export function gridOf(config: ModelConfig, shape: ClipShape = config): readonly [number, number, number] {
  const { patch_frames, patch_size } = config;
  return [shape.frames / patch_frames, shape.height / patch_size, shape.width / patch_size];
}

/** Video tokens: spacetime patches of a clip. */
export function tokensOf(config: ModelConfig, shape: ClipShape = config): number {
  const [gt, gy, gx] = gridOf(config, shape);
  return gt * gy * gx;
}

/** Pixels of one patch. */
export function patchPixelsOf(config: ModelConfig): number {
  return config.patch_frames * config.patch_size ** 2;
}

/** Numbers that the network says of each pixel: its colour, and with a skip the variance of that. */
export function guessChannelsOf(config: ModelConfig): number {
  return 3 + (config.skip ?? 0);
}

/** What config.json says: the network's name and shape, and how many of the world's words it knows. */
export interface ParsedConfig<Config = ModelConfig> {
  readonly name: string;
  readonly config: Config;
  readonly words: number; // of the world's, the first so many; see `tokenize`
}

/** Throws WeightsError for whatever cannot be a model of this world. */
export function parseConfig(text: string, file = 'config.json'): ParsedConfig {
  const { name, values, vocabulary } = parseSettings(text, 'model', settings, () => 1, file, laterSettings);
  const config = checkConfig(values, file);
  return { name, config, words: checkVocabulary(vocabulary, [2, config.vocabulary], file) };
}

/**
 * What the config.json of any network here says: its name, its settings, and a list of words that nobody has checked yet.
 * part: where in the file the settings lie, exactly `keys`, each a whole number from `least(key)` on, and those of `later`, from 0 to
 * what stands there, where they are said.
 */
export function parseSettings<Key extends string, Later extends string = never>(
  text: string,
  part: string,
  keys: readonly Key[],
  least: (key: Key) => number,
  file: string,
  later: Readonly<Record<Later, number>> = {} as Record<Later, number>,
): {
  readonly name: string;
  readonly values: Readonly<Record<Key, number> & Partial<Record<Later, number>>>;
  readonly vocabulary: unknown;
} {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new WeightsError(file, 'is not JSON');
  }
  const found = isRecord(value) ? value[part] : undefined;
  if (!isRecord(value) || typeof value.name !== 'string' || !isRecord(found)) {
    throw new WeightsError(file, `must hold a "name" and a "${part}"`);
  }
  const unknown = Object.keys(found).filter((key) => !keys.some((known) => known === key) && !(key in later));
  if (unknown.length) {
    throw new WeightsError(
      file,
      `has settings that this page does not know: ${unknown.join(', ')}`,
      'use the page that came with the model',
    );
  }
  for (const key of keys) {
    const number = found[key];
    const most = key.endsWith('depth') ? deepest : largest;
    if (!Number.isInteger(number) || (number as number) < least(key) || (number as number) > most) {
      throw new WeightsError(file, `must give "${key}" as a whole number from ${least(key)} to ${most}`);
    }
  }
  const said = (Object.keys(later) as Later[]).filter((key) => key in found);
  for (const key of said) {
    const [number, most] = [found[key], later[key]];
    if (!Number.isInteger(number) || (number as number) < 0 || (number as number) > most)
      throw new WeightsError(file, `must give "${key}" as a whole number from 0 to ${most}`);
  }
  const values = Object.fromEntries([...keys, ...said].map((key) => [key, found[key]]));
  return {
    name: value.name,
    values: values as Record<Key, number> & Partial<Record<Later, number>>,
    vocabulary: value.vocabulary,
  };
}

function checkConfig(config: ModelConfig, file: string): ModelConfig {
  if (!gridOf(config).every(Number.isInteger)) throw new WeightsError(file, 'has patches that do not divide the clip');
  if (config.dim % (2 * config.heads))
    throw new WeightsError(file, 'has a width that its heads do not divide into pairs');
  if (config.time_features % 2) throw new WeightsError(file, 'has an odd number of time features');
  if (config.detail && !config.skip) throw new WeightsError(file, 'has a detail head and no skip, which that needs');
  return config;
}

/**
 * A token is a word's place in the list: with another list the model would read another prompt, without any error. The
 * world's list only ever grows at its end, so an older model's words are the beginning of it.
 * least, most: how many words a network has room for.
 */
export function checkVocabulary(words: unknown, [least, most]: readonly [number, number], file: string): number {
  const same = Array.isArray(words) && words.length >= least && words.every((word, i) => word === worldVocabulary[i]);
  if (!same || words.length > most) {
    throw new WeightsError(
      file,
      'was made for a world with other words than this one',
      'use the page that came with the model, or train the model again for this world',
    );
  }
  return words.length;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every parameter of the network and its shape, by the names of PyTorch's state_dict. A matrix is (out, in). */
export function parameterShapes(config: ModelConfig): Map<string, readonly number[]> {
  const { dim, mlp_dim, bottleneck } = config;
  const headDim = dim / config.heads;
  const shapes = new Map<string, readonly number[]>([
    ['text.word.weight', [config.vocabulary, dim]],
    ['text.position', [config.text_length, dim]],
    ['text.norm', [dim]],
    ['embed_down.weight', [bottleneck, 4 * patchPixelsOf(config)]],
    ['embed_up.weight', [dim, bottleneck]],
    ['embed_up.bias', [dim]],
    ['time_in.weight', [dim, config.time_features]],
    ['time_in.bias', [dim]],
    ['time_out.weight', [dim, dim]],
    ['time_out.bias', [dim]],
    ['modulation.weight', [6 * dim, dim]],
    ['modulation.bias', [6 * dim]],
    ['head_norm', [dim]],
    ['head.inner.weight', [2 * mlp_dim, dim]],
    ['head.outer.weight', [guessChannelsOf(config) * patchPixelsOf(config), mlp_dim]],
  ]);
  const shared = (block: string) => {
    shapes.set(`${block}.qkv.weight`, [3 * dim, dim]);
    shapes.set(`${block}.out.weight`, [dim, dim]);
    shapes.set(`${block}.mlp.inner.weight`, [2 * mlp_dim, dim]);
    shapes.set(`${block}.mlp.outer.weight`, [dim, mlp_dim]);
  };
  for (let i = 0; i < config.text_depth; i++) {
    const block = `text.blocks.${i}`;
    shared(block);
    shapes.set(`${block}.norm1`, [dim]);
    shapes.set(`${block}.norm2`, [dim]);
  }
  for (let i = 0; i < config.depth; i++) {
    const block = `blocks.${i}`;
    shared(block);
    shapes.set(`${block}.table`, [6 * dim]);
    shapes.set(`${block}.text_kv.weight`, [2 * dim, dim]);
    for (const norm of ['q_norm', 'k_norm', 'text_k_norm']) shapes.set(`${block}.${norm}`, [headDim]);
  }
  if (config.detail) for (const [name, shape] of detailShapes(config.detail, dim)) shapes.set(`detail.${name}`, shape);
  return shapes;
}

/** Of the detail head. A convolution is (out, in, height, width). */
function detailShapes(full: number, dim: number): [string, readonly number[]][] {
  const half = 2 * full;
  const convolution = (name: string, out: number, inner: number, size: number): [string, readonly number[]][] => [
    [`${name}.weight`, [out, inner, size, size]],
    [`${name}.bias`, [out]],
  ];
  return [
    ...convolution('stem', full, seenChannels, 3),
    ...convolution('down', half, full, 2),
    ['caption.weight', [half, dim]],
    ...Array.from({ length: detailDepth }, (_, i) => `blocks.${i}`).flatMap((block) => [
      ...convolution(`${block}.inner`, half, half, 3),
      ...convolution(`${block}.outer`, half, 3 * half, 1),
    ]),
    ...convolution('up', 4 * full, half, 1),
    ...convolution('inner', full, full, 3),
    ...convolution('outer', full, full, 3),
    ...convolution('out', 4, full, 3),
  ];
}
