/**
 * The network as a static graph on a GPUDevice: buffers, pipelines and bind groups are made once, and a call is one
 * command buffer, one submit, one read-back.
 *
 * What it is: the runtime of network.ts, which says what is computed, in the kernels of kernels/.
 * What it is not: it chooses no device and fetches nothing. It never answers with numbers of a call in which the device
 * reported an error. transformer.ts is the reference, and what the engine falls back to.
 *
 * From call to call only the number of rows and the noise level change. Both lie in one small uniform (`Call`), so that
 * one set of pipelines and bind groups serves every call.
 *
 * A device that computes in halves, or adds up in subgroups, gets a second set of pipelines that do. They are used where
 * they prove themselves on this device with these weights: `tryExtras`.
 */
import { normals } from '../sampling/noise';
import type { ClipShape } from '../sampling/types';
import { parameterShapes, tokensOf, type ModelConfig } from './config';
import { GraphError } from './errors';
import { checkTokens, type Encoded, type Forward } from './forward';
import { extrasOf, noExtras, packedCall, type Access, type Call, type Extras, type Kernel } from './kernels/kernel';
import { tiles } from './kernels/matmul';
import {
  bufferBytes,
  checkShape,
  draftNetwork,
  maxRows,
  ways,
  weightBytes,
  type BufferName,
  type Draft,
  type Network,
  type Stage,
  type TileOf,
  type Way,
} from './network';
import { patchLevels, rotaryTable, timeWaves } from './patches';
import type { StoredTensor } from './safetensors';

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
  readonly rows: number;
  readonly buffer: GPUBuffer;
  /** What the device said against the encoding; undefined is good. */
  readonly fault: Promise<string | undefined>;
}

/** Sees the words ('text', (B, L, D)) and the state after each block ('block.0', (B, N, D)). For tests. */
export type Watch = (stage: string, state: Float32Array) => void;

interface Step {
  readonly kernels: Readonly<Record<Way, Kernel>>;
  readonly pipelines: Readonly<Record<Way, GPUComputePipeline>>;
  readonly group: GPUBindGroup;
}

/** A step as it is recorded, with nothing left to work out. */
interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  readonly workgroups: readonly [number, number, number];
}

