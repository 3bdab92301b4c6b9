/**
 * The model room: a transformer in tfjs, from the bytes of its files to the denoiser that a sampler calls.
 *
 * config.ts        what fixes the network's shape, and the parameters that follow
 * safetensors.ts   reads weights, and believes no file before every check has passed
 * transformer.ts   the network, on one page
 * patches.ts       clips to patches and back, positions and noise levels: the part that needs no GPU
 * denoiser.ts      the transformer bound to one prompt
 *
 * What it is not: it fetches nothing, chooses no backend (src/engine does) and knows no sampler.
 */
import { parameterShapes, parseConfig } from './config';
import { checkTensors, parseSafetensors } from './safetensors';
import { Transformer } from './transformer';

export interface LoadedModel {
  readonly name: string;
  readonly words: number; // how many of the world's words it knows, see `tokenize`
  readonly model: Transformer;
}

/** From the bytes of config.json and model.safetensors to a model on the chosen backend, or a WeightsError. */
export function loadModel(config: Uint8Array, weights: Uint8Array): LoadedModel {
  const { name, config: shape, words } = parseConfig(new TextDecoder().decode(config));
  const file = 'model.safetensors';
  const tensors = parseSafetensors(weights, file);
  checkTensors(tensors, parameterShapes(shape), file);
  return { name, words, model: new Transformer(shape, tensors) };
}
