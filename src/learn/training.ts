/**
 * A training: a network, what it is shown, how far it has come. It can be advanced by a step, asked for a film, put aside and
 * taken up again.
 *
 * What it is not: it runs by no clock of its own; server.ts says when.
 */
import { TransformerDenoiser } from '../model/denoiser';
import type { StoredTensor } from '../model/safetensors';
import { Transformer } from '../model/transformer';
import { run } from '../sampling/run';
import type { RunSettings } from '../sampling/types';
import { tokenize } from '../world/prompt';
import { Adam } from './adam';
import { firstWeights, microConfig } from './config';
import { LearnError } from './errors';
import { batchOf } from './examples';
import { microCaption, type Cell, type Grid } from './micro';
import { isRight, readMicro, type Seen } from './read-micro';
import { bins, spread, type LearnSettings } from './settings';
import { pageNumbers, Trainer } from './trainer';

/** Films are drawn with a running average of the weights, which forgets this share a step, and early on more. */
const forgets = 0.02;
/** A loss beyond this is no learning any more: a network that guesses nothing at all has one of about 10. */
const runaway = 1e4;

/** How films of a training are drawn. */
export const filmSettings: Omit<RunSettings, 'seed'> = {
  steps: 10,
  sampler: 'euler',
  guidance: { scale: 2, from: 0, to: 1 },
};

/** Where a training stands, as plain data: what is put aside. */
export interface Snapshot {
  readonly settings: LearnSettings;
  readonly grid: Grid;
  readonly steps: number;
  readonly seen: number; // clips, over all steps
  readonly seconds: number; // spent on steps
  readonly counts: Readonly<Record<string, number>>; // clips by caption
  readonly weights: ReadonlyMap<string, StoredTensor>; // by PyTorch's names, as are the others
  readonly average: ReadonlyMap<string, StoredTensor>;
  readonly adam: {
    readonly steps: number;
    readonly means: ReadonlyMap<string, Float32Array>; // as the page has its weights
    readonly squares: ReadonlyMap<string, Float32Array>;
  } | null; // null: only the model was kept, not how it moved
}

export interface Advance {
  readonly loss: number; // mean over the batch
  readonly sums: Float64Array; // of the losses, by bin of the noise level
  readonly counts: Float64Array; // how many
}

export interface Film {
  readonly cell: Cell;
  readonly clip: Float32Array; // 3 x 8 x 16 x 16
  readonly seen: Seen;
  readonly right: boolean;
}

export class Training {
  settings: LearnSettings;
  grid: Grid;
  steps = 0;
  seen = 0;
  seconds = 0;
  readonly counts: Record<string, number> = {};
  private readonly trainer: Trainer;
  private readonly average: Map<string, Float32Array>; // as the page has its weights
  private drawn: { readonly at: number; readonly model: Transformer } | undefined;

  /** A training from its first step, or from where another was put aside. */
  constructor(begin: { readonly settings: LearnSettings; readonly grid: Grid } | Snapshot) {
    this.settings = begin.settings;
    this.grid = begin.grid;
    const config = microConfig(begin.settings.width);
    const from = 'weights' in begin ? begin : undefined;
    const adam = new Adam();
    if (from?.adam) {
      adam.steps = from.adam.steps;
      for (const [name, values] of from.adam.means) adam.means.set(name, values.slice());
      for (const [name, values] of from.adam.squares) adam.squares.set(name, values.slice());
    }
    this.trainer = new Trainer(config, from?.weights ?? firstWeights(config, begin.settings.seed), adam);
    this.average = from
      ? pageNumbers(from.average)
      : new Map([...this.trainer.weights].map(([name, values]) => [name, values.slice()]));
    if (!from) return;
    [this.steps, this.seen, this.seconds] = [from.steps, from.seen, from.seconds];
    Object.assign(this.counts, from.counts);
  }

  get parameters(): number {
    return this.trainer.parameters;
  }

  /** One step. Throws LearnError where the loss runs away, or is no number: the weights stay what they were. */
  async advance(): Promise<Advance> {
    const { settings, grid, trainer } = this;
    const started = performance.now();
    const levels = { mean: settings.mean, spread };
    const { batch, cells } = batchOf(
      settings.seed,
      this.steps,
      grid,
      settings.batch,
      levels,
      trainer.config.text_length,
    );
    const { losses, length } = await trainer.step(batch, settings.rate);
    const loss = losses.reduce((sum, value) => sum + value, 0) / losses.length;
    this.steps++;
    if (!Number.isFinite(length) || !(loss < runaway)) throw new LearnError(loss, this.steps, settings.rate);
    this.remember();
    this.seen += cells.length;
    for (const cell of cells) this.counts[microCaption(cell)] = (this.counts[microCaption(cell)] ?? 0) + 1;
    this.seconds += (performance.now() - started) / 1000;
    const [sums, counts] = [new Float64Array(bins), new Float64Array(bins)];
    losses.forEach((value, row) => {
      const bin = Math.min(bins - 1, Math.floor(batch.levels[row] * bins));
      sums[bin] += value;
      counts[bin]++;
    });
    return { loss, sums, counts };
  }

  /** A film of a cell, and what is seen in it. */
  async draw(cell: Cell, seed: number): Promise<Film> {
    const { tokens } = tokenize(microCaption(cell), this.trainer.config.text_length);
    const denoiser = new TransformerDenoiser(this.model(), tokens);
    let clip!: Float32Array;
    try {
      for await (const { guess } of run(denoiser, { ...filmSettings, seed })) clip = guess;
    } finally {
      denoiser.dispose();
    }
    const seen = readMicro(clip, this.grid.drawn);
    return { cell, clip, seen, right: isRight(seen, cell) };
  }

  snapshot(): Snapshot {
    const { settings, grid, steps, seen, seconds, trainer } = this;
    const { adam } = trainer;
    return {
      ...{ settings, grid, steps, seen, seconds },
      counts: { ...this.counts },
      weights: trainer.tensors(),
      average: trainer.tensors(this.average),
      adam: { steps: adam.steps, means: adam.means, squares: adam.squares },
    };
  }

  dispose(): void {
    this.drawn?.model.dispose();
    this.drawn = undefined;
    this.trainer.dispose();
  }

  /** The averaged weights, on the backend: made once for all films between two steps. */
  model(): Transformer {
    if (this.drawn?.at === this.steps) return this.drawn.model;
    this.drawn?.model.dispose();
    const model = new Transformer(this.trainer.config, this.trainer.tensors(this.average));
    this.drawn = { at: this.steps, model };
    return model;
  }

  private remember(): void {
    const share = Math.max(forgets, 9 / (9 + this.steps));
    for (const [name, values] of this.trainer.weights) {
      const mean = this.average.get(name)!;
      for (let i = 0; i < values.length; i++) mean[i] += share * (values[i] - mean[i]);
    }
  }
}
