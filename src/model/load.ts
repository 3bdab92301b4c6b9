/**
 * The model room: a transformer, from the bytes of its files to the denoiser that a sampler calls.
 *
 * config.ts        what fixes the network's shape, and the parameters that follow
 * safetensors.ts   reads weights, and believes no file before every check has passed
 * transformer.ts   the network, on one page, in tfjs operations: the reference, on any backend
 * patches.ts       clips to patches and back, positions and noise levels: the part that needs no GPU
 * graph.ts         the same network as a static graph on a GPUDevice: the fast way
 * network.ts       which kernel of that graph runs on what; kernels/ has them, one file each
 * halves.ts        weights in half precision for it
 * forward.ts       what both have in common
 * denoiser.ts      one of the two bound to one prompt
 *
 * What it is not: it fetches nothing, chooses no backend (src/engine does) and knows no sampler.
 */
import { parameterShapes, parseConfig, type ModelConfig } from './config';
import { checkTensors, parseSafetensors, type StoredTensor } from './safetensors';

export interface ReadModel {
  readonly name: string;
  readonly words: number; // how many of the world's words it knows, see `tokenize`
  readonly config: ModelConfig;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

/** From the bytes of config.json and model.safetensors to what a model is made of, on no backend yet, or a WeightsError. */
export function readTensors(config: Uint8Array, weights: Uint8Array): ReadModel {
  const read = parseConfig(new TextDecoder().decode(config));
  const file = 'model.safetensors';
  const tensors = parseSafetensors(weights, file);
  checkTensors(tensors, parameterShapes(read.config), file);
  return { ...read, tensors };
}
