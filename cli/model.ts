/** A model folder of this disk, checked like a download and loaded on a backend that Node has. For every command here. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { selectBackend, type ChosenBackend } from '../src/engine/backend';
import type { BackendName } from '../src/engine/protocol';
import { readModel } from '../src/engine/weights';
import { WeightsError } from '../src/model/errors';
import { loadModel, type LoadedModel } from '../src/model/load';

export interface OpenModel extends ChosenBackend, LoadedModel {
  readonly sha256: string; // of the weights
}

/** Throws WeightsError or EngineError. */
export async function openModel(
  folder: string,
  preferred: BackendName,
  onFault: (error: Error) => void,
): Promise<OpenModel> {
  const { config, weights, sha256 } = await readModel(async function* (name) {
    try {
      yield await readFile(join(folder, name));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new WeightsError(join(folder, name), `cannot be read (${code})`, 'export the model again');
    }
  });
  const wasmFolder = `${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`;
  const chosen = await selectBackend({ preferred, wasmFolder, onFault });
  return { ...chosen, ...loadModel(config, weights), sha256 };
}
