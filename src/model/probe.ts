/**
 * A look inside one forward pass: what each patch reads from every patch and every word, block by block, what each block
 * adds to it, and what the head would guess early.
 *
 * What it is: the Transformer's own blocks, walked one at a time; what they show on the way is read back and summed up.
 * What it is not: a part of drawing. No run comes here, and of a probe nothing stays but what it yields. One row is looked
 * at, the prompt's: guidance mixes guesses, never attention.
 */
import { concat, keep, sqrt, square, sum, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { cutOf } from './ablation';
import { tokensOf } from './config';
import { aboutOf, checked, rowsOf, summary, type ProbedBlock, type ProbeInput } from './probed';
import type { Call, EncodedText, Transformer, Watcher } from './transformer';

/**
 * One answer a block, in order, but for those that an ablation leaves out; holds the activations of one block at a time,
 * and none once it ends, however it ends. text: one prompt, encoded by the same model. Ends with the signal's reason before
 * the next block.
 */
export async function* probe(
  model: Transformer,
  text: EncodedText,
  input: ProbeInput,
  signal?: AbortSignal,
): AsyncGenerator<ProbedBlock, void, undefined> {
  const { x, levels, shape } = input;
  const { blocks, tokens } = checked(model.config, input);
  const about = aboutOf(model.config, shape);
  const { heads, places, grid } = about;
  const seen = new Sight();
  let call = model.begin(x, levels, text, shape);
  try {
    for (let block = 0; block <= Math.max(...blocks); block++) {
      signal?.throwIfAborted();
      const wanted = blocks.includes(block) && !cutOf(text.ablation, block).skipped;
      if (wanted) seen.measure(call.h);
      call = model.next(block, call, wanted ? seen : undefined);
      if (wanted) {
        seen.measure(call.h);
        const { weights, lengths } = await seen.taken();
        const rows = rowsOf(weights, tokens, heads, places + tokensOf(model.config, shape));
        const guess = input.guesses ? await guessOf(model, call, text, input) : undefined;
        yield { block, ...about, rows, ...summary(weights, heads, places, grid), lengths, ...(guess && { guess }) };
      }
      // Wasm and cpu are done at once: without a pause nobody could stop it.
      await new Promise((resolve) => setTimeout(resolve));
    }
  } finally {
    seen.dispose();
    model.end(call);
  }
}

/** What is kept of one block until it is read back. */
class Sight implements Watcher {
  private kept: Tensor[] = []; // the weights, and lengths in order: of the tokens, of what is added, of the tokens again
  private read: Tensor | undefined;

  weights(weights: Tensor): void {
    this.read = keep(weights);
  }

  added(what: Tensor): void {
    this.measure(what);
  }

  /** x: (1, N, D) */
  measure(x: Tensor): void {
    this.kept.push(keep(tidy(() => sqrt(sum(square(x), -1))))); // (1, N)
  }

  /** (1, h, N, L + N) and (4, N), read back. */
  async taken(): Promise<{ readonly weights: Float32Array; readonly lengths: Float32Array }> {
    const all = tidy(() => concat(this.kept, 0)); // (4, N)
    const { read } = this;
    this.read = undefined;
    this.dispose();
    const [weights, lengths] = [await taken(read!), await taken(all)];
    return { weights, lengths };
  }

  dispose(): void {
    for (const tensor of [...this.kept, this.read]) tensor?.dispose();
    this.kept = [];
    this.read = undefined;
  }
}

/** The numbers of a tensor, which is freed. */
async function taken(tensor: Tensor): Promise<Float32Array> {
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}

async function guessOf(
  model: Transformer,
  call: Call,
  text: EncodedText,
  { x, levels, shape }: ProbeInput,
): Promise<Float32Array> {
  const [guess] = await model.finish(model.head(call), x, levels, text, shape);
  return guess;
}
