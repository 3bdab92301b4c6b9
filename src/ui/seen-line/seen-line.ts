/** <seen-line>: in one line, how much of what was asked is seen. It leads to the rest. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { StudioElement } from '../element';
import { shared } from '../shared';

@customElement('seen-line')
export class SeenLine extends StudioElement {
  static override styles = [
    shared,
    css`
      p {
        display: flex;
        justify-content: space-between;
        gap: var(--space-3);
        min-block-size: 1.5rem;
        align-items: center;
        font-size: var(--text-s);
      }
      button {
        min-block-size: 1.5rem;
        padding: 0;
        border: 0;
        background: none;
        color: var(--ice);
        font-weight: 450;
        text-decoration: underline;
        text-underline-offset: 0.2em;
      }
      button:hover:not(:disabled) {
        background: none;
        text-decoration-thickness: 2px;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { seen } = this.strings;
    const { comparison, reading } = this.studio.seeing;
    const now = comparison.value;
    const text = !now
      ? seen.looking
      : !reading.value?.seen
        ? seen.nothing
        : now.total === 0
          ? seen.free
          : seen.line(now.right, now.total);
    if (!this.state.filled.value) return html`<p>&nbsp;</p>`;
    return html`<p class="numbers">
      <span>${text}</span>
      ${now ? html`<button @click=${() => this.dispatchEvent(new Event('open-seen'))}>${seen.more}</button>` : nothing}
    </p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'seen-line': SeenLine;
  }
}
