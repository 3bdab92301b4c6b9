import { tokenize } from '../world/prompt';
import type { ClipShape, Denoiser, Row } from '../sampling/types';
import type { Encoded, Forward } from './forward';

/**
 * A forward pass bound to one prompt: what a sampler calls. All rows asked for are evaluated in one batch, and their words
 * are encoded once for each combination of rows (a run knows two at most).
 */
export class TransformerDenoiser<Text extends Encoded = Encoded> implements Denoiser {
  readonly shape: ClipShape;
  private readonly tokens: Readonly<Record<Row, Int32Array>>;
  private readonly texts = new Map<string, Text>();

  /** tokens: text_length word tokens, see `tokenize` in src/world/prompt.ts */
  constructor(
    private readonly model: Forward<Text>,
    tokens: Int32Array,
  ) {
    this.shape = model.config;
    this.tokens = { prompt: tokens, empty: tokenize('', model.config.text_length).tokens };
  }

  /** x: 3 x F x H x W, levels: F x H x W. One guess (3 x F x H x W) a row. */
  guess(x: Float32Array, levels: Float32Array, rows: readonly Row[]): Promise<Float32Array[]> {
    return this.model.guess(x, levels, this.encoded(rows));
  }

  /** Frees the encoded words; the model stays. */
  dispose(): void {
    for (const text of this.texts.values()) text.dispose();
    this.texts.clear();
  }

  private encoded(rows: readonly Row[]): Text {
    const key = rows.join();
    let text = this.texts.get(key);
    if (!text) {
      text = this.model.encodeText(rows.map((row) => this.tokens[row]));
      this.texts.set(key, text);
    }
    return text;
  }
}
