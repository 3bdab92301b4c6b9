/**
 * The transformer as a static graph on a GPUDevice: buffers, pipelines and bind groups are made once, and a call is one
 * command buffer, one submit, one read-back.
 *
 * What it is: what goes in and out of network.ts, which says what is computed, in the kernels of kernels/; recorder.ts runs
 * them.
 * What it is not: it chooses no device and fetches nothing. transformer.ts is the reference, and what the engine falls
 * back to.
 *
 * From call to call only the batch size and the noise level change. Both lie in one small uniform (`Call`), so that
 * one set of pipelines and bind groups serves every call.
 *
 * A device that computes in fp16, or adds up in subgroups, gets a second set of pipelines that do. They are used where
 * they prove themselves on this device with these weights: `tryExtras`.
 */
import { normals } from '../sampling/noise';
import { checkAblation } from '../sampling/ablation';
import type { Ablation, ClipShape } from '../sampling/types';
import { cutOf, keyScalesOf, orderOf, turnsOf } from './ablation';
import { guessChannelsOf, parameterShapes, tokensOf, type ModelConfig } from './config';
import { checkTokens, type Encoded, type Forward } from './forward';
import { extrasOf, noExtras, packedCall, packedLimits, type Call, type Extras } from './kernels/kernel';
import { tiles } from './kernels/matmul';
import {
  blockName,
  bufferBytes,
  checkShape,
  draftNetwork,
  limitsOffset,
  maxBatch,
  weightBytes,
  type BufferName,
  type Network,
  type TileOf,
} from './network';
import { patchLevels, rotaryTable, timeWaves } from './patches';
import { checkMemory, readBack, Recorder, watchErrors, ways, type Stage, type Step, type Way } from './recorder';
import type { StoredTensor } from './safetensors';
import { weigh } from './weigh';

export interface GraphOptions {
  /** Pipelines compiled so far, and in all. */
  readonly onProgress?: (done: number, total: number) => void;
  /** The block that a matrix product is computed in; without it, `plainTile`. */
  readonly tileOf?: TileOf;
  /** What kernels may use beyond plain WGSL, if it proves itself; without it, whatever the device has. */
  readonly extras?: Extras;
}

/** Encoded words on the device: a copy of the graph's buffer `words`. */
export interface GraphText extends Encoded {
  readonly batch: number;
  readonly buffer: GPUBuffer;
  /** What its calls do without. */
  readonly ablation: readonly Ablation[];
  /** What the device said against the encoding; undefined is good. */
  readonly fault: Promise<string | undefined>;
}

/** Sees the words ('text', (B, L, D)) and the state after each block ('block.0', (B, N, D)). For tests. */
export type Watch = (stage: string, state: Float32Array) => void;

/** A guess with extras beside the plain one. */
export interface Trial {
  readonly error: number; // largest difference, as a share of the largest number
  readonly gain: number; // how many times as fast
}

/** How far a guess with extras may lie from the plain one, as a share of its largest number. */
const allowedError = 5e-3;
/** Calls that are timed each way, and how much faster the extras must be for more than a measurement's sway. */
const timedCalls = 3;
const smallestGain = 1.05;

/** Bytes of GPU memory that the graph of a network takes, with `texts` encoded prompts. */
export function memoryOf(config: ModelConfig, texts = 1): number {
  const buffers = bufferBytes(config);
  const activations = Object.values(buffers).reduce((sum, bytes) => sum + bytes, buffers.clips); // and the read-back
  return activations + weightBytes(parameterShapes(config)) + texts * buffers.words;
}

/** Without a measurement: large blocks, as long as they are enough to keep a graphics processor busy. */
export const plainTile: TileOf = ({ m, n }) => {
  if (m === 'levels') return tiles.flat;
  return Math.ceil(m / 64) * Math.ceil(n / 64) >= 64 ? tiles.deep : tiles.small;
};

/** A guess that lies too far off is never taken, however fast; and what is hardly faster is not worth the rounding. */
export function wayAfter({ error, gain }: Trial): Way {
  return error <= allowedError && gain > smallestGain ? 'extra' : 'plain';
}

