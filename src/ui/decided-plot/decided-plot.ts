/**
 * <decided-plot>: when is what decided? One row for each word, one column for each step's guess; every cell says whether
 * that word is already right there. Shapes tell the cells apart, colours only help. One strip leads to a step.
 */
import { css, html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Cell, DecidedRow } from '../../judging/decided';
import { StudioElement } from '../element';
import { shared } from '../shared';
import { pointed, walked } from '../strip';

const allCells: readonly Cell[] = ['right', 'wrong', 'undecided', 'absent', 'same', 'other'];

@customElement('decided-plot')
export class DecidedPlot extends StudioElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: var(--space-2);
      }
      .plot {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        grid-auto-rows: 1.6rem;
        gap: 0 var(--space-2);
        align-items: center;
        font-size: var(--text-s);
        max-inline-size: 60rem;
      }
      .name {
        grid-column: 1;
        white-space: nowrap;
      }
      .from {
        grid-column: 3;
        color: var(--ink-soft);
        font-size: var(--text-xs);
        white-space: nowrap;
        min-inline-size: 3.2rem;
      }
      .head {
        grid-column: 2;
        display: flex;
        justify-content: space-between;
        gap: var(--space-2);
        color: var(--ink-soft);
        font-size: var(--text-xs);
      }
      .head span:nth-child(2) {
        white-space: nowrap;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .strip {
        grid-column: 2;
        block-size: 100%;
        cursor: pointer;
        touch-action: pan-y;
      }
      .strip svg {
        display: block;
        inline-size: 100%;
        block-size: 100%;
        overflow: visible;
        border-radius: 2px;
        background: var(--sunken);
      }
      .right {
        fill: var(--good);
      }
      .same {
        fill: var(--ice);
      }
      .other,
      .undecided {
        fill: none;
        stroke: var(--line-strong);
        stroke-width: 1.5px;
      }
      .other {
        stroke-dasharray: 2 2;
      }
      .absent {
        fill: var(--line-strong);
      }
      .wrong {
        stroke: var(--bad);
        stroke-width: 2px;
        stroke-linecap: round;
      }
      .now {
        stroke: var(--ember);
        stroke-width: 2.5px;
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-4);
        color: var(--ink-soft);
        font-size: var(--text-xs);
      }
      .legend span {
        display: inline-flex;
        align-items: center;
        gap: var(--space-1);
      }
      .legend svg {
        inline-size: 1.1rem;
        block-size: 1.1rem;
        overflow: visible;
      }
      @media (max-width: 36rem) {
        .plot {
          font-size: var(--text-xs);
          gap: 0 var(--space-1);
        }
      }
      @media (forced-colors: active) {
        .now {
          stroke: Highlight;
        }
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { state, strings } = this;
    const { seen } = strings;
    const { decisions, step } = this.studio.seeing;
    const rows = decisions.value;
    const run = state.run.value;
    if (!run || rows.length === 0) return html``;
    const steps = run.settings.steps;
    const now = step.value ?? 0;
    const things = new Set(rows.map(({ object }) => object)).size - 1;
    const name = ({ decision, object }: DecidedRow) =>
      seen.attributes[decision] + (things > 1 && object !== null ? ` ${object + 1}` : '');
    const shown = allCells.filter((cell) => rows.some(({ cells }) => cells.includes(cell)));
    const whole = state.running.value || rows.some(({ cells }) => cells.includes(null)) ? null : rows;
    const settled = rows
      .flatMap((row) => (row.from === null ? [] : [{ name: name(row), step: row.from }]))
      .sort((a, b) => a.step - b.step);
    const spoken = rows
      .flatMap((row) => {
        const cell = row.cells[now];
        return cell ? [`${name(row)}: ${seen.marks[cell]}`] : [];
      })
      .join(', ');
    return html`
      <h3>${seen.decided}</h3>
      <p class="help">${seen.decidedHelp}</p>
      <div
        class="plot numbers"
        role="slider"
        tabindex="0"
        aria-label=${seen.decided}
        aria-orientation="horizontal"
        aria-valuemin="0"
        aria-valuemax=${steps - 1}
        aria-valuenow=${now}
        aria-valuetext="${strings.stepOf(now, steps)}. ${spoken}"
        @keydown=${(event: KeyboardEvent) => this.go(walked(event, now, steps))}
      >
        <span class="name"></span>
        <p class="head" aria-hidden="true"><span>0</span><span>${seen.columns} →</span><span>${steps - 1}</span></p>
        ${rows.map(
          (row) => html`
            <span class="name">${name(row)}</span>
            ${this.strip(row, now, steps)}
            <span class="from">${row.from !== null ? seen.from(row.from) : whole ? seen.never : '…'}</span>
          `,
        )}
      </div>
      <p class="legend">
        ${shown.map((cell) => html`<span><svg aria-hidden="true">${draw(cell, 0, 1)}</svg>${seen.marks[cell]}</span>`)}
      </p>
      <p class="unseen">${whole ? seen.order(settled) : nothing}</p>
    `;
  }

  private strip(row: DecidedRow, now: number, steps: number): TemplateResult {
    return html`
      <div class="strip" @click=${(event: PointerEvent) => this.go(pointed(event, steps))}>
        <svg aria-hidden="true">
          ${row.cells.map((cell, index) => draw(cell, index, steps))}
          ${[now, now + 1].map((edge) => svg`<line class="now" x1="${(100 * edge) / steps}%" x2="${(100 * edge) / steps}%" y1="0%" y2="100%" />`)}
        </svg>
      </div>
    `;
  }

  private go(step: number | undefined): void {
    if (step !== undefined) this.studio.view.look({ row: step, show: 'guess' });
  }
}

/** A cell of a row of `count`: a block where it is decided, else something smaller in its middle. */
function draw(cell: Cell | null, index: number, count: number): SVGTemplateResult | typeof nothing {
  const at = (share: number) => `${(100 * (index + share)) / count}%`;
  const wide = (share: number) => `${(100 * share) / count}%`;
  switch (cell) {
    case 'right':
    case 'same':
      return svg`<rect class=${cell} x=${at(0)} width=${wide(1.01)} y="18%" height="64%" />`;
    case 'other':
      return svg`<rect class="other" x=${at(0.12)} width=${wide(0.76)} y="24%" height="52%" />`;
    case 'wrong':
      return svg`<line class="wrong" x1=${at(0.2)} x2=${at(0.8)} y1="25%" y2="75%" /><line class="wrong" x1=${at(0.2)} x2=${at(0.8)} y1="75%" y2="25%" />`;
    case 'undecided':
      return svg`<circle class="undecided" cx=${at(0.5)} cy="50%" r="3.5" />`;
    case 'absent':
      return svg`<circle class="absent" cx=${at(0.5)} cy="50%" r="1.5" />`;
    case null:
      return nothing;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'decided-plot': DecidedPlot;
  }
}
