import { tokenize } from '../world/prompt';
import { ConditionError } from '../sampling/errors';
import type { ClipShape, Denoiser, Condition } from '../sampling/types';
import { gridOf } from './config';
import type { Encoded, Forward } from './forward';

export interface OtherConditions {
  readonly negative?: Int32Array; // tokens of the words to stay away from
  readonly weak?: Forward; // an earlier checkpoint of the same model, for autoguidance; stays its owner's
}

/**
 * A forward pass bound to one prompt: what a sampler calls. All conditions asked for are evaluated in one batch (the weak
 * model's in one of its own), and their words are encoded once for each combination (a run knows two at most).
 */
export class TransformerDenoiser implements Denoiser {
  readonly conditions: readonly Condition[];
  private readonly tokens: Readonly<Partial<Record<Condition, Int32Array>>>;
  private readonly texts = new Map<string, Encoded>();

  /** tokens: text_length word tokens, see `tokenize` in src/world/prompt.ts; shape: of the clips, if not the model's own */
  constructor(
    private readonly model: Forward,
    tokens: Int32Array,
    private readonly others: OtherConditions = {},
    readonly shape: ClipShape = model.config,
  ) {
    if (!gridOf(model.config, shape).every(Number.isInteger)) {
      const { patch_frames, patch_size } = model.config;
      throw new RangeError(`A clip must be made of whole patches of ${patch_frames} x ${patch_size} x ${patch_size}.`);
    }
    const { negative, weak } = others;
    this.tokens = { prompt: tokens, empty: tokenize('', model.config.text_length).tokens, negative, weak: tokens };
    this.conditions = [
      'prompt',
      'empty',
      ...(negative ? ['negative' as const] : []),
      ...(weak ? ['weak' as const] : []),
    ];
  }

  /**
   * x: 3 x F x H x W, levels: F x H x W or one number for all. One guess (3 x F x H x W) a condition.
   * Throws ConditionError for a condition that it lacks.
   */
  async guess(x: Float32Array, levels: Float32Array, conditions: readonly Condition[]): Promise<Float32Array[]> {
    const missing = conditions.find((condition) => !this.conditions.includes(condition));
    if (missing) throw new ConditionError(missing);
    const strong = conditions.filter((condition) => condition !== 'weak');
    const guesses = strong.length ? await this.answers(this.model, x, levels, strong) : [];
    if (strong.length === conditions.length) return guesses;
    const [weak] = await this.answers(this.others.weak!, x, levels, ['weak']);
    return conditions.map((condition) => (condition === 'weak' ? weak : guesses.shift()!));
  }

  /** Frees the encoded words; the models stay. */
  dispose(): void {
    for (const text of this.texts.values()) text.dispose();
    this.texts.clear();
  }

  private answers(
    model: Forward,
    x: Float32Array,
    levels: Float32Array,
    conditions: readonly Condition[],
  ): Promise<Float32Array[]> {
    return model.guess(x, levels, this.encoded(model, conditions), this.shape);
  }

  private encoded(model: Forward, conditions: readonly Condition[]): Encoded {
    const key = conditions.join(); // 'weak' is never among others, so a key belongs to one model
    let text = this.texts.get(key);
    if (!text) {
      text = model.encodeText(conditions.map((condition) => this.tokens[condition]!));
      this.texts.set(key, text);
    }
    return text;
  }
}
