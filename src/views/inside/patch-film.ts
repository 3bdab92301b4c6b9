/**
 * <patch-film>: all frames of a clip as small pictures, cut into patches. The one patch that is shown is outlined in every
 * frame that it spans. With `shares` each patch is as clear as its share is large, and grey where it is small. Resting on
 * a patch sends the event `point` with its number (null once the pointer has gone), a press or a key sends `choose`.
 *
 * What it is not: it works out nothing. What its numbers say stands in words beside it.
 */
import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { countOf, patchAt, placeOf, timeOf, walked, type Grid } from '../../sessions/inside/patches';
import type { ClipShape } from '../../sampling/types';
import { shared } from '../../ui/shared';
import '../../ui/clip-picture/clip-picture';

/** How grey a patch becomes on which nothing falls. */
const greyest = 0.9;

@customElement('patch-film')
export class PatchFilm extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        container-type: inline-size;
      }
      .frames {
        display: grid;
        grid-template-columns: repeat(8, minmax(0, 1fr));
        gap: var(--space-1);
        cursor: crosshair;
        border-radius: var(--radius-s);
        touch-action: manipulation;
      }
      @container (max-inline-size: 30rem) {
        .frames {
          grid-template-columns: repeat(4, minmax(0, 1fr));
        }
      }
      .frame {
        position: relative;
      }
      .frame span {
        display: block;
        color: var(--ink-soft);
        font-size: var(--text-xs);
        line-height: 1.2;
        text-align: center;
      }
      .spanned span {
        color: var(--ink);
        font-weight: 700;
      }
      .picture {
        position: relative;
      }
      svg {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        overflow: visible;
      }
      rect,
      path {
        vector-effect: non-scaling-stroke;
      }
      .veil {
        fill: #7d8794;
      }
      .seams {
        fill: none;
        stroke: rgb(255 255 255 / 35%);
        stroke-width: 1;
      }
      .edge,
      .here {
        fill: none;
        stroke: var(--cursor-edge);
        stroke-width: 4;
      }
      .here {
        stroke: var(--cursor);
        stroke-width: 2;
      }
    `,
  ];

  @property({ attribute: false }) clip!: Float32Array;
  @property({ attribute: false }) shape!: ClipShape;
  @property({ attribute: false }) grid!: Grid;
  /** The patch that is outlined: the chosen one, or the one under the pointer. */
  @property({ attribute: false }) patch = 0;
  /** Of each patch, 0 .. 1; without it, seams are drawn instead. */
  @property({ attribute: false }) shares: Float32Array | null = null;
  @property() label = '';
  /** The patch in words. */
  @property() said = '';

  protected override render(): TemplateResult {
    const { patch, grid, shape, label, said } = this;
    return html`
      <div
        class="frames"
        role="slider"
        tabindex="0"
        aria-label=${label}
        aria-valuemin="1"
        aria-valuemax=${countOf(grid)}
        aria-valuenow=${patch + 1}
        aria-valuetext=${said}
        @keydown=${(event: KeyboardEvent) => this.walk(event)}
        @pointermove=${(event: PointerEvent) => this.rest(event)}
        @pointerleave=${() => this.tell('point', null)}
        @click=${(event: MouseEvent) => this.press(event)}
      >
        ${Array.from({ length: shape.frames }, (_, frame) => this.picture(frame))}
      </div>
    `;
  }

  private picture(frame: number): TemplateResult {
    const { clip, shape, grid, patch } = this;
    const [, rows, columns] = grid;
    const { time, row, column } = placeOf(patch, grid);
    const spanned = timeOf(frame, grid, shape) === time;
    const square = (name: string) => svg`<rect class=${name} x=${column} y=${row} width="1" height="1" />`;
    return html`<div class="frame ${spanned ? 'spanned' : ''}" data-frame=${frame}>
      <div class="picture">
        <clip-picture .clip=${clip} .shape=${shape} .frame=${frame}></clip-picture>
        <svg viewBox="0 0 ${columns} ${rows}" preserveAspectRatio="none" aria-hidden="true">
          ${this.shares ? this.veils(timeOf(frame, grid, shape)) : svg`<path class="seams" d=${seams(rows, columns)} />`}
          ${spanned ? [square('edge'), square('here')] : nothing}
        </svg>
      </div>
      <span aria-hidden="true">${frame + 1}</span>
    </div>`;
  }

  private veils(time: number) {
    const { grid, shares } = this;
    const [, rows, columns] = grid;
    const most = shares!.reduce((a, b) => Math.max(a, b), 1e-12);
    return Array.from({ length: rows * columns }, (_, i) => {
      const share = shares![time * rows * columns + i];
      const grey = greyest * (1 - Math.sqrt(share / most));
      return svg`<rect class="veil" x=${i % columns} y=${Math.floor(i / columns)} width="1" height="1" fill-opacity=${grey.toFixed(3)} />`;
    });
  }

  /** The patch under a pointer; undefined between two pictures. */
  private under(event: MouseEvent): number | undefined {
    const picture = event
      .composedPath()
      .find((each) => each instanceof HTMLElement && each.dataset.frame !== undefined);
    if (!picture) return undefined;
    const frame = picture as HTMLElement;
    const { left, top, width, height } = frame.querySelector('.picture')!.getBoundingClientRect();
    const [, rows, columns] = this.grid;
    const [column, row] = [((event.clientX - left) / width) * columns, ((event.clientY - top) / height) * rows];
    const time = timeOf(Number(frame.dataset.frame), this.grid, this.shape);
    return patchAt({ time, row: Math.floor(row), column: Math.floor(column) }, this.grid);
  }

  private rest(event: PointerEvent): void {
    if (event.pointerType === 'touch') return; // a finger chooses, it does not rest
    const patch = this.under(event);
    if (patch !== undefined && patch !== this.patch) this.tell('point', patch);
  }

  private press(event: MouseEvent): void {
    const patch = this.under(event);
    if (patch !== undefined) this.tell('choose', patch);
  }

  private walk(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const patch = walked(event.key, this.patch, this.grid);
    if (patch === undefined) return;
    event.preventDefault();
    this.tell('choose', patch);
  }

  private tell(name: 'point' | 'choose', patch: number | null): void {
    this.dispatchEvent(new CustomEvent(name, { detail: patch }));
  }
}

/** Lines between the patches of one picture. */
function seams(rows: number, columns: number): string {
  const across = Array.from({ length: rows - 1 }, (_, i) => `M0 ${i + 1}H${columns}`);
  const down = Array.from({ length: columns - 1 }, (_, i) => `M${i + 1} 0V${rows}`);
  return [...across, ...down].join('');
}

declare global {
  interface HTMLElementTagNameMap {
    'patch-film': PatchFilm;
  }
}
