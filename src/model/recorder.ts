/**
 * A network's buffers and kernels on a GPUDevice: made once, and a call is one command buffer, one submit, one read-back.
 *
 * What it is: the runtime of every static graph, graph.ts and decoder-graph.ts, which know what is computed.
 * What it is not: it knows no network. It never answers with numbers of a call in which the device reported an error.
 */
import { GraphError } from './errors';
import type { Access, Call, Kernel } from './kernels/kernel';

/** The two ways to compute a step: in WGSL that every device has, and with the extras of this one. The bindings are the same. */
export type Way = 'plain' | 'extra';
export const ways: readonly Way[] = ['plain', 'extra'];

const uniforms: ReadonlySet<string> = new Set(['call', 'limits']);

/** A kernel, in both ways, and what it binds, in the order of its bindings. */
export interface Draft {
  readonly kernels: Readonly<Record<Way, Kernel>>;
  readonly regions: readonly GPUBufferBinding[];
}

/** Some kernels that belong together; a test looks at what a stage leaves behind. */
export interface Stage<Step> {
  readonly name: string;
  readonly steps: readonly Step[];
}

export interface Step {
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

/** Stages by what they are for, such as encoding and denoising. */
type Stages<Each> = Readonly<Record<string, readonly Stage<Each>[]>>;
type Finished<Network> = { readonly [Part in keyof Network]: readonly Stage<Step>[] };

export class Recorder {
  private readonly owned: GPUBuffer[] = [];
  private readonly recorded = new Map<Stage<Step>, Recorded>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(readonly device: GPUDevice) {}

  dispose(): void {
    for (const buffer of this.owned.splice(0)) buffer.destroy();
  }

  /** Bytes of GPU memory of all buffers that it made. */
  get bytes(): number {
    return this.owned.reduce((sum, { size }) => sum + size, 0);
  }

  /** Whatever goes amiss in `work`, which makes a graph, leaves no buffer behind and is a GraphError. */
  async making<Graph>(work: () => Promise<Graph>): Promise<Graph> {
    try {
      return await work();
    } catch (error) {
      this.dispose();
      throw error instanceof GraphError
        ? error
        : new GraphError(error instanceof Error ? error.message : String(error));
    }
  }

  /**
   * A graph and its network, finished: `draft` makes every buffer (by `buffers`, `back` and `upload`), and pipelines and bind
   * groups follow.
   */
  async finish<Graph, Network extends Stages<Draft>>(
    draft: () => readonly [Graph, Network],
    onProgress?: (done: number, total: number) => void,
  ): Promise<[Graph, Finished<Network>]> {
    const { device } = this;
    const made = watchErrors(device); // around what happens at once; what the compiler says comes as a rejection
    let compiling: Promise<ReadonlyMap<string, Compiled>> | undefined;
    let graph: Graph;
    let drafts: Network;
    try {
      [graph, drafts] = draft();
      const kernels = Object.values<readonly Stage<Draft>[]>(drafts).flatMap((stages) =>
        stages.flatMap(({ steps }) => steps.flatMap((step) => ways.map((way) => step.kernels[way]))),
      );
      compiling = compileAll(device, kernels, onProgress);
      compiling.catch(() => {}); // awaited below, unless something else is wrong
    } finally {
      throwFault(await made());
    }
    const compiled = await compiling;
    const bound = watchErrors(device);
    const parts = Object.entries<readonly Stage<Draft>[]>(drafts).map(([part, stages]) => {
      return [part, stages.map((stage) => this.bind(stage, compiled))];
    });
    throwFault(await bound());
    return [graph, Object.fromEntries(parts) as Finished<Network>];
  }

  /** Buffers of so many bytes, by their names; `call` and `limits` are uniforms, which hold a `Call` and a block's `Limits`. */
  buffers<Name extends string>(bytes: Readonly<Record<Name, number>>): Record<Name, GPUBuffer> {
    const { STORAGE, UNIFORM, COPY_DST, COPY_SRC } = GPUBufferUsage;
    const made = {} as Record<Name, GPUBuffer>;
    for (const name of Object.keys(bytes) as Name[])
      made[name] = this.own(name, bytes[name], COPY_DST | (uniforms.has(name) ? UNIFORM : STORAGE | COPY_SRC));
    return made;
  }

