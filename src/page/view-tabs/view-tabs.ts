/** <view-tabs>: the views that stand beside the stage, one press each. A number key does the same (snow-globe/keys.ts). */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { StudioElement } from '../../ui/element';
import { shared } from '../../ui/shared';
import { offered } from '../views';

@customElement('view-tabs')
export class ViewTabs extends StudioElement {
  static override styles = [
    shared,
    css`
      nav {
        display: flex;
        gap: var(--space-1);
      }
      button {
        min-block-size: 2.75rem;
        padding-inline: var(--space-4);
        border: 0;
        border-block-end: 3px solid transparent;
        border-radius: var(--radius-s) var(--radius-s) 0 0;
        background: none;
        color: var(--ink-soft);
        font-size: var(--text-m);
      }
      button[aria-current] {
        border-block-end-color: var(--ember);
        color: var(--ink);
        font-weight: 600;
      }
      @media (max-width: 60rem) {
        nav {
          display: grid;
          grid-auto-flow: column;
          grid-auto-columns: minmax(min-content, 1fr);
          gap: 0;
        }
        button {
          border-block: 3px solid transparent;
          border-radius: 0;
          padding-inline: var(--space-1);
        }
        button[aria-current] {
          border-block: 3px solid transparent;
          border-block-start-color: var(--ember);
        }
      }
      /* As many tabs as there are shall find room on a phone. */
      @media (max-width: 26rem) {
        button {
          padding-inline: 0;
          font-size: var(--text-s);
        }
      }
      /* A border that cannot be seen can be seen there. */
      @media (forced-colors: active) {
        button {
          border-color: Canvas;
        }
        button[aria-current] {
          border-color: Highlight;
        }
      }
    `,
  ];

  protected override render(): TemplateResult | typeof nothing {
    const { state, strings, studio } = this;
    const names = offered(state.hidden.value);
    if (names.length < 2) return nothing;
    return html`<nav aria-label=${strings.views.title}>
      ${names.map(
        (name) =>
          html`<button
            aria-current=${name === state.beside.value ? 'page' : nothing}
            title=${strings.views.about[name]}
            @click=${() => studio.view.go(name)}
          >
            ${strings.views.names[name]}
          </button>`,
      )}
    </nav>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'view-tabs': ViewTabs;
  }
}