export class StaticGraph implements Forward<GraphText> {
  readonly parameters: number;
  readonly fixed = true;
  /** Which pipelines answer: chosen while building. */
  way: Way = 'plain';
  /** What was seen of the extras, where the device has any. */
  trial: Trial | undefined;
  readonly buffers: Readonly<Record<BufferName, GPUBuffer>>;
  private readonly back: GPUBuffer; // (B, 3 or 4, F, H, W), where JavaScript can read it
  private readonly words: Float32Array; // (vocabulary, D)
  private readonly positions: Float32Array; // (L, D)
  private network: Network<Step> = { encoding: [], denoising: [] };
  private call: Call = { batch: 0, levels: 0 }; // what the uniform holds
  private current: GraphText | undefined; // whose words lie in the buffer `words`
  private whole = true; // what lies in `limits` and `rotary` is of a network that does without nothing
  private readonly turns: Float32Array<ArrayBuffer>; // (N, d/2) of (cosine, sine)

  /**
   * Takes the tensors of a checked file (see `readTensors` in load.ts) to the device and compiles every kernel. Throws
   * GraphError where the network does not fit, memory does not suffice, or the device reports an error on the way. Ends
   * with a few guided calls, so that the first step of a run waits for nothing.
   */
  static async build(
    device: GPUDevice,
    config: ModelConfig,
    tensors: ReadonlyMap<string, StoredTensor>,
    options: GraphOptions = {},
  ): Promise<StaticGraph> {
    checkShape(config);
    const weights = [...parameterShapes(config)].map((entry) => weightBytes([entry]));
    checkMemory([...Object.values(bufferBytes(config)), ...weights], device.limits);
    const { extras = extrasOf(device.features) } = options;
    try {
      return await StaticGraph.make(device, config, tensors, options, extras);
    } catch (error) {
      if (!extras.half && !extras.subgroups) throw error;
      return StaticGraph.make(device, config, tensors, options, noExtras); // what is wrong may be the extras
    }
  }

  private static async make(
    device: GPUDevice,
    config: ModelConfig,
    tensors: ReadonlyMap<string, StoredTensor>,
    { onProgress, tileOf = plainTile }: GraphOptions,
    extras: Extras,
  ): Promise<StaticGraph> {
    const recorder = new Recorder(device);
    return recorder.making(async () => {
      const [graph, network] = await recorder.finish(() => {
        const made = new StaticGraph(recorder, config, tensors);
        return [made, draftNetwork(config, tensors, made.buffers, recorder.upload, tileOf, extras)];
      }, onProgress);
      graph.network = network;
      if (extras.half || extras.subgroups) await graph.tryExtras();
      return graph;
    });
  }

  private constructor(
    readonly recorder: Recorder,
    readonly config: ModelConfig,
    tensors: ReadonlyMap<string, StoredTensor>,
  ) {
    this.parameters = [...tensors.values()].reduce((sum, { data }) => sum + data.length, 0);
    this.words = tensors.get('text.word.weight')!.data;
    this.positions = tensors.get('text.position')!.data;
    const bytes = bufferBytes(config);
    this.buffers = recorder.buffers(bytes);
    this.back = recorder.back(bytes.clips);
    const { cos, sin } = rotaryTable(config);
    this.turns = Float32Array.from({ length: 2 * cos.length }, (_, i) => (i % 2 ? sin : cos)[i >> 1]);
    this.cut([]);
  }

  dispose(): void {
    this.recorder.dispose();
  }

  /** Bytes of GPU memory that the graph holds, without encoded prompts. */
  get bytes(): number {
    return this.recorder.bytes;
  }

  /** Dispatches of one step of denoising, however large the batch. */
  get dispatches(): number {
    return this.network.denoising.reduce((sum, { steps }) => sum + steps.length, 0);
  }

