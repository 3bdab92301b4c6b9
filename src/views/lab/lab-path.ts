/**
 * <lab-path>: the run as a way through the space of clips, flattened to a plane, with what it believed as a second way;
 * below it what every step did. Pointing anywhere, or the arrow keys, move the one step that the whole page shows.
 */
import { css, html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { distance, project, updates, type Plane, type Point, type Trajectory } from '../../lab/trajectory';
import { labStrings } from '../../i18n/lab';
import type { Step } from '../../sampling/types';
import { StudioElement } from '../../ui/element';
import { legend, shared } from '../../ui/shared';
import './step-plot';

const [wide, high, edge] = [480, 270, 22];

@customElement('lab-path')
export class LabPath extends StudioElement {
  static override styles = [
    shared,
    legend,
    css`
      :host {
        container-type: inline-size;
      }
      .views {
        display: grid;
        gap: var(--space-4) var(--space-5);
      }
      .plots {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 13rem), 1fr));
        gap: var(--space-4);
        align-content: start;
      }
      @container (min-inline-size: 48rem) {
        .views {
          grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
        }
      }
      .plane {
        border-radius: var(--radius-m);
        background: var(--sunken);
        cursor: crosshair;
        touch-action: pan-y;
      }
      .plane svg {
        display: block;
        inline-size: 100%;
        block-size: auto;
      }
      path,
      circle {
        fill: none;
        vector-effect: non-scaling-stroke;
      }
      .x {
        stroke: var(--ice);
        stroke-width: 2.5;
      }
      .guess {
        stroke: var(--ember);
        stroke-width: 2;
        stroke-dasharray: 1 5;
        stroke-linecap: round;
      }
      circle.x {
        fill: var(--ice);
        stroke: none;
      }
      circle.guess {
        fill: var(--ember);
        stroke: none;
      }
      .other {
        opacity: 0.45;
      }
      .belief {
        stroke: var(--ink-soft);
        stroke-width: 1.5;
      }
      .push {
        stroke: var(--good);
        stroke-width: 1.5;
      }
      .push.now {
        stroke-width: 3;
      }
      .here {
        stroke: var(--ink);
        stroke-width: 3;
      }
      text {
        fill: var(--ink);
        font-size: var(--plot-text, 14px);
        paint-order: stroke;
        stroke: var(--sunken);
        stroke-width: 4px;
      }
      @container (max-inline-size: 30rem) {
        text {
          font-size: var(--plot-text, 20px);
        }
      }
      .views .help {
        margin-block-start: var(--space-2);
      }
      .legend svg {
        inline-size: 2rem;
        block-size: 0.75rem;
      }
    `,
  ];

  private made: { readonly of: readonly unknown[]; readonly plane: Plane } = { of: [], plane: { runs: [], shown: 0 } };

  protected override render(): TemplateResult {
    const { state, strings, studio } = this;
    const lab = labStrings(strings);
    const run = state.run.value;
    const row = state.row.value;
    if (!run || row === null) return html`<p>${lab.nothingYet}</p>`;
    const { steps } = run;
    const total = run.settings.steps;
    const step = Math.min(row, steps.length - 1);
    const other = studio.lab.other.value?.steps ?? [];
    const plane = this.plane(steps, other);
    const noise = (list: readonly Step[]) => list.map(({ t }) => 1 - t);
    const size = (list: readonly Step[]) => list.map(({ t, tNext }) => tNext - t);
    const gone = (list: readonly Step[]) => list.map(({ x, guess }) => distance(x, guess));
    const plots: [label: string, of: (list: readonly Step[]) => number[], say: (value: number) => string][] = [
      [lab.noiseLeft, noise, lab.percent],
      [lab.stepSize, size, lab.percent],
      [lab.update, updates, lab.number],
      [lab.toGo, gone, lab.number],
    ];
    const matters = (list: readonly Step[]) => list.map(({ disagreement = 0 }) => disagreement);
    if (steps.some(({ disagreement }) => disagreement !== undefined))
      plots.push([lab.disagreement, matters, lab.number]);
    return html`
      <div class="views">
        <div>
          <div
            class="plane"
            role="slider"
            tabindex="0"
            aria-label=${lab.pathLabel}
            aria-valuemin="0"
            aria-valuemax=${total}
            aria-valuenow=${row}
            aria-valuetext=${strings.stepOf(row, total)}
            @keydown=${(event: KeyboardEvent) => this.walk(event, row, total)}
          >
            ${this.drawing(plane, row)}
          </div>
          ${this.legend(plane, other.length > 0)}
          <p class="help">${lab.shown(plane.shown)}</p>
        </div>
        <div class="plots">
          ${plots.map(
            ([label, of, say]) =>
              html`<step-plot
                .label=${label}
                .values=${of(steps)}
                .others=${of(other)}
                .steps=${total}
                .row=${step}
                .value=${say(of(steps)[step])}
                @row=${(event: CustomEvent<number>) => studio.view.look({ row: event.detail })}
              ></step-plot>`,
          )}
        </div>
      </div>
    `;
  }

  private legend(plane: Plane, hasOther: boolean): TemplateResult {
    const { strings } = this;
    const lab = labStrings(strings);
    const pushed = plane.runs[0].unguided.some((point) => point !== null);
    return html`
      <ul class="legend" aria-hidden="true">
        <li>${key('x')}${strings.shows.x}</li>
        <li>${key('guess')}${strings.shows.guess}</li>
        <li>${key('belief')}${lab.belief}</li>
        ${pushed ? html`<li>${key('push')}${lab.push}</li>` : nothing}
        ${hasOther ? html`<li>${key('x other')}${lab.other}</li>` : nothing}
      </ul>
    `;
  }

  /** Only new steps make a new plane; walking along it does not. */
  private plane(steps: readonly Step[], other: readonly Step[]): Plane {
    const of = [steps, other];
    if (of.some((list, i) => list !== this.made.of[i]))
      this.made = { of, plane: project(other.length > 0 ? [steps, other] : [steps]) };
    return this.made.plane;
  }

  private drawing(plane: Plane, row: number): SVGTemplateResult | TemplateResult {
    const [own, other] = plane.runs;
    const at = scale(plane);
    const here = own.x[Math.min(row, own.x.length - 1)];
    const belief = own.guess[Math.min(row, own.guess.length - 1)];
    const [x, y] = at(here);
    const [gx, gy] = at(belief);
    const [startX, startY] = at(own.x[0]);
    const [endX, endY] = at(own.x[own.x.length - 1]);
    // Guesses gather round the end: its name stands on the other side of the way.
    const below = own.guess.reduce((sum, guess) => sum + at(guess)[1] - endY, 0) < 0;
    const lab = labStrings(this.strings);
    return html`<svg
      viewBox="0 0 ${wide} ${high}"
      aria-hidden="true"
      @pointermove=${(event: PointerEvent) => this.point(event, own, at, row)}
      @click=${(event: PointerEvent) => this.point(event, own, at, row)}
    >
      ${other ? ways(other, at, ' other') : nothing} ${ways(own, at, '')}
      ${own.guess.map((guess, i) => {
        const plain = own.unguided[i];
        return plain ? arrow(at(plain), at(guess), i === row) : nothing;
      })}
      ${svg`<path class="belief" d="M${x} ${y}L${gx} ${gy}" />
      <circle class="here" cx=${x} cy=${y} r="7" />
      <text x=${startX} y=${startY + (startY > high / 2 ? -14 : 24)} text-anchor="start">${lab.start}</text>
      <text x=${endX} y=${endY + (below ? 28 : -16)} text-anchor="end">${own.x.length > own.guess.length ? lab.end : lab.now}</text>`}
    </svg>`;
  }

  private point(event: PointerEvent, own: Trajectory, at: (point: Point) => Point, row: number): void {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const [px, py] = [((event.clientX - box.left) / box.width) * wide, ((event.clientY - box.top) / box.height) * high];
    const away = own.x.map((point) => {
      const [x, y] = at(point);
      return Math.hypot(x - px, y - py);
    });
    const nearest = away.indexOf(Math.min(...away));
    if (nearest !== row) this.studio.view.look({ row: nearest });
  }

  private walk(event: KeyboardEvent, row: number, total: number): void {
    const to = {
      ArrowLeft: row - 1,
      ArrowDown: row - 1,
      ArrowRight: row + 1,
      ArrowUp: row + 1,
      Home: 0,
      End: total,
    }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.studio.view.look({ row: to });
  }
}

/**
 * From the plane to the drawing, both axes in the same measure. The first guess may lie far outside (see lab/trajectory.ts):
 * it is taken into the picture where that leaves the rest at least two thirds of its size.
 */
function scale({ runs }: Plane): (point: Point) => Point {
  const box = (points: readonly Point[]) => {
    const [xs, ys] = [points.map(([a]) => a), points.map(([, b]) => b)];
    return { lowX: Math.min(...xs), highX: Math.max(...xs), lowY: Math.min(...ys), highY: Math.max(...ys) };
  };
  const whole = box(runs.flatMap(({ x, guess }) => [...x, ...guess]));
  const most = box(runs.flatMap(({ x, guess }) => [...x, ...(guess.length > 1 ? guess.slice(1) : guess)]));
  const grows = Math.max((whole.highX - whole.lowX) / wide, (whole.highY - whole.lowY) / high);
  const held = Math.max((most.highX - most.lowX) / wide, (most.highY - most.lowY) / high);
  const { lowX, highX, lowY, highY } = grows <= 1.5 * held ? whole : most;
  const unit = Math.min(
    (wide - 2 * edge) / Math.max(highX - lowX, 1e-9),
    (high - 2 * edge) / Math.max(highY - lowY, 1e-9),
  );
  return ([a, b]) => [wide / 2 + (a - (lowX + highX) / 2) * unit, high / 2 - (b - (lowY + highY) / 2) * unit];
}

function ways({ x, guess }: Trajectory, at: (point: Point) => Point, more: string): SVGTemplateResult {
  const way = (points: readonly Point[]) => points.map((point, i) => `${i ? 'L' : 'M'}${at(point).join(' ')}`).join('');
  const dots = (points: readonly Point[], kind: string) =>
    points.map((point) => svg`<circle class="${kind}${more}" cx=${at(point)[0]} cy=${at(point)[1]} r="3" />`);
  return svg`<path class="guess${more}" d=${way(guess)} /><path class="x${more}" d=${way(x)} />
    ${dots(guess, 'guess')} ${dots(x, 'x')}`;
}

/** The push of guidance on one guess, with a head where there is room for one. */
function arrow([x, y]: Point, [toX, toY]: Point, here: boolean): SVGTemplateResult {
  const length = Math.hypot(toX - x, toY - y);
  const [dx, dy] = length > 0 ? [(toX - x) / length, (toY - y) / length] : [0, 0];
  const head = Math.min(7, length / 2);
  const side = (turn: 1 | -1) =>
    `M${toX} ${toY}L${toX - head * (dx - turn * 0.5 * dy)} ${toY - head * (dy + turn * 0.5 * dx)}`;
  return svg`<path class="push ${here ? 'now' : ''}" d="M${x} ${y}L${toX} ${toY}${side(1)}${side(-1)}" />`;
}

function key(kind: string): TemplateResult {
  return html`<svg viewBox="0 0 32 12" aria-hidden="true"><path class=${kind} d="M1 6H31" /></svg>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'lab-path': LabPath;
  }
}
