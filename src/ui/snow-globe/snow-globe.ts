/**
 * <snow-globe>: the whole page as one element. It makes the studio, keeps the film playing and the address in step,
 * and lays out the other elements.
 *
 * With `?embed` in the page's address it is the film alone (<film-embed>): no address is written, and nothing kept.
 *
 * Attributes: `models`, `decoder` and `recordings`, folders with a slash at their end, relative to the page.
 * The language comes from ?lang= or else from the browser. The state of the page stands behind the # of the address.
 */
import { effect } from '@preact/signals-core';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Part } from '../../app/link';
import { pagePorts } from '../../app/ports';
import { Studio, type Ports } from '../../app/studio';
import { chooseLanguage, languageNames, type Language, type Strings } from '../../i18n';
import { serviceWorkers } from '../../offline/service-workers';
import { besideAddresses } from '../beside';
import { prefersCalm } from '../element';
import { isEmbedded } from '../embedded';
import { shared } from '../shared';
import { Speech } from '../speech';
import '../clip-view/clip-view';
import '../engine-status/engine-status';
import '../film-controls/film-controls';
import '../offline-status/offline-status';
import '../page-notes/page-notes';
import '../prompt-box/prompt-box';
import '../run-history/run-history';
import '../run-status/run-status';
import '../seen-line/seen-line';
import '../share-box/share-box';
import '../step-sheet/step-sheet';
import '../view-tabs/view-tabs';
import { Views } from '../views';
import '../what-we-see/what-we-see';
import '../word-list/word-list';
import { takeFiles } from './files';
import { listenToKeys } from './keys';
import { fillScreen } from './present';
import { styles } from './styles';
import { catchRest } from './uncaught';

/** Milliseconds of quiet before the address is brought up to date; browsers allow about 100 changes in 30 s. */
const addressDelay = 400;

@customElement('snow-globe')
export class SnowGlobe extends LitElement {
  static override styles = [shared, styles];

  @property() models = 'models/mini/';
  @property() decoder = 'models/decoder/';
  @property() recordings = 'recordings/';
  /** Where engine and recordings come from; tests bring their own. To be set before the element is connected. */
  @property({ attribute: false }) ports?: Ports;

  studio!: Studio;
  @state() private language: Language = 'en';
  @state() private pageKept = false; // a service worker has the page
  @state() private dropping = false; // a file is being dragged over the page
  private readonly views = new Views(this);
  private readonly speech = new Speech(this, () => this.speak('en'));
  private readonly endings: (() => void)[] = [];

