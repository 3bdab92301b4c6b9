/**
 * <learn-grid>: what training shows, as a table of boxes to tick: a row a colour or a thing of the learner's own, a column a
 * motion or a thing. The words are the world's own. It sends `tick` with the pair and whether it is ticked.
 */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { pairOf } from '../../sessions/learn/world';
import type { Strings } from '../../i18n';
import { learnStrings } from '../../i18n/learn';
import { shared } from '../../ui/shared';

export interface Tick {
  readonly pair: string;
  readonly on: boolean;
}

@customElement('learn-grid')
export class LearnGrid extends LitElement {
  static override styles = [
    shared,
    css`
      .scroll {
        position: relative; /* or what only screen readers read would widen the page */
        overflow-x: auto;
      }
      caption {
        padding-block-end: var(--space-1);
      }
      th {
        padding: var(--space-1) var(--space-2);
        font-weight: 450;
        text-align: start;
      }
      thead th {
        text-align: center;
      }
      td {
        border: 1px solid var(--line);
        padding: 0;
      }
      td:has(:checked) {
        background: var(--ice-wash);
      }
      label {
        display: grid;
        place-items: center;
        min-inline-size: 2.75rem;
        min-block-size: 2.25rem;
        cursor: pointer;
      }
      svg {
        inline-size: 0.8rem;
        block-size: 0.8rem;
        margin-inline-end: var(--space-2);
        vertical-align: -0.05rem;
      }
    `,
  ];

  @property({ attribute: false }) strings!: Strings;
  @property({ attribute: false }) rows: readonly string[] = [];
  @property({ attribute: false }) columns: readonly string[] = [];
  @property({ attribute: false }) ticked: readonly string[] = [];
  @property({ attribute: false }) paints: Readonly<Record<string, readonly number[]>> = {};
  @property() label = '';

  protected override render(): TemplateResult {
    const { rows, columns, label, strings } = this;
    const words = learnStrings(strings);
    const name = (column: string) => words.motionWords[column] ?? strings.world.phrase(column);
    return html`
      <div class="scroll" tabindex="0" role="region" aria-label=${label}>
        <table>
          <caption>
            ${label}
          </caption>
          <thead>
            <tr>
              <td></td>
              ${columns.map((column) => html`<th scope="col">${name(column)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              (row) =>
                html`<tr>
                  <th scope="row">${this.paint(row)}${strings.world.phrase(row)}</th>
                  ${columns.map((column) => html`<td>${this.box(pairOf(row, column), words.cell(strings.world.phrase(row), name(column)))}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    `;
  }

  private paint(row: string): TemplateResult | typeof nothing {
    const paint = this.paints[row];
    if (!paint) return nothing;
    return html`<svg viewBox="0 0 10 10" aria-hidden="true">
      <circle cx="5" cy="5" r="5" fill="rgb(${paint.join(' ')})"></circle>
    </svg>`;
  }

  private box(pair: string, name: string): TemplateResult {
    return html`<label
      ><input
        type="checkbox"
        aria-label=${name}
        .checked=${live(this.ticked.includes(pair))}
        @change=${(event: Event) => {
          const detail: Tick = { pair, on: (event.target as HTMLInputElement).checked };
          this.dispatchEvent(new CustomEvent('tick', { detail }));
        }}
    /></label>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'learn-grid': LearnGrid;
  }
}
