/**
 * <snow-globe>: the whole page as one element. It makes the studio, keeps the film playing, listens to the keyboard,
 * keeps the address in step, and lays out the other elements.
 *
 * Attributes: `models`, `decoder` and `recordings`, folders with a slash at their end, relative to the page.
 * The language comes from ?lang= or else from the browser. The state of the page stands behind the # of the address.
 */
import { effect } from '@preact/signals-core';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Part } from '../../app/link';
import { pagePorts } from '../../app/ports';
import { Studio, type Ports } from '../../app/studio';
import { chooseLanguage, languages, type Language, type Strings } from '../../lessons/strings';
import { prefersCalm } from '../element';
import { shared } from '../shared';
import '../clip-view/clip-view';
import '../engine-status/engine-status';
import '../film-controls/film-controls';
import '../lab-bench/lab-bench';
import '../offline-status/offline-status';
import '../page-notes/page-notes';
import '../prompt-box/prompt-box';
import '../run-controls/run-controls';
import '../run-status/run-status';
import '../seen-line/seen-line';
import '../share-box/share-box';
import '../step-sheet/step-sheet';
import '../what-we-see/what-we-see';

/** Milliseconds of quiet before the address is brought up to date; browsers allow about 100 changes in 30 s. */
const addressDelay = 400;

