/**
 * <snow-globe>: the whole page as one element, or, on somebody else's page, as much of it as `controls` says. It makes the
 * studio, keeps the film playing, and lays out the other elements. docs/reference/element.md is its contract.
 *
 * On the page that is built here it keeps the state in the address, and with `?embed` it is the film alone (<film-embed>): no
 * address is written, and nothing kept. With routing="none" it changes and hears nothing outside itself.
 */
import { effect } from '@preact/signals-core';
import { html, LitElement, noChange, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { loadWhenAsked, openEmbedded, reopen } from '../../studio/embed';
import type { Part } from '../../settings/link';
import type { Run } from '../../app/state';
import { Studio, type Ports } from '../../studio/studio';
import { viewNames, type ViewName } from '../../settings/views';
import { chooseLanguage, languageNames, type Language, type Strings } from '../../i18n';
import { serviceWorkers } from '../../offline/service-workers';
import { besideAddresses } from '../../ui/beside';
import { prefersCalm, spokenLanguages } from '../../ui/element';
import { isEmbedded } from '../embedded';
import { isPackage, makePorts, ownFiles } from '../../ui/home';
import { shared } from '../../ui/shared';
import { Speech } from '../../ui/speech';
import '../../ui/clip-view/clip-view';
import '../../ui/engine-status/engine-status';
import '../../ui/film-controls/film-controls';
import '../../ui/offline-status/offline-status';
import '../../ui/page-notes/page-notes';
import '../../ui/prompt-box/prompt-box';
import '../../ui/run-history/run-history';
import '../../ui/run-status/run-status';
import '../../ui/seen-line/seen-line';
import '../../ui/share-box/share-box';
import '../../ui/step-sheet/step-sheet';
import '../view-tabs/view-tabs';
import { Views } from '../views';
import '../../ui/what-we-see/what-we-see';
import '../../ui/word-list/word-list';
import { addressLanguage, keepAddress, keepLanguage } from './address';
import { linkOf, sendEvents } from './contract';
import type { SnowGlobeElement } from './element';
import { takeFiles } from './files';
import { listenToKeys } from './keys';
import { contained, packageStyles } from './package-styles';
import { playFilm } from './play';
import { fillScreen } from './present';
import { styles } from './styles';
import { catchRest } from './uncaught';

@customElement('snow-globe')
export class SnowGlobe extends LitElement implements SnowGlobeElement {
  static override styles = isPackage ? [packageStyles(), shared, styles, contained()] : [shared, styles];

  // What each of these is stands in element.ts.
  @property() files = ownFiles;
  @property() model: string | null = null;
  @property() link = '';
  @property() prompt: string | null = null;
  @property() seed: string | null = null;
  @property() view: string | null = null;
  @property({ type: Boolean }) autoplay = false;
  @property({ reflect: true }) controls: 'all' | 'film' | 'none' = 'all';
  @property() routing: 'address' | 'none' = isPackage ? 'none' : 'address';
  @property() override lang = '';
  /** Where engine and recordings come from; tests bring their own. To be set before the element is connected. */
  @property({ attribute: false }) ports?: Ports;

  studio!: Studio;
  @state() private pageKept = false; // a service worker has the page
  @state() private dropping = false; // a file is being dragged over the page
  private readonly views = new Views(this);
  private readonly speech = new Speech(this, () => (this.lang = 'en'));
  private readonly endings: (() => void)[] = [];
  private resumed: { readonly link: string; readonly run: Run | null } | null = null; // where it was when it was taken away

  private get language(): Language {
    return chooseLanguage([this.lang]);
  }

  private get strings(): Strings {
    return this.speech.strings(this.language);
  }

  /** The page is all its own. */
  private get routed(): boolean {
    return this.routing === 'address';
  }

  private get embedded(): boolean {
    return this.routed && isEmbedded();
  }

  get currentLink(): string {
    return this.studio.state.link.value;
  }

  shake(): void {
    void this.studio.runs.shake();
  }

  stop(): void {
    this.studio.runs.stop();
  }

  goTo(step: number, frame?: number): void {
    this.studio.view.look({ row: step, frame });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.endings.length > 0) return; // it was only moved
    const around = this.routed ? addressLanguage() : this.closest<HTMLElement>('[lang]')?.lang;
    this.lang = chooseLanguage([this.lang, around, ...spokenLanguages()]);
    const { files } = this;
    const keeps = isPackage || this.embedded ? { keeps: false as const } : {}; // nothing on a device that is not ours
    const places = {
      models: this.model ?? `${files}models/mini/`,
      decoder: `${files}models/decoder/`,
      recordings: `${files}recordings/`,
    };
    const studio = new Studio(this.ports ?? makePorts({ ...places, files, calm: prefersCalm(), ...keeps }));
    this.studio = studio;
    this.endings.push(() => studio.dispose(), playFilm(studio), sendEvents(this, studio.state));
    if (this.embedded) {
      this.endings.push(catchRest(studio));
      void import('../film-embed/film-embed');
      return;
    }
    const target = this.routed ? window : this;
    this.endings.push(
      this.watchLayout(),
      listenToKeys(studio, target),
      fillScreen(this, studio),
      takeFiles(
        studio,
        target,
        (dropping) => (this.dropping = dropping),
        (file) => void this.checkFile(file),
      ),
    );
    if (this.routed) this.openPage();
    else void this.openElement();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    queueMicrotask(() => {
      if (this.isConnected) return; // it was only moved
      const { link, run } = this.studio.state;
      this.resumed = { link: link.peek(), run: run.peek() };
      for (const end of this.endings.splice(0)) end();
    });
  }

  /** A page of its own: the address says what it shows. */
  private openPage(): void {
    const { studio } = this;
    this.endings.push(catchRest(studio), keepAddress(studio));
    void studio.open(location.hash || linkOf(this));
    void serviceWorkers()?.ready.then(() => {
      this.pageKept = true;
    });
  }

  /** On somebody else's page: its attributes say what it shows, and the network comes when it is needed. */
  private async openElement(): Promise<void> {
    const { studio, resumed } = this;
    if (resumed?.run) await reopen(studio, resumed.link, resumed.run);
    else await openEmbedded(studio, resumed?.link ?? linkOf(this), this.autoplay);
    if (this.studio === studio && this.endings.length > 0) this.endings.push(loadWhenAsked(studio));
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('lang')) this.sayLanguage();
  }

  /** Attributes that change later change what is there; at first they are part of what it opens with. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated || this.embedded) return;
    const { link, prompt, seed, view, studio } = this;
    const { controls } = studio;
    if (changed.has('link') && link) return void studio.follow(linkOf(this), this.autoplay);
    if (changed.has('prompt') && prompt !== null) controls.setPrompt(prompt);
    if (changed.has('seed') && seed !== null) controls.setText('seed', seed);
    if (changed.has('view') && isView(view)) studio.view.go(view);
    if (this.autoplay && (changed.has('prompt') || changed.has('seed'))) void studio.runs.again();
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete(); // which asks for strings that are not there yet
    await this.speech.come;
    return await super.getUpdateComplete();
  }

  protected override render(): TemplateResult | typeof noChange {
    if (!this.speech.has(this.language)) return noChange;
    const { strings, studio } = this;
    if (this.embedded) return html`<film-embed .studio=${studio} .strings=${strings}></film-embed>`;
    if (this.controls !== 'all') return this.filmAlone();
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
            <clip-view part="film" .studio=${studio} .strings=${strings}></clip-view>
            <film-controls part="player" .studio=${studio} .strings=${strings}></film-controls>
            <run-history .studio=${studio} .strings=${strings}></run-history>
          </section>
          <prompt-box part="words" class="card" .studio=${studio} .strings=${strings}></prompt-box>
          <div class="rest">
            <div class="said">
              <run-status .studio=${studio} .strings=${strings}></run-status>
              ${ready ? nothing : network}
              <seen-line .studio=${studio} .strings=${strings} @open-seen=${() => void this.openSeen()}></seen-line>
            </div>
            ${this.views.panel(view, studio, strings)}
            <div class="watch" ?hidden=${view !== 'watch'}>
              <step-sheet part="sheet" ?hidden=${away('sheet')} .studio=${studio} .strings=${strings}></step-sheet>
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

  /** The globe, and, where they are asked for, the controls of its film. */
  private filmAlone(): TemplateResult {
    const { strings, studio } = this;
    const clip = html`<clip-view part="film" .studio=${studio} .strings=${strings}></clip-view>`;
    if (this.controls === 'none') return clip;
    return html`
      ${clip}
      <film-controls part="player" .studio=${studio} .strings=${strings}></film-controls>
      <run-status .studio=${studio} .strings=${strings}></run-status>
      <page-notes .studio=${studio} .strings=${strings}></page-notes>
    `;
  }

  private header(): TemplateResult {
    const { strings } = this;
    return html`
      <header class="top" part="header">
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
      <footer part="footer">
        ${network}
        <p>${strings.locally}</p>
        <offline-status .studio=${studio} .strings=${strings} .pageKept=${this.pageKept}></offline-status>
        ${isPackage ? nothing : this.besideLinks()}
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

  private besideLinks(): TemplateResult {
    const links = besideAddresses(this.language);
    return html`<p>
      <a href="THIRD-PARTY.txt">${this.strings.licences}</a>
      ${links.map(([what, address]) => html` · <a href=${address}>${this.strings[what]}</a>`)}
    </p>`;
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

  /** What reads aloud has to know the language; on a page that is all ours, of all of it. */
  private sayLanguage(): void {
    if (this.routed) document.documentElement.lang = this.language;
    else if (this.getAttribute('lang') !== this.language) this.setAttribute('lang', this.language);
  }

  private changeLanguage(value: string): void {
    this.lang = chooseLanguage([value]);
    if (this.routed) keepLanguage(this.language);
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

const isView = (name: string | null): name is ViewName => (viewNames as readonly (string | null)[]).includes(name);

declare global {
  interface HTMLElementTagNameMap {
    'snow-globe': SnowGlobe;
  }
}
