/**
 * onnxruntime-web on the exported network. The package weighs 140 MB, which no class should fetch for a bench that few
 * run, so it is no dependency: who has it (`howToInstall`) gets its figures, everybody else one line that says so.
 */
import { unpatchify, patchify, patchLevels, timeWaves } from '../src/model/patches';
import { guessChannelsOf, patchPixelsOf, tokensOf, type ModelConfig } from '../src/model/config';
import { weigh } from '../src/model/weigh';
import type { StoredTensor } from '../src/model/safetensors';
import type { EncodedText } from '../src/model/transformer';
import { onnxOf } from './onnx';

export const ortVersion = '1.30.0';
export const howToInstall = `not installed; npm install --no-save onnxruntime-web@${ortVersion} brings it`;

interface OrtTensor {
  getData(): Promise<Float32Array>;
  dispose(): void;
}

/** The part of onnxruntime-web that is used here; its own types are only there where it is installed. */
export interface Ort {
  readonly env: { readonly wasm: { numThreads: number; wasmPaths?: string }; readonly versions: { web?: string } };
  readonly Tensor: new (type: 'float32', data: Float32Array, shape: readonly number[]) => OrtTensor;
  readonly InferenceSession: {
    create(file: Uint8Array, options: object): Promise<Session>;
  };
}

interface Session {
  run(inputs: Readonly<Record<string, OrtTensor>>): Promise<Readonly<Record<string, OrtTensor>>>;
  release(): Promise<void>;
}

/** The same as `Transformer.guess` of that prompt, at one noise level everywhere. */
export async function ortOf(
  ort: Ort,
  provider: 'wasm' | 'webgpu',
  config: ModelConfig,
  tensors: ReadonlyMap<string, StoredTensor>,
  text: EncodedText,
) {
  const { file, output } = await onnxOf(config, tensors, text);
  const session = await ort.InferenceSession.create(file, {
    executionProviders: [provider],
    graphOptimizationLevel: 'all',
  });
  return {
    async guess(x: Float32Array, levels: Float32Array): Promise<Float32Array[]> {
      const waves = timeWaves(patchLevels(levels, config), config);
      const inputs = {
        patches: new ort.Tensor('float32', patchify(x, levels, config), [
          1,
          tokensOf(config),
          4 * patchPixelsOf(config),
        ]),
        waves: new ort.Tensor('float32', waves, [1, 1, config.time_features]),
      };
      const { [output]: patches } = await session.run(inputs);
      const data = await patches.getData();
      patches.dispose();
      const size = guessChannelsOf(config) * patchPixelsOf(config) * tokensOf(config);
      return Array.from({ length: data.length / size }, (_, i) =>
        weigh(unpatchify(data.subarray(i * size, (i + 1) * size), config), x, levels),
      );
    },
    dispose: () => void session.release(),
  };
}