  encodeText(tokens: readonly Int32Array[], ablation: readonly Ablation[] = []): GraphText {
    const { buffers } = this;
    const { device } = this.recorder;
    const { dim, text_length } = this.config;
    const batch = tokens.length;
    if (batch < 1 || batch > maxBatch) throw new RangeError(`A call has 1 to ${maxBatch} prompts.`);
    checkTokens(tokens, this.config);
    checkAblation(ablation, this.config);
    const embedded = new Float32Array(batch * text_length * dim); // (B, L, D)
    for (let l = 0; l < batch * text_length; l++) {
      const token = tokens[Math.floor(l / text_length)][l % text_length];
      for (let i = 0; i < dim; i++) {
        embedded[l * dim + i] = this.words[token * dim + i] + this.positions[(l % text_length) * dim + i];
      }
    }
    this.turn(embedded, tokens, ablation);
    const errors = watchErrors(device);
    const usage = GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const buffer = device.createBuffer({ label: 'text', size: buffers.words.size, usage });
    this.setCall({ batch, levels: 1 });
    device.queue.writeBuffer(buffers.h, 0, embedded);
    const scales = keyScalesOf(ablation, tokens) ?? new Float32Array(batch * text_length).fill(1); // (B, L)
    device.queue.writeBuffer(buffers.scales, 0, scales);
    const encoder = device.createCommandEncoder();
    this.record(encoder, this.network.encoding);
    encoder.copyBufferToBuffer(buffers.y, 0, buffers.words, 0, embedded.byteLength); // the words, as the last norm left them
    encoder.copyBufferToBuffer(buffers.words, 0, buffer, 0, buffer.size);
    device.queue.submit([encoder.finish()]);
    const text = { batch, buffer, ablation, fault: errors(), dispose: () => buffer.destroy() };
    this.current = text;
    return text;
  }

  /** Turns the vectors of words as an ablation says. embedded: (B, L, D) */
  private turn(embedded: Float32Array, tokens: readonly Int32Array[], ablation: readonly Ablation[]): void {
    const { words } = this;
    const { dim, vocabulary } = this.config;
    for (const { minus, plus, share, at } of turnsOf(ablation, tokens, vocabulary))
      for (let i = 0; i < embedded.length; i++) {
        const d = i % dim;
        if (at[Math.floor(i / dim)]) embedded[i] += share * (words[plus * dim + d] - words[minus * dim + d]);
      }
  }

  async wordVectors(): Promise<Float32Array> {
    return this.words.slice();
  }

  /** See `Forward`. Its buffers fit one shape: rejects with a RangeError for any other. */
  async guess(
    x: Float32Array,
    levels: Float32Array,
    text: GraphText,
    shape: ClipShape = this.config,
    watch?: Watch,
  ): Promise<Float32Array[]> {
    const { frames, height, width } = this.config;
    if (shape.frames !== frames || shape.height !== height || shape.width !== width)
      throw new RangeError(`This graph was made for clips of ${frames} x ${height} x ${width}: make one for yours.`);
    return this.recorder.inTurn(() => this.denoise(x, levels, text, watch));
  }

  private async denoise(
    x: Float32Array,
    levels: Float32Array,
    text: GraphText,
    watch?: Watch,
  ): Promise<Float32Array[]> {
    const { config, buffers, back, recorder } = this;
    const { device } = recorder;
    const { batch, ablation } = text;
    const count = (batch * x.length * guessChannelsOf(config)) / 3;
    const errors = watchErrors(device);
    const encoder = device.createCommandEncoder();
    this.begin(encoder, x, levels, text);
    const stages = this.stagesOf(ablation);
    const seen = watch ? this.recordWatched(encoder, stages) : [];
    if (!watch) this.record(encoder, stages);
    const said = await recorder.answer(encoder, [buffers.clips, back], [count, batch], errors, text.fault);
    for (const { name, buffer } of seen) {
      watch!(name, (await readBack(buffer, buffer.size / 4))![0]);
      buffer.destroy();
    }
    return said.map((guess) => weigh(guess, x, levels)); // (3, F, H, W) each
  }

  /** Tells the device what a call is of; within a turn of the recorder. */
  begin(encoder: GPUCommandEncoder, x: Float32Array, levels: Float32Array, text: GraphText): void {
    const { config, buffers } = this;
    const { queue } = this.recorder.device;
    const { batch, ablation } = text;
    const t = patchLevels(levels, config); // (N or 1,)
    this.setCall({ batch, levels: t.length, level: t[0] });
    queue.writeBuffer(buffers.waves, 0, timeWaves(t, config) as BufferSource);
    queue.writeBuffer(buffers.clip, 0, x as BufferSource);
    if (t.length > 1) queue.writeBuffer(buffers.clip, x.byteLength, levels as BufferSource);
    if (!this.whole || ablation.length > 0) this.cut(ablation);
    if (this.current !== text) encoder.copyBufferToBuffer(text.buffer, 0, buffers.words, 0, text.buffer.size);
    this.current = text;
  }

