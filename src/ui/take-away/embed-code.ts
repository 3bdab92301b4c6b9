/** <embed-code>: the code that puts the film on the stage into somebody's own web page. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state as own } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { filmLink } from '../../sessions/take-away/source';
import { exportStrings } from '../../i18n/export';
import { StudioElement } from '../element';
import { shared } from '../shared';
import { pageAddress } from './address';

@customElement('embed-code')
export class EmbedCode extends StudioElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: var(--space-2);
        justify-items: start;
      }
      input {
        inline-size: 100%;
      }
    `,
  ];

  /** What copying led to: nothing yet, or whether it worked. */
  @own() private copied: boolean | null = null;
  @query('input') private field!: HTMLInputElement | null;

  protected override render(): TemplateResult {
    const { embed } = exportStrings(this.strings);
    return html`
      <h3>${embed.title}</h3>
      <p class="help" id="help">${embed.help}</p>
      <button aria-describedby="help" @click=${() => void this.copy()}>${embed.copy}</button>
      ${
        this.copied === false
          ? html`<input
              type="text"
              readonly
              aria-label=${embed.notCopied}
              .value=${live(this.code)}
              @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
            />`
          : nothing
      }
      <div role="status">
        ${this.copied === null ? nothing : html`<p class="help">${this.copied ? embed.copied : embed.notCopied}</p>`}
      </div>
    `;
  }

  /** Without a style of its own, which the policy of the other page might forbid. */
  private get code(): string {
    const { embed } = exportStrings(this.strings);
    const { run, link, request, sharp } = this.state;
    const film = run.value ? filmLink(run.value, sharp.value) : link.value;
    const text = (raw: string) => raw.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
    const address = `${pageAddress()}?embed&lang=${document.documentElement.lang || 'en'}#${film}`;
    const title = embed.frame(run.value?.prompt ?? request.value.prompt);
    return `<iframe src="${text(address)}" title="${text(title)}" width="360" height="440" loading="lazy"></iframe>`;
  }

  private async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.code); // throws as well where there is none
      this.copied = true;
    } catch {
      this.copied = false;
      await this.updateComplete;
      this.field?.focus(); // which chooses its text
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'embed-code': EmbedCode;
  }
}
