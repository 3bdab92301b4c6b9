/**
 * <lab-race>: several samplers at equal looks of the model, measured against a run of 200 looks. The plot fills in as the
 * runs come; the table under it says the same in numbers, and each of its entries can be taken to the stage.
 */
import { css, html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { heats, type Entry, type Race, type Sampler } from '../../app/lab/race';
import { samplers } from '../../app/settings';
import { StudioElement } from '../element';
import { shortName } from '../setting-words';
import { shared } from '../shared';

const [wide, high] = [480, 250];
const [left, right, top, bottom] = [54, 16, 14, 40];

@customElement('lab-race')
export class LabRace extends StudioElement {
  static override styles = [
    shared,
    css`
      :host {
        container-type: inline-size;
      }
      fieldset {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-4);
        margin-block-end: var(--space-3);
      }
      legend {
        padding: 0;
      }
      .result {
        display: grid;
        gap: var(--space-4) var(--space-5);
        margin-block-start: var(--space-4);
      }
      @container (min-inline-size: 52rem) {
        .result {
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
          align-items: start;
        }
      }
      .plot {
        display: block;
        inline-size: 100%;
        block-size: auto;
        border-radius: var(--radius-m);
        background: var(--sunken);
      }
      path {
        fill: none;
        stroke: currentColor;
        stroke-width: 2;
        vector-effect: non-scaling-stroke;
      }
      .rule {
        stroke: var(--line);
        stroke-width: 1;
      }
      text {
        fill: var(--ink-soft);
        font-size: 13px;
      }
      .mark {
        fill: currentColor;
        stroke: var(--sunken);
        stroke-width: 1;
      }
      .c0 {
        color: var(--ice);
      }
      .c1 {
        color: var(--ember);
      }
      .c2 {
        color: var(--good);
      }
      .c3 {
        color: var(--bad);
      }
      .c4 {
        color: var(--ink);
      }
      .c5 {
        color: var(--line-strong);
      }
      .table {
        overflow-x: auto;
      }
      table {
        inline-size: 100%;
        border-collapse: collapse;
        font-size: var(--text-s);
        line-height: 1.3;
      }
      caption {
        padding-block-end: var(--space-2);
        color: var(--ink-soft);
        text-align: start;
      }
      th,
      td {
        padding: var(--space-1) var(--space-2);
        border-block-start: 1px solid var(--line);
        text-align: end;
        white-space: nowrap;
      }
      th:first-child {
        text-align: start;
        font-weight: 550;
      }
      th svg {
        inline-size: 1rem;
        block-size: 1rem;
        vertical-align: -0.15em;
      }
      td button {
        min-block-size: 2.25rem;
        padding: 0 var(--space-2);
        border-color: transparent;
        background: none;
      }
      td small {
        display: block;
        color: var(--ink-soft);
        font-size: var(--text-xs);
      }
      tr td.best button {
        border-color: var(--good);
        font-weight: 700;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { state, strings, studio } = this;
    const { lab } = strings;
    const entrants = state.entrants.value;
    const race = studio.lab.race.value;
    const ready = state.engine.value.phase === 'ready';
    return html`
      <fieldset>
        <legend class="label">${lab.entrants}</legend>
        ${samplers.map(
          (name) =>
            html`<label class="check"
              ><input
                type="checkbox"
                .checked=${live(entrants.includes(name))}
                @change=${(event: Event) => studio.lab.enter(name, (event.target as HTMLInputElement).checked)}
              />${shortName(strings.options.samplers[name])}</label
            >`,
        )}
      </fieldset>
      <p>
        <button class="chief" ?disabled=${!ready || entrants.length === 0} @click=${() => studio.lab.startRace()}>
          ${lab.startRace}
        </button>
        ${ready ? nothing : html`<span class="help">${lab.needsNetwork}</span>`}
      </p>
      ${race ? this.result(race) : nothing}
    `;
  }

  private result(race: Race): TemplateResult {
    const { lab } = this.strings;
    const names = samplers.filter((name) => race.entries.some(({ sampler }) => sampler === name));
    const { reference } = race;
    return html`
      <div class="result">
        <figure>
          <svg class="plot" viewBox="0 0 ${wide} ${high}" role="img" aria-label=${lab.racePlot}>
            ${this.plot(race, names)}
          </svg>
          <p class="help">
            <q lang="en">${race.prompt}</q>, ${lab.seedNumber(race.settings.seed)}.
            ${reference ? lab.reference(reference.looks, reference.mark?.right ?? null, reference.mark?.asked ?? 0) : lab.referenceRuns}
          </p>
        </figure>
        <div class="table" tabindex="0" role="region" aria-label=${lab.raceTable}>
          <table class="numbers">
            <caption>
              ${lab.raceTable}
            </caption>
            <thead>
              <tr>
                <th scope="col">${lab.looks}</th>
                ${heats.map((heat) => html`<th scope="col">${heat}</th>`)}
              </tr>
            </thead>
            <tbody>
              ${names.map(
                (name, i) =>
                  html`<tr>
                    <th scope="row">
                      <svg class="c${i % 6}" viewBox="-8 -8 16 16" aria-hidden="true">${sign(i, 0, 0)}</svg>
                      ${shortName(this.strings.options.samplers[name])}
                    </th>
                    ${heats.map((heat) => this.cell(race, name, heat))}
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>
      </div>
    `;
  }

  private cell(race: Race, sampler: Sampler, heat: number): TemplateResult {
    const { strings, studio } = this;
    const { lab } = strings;
    const entry = race.entries.find((each) => each.sampler === sampler && each.heat === heat);
    if (!entry || entry.distance === null) return html`<td>…</td>`;
    const { steps, distance, mark } = entry;
    const best = race.entries.every(
      (each) => each.heat !== heat || each.distance === null || each.distance >= distance,
    );
    return html`<td class=${best ? 'best' : ''}>
      <button
        title=${lab.takeEntry(steps)}
        aria-label="${lab.number(distance)}${best ? `, ${lab.nearest}` : ''}: ${lab.takeEntry(steps)}"
        @click=${() => studio.take(race.prompt, { ...race.settings, sampler, steps })}
      >
        ${lab.number(distance)}
      </button>
      ${mark ? html`<small>${lab.mark(mark.right, mark.asked)}</small>` : nothing}
    </td>`;
  }

  private plot(race: Race, names: readonly Sampler[]): SVGTemplateResult {
    const { lab } = this.strings;
    const [fewest, most] = [heats[0], heats[heats.length - 1]];
    const reached = race.entries.filter((entry): entry is Entry & { distance: number } => entry.distance !== null);
    const highest = Math.max(0.1, ...reached.map(({ distance }) => distance));
    const x = (looks: number) =>
      left + (Math.log(Math.max(looks, 1) / (fewest - 1.5)) / Math.log(most / (fewest - 1.5))) * (wide - left - right);
    const y = (distance: number) => high - bottom - (distance / highest) * (high - top - bottom);
    return svg`
      ${[0, 0.5, 1].map(
        (share) => svg`<path class="rule" d="M${left} ${y(share * highest)}H${wide - right}" />
          <text x=${left - 8} y=${y(share * highest) + 4} text-anchor="end">${lab.number(share * highest)}</text>`,
      )}
      ${heats.map((heat) => svg`<text x=${x(heat)} y=${high - bottom + 18} text-anchor="middle">${heat}</text>`)}
      <text x=${(left + wide - right) / 2} y=${high - 6} text-anchor="middle">${lab.looksAxis}</text>
      ${names.map((name, i) => {
        const points = reached.filter(({ sampler }) => sampler === name);
        const way = points.map(({ looks, distance }, n) => `${n ? 'L' : 'M'}${x(looks)} ${y(distance)}`).join('');
        return svg`<g class="c${i % 6}"><path d=${way} />${points.map(({ looks, distance }) => sign(i, x(looks), y(distance)))}</g>`;
      })}`;
  }
}

/** Each sampler has a shape of its own, so that nobody needs the colours. */
function sign(i: number, x: number, y: number): SVGTemplateResult {
  const shapes = [
    'M-5-5H5V5H-5Z',
    'M0-6 6 5H-6Z',
    'M0-7 7 0 0 7-7 0Z',
    'M0 6 6-5H-6Z',
    'M-6-2H-2V-6H2V-2H6V2H2V6H-2V2H-6Z',
  ];
  const shape = shapes[i % (shapes.length + 1)];
  return shape
    ? svg`<path class="mark" transform="translate(${x} ${y})" d=${shape} />`
    : svg`<circle class="mark" cx=${x} cy=${y} r="5" />`;
}

declare global {
  interface HTMLElementTagNameMap {
    'lab-race': LabRace;
  }
}