  private get strings(): Strings {
    return this.speech.strings(this.language);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.speak(chooseLanguage([new URLSearchParams(location.search).get('lang'), ...navigator.languages]));
    const { models, decoder, recordings } = this;
    const places = { models, decoder, recordings, calm: prefersCalm() };
    if (isEmbedded()) {
      this.studio = new Studio(this.ports ?? pagePorts({ ...places, keeps: false }));
      this.endings.push(catchRest(this.studio), () => this.studio.dispose(), this.playFilm());
      void import('../film-embed/film-embed');
      return;
    }
    this.studio = new Studio(this.ports ?? pagePorts(places));
    this.endings.push(catchRest(this.studio), () => this.studio.dispose());
    this.endings.push(this.playFilm(), this.keepAddress(), listenToKeys(this.studio));
    this.endings.push(
      this.watchLayout(),
      fillScreen(this, this.studio),
      takeFiles(
        this.studio,
        (dropping) => (this.dropping = dropping),
        (file) => void this.checkFile(file),
      ),
    );
    void this.studio.open(location.hash);
    void serviceWorkers()?.ready.then(() => {
      this.pageKept = true;
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const end of this.endings.splice(0)) end();
  }

  protected override shouldUpdate(): boolean {
    return this.speech.has(this.language);
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete(); // which asks for strings that are not there yet
    await this.speech.come;
    return await super.getUpdateComplete();
  }

  protected override render(): TemplateResult {
    const { strings, studio } = this;
    if (isEmbedded()) return html`<film-embed .studio=${studio} .strings=${strings}></film-embed>`;
    const { hidden, beside, engine, pointed } = studio.state;
    const away = (part: Part) => hidden.value.includes(part);
    const view = beside.value;
    const ready = engine.value.phase === 'ready';
    const network = html`<engine-status .studio=${studio} .strings=${strings}></engine-status>`;
    return html`
      ${this.header()}
      <page-notes .studio=${studio} .strings=${strings}></page-notes>
      <main @to-stage=${() => this.showStage()}>
        <div class="stage" data-view=${view} data-pointed=${pointed.value.join(' ')}>
          <section class="side" aria-label=${strings.clip}>
            <clip-view .studio=${studio} .strings=${strings}></clip-view>
            <film-controls .studio=${studio} .strings=${strings}></film-controls>
            <run-history .studio=${studio} .strings=${strings}></run-history>
          </section>
          <prompt-box class="card" .studio=${studio} .strings=${strings}></prompt-box>
          <div class="rest">
            <div class="said">
              <run-status .studio=${studio} .strings=${strings}></run-status>
              ${ready ? nothing : network}
              <seen-line .studio=${studio} .strings=${strings} @open-seen=${() => void this.openSeen()}></seen-line>
            </div>
            ${this.views.panel(view, studio, strings)}
            <div class="watch" ?hidden=${view !== 'watch'}>
              <step-sheet ?hidden=${away('sheet')} .studio=${studio} .strings=${strings}></step-sheet>
              <what-we-see class="card" .studio=${studio} .strings=${strings}></what-we-see>
              <share-box class="card" ?hidden=${away('files')} .studio=${studio} .strings=${strings}></share-box>
            </div>
            <p class="paper">${location.origin}${location.pathname}#${studio.state.link.value}</p>
          </div>
        </div>
      </main>
      ${this.dropping ? html`<div class="drop" aria-hidden="true">${strings.files.drop}</div>` : nothing}
      ${this.footer(ready ? network : nothing)}
    `;
  }

  private header(): TemplateResult {
    const { strings } = this;
    return html`
      <header class="top">
        <h1>
          <svg
            viewBox="0 0 32 32"
            aria-hidden="true"
            fill="none"
            stroke="currentColor"
            stroke-width="2.2"
            stroke-linecap="round"
          >
            <rect x="4" y="3" width="24" height="22" rx="9" />
            <path d="M8 29h16M10 25l-2 4M22 25l2 4" />
            <path d="M5 18q6-4 11-1t11-1" stroke-width="1.8" />
            <path d="M11 9v.01M17 8v.01M22 12v.01M14 13v.01" stroke-width="2.6" />
          </svg>
          ${strings.title}
        </h1>
        <p class="tagline">${strings.tagline}</p>
        <view-tabs .studio=${this.studio} .strings=${strings}></view-tabs>
        <button class="chip" title=${strings.present.help} @click=${() => this.studio.view.present(true)}>
          ${strings.present.start}
        </button>
        <label class="language"
          ><span>${strings.chooseLanguage}</span>
          <select @change=${(event: Event) => this.changeLanguage((event.target as HTMLSelectElement).value)}>
            ${languageNames.map(
              ([key, name]) =>
                html`<option value=${key} lang=${key} .selected=${live(key === this.language)}>${name}</option>`,
            )}
          </select>
        </label>
      </header>
    `;
  }

  private footer(network: TemplateResult | typeof nothing): TemplateResult {
    const { strings, studio } = this;
    return html`
      <footer>
        ${network}
        <p>${strings.locally}</p>
        <offline-status .studio=${studio} .strings=${strings} .pageKept=${this.pageKept}></offline-status>
        <p>
          <a href="THIRD-PARTY.txt">${strings.licences}</a>
          ${besideAddresses(this.language).map(([what, address]) => html` · <a href=${address}>${strings[what]}</a>`)}
        </p>
        ${
          studio.state.hidden.value.length > 0
            ? html`<p>
                ${strings.files.hiddenNote}
                <button class="chip" @click=${() => studio.view.showOnly('everything')}>
                  ${strings.files.showAll}
                </button>
              </p>`
            : nothing
        }
        <word-list .strings=${strings}></word-list>
        <details>
          <summary>${strings.keyboard}</summary>
          <dl>
            ${strings.keyList.map(
              ([key, does]) =>
                html`<dt><kbd>${key}</kbd></dt>
                  <dd>${does}</dd>`,
            )}
          </dl>
          <label class="check"
            ><input
              type="checkbox"
              checked
              @change=${(event: Event) => studio.view.setShortcuts((event.target as HTMLInputElement).checked)}
            />${strings.shortcuts}</label
          >
        </details>
      </footer>
    `;
  }

  /** Where it is checked may be out of sight: then it comes into it. */
  private async checkFile(file: File): Promise<void> {
    if (this.studio.state.hidden.value.includes('files')) return this.studio.files.open(file); // says what it is not
    this.studio.view.go('watch');
    await this.updateComplete;
    await this.renderRoot.querySelector('share-box')?.check(file);
  }

  private async openSeen(): Promise<void> {
    this.studio.view.go('watch');
    await this.updateComplete;
    this.renderRoot.querySelector('what-we-see')?.focus();
  }

  private showStage(): void {
    const behavior = prefersCalm() ? 'auto' : 'smooth';
    this.renderRoot.querySelector('clip-view')?.scrollIntoView({ behavior, block: 'nearest' });
  }

  private speak(language: Language): void {
    this.language = language;
    document.documentElement.lang = language;
  }

  private changeLanguage(value: string): void {
    this.speak(chooseLanguage([value]));
    const address = new URL(location.href);
    address.searchParams.set('lang', this.language);
    history.replaceState(null, '', address);
  }

  /** One frame after the other at the pace that the state allows; nothing while the page is hidden. */
  private playFilm(): () => void {
    const { state } = this.studio;
    let timer: ReturnType<typeof setInterval> | undefined;
    const end = effect(() => {
      clearInterval(timer);
      if (state.playing.value && state.filled.value)
        timer = setInterval(() => document.hidden || this.studio.view.nextFrame(), 1000 / state.rate.value);
    });
    return () => (clearInterval(timer), end());
  }

  /** Writes the state behind the # once somebody has used the page, and reads it when somebody else writes there. */
  private keepAddress(): () => void {
    const { state } = this.studio;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = effect(() => {
      const link = state.link.value;
      clearTimeout(timer);
      if (state.touched.value) timer = setTimeout(() => history.replaceState(null, '', `#${link}`), addressDelay);
    });
    const read = () => {
      if (location.hash.slice(1) !== state.link.value) this.studio.follow(location.hash);
    };
    addEventListener('hashchange', read);
    return () => (clearTimeout(timer), end(), removeEventListener('hashchange', read));
  }

  /** What this element draws itself: the view, what a link hides, and where the network's line stands. */
  private watchLayout(): () => void {
    const { hidden, beside, presenting, engine, pointed } = this.studio.state;
    return effect(() => {
      void [hidden.value, beside.value, engine.value.phase, pointed.value];
      this.toggleAttribute('presenting', presenting.value);
      this.requestUpdate();
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'snow-globe': SnowGlobe;
  }
}
