/**
 * What fixes the decoder's shape, read from the config.json beside its weights, and the parameters that follow from it.
 *
 * What it is not: it holds no weights. Field names are those of `DecoderConfig` in training/snowglobe/decoder.py and of
 * the file, so that all three can be searched with one word.
 */
import { checkVocabulary, parseSettings, type ParsedConfig } from './config';

/** How much larger the decoder draws, in height and in width: twice by `detail_up`, twice by `fine_up`. */
export const factor = 4;

export interface DecoderConfig {
  readonly near: number; // frames that it sees at once, the one to draw in the middle
  readonly detail: number; // channels at the clip's own height and width
  readonly middle: number; // at half of both
  readonly context: number; // at a quarter of both
  readonly fine: number; // at twice both
  readonly detail_depth: number; // blocks of each, from 0
  readonly middle_depth: number;
  readonly context_depth: number;
  readonly vocabulary: number; // of the world's words, the first so many are read; 0: none
}

const settings = [
  'near',
  'detail',
  'middle',
  'context',
  'fine',
  'detail_depth',
  'middle_depth',
  'context_depth',
  'vocabulary',
] as const satisfies readonly (keyof DecoderConfig)[];

const mayBeNone = (key: string): boolean => key.endsWith('_depth') || key === 'vocabulary';

/** Throws WeightsError for whatever cannot be a decoder of this world. */
export function parseDecoderConfig(text: string, file = 'config.json'): ParsedConfig<DecoderConfig> {
  const least = (key: string) => (mayBeNone(key) ? 0 : 1);
  const { name, values: config, vocabulary } = parseSettings(text, 'decoder', settings, least, file);
  const words = checkVocabulary(vocabulary, [Math.min(2, config.vocabulary), config.vocabulary], file);
  return { name, config, words };
}

/** Every parameter and its shape, by the names of PyTorch's state_dict. A convolution is (out, in, height, width). */
export function decoderShapes(config: DecoderConfig): Map<string, readonly number[]> {
  const { near, detail, middle, context, fine } = config;
  const shapes = new Map<string, readonly number[]>();
  const convolution = (name: string, inner: number, out: number, size: number) => {
    shapes.set(`${name}.weight`, [out, inner, size, size]);
    shapes.set(`${name}.bias`, [out]);
  };
  const blocks = (name: string, depth: number, channels: number) => {
    for (let i = 0; i < depth; i++)
      for (const part of ['inner', 'outer']) convolution(`${name}.${i}.${part}`, channels, channels, 3);
  };
  convolution('stem', 3 * near, detail, 3);
  convolution('detail_down', detail, middle, 2);
  convolution('middle_down', middle, context, 2);
  if (config.vocabulary) shapes.set('word.weight', [context, config.vocabulary]);
  blocks('context_blocks', config.context_depth, context);
  convolution('context_up', context, 4 * middle, 1);
  blocks('middle_blocks', config.middle_depth, middle);
  convolution('middle_up', middle, 4 * detail, 1);
  blocks('detail_blocks', config.detail_depth, detail);
  convolution('detail_up', detail, 4 * fine, 3);
  convolution('fine_up', fine, 4 * 3, 3);
  return shapes;
}