interface Recorded {
  readonly way: Way;
  readonly call: Call;
  readonly dispatches: readonly Dispatch[];
}

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
  /** Which pipelines answer: chosen while building. */
  way: Way = 'plain';
  /** What was seen of the extras, where the device has any. */
  trial: Trial | undefined;
  private readonly owned: GPUBuffer[] = [];
  private readonly buffers: Readonly<Record<BufferName, GPUBuffer>>;
  private readonly back: GPUBuffer; // (B, 3, F, H, W), where JavaScript can read it
  private readonly words: Float32Array; // (vocabulary, D)
  private readonly positions: Float32Array; // (L, D)
  private network: Network<Step> = { encoding: [], denoising: [] };
  private call: Call = { rows: 0, levels: 0 }; // what the uniform holds
  private readonly recorded = new Map<Stage<Step>, Recorded>();
  private current: GraphText | undefined; // whose words lie in the buffer `words`
  private last: Promise<unknown> = Promise.resolve(); // calls go one after the other: they share the buffers

  /**
   * Takes the tensors of a checked file (see `readTensors` in load.ts) to the device and compiles every kernel. Throws
   * GraphError where the network does not fit, memory does not suffice, or the device reports an error on the way. Ends
   * with a few calls of both rows, so that the first step of a run waits for nothing.
   */
  static async build(
    device: GPUDevice,
    config: ModelConfig,
    tensors: ReadonlyMap<string, StoredTensor>,
    options: GraphOptions = {},
  ): Promise<StaticGraph> {
    checkShape(config);
    checkMemory(config, device.limits);
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
    const made = watchErrors(device); // around what happens at once; what the compiler says comes as a rejection
    let graph: StaticGraph | undefined;
    try {
      let compiling: Promise<ReadonlyMap<string, Compiled>> | undefined;
      let draft: Network<Draft>;
      try {
        graph = new StaticGraph(device, config, tensors);
        draft = draftNetwork(config, tensors, graph.buffers, graph.upload, tileOf, extras);
        const kernels = [...draft.encoding, ...draft.denoising].flatMap(({ steps }) =>
          steps.flatMap((step) => ways.map((way) => step.kernels[way])),
        );
        compiling = compileAll(device, kernels, onProgress);
        compiling.catch(() => {}); // awaited below, unless something else is wrong
      } finally {
        throwFault(await made());
      }
      const compiled = await compiling;
      const bound = watchErrors(device);
      graph.bind(draft, compiled);
      throwFault(await bound());
      if (extras.half || extras.subgroups) await graph.tryExtras();
      return graph;
    } catch (error) {
      graph?.dispose();
      throw error instanceof GraphError
        ? error
        : new GraphError(error instanceof Error ? error.message : String(error));
    }
  }

  private constructor(
    private readonly device: GPUDevice,
    readonly config: ModelConfig,
    tensors: ReadonlyMap<string, StoredTensor>,
  ) {
    this.parameters = [...tensors.values()].reduce((sum, { data }) => sum + data.length, 0);
    this.words = tensors.get('text.word.weight')!.data;
    this.positions = tensors.get('text.position')!.data;
    const bytes = bufferBytes(config);
    const storage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC;
    const buffers = {} as Record<BufferName, GPUBuffer>;
    for (const name of Object.keys(bytes) as BufferName[]) {
      const usage = name === 'call' ? GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST : storage;
      buffers[name] = this.own(name, bytes[name], usage);
    }
    this.buffers = buffers;
    this.back = this.own('back', bytes.clips, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
    const { cos, sin } = rotaryTable(config);
    const rotary = Float32Array.from({ length: 2 * cos.length }, (_, i) => (i % 2 ? sin : cos)[i >> 1]);
    device.queue.writeBuffer(buffers.rotary, 0, rotary);
  }

  dispose(): void {
    for (const buffer of this.owned.splice(0)) buffer.destroy();
  }

  /** Bytes of GPU memory that the graph holds, without encoded prompts. */
  get bytes(): number {
    return this.owned.reduce((sum, { size }) => sum + size, 0);
  }

  /** Dispatches of one step of denoising, however many rows. */
  get dispatches(): number {
    return this.network.denoising.reduce((sum, { steps }) => sum + steps.length, 0);
  }

  encodeText(tokens: readonly Int32Array[]): GraphText {
    const { device, buffers } = this;
    const { dim, text_length } = this.config;
    const rows = tokens.length;
    if (rows < 1 || rows > maxRows) throw new RangeError(`A call has 1 to ${maxRows} rows.`);
    checkTokens(tokens, this.config);
    const embedded = new Float32Array(rows * text_length * dim); // (B, L, D)
    for (let l = 0; l < rows * text_length; l++) {
      const token = tokens[Math.floor(l / text_length)][l % text_length];
      for (let i = 0; i < dim; i++) {
        embedded[l * dim + i] = this.words[token * dim + i] + this.positions[(l % text_length) * dim + i];
      }
    }
    const errors = watchErrors(device);
    const usage = GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const buffer = device.createBuffer({ label: 'text', size: buffers.words.size, usage });
    this.setCall({ rows, levels: 1 });
    device.queue.writeBuffer(buffers.h, 0, embedded);
    const encoder = device.createCommandEncoder();
    this.record(encoder, this.network.encoding);
    encoder.copyBufferToBuffer(buffers.y, 0, buffers.words, 0, embedded.byteLength); // the words, as the last norm left them
    encoder.copyBufferToBuffer(buffers.words, 0, buffer, 0, buffer.size);
    device.queue.submit([encoder.finish()]);
    const text = { rows, buffer, fault: errors(), dispose: () => buffer.destroy() };
    this.current = text;
    return text;
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
    const result = this.last.then(() => this.denoise(x, levels, text, watch));
    this.last = result.catch(() => {});
    return result;
  }

  private async denoise(
    x: Float32Array,
    levels: Float32Array,
    text: GraphText,
    watch?: Watch,
  ): Promise<Float32Array[]> {
    const { device, config, buffers, back } = this;
    const { rows } = text;
    const count = rows * x.length;
    const errors = watchErrors(device);
    const t = patchLevels(levels, config); // (N or 1,)
    this.setCall({ rows, levels: t.length, level: t[0] });
    device.queue.writeBuffer(buffers.waves, 0, timeWaves(t, config) as BufferSource);
    device.queue.writeBuffer(buffers.clip, 0, x as BufferSource);
    if (t.length > 1) device.queue.writeBuffer(buffers.clip, x.byteLength, levels as BufferSource);
    const encoder = device.createCommandEncoder();
    if (this.current !== text) encoder.copyBufferToBuffer(text.buffer, 0, buffers.words, 0, text.buffer.size);
    this.current = text;
    const seen = watch ? this.recordWatched(encoder) : [];
    if (!watch) this.record(encoder, this.network.denoising);
    encoder.copyBufferToBuffer(buffers.clips, 0, back, 0, 4 * count);
    device.queue.submit([encoder.finish()]);
    const [clips, ...faults] = await Promise.all([readBack(back, count, rows), text.fault, errors()]);
    for (const fault of faults) throwFault(fault);
    if (!clips) throw new GraphError('the graphics processor was lost');
    for (const { name, buffer } of seen) {
      watch!(name, (await readBack(buffer, buffer.size / 4))![0]);
      buffer.destroy();
    }
    return clips;
  }

  private setCall(call: Call): void {
    this.call = call;
    this.device.queue.writeBuffer(this.buffers.call, 0, packedCall(call));
  }

  private record(encoder: GPUCommandEncoder, stages: readonly Stage<Step>[]): void {
    const pass = encoder.beginComputePass();
    for (const stage of stages) {
      for (const { pipeline, group, workgroups } of this.dispatchesOf(stage)) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, group);
        pass.dispatchWorkgroups(workgroups[0], workgroups[1], workgroups[2]);
      }
    }
    pass.end();
  }

  /** Kept from call to call, because to work them out was a quarter of what recording costs. */
  private dispatchesOf(stage: Stage<Step>): readonly Dispatch[] {
    const { way, call } = this;
    const last = this.recorded.get(stage);
    if (last?.way === way && last.call.rows === call.rows && last.call.levels === call.levels) return last.dispatches;
    const dispatches = stage.steps.map(({ kernels, pipelines, group }) => {
      return { pipeline: pipelines[way], group, workgroups: kernels[way].workgroups(call) };
    });
    this.recorded.set(stage, { way, call, dispatches });
    return dispatches;
  }

  /**
   * Chooses the pipelines with extras where, on this device and with these weights, they give the same guess and give it
   * sooner. A guess of noise at the first step, since nothing is as far from a clip.
   */
  private async tryExtras(): Promise<void> {
    const { frames, height, width, text_length } = this.config;
    const x = normals(0, 0, 3 * frames * height * width);
    const text = this.encodeText(Array.from({ length: maxRows }, () => new Int32Array(text_length)));
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
    const error = Math.max(...guesses.plain.map((guess, row) => relativeError(guesses.extra[row], guess)));
    this.trial = { error, gain: times.plain / times.extra };
    this.way = wayAfter(this.trial);
  }

  /** The same, with copies of what a test looks at. */
  private recordWatched(encoder: GPUCommandEncoder): { readonly name: string; readonly buffer: GPUBuffer }[] {
    const { device, config, buffers } = this;
    const copy = (name: string, source: GPUBuffer, tokens: number) => {
      const size = 4 * this.call.rows * tokens * config.dim;
      const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
      const buffer = device.createBuffer({ label: name, size, usage });
      encoder.copyBufferToBuffer(source, 0, buffer, 0, size);
      return { name, buffer };
    };
    const seen = [copy('text', buffers.words, config.text_length)];
    for (const stage of this.network.denoising) {
      this.record(encoder, [stage]);
      if (stage.name.startsWith('block')) seen.push(copy(stage.name, buffers.h, tokensOf(config)));
    }
    return seen;
  }

  private own(label: string, size: number, usage: number): GPUBuffer {
    const buffer = this.device.createBuffer({ label, size, usage });
    this.owned.push(buffer);
    return buffer;
  }

  private readonly upload = (label: string, data: Uint16Array<ArrayBuffer> | Float32Array<ArrayBuffer>): GPUBuffer => {
    const buffer = this.own(label, data.byteLength, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST);
    this.device.queue.writeBuffer(buffer, 0, data);
    return buffer;
  };

  private bind({ encoding, denoising }: Network<Draft>, compiled: ReadonlyMap<string, Compiled>): void {
    const finish = ({ name, steps }: Stage<Draft>): Stage<Step> => ({
      name,
      steps: steps.map(({ kernels, regions }) => {
        const { pipeline, layout } = compiled.get(kernels.plain.code)!;
        const entries = regions.map((resource, binding) => ({ binding, resource }));
        const group = this.device.createBindGroup({ label: kernels.plain.label, layout, entries });
        return { kernels, pipelines: { plain: pipeline, extra: compiled.get(kernels.extra.code)!.pipeline }, group };
      }),
    });
    this.network = { encoding: encoding.map(finish), denoising: denoising.map(finish) };
  }
}