@customElement('snow-globe')
export class SnowGlobe extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        max-inline-size: 104rem;
        margin-inline: auto;
        padding: var(--space-4) clamp(var(--space-3), 3vw, var(--space-6)) var(--space-6);
        color: var(--ink);
      }
      .top {
        display: flex;
        align-items: center;
        gap: 0 var(--space-5);
        margin-block-end: var(--space-3);
      }
      h1 {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        font-size: var(--text-xxl);
        font-weight: 600;
        line-height: 1.15;
        letter-spacing: -0.02em;
      }
      h1 svg {
        inline-size: 1.25em;
        block-size: 1.25em;
        color: var(--ice);
      }
      .tagline {
        flex: 1;
        color: var(--ink-soft);
        line-height: 1.35;
        text-wrap: balance;
      }
      .language {
        margin-inline-start: auto;
        display: flex;
        align-items: center;
        gap: var(--space-2);
        font-size: var(--text-s);
      }
      .language select {
        min-block-size: 2.25rem;
        inline-size: auto;
        padding-inline: var(--space-2);
      }
      .card {
        padding: var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        background: var(--surface);
      }
      /* On a phone one thing below the other; with room the globe and its controls stand beside the rest, in sight. */
      .stage {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-3) var(--space-6);
        align-items: start;
      }
      .side {
        display: contents;
      }
      clip-view {
        --globe: min(36rem, 46vh);
      }
      film-controls {
        order: 1; /* below the words */
      }
      .rest {
        order: 2;
      }
      .rest {
        display: grid;
        gap: var(--space-5);
        align-content: start;
        min-inline-size: 0;
      }
      .said {
        display: grid;
        gap: var(--space-2);
      }
      @media (min-width: 60rem) {
        .stage {
          grid-template-columns: minmax(22rem, 46%) minmax(0, 1fr);
          grid-template-rows: auto 1fr;
        }
        .side {
          display: grid;
          grid-row: span 2;
          gap: var(--space-3);
          align-content: start;
        }
        clip-view {
          --globe: min(100%, 70vh);
        }
        .said {
          grid-template-columns: 1fr 1fr;
          gap: var(--space-2) var(--space-5);
          margin-block-start: var(--space-2);
        }
        .rest {
          gap: var(--space-4);
        }
        .card {
          padding: var(--space-4) var(--space-5);
        }
      }
      @media (min-width: 60rem) and (min-height: 40rem) {
        .side {
          position: sticky;
          inset-block-start: var(--space-3);
        }
      }
      @media (max-width: 40rem) {
        .tagline,
        .language span {
          position: absolute;
          clip-path: inset(50%);
        }
      }
      .below {
        display: grid;
        gap: var(--space-5);
        margin-block-start: var(--space-6);
      }
      .drop {
        position: fixed;
        inset: var(--space-3);
        z-index: 1;
        display: grid;
        place-items: center;
        border: 3px dashed var(--ice);
        border-radius: var(--radius-l);
        background: color-mix(in srgb, var(--ice-wash) 88%, transparent);
        font-size: var(--text-xl);
        pointer-events: none;
      }
      footer {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2) var(--space-6);
        align-items: baseline;
        margin-block-start: var(--space-6);
        padding-block-start: var(--space-4);
        border-block-start: 1px solid var(--line);
        color: var(--ink-soft);
        font-size: var(--text-s);
      }
      footer a {
        color: inherit;
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--space-1) var(--space-4);
        padding-block: var(--space-2);
      }
      kbd {
        padding: 0 var(--space-2);
        border: 1px solid var(--line-strong);
        border-radius: var(--radius-s);
        font: inherit;
        color: var(--ink);
        white-space: nowrap;
      }
    `,
  ];

  @property() models = 'models/nano/';
  @property() decoder = 'models/decoder/';
  @property() recordings = 'recordings/';
  /** Where engine and recordings come from; tests bring their own. To be set before the element is connected. */
  @property({ attribute: false }) ports?: Ports;

  studio!: Studio;
  @state() private language: Language = 'en';
  @state() private pageKept = false; // a service worker has the page
  @state() private dropping = false; // a file is being dragged over the page
  private readonly endings: (() => void)[] = [];

  private get strings(): Strings {
    return languages[this.language];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.speak(chooseLanguage([new URLSearchParams(location.search).get('lang'), ...navigator.languages]));
    const { models, decoder, recordings } = this;
    this.studio = new Studio(this.ports ?? pagePorts({ models, decoder, recordings, calm: prefersCalm() }));
    this.endings.push(() => this.studio.dispose(), this.playFilm(), this.keepAddress(), this.listenToKeys());
    this.endings.push(this.watchHidden(), this.takeFiles());
    void this.studio.open(location.hash);
    void (navigator as Partial<Pick<Navigator, 'serviceWorker'>>).serviceWorker?.ready.then(() => {
      this.pageKept = true;
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const end of this.endings.splice(0)) end();
  }

  protected override render(): TemplateResult {
    const { strings, studio } = this;
    const hidden = studio.state.hidden.value;
    const away = (part: Part) => hidden.includes(part);
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
        <label class="language"
          ><span>${strings.chooseLanguage}</span>
          <select @change=${(event: Event) => this.changeLanguage((event.target as HTMLSelectElement).value)}>
            ${(Object.keys(languages) as Language[]).map(
              (key) =>
                html`<option value=${key} lang=${key} .selected=${live(key === this.language)}>
                  ${languages[key].language}
                </option>`,
            )}
          </select>
        </label>
      </header>
      <page-notes .studio=${studio} .strings=${strings}></page-notes>
      <main @to-stage=${() => this.showStage()}>
        <div class="stage">
          <section class="side" aria-label=${strings.clip}>
            <clip-view .studio=${studio} .strings=${strings}></clip-view>
            <film-controls .studio=${studio} .strings=${strings}></film-controls>
          </section>
          <prompt-box class="card" .studio=${studio} .strings=${strings}></prompt-box>
          <div class="rest">
            <div class="said">
              <run-status .studio=${studio} .strings=${strings}></run-status>
              <engine-status .studio=${studio} .strings=${strings}></engine-status>
              <seen-line .studio=${studio} .strings=${strings} @open-seen=${() => this.openSeen()}></seen-line>
            </div>
            <step-sheet ?hidden=${away('sheet')} .studio=${studio} .strings=${strings}></step-sheet>
            <what-we-see class="card" .studio=${studio} .strings=${strings}></what-we-see>
            <run-controls class="card" ?hidden=${away('controls')} .studio=${studio} .strings=${strings}></run-controls>
          </div>
        </div>
        <div class="below">
          <lab-bench class="card" ?hidden=${away('lab')} .studio=${studio} .strings=${strings}></lab-bench>
          <share-box class="card" ?hidden=${away('files')} .studio=${studio} .strings=${strings}></share-box>
        </div>
      </main>
      ${this.dropping ? html`<div class="drop" aria-hidden="true">${strings.files.drop}</div>` : nothing}
      <footer>
        <p>${strings.locally}</p>
        <offline-status .studio=${studio} .strings=${strings} .pageKept=${this.pageKept}></offline-status>
        <p><a href="THIRD-PARTY.txt">${strings.licences}</a></p>
        ${
          hidden.length > 0
            ? html`<p>
                ${strings.files.hiddenNote}
                <button class="chip" @click=${() => studio.showAll()}>${strings.files.showAll}</button>
              </p>`
            : nothing
        }
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
              @change=${(event: Event) => (studio.state.shortcuts.value = (event.target as HTMLInputElement).checked)}
            />${strings.shortcuts}</label
          >
        </details>
      </footer>
    `;
  }

  private openSeen(): void {
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
        timer = setInterval(() => document.hidden || this.studio.nextFrame(), 1000 / state.rate.value);
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

  /** What a link hides concerns the layout, which this element draws itself. */
  private watchHidden(): () => void {
    return this.studio.state.hidden.subscribe(() => this.requestUpdate());
  }

  /** A file that is dropped anywhere on the page is opened; the browser would leave the page for it otherwise. */
  private takeFiles(): () => void {
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const over = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      this.dropping = true;
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) this.dropping = false;
    };
    const drop = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      this.dropping = false;
      const [file] = event.dataTransfer?.files ?? [];
      if (file) void this.studio.openFile(file);
    };
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }

  private listenToKeys(): () => void {
    const press = (event: KeyboardEvent) => {
      if (
        !this.studio.state.shortcuts.value ||
        event.altKey ||
        event.ctrlKey ||
        event.metaKey ||
        event.repeat ||
        event.defaultPrevented
      )
        return;
      const [target] = event.composedPath();
      if (
        target instanceof Element &&
        target.closest('input:not([type=range], [type=radio], [type=checkbox]), select, textarea, [contenteditable]')
      )
        return;
      if (event.key === 's' || event.key === 'S') void this.studio.shake();
      else if (event.key === 'd' || event.key === 'D') this.studio.toggleSharp();
      else if (event.key === ' ' && !(target instanceof Element && target.closest('button, summary, input, a'))) {
        event.preventDefault(); // else the page would scroll
        this.studio.togglePlaying();
      }
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'snow-globe': SnowGlobe;
  }
}
