/**
 * The fastest decoder that the chosen backend can have: the static graph on WebGPU, else the page of tfjs operations. Both
 * compute the same network; where the graph cannot be had, the reason says so, and not before that is tfjs loaded.
 */
import type { FrameDecoder } from '../model/decoder';
import type { DecoderGraph } from '../model/decoder-graph';
import { GraphError } from '../model/errors';
import type { ReadDecoder } from '../model/load';
import type { ClipShape } from '../sampling/types';
import type { ChosenBackend } from './backend';

export interface ReadyDecoder {
  readonly parameters: number;
  /** Where and how it runs, for `DecoderInfo`. */
  readonly reason: string;
  /** Where the static graph cannot be had. */
  readonly whyNot?: 'noGraph';
  readonly draw: FrameDecoder['draw'];
}

/** Of the clips that every transformer here makes; a graph for other frames is built when the first of them comes. */
const usual: ClipShape = { frames: 1, height: 32, width: 32 };

/** Ends with one call, so that the first picture waits for nothing. */
export async function makeDecoder(
  { device, reason, startTfjs }: ChosenBackend,
  { config, tensors }: ReadDecoder,
): Promise<ReadyDecoder> {
  let page: FrameDecoder | undefined;
  let graph: DecoderGraph | undefined;
  let made: ClipShape = usual; // what the graph is for
  let slower = '';

  async function decoderOf(shape: ClipShape): Promise<FrameDecoder> {
    if (page) return page;
    if (graph && made.height === shape.height && made.width === shape.width) return graph;
    graph?.dispose();
    graph = undefined;
    try {
      if (device) {
        const { DecoderGraph } = await import('../model/decoder-graph');
        [graph, made] = [await DecoderGraph.build(device, config, tensors, shape, { frames: 1 }), shape];
        return graph;
      }
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      slower = ` It draws operation by operation, which is slower, because ${error.cause}.`;
    }
    await startTfjs();
    const { Decoder } = await import('../model/decoder');
    page = new Decoder(config, tensors);
    return page;
  }

  const draw: FrameDecoder['draw'] = async (clip, shape, frames, tokens) =>
    (await decoderOf(shape)).draw(clip, shape, frames, tokens);
  await draw(new Float32Array(3 * usual.height * usual.width), usual, [0], Int32Array.of(1));
  const { parameters } = await decoderOf(usual);
  return { parameters, draw, reason: `${reason}${slower}`, ...(slower && { whyNot: 'noGraph' }) };
}
