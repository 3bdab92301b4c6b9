/**
 * <lab-race>: several samplers at equal looks of the model. One sentence says which is the cheapest that our reader finds
 * right; the table shows every film; the plots show the words that are right and, in a whole race, the distance to a run
 * of 200 looks. All of it fills in as the runs come, and every film can be taken to the stage.
 */
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import {
  cheapest,
  distanceOf,
  heats,
  isRight,
  looksLeft,
  raceSizes,
  type Entry,
  type Race,
  type Sampler,
} from '../../app/lab/race';
import { samplers } from '../../app/settings';
import { StudioElement, toStage } from '../element';
import { shortName } from '../setting-words';
import { legend, shared } from '../shared';
import '../clip-picture/clip-picture';
import { styles } from './styles';

const [wide, high] = [480, 220];
const [left, right, top, bottom] = [56, 36, 18, 52];

@customElement('lab-race')
export class LabRace extends StudioElement {
  static override styles = [shared, legend, styles];

  protected override render(): TemplateResult {
    const { state, strings, studio } = this;
    const { lab } = strings;
    const entrants = state.entrants.value;
    const race = studio.lab.race.value;
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
              />${this.nameOf(name)}</label
            >`,
        )}
      </fieldset>
      <fieldset>
        <legend class="label">${lab.raceSize}</legend>
        ${raceSizes.map(
          (size) =>
            html`<label class="check"
              ><input
                type="radio"
                name="size"
                .checked=${live(state.raceSize.value === size)}
                @change=${() => studio.lab.setSize(size)}
              />${lab.raceSizes[size](heats[size][heats[size].length - 1])}</label
            >`,
        )}
      </fieldset>
      ${this.start()} ${race ? this.result(race) : nothing}
    `;
  }

  private start(): TemplateResult {
    const { state, strings, studio } = this;
    const { lab } = strings;
    const next = studio.lab.nextRace.value;
    const seconds = studio.lab.raceSeconds.value;
    const ready = state.engine.value.phase === 'ready';
    const left = next ? looksLeft(next) : 0;
    const racing = studio.lab.job.value?.kind === 'race';
    const begun = next !== null && next.entries.some(({ clip }) => clip);
    return html`
      <div class="start">
        <button
          class="chief"
          ?disabled=${!ready}
          aria-disabled=${left === 0 && !racing}
          @click=${() => (racing ? studio.lab.stop() : left > 0 ? void studio.lab.startRace() : undefined)}
        >
          ${racing ? lab.stopRace : begun && left > 0 ? lab.goOn : lab.startRace}
        </button>
        <span class="help"
          >${
            !ready
              ? lab.needsNetwork
              : racing
                ? nothing
                : state.entrants.value.length === 0
                  ? lab.nobodyRuns
                  : lab.raceCost(left, seconds)
          }</span
        >
      </div>
    `;
  }

