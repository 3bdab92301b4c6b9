import { tokenize } from '../world/prompt';
import { ConditionError } from '../sampling/errors';
import type { Ablation, ClipShape, Denoiser, Condition } from '../sampling/types';
import { gridOf } from './config';
import type { Encoded, Forward } from './forward';
import { maxBatch } from './network';

export interface OtherConditions {
  readonly then?: Int32Array; // tokens of a second prompt, which a run turns to on its way
  readonly negative?: Int32Array; // tokens of the words to stay away from
  readonly weak?: Forward; // an earlier checkpoint of the same model, for autoguidance; stays its owner's
  readonly ablation?: readonly Ablation[]; // what the model does without; the weak one stays whole
}

/**
 * A forward pass bound to one prompt, or to two: what a sampler calls. Conditions asked for together are evaluated in batches as
 * large as the network takes (the weak model's in one of its own), and their words are encoded once for each combination.
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
    const { then, negative, weak } = others;
    this.tokens = { prompt: tokens, then, empty: tokenize('', model.config.text_length).tokens, negative };
    this.conditions = [
      'prompt',
      'empty',
      ...(then ? ['then' as const] : []),
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
    const guesses: Float32Array[] = [];
    for (let from = 0; from < strong.length; from += maxBatch)
      guesses.push(...(await this.answers('strong', x, levels, strong.slice(from, from + maxBatch))));
    if (strong.length === conditions.length) return guesses;
    const words = strong.includes('then') && !strong.includes('prompt') ? 'then' : 'prompt';
    const weak = await this.answers('weak', x, levels, [words]);
    return conditions.map((condition) => (condition === 'weak' ? weak[0] : guesses.shift()!));
  }

  /** Frees the encoded words; the models stay. */
  dispose(): void {
    for (const text of this.texts.values()) text.dispose();
    this.texts.clear();
  }

  private answers(
    who: 'strong' | 'weak',
    x: Float32Array,
    levels: Float32Array,
    conditions: readonly Condition[],
  ): Promise<Float32Array[]> {
    const model = who === 'weak' ? this.others.weak! : this.model;
    return model.guess(x, levels, this.encoded(who, model, conditions), this.shape);
  }

  private encoded(who: 'strong' | 'weak', model: Forward, conditions: readonly Condition[]): Encoded {
    const key = `${who} ${conditions.join()}`;
    let text = this.texts.get(key);
    if (!text) {
      const rows = conditions.map((condition) => this.tokens[condition]!);
      text = model.encodeText(rows, who === 'weak' ? [] : this.others.ablation);
      this.texts.set(key, text);
    }
    return text;
  }
}
