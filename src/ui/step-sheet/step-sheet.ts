/**
 * <step-sheet>: the whole run at a glance, twice: what the model held and what it believed. Film time runs across,
 * the clearing runs down. Each sheet is one canvas with one grid cell of HTML over it, the place where the reader stands;
 * `aria-rowcount` and `aria-colcount` say how large the rest is. A row is drawn once, when its step comes in.
 */
import { css, html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { shows, type Show } from '../../app/settings';
import { clipAt, noiseLeft, type Run } from '../../app/state';
import { StudioElement } from '../element';
import { paintFrame } from '../pixels';
import { shared } from '../shared';

/** Pixels between the small pictures. */
const gap = 2;

@customElement('step-sheet')
export class StepSheet extends StudioElement {
  static override styles = [
    shared,
    css`
      :host {
        container-type: inline-size;
      }
      header {
        display: grid;
        gap: var(--space-1);
        margin-block-end: var(--space-3);
      }
      .sheets {
        display: grid;
        gap: var(--space-5);
        grid-template-columns: minmax(0, 1fr);
      }
      @container (min-inline-size: 42rem) {
        .sheets {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
      }
      @container (max-inline-size: 41.99rem) {
        .sheet:not(.chosen) {
          display: none;
        }
      }
      .sheet {
        --label: 4.2rem;
        --fit: calc((100vh - 19rem) * var(--ratio));
        inline-size: min(100%, max(20rem, var(--fit) + var(--label)));
      }
      .sheet h3 {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        font-size: var(--text-m);
      }
      .sheet h3::before {
        content: '';
        inline-size: 0.6rem;
        block-size: 0.6rem;
        border-radius: 50%;
        border: 2px solid var(--line-strong);
      }
      .sheet.chosen h3::before {
        border-color: var(--ember);
        background: var(--ember);
      }
      .across {
        display: flex;
        justify-content: space-between;
        gap: var(--space-2);
        margin-inline-start: var(--label);
        color: var(--ink-soft);
        font-size: var(--text-xs);
      }
      .across span:nth-child(2) {
        flex: 1;
        text-align: center;
        white-space: nowrap;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .scroller {
        position: relative;
        max-block-size: max(24rem, 100vh - 9rem);
        overflow: hidden auto;
        /* room for the focus ring, which would be cut off otherwise */
        margin: -5px;
        padding: 5px;
      }
      .body {
        display: grid;
        grid-template-columns: var(--label) minmax(0, 1fr);
      }
      .down {
        display: grid;
        grid-template-columns: 1.2rem 1fr;
        color: var(--ink-soft);
        font-size: var(--text-xs);
        line-height: 1;
      }
      .down p {
        writing-mode: vertical-rl;
        inline-size: 100%;
        min-block-size: 0;
        text-align: center;
        white-space: nowrap;
        overflow: hidden;
        text-overflow: ellipsis;
        contain: size;
      }
      .noise {
        position: relative;
      }
      .noise span {
        position: absolute;
        inset-block-start: calc((var(--row) + 0.5) / var(--rows) * 100%);
        inset-inline-end: var(--space-2);
        translate: 0 -50%;
        white-space: nowrap;
      }
      .grid {
        position: relative;
        cursor: crosshair;
        border-radius: 2px;
        touch-action: manipulation;
      }
      canvas {
        display: block;
        inline-size: 100%;
        block-size: auto;
      }
      .cell {
        position: absolute;
        inline-size: calc(100% / var(--frames));
        block-size: calc(100% / var(--rows));
        inset-inline-start: calc(100% / var(--frames) * var(--frame));
        inset-block-start: calc(100% / var(--rows) * var(--row));
        border-radius: 2px;
        pointer-events: none;
      }
      .chosen .cell {
        box-shadow:
          0 0 0 2px var(--ember),
          0 0 0 4px var(--surface);
      }
      .sheet:not(.chosen) .cell {
        box-shadow: 0 0 0 1.5px var(--line-strong);
      }
      @media (forced-colors: active) {
        .cell {
          outline: 3px solid Highlight;
        }
        .sheet.chosen h3::before {
          border-color: Highlight;
          background: Highlight;
        }
      }
    `,
  ];

  private drawn: Record<Show, { of: Run['shape'] | null; rows: number; first: unknown }> = {
    x: { of: null, rows: 0, first: null },
    guess: { of: null, rows: 0, first: null },
  };

  protected override render(): TemplateResult {
    const { strings } = this;
    return html`
      <header>
        <h2>${strings.sheet}</h2>
        <p class="help">${strings.twoTimes} ${strings.sheetHelp}</p>
      </header>
      <div class="sheets numbers" ?hidden=${this.state.run.value === null}>
        ${shows.map((show) => this.sheet(show))}
      </div>
    `;
  }

  private sheet(show: Show): TemplateResult {
    const { state, strings } = this;
    const run = state.run.value;
    const frames = run?.shape.frames ?? 16;
    const rows = state.rows.value;
    const row = state.row.value ?? 0;
    const frame = state.frame.value;
    const steps = rows - 1;
    const chosen = state.show.value === show;
    return html`
      <section class="sheet ${chosen ? 'chosen' : ''}" data-show=${show}>
        <h3 id="${show}-title">${strings.shows[show]}</h3>
        <div class="across" aria-hidden="true">
          <span>1</span><span>${strings.filmTime} →</span><span>${frames}</span>
        </div>
        <div class="scroller">
          <div class="body">
            <div class="down" aria-hidden="true">
              <p>${strings.clearingTime} →</p>
              <div class="noise"></div>
            </div>
            <div
              class="grid"
              role="grid"
              tabindex="0"
              aria-labelledby="${show}-title"
              aria-rowcount=${rows}
              aria-colcount=${frames}
              aria-activedescendant="${show}-cell"
              @keydown=${(event: KeyboardEvent) => this.walk(event, show)}
              @pointerdown=${(event: PointerEvent) => this.point(event, show)}
              @pointermove=${(event: PointerEvent) => event.buttons === 1 && event.pointerType === 'mouse' && this.point(event, show)}
            >
              <canvas aria-hidden="true"></canvas>
              <div role="row" aria-rowindex=${row + 1}>
                <div
                  role="gridcell"
                  id="${show}-cell"
                  class="cell"
                  aria-colindex=${frame + 1}
                  aria-selected=${chosen}
                  aria-label=${strings.place(row, steps, frame + 1, frames, state.noiseLeft.value)}
                ></div>
              </div>
            </div>
          </div>
        </div>
      </section>
    `;
  }

  protected override draw(): void {
    const { state } = this;
    const run = state.run.value;
    const rows = state.rows.value;
    const frames = run?.shape.frames ?? 16;
    this.style.setProperty('--rows', String(rows));
    this.style.setProperty('--frames', String(frames));
    this.style.setProperty('--ratio', String((frames * (run?.shape.width ?? 1)) / (rows * (run?.shape.height ?? 1))));
    this.style.setProperty('--row', String(state.row.value ?? 0));
    this.style.setProperty('--frame', String(Math.min(state.frame.value, frames - 1)));
    for (const section of this.renderRoot.querySelectorAll<HTMLElement>('.sheet')) {
      const show = section.dataset.show as Show;
      if (run) this.drawRows(section.querySelector('canvas')!, run, show);
      this.label(section.querySelector('.noise')!, run, rows);
    }
  }

  /** Draws the rows that have come since the last time; a new run starts from an empty sheet. */
  private drawRows(canvas: HTMLCanvasElement, run: Run, show: Show): void {
    const { height, width, frames } = run.shape;
    const rows = run.settings.steps + 1;
    const across = frames * (width + gap);
    const down = rows * (height + gap);
    const drawn = this.drawn[show];
    const first = run.steps[0] ?? run.steps;
    const context = canvas.getContext('2d');
    if (!context) return;
    if (drawn.first !== first || canvas.width !== across || canvas.height !== down) {
      canvas.width = across;
      canvas.height = down;
      this.drawn[show] = { of: run.shape, rows: 0, first };
      context.fillStyle = 'rgb(128 140 155 / 14%)'; // a place for each picture to come; fits light and dark
      for (let row = 0; row < rows; row++)
        for (let frame = 0; frame < frames; frame++)
          context.fillRect(frame * (width + gap) + gap / 2, row * (height + gap) + gap / 2, width, height);
    }
    const filled = this.state.rowsFilled.value;
    for (let row = this.drawn[show].rows; row < filled; row++) {
      const clip = clipAt(run, row, show);
      if (!clip) break;
      const image = new ImageData(across, height);
      for (let frame = 0; frame < frames; frame++)
        paintFrame(image.data, across, frame * (width + gap) + gap / 2, clip, run.shape, frame);
      context.putImageData(image, 0, row * (height + gap) + gap / 2);
      this.drawn[show].rows = row + 1;
    }
  }

  /** Noise left beside every row, or beside every second, third, ... where there are many. */
  private label(column: Element, run: Run | null, rows: number): void {
    const every = Math.ceil(rows / 13);
    const filled = this.state.rowsFilled.value;
    const texts: string[] = [];
    for (let row = 0; row < rows; row += every)
      texts.push(run && row < filled ? `${Math.round(100 * noiseLeft(run, row))} %` : '');
    if (column.textContent === texts.join('') && column.childElementCount === texts.length) return;
    column.replaceChildren(
      ...texts.map((text, index) => {
        const span = document.createElement('span');
        span.textContent = text;
        span.style.setProperty('--row', String(index * every));
        return span;
      }),
    );
  }

  private point(event: PointerEvent, show: Show): void {
    const run = this.state.run.value;
    if (!run || event.button > 0) return;
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const cell = (at: number, start: number, size: number, count: number) =>
      Math.min(count - 1, Math.max(0, Math.floor(((at - start) / size) * count)));
    this.studio.view.look({
      show,
      row: cell(event.clientY, box.top, box.height, this.state.rows.value),
      frame: cell(event.clientX, box.left, box.width, run.shape.frames),
    });
  }

  private walk(event: KeyboardEvent, show: Show): void {
    const { state } = this;
    const run = state.run.value;
    if (!run || event.altKey || event.ctrlKey || event.metaKey) return;
    const row = state.row.value ?? 0;
    const frame = state.frame.value;
    const moves: Record<string, { row?: number; frame?: number } | undefined> = {
      ArrowLeft: { frame: frame - 1 },
      ArrowRight: { frame: frame + 1 },
      ArrowUp: { row: row - 1 },
      ArrowDown: { row: row + 1 },
      Home: { frame: 0 },
      End: { frame: run.shape.frames - 1 },
      PageUp: { row: 0 },
      PageDown: { row: state.rows.value },
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    this.studio.view.look({ show, frame, ...move }); // walking the sheet stops the film where it is
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'step-sheet': StepSheet;
  }
}
