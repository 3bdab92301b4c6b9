/**
 * <pixel-drawing>: a drawing of a few cells, shown large, with tools and the colours of the world; by pointer, finger or
 * keyboard. It is given the drawing and the ground that shows where nothing is drawn, and sends `change` after each stroke.
 *
 * What it is not: it knows no picture and no network. Any size of drawing will do.
 */
import { html, LitElement, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state as own } from 'lit/decorators.js';
import type { PictureStrings } from '../../i18n/pictures';
import { paints, tools, widths, type Brush, type Cell, type Drawing } from '../../pictures/drawing';
import { shared } from '../shared';
import { styles } from './styles';

/** Cells across below which one draws cell by cell at first. */
const small = 16;

@customElement('pixel-drawing')
export class PixelDrawing extends LitElement {
  static override styles = [shared, styles];

  @property({ attribute: false }) drawing!: Drawing;
  @property({ attribute: false }) words!: PictureStrings;
  /** height x width x 3, 0 .. 1. */
  @property({ attribute: false }) ground!: Float32Array;

  @own() private brush: Brush = { tool: 'pen', width: 3, paint: 1, mirror: false };
  @own() private cursor: Cell = { x: 0, y: 0 };
  /** Where a line or a box began that the keyboard draws. */
  @own() private anchor: Cell | null = null;
  @own() private said = '';
  private stroke: { readonly pointer: number; readonly from: Cell; last: Cell } | null = null;

