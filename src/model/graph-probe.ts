/**
 * A look inside one call of the static graph: the same answers as probe.ts brings, from the graph's own buffers, with one kernel
 * more that writes down what attention reads.
 *
 * What it is: the graph's stages, block by block, with copies of what they leave behind. Its kernel and buffers are made
 * when the first look is asked for, and kept until `dispose()`.
 * What it is not: a part of drawing. It records every stage in plain WGSL, whichever way runs go.
 */
import { cutOf } from './ablation';
import { gridOf, guessChannelsOf, tokensOf } from './config';
import { GraphError } from './errors';
import type { GraphText, StaticGraph } from './graph';
import { limitsBytes } from './kernels/kernel';
import { attentionRows } from './kernels/rows';
import { blockName, blockWords, limitsOffset } from './network';
import { aboutOf, checked, rowsOf, summary, type ProbedBlock, type ProbeInput } from './probed';
import { compileAll, readBack, watchErrors, type Stage, type Step } from './recorder';
import { weigh } from './weigh';

/** A block's stage in three parts: up to queries and keys, what attention adds, what the MLP adds. */
interface Cuts {
  readonly asked: Stage<Step>;
  readonly attended: Stage<Step>;
  readonly computed: Stage<Step>;
  readonly rows: GPUBindGroup;
}

interface Tools {
  readonly pipeline: GPUComputePipeline;
  readonly blocks: readonly Cuts[];
  readonly rows: GPUBuffer; // (h, N, L + N)
  readonly back: GPUBuffer; // the rows, three states (N, D), a guess; where JavaScript can read them
}

export class GraphProbe {
  private tools: Promise<Tools> | undefined;

  constructor(private readonly graph: StaticGraph) {}

  dispose(): void {
    const { tools } = this;
    this.tools = undefined;
    tools?.then(
      ({ rows, back }) => [rows, back].forEach((buffer) => buffer.destroy()),
      () => {},
    );
  }

  /**
   * As `probe` in probe.ts, for clips of the graph's own shape: any other is a RangeError. text: one prompt. Throws GraphError for
   * what the device says against it.
   */
  async *probe(text: GraphText, input: ProbeInput, signal?: AbortSignal): AsyncGenerator<ProbedBlock, void, undefined> {
    const { graph } = this;
    const { config } = graph;
    const { frames, height, width } = input.shape;
    if (frames !== config.frames || height !== config.height || width !== config.width)
      throw new RangeError('This graph was made for clips of another shape.');
    const { blocks, tokens } = checked(config, input);
    this.tools ??= this.make();
    this.tools.catch(() => (this.tools = undefined));
    const tools = await this.tools;
    // The whole look is one turn: calls share the buffers that it reads from block to block.
    const leave = await new Promise<() => void>((entered) => {
      void graph.recorder.inTurn(() => new Promise<void>((left) => entered(left)));
    });
    try {
      yield* this.look(tools, text, input, { blocks, tokens }, signal);
    } finally {
      leave();
    }
  }

  private async *look(
    tools: Tools,
    text: GraphText,
    { x, levels, shape, guesses }: ProbeInput,
    { blocks, tokens }: ReturnType<typeof checked>,
    signal?: AbortSignal,
  ): AsyncGenerator<ProbedBlock, void, undefined> {
    const { graph } = this;
    const { recorder, config } = graph;
    const about = aboutOf(config, shape);
    const { heads, places, grid } = about;
    const keys = places + tokensOf(config);
    signal?.throwIfAborted();
    let encoder = recorder.device.createCommandEncoder();
    let errors = watchErrors(recorder.device);
    graph.begin(encoder, x, levels, text);
    graph.recordPlain(encoder, ['modulation', 'embedding']);
    for (let block = 0; block <= Math.max(...blocks); block++) {
      if (cutOf(text.ablation, block).skipped) continue;
      if (!blocks.includes(block)) {
        graph.recordPlain(encoder, [blockName(block)]);
        continue;
      }
      this.record(encoder, tools, block, guesses === true);
      recorder.device.queue.submit([encoder.finish()]);
      const { size } = tools.back;
      const [numbers, fault, encoding] = await Promise.all([readBack(tools.back, size / 4), errors(), text.fault]);
      if (fault ?? encoding) throw new GraphError((fault ?? encoding)!);
      if (!numbers) throw new GraphError('the graphics processor was lost');
      signal?.throwIfAborted();
      const parts = this.cut(numbers[0]);
      const rows = rowsOf(parts.rows, tokens, heads, keys);
      const guess = guesses ? weigh(parts.guess, x, levels) : undefined;
      const sums = summary(parts.rows, heads, places, grid);
      const lengths = lengthsOf(parts.states, config.dim);
      yield { block, ...about, rows, ...sums, lengths, ...(guess && { guess }) };
      signal?.throwIfAborted();
      encoder = recorder.device.createCommandEncoder();
      errors = watchErrors(recorder.device);
    }
    await errors();
  }

