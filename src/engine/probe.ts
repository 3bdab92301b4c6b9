/**
 * What answers probes in the worker: the network that runs answer, looked into. The static graph has a kernel more for that
 * (model/graph-probe.ts), the readable page shows what it does anyway (model/probe.ts). Either is loaded with the first probe.
 *
 * What it is not: part of loading the model. Where it cannot be had one probe fails, and no run does.
 */
import type { Forward } from '../model/forward';
import { StaticGraph } from '../model/graph';
import { GraphProbe } from '../model/graph-probe';
import type { ProbedBlock } from '../model/probed';
import { watchErrors } from '../model/recorder';
import type { EncodedText, Transformer } from '../model/transformer';
import { tokenize } from '../world/prompt';
import type { ChosenBackend } from './backend';
import { EngineError } from './errors';
import type { ProbeRequest } from './protocol';

/** Where a loaded model came from, and where it runs. */
export interface Home {
  readonly folder: string; // its address, with a slash at its end
  readonly sha256?: string; // of its weights
  readonly words: number; // of the world's, that it knows
  readonly chosen: ChosenBackend;
}

export class Prober {
  private readonly graph: GraphProbe | undefined;

  constructor(
    private readonly model: Forward,
    private readonly home: Home,
  ) {
    if (model instanceof StaticGraph) this.graph = new GraphProbe(model);
  }

  /** One probe at a time, and none while a run goes on. Blocks count only where all of them come to their end. */
  async *probe(
    { prompt, ablation, ...input }: ProbeRequest,
    signal: AbortSignal,
  ): AsyncGenerator<ProbedBlock, void, undefined> {
    const { model, graph, home } = this;
    const tokens = [tokenize(prompt, model.config.text_length, home.words).tokens];
    if (graph) {
      const text = (model as StaticGraph).encodeText(tokens, ablation);
      try {
        yield* graph.probe(text, input, signal);
      } finally {
        text.dispose();
      }
    } else yield* this.onPage(tokens, { ablation, ...input }, signal);
  }

  private async *onPage(
    tokens: readonly Int32Array[],
    { ablation, ...input }: Omit<ProbeRequest, 'prompt'>,
    signal: AbortSignal,
  ): AsyncGenerator<ProbedBlock, void, undefined> {
    const { probe } = await import('../model/probe');
    const page = this.model as Transformer;
    const { device } = this.home.chosen;
    // What the graphics processor says against a probe is no fault of the engine.
    const errors = device && watchErrors(device);
    let fault: string | undefined;
    try {
      const text: EncodedText = page.encodeText(tokens, ablation);
      try {
        yield* probe(page, text, input, signal);
      } finally {
        text.dispose();
      }
    } finally {
      fault = await errors?.();
    }
    if (fault) throw new EngineError('GraphError', fault, 'try again');
  }
}
