/**
 * <setting-control>: one setting, whichever it is: its field, one plain line on what it does, and behind a disclosure what
 * too much looks like, the equation, the default and the way back. Numbers are committed on `change` and clamped by the
 * studio, which says so.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import {
  defaults,
  isDefault,
  optionsOf,
  promptLength,
  rangeOf,
  specOf,
  textOf,
  type NumberSpec,
  type SettingKey,
} from '../../settings/settings';
import { labStrings } from '../../i18n/lab';
import { StudioElement } from '../element';
import { equationOf } from '../equations';
import { optionName, valueInWords } from '../setting-words';
import { shared } from '../shared';
import '../curve-field/curve-field';

@customElement('setting-control')
export class SettingControl extends StudioElement {
  static override styles = [
    shared,
    css`
      .control {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-1);
        align-content: start;
      }
      .field {
        display: flex;
        align-items: center;
        gap: var(--space-2);
      }
      .field input[type='text'] {
        inline-size: 100%;
        min-inline-size: 0;
        font-variant-numeric: tabular-nums;
      }
      .field input[type='range'] + input[type='text'] {
        flex: 0 0 4.6rem;
        text-align: end;
      }
      .icon {
        flex: none;
        inline-size: 2.75rem;
        padding: 0;
      }
      .icon svg {
        display: block;
        margin: auto;
        inline-size: 1.5rem;
        block-size: 1.5rem;
        fill: none;
        stroke: currentColor;
        stroke-width: 1.75;
      }
      .icon circle {
        fill: currentColor;
        stroke: none;
      }
      .more {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-2);
        padding: var(--space-3);
        border-radius: var(--radius-s);
        background: var(--sunken);
      }
      .equation {
        overflow-x: auto;
      }
      .more button {
        min-block-size: 2.25rem;
        font-size: var(--text-s);
      }
      .way-back {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2) var(--space-3);
        align-items: center;
        justify-content: space-between;
      }
    `,
  ];

  @property() setting: SettingKey = 'seed';

  protected override render(): TemplateResult {
    const { setting, strings, studio } = this;
    const settings = this.state.settings.value;
    const { name, does, tooMuch, equation } = strings.settings[setting];
    const kind = specOf(setting).kind;
    const plain = isDefault(settings, setting);
    return html`
      <div class="control">
        ${
          kind === 'switch'
            ? nothing
            : kind === 'curve'
              ? html`<p class="label" id="name">${name}</p>`
              : html`<label class="label" for="field">${name}</label>`
        }
        ${this.field()}
        <p class="help" id="help">${does}</p>
        <details>
          <summary>${strings.more}<span class="unseen">: ${name}</span></summary>
          <div class="more">
            <p class="help"><strong>${labStrings(strings).tooMuch}:</strong> ${tooMuch}</p>
            <div class="equation" role="group" tabindex="0" aria-label="${labStrings(strings).equation}: ${name}">
              ${equationOf(setting, settings, strings)}
            </div>
            <p class="help">${equation}</p>
            <div class="way-back">
              <p class="help">${labStrings(strings).byDefault(valueInWords(defaults, setting, strings))}</p>
              <button ?disabled=${plain} @click=${() => studio.controls.reset(setting)}>
                ${labStrings(strings).reset}
              </button>
            </div>
          </div>
        </details>
      </div>
    `;
  }

  private field(): TemplateResult {
    const { setting, strings, studio } = this;
    const settings = this.state.settings.value;
    const spec = specOf(setting);
    switch (spec.kind) {
      case 'number':
        return setting === 'seed' ? this.seed() : this.slider(spec);
      case 'choice':
        return html`<select id="field" aria-describedby="help" @change=${this.take}>
          ${optionsOf(settings, setting, this.state.hasWeak.value).map(
            (option) =>
              html`<option value=${option} .selected=${live(spec.get(settings) === option)}>
                ${optionName(setting, option, strings.options)}
              </option>`,
          )}
        </select>`;
      case 'switch':
        return html`<label class="check label"
          ><input
            type="checkbox"
            aria-describedby="help"
            .checked=${live(spec.get(settings))}
            @change=${(event: Event) => studio.controls.setText(setting, (event.target as HTMLInputElement).checked ? '1' : '0')}
          />${strings.settings[setting].name}</label
        >`;
      case 'curve':
        return html`<curve-field
          role="group"
          aria-labelledby="name"
          .strings=${strings}
          .curve=${spec.get(settings)}
          @curve=${(event: CustomEvent<number[]>) => studio.controls.setText(setting, event.detail.join('_'))}
        ></curve-field>`;
      case 'text':
        return html`<div class="field">
          <input
            id="field"
            type="text"
            lang="en"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            maxlength=${promptLength}
            aria-describedby="help"
            .value=${live(spec.get(settings))}
            @change=${setting === 'then' ? this.hear : this.take}
          />
        </div>`;
      case 'start':
      case 'ablation':
        return html`<p id="field">${valueInWords(settings, setting, strings)}</p>`;
    }
  }

  private seed(): TemplateResult {
    const { strings, studio } = this;
    return html`<div class="field">
      ${this.text('numeric')}
      <button
        class="icon"
        type="button"
        aria-label=${strings.dice}
        title=${strings.dice}
        @click=${() => studio.controls.dice()}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <rect x="3" y="3" width="18" height="18" rx="4" />
          <circle cx="8" cy="8" r="1.6" />
          <circle cx="16" cy="8" r="1.6" />
          <circle cx="12" cy="12" r="1.6" />
          <circle cx="8" cy="16" r="1.6" />
          <circle cx="16" cy="16" r="1.6" />
        </svg>
      </button>
    </div>`;
  }

  /** A slider for the usual range with a field beside it for any allowed number. */
  private slider(spec: NumberSpec): TemplateResult {
    const settings = this.state.settings.value;
    const { max } = rangeOf(settings, this.setting);
    return html`<div class="field">
      <input
        type="range"
        aria-label=${this.strings.settings[this.setting].name}
        aria-describedby="help"
        min=${spec.min}
        max=${Math.min(spec.usual, spec.most && this.setting !== 'from' ? max : spec.usual)}
        step=${spec.step}
        .value=${live(textOf(settings, this.setting))}
        @input=${this.take}
      />
      ${this.text(spec.whole ? 'numeric' : 'decimal')}
    </div>`;
  }

  private text(inputmode: string): TemplateResult {
    return html`<input
      id="field"
      type="text"
      inputmode=${inputmode}
      autocomplete="off"
      aria-describedby="help"
      .value=${live(textOf(this.state.settings.value, this.setting).replace('.', this.strings.decimalSign))}
      @change=${this.takeNumber}
    />`;
  }

  /** Written as the page's language writes it: in German 1,234 is no thousand. */
  private readonly takeNumber = (event: Event): void => {
    const { value } = event.target as HTMLInputElement;
    const { whole } = specOf(this.setting) as NumberSpec;
    const { decimalSign } = this.strings;
    this.studio.controls.setText(this.setting, whole ? value : value.replace(decimalSign, '.'));
    this.requestUpdate();
  };

  /** A second prompt is told in the words of the world as the first one is; here what it was told as stands in the field. */
  private readonly hear = async (event: Event): Promise<void> => {
    const { prompt } = await this.studio.hearing.told((event.target as HTMLInputElement).value);
    this.studio.controls.setText(this.setting, prompt);
    this.requestUpdate();
  };

  private readonly take = (event: Event): void => {
    this.studio.controls.setText(this.setting, (event.target as HTMLInputElement | HTMLSelectElement).value);
    this.requestUpdate(); // what was typed may stand for the number that was there already
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'setting-control': SettingControl;
  }
}