  /** One block, with copies of what it leaves behind. */
  private record(encoder: GPUCommandEncoder, tools: Tools, block: number, guess: boolean): void {
    const { graph } = this;
    const { buffers, config } = graph;
    const { asked, attended, computed, rows } = tools.blocks[block];
    const state = 4 * tokensOf(config) * config.dim;
    let at = tools.rows.size;
    const keep = (source: GPUBuffer, size: number) => {
      encoder.copyBufferToBuffer(source, 0, tools.back, at, size);
      at += size;
    };
    keep(buffers.h, state);
    graph.recordPlain(encoder, [asked]);
    const pass = encoder.beginComputePass();
    pass.setPipeline(tools.pipeline);
    pass.setBindGroup(0, rows);
    pass.dispatchWorkgroups(...rowsKernel(graph).workgroups({ batch: 1, levels: 1 }));
    pass.end();
    graph.recordPlain(encoder, [attended]);
    keep(buffers.h, state);
    graph.recordPlain(encoder, [computed]);
    keep(buffers.h, state);
    encoder.copyBufferToBuffer(tools.rows, 0, tools.back, 0, tools.rows.size);
    if (!guess) return;
    // Both write what the next block writes before it reads.
    graph.recordPlain(encoder, config.detail ? ['head', 'detail'] : ['head']);
    keep(buffers.clips, 4 * drawnIn(graph));
  }

  private cut(numbers: Float32Array) {
    const { config } = this.graph;
    const tokens = tokensOf(config);
    const rows = config.heads * tokens * (config.text_length + tokens);
    const states = 3 * tokens * config.dim;
    return {
      rows: numbers.subarray(0, rows),
      states: numbers.subarray(rows, rows + states),
      guess: numbers.subarray(rows + states),
    };
  }

  private async make(): Promise<Tools> {
    const { graph } = this;
    const { config, buffers, recorder } = graph;
    const { device } = recorder;
    const kernel = rowsKernel(graph);
    const tokens = tokensOf(config);
    const compiled = (await compileAll(device, [kernel])).get(kernel.code)!;
    const errors = watchErrors(device);
    const { STORAGE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
    const size = 4 * config.heads * tokens * (config.text_length + tokens);
    const all = size + 3 * 4 * tokens * config.dim + 4 * drawnIn(graph);
    const rows = device.createBuffer({ label: 'rows', size, usage: STORAGE | COPY_SRC });
    const back = device.createBuffer({ label: 'look', size: all, usage: MAP_READ | COPY_DST });
    const blocks = Array.from({ length: config.depth }, (_, i): Cuts => {
      const { name, steps } = graph.stageOf(blockName(i));
      const after = (label: string) => steps.findIndex(({ kernels }) => kernels.plain.label === label) + 1;
      const [read, attended] = [after('qk_norm'), after('blocks.out')];
      if (!read || !attended) throw new GraphError('a block of the network is not what a look inside expects');
      const regions: GPUBindingResource[] = [
        { buffer: buffers.qkv },
        blockWords(config, buffers.words, i),
        { buffer: rows },
        { buffer: buffers.limits, offset: limitsOffset(i), size: limitsBytes },
      ];
      const entries = regions.map((resource, binding) => ({ binding, resource }));
      return {
        asked: { name, steps: steps.slice(0, read) },
        attended: { name, steps: steps.slice(read, attended) },
        computed: { name, steps: steps.slice(attended) },
        rows: device.createBindGroup({ label: kernel.label, layout: compiled.layout, entries }),
      };
    });
    const fault = await errors();
    if (fault) throw new GraphError(fault);
    return { pipeline: compiled.pipeline, blocks, rows, back };
  }
}

function rowsKernel({ config }: StaticGraph) {
  const { heads, dim, text_length } = config;
  const [, rows, columns] = gridOf(config);
  const shape = { m: tokensOf(config), heads, headDim: dim / heads, words: text_length, area: rows * columns };
  return attentionRows('rows', shape);
}

/** Numbers of a guess, as the head says it. */
function drawnIn({ config }: StaticGraph): number {
  return guessChannelsOf(config) * config.frames * config.height * config.width;
}

/** Three states (N, D), before, between and after, to lengths of the first, of what was added twice, and of the last: (4, N). */
function lengthsOf(states: Float32Array, dim: number): Float32Array {
  const tokens = states.length / 3 / dim;
  const length = (token: number, state: number, less?: number) => {
    let sum = 0;
    for (let i = 0; i < dim; i++) {
      const at = token * dim + i;
      const value = states[state * tokens * dim + at] - (less === undefined ? 0 : states[less * tokens * dim + at]);
      sum += value * value;
    }
    return Math.sqrt(sum);
  };
  const parts = [[0], [1, 0], [2, 1], [2]] as const;
  return Float32Array.from({ length: 4 * tokens }, (_, i) => {
    const [state, less] = parts[Math.floor(i / tokens)];
    return length(i % tokens, state, less);
  });
}
