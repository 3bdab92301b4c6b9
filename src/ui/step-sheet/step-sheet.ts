/**
 * <step-sheet>: the whole run at a glance, twice: what the model held and what it believed. Film time runs across,
 * the clearing runs down. Each sheet is one canvas with one grid cell of HTML over it, the place where the reader stands;
 * `aria-rowcount` and `aria-colcount` say how large the rest is. A row is drawn once, when its step comes in.
 * Where not all fit, frames and steps are left out evenly, so that each picture stays large enough to be seen; one press
 * shows all of them on the whole screen.
 */
import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { shows, type Show } from '../../settings/settings';
import { clipAt, noiseLeft, type Run } from '../../app/state';
import { StudioElement } from '../element';
import { paintFrame } from '../pixels';
import { shared } from '../shared';
import { styles } from './styles';

/** Pixels between the small pictures. */
const gap = 2;
/** A picture's least side on the screen, in CSS pixels. */
const least = 40;
/** What stands above the sheet and beneath it on a laptop's first screen, in CSS pixels; at least so many rows are shown. */
const [around, fewest] = [464, 8];

/** The shape of a clip before there is one: what stands below the sheet keeps its place when it comes. */
const unknown = { frames: 16, height: 32, width: 32 };

/** Every so many of `count`, so that at most `most` remain; the last of all among them where `last`. */
export function thinned(count: number, most: number, last: boolean): number[] {
  const every = Math.ceil(count / Math.max(2, most));
  if (!last) return Array.from({ length: Math.ceil(count / every) }, (_, i) => i * every);
  const parts = Math.ceil((count - 1) / every);
  return Array.from({ length: parts + 1 }, (_, i) => Math.round((i * (count - 1)) / Math.max(1, parts)));
}

/** Which of them stands for `place`: the last one that is not beyond it. */
export function standsFor(shown: readonly number[], place: number): number {
  return Math.max(0, shown.filter((each) => each <= place).length - 1);
}

@customElement('step-sheet')
export class StepSheet extends StudioElement {
  static override styles = [shared, styles];

