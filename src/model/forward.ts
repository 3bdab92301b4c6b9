import type { Ablation, ClipShape } from '../sampling/types';
import type { ModelConfig } from './config';

/**
 * What the words of one or more prompts say to the network, and what it does without in their calls: encoded once, kept
 * until `dispose()`.
 */
export interface Encoded {
  dispose(): void;
}

/** The network's forward pass, whoever computes it: the page of tfjs operations, or the static graph. */
export interface Forward<Text extends Encoded = Encoded> {
  readonly config: ModelConfig;
  readonly parameters: number;
  /** Its buffers fit one shape of clip alone: that of its config. */
  readonly fixed?: boolean;

  /**
   * Once per prompt. tokens: of each prompt text_length tokens, each 0 .. vocabulary - 1, else a RangeError; an ablation of
   * what the network has not is a SettingsError.
   */
  encodeText(tokens: readonly Int32Array[], ablation?: readonly Ablation[]): Text;

  /**
   * x: 3 x F x H x W noisy clip, levels: F x H x W, or one number for all. The guess (3 x F x H x W) for
   * each prompt of `text`. One read-back.
   * shape: the clip's, where it isn't the model's own; whoever was made for one shape alone throws a RangeError.
   */
  guess(x: Float32Array, levels: Float32Array, text: Text, shape?: ClipShape): Promise<Float32Array[]>;

  /** The learned vector of each word, before it is read in a sentence: (vocabulary, D). A copy. */
  wordVectors(): Promise<Float32Array>;

  dispose(): void;
}

export function checkTokens(tokens: readonly Int32Array[], { text_length, vocabulary }: ModelConfig): void {
  for (const row of tokens) {
    if (row.length !== text_length || row.some((token) => token < 0 || token >= vocabulary)) {
      throw new RangeError(`A prompt must be ${text_length} tokens from 0 to ${vocabulary - 1}.`);
    }
  }
}
