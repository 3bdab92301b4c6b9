/**
 * <make-part>: one frame of the new film, large, on which a part becomes made up or given again: by rectangle, by brush, or
 * by keyboard. What is made up is striped.
 */
import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { customElement, state as own } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { boxBetween } from '../../lab/noise';
import { makeOf, type Make } from '../../sessions/make/make';
import { makeStrings } from '../../i18n/make';
import type { ClipShape } from '../../sampling/types';
import '../../ui/clip-picture/clip-picture';
import { StudioElement } from '../../ui/element';
import { shared } from '../../ui/shared';

const tools = ['box', 'brush', 'eraser'] as const;
type Tool = (typeof tools)[number];
type Pixel = readonly [x: number, y: number];

/** Pixels across a brush: half a patch of the network, which sees no finer borders well. */
const brush = 4;

@customElement('make-part')
export class MakePart extends StudioElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-2);
      }
      .canvas {
        position: relative;
        max-inline-size: 20rem;
        cursor: crosshair;
        touch-action: none;
      }
      svg {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
      }
      .cursor {
        fill: none;
        stroke: var(--cursor);
        stroke-width: 2;
        vector-effect: non-scaling-stroke;
      }
      .hole {
        stroke: var(--ember);
        stroke-width: 2;
        vector-effect: non-scaling-stroke;
      }
      .tools,
      .span {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2);
        font-size: var(--text-s);
      }
      .span select {
        inline-size: auto;
      }
    `,
  ];

  @own() private tool: Tool = 'box';
  @own() private cursor: Pixel = [0, 0];
  @own() private corner: Pixel | null = null;
  private pressed = false;

  private get make(): Make {
    return makeOf(this.studio);
  }

  protected override render(): TemplateResult | typeof nothing {
    const words = makeStrings(this.strings);
    const { make } = this;
    const [shape, given, plan] = [make.shape.value, make.given.value, make.plan.value];
    if (!shape || !given) return nothing;
    const frame = Math.min(this.state.frame.value, shape.frames - 1);
    const [x, y] = this.within(this.cursor, shape);
    const isGiven = given.mask[(frame * shape.height + y) * shape.width + x] !== 0;
    return html`
      <p class="help">${words.partHelp}</p>
      <div class="tools" role="group" aria-label=${words.part}>
        ${tools.map(
          (tool) =>
            html`<button class="chip" aria-pressed=${tool === this.tool} @click=${() => this.take(tool)}>
              ${words.tools[tool]}
            </button>`,
        )}
      </div>
      <div
        class="canvas"
        role="slider"
        tabindex="0"
        aria-label=${words.canvas(frame + 1)}
        aria-valuemin="1"
        aria-valuemax=${shape.width * shape.height}
        aria-valuenow=${y * shape.width + x + 1}
        aria-valuetext=${words.pixel(x + 1, y + 1, isGiven, this.corner !== null)}
        @keydown=${(event: KeyboardEvent) => this.press(event, shape)}
        @pointerdown=${(event: PointerEvent) => this.draw_(event, shape, true)}
        @pointermove=${(event: PointerEvent) => this.draw_(event, shape, false)}
        @pointerup=${() => this.lift()}
        @pointercancel=${() => this.lift()}
      >
        <clip-picture .clip=${given.clip} .shape=${shape} .frame=${frame}></clip-picture>
        ${this.overlay(shape, given.mask, frame)}
      </div>
      ${plan.hole ? this.span(plan.hole, shape) : nothing}
    `;
  }

  /** What is made up in this frame, row by row, and where the keyboard stands. */
  private overlay({ height, width }: ClipShape, mask: ArrayLike<number>, frame: number): TemplateResult {
    const [x, y] = this.within(this.cursor, { frames: 1, height, width });
    let path = '';
    for (let row = 0; row < height; row++)
      for (let from = 0; from < width;) {
        const madeUp = (at: number) => at < width && !mask[(frame * height + row) * width + at];
        let to = from + 1;
        if (madeUp(from)) {
          while (madeUp(to)) to++;
          path += `M${from} ${row}h${to - from}v1h${from - to}z`;
        }
        from = to;
      }
    return html`<svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" aria-hidden="true">
      ${svg`<defs><pattern id="stripes" width="2" height="2" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="2" height="2" fill="#e9eef4" /><rect width="1" height="2" fill="#8d99a8" /></pattern></defs>
        <path d=${path} fill="url(#stripes)" />
        <rect class="cursor" x=${x} y=${y} width="1" height="1" />`}
    </svg>`;
  }

  private span({ first, last }: { first: number; last: number }, { frames }: ClipShape): TemplateResult {
    const words = makeStrings(this.strings);
    const { make } = this;
    const choice = (label: string, chosen: number, take: (frame: number) => void) =>
      html`<label
        >${label}
        <select @change=${(event: Event) => take((event.target as HTMLSelectElement).selectedIndex)}>
          ${Array.from({ length: frames }, (_, frame) => html`<option .selected=${live(frame === chosen)}>${frame + 1}</option>`)}
        </select></label
      >`;
    return html`<p class="span">
      ${choice(words.fromFrame, first, (frame) => make.markFrames(frame, Math.max(frame, last)))}
      ${choice(words.toFrame, last, (frame) => make.markFrames(Math.min(frame, first), frame))}
    </p>`;
  }

  private take(tool: Tool): void {
    this.tool = tool;
    this.corner = null;
  }

  private within([x, y]: Pixel, { height, width }: ClipShape): Pixel {
    return [Math.min(width - 1, Math.max(0, x)), Math.min(height - 1, Math.max(0, y))];
  }

  private press(event: KeyboardEvent, shape: ClipShape): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const [x, y] = this.within(this.cursor, shape);
    const by = event.shiftKey ? 4 : 1;
    const moves: Record<string, Pixel | undefined> = {
      ArrowLeft: [x - by, y],
      ArrowRight: [x + by, y],
      ArrowUp: [x, y - by],
      ArrowDown: [x, y + by],
    };
    const next = moves[event.key];
    if (next) this.cursor = this.within(next, shape);
    else if (event.key === ' ' || event.key === 'Enter') this.set([x, y]);
    else if (event.key === 'Escape' && this.corner) this.corner = null;
    else return;
    event.preventDefault();
  }

  /** By keyboard: a corner and then the other one, or a spot of the brush. */
  private set(here: Pixel): void {
    if (this.tool !== 'box') return this.spot(here);
    if (!this.corner) return void (this.corner = here);
    this.make.mark(boxBetween(this.corner, here));
    this.corner = null;
  }

  private spot([x, y]: Pixel): void {
    const box = { x: x - brush / 2, y: y - brush / 2, width: brush, height: brush };
    this.make.paint(box, this.tool === 'eraser');
  }

  private draw_(event: PointerEvent, shape: ClipShape, starts: boolean): void {
    if (starts ? event.button > 0 : !this.pressed) return;
    const target = event.currentTarget as HTMLElement;
    const { left, top, width, height } = target.getBoundingClientRect();
    const at: Pixel = [((event.clientX - left) / width) * shape.width, ((event.clientY - top) / height) * shape.height];
    const here = this.within([Math.floor(at[0]), Math.floor(at[1])], shape);
    if (starts) {
      this.pressed = true;
      this.corner = this.tool === 'box' ? here : null;
      target.setPointerCapture(event.pointerId);
    }
    this.cursor = here;
    if (this.tool === 'box') this.make.mark(boxBetween(this.corner ?? here, here));
    else this.spot(here);
  }

  private lift(): void {
    this.pressed = false;
    this.corner = null;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'make-part': MakePart;
  }
}
