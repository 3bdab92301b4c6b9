/**
 * <picture-distance>: how far a picture is from the training world, and what to expect of it, in words. `atOnce` asks for each
 * picture by itself; else a button does, and a picture that has changed since has no answer.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state as own } from 'lit/decorators.js';
import { distanceOf, type Distance } from '../../sessions/make/distance';
import { pictureStrings } from '../../i18n/pictures';
import type { ClipShape } from '../../sampling/types';
import { StudioElement } from '../../ui/element';
import { shared } from '../../ui/shared';
import { styles } from './picture-styles';

@customElement('picture-distance')
export class PictureDistance extends StudioElement {
  static override styles = [shared, styles];

  /** 3 x 1 x height x width, or of as many frames as the shape has. */
  @property({ attribute: false }) frames!: Float32Array;
  @property({ attribute: false }) shape!: ClipShape;
  @property({ attribute: false }) atOnce = false;
  /** The network that is loaded, by name: with another one it is another question. */
  @property({ attribute: false }) network: string | null = null;

  @own() private answer: Distance | 'asking' | 'failed' | null = null;
  private asking = new AbortController();

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.has('frames') ? (changed.get('frames') as Float32Array | undefined) : this.frames;
    if (same(this.frames, before) && !changed.has('network')) return;
    this.asking.abort();
    this.answer = null;
    if (this.atOnce) void this.ask();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.asking.abort();
  }

  private async ask(): Promise<void> {
    this.asking.abort();
    const mine = new AbortController();
    this.asking = mine;
    this.answer = 'asking';
    const answer = await distanceOf(this.frames, this.shape, this.studio.engine, mine.signal).catch(() => 'failed' as const); // prettier-ignore
    if (!mine.signal.aborted) this.answer = answer;
  }

  protected override render(): TemplateResult {
    const words = pictureStrings(this.strings);
    const { answer } = this;
    return html`
      ${
        this.atOnce || (answer && answer !== 'failed')
          ? nothing
          : html`<button class="chip" @click=${() => void this.ask()}>${words.check}</button>`
      }
      <div role="status">
        ${answer === null ? nothing : answer === 'asking' ? html`<p class="help">${words.checking}</p>` : this.said(answer)}
      </div>
    `;
  }

  private said(answer: Distance | 'failed'): TemplateResult {
    const words = pictureStrings(this.strings);
    if (answer === 'failed') return html`<p class="help">${words.failed}</p>`;
    const { verdict, times, outside, seen, asked } = answer;
    const network = times !== null ? words.times(times) : asked === null ? words.noNetwork : words.unmeasured;
    return html`
      <p><strong>${words.expect}:</strong> ${words.verdicts[verdict]}</p>
      <p class="help">${network} ${words.outside(outside)} ${words.seen[seen]}</p>
    `;
  }
}

function same(one: Float32Array, other: Float32Array | undefined): boolean {
  return one.length === other?.length && one.every((value, i) => value === other[i]);
}

declare global {
  interface HTMLElementTagNameMap {
    'picture-distance': PictureDistance;
  }
}
