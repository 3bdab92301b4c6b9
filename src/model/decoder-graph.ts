/**
 * The decoder as a static graph on a GPUDevice: buffers, pipelines and bind groups are made once, for frames of one size,
 * and a call is one command buffer, one submit, one read-back.
 *
 * What it is: what goes in and out of decoder-network.ts, which says what is computed; recorder.ts runs it.
 * What it is not: it chooses no device and fetches nothing. decoder.ts is the reference, and what the engine falls back to.
 */
import type { ClipShape } from '../sampling/types';
import type { FrameDecoder } from './decoder';
import { decoderShapes, factor, type DecoderConfig } from './decoder-config';
import {
  checkDecoder,
  decoderBytes,
  draftDecoder,
  nearChannels,
  type DecoderBuffer,
  type DecoderNetwork,
} from './decoder-network';
import { bagOf, checkFrames, neighbours } from './frames';
import type { Grid } from './kernels/convolution';
import { packedCall } from './kernels/kernel';
import { tiles } from './kernels/matmul';
import { weightBytes, type TileOf } from './network';
import { checkMemory, Recorder, watchErrors, type Step } from './recorder';
import type { StoredTensor } from './safetensors';

export interface DecoderGraphOptions {
  /** Frames that one call draws at most; more are drawn in several. */
  readonly frames?: number;
  /** Pipelines compiled so far, and in all. */
  readonly onProgress?: (done: number, total: number) => void;
  /** The block that a convolution is computed in; without it, the small one, since channels are few. */
  readonly tileOf?: TileOf;
}

export class DecoderGraph implements FrameDecoder {
  readonly parameters: number;
  private readonly buffers: Readonly<Record<DecoderBuffer, GPUBuffer>>;
  private readonly back: GPUBuffer; // (B, 3, 4H, 4W), where JavaScript can read it
  private readonly word: Float32Array | undefined; // (context, V)
  private readonly bias: Float32Array; // (context,)
  private network: DecoderNetwork<Step> = { drawing: [] };

  /**
   * Takes the tensors of a checked file (see `readDecoder` in load.ts) to the device and compiles every kernel, for frames
   * of this height and width. Throws GraphError where the network does not fit, memory does not suffice, or the device
   * reports an error on the way.
   */
  static async build(
    device: GPUDevice,
    config: DecoderConfig,
    tensors: ReadonlyMap<string, StoredTensor>,
    { height, width }: Grid,
    { frames = 16, onProgress, tileOf = () => tiles.small }: DecoderGraphOptions = {},
  ): Promise<DecoderGraph> {
    const size = { height, width };
    checkDecoder(config, size);
    const weights = [...decoderShapes(config)].map((entry) => weightBytes([entry]));
    checkMemory([...Object.values(decoderBytes(config, size, frames)), ...weights], device.limits);
    const recorder = new Recorder(device);
    return recorder.making(async () => {
      const [graph, network] = await recorder.finish(() => {
        const made = new DecoderGraph(recorder, config, tensors, size, frames);
        return [made, draftDecoder(config, size, tensors, made.buffers, recorder.upload, tileOf)];
      }, onProgress);
      graph.network = network;
      return graph;
    });
  }

  private constructor(
    private readonly recorder: Recorder,
    readonly config: DecoderConfig,
    tensors: ReadonlyMap<string, StoredTensor>,
    private readonly size: Grid,
    private readonly frames: number,
  ) {
    this.parameters = [...tensors.values()].reduce((sum, { data }) => sum + data.length, 0);
    this.word = tensors.get('word.weight')?.data;
    this.bias = tensors.get('middle_down.bias')!.data;
    const bytes = decoderBytes(config, size, frames);
    this.buffers = recorder.buffers(bytes);
    this.back = recorder.back(bytes.pictures);
  }

  dispose(): void {
    this.recorder.dispose();
  }

  /** Bytes of GPU memory that the graph holds. */
  get bytes(): number {
    return this.recorder.bytes;
  }

  /** Dispatches of one call, however many frames. */
  get dispatches(): number {
    return this.network.drawing.reduce((sum, { steps }) => sum + steps.length, 0);
  }

  /** See `FrameDecoder`. Its buffers fit one height and width: rejects with a RangeError for any other. */
  async draw(
    clip: Float32Array,
    shape: ClipShape,
    frames: readonly number[],
    tokens: Int32Array,
  ): Promise<Float32Array[]> {
    const { height, width } = this.size;
    checkFrames(clip, shape, frames, tokens);
    if (shape.height !== height || shape.width !== width)
      throw new RangeError(`This graph was made for frames of ${height} x ${width}: make one for yours.`);
    const pictures: Float32Array[] = [];
    for (let first = 0; first < frames.length; first += this.frames) {
      const some = frames.slice(first, first + this.frames);
      pictures.push(...(await this.recorder.inTurn(() => this.drawSome(clip, shape, some, tokens))));
    }
    return pictures;
  }

  private drawSome(
    clip: Float32Array,
    shape: ClipShape,
    frames: readonly number[],
    tokens: Int32Array,
  ): Promise<Float32Array[]> {
    const { recorder, config, buffers, network } = this;
    const { device } = recorder;
    const call = { batch: frames.length, levels: 1 };
    const errors = watchErrors(device);
    device.queue.writeBuffer(buffers.call, 0, packedCall(call));
    device.queue.writeBuffer(buffers.caption, 0, this.caption(tokens));
    device.queue.writeBuffer(buffers.near, 0, neighbours(clip, shape, frames, config.near, nearChannels(config)));
    const encoder = device.createCommandEncoder();
    recorder.record(encoder, network.drawing, call);
    const count = frames.length * 3 * factor ** 2 * shape.height * shape.width;
    return recorder.answer(encoder, [buffers.pictures, this.back], [count, frames.length], errors);
  }

  /** What the words add to every pixel of `middle_down`, the same for all frames, with its bias: (context,). */
  private caption(tokens: Int32Array): Float32Array<ArrayBuffer> {
    const { vocabulary } = this.config;
    const bag = bagOf(tokens, vocabulary); // (V,)
    const word = this.word;
    if (!word) return Float32Array.from(this.bias);
    return Float32Array.from(this.bias, (bias, i) =>
      bag.reduce((sum, has, v) => sum + has * word[i * vocabulary + v], bias),
    );
  }
}