  @query('canvas') private canvas!: HTMLCanvasElement;
  @query('.cursor') private mark!: HTMLElement;

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('drawing')) return;
    const { width, height } = this.drawing.size;
    this.cursor = { x: width >> 1, y: height >> 1 };
    this.anchor = this.stroke = null;
    if (width < small) this.brush = { ...this.brush, width: 1 };
  }

  protected override render(): TemplateResult {
    const { words, drawing } = this;
    const { width, height } = drawing.size;
    return html`
      <div class="bench">
        <div
          class="surface"
          role="application"
          tabindex="0"
          aria-label=${words.surface(width, height)}
          aria-describedby="how"
          @keydown=${(event: KeyboardEvent) => this.key(event)}
          @focus=${() => this.say()}
          @blur=${() => this.letGo()}
          @pointerdown=${(event: PointerEvent) => this.down(event)}
          @pointermove=${(event: PointerEvent) => this.move(event)}
          @pointerup=${(event: PointerEvent) => this.up(event)}
          @pointercancel=${(event: PointerEvent) => this.up(event, true)}
        >
          <canvas width=${width} height=${height} aria-hidden="true"></canvas>
          <div class="cursor" aria-hidden="true"></div>
        </div>
        <div class="tools">${this.paints()} ${this.tools()}</div>
      </div>
      <p class="help" id="how">${words.howTo}</p>
      <p class="unseen" role="status">${this.said}</p>
    `;
  }

  protected override updated(): void {
    const { size, cells } = this.drawing;
    const image = new ImageData(size.width, size.height);
    cells.forEach((cell, i) => {
      for (let c = 0; c < 3; c++) image.data[4 * i + c] = cell ? paints[cell - 1].rgb[c] : 255 * this.ground[3 * i + c];
      image.data[4 * i + 3] = 255;
    });
    this.canvas.getContext('2d')?.putImageData(image, 0, 0);
    const { style } = this.mark;
    style.setProperty('--x', String(this.cursor.x / size.width));
    style.setProperty('--y', String(this.cursor.y / size.height));
    style.setProperty('--w', String(1 / size.width));
    style.setProperty('--h', String(1 / size.height));
  }

  // ------------------------------------------------------------------------------------------------------------- choices

  private paints(): TemplateResult {
    const { words, brush } = this;
    return html`<fieldset>
      <legend class="label">${words.paint}</legend>
      <div class="swatches">
        ${paints.map(({ name, rgb }, i) => {
          const spoken = words.paints[name] ?? name;
          return html`<label class="swatch" title=${spoken}
            ><input
              type="radio"
              name="paint"
              aria-label=${spoken}
              .checked=${brush.paint === i + 1}
              @change=${() => this.choose({ paint: i + 1, ...(brush.tool === 'eraser' && { tool: 'pen' }) })}
            /><svg viewBox="0 0 1 1" aria-hidden="true">
              ${svg`<rect width="1" height="1" fill="rgb(${rgb.join()})" />`}
            </svg></label
          >`;
        })}
      </div>
    </fieldset>`;
  }

  private tools(): TemplateResult {
    const { words, brush, drawing } = this;
    const plain = brush.tool === 'fill' || brush.tool === 'box';
    return html`
      <fieldset>
        <legend class="label">${words.tool}</legend>
        <div class="row">
          ${tools.map(
            (tool) =>
              html`<label class="check"
                ><input
                  type="radio"
                  name="tool"
                  .checked=${brush.tool === tool}
                  @change=${() => this.choose({ tool })}
                />${words.tools[tool]}</label
              >`,
          )}
        </div>
      </fieldset>
      <fieldset ?disabled=${plain}>
        <legend class="label">${words.width}</legend>
        <div class="row">
          ${widths.map(
            (width) =>
              html`<label class="check"
                ><input
                  type="radio"
                  name="width"
                  .checked=${brush.width === width}
                  @change=${() => this.choose({ width })}
                />${words.widths[width]}</label
              >`,
          )}
        </div>
      </fieldset>
      <label class="check"
        ><input
          type="checkbox"
          .checked=${brush.mirror}
          @change=${(event: Event) => this.choose({ mirror: (event.target as HTMLInputElement).checked })}
        />${words.mirror}</label
      >
      <div class="row">
        ${this.command(words.undo, drawing.canUndo, () => drawing.undo())}
        ${this.command(words.redo, drawing.canRedo, () => drawing.redo())}
        ${this.command(words.clear, !drawing.isEmpty, () => drawing.clear())}
      </div>
    `;
  }

  private command(name: string, possible: boolean, run: () => void): TemplateResult {
    // Not disabled: whoever pressed it by keyboard stays where they are.
    return html`<button
      aria-disabled=${possible ? nothing : 'true'}
      @click=${() => {
        if (possible) this.change(run);
      }}
    >
      ${name}
    </button>`;
  }

  private choose(part: Partial<Brush>): void {
    this.letGo();
    this.brush = { ...this.brush, ...part };
  }

  private change(run: () => void): void {
    run();
    this.requestUpdate();
    this.dispatchEvent(new Event('change'));
  }

  // ------------------------------------------------------------------------------------------------------------- pointer

  private cellAt({ clientX, clientY }: PointerEvent): Cell {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    const { size } = this.drawing;
    return {
      x: Math.floor(((clientX - left) / width) * size.width),
      y: Math.floor(((clientY - top) / height) * size.height),
    };
  }

  private down(event: PointerEvent): void {
    if (event.button !== 0 || this.stroke) return; // another finger changes nothing
    this.letGo();
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    const { size } = this.drawing;
    const { x, y } = this.cellAt(event);
    // On the very edge the sum may lead one cell out.
    const cell = { x: Math.min(size.width - 1, Math.max(0, x)), y: Math.min(size.height - 1, Math.max(0, y)) };
    this.stroke = { pointer: event.pointerId, from: cell, last: cell };
    this.cursor = cell;
    this.drawing.begin();
    this.drawing.draw(this.brush, cell, cell);
    this.requestUpdate();
  }

  private move(event: PointerEvent): void {
    const { stroke, brush } = this;
    if (!stroke || stroke.pointer !== event.pointerId || brush.tool === 'fill') return;
    const cell = this.cellAt(event);
    if (cell.x === stroke.last.x && cell.y === stroke.last.y) return;
    const shape = brush.tool === 'line' || brush.tool === 'box';
    this.drawing.draw(brush, shape ? stroke.from : stroke.last, cell);
    stroke.last = cell;
    this.requestUpdate();
  }

  private up(event: PointerEvent, cancelled = false): void {
    if (this.stroke?.pointer !== event.pointerId) return;
    this.stroke = null;
    if (cancelled) {
      this.drawing.cancel();
      this.requestUpdate();
    } else this.change(() => this.drawing.end());
  }

  // ------------------------------------------------------------------------------------------------------------ keyboard

  private key(event: KeyboardEvent): void {
    const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
    if (altKey || this.stroke) return;
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
    if (ctrlKey || metaKey) {
      const letter = key.toLowerCase();
      this.letGo();
      if (letter === 'z' || letter === 'y')
        this.change(() => (letter === 'y' || shiftKey ? this.drawing.redo() : this.drawing.undo()));
      else return;
    } else if (step) this.go(step[0], step[1], shiftKey);
    else if (key === ' ' || key === 'Enter') this.press();
    else if (key === 'Escape' && this.anchor) this.letGo();
    else return;
    event.preventDefault();
  }

  private go(dx: number, dy: number, drawing: boolean): void {
    const { width, height } = this.drawing.size;
    const [from, brush] = [this.cursor, this.brush];
    this.cursor = {
      x: Math.min(width - 1, Math.max(0, from.x + dx)),
      y: Math.min(height - 1, Math.max(0, from.y + dy)),
    };
    if (this.anchor) this.drawing.draw(brush, this.anchor, this.cursor);
    else if (drawing && (brush.tool === 'pen' || brush.tool === 'eraser')) this.dash(from, this.cursor);
    this.say();
  }

  private press(): void {
    const { brush, cursor, anchor } = this;
    const shape = brush.tool === 'line' || brush.tool === 'box';
    if (shape && !anchor) {
      this.drawing.begin();
      this.drawing.draw(brush, cursor, cursor);
      this.anchor = cursor;
      this.said = this.words.begun(cursor.x + 1, cursor.y + 1);
      return;
    }
    if (shape) {
      this.anchor = null;
      this.change(() => this.drawing.end());
    } else this.dash(cursor, cursor);
    this.say();
  }

  /** A stroke by keyboard. */
  private dash(from: Cell, to: Cell): void {
    this.change(() => {
      this.drawing.begin();
      this.drawing.draw(this.brush, from, to);
      this.drawing.end();
    });
  }

  /** A line or a box that the keyboard had begun is none. */
  private letGo(): void {
    if (!this.anchor) return;
    this.anchor = null;
    this.drawing.cancel();
    this.requestUpdate();
  }

  /** Where the cursor is, and on what. */
  private say(): void {
    const { words, drawing, cursor } = this;
    const cell = drawing.at(cursor);
    const what = cell ? (words.paints[paints[cell - 1].name] ?? paints[cell - 1].name) : words.blank;
    this.said = words.cell(cursor.x + 1, cursor.y + 1, what);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pixel-drawing': PixelDrawing;
  }
}