  private width = 0; // of the element, in CSS pixels
  private readonly sizes = new ResizeObserver(([{ contentRect }]) => {
    if (contentRect.width === this.width) return;
    this.width = contentRect.width;
    requestAnimationFrame(this.resized); // not now: what it changes would be observed at once
  });
  private readonly resized = () => this.requestUpdate();

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
    addEventListener('resize', this.resized);
    this.addEventListener('fullscreenchange', this.resized);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
    removeEventListener('resize', this.resized);
    this.removeEventListener('fullscreenchange', this.resized);
  }

  /** Rows there are, or will be. */
  private get rows(): number {
    const { run, rows, settings } = this.state;
    return run.value ? rows.value : settings.value.steps + 1;
  }

  /** Which frames and steps are shown, how large a picture is in CSS pixels, and whether both sheets have room. */
  private layout() {
    const { run } = this.state;
    const { frames, width, height } = run.value?.shape ?? unknown;
    const whole = this.matches(':fullscreen');
    const presenting = this.state.presenting.value;
    const label = presenting ? 144 : 72;
    const both = this.width >= 2 * (label + frames * least) + 24;
    const across = (both ? this.width / 2 - 12 : this.width) - label;
    const room = Math.floor(across / least);
    const most = whole ? frames : presenting ? Math.min(fewest, room) : room; // few, so that each is seen from the last row
    const columns = thinned(frames, most, false);
    const above = presenting ? 260 : around;
    const down = whole ? innerHeight - 140 : Math.max(fewest * least, innerHeight - above);
    const side = whole ? down / this.rows : Math.max(least, down / (fewest + (presenting ? 1 : 0)));
    const cell = Math.max(whole ? 8 : least, Math.floor(Math.min(across / columns.length, (side * width) / height)));
    const lines = thinned(this.rows, whole ? this.rows : Math.max(fewest + 1, Math.floor(down / cell)), true);
    return { columns, lines, cell, both, whole };
  }

  private drawn: Record<Show, { rows: number; first: unknown; cells: string }> = {
    x: { rows: 0, first: null, cells: '' },
    guess: { rows: 0, first: null, cells: '' },
  };

  protected override render(): TemplateResult {
    const { strings } = this;
    const { both, whole, columns, lines } = this.layout();
    const frames = this.state.run.value?.shape.frames ?? 16;
    const all = columns.length === frames && lines.length === this.rows;
    return html`
      <header>
        <h2>${strings.sheet}</h2>
        <button class="chip" aria-pressed=${whole} @click=${() => this.fill()}>${strings.wholeSheet}</button>
        <p class="out">${all ? '' : strings.leftOut(columns.length, frames, lines.length, this.rows)}</p>
      </header>
      <div class="sheets numbers ${both ? 'both' : ''}">${shows.map((show) => this.sheet(show))}</div>
      <p class="help">${strings.twoTimes} ${strings.sheetHelp}</p>
    `;
  }

  /** The whole screen, or back; where a browser has none (some phones), the sheet stays as it is. */
  private fill(): void {
    const done = document.fullscreenElement ? document.exitFullscreen() : this.requestFullscreen?.();
    done?.catch(() => {}); // refused: nothing is lost
  }

  private sheet(show: Show): TemplateResult {
    const { state, strings } = this;
    const run = state.run.value;
    const frames = run?.shape.frames ?? 16;
    const { rows } = this;
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
            @click=${(event: PointerEvent) => this.point(event, show)}
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
      </section>
    `;
  }

  protected override draw(): void {
    const { state } = this;
    const run = state.run.value;
    const frames = run?.shape.frames ?? 16;
    const { columns, lines, cell } = this.layout();
    const { width, height } = run?.shape ?? unknown;
    const places = {
      '--frames': columns.length,
      '--rows': lines.length,
      '--cell': cell,
      '--row': standsFor(lines, state.row.value ?? 0),
      '--frame': standsFor(columns, Math.min(state.frame.value, frames - 1)),
      '--ratio': width / height,
    };
    for (const [name, value] of Object.entries(places)) this.style.setProperty(name, String(value));
    for (const section of this.renderRoot.querySelectorAll<HTMLElement>('.sheet')) {
      const show = section.dataset.show as Show;
      this.drawRows(section.querySelector('canvas')!, run, show, columns, lines);
      this.label(section.querySelector('.noise')!, run, lines);
    }
  }

  /** Draws the rows that have come since the last time; a new run, another choice of rows, and no run yet start from an empty sheet. */
  private drawRows(
    canvas: HTMLCanvasElement,
    run: Run | null,
    show: Show,
    columns: readonly number[],
    lines: readonly number[],
  ): void {
    const { height, width } = run?.shape ?? unknown;
    const across = columns.length * (width + gap);
    const down = lines.length * (height + gap);
    const first = run?.steps[0] ?? run?.steps;
    const cells = [columns, lines].join(' ');
    const context = canvas.getContext('2d');
    if (!context) return;
    if (this.drawn[show].first !== first || this.drawn[show].cells !== cells || canvas.width !== across) {
      canvas.width = across;
      canvas.height = down;
      this.drawn[show] = { rows: 0, first, cells };
      context.fillStyle = 'rgb(128 140 155 / 14%)'; // a place for each picture to come; fits light and dark
      for (let row = 0; row < lines.length; row++)
        for (let column = 0; column < columns.length; column++)
          context.fillRect(column * (width + gap) + gap / 2, row * (height + gap) + gap / 2, width, height);
    }
    if (!run) return;
    for (let row = this.drawn[show].rows; row < lines.length && lines[row] < this.state.rowsFilled.value; row++) {
      const clip = clipAt(run, lines[row], show);
      if (!clip) break;
      const image = new ImageData(across, height);
      for (const [column, frame] of columns.entries())
        paintFrame(image.data, across, column * (width + gap) + gap / 2, clip, run.shape, frame);
      context.putImageData(image, 0, row * (height + gap) + gap / 2);
      this.drawn[show].rows = row + 1;
    }
  }

  /** Noise left beside every row that is shown, or every second, third, ... where there are many. */
  private label(column: Element, run: Run | null, lines: readonly number[]): void {
    const every = Math.ceil(lines.length / 13);
    const filled = this.state.rowsFilled.value;
    const texts: string[] = [];
    for (let row = 0; row < lines.length; row += every)
      texts.push(run && lines[row] < filled ? `${Math.round(100 * noiseLeft(run, lines[row]))} %` : '');
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
    const { columns, lines } = this.layout();
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const cell = (at: number, start: number, size: number, shown: readonly number[]) =>
      shown[Math.min(shown.length - 1, Math.max(0, Math.floor(((at - start) / size) * shown.length)))];
    this.studio.view.look({
      show,
      row: cell(event.clientY, box.top, box.height, lines),
      frame: cell(event.clientX, box.left, box.width, columns),
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
