/** <learn-settings>: how the network shall learn, behind a disclosure: the usual settings are good ones. */
import { css, html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { learnOf } from '../../sessions/learn/learn';
import { type ranges, widths } from '../../sessions/learn/world';
import { learnStrings } from '../../i18n/learn';
import { StudioElement } from '../../ui/element';
import { shared } from '../../ui/shared';

type NumberKey = keyof typeof ranges;

/** What a slider offers; the learning rate goes in steps of about three, because what matters is how many times as large. */
const offers: Readonly<Record<NumberKey, readonly number[]>> = {
  rate: [0.0001, 0.0003, 0.001, 0.002, 0.003, 0.005, 0.01, 0.03, 0.1, 1, 10],
  batch: [1, 2, 4, 8, 16, 32, 64],
  mean: [-2, -1.6, -1.2, -0.9, -0.6, -0.3, 0, 0.5, 1],
};

@customElement('learn-settings')
export class LearnSettingsForm extends StudioElement {
  static override styles = [
    shared,
    css`
      .settings {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr));
        gap: var(--space-3) var(--space-5);
        margin-block: var(--space-2);
      }
      .setting {
        display: grid;
        gap: var(--space-1);
        align-content: start;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const words = learnStrings(this.strings);
    const learn = learnOf(this.studio);
    const { width } = learn.settings.value;
    return html`
      <details>
        <summary>${words.settings}</summary>
        <div class="settings">
          ${(Object.keys(offers) as NumberKey[]).map((key) => this.number(key))}
          <div class="setting">
            <label class="label" for="width">${words.width}</label>
            <select
              id="width"
              aria-describedby="width-help"
              ?disabled=${learn.begun.value}
              @change=${(event: Event) => learn.set('width', Number((event.target as HTMLSelectElement).value))}
            >
              ${widths.map((each) => html`<option value=${each} .selected=${live(each === width)}>${each}</option>`)}
            </select>
            <p class="help" id="width-help">${words.widthHelp}</p>
          </div>
        </div>
        <button @click=${() => learn.resetSettings()}>${words.byDefault}</button>
      </details>
    `;
  }

  private number(key: NumberKey): TemplateResult {
    const words = learnStrings(this.strings);
    const learn = learnOf(this.studio);
    const value = learn.settings.value[key];
    const written = (number: number) => String(number).replace('.', this.strings.decimalSign).replace('-', '−');
    const options = offers[key].includes(value) ? offers[key] : [...offers[key], value].sort((a, b) => a - b);
    return html`<div class="setting">
      <label class="label" for=${key}>${words[key]}</label>
      <select
        id=${key}
        aria-describedby="${key}-help"
        @change=${(event: Event) => learn.set(key, Number((event.target as HTMLSelectElement).value))}
      >
        ${options.map((each) => html`<option value=${each} .selected=${live(each === value)}>${written(each)}</option>`)}
      </select>
      <p class="help" id="${key}-help">${words[`${key}Help`]}</p>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'learn-settings': LearnSettingsForm;
  }
}
