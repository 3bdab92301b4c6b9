/**
 * <run-controls>: how it clears. Seed and steps are at hand; sampler, guidance and schedule lie behind one disclosure that
 * says what of it was changed. A control that the others leave without effect, or that a teacher hid, is not there.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { isDefault, settingKeys, specOf, type Group, type SettingKey } from '../../settings/settings';
import { labStrings } from '../../i18n/lab';
import { StudioElement } from '../element';
import { shared } from '../shared';
import '../setting-control/setting-control';

const behind = ['sampler', 'guidance', 'steer', 'schedule'] as const satisfies readonly Group[];

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
      h3 {
        margin-block: var(--space-4) var(--space-3);
        padding-block-start: var(--space-3);
        border-block-start: 1px solid var(--line);
        font-size: var(--text-m);
      }
      .controls {
        display: grid;
        gap: var(--space-4) var(--space-5);
      }
      @container (min-inline-size: 34rem) {
        .controls {
          grid-template-columns: 1fr 1fr;
        }
      }
      @container (min-inline-size: 60rem) {
        details .controls {
          grid-template-columns: 1fr 1fr 1fr;
        }
      }
      .behind {
        margin-block-start: var(--space-4);
      }
      .behind > summary {
        font-size: var(--text-m);
        font-weight: 600;
      }
      .behind small {
        color: var(--ink-soft);
        font-size: var(--text-s);
        font-weight: 400;
      }
      .all {
        margin-block-start: var(--space-5);
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { strings, studio } = this;
    const lab = labStrings(strings);
    const settings = this.state.settings.value;
    const hidden = behind.flatMap((group) => this.keys(group));
    const changed = hidden.filter((key) => !isDefault(settings, key)).map((key) => strings.settings[key].name);
    const untouched = settingKeys.every((key) => key === 'seed' || isDefault(settings, key));
    return html`
      <h2>${strings.controls}</h2>
      ${this.controls('front')}
      ${
        hidden.length === 0
          ? nothing
          : html`<details class="behind">
              <summary>
                ${lab.moreSettings} ${changed.length > 0 ? html`<small>(${lab.changed(changed)})</small>` : nothing}
              </summary>
              ${behind.map((group) =>
                this.keys(group).length > 0
                  ? html`<h3>${lab.groups[group]}</h3>
                      ${this.controls(group)}`
                  : nothing,
              )}
              <p class="all">
                <button ?disabled=${untouched} @click=${() => studio.controls.resetAll()}>${lab.resetAll}</button>
              </p>
            </details>`
      }
    `;
  }

  private keys(group: Group): SettingKey[] {
    const { hidden, settings, hasStudent } = this.state;
    return settingKeys.filter((key) => {
      if (key === 'student' && !hasStudent.value && !settings.value.student) return false;
      const { group: own, applies } = specOf(key);
      return own === group && (applies?.(settings.value) ?? true) && !hidden.value.includes(key);
    });
  }

  private controls(group: Group): TemplateResult {
    const { strings, studio } = this;
    return html`<div class="controls">
      ${this.keys(group).map(
        (key) =>
          html`<setting-control
            data-key=${key}
            .setting=${key}
            .studio=${studio}
            .strings=${strings}
          ></setting-control>`,
      )}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'run-controls': RunControls;
  }
}
