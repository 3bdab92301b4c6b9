/**
 * <film-embed>: the film alone, in the frame of another page: the globe, a line that says what it is, and a way to the page
 * where it was made. It writes no address and keeps nothing.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { filmLink } from '../../sessions/take-away/source';
import { openEmbedded } from '../../studio/embed';
import { exportStrings } from '../../i18n/export';
import '../../ui/clip-view/clip-view';
import { StudioElement } from '../../ui/element';
import { sayFault } from '../../ui/say-fault';
import { shared } from '../../ui/shared';

@customElement('film-embed')
export class FilmEmbed extends StudioElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: var(--space-2);
        max-inline-size: 36rem;
        margin-inline: auto;
      }
      clip-view {
        --globe: min(100%, 58vh);
        pointer-events: none; /* nobody shakes the film of somebody else's page */
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: center;
        gap: var(--space-1) var(--space-3);
        font-size: var(--text-s);
      }
      a {
        color: var(--ice);
      }
    `,
  ];

  private opened = false;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.opened) return;
    this.opened = true;
    void this.updateComplete.then(() => openEmbedded(this.studio, location.hash));
  }

  protected override render(): TemplateResult {
    const { state, strings, studio } = this;
    const { embed } = exportStrings(strings);
    const run = state.run.value;
    const { trouble, engine, playing, sharp } = state;
    const said = trouble.value && sayFault(trouble.value.fault, strings);
    const loading = engine.value.phase === 'loading' ? strings.loading[engine.value.stage] : embed.waits;
    const link = run ? filmLink(run, sharp.value) : state.link.value;
    return html`
      <clip-view .studio=${studio} .strings=${strings}></clip-view>
      <p class="line">
        <span>${run ? embed.line(run.prompt) : said ? nothing : loading}</span>
        ${run ? html`<button class="chip" @click=${() => studio.view.togglePlaying()}>${playing.value ? strings.pause : strings.play}</button>` : nothing}
        <a href=${`./?lang=${document.documentElement.lang}#${link}`} target="_blank" rel="noopener">${embed.open}</a>
      </p>
      <p class="line" role="status">${said ? html`${said.cause} ${said.next}` : nothing}</p>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'film-embed': FilmEmbed;
  }
}
