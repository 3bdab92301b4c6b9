/**
 * <source-lines>: where a station of the walk stands in the network's code, in TypeScript as this page runs it or in PyTorch
 * as it was trained, with the lines in question marked. The files come when it is first opened.
 */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Station } from '../../sessions/inside/walk';
import type { WalkStrings } from '../../i18n/walk';
import { shared } from '../../ui/shared';
import { anchors, fileOf, languages, linesOf, textOf, type Language } from './source';

@customElement('source-lines')
export class SourceLines extends LitElement {
  static override styles = [
    shared,
    css`
      .ways {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
        margin-block: var(--space-2);
      }
      pre {
        position: relative;
        margin: 0;
        max-block-size: 22rem;
        overflow: auto;
        padding: var(--space-2);
        border: 1px solid var(--line);
        border-radius: var(--radius-s);
        background: var(--surface);
        font-size: var(--text-xs);
        line-height: 1.5;
        tab-size: 2;
      }
      mark {
        background: var(--ice-wash);
        color: inherit;
        box-shadow: inset 3px 0 var(--ice);
      }
      mark,
      .rest {
        display: block;
      }
    `,
  ];

  @property() station: Exclude<Station, 'next'> = 'attention';
  @property({ attribute: false }) words!: WalkStrings;
  @state() private language: Language = 'ts';
  @state() private text: string | null = null;
  @state() private failed = false;
  private open = false;

  protected override render(): TemplateResult {
    const { words, language } = this;
    return html`<details @toggle=${(event: Event) => this.toggle((event.target as HTMLDetailsElement).open)}>
      <summary>${words.code}</summary>
      <div class="ways">
        ${languages.map(
          (each) =>
            html`<button class="chip" aria-pressed=${each === language} @click=${() => this.choose(each)}>
              ${words.languages[each]}
            </button>`,
        )}
      </div>
      <p class="help" role="status">${this.failed ? words.failed : this.text === null ? words.coming : nothing}</p>
      ${this.text === null ? nothing : this.code(this.text)}
    </details>`;
  }

  private code(text: string): TemplateResult {
    const { station, language, words } = this;
    const [first, last] = linesOf(text, anchors[station][language]);
    const lines = text.split('\n');
    const part = (from: number, to: number) => lines.slice(from, to).join('\n');
    const where = words.where(fileOf(language), first + 1, last + 1);
    return html`<p class="help numbers">${where}</p>
      <pre tabindex="0" role="region" aria-label=${where} lang="en"><span class="rest">${part(0, first)}</span
        ><mark>${part(first, last + 1)}</mark
        ><span class="rest">${part(last + 1, lines.length)}</span></pre>`;
  }

  /** The marked lines are in sight, whatever was scrolled before. */
  protected override updated(changed: PropertyValues): void {
    const [box, mark] = [this.renderRoot.querySelector('pre'), this.renderRoot.querySelector('mark')];
    if (box && mark && ['text', 'station'].some((name) => changed.has(name)))
      box.scrollTop = Math.max(0, mark.offsetTop - box.clientHeight / 4);
  }

  private toggle(open: boolean): void {
    this.open = open;
    if (open && this.text === null) void this.fetch();
  }

  private choose(language: Language): void {
    this.language = language;
    this.text = null;
    if (this.open) void this.fetch();
  }

  private async fetch(): Promise<void> {
    const { language } = this;
    this.failed = false;
    const text = await textOf(language).catch(() => null);
    if (language !== this.language) return; // another one was chosen meanwhile
    this.failed = text === null;
    this.text = text;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'source-lines': SourceLines;
  }
}