/** Before anything is allocated: no buffer beyond what the device allows. */
function checkMemory(config: ModelConfig, limits: GPUSupportedLimits): void {
  const weights = [...parameterShapes(config)].map((entry) => weightBytes([entry]));
  const largest = Math.max(...Object.values(bufferBytes(config)), ...weights);
  const allowed = Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);
  if (largest > allowed) {
    throw new GraphError(`the model needs a buffer of ${largest} bytes, and this graphics processor allows ${allowed}`);
  }
}

interface Compiled {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

const bufferTypes: Readonly<Record<Access, GPUBufferBindingType>> = {
  read: 'read-only-storage',
  change: 'storage',
  uniform: 'uniform',
};

/** Pipelines by the code of their kernel, each program once, without blocking the thread. Rejects with the compiler's words. */
export async function compileAll(
  device: GPUDevice,
  kernels: readonly Kernel[],
  onProgress?: (done: number, total: number) => void,
): Promise<ReadonlyMap<string, Compiled>> {
  const layouts = new Map<string, GPUBindGroupLayout>();
  // Written out, because a layout of the browser's own making leaves out whatever a program happens not to read.
  const layoutOf = ({ bindings }: Kernel): GPUBindGroupLayout => {
    const key = bindings.map(({ access }) => access).join();
    const entries = bindings.map(({ access }, binding) => ({
      binding,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type: bufferTypes[access] },
    }));
    const layout = layouts.get(key) ?? device.createBindGroupLayout({ label: key, entries });
    layouts.set(key, layout);
    return layout;
  };
  const unique = [...new Map(kernels.map((kernel) => [kernel.code, kernel])).values()];
  let done = 0;
  onProgress?.(done, unique.length);
  const entries = unique.map(async (kernel): Promise<[string, Compiled]> => {
    const { label, code } = kernel;
    const layout = layoutOf(kernel);
    const pipeline = await device.createComputePipelineAsync({
      label,
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module: device.createShaderModule({ label, code }), entryPoint: 'main' },
    });
    onProgress?.(++done, unique.length);
    return [code, { pipeline, layout }];
  });
  return new Map(await Promise.all(entries));
}

