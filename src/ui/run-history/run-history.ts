/** <run-history>: the last films of this visit, small, each with its words and seed; a press goes back to one. */
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Past } from '../../app/history';
import { StudioElement } from '../element';
import { paintFrame } from '../pixels';
import { shared } from '../shared';

@customElement('run-history')
export class RunHistory extends StudioElement {
  static override styles = [
    shared,
    css`
      ul {
        display: flex;
        gap: var(--space-2);
        margin: -4px;
        padding: 4px;
        overflow-x: auto;
        scrollbar-width: thin;
        list-style: none;
      }
      button {
        display: block;
        min-block-size: 0;
        padding: 0;
        overflow: hidden;
        border: 2px solid var(--line);
        border-radius: 50%;
      }
      button[aria-pressed='true'] {
        border-color: var(--ember);
      }
      canvas {
        display: block;
        inline-size: 2.75rem;
        block-size: 2.75rem;
        object-fit: cover;
      }
      @media (forced-colors: active) {
        button[aria-pressed='true'] {
          border-color: Highlight;
        }
      }
    `,
  ];

  protected override render(): TemplateResult | typeof nothing {
    const { state, strings, studio } = this;
    const past = state.history.value;
    if (past.length < 2) return nothing;
    const shown = state.run.value?.steps;
    return html`<ul aria-label=${strings.history.title}>
      ${past.map((each) => {
        const says = strings.history.film(each.prompt, each.settings.seed);
        return html`<li>
          <button
            data-key=${each.key}
            aria-label=${says}
            title=${says}
            aria-pressed=${shown !== undefined && each.run?.steps === shown}
            @click=${() => void studio.history.goBack(each)}
          >
            <canvas width=${each.shape.width} height=${each.shape.height} aria-hidden="true"></canvas>
          </button>
        </li>`;
      })}
    </ul>`;
  }

  /**
   * Who stands on a film stays on it, though it moves on by a place. (Lit's `repeat` would move the button itself, but leaves a
   * comment behind for each that goes: lit/lit#5298.)
   */
  protected override update(changed: PropertyValues): void {
    const key = this.focused?.dataset.key;
    super.update(changed);
    if (key === undefined || this.focused?.dataset.key === key) return;
    [...this.renderRoot.querySelectorAll('button')].find(({ dataset }) => dataset.key === key)?.focus();
  }

  private get focused(): HTMLElement | null {
    return (this.shadowRoot?.activeElement ?? null) as HTMLElement | null;
  }

  private readonly painted = new WeakMap<HTMLCanvasElement, Past['clip']>();

  protected override draw(): void {
    const past = this.state.history.value;
    for (const canvas of this.renderRoot.querySelectorAll('canvas')) {
      const each = past.find(({ key }) => key === canvas.parentElement!.dataset.key);
      const context = canvas.getContext('2d');
      if (!each || !context || this.painted.get(canvas) === each.clip) continue;
      const { shape, clip } = each;
      const image = new ImageData(shape.width, shape.height);
      paintFrame(image.data, shape.width, 0, clip, shape, Math.floor(shape.frames / 2));
      context.putImageData(image, 0, 0);
      this.painted.set(canvas, clip);
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'run-history': RunHistory;
  }
}
