/** <page-notes>: what went wrong, with its cause and the next step, and what of a link or a field was not taken as it stood. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Notice } from '../../settings/link';
import { changes, type SettingKey } from '../../settings/settings';
import type { Mended, Trouble } from '../../app/state';
import type { Strings } from '../../i18n';
import { StudioElement } from '../element';
import { sayFault } from '../say-fault';
import { shared } from '../shared';

/** Troubles with a button that tries again; the others one does again by hand. */
const retriable: readonly Trouble['retry'][] = ['engine', 'run', 'recording'];

/** What a fault without a sentence of its own is called, by what it kept from happening. */
const otherwise: { readonly [key in Trouble['retry']]?: string } = { file: 'FileError', save: 'SaveError' };

@customElement('page-notes')
export class PageNotes extends StudioElement {
  static override styles = [
    shared,
    css`
      .note {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: var(--space-2) var(--space-4);
        align-items: start;
        margin-block-end: var(--space-4);
        padding: var(--space-3) var(--space-4);
        border: 1px solid var(--ember);
        border-inline-start-width: 5px;
        border-radius: var(--radius-s);
        background: var(--ember-wash);
      }
      .note.bad {
        border-color: var(--bad);
        background: var(--bad-wash);
      }
      .text {
        display: grid;
        gap: var(--space-1);
        overflow-wrap: anywhere;
      }
      ul {
        padding-inline-start: 1.1em;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      @media (max-width: 36rem) {
        .note {
          grid-template-columns: 1fr;
        }
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { state, strings, studio } = this;
    const trouble = state.trouble.value;
    const mended = state.mended.value;
    const notices = state.notices.value;
    return html`
      <div role="alert">${trouble ? this.trouble(trouble) : nothing}</div>
      <div role="status">
        ${mended ? this.mended(mended) : nothing}
        ${
          notices.length === 0
            ? nothing
            : html`<div class="note">
                <ul class="text">
                  ${notices.map((notice) => html`<li>${say(notice, strings)}</li>`)}
                </ul>
                <div class="buttons">
                  <button @click=${() => studio.controls.dismissNotices()}>${strings.dismiss}</button>
                </div>
              </div>`
        }
      </div>
    `;
  }

  /** Going back makes sense only where something was changed since. */
  private moved(): boolean {
    const { good, request } = this.state;
    return (
      good.value !== null &&
      (good.value.prompt !== request.value.prompt || changes(good.value.settings, request.value.settings).length > 0)
    );
  }

  private mended({ fault, lower }: Mended): TemplateResult {
    const { strings, studio } = this;
    const { cause, detail } = sayFault(fault, strings);
    return html`<div class="note">
      <div class="text">
        <p><strong>${strings.mended}</strong> ${cause}</p>
        <p>${strings.mendedNow} ${lower ? html`<strong>${strings.backends[lower]}.</strong>` : nothing}</p>
        ${detail}
      </div>
      <div class="buttons"><button @click=${() => studio.notes.dismissMended()}>${strings.dismiss}</button></div>
    </div>`;
  }

  private trouble({ fault, retry }: Trouble): TemplateResult {
    const { state, strings, studio } = this;
    const { cause, next, detail } = sayFault(fault, strings, otherwise[retry]);
    return html`<div class="note bad">
      <div class="text">
        <p><strong>${strings.troubles[retry]}</strong> ${cause}</p>
        <p>${next} ${state.run.value?.source === 'recording' && retry !== 'recording' ? strings.meanwhile : nothing}</p>
        ${detail}
      </div>
      <div class="buttons">
        ${!retriable.includes(retry) ? nothing : html`<button class="chief" @click=${() => studio.notes.retry()}>${strings.retry}</button>`}
        ${retry === 'run' && state.good.value && this.moved() ? html`<button @click=${() => studio.runs.backToGood()}>${strings.good}</button>` : nothing}
        <button @click=${() => studio.notes.dismissTrouble()}>${strings.dismiss}</button>
      </div>
    </div>`;
  }
}

/** A notice as a sentence. */
export function say(notice: Notice, { notices, keys, settings }: Strings): string {
  if (notice.kind === 'unknown-key') return notices['unknown-key'](notice.given);
  if (notice.kind === 'too-long' || notice.kind === 'cut' || notice.kind === 'changed')
    return notices[notice.kind](notice.given, notice.used);
  if (notice.key === 'prompt') return notices.promptClamped;
  const { key } = notice;
  const name = key in settings ? settings[key as SettingKey].name : keys[key as keyof typeof keys];
  return notices[notice.kind](name, notice.given, notice.used);
}

declare global {
  interface HTMLElementTagNameMap {
    'page-notes': PageNotes;
  }
}