  private result(race: Race): TemplateResult {
    const { lab } = this.strings;
    const names = samplers.filter((name) => race.entries.some(({ sampler }) => sampler === name));
    const { reference } = race;
    const best = cheapest(race);
    const asked = Math.max(0, ...race.entries.map(({ mark }) => mark?.asked ?? 0));
    const ran = race.entries.some(({ clip }) => clip);
    return html`
      ${ran ? this.answer(race, names, best, asked) : nothing}
      <div class="result">
        <div class="table" tabindex="0" role="region" aria-label=${lab.raceTable}>
          <table class="numbers">
            <caption>
              ${lab.raceTable}
              <q lang="en">${race.prompt}</q
              >, ${lab.seedNumber(race.settings.seed)}.
            </caption>
            <thead>
              <tr>
                <th scope="col">${lab.looks}</th>
                ${heats[race.size].map((heat) => html`<th scope="col">${heat}</th>`)}
              </tr>
            </thead>
            <tbody>
              ${names.map(
                (name, i) =>
                  html`<tr>
                    <th scope="row">${key(i)} ${this.nameOf(name)}</th>
                    ${heats[race.size].map((heat) => this.cell(race, name, heat, best))}
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>
        ${
          ran
            ? html`<div class="plots">
                ${asked > 0 ? this.wordsPlot(race, names, asked, best) : nothing}
                ${race.reference ? this.distancePlot(race, names, best) : nothing}
                <ul class="legend" aria-hidden="true">
                  ${names.map((name, i) => html`<li>${key(i)}${this.nameOf(name)}</li>`)}
                  <li>${key(names.length - 1, 'hollow')}<span>${lab.notRight}</span></li>
                  ${best ? html`<li><svg viewBox="-12 -12 24 24">${ring(0, 0)}</svg><span>${lab.theCheapest}</span></li>` : nothing}
                </ul>
              </div>`
            : nothing
        }
      </div>
      <p class="help">
        ${
          race.size === 'small'
            ? lab.smallRace
            : reference
              ? lab.reference(reference.looks, reference.mark?.right ?? null, reference.mark?.asked ?? 0)
              : lab.referenceRuns
        }
      </p>
    `;
  }

  /** What the race is for: the cheapest film that still looks right, what the others need, and a way to see it large. */
  private answer(race: Race, names: readonly Sampler[], best: Entry | undefined, asked: number): TemplateResult {
    const { state, strings, studio } = this;
    const { lab } = strings;
    const through = race.entries.every(({ clip }) => clip);
    const most = Math.max(0, ...race.entries.map(({ mark }) => mark?.right ?? 0));
    if (!best)
      return html`<div class="answer">
        <p role="status">
          <strong>${asked === 0 ? lab.nothingAsked : through ? lab.noneRight(most, asked) : lab.noneYet}</strong>
        </p>
      </div>`;
    const others = names
      .filter((name) => name !== best.sampler)
      .map((name) => {
        const entry = cheapest(race, name);
        const open = race.entries.some(({ sampler, clip }) => sampler === name && !clip);
        return { name: this.nameOf(name), looks: entry?.looks ?? null, open };
      });
    return html`<div class="answer found">
      <clip-picture .clip=${best.clip} .shape=${race.shape} .frame=${state.frame.value}></clip-picture>
      <div>
        <p role="status">
          <strong>${lab.cheapest(this.nameOf(best.sampler), best.looks, best.steps)}</strong>
          <span class="help">${lab.others(others)} ${lab.oneSeed}</span>
        </p>
        <button
          @click=${() => {
            void studio.runs.take(race.prompt, { ...race.settings, sampler: best.sampler, steps: best.steps });
            toStage(this);
          }}
        >
          ${lab.putOnStage}
        </button>
      </div>
    </div>`;
  }

  private cell(race: Race, sampler: Sampler, heat: number, best: Entry | undefined): TemplateResult {
    const { state, strings, studio } = this;
    const { lab } = strings;
    const entry = race.entries.find((each) => each.sampler === sampler && each.heat === heat);
    if (!entry?.clip) return html`<td class="waiting">…</td>`;
    const { steps, looks, clip, mark } = entry;
    const distance = distanceOf(race, entry);
    const right = isRight(entry);
    const said = [
      `${this.nameOf(sampler)}, ${lab.looksOf(looks)}`,
      ...(mark && mark.asked > 0 ? [lab.mark(mark.right, mark.asked)] : []),
      ...(distance === null ? [] : [lab.distance(distance)]),
      ...(entry === best ? [lab.theCheapest] : []),
    ];
    return html`<td class="${right ? 'right' : ''} ${entry === best ? 'cheapest' : ''}">
      <button
        title=${lab.takeEntry(steps)}
        @click=${() => {
          void studio.runs.take(race.prompt, { ...race.settings, sampler, steps });
          toStage(this);
        }}
      >
        <span class="unseen">${said.join(', ')}: ${lab.takeEntry(steps)}</span>
        <clip-picture .clip=${clip} .shape=${race.shape} .frame=${state.frame.value}></clip-picture>
        ${mark && mark.asked > 0 ? html`<span aria-hidden="true">${right ? '✓ ' : ''}${lab.markShort(mark.right, mark.asked)}</span>` : nothing}
        ${distance === null ? nothing : html`<small aria-hidden="true">${lab.number(distance)}</small>`}
      </button>
    </td>`;
  }

  private nameOf(sampler: Sampler): string {
    return shortName(this.strings.options.samplers[sampler]);
  }

  // ---------------------------------------------------------------------------------------------------------- plots

  private wordsPlot(race: Race, names: readonly Sampler[], asked: number, best: Entry | undefined): TemplateResult {
    const { lab } = this.strings;
    const ticks = Array.from({ length: asked + 1 }, (_, n) => n).filter((n) => asked < 6 || n % 2 === asked % 2);
    return this.plot(race, names, best, lab.wordsPlot, asked, ticks, String, ({ mark }) => mark?.right ?? null);
  }

  private distancePlot(race: Race, names: readonly Sampler[], best: Entry | undefined): TemplateResult {
    const { lab } = this.strings;
    const distances = race.entries.map((entry) => distanceOf(race, entry) ?? 0);
    const most = Math.max(0.1, ...distances);
    return this.plot(race, names, best, lab.distancePlot, most, [0, most / 2, most], lab.number, (entry) =>
      distanceOf(race, entry),
    );
  }

  /** One number of each film over the looks it was allowed; samplers stand side by side, for many are right together. */
  private plot(
    race: Race,
    names: readonly Sampler[],
    best: Entry | undefined,
    label: string,
    most: number,
    ticks: readonly number[],
    say: (value: number) => string,
    valueOf: (entry: Entry) => number | null,
  ): TemplateResult {
    const { lab } = this.strings;
    const [fewest, longest] = [heats[race.size][0], heats[race.size].at(-1)!];
    const share = (heat: number) => Math.log(heat / (fewest - 1.5)) / Math.log(longest / (fewest - 1.5));
    const aside = Math.min(14, 60 / names.length);
    const x = (heat: number) => left + share(heat) * (wide - left - right);
    const y = (value: number) => high - bottom - (value / most) * (high - top - bottom);
    return html`<figure>
      <figcaption class="label">${label}</figcaption>
      <svg class="plot" viewBox="0 0 ${wide} ${high}" role="img" aria-label="${label}. ${lab.tableSaysIt}">
        ${ticks.map(
          (tick) => svg`<path class="rule" d="M${left} ${y(tick)}H${wide - 8}" />
            <text x=${left - 10} y=${y(tick) + 5} text-anchor="end">${say(tick)}</text>`,
        )}
        ${heats[race.size].map((heat) => svg`<text x=${x(heat)} y=${high - bottom + 22} text-anchor="middle">${heat}</text>`)}
        ${svg`<text x=${(left + wide - right) / 2} y=${high - 8} text-anchor="middle">${lab.looksAxis}</text>`}
        ${names.map((name, i) => {
          const shift = (i - (names.length - 1) / 2) * aside;
          const points = race.entries.flatMap((entry) => {
            const value = entry.sampler === name && entry.clip ? valueOf(entry) : null;
            return value === null ? [] : [{ entry, at: [x(entry.heat) + shift, y(value)] as const }];
          });
          const way = points.map(({ at }, n) => `${n ? 'L' : 'M'}${at.join(' ')}`).join('');
          return svg`<g class="c${i % 6}"><path d=${way} />${points.map(({ entry, at }) => [
            sign(i, at[0], at[1], isRight(entry) ? '' : 'hollow'),
            entry === best ? ring(at[0], at[1]) : nothing,
          ])}</g>`;
        })}
      </svg>
    </figure>`;
  }
}

/** Each sampler has a shape of its own, so that nobody needs the colours. */
function sign(i: number, x: number, y: number, kind: '' | 'hollow' = ''): SVGTemplateResult {
  const shapes = [
    'M-5-5H5V5H-5Z',
    'M0-6 6 5H-6Z',
    'M0-7 7 0 0 7-7 0Z',
    'M0 6 6-5H-6Z',
    'M-6-2H-2V-6H2V-2H6V2H2V6H-2V2H-6Z',
  ];
  const shape = shapes[i % (shapes.length + 1)];
  return shape
    ? svg`<path class="mark ${kind}" transform="translate(${x} ${y})" d=${shape} />`
    : svg`<circle class="mark ${kind}" cx=${x} cy=${y} r="5" />`;
}

function ring(x: number, y: number): SVGTemplateResult {
  return svg`<circle class="ring" cx=${x} cy=${y} r="10" />`;
}

function key(i: number, kind: '' | 'hollow' = ''): TemplateResult {
  return html`<svg class="c${i % 6}" viewBox="-8 -8 16 16" aria-hidden="true">${sign(i, 0, 0, kind)}</svg>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'lab-race': LabRace;
  }
}
