/**
 * <lab-race>: several samplers with equally many model calls, a few films of each, beside a long run. One sentence says
 * which is the cheapest that keeps words, looks and motion, and on how many films that was measured; its films stand above those of
 * the long run. All films, figures and plots are there on demand, and every film can be taken to the stage.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { outcomeOf, type Outcome } from '../../lab/crown';
import { callsLeft, filmCounts, heats, isStirred, longest, type Entry, type Race } from '../../lab/race';
import { raceSizes, type Sampler } from '../../settings/race';
import { samplers } from '../../settings/settings';
import { labStrings } from '../../i18n/lab';
import { StudioElement, toStage } from '../../ui/element';
import { shortName } from '../../ui/setting-words';
import { legend, shared } from '../../ui/shared';
import '../../ui/clip-picture/clip-picture';
import { crownKey, drawPlot, key } from './race-plots';
import { styles } from './race-styles';

@customElement('lab-race')
export class LabRace extends StudioElement {
  static override styles = [shared, legend, styles];

  protected override render(): TemplateResult {
    const { studio } = this;
    const race = studio.lab.race.value;
    return html`${this.choices()} ${this.start()} ${race ? this.result(race, outcomeOf(race)) : nothing}`;
  }

  private choices(): TemplateResult {
    const { state, strings, studio } = this;
    const lab = labStrings(strings);
    return html`
      <fieldset>
        <legend class="label">${lab.entrants}</legend>
        ${samplers.map(
          (name) =>
            html`<label class="check"
              ><input
                type="checkbox"
                .checked=${live(state.entrants.value.includes(name))}
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
              />${lab.raceSizes[size](filmCounts[size], heats[size][heats[size].length - 1], longest[size])}</label
            >`,
        )}
      </fieldset>
    `;
  }

  private start(): TemplateResult {
    const { state, strings, studio } = this;
    const lab = labStrings(strings);
    const next = studio.lab.nextRace.value;
    const seconds = studio.lab.raceSeconds.value;
    const ready = state.engine.value.phase === 'ready';
    const left = next ? callsLeft(next) : 0;
    const racing = studio.lab.job.value?.kind === 'race';
    const begun = next !== null && ranOf(next).ran > 0;
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

  private result(race: Race, outcome: Outcome): TemplateResult {
    const lab = labStrings(this.strings);
    const { ran, all } = ranOf(race);
    if (ran === 0) return html``;
    return html`
      ${this.answer(race, outcome)} ${ran < all ? html`<p class="help numbers">${lab.filmsRun(ran, all)}</p>` : nothing}
      <details>
        <summary>${lab.figures}</summary>
        ${this.figures(race, outcome)}
      </details>
    `;
  }

  /** What the race is for: the cheapest setting that keeps words, looks and motion, its films, and a way to see it large. */
  private answer(race: Race, { standings, crown, open }: Outcome): TemplateResult {
    const lab = labStrings(this.strings);
    const films = filmCounts[race.size];
    if (!crown) {
      const marks = race.entries.flatMap((entry) => entry.films.flatMap(({ mark }) => mark ?? []));
      const measured = standings.some(({ distance }) => distance !== null);
      const most = Math.max(...standings.map(({ right }) => right));
      const said =
        marks.length > 0 && marks.every(({ asked }) => asked === 0)
          ? lab.nothingAsked
          : !open
            ? lab.noneCrowned(most, films)
            : measured
              ? lab.noneYet
              : lab.notYet;
      return html`<div class="answer">
        <p role="status"><strong>${said}</strong></p>
      </div>`;
    }
    const { entry, right, lawful, longLawful, distance, spread } = crown;
    const { sampler, calls, steps } = entry;
    const name = this.nameOf(sampler);
    const [least, most] = spread ?? [0, 0];
    return html`<div class="answer found">
      <p role="status">
        <strong>${lab.crowned({ name, calls, steps, right, films, long: race.reference.calls, open })}</strong>
        <span class="help">${lab.crownedIn({ distance: distance ?? 0, least, most, lawful, longLawful, films })}</span>
      </p>
      ${this.films(race, `${name}, ${lab.callsOf(calls)}`, entry)}
      ${this.films(race, lab.longRun(race.reference.calls), race.reference)}
      <p><button @click=${() => this.take(race, entry)}>${lab.putOnStage}</button></p>
    </div>`;
  }

  private films({ shape }: Race, name: string, { films }: Entry): TemplateResult {
    const frame = this.state.frame.value;
    return html`<figure>
      <div class="films">
        ${films.map(
          ({ seed, clip }) =>
            html`<clip-picture
              .clip=${clip}
              .shape=${shape}
              .frame=${frame}
              label="${name}, ${labStrings(this.strings).seedNumber(seed)}"
            ></clip-picture>`,
        )}
      </div>
      <figcaption>${name}</figcaption>
    </figure>`;
  }

  private take({ prompt, settings }: Race, { sampler, steps }: Entry): void {
    void this.studio.runs.take(prompt, { ...settings, sampler, steps });
    toStage(this);
  }

  private nameOf(sampler: Sampler): string {
    return shortName(this.strings.options.samplers[sampler]);
  }

  // -------------------------------------------------------------------------------------------------------- on demand

  private figures(race: Race, outcome: Outcome): TemplateResult {
    const lab = labStrings(this.strings);
    const names = samplers.filter((name) => race.entries.some(({ sampler }) => sampler === name));
    return html`
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
                <th scope="col">${lab.calls}</th>
                ${heats[race.size].map((heat) => html`<th scope="col">${heat}</th>`)}
              </tr>
            </thead>
            <tbody>
              ${names.map(
                (name, i) =>
                  html`<tr>
                    <th scope="row">${key(i)} ${this.nameOf(name)}</th>
                    ${heats[race.size].map((heat) => this.cell(race, outcome, name, heat))}
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>
        <div class="plots">
          ${this.plots(race, outcome, names)}
          <ul class="legend" aria-hidden="true">
            ${names.map((name, i) => html`<li>${key(i)}${this.nameOf(name)}</li>`)}
            <li>${key(names.length - 1, 'hollow')}<span>${lab.notRight}</span></li>
            ${outcome.crown ? html`<li>${crownKey()}<span>${lab.theCheapest}</span></li>` : nothing}
          </ul>
        </div>
      </div>
      <p class="help">${lab.howJudged} ${names.some(isStirred) ? lab.freshNoise : nothing}</p>
    `;
  }

  private cell(race: Race, { standings, crown }: Outcome, sampler: Sampler, heat: number): TemplateResult {
    const { state, strings } = this;
    const lab = labStrings(strings);
    const standing = standings.find(({ entry }) => entry.sampler === sampler && entry.heat === heat);
    if (!standing || standing.ran === 0) return html`<td class="waiting">…</td>`;
    const { entry, ran, right, lawful, distance, spread, blurred, lawless } = standing;
    const said = [
      `${this.nameOf(sampler)}, ${lab.callsOf(entry.calls)}`,
      lab.rightIn(right, ran),
      lab.lawfulIn(lawful, ran),
      ...(distance === null || !spread ? [] : [lab.distance(distance, ...spread)]),
      ...(blurred ? [lab.blurred] : []),
      ...(lawless ? [lab.lawless] : []),
      ...(standing === crown ? [lab.theCheapest] : []),
    ];
    const show = lab.takeEntry(entry.steps);
    return html`<td class="${2 * right > filmCounts[race.size] ? 'right' : ''} ${standing === crown ? 'cheapest' : ''}">
      <button title=${show} @click=${() => this.take(race, entry)}>
        <span class="unseen">${said.join(', ')}: ${show}</span>
        <clip-picture .clip=${entry.films[0].clip} .shape=${race.shape} .frame=${state.frame.value}></clip-picture>
        <span aria-hidden="true">${lab.markShort(right, ran)}</span>
        ${distance === null ? nothing : html`<small aria-hidden="true">${lab.number(distance)}</small>`}
        ${blurred ? html`<small aria-hidden="true">${lab.blurred}</small>` : nothing}
        ${lawless ? html`<small aria-hidden="true">${lab.lawless}</small>` : nothing}
      </button>
    </td>`;
  }

  private plots({ size }: Race, { standings, crown }: Outcome, names: readonly Sampler[]): TemplateResult[] {
    const lab = labStrings(this.strings);
    const films = filmCounts[size];
    const farthest = Math.max(0.1, ...standings.map(({ spread }) => spread?.[1] ?? 0));
    const common = {
      axis: lab.callsAxis,
      tableSaysIt: lab.tableSaysIt,
      heats: heats[size],
      names,
      standings,
      crown,
      films,
    };
    return [
      drawPlot({
        ...common,
        label: lab.rightPlot,
        most: films,
        ticks: Array.from({ length: films + 1 }, (_, n) => n),
        say: String,
        valueOf: ({ ran, right }) => (ran > 0 ? right : null),
      }),
      drawPlot({
        ...common,
        label: lab.distancePlot,
        most: farthest,
        ticks: [0, farthest / 2, farthest],
        say: lab.number,
        valueOf: ({ distance }) => distance,
        spreadOf: ({ spread }) => spread,
      }),
    ];
  }
}

function ranOf({ entries, reference }: Race): { readonly ran: number; readonly all: number } {
  const films = [...entries, reference].flatMap((entry) => entry.films);
  return { ran: films.filter(({ clip }) => clip).length, all: films.length };
}

declare global {
  interface HTMLElementTagNameMap {
    'lab-race': LabRace;
  }
}
