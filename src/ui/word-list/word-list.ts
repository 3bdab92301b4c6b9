/** <word-list>: what the words of the page mean, and what the field calls it. Its entries come when somebody opens it. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Strings } from '../../i18n';
import type { glossaryIn } from '../../i18n/glossary';
import { shared } from '../shared';

@customElement('word-list')
export class WordList extends LitElement {
  static override styles = [
    shared,
    css`
      dl {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr));
        gap: var(--space-3) var(--space-5);
        margin-block-start: var(--space-2);
      }
      dt {
        color: var(--ink);
        font-weight: 600;
      }
      dd {
        margin: 0;
      }
      .term {
        font-style: italic;
      }
    `,
  ];

  @property({ attribute: false }) strings!: Strings;
  @state() private find: typeof glossaryIn | 'failed' | null = null;

  protected override render(): TemplateResult {
    const { strings, find } = this;
    return html`<details @toggle=${() => void this.bring()}>
      <summary>${strings.glossary}</summary>
      ${find === null ? nothing : find === 'failed' ? html`<p>${strings.views.failed}</p>` : this.list(find)}
    </details>`;
  }

  private list(find: typeof glossaryIn): TemplateResult {
    return html`<dl>
      ${Object.values(find(this.strings)).map(
        ({ word, term, means }) =>
          html`<div>
            <dt>${word}</dt>
            <dd class="term">${term}</dd>
            <dd>${means}</dd>
          </div>`,
      )}
    </dl>`;
  }

  private async bring(): Promise<void> {
    if (typeof this.find === 'function') return;
    this.find = await import('../../i18n/glossary').then(({ glossaryIn }) => glossaryIn).catch(() => 'failed' as const);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'word-list': WordList;
  }
}
