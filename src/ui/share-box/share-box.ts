/**
 * <share-box>: keep and share. The link to exactly this, a run as a file and back, the film as a picture or video (a chunk that
 * comes when somebody asks for it), and for teachers what of the page a link shall hide.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state as own } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { parts, presets, type Part, type Preset } from '../../settings/link';
import { settingKeys, type SettingKey } from '../../settings/settings';
import { isComplete } from '../../app/state';
import { empty, StudioElement } from '../element';
import { isPackage } from '../home';
import { saveFile } from '../save-file';
import { shared } from '../shared';
import type { TakeAwayBox } from '../take-away/take-away';

@customElement('share-box')
export class ShareBox extends StudioElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: var(--space-3);
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2) var(--space-3);
      }
      .link {
        inline-size: 100%;
        margin-block-start: var(--space-2);
      }
      fieldset {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 13rem), 1fr));
        gap: var(--space-1) var(--space-4);
        margin-block-start: var(--space-2);
      }
    `,
  ];

  /** What copying led to: nothing yet, or whether it worked. */
  @own() private copied: boolean | null = null;
  /** Of the film as a picture or video: nobody has asked, or where its chunk is. */
  @own() private taking: 'closed' | 'loading' | 'open' | 'failed' = 'closed';
  @query('input[type=file]') private file!: HTMLInputElement;
  @query('.link') private link!: HTMLInputElement | null;

  protected override render(): TemplateResult {
    const { state, strings, studio } = this;
    const { files } = strings;
    const run = state.run.value;
    const whole = run !== null && isComplete(run);
    const saving = state.saving.value;
    return html`
      <h2>${files.title}</h2>
      <div class="buttons">
        ${isPackage ? nothing : html`<button @click=${() => void this.copy()}>${files.copy}</button>`}
        <button aria-expanded=${this.taking === 'open'} @click=${() => void this.take(this.taking !== 'open')}>
          ${files.takeAway}
        </button>
        <button
          aria-describedby="save"
          aria-disabled=${saving}
          ?disabled=${!whole && !saving}
          @click=${() => void this.save()}
        >
          ${saving ? files.saving : files.save}
        </button>
        <button aria-describedby="open" @click=${() => this.file.click()}>${files.open}</button>
        <input
          type="file"
          accept=".snow"
          hidden
          @change=${() => {
            const [file] = this.file.files ?? [];
            empty(this.file); // the same file may be chosen again
            if (file) void studio.files.open(file);
          }}
        />
      </div>
      ${
        this.copied === false
          ? html`<input
              class="link"
              type="text"
              readonly
              aria-label=${files.notCopied}
              .value=${live(this.address())}
              @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
            />`
          : nothing
      }
      <div>
        <div role="status">
          ${saving ? html`<p class="help">${files.saving} ${files.savingHelp}</p>` : nothing}
          ${this.copied === null ? nothing : html`<p class="help">${this.copied ? files.copied : files.notCopied}</p>`}
        </div>
        ${run?.given && !run.given.recipe ? html`<p class="help">${files.givenLost}</p>` : nothing}
        <p class="help">
          <span id="save">${whole ? files.saveHelp : files.notYet}</span> <span id="open">${files.openHelp}</span>
        </p>
      </div>
      ${this.takeAway()} ${isPackage ? nothing : this.teachers()}
    `;
  }

  /** A file that was dropped on the page, and may be one that was taken away from here. */
  async check(file: Blob): Promise<void> {
    await this.take(true);
    await this.updateComplete;
    await this.renderRoot.querySelector<TakeAwayBox>('take-away')?.check(file);
  }

  private takeAway(): TemplateResult | typeof nothing {
    const { studio, strings } = this;
    if (this.taking === 'closed') return nothing;
    if (this.taking === 'open') return html`<take-away .studio=${studio} .strings=${strings}></take-away>`;
    return html`<p class="help" role="status">${strings.views[this.taking]}</p>`;
  }

  private async take(open: boolean): Promise<void> {
    this.taking = open ? 'loading' : 'closed';
    if (!open) return;
    try {
      await import('../take-away/take-away');
      this.taking = 'open';
    } catch {
      this.taking = 'failed'; // the network is gone, or the page has been replaced by a newer one
    }
  }

  private teachers(): TemplateResult {
    const { state, strings, studio } = this;
    const { files } = strings;
    return html`
      <details>
        <summary>${files.teachers}</summary>
        <p class="help">${files.teachersHelp}</p>
        <div class="buttons" role="group" aria-label=${files.teachers}>
          ${(Object.keys(presets) as Preset[]).map(
            (preset) =>
              html`<button
                class="chip"
                aria-pressed=${state.hidden.value.join() === presets[preset].join()}
                @click=${() => studio.view.showOnly(preset)}
              >
                ${files.presets[preset]}
              </button>`,
          )}
        </div>
        <details>
          <summary>${files.singly}</summary>
          <fieldset>
            <legend class="unseen">${files.singly}</legend>
            ${parts.map(
              (part) =>
                html`<label class="check"
                  ><input
                    type="checkbox"
                    .checked=${live(!state.hidden.value.includes(part))}
                    @change=${(event: Event) => studio.view.hide(part, !(event.target as HTMLInputElement).checked)}
                  />${this.nameOf(part)}</label
                >`,
            )}
          </fieldset>
        </details>
      </details>
    `;
  }

  private nameOf(part: Part): string {
    const { files, settings } = this.strings;
    return isSetting(part) ? settings[part].name : files.parts[part];
  }

  private address(): string {
    return `${location.href.split('#')[0]}#${this.state.link.value}`;
  }

  /** By plain http a browser has no clipboard, and in a frame it may refuse: then the link stands there, chosen, to be copied. */
  private async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.address()); // throws as well where there is none
      this.copied = true;
    } catch {
      this.copied = false;
      await this.updateComplete;
      this.link?.focus(); // which chooses its text
    }
  }

  private async save(): Promise<void> {
    const file = await this.studio.files.save();
    if (!file) return;
    saveFile(file);
  }
}

function isSetting(part: Part): part is Part & SettingKey {
  return (settingKeys as readonly string[]).includes(part);
}

declare global {
  interface HTMLElementTagNameMap {
    'share-box': ShareBox;
  }
}
