/**
 * <patch-apart>: the clip comes apart into its tokens and goes together again, by a slider or by one press. Whoever asked for
 * less motion sees the end of that at once.
 *
 * What it is not: it works out no place (sessions/inside/apart.ts does).
 */
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { apart } from '../../sessions/inside/apart';
import type { Grid } from '../../sessions/inside/patches';
import type { InsideStrings } from '../../i18n/inside';
import type { ClipShape } from '../../sampling/types';
import { prefersCalm } from '../../ui/element';
import { paintFrame } from '../../ui/pixels';
import { shared } from '../../ui/shared';
import { partStyles } from './part-styles';

/** Pixels of the canvas for a square, and milliseconds of the way. */
const [scale, duration] = [24, 900];

@customElement('patch-apart')
export class PatchApart extends LitElement {
  static override styles = [
    shared,
    partStyles,
    css`
      canvas {
        display: block;
        inline-size: 100%;
        block-size: auto;
        image-rendering: pixelated;
      }
      label {
        flex: 1 1 14rem;
      }
    `,
  ];

  @property({ attribute: false }) clip!: Float32Array;
  @property({ attribute: false }) shape!: ClipShape;
  @property({ attribute: false }) grid!: Grid;
  /** The patch that is outlined. */
  @property({ attribute: false }) patch = 0;
  @property({ attribute: false }) words!: InsideStrings;
  /** 0 the film .. 1 its tokens. */
  @state() private share = 0;
  @query('canvas') private canvas!: HTMLCanvasElement;
  private moving = 0; // the frame that was asked for

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.moving);
  }

  protected override render(): TemplateResult {
    const { words, share, grid, shape } = this;
    const { width, height } = apart(0, grid, shape);
    const percent = Math.round(100 * share);
    return html`
      <div class="choose">
        <button @click=${() => this.go(share < 0.5 ? 1 : 0)}>
          ${share < 0.5 ? words.takeApart : words.putTogether}
        </button>
        <label
          ><span class="numbers">${words.apart(percent)}</span>
          <input
            type="range"
            min="0"
            max="100"
            .value=${live(String(percent))}
            aria-valuetext=${words.apart(percent)}
            @input=${(event: Event) => this.put(Number((event.target as HTMLInputElement).value) / 100)}
        /></label>
      </div>
      <canvas
        width=${Math.round(scale * width)}
        height=${Math.round(scale * height)}
        role="img"
        aria-label=${share < 0.5 ? words.given : words.tokensLabel(grid[0] * grid[1] * grid[2])}
      ></canvas>
    `;
  }

  private put(share: number): void {
    cancelAnimationFrame(this.moving);
    this.share = share;
  }

  private go(to: 0 | 1): void {
    cancelAnimationFrame(this.moving);
    if (prefersCalm()) return this.put(to);
    const [from, began] = [this.share, performance.now()];
    const move = (now: number) => {
      const part = Math.min(1, (now - began) / duration);
      this.share = from + (to - from) * part * part * (3 - 2 * part);
      if (part < 1) this.moving = requestAnimationFrame(move);
    };
    this.moving = requestAnimationFrame(move);
  }

  protected override updated(_: PropertyValues): void {
    const { canvas, clip, shape, grid } = this;
    const context = canvas.getContext('2d');
    if (!context) return;
    const film = new OffscreenCanvas(shape.width * shape.frames, shape.height);
    const image = new ImageData(film.width, film.height);
    for (let frame = 0; frame < shape.frames; frame++)
      paintFrame(image.data, film.width, frame * shape.width, clip, shape, frame);
    film.getContext('2d')!.putImageData(image, 0, 0);
    const [high, wide] = [shape.height / grid[1], shape.width / grid[2]];
    context.imageSmoothingEnabled = false;
    context.clearRect(0, 0, canvas.width, canvas.height);
    const { squares } = apart(this.share, grid, shape);
    const outlined = squares.filter(({ patch }) => patch === this.patch);
    for (const { frame, row, column, x, y } of [...squares, ...outlined])
      context.drawImage(film, frame * shape.width + column * wide, row * high, wide, high, scale * x, scale * y, scale, scale); // prettier-ignore
    context.lineWidth = 3;
    context.strokeStyle = getComputedStyle(this).getPropertyValue('--cursor') || '#000';
    for (const { x, y } of outlined) context.strokeRect(scale * x + 1.5, scale * y + 1.5, scale - 3, scale - 3);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'patch-apart': PatchApart;
  }
}
