/**
 * <motion-plots>: position, speed and acceleration of one thing over film time; dots are measured, the line is the law.
 * One strip for the keyboard and the pointer runs through all three: it leads the film and the sheet to a frame.
 *
 * Everything in the drawings is placed in per cent, so that text and dots keep their shape at every width.
 */
import { css, html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { curvesOf, orders, type Curves, type Order } from '../../judging/curves';
import { StudioElement } from '../element';
import { shared } from '../shared';
import { pointed, walked } from '../strip';

/** The least that an axis spans, so that a thing at rest does not seem to jump about. */
const leastSpan: Record<Order, number> = { position: 8, speed: 1, acceleration: 0.6 };
const ofAngles = 8; // times as much where degrees are counted

@customElement('motion-plots')
export class MotionPlots extends StudioElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: var(--space-2);
      }
      .plots {
        display: grid;
        grid-template-columns: minmax(2.4rem, auto) minmax(0, 1fr);
        gap: var(--space-1) var(--space-2);
        font-size: var(--text-xs);
        line-height: 1.2;
      }
      .name {
        grid-column: 1 / -1;
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 var(--space-2);
        padding-block-start: var(--space-1);
      }
      .name span,
      .axis,
      .frames,
      .legend {
        color: var(--ink-soft);
      }
      .axis {
        display: flex;
        flex-direction: column;
        justify-content: space-between;
        text-align: end;
        white-space: nowrap;
      }
      .strip {
        grid-column: 2;
        cursor: crosshair;
        touch-action: pan-y;
      }
      svg.plot {
        display: block;
        inline-size: 100%;
        block-size: 4.75rem;
        overflow: visible;
        border-radius: 2px;
        background: var(--sunken);
      }
      .law {
        stroke: var(--ice);
        stroke-width: 2px;
        stroke-linecap: round;
      }
      .dot {
        fill: var(--ink);
      }
      .zero {
        stroke: var(--line-strong);
        stroke-width: 1px;
        stroke-dasharray: 2 4;
      }
      .now {
        stroke: var(--ember);
        stroke-width: 2px;
      }
      .dot.here {
        fill: var(--ember);
        stroke: var(--surface);
        stroke-width: 2px;
      }
      .frames {
        grid-column: 2;
        display: flex;
        justify-content: space-between;
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-4);
        font-size: var(--text-xs);
      }
      .legend span {
        display: inline-flex;
        align-items: center;
        gap: var(--space-1);
      }
      .legend svg {
        inline-size: 1.4rem;
        block-size: 0.7rem;
      }
      .scroll {
        max-block-size: 20rem;
        overflow: auto;
      }
      table {
        font-size: var(--text-xs);
      }
      th,
      td {
        padding: 2px var(--space-3) 2px 0;
        text-align: end;
        font-weight: 400;
        vertical-align: bottom;
      }
      thead th {
        color: var(--ink-soft);
      }
      @media (forced-colors: active) {
        .now {
          stroke: Highlight;
        }
      }
    `,
  ];

  /** Which thing of the reading. */
  @property({ type: Number }) object = 0;

  protected override render(): TemplateResult {
    const { strings } = this;
    const { seen } = strings;
    const reading = this.studio.seeing.reading.value;
    const object = reading?.objects[this.object];
    if (!reading || !object) return html``;
    const curves = curvesOf(object, reading.shape);
    const { frames } = reading.shape;
    const frame = Math.min(this.state.frame.value, frames - 1);
    const { names, units, value } = this.words(curves);
    const spoken = orders.map((order) => `${names[order]}: ${value(order, frame) ?? '–'}`).join(', ');
    return html`
      <div
        class="plots numbers"
        role="slider"
        tabindex="0"
        aria-label="${seen.plots}"
        aria-orientation="horizontal"
        aria-valuemin="1"
        aria-valuemax=${frames}
        aria-valuenow=${frame + 1}
        aria-valuetext="${strings.frameOf(frame + 1, frames)}. ${spoken}"
        @keydown=${(event: KeyboardEvent) => this.go(walked(event, frame, frames))}
      >
        ${orders.map(
          (order) => html`
            <p class="name">
              <strong>${names[order]}</strong
              ><span>${value(order, frame) === null ? '–' : `${value(order, frame)} ${units[order]}`}</span>
            </p>
            ${this.plot(curves, order, frame, frames)}
          `,
        )}
        <p class="frames" aria-hidden="true"><span>1</span><span>${seen.frame} →</span><span>${frames}</span></p>
      </div>
      <p class="legend">
        <span
          ><svg aria-hidden="true"><circle class="dot" cx="50%" cy="50%" r="3" /></svg>${seen.measured}</span
        >
        <span
          ><svg aria-hidden="true">
            ${curves.position.law ? svg`<line class="law" x1="5%" y1="50%" x2="95%" y2="50%" />` : nothing}</svg
          >${curves.position.law ? seen.law : seen.noLaw}</span
        >
      </p>
      <p class="help">${seen.plotsHelp}</p>
      ${this.table(curves, frames)}
    `;
  }

  private table(curves: Curves, frames: number): TemplateResult {
    const { seen } = this.strings;
    const { names, units, value } = this.words(curves);
    return html`
      <details>
        <summary>${seen.table}</summary>
        <p class="help">${seen.plotsHow}</p>
        <div class="scroll" tabindex="0" role="region" aria-label=${seen.table}>
          <table class="numbers">
            <thead>
              <tr>
                <th scope="col">${seen.frame}</th>
                ${orders.map((order) => html`<th scope="col">${names[order]} (${units[order]})</th>`)}
              </tr>
            </thead>
            <tbody>
              ${Array.from(
                { length: frames },
                (_, n) =>
                  html`<tr>
                    <th scope="row">${n + 1}</th>
                    ${orders.map((order) => html`<td>${value(order, n) ?? '–'}</td>`)}
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>
      </details>
    `;
  }

  /** What the curves are called, and their values as text; null where there is none. */
  private words(curves: Curves) {
    const { seen } = this.strings;
    const value = (order: Order, n: number) => {
      const number = curves[order].measured[n];
      return number === null ? null : seen.number(number);
    };
    const units = seen.units[curves.quantity === 'angle' ? 'degrees' : 'pixels'];
    return { names: seen.quantities[curves.quantity], units, value };
  }

  private plot(curves: Curves, order: Order, frame: number, frames: number): TemplateResult {
    const { measured, law } = curves[order];
    const values = [...measured, ...(law ?? [])].filter((value) => value !== null);
    const [least, most] = values.length ? [Math.min(...values), Math.max(...values)] : [0, 0];
    const span = leastSpan[order] * (curves.quantity === 'angle' ? ofAngles : 1);
    const half = Math.max(span, most - least) * 0.58;
    const middle = (least + most) / 2;
    const x = (n: number) => `${((n + 0.5) / frames) * 100}%`;
    const y = (value: number) => `${50 - (50 * (value - middle)) / half}%`;
    const { number } = this.strings.seen;
    const lines = (law ?? []).slice(1).map((value, n): SVGTemplateResult | typeof nothing => {
      const before = law?.[n];
      if (value === null || typeof before !== 'number') return nothing;
      return svg`<line class="law" x1=${x(n)} y1=${y(before)} x2=${x(n + 1)} y2=${y(value)} />`;
    });
    const dots = measured.map(
      (value, n) =>
      value === null ? nothing : svg`<circle class="dot ${n === frame ? 'here' : ''}" cx=${x(n)} cy=${y(value)} r=${n === frame ? 5.5 : 3} />`, // prettier-ignore
    );
    return html`
      <div class="axis" aria-hidden="true">
        <span>${number(middle + half)}</span><span>${number(middle - half)}</span>
      </div>
      <div
        class="strip"
        @click=${(event: PointerEvent) => this.go(pointed(event, frames))}
        @pointermove=${(event: PointerEvent) => this.hover(event, frames)}
      >
        <svg class="plot" aria-hidden="true">
          ${Math.abs(middle) < half ? svg`<line class="zero" x1="0%" x2="100%" y1=${y(0)} y2=${y(0)} />` : nothing}
          <line class="now" x1=${x(frame)} x2=${x(frame)} y1="0%" y2="100%" />
          ${lines} ${dots}
        </svg>
      </div>
    `;
  }

  /** A pointer that only passes by must not stop a film that plays. */
  private hover(event: PointerEvent, frames: number): void {
    if (event.pointerType === 'mouse' && (event.buttons === 1 || !this.state.playing.value))
      this.go(pointed(event, frames));
  }

  private go(frame: number | undefined): void {
    if (frame !== undefined) this.studio.view.look({ frame });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'motion-plots': MotionPlots;
  }
}
