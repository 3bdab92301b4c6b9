/**
 * What answers probes in the worker: the network's readable page (transformer.ts), which shows what the static graph keeps
 * to itself. Where runs go through that page it is the very same one. Beside a static graph it is made when the first probe
 * comes, of the weights as they are kept, and put away after a minute without another.
 *
 * What it is not: part of loading the model. Where it cannot be had one probe fails, and no run does.
 */
import type { Forward } from '../model/forward';
import { WeightsError } from '../model/errors';
import { readTensors } from '../model/load';
import { memoryOf } from '../model/memory';
import { probe, type ProbedBlock } from '../model/probe';
import { watchErrors } from '../model/recorder';
import { Transformer } from '../model/transformer';
import { tokenize } from '../world/prompt';
import { checkMemory, type ChosenBackend } from './backend';
import { EngineError } from './errors';
import type { LoadProgress, ProbeRequest } from './protocol';
import { openStore } from './store';
import { fetchFrom, readModel } from './weights';

/** Where a loaded model comes from and runs. */
export interface Home {
  readonly folder: string; // its address, with a slash at its end
  readonly sha256: string; // of its weights
  readonly words: number; // of the world's, that it knows
  readonly chosen: ChosenBackend;
}

/** Milliseconds without a probe after which a page of its own is put away. */
const patience = 60_000;

export class Prober {
  private made: Transformer | undefined; // beside a static graph
  private idle: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly model: Forward,
    private readonly home: Home,
  ) {}

  /** Before each `probe`; takes time only where a page has to be made. Throws the signal's reason, or what kept it from that. */
  async open(signal: AbortSignal, onProgress: (progress: LoadProgress) => void): Promise<void> {
    clearTimeout(this.idle);
    if (!(this.model instanceof Transformer)) this.made ??= await this.make(signal, onProgress);
  }

  /** One probe at a time, and none while a run goes on. Blocks count only where all of them come to their end. */
  async *probe(
    { prompt, ablation, ...input }: ProbeRequest,
    signal: AbortSignal,
  ): AsyncGenerator<ProbedBlock, void, undefined> {
    const page = this.model instanceof Transformer ? this.model : this.made!;
    const { device } = this.home.chosen;
    // What the graphics processor says against a probe is no fault of the engine.
    const errors = device && watchErrors(device);
    let fault: string | undefined;
    try {
      const text = page.encodeText([tokenize(prompt, page.config.text_length, this.home.words).tokens], ablation);
      try {
        yield* probe(page, text, input, signal);
      } finally {
        text.dispose();
      }
    } finally {
      fault = await errors?.();
      if (this.made) this.idle = setTimeout(() => this.putAway(), patience);
    }
    if (fault) throw new EngineError('GraphError', fault, 'try again');
  }

  private putAway(): void {
    this.made?.dispose();
    this.made = undefined;
  }

  private async make(signal: AbortSignal, onProgress: (progress: LoadProgress) => void): Promise<Transformer> {
    const { folder, sha256, chosen } = this.home;
    onProgress({ stage: 'weights', done: 0, total: 1 });
    const files = await readModel(fetchFrom(folder), {
      store: await openStore(folder),
      onProgress: (done, total) => onProgress({ stage: 'weights', done, total }),
      signal,
    });
    if (files.sha256 !== sha256)
      throw new WeightsError('model.safetensors', 'is another one than the page has loaded', 'reload the page');
    onProgress({ stage: 'warm-up', done: 0, total: 1 });
    const { name, config, tensors } = readTensors(files.config, files.weights);
    const need = memoryOf(config);
    checkMemory(`${name}, beside its static graph,`, { ...need, bytes: 2 * need.bytes }, chosen);
    await chosen.startTfjs();
    signal.throwIfAborted();
    return new Transformer(config, tensors);
  }
}
