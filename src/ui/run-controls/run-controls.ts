/**
 * <run-controls>: how it clears. Every control has one plain line; the equation behind it is one click away.
 * Numbers are committed on `change` and clamped by the studio, which says so.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { limits, samplers, type NumberSetting } from '../../app/settings';
import type { SamplerName } from '../../sampling/types';
import { StudioElement } from '../element';
import { euler, guidance, mixing } from '../equations';
import { shared } from '../shared';

@customElement('run-controls')
export class RunControls extends StudioElement {
  static override styles = [
    shared,
    css`
      :host {
        container-type: inline-size;
      }
      h2 {
        margin-block-end: var(--space-3);
      }
      .controls {
        display: grid;
        gap: var(--space-4) var(--space-5);
      }
      @container (min-inline-size: 34rem) {
        .controls {
          grid-template-columns: 1fr 1fr;
        }
        .controls > details {
          grid-column: 1 / -1;
        }
      }
      .control {
        display: grid;
        gap: var(--space-1);
        align-content: start;
      }
      .field {
        display: flex;
        align-items: center;
        gap: var(--space-2);
      }
      .field output,
      .field input[type='text'] {
        font-variant-numeric: tabular-nums;
      }
      .field input[type='text'] {
        inline-size: 100%;
        min-inline-size: 0;
      }
      .field input[type='range'] + input[type='text'] {
        flex: 0 0 4.6rem;
        text-align: end;
      }
      .dice {
        flex: none;
        inline-size: 2.75rem;
        padding: 0;
      }
      .dice svg {
        display: block;
        margin: auto;
        inline-size: 1.5rem;
        block-size: 1.5rem;
        fill: none;
        stroke: currentColor;
        stroke-width: 1.75;
      }
      .dice circle {
        fill: currentColor;
        stroke: none;
      }
      details > div {
        display: grid;
        gap: var(--space-2);
        padding: var(--space-3);
        border-radius: var(--radius-s);
        background: var(--sunken);
        overflow-x: auto;
      }
      .more > div {
        gap: var(--space-4);
        margin-block-start: var(--space-2);
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { state, strings, studio } = this;
    const settings = state.settings.value;
    return html`
      <h2>${strings.controls}</h2>
      <div class="controls">
        <div class="control">
          <label class="label" for="seed">${strings.seed}</label>
          <div class="field">
            ${this.text('seed', settings.seed)}
            <button
              class="dice"
              type="button"
              aria-label=${strings.dice}
              title=${strings.dice}
              @click=${() => studio.dice()}
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
          </div>
          <p class="help" id="seed-help">${strings.seedHelp}</p>
          ${this.equation([strings.mixing, mixing(strings), strings.mixingHelp])}
        </div>
        ${this.slider('steps', strings.steps, strings.stepsHelp, settings.steps, 1)}
        <div class="control">
          <label class="label" for="sampler">${strings.sampler}</label>
          <select
            id="sampler"
            aria-describedby="sampler-help"
            @change=${(event: Event) => studio.set({ sampler: (event.target as HTMLSelectElement).value as SamplerName })}
          >
            ${samplers.map(
              (name) =>
                html`<option value=${name} .selected=${live(settings.sampler === name)}>
                  ${strings.samplers[name]}
                </option>`,
            )}
          </select>
          <p class="help" id="sampler-help">${strings.samplerHelp}</p>
          ${this.equation([nothing, euler(), strings.samplerEquation])}
        </div>
        ${this.slider('guidance', strings.guidance, strings.guidanceHelp, settings.guidance.scale, 0.5, 12, [
          nothing,
          guidance(strings),
          strings.guidanceEquation,
        ])}
        <details class="more">
          <summary>${strings.more}</summary>
          <div>
            ${this.slider('from', strings.from, strings.intervalHelp, settings.guidance.from, 0.05)}
            ${this.slider('to', strings.to, strings.intervalHelp, settings.guidance.to, 0.05)}
            ${this.slider('shift', strings.shift, strings.shiftHelp, settings.shift, 0.1)}
          </div>
        </details>
      </div>
    `;
  }

  /** A slider for the usual range with a field beside it for any allowed number. */
  private slider(
    name: NumberSetting,
    label: string,
    help: string,
    value: number,
    step: number,
    usual: number = limits[name].max,
    equation?: unknown[],
  ): TemplateResult {
    return html`
      <div class="control">
        <label class="label" for=${name}>${label}</label>
        <div class="field">
          <input
            type="range"
            aria-label=${label}
            aria-describedby="${name}-help"
            min=${limits[name].min}
            max=${usual}
            step=${step}
            .value=${live(String(value))}
            @input=${(event: Event) => this.take(name, event)}
          />
          ${this.text(name, value)}
        </div>
        <p class="help" id="${name}-help">${help}</p>
        ${equation ? this.equation(equation) : nothing}
      </div>
    `;
  }

  private text(name: NumberSetting, value: number): TemplateResult {
    return html`<input
      id=${name}
      type="text"
      inputmode=${limits[name].whole ? 'numeric' : 'decimal'}
      autocomplete="off"
      aria-describedby="${name}-help"
      .value=${live(String(value))}
      @change=${(event: Event) => this.take(name, event)}
    />`;
  }

  private equation(parts: unknown[]): TemplateResult {
    return html`<details>
      <summary>${this.strings.equation}</summary>
      <div>${parts.map((part) => (typeof part === 'string' ? html`<p class="help">${part}</p>` : part))}</div>
    </details>`;
  }

  private take(name: NumberSetting, event: Event): void {
    this.studio.setNumber(name, (event.target as HTMLInputElement).value);
    this.requestUpdate(); // what was typed may stand for the number that was there already
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'run-controls': RunControls;
  }
}
