import { parameterShapes, parseConfig } from './config';
import { checkTensors, parseSafetensors } from './safetensors';
import { Transformer } from './transformer';

/** From the bytes of config.json and model.safetensors to a model on the chosen backend, or a WeightsError. */
export function loadModel(config: Uint8Array, weights: Uint8Array): { name: string; model: Transformer } {
  const { name, config: shape } = parseConfig(new TextDecoder().decode(config));
  const file = 'model.safetensors';
  const tensors = parseSafetensors(weights, file);
  checkTensors(tensors, parameterShapes(shape), file);
  return { name, model: new Transformer(shape, tensors) };
}
