/**
 * <inside-seen>: the map of the training world, two kinds of words against each other, with its deliberate holes. A field,
 * pressed, shows a true clip of it, and the network can be asked for the same.
 *
 * What it is not: it draws and counts nothing (sessions/inside/seen.ts does). It needs no network.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { axes, noSpeed, phraseOf, seenOf, type Axis, type Seen } from '../../sessions/inside/seen';
import { seenStrings } from '../../i18n/seen';
import '../../ui/clip-picture/clip-picture';
import { StudioElement, toStage } from '../../ui/element';
import { shared } from '../../ui/shared';
import './inside-holes';
import './inside-nearest';
import { partStyles } from './part-styles';

@customElement('inside-seen')
export class InsideSeen extends StudioElement {
  static override styles = [
    shared,
    partStyles,
    css`
      .example {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2) var(--space-4);
      }
      th {
        padding: 0 var(--space-2);
        text-align: start;
        font-weight: 450;
      }
      td {
        padding: 1px;
      }
      td button {
        inline-size: 100%;
        min-inline-size: 2.75rem;
        min-block-size: 2rem;
        padding: 0 var(--space-1);
        border-color: var(--line);
        background: var(--ice-wash);
        font-size: var(--text-xs);
        font-weight: 450;
      }
      .none {
        display: block;
        color: var(--ink-soft);
        text-align: center;
      }
      td button.left {
        background: var(--ember-wash);
        color: var(--ember);
        font-weight: 700;
      }
      td button[aria-pressed='true'] {
        box-shadow: 0 0 0 2px var(--ember);
      }
      .example > figure {
        flex: 0 1 12rem;
      }
      .example > div {
        display: grid;
        gap: var(--space-2);
        align-content: start;
        flex: 1 1 16rem;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const words = seenStrings(this.strings);
    const seen = seenOf(this.studio);
    return html`
      <div class="choose">${this.side(seen, 'rows')} ${this.side(seen, 'columns')}</div>
      ${this.map(seen)}
      <p class="help">
        ${words.legend}. ${words.odds}
        ${seen.rows.value === 'speed' || seen.columns.value === 'speed' ? words.speedGap : nothing}
      </p>
      <div role="status">${this.example(seen)}</div>
      <inside-holes .studio=${this.studio} .strings=${this.strings}></inside-holes>
      <inside-nearest .studio=${this.studio} .strings=${this.strings}></inside-nearest>
    `;
  }

  private side(seen: Seen, side: 'rows' | 'columns'): TemplateResult {
    const words = seenStrings(this.strings);
    const chosen = seen[side].value;
    return html`<label
      >${words[side]}
      <select @change=${(event: Event) => seen.choose(side, axes[(event.target as HTMLSelectElement).selectedIndex])}>
        ${axes.map((axis) => html`<option .selected=${live(axis === chosen)}>${words.axes[axis]}</option>`)}
      </select></label
    >`;
  }

  private map(seen: Seen): TemplateResult {
    const words = seenStrings(this.strings);
    const { rows, columns, odds } = seen.map.value;
    const name = words.map(words.axes[seen.rows.value], words.axes[seen.columns.value]);
    return html`<div class="scroll">
      <table class="numbers">
        <caption>
          ${name}
        </caption>
        <thead>
          <tr>
            <td></td>
            ${columns.map((column) => html`<th scope="col">${this.phrase(seen.columns.value, column)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row, r) =>
              html`<tr>
                <th scope="row">${this.phrase(seen.rows.value, row)}</th>
                ${columns.map((column, c) => html`<td>${this.field(seen, row, column, odds[r][c])}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  /** In the page's language. */
  private phrase(axis: Axis, word: string): string {
    if (word === noSpeed) return seenStrings(this.strings).noSpeed;
    return this.strings.world.phrase(phraseOf(axis, word));
  }

  private field(seen: Seen, row: string, column: string, share: number): TemplateResult {
    const words = seenStrings(this.strings);
    const cell = seen.cell.value;
    if (Number.isNaN(share))
      return html`<span
        class="none"
        role="img"
        aria-label=${words.noScene(this.phrase(seen.rows.value, row), this.phrase(seen.columns.value, column))}
        >–</span
      >`;
    return html`<button
      class=${share === 0 ? 'left' : ''}
      aria-label=${words.field(this.phrase(seen.rows.value, row), this.phrase(seen.columns.value, column), share)}
      aria-pressed=${cell?.row === row && cell.column === column}
      @click=${() => seen.pick(row, column)}
    >
      ${share === 0 ? '✕' : words.times(share)}
    </button>`;
  }

  private example(seen: Seen): TemplateResult | typeof nothing {
    const { state, strings } = this;
    const words = seenStrings(strings);
    const [cell, example] = [seen.cell.value, seen.example.value];
    if (!cell || !example) return nothing;
    const { clip, shape } = example;
    const prompt = strings.world.sentence(example.prompt);
    const [row, column] = [this.phrase(seen.rows.value, cell.row), this.phrase(seen.columns.value, cell.column)];
    const frame = Math.min(state.frame.value, shape.frames - 1);
    return html`<div class="example">
      <figure>
        <clip-picture .clip=${clip} .shape=${shape} .frame=${frame} label=${words.asked(prompt)}></clip-picture>
        <figcaption>${prompt}</figcaption>
      </figure>
      <div>
        <p>${seen.hole.value ? words.inHole(row, column) : words.common(row, column)}</p>
        <div class="ways">
          <button @click=${() => seen.another()}>${words.another}</button>
          <button
            class="chief"
            @click=${() => {
              void seen.ask();
              toStage(this);
            }}
          >
            ${words.ask}
          </button>
        </div>
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'inside-seen': InsideSeen;
  }
}
