/**
 * <step-plot>: one number a step as a line over the clearing, with a mark where the reader stands. Pointing at it sends
 * the event `row` with the step that lies there. The numbers are said in words; the drawing itself is for the eye.
 */
import { css, html, LitElement, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { shared } from '../../ui/shared';

const [wide, high] = [100, 36];

@customElement('step-plot')
export class StepPlot extends LitElement {
  static override styles = [
    shared,
    css`
      figcaption {
        display: flex;
        justify-content: space-between;
        gap: var(--space-2);
        font-size: var(--text-s);
        line-height: 1.35;
      }
      strong {
        font-weight: 600;
        white-space: nowrap;
      }
      svg {
        display: block;
        inline-size: 100%;
        block-size: 4.5rem;
        margin-block-start: var(--space-1);
        border-radius: var(--radius-s);
        background: var(--sunken);
        cursor: crosshair;
        touch-action: pan-y;
      }
      path {
        fill: none;
        stroke-width: 2;
        vector-effect: non-scaling-stroke;
      }
      .line {
        stroke: var(--ice);
      }
      .other {
        stroke: var(--line-strong);
        stroke-dasharray: 5 4;
      }
      .here {
        stroke: var(--ember);
      }
    `,
  ];

  @property() label = '';
  /** What the number is where the reader stands, in words. */
  @property() value = '';
  @property({ attribute: false }) values: readonly number[] = [];
  /** The same of another run, if there is one; it may have another number of steps. */
  @property({ attribute: false }) others: readonly number[] = [];
  @property({ attribute: false }) steps = 1;
  @property({ attribute: false }) row = 0;

  protected override render(): TemplateResult {
    const most = Math.max(1e-9, ...this.values, ...this.others);
    const at = ((Math.min(this.row, this.steps - 1) + 0.5) / this.steps) * wide;
    return html`
      <figure>
        <figcaption class="numbers"><span>${this.label}</span><strong>${this.value}</strong></figcaption>
        <svg
          viewBox="0 0 ${wide} ${high}"
          preserveAspectRatio="none"
          role="img"
          aria-label="${this.label}: ${this.value}"
          @pointermove=${this.point}
          @click=${this.point}
        >
          <path class="other" d=${line(this.others, this.others.length, most)} />
          <path class="line" d=${line(this.values, this.steps, most)} />
          ${svg`<path class="here" d="M${at} 0V${high}" />`}
        </svg>
      </figure>
    `;
  }

  private point(event: PointerEvent): void {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const row = Math.floor(((event.clientX - box.left) / box.width) * this.steps);
    const detail = Math.min(this.steps - 1, Math.max(0, row));
    if (detail !== this.row) this.dispatchEvent(new CustomEvent('row', { detail }));
  }
}

function line(values: readonly number[], steps: number, most: number): string {
  return values
    .map((value, i) => `${i ? 'L' : 'M'}${((i + 0.5) / steps) * wide} ${high - 3 - (value / most) * (high - 6)}`)
    .join('');
}

declare global {
  interface HTMLElementTagNameMap {
    'step-plot': StepPlot;
  }
}
