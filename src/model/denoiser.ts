import { tokenize } from '../world/prompt';
import type { ClipShape, Denoiser, Row } from '../sampling/types';
import { gridOf } from './config';
import { unpatchify } from './patches';
import type { EncodedText, Transformer } from './transformer';

/**
 * The transformer bound to one prompt: what a sampler calls. All rows asked for are evaluated in one batch, and their
 * words are encoded once for each combination of rows (a run knows two at most).
 */
export class TransformerDenoiser implements Denoiser {
  private readonly tokens: Readonly<Record<Row, Int32Array>>;
  private readonly texts = new Map<string, EncodedText>();

  /** tokens: text_length word tokens, see `tokenize` in src/world/prompt.ts; shape: of the clips, if not the model's own */
  constructor(
    private readonly model: Transformer,
    tokens: Int32Array,
    readonly shape: ClipShape = model.config,
  ) {
    if (!gridOf(model.config, shape).every(Number.isInteger)) {
      const { patch_frames, patch_size } = model.config;
      throw new RangeError(`A clip must be made of whole patches of ${patch_frames} x ${patch_size} x ${patch_size}.`);
    }
    this.tokens = { prompt: tokens, empty: tokenize('', model.config.text_length).tokens };
  }

  /** x: 3 x F x H x W, levels: F x H x W. One guess (3 x F x H x W) a row. */
  async guess(x: Float32Array, levels: Float32Array, rows: readonly Row[]): Promise<Float32Array[]> {
    const patches = this.model.denoise(x, levels, this.encoded(rows), this.shape); // (B, N, 3P)
    const data = (await patches.data()) as Float32Array; // the one read-back of a call, and never dataSync()
    patches.dispose();
    // Wasm and cpu are done at once: without a pause, a run would end before anybody could stop it.
    await new Promise((resolve) => setTimeout(resolve));
    const size = data.length / rows.length;
    return rows.map((_, i) => unpatchify(data.subarray(i * size, (i + 1) * size), this.model.config, this.shape));
  }

  /** Frees the encoded words; the model stays. */
  dispose(): void {
    for (const text of this.texts.values()) text.dispose();
    this.texts.clear();
  }

  private encoded(rows: readonly Row[]): EncodedText {
    const key = rows.join();
    let text = this.texts.get(key);
    if (!text) {
      text = this.model.encodeText(rows.map((row) => this.tokens[row]));
      this.texts.set(key, text);
    }
    return text;
  }
}
