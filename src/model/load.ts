/**
 * The model room: two networks, from the bytes of their files to what a run calls. The transformer says what is to be
 * seen, and a denoiser of it is what a sampler calls; the decoder draws it large.
 *
 * convolutions.ts  in tfjs, for both networks
 * safetensors.ts   reads weights, and believes no file before every check has passed
 * recorder.ts      what a static graph of our own kernels needs of a GPUDevice, whichever the network
 * half.ts          weights in half precision for it
 * kernels/         one file each
 *
 * the transformer       the decoder
 * config.ts             decoder-config.ts     what fixes the network's shape, and the parameters that follow
 * transformer.ts        decoder.ts            the network, on one page, in tfjs operations: the reference, on any backend
 * patches.ts            frames.ts             what goes in and comes out: the part that needs no GPU
 * detail.ts                                   its detail head, where it has one: convolutions over the guess
 * weigh.ts                                    the last line: a guess weighed against the noisy pixels
 * graph.ts              decoder-graph.ts      the same network as a static graph on a GPUDevice: the fast way
 * network.ts            decoder-network.ts    which kernel of that graph runs on what; of the detail head, detail-network.ts
 * forward.ts            decoder.ts            what page and graph have in common
 * denoiser.ts                                 one of the two bound to one prompt
 * probe.ts              graph-probe.ts        a look inside, block by block: by the page, and by the transformer's static graph
 * probed.ts                                   what both answer
 *
 * What it is not: it fetches nothing, chooses no backend (src/engine does) and knows no sampler.
 */
import { parameterShapes, parseConfig, type ModelConfig, type ParsedConfig } from './config';
import { decoderShapes, parseDecoderConfig, type DecoderConfig } from './decoder-config';
import { checkTensors, parseSafetensors, type StoredTensor } from './safetensors';

export interface Read<Config> extends ParsedConfig<Config> {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

export type ReadModel = Read<ModelConfig>;
export type ReadDecoder = Read<DecoderConfig>;

/** From the bytes of config.json and model.safetensors to what a model is made of, on no backend yet, or a WeightsError. */
export function readTensors(config: Uint8Array, weights: Uint8Array): ReadModel {
  return read(parseConfig(new TextDecoder().decode(config)), weights, parameterShapes);
}

/** `readTensors` of a decoder. */
export function readDecoder(config: Uint8Array, weights: Uint8Array): ReadDecoder {
  return read(parseDecoderConfig(new TextDecoder().decode(config)), weights, decoderShapes);
}

function read<Config>(
  parsed: ParsedConfig<Config>,
  weights: Uint8Array,
  shapesOf: (config: Config) => ReadonlyMap<string, readonly number[]>,
): Read<Config> {
  const file = 'model.safetensors';
  const tensors = parseSafetensors(weights, file);
  checkTensors(tensors, shapesOf(parsed.config), file);
  return { ...parsed, tensors };
}
