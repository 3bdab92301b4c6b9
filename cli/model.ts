/** Model folders of this disk, checked like a download and loaded on a backend that Node has. For every command here. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { selectBackend, type ChosenBackend } from '../src/engine/backend';
import { checkLikeness } from '../src/engine/other';
import type { BackendName, OtherName } from '../src/engine/protocol';
import { readModel, type Others, type ReadFile } from '../src/engine/weights';
import { Decoder } from '../src/model/decoder';
import { WeightsError } from '../src/model/errors';
import { readDecoder, readTensors } from '../src/model/load';
import { Transformer } from '../src/model/transformer';

export interface OpenModel extends ChosenBackend {
  readonly name: string;
  readonly words: number; // of the world's that it knows
  readonly model: Transformer;
  readonly sha256: string; // of the weights
  readonly folder: string;
  readonly others: Others; // its other networks, relative to that
}

/** Throws WeightsError or EngineError. */
export async function openModel(
  folder: string,
  preferred: BackendName,
  onFault: (error: Error) => void,
): Promise<OpenModel> {
  const { config, weights, sha256, others } = await readModel(fromDisk(folder));
  const wasmFolder = `${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`;
  const chosen = await selectBackend({ preferred, wasmFolder, onFault });
  await chosen.startTfjs();
  const { name, words, config: shape, tensors } = readTensors(config, weights);
  const model = new Transformer(shape, tensors);
  return { ...chosen, name, words, model, sha256, folder, others };
}

const missing: Readonly<Record<OtherName, readonly [problem: string, next: string]>> = {
  weak: ['names no earlier copy of itself', 'choose another --rule, or another model'],
  student: ['has no student', 'leave out --student, or choose another model'],
};

/** Another network of a model that is open, on the same backend. Throws WeightsError, also where there is none. */
export async function openOther(
  { name, folder, others, words, model: { config } }: OpenModel,
  other: OtherName,
): Promise<Transformer> {
  const at = others[other];
  if (at === undefined) throw new WeightsError(name, ...missing[other]);
  const files = await readModel(fromDisk(join(folder, at)));
  const read = readTensors(files.config, files.weights);
  checkLikeness(read, { config, words });
  return new Transformer(read.config, read.tensors);
}

export interface OpenDecoder {
  readonly name: string;
  readonly words: number; // of the world's that it knows
  readonly decoder: Decoder;
  readonly sha256: string; // of the weights
}

/** The second network, on the backend that a model was opened on before. Throws WeightsError, which says that it is the decoder's. */
export async function openDecoder(folder: string): Promise<OpenDecoder> {
  try {
    const { config, weights, sha256 } = await readModel(fromDisk(folder));
    const { name, words, config: shape, tensors } = readDecoder(config, weights);
    return { name, words, decoder: new Decoder(shape, tensors), sha256 };
  } catch (error) {
    if (!(error instanceof WeightsError)) throw error;
    const next = 'export the decoder again, or add --size 32 to do without';
    throw new WeightsError('the decoder', `cannot be used, for ${error.cause}`, next);
  }
}

function fromDisk(folder: string): ReadFile {
  return async function* (name) {
    try {
      yield await readFile(join(folder, name));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new WeightsError(join(folder, name), `cannot be read (${code})`, 'export the model again');
    }
  };
}
