/**
 * The fastest forward pass that the chosen backend can have: the static graph on WebGPU, else the page of tfjs
 * operations. Both compute the same network; where the graph cannot be had, the reason says so, and not before that are
 * tfjs's operations loaded.
 */
import { GraphError } from '../model/errors';
import type { Forward } from '../model/forward';
import { StaticGraph } from '../model/graph';
import { extrasOf, noExtras } from '../model/kernels/kernel';
import type { ReadModel } from '../model/load';
import { extrasToTry, measureOn, productsOf, rememberWay, tuneTiles } from '../model/tuning';
import { TransformerDenoiser } from '../model/denoiser';
import { tokenize } from '../world/prompt';
import type { ChosenBackend } from './backend';
import { browserMemory } from './memory';

export interface ReadyForward {
  readonly forward: Forward;
  /** Where and how the model runs, for `EngineInfo`. */
  readonly reason: string;
  /** Where the static graph cannot be had. */
  readonly whyNot?: 'noGraph';
}

/** Ends with one guided call, so that the first step of the first run waits for nothing. onProgress: steps done, of how many. */
export async function makeForward(
  { device, adapter, reason, startTfjs }: ChosenBackend,
  { config, tensors }: ReadModel,
  onProgress: (done: number, total: number) => void,
): Promise<ReadyForward> {
  let total = 1; // kernels to compile, and the call
  let slower = '';
  if (device && adapter) {
    let graph: StaticGraph | undefined;
    try {
      // On a program that plays a graphics processor, a measurement would take longer than it could ever win back.
      const memory = browserMemory();
      const extras = adapter.emulated
        ? noExtras
        : await extrasToTry(config, adapter.name, memory, extrasOf(device.features));
      const tileOf = adapter.emulated
        ? undefined
        : await tuneTiles(productsOf(config), adapter.name, memory, measureOn(device), { fp16: extras.half });
      const compiled = (done: number, kernels: number) => onProgress(done, (total = kernels + 1));
      graph = await StaticGraph.build(device, config, tensors, { tileOf, extras, onProgress: compiled });
      if (!adapter.emulated) await rememberWay(config, adapter.name, memory, graph.way);
      await warmUp(graph);
      onProgress(total, total);
      return { forward: graph, reason };
    } catch (error) {
      graph?.dispose();
      if (!(error instanceof GraphError)) throw error;
      slower = ` It runs operation by operation, which is slower, because ${error.cause}.`;
    }
  }
  onProgress(total - 1, total);
  await startTfjs();
  const { Transformer } = await import('./tfjs');
  const forward = new Transformer(config, tensors);
  await warmUp(forward).catch((error: unknown) => {
    forward.dispose();
    throw error;
  });
  onProgress(total, total);
  return { forward, reason: `${reason}${slower}`, ...(slower && { whyNot: 'noGraph' }) };
}

async function warmUp(model: Forward): Promise<void> {
  const { frames, height, width, text_length } = model.config;
  const pixels = frames * height * width;
  const denoiser = new TransformerDenoiser(model, tokenize('', text_length).tokens);
  try {
    await denoiser.guess(new Float32Array(3 * pixels), new Float32Array(pixels), ['prompt', 'empty']);
  } finally {
    denoiser.dispose();
  }
}