  /** A buffer that JavaScript can read. */
  back(size: number): GPUBuffer {
    return this.own('back', size, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
  }

  private own(label: string, size: number, usage: number): GPUBuffer {
    const buffer = this.device.createBuffer({ label, size, usage });
    this.owned.push(buffer);
    return buffer;
  }

  readonly upload = (label: string, data: Uint16Array<ArrayBuffer> | Float32Array<ArrayBuffer>): GPUBuffer => {
    const buffer = this.own(label, data.byteLength, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST);
    this.device.queue.writeBuffer(buffer, 0, data);
    return buffer;
  };

  private bind({ name, steps }: Stage<Draft>, compiled: ReadonlyMap<string, Compiled>): Stage<Step> {
    return {
      name,
      steps: steps.map(({ kernels, regions }) => {
        const { pipeline, layout } = compiled.get(kernels.plain.code)!;
        const entries = regions.map((resource, binding) => ({ binding, resource }));
        const group = this.device.createBindGroup({ label: kernels.plain.label, layout, entries });
        return { kernels, pipelines: { plain: pipeline, extra: compiled.get(kernels.extra.code)!.pipeline }, group };
      }),
    };
  }

  /** Calls go one after the other, because they share the buffers. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.last.then(work);
    this.last = result.catch(() => {});
    return result;
  }

  record(encoder: GPUCommandEncoder, stages: readonly Stage<Step>[], call: Call, way: Way = 'plain'): void {
    const pass = encoder.beginComputePass();
    for (const stage of stages) {
      for (const { pipeline, group, workgroups } of this.dispatchesOf(stage, call, way)) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, group);
        pass.dispatchWorkgroups(workgroups[0], workgroups[1], workgroups[2]);
      }
    }
    pass.end();
  }

  /** Kept from call to call, because to work them out was a quarter of what recording costs. */
  private dispatchesOf(stage: Stage<Step>, call: Call, way: Way): readonly Dispatch[] {
    const last = this.recorded.get(stage);
    if (last?.way === way && last.call.batch === call.batch && last.call.levels === call.levels) return last.dispatches;
    const dispatches = stage.steps.map(({ kernels, pipelines, group }) => {
      return { pipeline: pipelines[way], group, workgroups: kernels[way].workgroups(call) };
    });
    this.recorded.set(stage, { way, call, dispatches });
    return dispatches;
  }

  /**
   * Submits what was recorded, and reads the first `count` numbers of `result` through `back`, which JavaScript can read, in
   * equal parts. errors: since before the call's first write, see `watchErrors`; faults: others that would spoil it.
   */
  async answer(
    encoder: GPUCommandEncoder,
    [result, back]: readonly [GPUBuffer, GPUBuffer],
    [count, parts]: readonly [number, number],
    errors: () => Promise<string | undefined>,
    ...faults: readonly Promise<string | undefined>[]
  ): Promise<Float32Array[]> {
    encoder.copyBufferToBuffer(result, 0, back, 0, 4 * count);
    this.device.queue.submit([encoder.finish()]);
    const [numbers, ...said] = await Promise.all([readBack(back, count, parts), ...faults, errors()]);
    for (const fault of said) throwFault(fault);
    if (!numbers) throw new GraphError('the graphics processor was lost');
    return numbers;
  }
}

/** Before anything is allocated: no buffer beyond what the device allows. bytes: of each. */
export function checkMemory(bytes: Iterable<number>, limits: GPUSupportedLimits): void {
  const largest = Math.max(...bytes);
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
export function watchErrors(device: GPUDevice): () => Promise<string | undefined> {
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
export async function readBack(buffer: GPUBuffer, count: number, parts = 1): Promise<Float32Array[] | undefined> {
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

function throwFault(fault: string | undefined): void {
  if (fault !== undefined) throw new GraphError(fault);
}