  /** For a look inside (graph-probe.ts). */
  stageOf(name: string): Stage<Step> {
    return this.network.denoising.find((stage) => stage.name === name)!;
  }

  recordPlain(encoder: GPUCommandEncoder, stages: readonly (string | Stage<Step>)[]): void {
    const found = stages.map((stage) => (typeof stage === 'string' ? this.stageOf(stage) : stage));
    this.recorder.record(encoder, found, this.call, 'plain');
  }

  private setCall(call: Call): void {
    this.call = call;
    this.recorder.device.queue.writeBuffer(this.buffers.call, 0, packedCall(call));
  }

  /** Tells the device what a call does without. The blocks that are left out are simply not recorded: `stagesOf`. */
  private cut(ablation: readonly Ablation[]): void {
    const { buffers, config, turns } = this;
    const { queue } = this.recorder.device;
    for (let i = 0; i < config.depth; i++)
      queue.writeBuffer(buffers.limits, limitsOffset(i), packedLimits(cutOf(ablation, i)));
    const order = orderOf(ablation, tokensOf(config)); // (N)
    const row = config.dim / config.heads; // numbers of a patch's place
    const places = order
      ? Float32Array.from(turns, (_, at) => turns[order[Math.floor(at / row)] * row + (at % row)])
      : turns;
    queue.writeBuffer(buffers.rotary, 0, places);
    this.whole = ablation.length === 0;
  }

  private stagesOf(ablation: readonly Ablation[]): readonly Stage<Step>[] {
    const { denoising } = this.network;
    const left = ablation.flatMap((each) => (each.kind === 'block' ? blockName(each.block) : []));
    return left.length > 0 ? denoising.filter(({ name }) => !left.includes(name)) : denoising;
  }

  private record(encoder: GPUCommandEncoder, stages: readonly Stage<Step>[]): void {
    this.recorder.record(encoder, stages, this.call, this.way);
  }

  /**
   * Chooses the pipelines with extras where, on this device and with these weights, they give the same guess and give it
   * sooner. A guess of noise at the first step, since nothing is as far from a clip.
   */
  private async tryExtras(): Promise<void> {
    const { frames, height, width, text_length } = this.config;
    const x = normals(0, 0, 3 * frames * height * width);
    const text = this.encodeText(Array.from({ length: maxBatch }, () => new Int32Array(text_length)));
    const guesses = {} as Record<Way, Float32Array[]>;
    const times: Record<Way, number> = { plain: Infinity, extra: Infinity };
    try {
      for (let round = 0; round <= timedCalls; round++) {
        for (const way of ways) {
          this.way = way;
          const started = performance.now();
          guesses[way] = await this.guess(x, new Float32Array(1), text);
          if (round > 0) times[way] = Math.min(times[way], performance.now() - started); // the first one warms up
        }
      }
    } finally {
      text.dispose();
    }
    const error = Math.max(...guesses.plain.map((guess, i) => relativeError(guesses.extra[i], guess)));
    this.trial = { error, gain: times.plain / times.extra };
    this.way = wayAfter(this.trial);
  }

  /** The same, with copies of what a test looks at. */
  private recordWatched(
    encoder: GPUCommandEncoder,
    stages: readonly Stage<Step>[],
  ): { readonly name: string; readonly buffer: GPUBuffer }[] {
    const { config, buffers } = this;
    const { device } = this.recorder;
    const copy = (name: string, source: GPUBuffer, tokens: number) => {
      const size = 4 * this.call.batch * tokens * config.dim;
      const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
      const buffer = device.createBuffer({ label: name, size, usage });
      encoder.copyBufferToBuffer(source, 0, buffer, 0, size);
      return { name, buffer };
    };
    const seen = [copy('text', buffers.words, config.text_length)];
    for (const stage of stages) {
      this.record(encoder, [stage]);
      if (stage.name.startsWith('block')) seen.push(copy(stage.name, buffers.h, tokensOf(config)));
    }
    return seen;
  }
}

/** Largest difference, as a share of the largest number. Infinite where anything is no number. */
function relativeError(got: Float32Array, expected: Float32Array): number {
  let [difference, largest] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    difference = Math.max(difference, Math.abs(got[i] - expected[i])); // NaN stays NaN
    largest = Math.max(largest, Math.abs(expected[i]));
  }
  const error = difference / largest;
  return Number.isFinite(error) ? error : Infinity;
}
