/** <clip-picture>: one frame of a clip in a small canvas, and nothing else. `label` is what a screen reader says of it. */
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { ClipShape } from '../../sampling/types';
import { paintFrame } from '../pixels';

@customElement('clip-picture')
export class ClipPicture extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }
    canvas {
      display: block;
      inline-size: 100%;
      block-size: auto;
      border-radius: var(--radius-s);
      background: var(--sunken);
      image-rendering: pixelated;
    }
  `;

  @property({ attribute: false }) clip?: Float32Array | null;
  @property({ attribute: false }) shape?: ClipShape;
  @property({ attribute: false }) frame = 0;
  @property() label = '';

  @query('canvas') private canvas!: HTMLCanvasElement;

  protected override render(): TemplateResult {
    const { height = 32, width = 32 } = this.shape ?? {};
    return this.label
      ? html`<canvas width=${width} height=${height} role="img" aria-label=${this.label}></canvas>`
      : html`<canvas width=${width} height=${height} aria-hidden="true"></canvas>`;
  }

  protected override updated(_: PropertyValues): void {
    const { canvas, clip, shape } = this;
    const context = canvas.getContext('2d');
    if (!context) return;
    if (!clip || !shape) return context.clearRect(0, 0, canvas.width, canvas.height);
    const image = new ImageData(shape.width, shape.height);
    paintFrame(image.data, shape.width, 0, clip, shape, Math.min(this.frame, shape.frames - 1));
    context.putImageData(image, 0, 0);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'clip-picture': ClipPicture;
  }
}
