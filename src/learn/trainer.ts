/**
 * One step of training: noisy clips go through the network, the guesses are compared with the clean clips, the gradient of
 * that error goes back through the same page (transformer.ts), and the weights move a little against it.
 *
 * x-prediction with the loss in velocity (JiT, Li & He 2025), as in training/snowglobe/flow.py, for clips that have one noise
 * level each. What it is not: it draws no clips and no noise (examples.ts does), and knows no worker.
 *
 * Letters as in transformer.ts; each of the B rows has a clip of its own here.
 */
import {
  keep,
  mean,
  mul,
  square,
  sub,
  tensor,
  tidy,
  variable,
  variableGrads,
  type Scalar,
  type Tensor,
  type Variable,
} from '@tensorflow/tfjs-core';
import { patchPixelsOf, tokensOf, type ModelConfig } from '../model/config';
import { patchify, timeWaves } from '../model/patches';
import type { StoredTensor } from '../model/safetensors';
import { layout, Transformer } from '../model/transformer';
import { Adam, lengthOf } from './adam';
import './gradients';

export interface Batch {
  readonly clips: readonly Float32Array[]; // B of 3 x F x H x W, clean, -1 .. 1
  readonly noise: readonly Float32Array[]; // B of the same
  readonly levels: Float32Array; // (B,), t of each clip: 0 pure noise .. below 1
  readonly tokens: readonly Int32Array[]; // B of L
}

export interface Gradients {
  readonly losses: Float32Array; // (B,), squared error of the velocity, a mean over each clip
  readonly gradients: ReadonlyMap<string, Float32Array>; // of their mean, as the page has its weights
}

/** Floor of 1 - t in the loss: a clip that is almost clean says little about what is wrong, and would say it loudest. */
const leastRemaining = 0.05;

/** A copy of tensors by PyTorch's names, as the page has its weights. */
export function pageNumbers(tensors: ReadonlyMap<string, StoredTensor>): Map<string, Float32Array> {
  return new Map([...tensors].map(([name, stored]) => [name, layout(name, stored).data.slice()]));
}

export class Trainer {
  /** The weights, as the page has them: a matrix is (in, out). */
  readonly weights: ReadonlyMap<string, Float32Array>;
  private readonly model: Transformer;

  /** tensors: the weights to begin with, by PyTorch's names, as `readTensors` has them. Takes them to the backend that is chosen. */
  constructor(
    readonly config: ModelConfig,
    tensors: ReadonlyMap<string, StoredTensor>,
    readonly adam = new Adam(),
  ) {
    this.model = new Transformer(config, tensors, (values, shape) => tidy(() => variable(tensor(values, shape))));
    this.weights = pageNumbers(tensors);
  }

  get parameters(): number {
    return this.model.parameters;
  }

  /** Moves the weights against the gradient of a batch. Returns the losses, and how long the gradient was before it was shortened. */
  async step(batch: Batch, rate: number): Promise<{ readonly losses: Float32Array; readonly length: number }> {
    const { losses, gradients } = await this.gradients(batch);
    const length = lengthOf(gradients);
    if (Number.isFinite(length)) {
      this.adam.step(this.weights, gradients, rate);
      this.upload();
    }
    return { losses, length };
  }

  async gradients(batch: Batch): Promise<Gradients> {
    let each: Tensor | undefined; // (B,)
    const named = this.model.weights as ReadonlyMap<string, Variable>;
    const { value, grads } = variableGrads(() => {
      each = keep(this.losses(batch));
      return mean(each) as Scalar;
    }, [...named.values()]);
    const losses = (await each!.data()) as Float32Array;
    const gradients = new Map<string, Float32Array>();
    for (const [name, { name: inTfjs }] of named) {
      gradients.set(name, (await grads[inTfjs].data()) as Float32Array);
      grads[inTfjs].dispose();
    }
    value.dispose();
    each!.dispose();
    return { losses, gradients };
  }

  /** The weights by PyTorch's names and in its layout; `values` where others than the newest are meant, as the page has them. */
  tensors(values: ReadonlyMap<string, Float32Array> = this.weights): Map<string, StoredTensor> {
    return new Map(
      [...this.model.weights].map(([name, { shape }]) => [name, layout(name, { data: values.get(name)!, shape })]),
    );
  }

  dispose(): void {
    this.model.dispose();
  }

  /** (B,) */
  private losses({ clips, noise, levels, tokens }: Batch): Tensor {
    const { config, model } = this;
    const [rows, patches, size] = [clips.length, tokensOf(config), patchPixelsOf(config)];
    const noisy = new Float32Array(rows * patches * 4 * size);
    const clean = new Float32Array(rows * patches * 3 * size);
    clips.forEach((clip, row) => {
      const t = levels[row];
      const level = levels.subarray(row, row + 1);
      const x = clip.map((value, i) => t * value + (1 - t) * noise[row][i]);
      noisy.set(patchify(x, level, config), row * patches * 4 * size);
      const target = patchify(clip, level, config); // (N, 4P), of which the colours are the first 3P
      for (let n = 0; n < patches; n++)
        clean.set(target.subarray(4 * n * size, (4 * n + 3) * size), (row * patches + n) * 3 * size);
    });
    const weight = levels.map((t) => Math.max(leastRemaining, 1 - t) ** -2); // from an error in x to one in velocity
    const text = model.encodeText(tokens);
    let call = model.beginRows(noisy, timeWaves(levels, config), rows, text);
    for (let i = 0; i < config.depth; i++) call = model.next(i, call);
    const guess = model.head(call); // (B, N, 3P)
    model.end(call);
    text.dispose();
    const error = mean(square(sub(guess, tensor(clean, [rows, patches, 3 * size]))), [1, 2]); // (B,)
    return mul(error, tensor(weight)); // (B,)
  }

  private upload(): void {
    for (const [name, weight] of this.model.weights as ReadonlyMap<string, Variable>) {
      const fresh = tensor(this.weights.get(name)!, weight.shape);
      weight.assign(fresh);
      fresh.dispose();
    }
  }
}
