/** <lab-break>: ways to break it. Each says what it changes and what to look for; one click tries it, one leads back. */
import { css, html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { experiments } from '../../app/lab/experiments';
import { StudioElement } from '../element';
import { shared } from '../shared';

@customElement('lab-break')
export class LabBreak extends StudioElement {
  static override styles = [
    shared,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr));
        gap: var(--space-4);
        list-style: none;
      }
      li {
        display: grid;
        grid-template-rows: auto 1fr auto;
        gap: var(--space-2);
        padding: var(--space-3) var(--space-4);
        border-radius: var(--radius-m);
        background: var(--sunken);
      }
      h3 {
        font-size: var(--text-m);
      }
      li button {
        justify-self: start;
      }
      .back {
        margin-block-end: var(--space-4);
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { state, strings, studio } = this;
    const { lab } = strings;
    return html`
      <p class="back">
        <button ?disabled=${state.before.value === null} @click=${() => studio.back()}>${lab.back}</button>
      </p>
      <ul>
        ${experiments.map(
          (experiment) =>
            html`<li>
              <h3>${lab.experiments[experiment.name].title}</h3>
              <p class="help">${lab.experiments[experiment.name].lookFor}</p>
              <button
                aria-label="${lab.tryIt}: ${lab.experiments[experiment.name].title}"
                @click=${() => studio.try(experiment)}
              >
                ${lab.tryIt}
              </button>
            </li>`,
        )}
      </ul>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lab-break': LabBreak;
  }
}
