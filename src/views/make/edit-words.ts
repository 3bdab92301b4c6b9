/**
 * <edit-words>: the film on the stage with other words. A strength, two ways to begin, before and after side by side, what changed
 * and what stayed in one computed sentence, and on demand the same over every strength.
 *
 * What it is not: it works out nothing (sessions/make/rewording does).
 */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { editWays, rewordingOf, sharesOf, type Found, type Rewording, type Try } from '../../sessions/make/rewording';
import { promptLength } from '../../settings/settings';
import type { Run } from '../../app/state';
import { editStrings, type EditStrings } from '../../i18n/edit';
import { StudioElement, toStage } from '../../ui/element';
import { shared } from '../../ui/shared';
import '../../ui/clip-picture/clip-picture';
import { plotKey, strengthPlot } from './strength-plot';
import { styles } from './edit-styles';

@customElement('edit-words')
export class EditWords extends StudioElement {
  static override styles = [shared, styles];

  private get rewording(): Rewording {
    return rewordingOf(this.studio);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.studio) this.rewording.end();
  }

  protected override render(): TemplateResult {
    const words = editStrings(this.strings);
    const { obstacle, shown, toCome, fault } = this.rewording;
    const why = obstacle.value;
    return html`
      <h3>${words.title}</h3>
      <p class="help">${words.help}</p>
      ${this.form(words)}
      ${
        why && toCome.value === null
          ? html`<p class="help">
              ${words.obstacles[why]}
              ${why === 'noModel' ? html`<button class="chip" @click=${() => this.rewording.load()}>${words.load}</button>` : nothing}
            </p>`
          : nothing
      }
      ${fault.value ? this.fault(words) : nothing} ${shown.value ? this.films(shown.value, words) : nothing}
      ${this.rewording.curve.value.length > 0 ? this.plot(words) : nothing}
    `;
  }

  private form(words: EditStrings): TemplateResult {
    const { rewording, strings } = this;
    const { source, strength, way, toCome, obstacle } = rewording;
    const film = source.value;
    return html`<form
      @submit=${(event: Event) => {
        event.preventDefault();
        void rewording.change();
      }}
    >
      <label class="label" for="words">${words.words}</label>
      <div class="row">
        <input
          id="words"
          type="text"
          autocomplete="off"
          spellcheck="false"
          maxlength=${promptLength}
          placeholder=${words.placeholder}
          .value=${live(rewording.words.value)}
          @change=${(event: Event) => rewording.say((event.target as HTMLInputElement).value)}
        />
        ${
          film && film.prompt && film.prompt !== rewording.words.value
            ? html`<button
                type="button"
                class="chip"
                title=${strings.world.sentence(film.prompt)}
                @click=${() => rewording.say(film.prompt)}
              >
                ${words.takeWords}
              </button>`
            : nothing
        }
      </div>
      <label class="label" for="strength">${words.strength}</label>
      <div class="slide numbers">
        <input
          id="strength"
          type="range"
          min="0.1"
          max="1"
          step="0.05"
          .value=${live(String(strength.value))}
          aria-valuetext=${words.strengthSaid(strength.value)}
          @input=${(event: Event) => rewording.setStrength(Number((event.target as HTMLInputElement).value))}
        />
        <span aria-hidden="true">${words.strengthSaid(strength.value)}</span>
      </div>
      <fieldset>
        <legend class="label">${words.way}</legend>
        ${editWays.map(
          (each) =>
            html`<label class="check"
              ><input
                type="radio"
                name="way"
                value=${each}
                aria-describedby="way-help"
                .checked=${live(way.value === each)}
                @change=${() => rewording.setWay(each)}
              />${words.ways[each]}</label
            >`,
        )}
        <p class="help" id="way-help">${words.waysHelp[way.value]}</p>
      </fieldset>
      <div class="row">
        <button
          class="chief"
          ?disabled=${obstacle.value !== null || toCome.value !== null || !rewording.words.value.trim()}
        >
          ${words.change}
        </button>
        ${toCome.value === null ? nothing : html`<button type="button" @click=${() => rewording.stop()}>${words.stop}</button>`}
        <span class="help" role="status">${toCome.value === null ? '' : words.toCome(toCome.value)}</span>
      </div>
    </form>`;
  }

  private fault(words: EditStrings): TemplateResult {
    const { cause, next } = this.rewording.fault.value!;
    return html`<div role="alert">
      <p>${words.fault}</p>
      <details>
        <summary>${this.strings.more}</summary>
        <p class="help" lang="en">${cause} ${next}</p>
      </details>
    </div>`;
  }

  private films(now: Try, words: EditStrings): TemplateResult {
    const { state, strings, studio } = this;
    const { source, run, found } = now;
    const done = run.phase === 'done';
    return html`
      <div class="two">
        ${this.film(words.before, source)} ${run.steps.length > 0 ? this.film(words.after, run) : nothing}
      </div>
      <div class="row">
        <button @click=${() => studio.view.togglePlaying()}>
          ${state.playing.value ? strings.pause : strings.play}
        </button>
        ${done ? html`<button @click=${this.stage}>${words.toStage}</button>` : nothing}
      </div>
      <p class="say" role="status">${found ? this.sentence(found, words) : done ? words.reading : ''}</p>
    `;
  }

  private film(name: string, run: Run): TemplateResult {
    const { state, strings } = this;
    const { guess } = run.steps[run.steps.length - 1];
    return html`<figure>
      <clip-picture .clip=${guess} .shape=${run.shape} .frame=${state.frame.value} label=${name}></clip-picture>
      <figcaption>
        <strong>${name}</strong>
        ${run.phase === 'running' ? strings.stepOf(run.steps.length, run.settings.steps) : strings.world.sentence(run.prompt)}
      </figcaption>
    </figure>`;
  }

  private readonly stage = (): void => {
    this.rewording.toStage();
    toStage(this);
  };

  private sentence({ wanted, changed, held, lost, distance }: Found, words: EditStrings): string {
    const { seen, world } = this.strings;
    const phrase = (word: string | null) =>
      word === null ? null : word === 'undecided' ? words.unsure : world.phrase(word);
    const named = (list: Found['words']) =>
      list.map(({ attribute, before, after }) => ({
        name: seen.attributes[attribute],
        before: phrase(before),
        after: phrase(after),
      }));
    const failed = wanted.filter((word) => !changed.includes(word));
    return words.found(named(changed), named(failed), named(lost), held.length - lost.length, distance);
  }

  private plot(words: EditStrings): TemplateResult {
    const { rewording } = this;
    const { curve, shown, strength, toCome } = rewording;
    return html`<details>
      <summary>${words.plot}</summary>
      <p class="help">${words.plotHelp}</p>
      <p>
        <button
          ?disabled=${toCome.value !== null || rewording.obstacle.value !== null}
          @click=${() => rewording.tryAll()}
        >
          ${words.tryAll}
        </button>
      </p>
      ${strengthPlot(curve.value, shown.value?.strength ?? strength.value, words)}
      <p class="legend help">
        ${(['changed', 'stayed'] as const).map((name) => html`<span>${plotKey(name)} ${words.lines[name]}</span>`)}
      </p>
      <div class="table" role="group" tabindex="0" aria-label=${words.table}>
        <table class="numbers">
          <thead>
            <tr>
              ${Object.values(words.columns).map((column) => html`<th scope="col">${column}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${curve.value.map((each) => this.tried(each, words))}
          </tbody>
        </table>
      </div>
    </details>`;
  }

  private tried(each: Try, words: EditStrings): TemplateResult | typeof nothing {
    const { found, strength } = each;
    if (!found) return nothing;
    const { changed, stayed } = sharesOf(found);
    const here = this.rewording.shown.value === each;
    return html`<tr aria-current=${here ? 'true' : nothing}>
      <th scope="row">${words.percent(strength)}</th>
      <td>${words.percent(changed)}</td>
      <td>${words.percent(stayed)}</td>
      <td>${words.percent(found.distance)}</td>
      <td>
        <button
          class="chip"
          aria-label=${words.showTry(strength)}
          aria-pressed=${here}
          @click=${() => this.rewording.look(each)}
        >
          ${words.columns.show}
        </button>
      </td>
    </tr>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'edit-words': EditWords;
  }
}
