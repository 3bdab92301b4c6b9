/**
 * The spacetime-patch diffusion transformer, in tfjs.
 *
 * What it is: one forward pass. Patches of a noisy clip, their noise levels and a caption go in; patches of the clip
 * that the model believes in come out (x-prediction; JiT, Li & He 2025).
 * What it is not: it knows no sampler, no guidance, and chooses no backend.
 *
 * training/snowglobe/model.py says the same in PyTorch, name by name: read them side by side.
 *
 * Letters in the shape comments: B rows (prompt, empty prompt), N video tokens (spacetime patches), P pixels of a
 * patch, L text tokens, D width, h heads, d width of a head, M hidden width of an MLP, T time features.
 * The clip is the same in all rows, so what depends on it alone has B = 1 and is spread by broadcasting; with one noise
 * level everywhere, what depends on it alone has N = 1.
 */
import {
  add,
  concat,
  dispose,
  gather,
  keep,
  matMul,
  mean,
  mul,
  reshape,
  rsqrt,
  sigmoid,
  slice,
  softmax,
  split,
  square,
  sub,
  tensor,
  tidy,
  transpose,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { checkAblation } from '../sampling/ablation';
import type { Ablation, ClipShape } from '../sampling/types';
import { cutOf, keyScalesOf, loudnessOf, maskOf, orderOf, turnsOf } from './ablation';
import { gridOf, patchPixelsOf, tokensOf, type ModelConfig } from './config';
import { Detail, isDetail } from './detail';
import { checkTokens, type Encoded, type Forward } from './forward';
import { patchify, patchLevels, rotaryTable, timeWaves, unpatchify } from './patches';
import { weigh } from './weigh';
import type { StoredTensor } from './safetensors';

/** Root-mean-square norm over the last axis (Zhang & Sennrich 2019). */
function rmsNorm(x: Tensor, weight?: Tensor): Tensor {
  const y = mul(x, rsqrt(add(mean(square(x), -1, true), 1e-6)));
  return weight ? mul(y, weight) : y;
}

function silu(x: Tensor): Tensor {
  return mul(x, sigmoid(x));
}

/** Turn each pair (first half, second half) of a head by its position's angle. x: (B, h, N, d) */
function rotate(x: Tensor, cos: Tensor, sin: Tensor): Tensor {
  const [first, second] = split(x, 2, -1); // (B, h, N, d/2) each
  return concat([sub(mul(first, cos), mul(second, sin)), add(mul(first, sin), mul(second, cos))], -1); // (B, h, N, d)
}

/** Sees what happens in a block, while it happens: its tensors are gone when the block is through. */
export interface Watcher {
  /** How much each query reads from each key, (B, h, N, K); each row adds up to 1. */
  weights(weights: Tensor): void;
  /** What is added to the tokens, (B, N, D): first what attention read, then what the MLP makes of it. */
  added(what: Tensor): void;
}

/** What of an ablation reaches attention: `mask` (N, K) is added to the scores, `loudness` (h, 1, 1) multiplies what is read. */
interface Limits {
  readonly mask?: Tensor;
  readonly loudness?: Tensor;
}

/** Every query reads from all keys and values (Vaswani et al. 2017). q: (B, h, N, d), k and v: (B, h, K, d) */
function attention(q: Tensor, k: Tensor, v: Tensor, { mask, loudness }: Limits = {}, watcher?: Watcher): Tensor {
  const scores = mul(matMul(q, k, false, true), q.shape[3]! ** -0.5); // (B, h, N, K)
  const weights = softmax(mask ? add(scores, mask) : scores); // (B, h, N, K)
  watcher?.weights(weights);
  const heard = matMul(weights, v); // (B, h, N, d)
  const read = loudness ? mul(heard, loudness) : heard; // (B, h, N, d)
  const [batch, heads, tokens, headDim] = read.shape as [number, number, number, number];
  return reshape(transpose(read, [0, 2, 1, 3]), [batch, tokens, heads * headDim]); // (B, N, D)
}

/** What the words say to every block: computed once per prompt, kept until `dispose()`. */
export interface EncodedText extends Encoded {
  readonly keys: readonly Tensor[]; // one for each block, (B, h, L, d)
  readonly values: readonly Tensor[]; // one for each block, (B, h, L, d)
  readonly caption: Tensor; // (B, 1, D)
  readonly ablation: readonly Ablation[]; // what its calls do without
}

/** A call on its way: what all blocks share, and the state that goes from one to the next. */
export interface Call {
  readonly text: EncodedText;
  readonly shape: ClipShape;
  readonly modulation: Tensor; // (B, N or 1, 6D)
  readonly positions: readonly [cos: Tensor, sin: Tensor]; // (N, d/2) each, kept by the model
  readonly h: Tensor; // (B, N, D), before the first block (1, N, D)
}

export class Transformer implements Forward<EncodedText> {
  /** By PyTorch's names; matrices are turned, (in, out). */
  readonly weights: ReadonlyMap<string, Tensor>;
  private readonly positions = new Map<string, readonly [cos: Tensor, sin: Tensor]>(); // by grid, (N, d/2) each
  private readonly detail: Detail | undefined; // where the model has a detail head
  readonly parameters: number;

  /**
   * Takes the tensors of a checked file (see `readTensors`) to the backend that is chosen at this moment. `make`: as what;
   * who trains the network makes them variables.
   */
  constructor(
    readonly config: ModelConfig,
    tensors: ReadonlyMap<string, StoredTensor>,
    make: (values: Float32Array, shape: number[]) => Tensor = tensor,
  ) {
    this.parameters = [...tensors.values()].reduce((sum, { data }) => sum + data.length, 0);
    this.weights = new Map(
      [...tensors]
        .filter(([name]) => !isDetail(name))
        .map(([name, stored]) => {
          const { shape, data } = layout(name, stored);
          return [name, make(data, [...shape])];
        }),
    );
    this.detail = config.detail ? new Detail(tensors) : undefined;
    this.positionsOf(config);
  }

  dispose(): void {
    dispose([...this.weights.values(), ...[...this.positions.values()].flat()]);
    this.detail?.dispose();
  }

  /** Cosines and sines of the rotary positions of a clip, made once for each shape and kept. */
  private positionsOf(shape: ClipShape): readonly [cos: Tensor, sin: Tensor] {
    const { config } = this;
    const key = gridOf(config, shape).join();
    let made = this.positions.get(key);
    if (!made) {
      const { cos, sin } = rotaryTable(config, shape);
      const tableShape = [tokensOf(config, shape), config.dim / config.heads / 2];
      made = [tensor(cos, tableShape), tensor(sin, tableShape)];
      this.positions.set(key, made);
    }
    return made;
  }

  /** Once per prompt. tokens: (B, L), each 0 .. vocabulary - 1 (the GPU would not notice a wrong one). */
  encodeText(tokens: readonly Int32Array[], ablation: readonly Ablation[] = []): EncodedText {
    checkTokens(tokens, this.config);
    checkAblation(ablation, this.config);
    const scales = keyScalesOf(ablation, tokens); // (B, L)
    const keys: Tensor[] = [];
    const values: Tensor[] = [];
    const caption = tidy(() => {
      const text = this.text(tokens, ablation); // (B, L, D)
      for (let i = 0; i < this.config.depth; i++) {
        const [k, v] = this.textKeysValues(`blocks.${i}`, text); // (B, h, L, d) each
        keys.push(keep(scales ? mul(k, tensor(scales, [tokens.length, 1, this.config.text_length, 1])) : k));
        values.push(keep(v));
      }
      return slice(text, [0, 0, 0], [-1, 1, -1]); // (B, 1, D), the output at the <start> token
    });
    return { keys, values, caption, ablation, dispose: () => dispose([...keys, ...values, caption]) };
  }

  async wordVectors(): Promise<Float32Array> {
    return (await this.weight('text.word.weight').data<'float32'>()).slice();
  }

  /** See `Forward`: the guesses of `denoise`, read back and put together. */
  async guess(
    x: Float32Array,
    levels: Float32Array,
    text: EncodedText,
    shape: ClipShape = this.config,
  ): Promise<Float32Array[]> {
    const guesses = await this.finish(this.denoise(x, levels, text, shape), x, levels, text, shape);
    // Wasm and cpu are done at once: without a pause, a run would end before anybody could stop it.
    await new Promise((resolve) => setTimeout(resolve));
    return guesses;
  }

  /** Patches of the guess (B, N, 3P or 4P), which are disposed of, to clips (3, F, H, W) that were corrected and weighed. */
  async finish(
    patches: Tensor,
    x: Float32Array,
    levels: Float32Array,
    text: EncodedText,
    shape: ClipShape,
  ): Promise<Float32Array[]> {
    const rows = patches.shape[0];
    const data = (await patches.data()) as Float32Array; // the one read-back of a call, and never dataSync(); with a detail head, one more
    patches.dispose();
    const size = data.length / rows;
    const row = (i: number) => unpatchify(data.subarray(i * size, (i + 1) * size), this.config, shape); // (3 or 4, F, H, W)
    let drawn = Array.from({ length: rows }, (_, i) => row(i));
    if (this.detail) drawn = await this.detail.correct(drawn, x, levels, text.caption, shape); // (4, F, H, W) each
    return drawn.map((each) => weigh(each, x, levels)); // (3, F, H, W) each
  }

  /**
   * x: 3 x F x H x W noisy clip, levels: F x H x W, noise level t of each pixel. Returns patches of the guess for each
   * row of `text`, (B, N, 3P), with a skip (B, N, 4P); the caller disposes of it. `shape` is the clip's, where it isn't the model's own; `watch`
   * sees the state after each block (for tests).
   */
  denoise(
    x: Float32Array,
    levels: Float32Array,
    text: EncodedText,
    shape: ClipShape = this.config,
    watch?: (h: Tensor) => void,
  ): Tensor {
    let call = this.begin(x, levels, text, shape);
    for (let i = 0; i < this.config.depth; i++) {
      call = this.next(i, call);
      watch?.(call.h);
    }
    const guess = this.head(call);
    this.end(call);
    return guess;
  }

  /** Before the first block. x, levels, shape: see `denoise`. The call is its caller's, until `next` or `end` takes it. */
  begin(x: Float32Array, levels: Float32Array, text: EncodedText, shape: ClipShape = this.config): Call {
    const { config } = this;
    const waves = timeWaves(patchLevels(levels, config, shape), config);
    return this.beginRows(patchify(x, levels, config, shape), waves, 1, text, shape);
  }

  /**
   * The same from what patches.ts makes of x and levels. rows: 1 where all rows have one clip, or B, a clip each, as in training.
   * patches: rows x N x 4P numbers, waves: rows x (N or 1) x T.
   */
  beginRows(
    patches: Float32Array,
    waves: Float32Array,
    rows: number,
    text: EncodedText,
    shape: ClipShape = this.config,
  ): Call {
    const { config } = this;
    const modulation = tidy(() => {
      const given = tensor(waves, [rows, waves.length / rows / config.time_features, config.time_features]); // (1 or B, N or 1, T)
      const time = this.linear('time_out', silu(this.linear('time_in', given))); // (1 or B, N or 1, D)
      return this.linear('modulation', silu(add(time, text.caption))); // (B, N or 1, 6D)
    });
    const h = tidy(() => {
      const given = tensor(patches, [rows, tokensOf(config, shape), 4 * patchPixelsOf(config)]); // (1 or B, N, 4P)
      return this.linear('embed_up', this.linear('embed_down', given)); // (1 or B, N, D)
    });
    return { text, shape, modulation, positions: this.positionsOf(shape), h };
  }

  /** Block `i`, from 0: the call after it takes the place of the one before. One that is left out changes nothing, and says nothing. */
  next(i: number, call: Call, watcher?: Watcher): Call {
    if (cutOf(call.text.ablation, i).skipped) return call;
    // One tidy a block: what a block needs in between is free again before the next one begins.
    const h = tidy(() => this.block(i, call, watcher)); // (B, N, D)
    call.h.dispose();
    return { ...call, h };
  }

  /** What the state says of the clip, after the last block or, as an early guess, after any: (B, N, 3P or 4P). */
  head({ h }: Call): Tensor {
    return tidy(() => this.swiGLU('head', rmsNorm(h, this.weight('head_norm'))));
  }

  end({ h, modulation }: Call): void {
    dispose([h, modulation]);
  }

  /** Word tokens -> one vector a word (B, L, D). Padding is a word like any other: no attention mask exists anywhere. */
  text(tokens: readonly Int32Array[], ablation: readonly Ablation[] = []): Tensor {
    return tidy(() => {
      const rows = tokens.map((row) => [...row]);
      const ids = tensor(rows, undefined, 'int32'); // (B, L)
      let x = this.turned(gather(this.weight('text.word.weight'), ids), tokens, ablation); // (B, L, D)
      x = add(x, this.weight('text.position')); // (B, L, D)
      for (let i = 0; i < this.config.text_depth; i++) x = this.textBlock(`text.blocks.${i}`, x); // (B, L, D)
      return rmsNorm(x, this.weight('text.norm')); // (B, L, D)
    });
  }

  /** The vectors of words as an ablation turns them. x: (B, L, D). Inside a tidy. */
  private turned(x: Tensor, tokens: readonly Int32Array[], ablation: readonly Ablation[]): Tensor {
    const { vocabulary, dim, text_length } = this.config;
    const word = (token: number) => slice(this.weight('text.word.weight'), [token, 0], [1, dim]); // (1, D)
    for (const { minus, plus, share, at } of turnsOf(ablation, tokens, vocabulary))
      x = add(x, mul(tensor(at, [tokens.length, text_length, 1]), mul(sub(word(plus), word(minus)), share)));
    return x;
  }

  /** A plain pre-norm transformer block over the words of a caption. */
  private textBlock(name: string, x: Tensor): Tensor {
    const qkv = this.linear(`${name}.qkv`, rmsNorm(x, this.weight(`${name}.norm1`))); // (B, L, 3D)
    const [q, k, v] = split(qkv, 3, -1).map((part) => this.headsOf(part)); // (B, h, L, d) each
    x = add(x, this.linear(`${name}.out`, attention(q, k, v))); // (B, L, D)
    return add(x, this.swiGLU(`${name}.mlp`, rmsNorm(x, this.weight(`${name}.norm2`)))); // (B, L, D)
  }

  private textKeysValues(name: string, text: Tensor): [Tensor, Tensor] {
    const [k, v] = split(this.linear(`${name}.text_kv`, text), 2, -1); // (B, L, D) each
    return [rmsNorm(this.headsOf(k), this.weight(`${name}.text_k_norm`)), this.headsOf(v)]; // (B, h, L, d) each
  }

  /**
   * Full attention over all spacetime patches, which also read the words, then a gated MLP. Shift, scale and gate come
   * from one modulation shared by all blocks plus a small table of the block's own (adaLN-single; Chen et al. 2023).
   */
  private block(i: number, call: Call, watcher?: Watcher): Tensor {
    const name = `blocks.${i}`;
    const { modulation, text } = call;
    let x = call.h; // (B or 1, N, D)
    const [cos, sin] = this.placesIn(call); // (N, d/2) each
    const table = add(modulation, this.weight(`${name}.table`)); // (B, N or 1, 6D)
    const [shift1, scale1, gate1, shift2, scale2, gate2] = split(table, 6, -1); // (B, N or 1, D) each
    let y = add(mul(rmsNorm(x), add(scale1, 1)), shift1); // (B, N, D)
    const parts = split(this.linear(`${name}.qkv`, y), 3, -1); // (B, N, D) each
    const [queries, keys, values] = parts.map((part) => this.headsOf(part)); // (B, h, N, d) each
    const q = rotate(rmsNorm(queries, this.weight(`${name}.q_norm`)), cos, sin); // (B, h, N, d)
    const k = rotate(rmsNorm(keys, this.weight(`${name}.k_norm`)), cos, sin); // (B, h, N, d)
    const [allK, allV] = [concat([text.keys[i], k], 2), concat([text.values[i], values], 2)]; // (B, h, L + N, d) each
    const read = attention(q, allK, allV, this.limitsOf(i, call), watcher); // (B, N, D)
    const attended = mul(gate1, this.linear(`${name}.out`, read)); // (B, N, D)
    watcher?.added(attended);
    x = add(x, attended); // (B, N, D)
    y = add(mul(rmsNorm(x), add(scale2, 1)), shift2); // (B, N, D)
    const computed = mul(gate2, this.swiGLU(`${name}.mlp`, y)); // (B, N, D)
    watcher?.added(computed);
    return add(x, computed); // (B, N, D)
  }

  /** What an ablation leaves of a block's attention. Inside a tidy. */
  private limitsOf(i: number, { text, shape }: Call): Limits {
    const { config } = this;
    const cut = cutOf(text.ablation, i);
    const patches = tokensOf(config, shape);
    const mask = maskOf(cut, config.text_length, gridOf(config, shape));
    const loudness = loudnessOf(cut, config.heads);
    return {
      ...(mask && { mask: tensor(mask, [patches, config.text_length + patches]) }), // (N, L + N)
      ...(loudness && { loudness: tensor(loudness, [config.heads, 1, 1]) }),
    };
  }

  /** Positions as the patches are told them: their own, or shuffled. Inside a tidy. */
  private placesIn({ text, shape, positions }: Call): readonly Tensor[] {
    const order = orderOf(text.ablation, tokensOf(this.config, shape));
    return order ? positions.map((table) => gather(table, tensor(order, undefined, 'int32'))) : positions; // (N, d/2) each
  }

  /** Gated MLP (Shazeer 2020). */
  private swiGLU(name: string, x: Tensor): Tensor {
    const [gate, value] = split(this.linear(`${name}.inner`, x), 2, -1); // (B, N, M) each
    return this.linear(`${name}.outer`, mul(silu(gate), value)); // (B, N, out)
  }

  /** y = x W + bias over the last axis: (B, N, in) -> (B, N, out). */
  private linear(name: string, x: Tensor): Tensor {
    const weight = this.weight(`${name}.weight`); // (in, out)
    const [inner, outer] = weight.shape as [number, number];
    const y = matMul(reshape(x, [-1, inner]), weight); // (B*N, out)
    const bias = this.weights.get(`${name}.bias`);
    return reshape(bias ? add(y, bias) : y, [...x.shape.slice(0, -1), outer]); // (B, N, out)
  }

  /** (B, N, D) -> (B, h, N, d) */
  private headsOf(x: Tensor): Tensor {
    const [batch, tokens, dim] = x.shape as [number, number, number];
    const { heads } = this.config;
    return transpose(reshape(x, [batch, tokens, heads, dim / heads]), [0, 2, 1, 3]);
  }

  private weight(name: string): Tensor {
    return this.weights.get(name)!;
  }
}

/** A stored tensor as the network's page has it, or back: PyTorch keeps a matrix as (out, in); turned once, y = x W is a plain product. */
export function layout(name: string, stored: StoredTensor): StoredTensor {
  const { data, shape } = stored;
  const isMatrix = name.endsWith('.weight') && name !== 'text.word.weight';
  return isMatrix ? { data: turned(data, shape), shape: [shape[1], shape[0]] } : stored;
}

/** (out, in) -> (in, out) */
export function turned(data: Float32Array, [rows, columns]: readonly number[]): Float32Array {
  const result = new Float32Array(data.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) result[j * rows + i] = data[i * columns + j];
  return result;
}
