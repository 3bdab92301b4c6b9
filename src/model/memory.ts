/**
 * How much memory a model will take, before any of it is taken.
 *
 * What it is: an upper bound for the page of tfjs operations (transformer.ts), counted tensor by tensor in its largest
 * block, where nothing is free again before the block is through. The test holds it against what tfjs counts.
 * What it is not: it knows no machine. What fits is the engine's question.
 */
import { parameterShapes, tokensOf, type ModelConfig } from './config';

export interface MemoryNeed {
  readonly bytes: number; // weights, and the most that a call needs in between
  readonly largest: number; // bytes of the largest single tensor
}

/** batch: of a call, two with guidance. Letters as in transformer.ts; noise levels may differ from patch to patch. */
export function memoryOf(config: ModelConfig, batch = 2): MemoryNeed {
  const sizes = [...parameterShapes(config).values()].map((shape) => shape.reduce((a, b) => a * b, 1));
  const weights = sizes.reduce((a, b) => a + b, 0);
  const N = tokensOf(config);
  const K = N + config.text_length;
  const { dim: D, mlp_dim: M, heads: h, depth } = config;
  const B = batch;

  const text = 2 * depth * B * config.text_length * D; // keys and values of all blocks
  const modulation = 18 * B * N * D; // kept, with a block's table, and split
  const attention = 5 * B * h * N * K + 4 * B * K * D; // scores, softmax and its parts; keys and values with the words'
  const rest = B * N * (56 * D + 8 * M); // norms, qkv, rotary halves, gated MLP
  const largest = Math.max(...sizes, B * h * N * K, 6 * B * N * D, 2 * B * N * M);
  return { bytes: 4 * (weights + text + modulation + attention + rest), largest: 4 * largest };
}