/**
 * Begins to catch every error of the device. The result ends it, and tells the first error; to be called before the next
 * await, because all code on a device shares one stack of error scopes.
 */
function watchErrors(device: GPUDevice): () => Promise<string | undefined> {
  const kinds = ['validation', 'out-of-memory', 'internal'] as const;
  for (const kind of kinds) device.pushErrorScope(kind);
  return async () => {
    const errors = await Promise.all(kinds.map(() => device.popErrorScope()));
    if (errors[1]) return 'the graphics processor has not enough memory';
    const error = errors[0] ?? errors[2];
    return error ? `the graphics processor reported an error: ${error.message.trim()}` : undefined;
  };
}

/** The first `count` numbers of a buffer, in equal parts; undefined where it cannot be mapped, as on a lost device. */
async function readBack(buffer: GPUBuffer, count: number, parts = 1): Promise<Float32Array[] | undefined> {
  try {
    await buffer.mapAsync(GPUMapMode.READ, 0, 4 * count);
  } catch {
    return undefined;
  }
  const mapped = buffer.getMappedRange(0, 4 * count);
  const part = (4 * count) / parts;
  const numbers = Array.from({ length: parts }, (_, i) => new Float32Array(mapped.slice(i * part, (i + 1) * part)));
  buffer.unmap();
  return numbers;
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

function throwFault(fault: string | undefined): void {
  if (fault !== undefined) throw new GraphError(fault);
}
