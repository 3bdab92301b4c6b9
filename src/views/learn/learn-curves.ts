/**
 * <learn-curves>: how a training gets on, over all clips so far: the error at each noise level on a logarithmic scale, and the
 * share of films that are right. The sentences beside it say the same; the drawings are for the eye.
 */
import { css, html, LitElement, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { bins, type Point } from '../../sessions/learn/world';
import type { LearnStrings } from '../../i18n/learn';
import { legend, shared } from '../../ui/shared';

const [wide, high] = [100, 50];
/** Of the logarithmic scale: errors seldom leave it, and whatever does stays at its edge. */
const [least, most] = [0.01, 10];

type Line = readonly (readonly [x: number, y: number])[];

@customElement('learn-curves')
export class LearnCurves extends LitElement {
  static override styles = [
    shared,
    legend,
    css`
      :host {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr));
        gap: var(--space-4);
      }
      figure {
        display: grid;
        gap: var(--space-1);
        align-content: start;
      }
      figcaption {
        font-size: var(--text-s);
        font-weight: 600;
      }
      svg {
        display: block;
        inline-size: 100%;
      }
      .plot {
        block-size: 9rem;
        border-radius: var(--radius-s);
        background: var(--sunken);
      }
      .plot path,
      .plot line {
        fill: none;
        stroke-width: 2;
        vector-effect: non-scaling-stroke;
      }
      .plot line {
        stroke: var(--line);
        stroke-width: 1;
      }
      .sign {
        inline-size: 1.75rem;
        block-size: 0.75rem;
        flex: none;
      }
      .sign path {
        stroke-width: 2.5;
      }
      .bin0 {
        stroke: var(--ink);
      }
      .bin1 {
        stroke: var(--ice);
        stroke-dasharray: 7 3;
      }
      .bin2 {
        stroke: var(--ember);
      }
      .bin3 {
        stroke: var(--good);
        stroke-dasharray: 4 3;
      }
      .bin4 {
        stroke: var(--line-strong);
        stroke-dasharray: 2 2;
      }
      .shown {
        stroke: var(--ice);
      }
      .holes {
        stroke: var(--ember);
        stroke-dasharray: 6 3;
      }
    `,
  ];

  @property({ attribute: false }) words!: LearnStrings;
  @property({ attribute: false }) curve: readonly Point[] = [];

  protected override render(): TemplateResult {
    const { words, curve } = this;
    if (curve.length < 2) return html`<p class="help">${words.noCurve}</p>`;
    const levels = Array.from({ length: bins }, (_, bin) => bin);
    const [first, last] = [
      curve.find(({ losses }) => losses[0] !== null)!,
      curve.findLast(({ losses }) => losses[0] !== null)!,
    ];
    const said = first && last ? words.lossSaid(first.losses[0]!, last.losses[0]!) : '';
    return html`
      <figure>
        <figcaption>${words.loss}</figcaption>
        ${this.plot(
          said || words.loss,
          [1 / 3, 2 / 3],
          levels.map((bin) => [`bin${bin}`, this.line(({ losses }) => losses[bin], logarithmic)]),
        )}
        <ul class="legend">
          ${levels.map((bin) => html`<li>${sign(`bin${bin}`)}${words.levels[bin]}</li>`)}
        </ul>
        <p class="help">${said} ${words.lossHelp}</p>
      </figure>
      <figure>
        <figcaption>${words.rightSoFar}</figcaption>
        ${this.plot(
          words.rightSoFar,
          [0.5],
          [
            [
              'shown',
              this.line(
                ({ shown }) => shown,
                (share) => share,
              ),
            ],
            [
              'holes',
              this.line(
                ({ holes }) => holes,
                (share) => share,
              ),
            ],
          ],
        )}
        <ul class="legend">
          <li>${sign('shown')}${words.lineShown}</li>
          <li>${sign('holes')}${words.lineHoles}</li>
        </ul>
        <p class="help">${words.rightHelp}</p>
      </figure>
    `;
  }

  /** rules: heights at which a thin line helps the eye, 0 .. 1. */
  private plot(label: string, rules: readonly number[], lines: readonly (readonly [string, Line])[]): TemplateResult {
    return html`<svg
      class="plot"
      viewBox="0 0 ${wide} ${high}"
      preserveAspectRatio="none"
      role="img"
      aria-label=${label}
    >
      ${rules.map((rule) => svg`<line x1="0" x2=${wide} y1=${rule * high} y2=${rule * high}></line>`)}
      ${lines.map(([name, points]) => (points.length > 1 ? drawn(name, points) : nothing))}
    </svg>`;
  }

  private line(valueOf: (point: Point) => number | null, place: (value: number) => number): Line {
    const all = this.curve.at(-1)!.seen;
    return this.curve.flatMap((point): Line => {
      const value = valueOf(point);
      return value === null ? [] : [[(point.seen / all) * wide, high - 1.5 - place(value) * (high - 3)]];
    });
  }
}

/** 0 at the least, 1 at the most. */
const logarithmic = (value: number): number =>
  Math.min(1, Math.max(0, Math.log(value / least) / Math.log(most / least)));

function drawn(name: string, points: Line): SVGTemplateResult {
  return svg`<path class=${name} d=${points.map(([x, y], i) => `${i ? 'L' : 'M'}${x.toFixed(2)} ${y.toFixed(2)}`).join('')}></path>`;
}

function sign(name: string): TemplateResult {
  return html`<svg class="sign" viewBox="0 0 28 12" aria-hidden="true">
    ${svg`<path class=${name} d="M0 6H28"></path>`}
  </svg>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'learn-curves': LearnCurves;
  }
}
