/**
 * <curve-field>: a schedule that one can drag. Points lie at even shares of the steps, how high each stands is the t that
 * is reached by then. Every point is a slider of its own, so the keyboard reaches it. Sends the event `curve`.
 */
import { css, html, LitElement, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { dragged } from '../../lab/curve';
import type { Strings } from '../../i18n';
import { labStrings } from '../../i18n/lab';
import { shared } from '../shared';

@customElement('curve-field')
export class CurveField extends LitElement {
  static override styles = [
    shared,
    css`
      .field {
        position: relative;
        block-size: 9rem;
        border-radius: var(--radius-s);
        background: var(--sunken);
        border: 1px solid var(--line-strong);
        touch-action: none;
      }
      svg {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
      }
      path {
        fill: none;
        stroke: var(--ice);
        stroke-width: 2.5;
        vector-effect: non-scaling-stroke;
      }
      .even {
        stroke: var(--line);
        stroke-width: 1;
      }
      [role='slider'] {
        position: absolute;
        inset-inline-start: calc(var(--at) * 100%);
        inset-block-end: calc(var(--t) * 100%);
        inline-size: 1.5rem;
        block-size: 1.5rem;
        translate: -50% 50%;
        border: 3px solid var(--surface);
        border-radius: 50%;
        background: var(--ice);
        cursor: ns-resize;
      }
      .ends {
        display: flex;
        justify-content: space-between;
        color: var(--ink-soft);
        font-size: var(--text-xs);
      }
    `,
  ];

  @property({ attribute: false }) strings!: Strings;
  @property({ attribute: false }) curve: readonly number[] = [];
  private held: number | null = null;

  protected override render(): TemplateResult {
    const { curve, strings } = this;
    const all = [0, ...curve, 1];
    const way = all.map((t, i) => `${i ? 'L' : 'M'}${(100 * i) / (all.length - 1)} ${100 * (1 - t)}`).join('');
    return html`
      <div
        class="field"
        @pointerdown=${this.grab}
        @pointermove=${this.move}
        @pointerup=${this.drop}
        @pointercancel=${this.drop}
      >
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          ${svg`<path class="even" d="M0 100L100 0" /><path d=${way} />`}
        </svg>
        ${curve.map(
          (t, point) =>
            html`<div
              role="slider"
              tabindex="0"
              aria-label=${labStrings(strings).dragPoint(point + 1)}
              aria-valuemin="0"
              aria-valuemax="100"
              aria-valuenow=${Math.round(100 * t)}
              aria-valuetext=${strings.percentClear(t)}
              @keydown=${(event: KeyboardEvent) => this.press(event, point)}
            ></div>`,
        )}
      </div>
      <p class="ends" aria-hidden="true">
        <span>${labStrings(strings).start}</span><span>${labStrings(strings).end}</span>
      </p>
    `;
  }

  /** The security policy of the page allows no style attributes. */
  protected override updated(): void {
    this.renderRoot.querySelectorAll<HTMLElement>('[role=slider]').forEach((handle, point) => {
      handle.style.setProperty('--at', String((point + 1) / (this.curve.length + 1)));
      handle.style.setProperty('--t', String(this.curve[point]));
    });
  }

  private set(point: number, t: number): void {
    this.dispatchEvent(new CustomEvent('curve', { detail: dragged(this.curve, point, t) }));
  }

  private press(event: KeyboardEvent, point: number): void {
    const t = this.curve[point];
    const to = {
      ArrowUp: t + 0.02,
      ArrowRight: t + 0.02,
      ArrowDown: t - 0.02,
      ArrowLeft: t - 0.02,
      PageUp: t + 0.1,
      PageDown: t - 0.1,
      Home: 0,
      End: 1,
    }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.set(point, to);
  }

  private place(event: PointerEvent): [number, number] {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, 1 - (event.clientY - box.top) / box.height];
  }

  private grab(event: PointerEvent): void {
    const [x, t] = this.place(event);
    const count = this.curve.length;
    this.held = Math.min(count - 1, Math.max(0, Math.round(x * (count + 1)) - 1));
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.set(this.held, t);
  }

  private move(event: PointerEvent): void {
    if (this.held !== null) this.set(this.held, this.place(event)[1]);
  }

  private drop(): void {
    this.held = null;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'curve-field': CurveField;
  }
}
