/**
 * <learn-view>: teach a network of one's own. What it is shown, how it goes, what it draws meanwhile, how it gets on, and the
 * file to keep.
 *
 * What it is not: it trains nothing (a worker does, see app/learn). The training goes on while other views are shown; while this
 * one is, it rests as long as the page is out of sight.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { learnOf, type Learn } from '../../app/learn/learn';
import {
  holesOf,
  microMotions,
  microThings,
  paints,
  shownBy,
  type LearnState,
  type Score,
} from '../../app/learn/world';
import { learnStrings, type LearnStrings } from '../../i18n/learn';
import { empty, StudioElement } from '../element';
import { saveFile } from '../save-file';
import { shared, viewLayout } from '../shared';
import './learn-curves';
import './learn-films';
import './learn-grid';
import type { Tick } from './learn-grid';
import './learn-settings';

/** Clips after which it usually draws what it is asked, with the usual settings: docs/reference/learning.md. */
const enough = 15_000;

@customElement('learn-view')
export class LearnView extends StudioElement {
  static override styles = [
    shared,
    viewLayout,
    css`
      h3 {
        font-size: var(--text-m);
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      .alert {
        padding: var(--space-3);
        border-inline-start: 4px solid var(--bad);
        background: var(--bad-wash);
      }
      .seen {
        columns: 2 14rem;
        font-size: var(--text-s);
        list-style: none;
      }
    `,
  ];

  @query('input[type=file]') private file!: HTMLInputElement;

  private readonly hide = () => learnOf(this.studio).hide(document.hidden);

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.hide);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.hide);
  }

  protected override willUpdate(): void {
    const learn = learnOf(this.studio);
    if (learn.phase.peek() === 'closed') learn.open();
  }

  protected override render(): TemplateResult {
    const { studio, strings } = this;
    const words = learnStrings(strings);
    const learn = learnOf(studio);
    const training = learn.training.value;
    return html`
      <section class="card">
        <h2>${words.title}</h2>
        <p class="help">${words.help}</p>
      </section>
      <section class="card">${this.shown(learn, words)}</section>
      <section class="card">${this.controls(learn, words)}</section>
      ${
        training
          ? html`
              <section class="card">
                <h3>${words.films}</h3>
                <p class="help">${words.filmsHelp}</p>
                <learn-films .studio=${studio} .strings=${strings}></learn-films>
              </section>
              <section class="card">${this.progress(training, words)}</section>
            `
          : nothing
      }
      <section class="card">${this.keeping(learn, words)}</section>
    `;
  }

  private shown(learn: Learn, words: LearnStrings): TemplateResult {
    const grid = learn.grid.value;
    const tick = (kind: 'motions' | 'things') => (event: CustomEvent<Tick>) =>
      learn.tick(kind, event.detail.pair, event.detail.on);
    return html`
      <h3>${words.grid}</h3>
      <p class="help">${words.gridHelp}</p>
      <learn-grid
        .strings=${this.strings}
        .columns=${microMotions}
        .ticked=${grid.motions}
        .paints=${paints}
        label=${words.motions}
        @tick=${tick('motions')}
      ></learn-grid>
      <details>
        <summary>${words.otherThings}</summary>
        <learn-grid
          .strings=${this.strings}
          .columns=${microThings}
          .ticked=${grid.things}
          .paints=${paints}
          label=${words.things}
          @tick=${tick('things')}
        ></learn-grid>
      </details>
      <p class="help" role="status">
        ${learn.empty.value ? words.empty : words.shows(shownBy(grid).length, holesOf(grid).length)}
      </p>
    `;
  }

  private controls(learn: Learn, words: LearnStrings): TemplateResult {
    const { studio, strings } = this;
    const [phase, running, broken, training] = [learn.phase.value, learn.running.value, learn.broken.value, learn.training.value]; // prettier-ignore
    const stuck = phase !== 'ready' || learn.empty.value;
    return html`
      <h3>${words.controls}</h3>
      <div class="buttons">
        ${
          running
            ? html`<button class="chief" @click=${() => learn.pause()}>${words.pause}</button>`
            : html`<button class="chief" ?disabled=${stuck} @click=${() => learn.start()}>
                ${learn.begun.value && !broken ? words.goOn : words.start}
              </button>`
        }
        <button ?disabled=${stuck || running} @click=${() => learn.step()}>${words.step}</button>
        <button ?disabled=${stuck || !learn.begun.value} @click=${() => learn.anew()}>${words.anew}</button>
        ${
          learn.begun.value || running
            ? nothing
            : html`<button ?disabled=${stuck} @click=${() => void learn.takeReady()}>${words.ready}</button>`
        }
      </div>
      <p class="help numbers">${training && learn.begun.value ? this.stands(training, words) : words.nothingYet}</p>
      <div role="status">
        ${phase === 'opening' ? html`<p class="help">${words.starting}</p>` : nothing}
        ${learn.away.value ? html`<p class="help">${words.away}</p>` : nothing}
      </div>
      ${broken ? this.alert(`${words.brokenTitle} ${words.broken}`, broken) : nothing}
      ${
        phase === 'failed' && learn.fault.value
          ? this.alert(
              words.failed,
              learn.fault.value,
              html`<button @click=${() => learn.open()}>${words.again}</button>`,
            )
          : nothing
      }
      <learn-settings .studio=${studio} .strings=${strings}></learn-settings>
      ${training ? html`<p class="help">${words.where(training.parameters, learn.backend.value ?? '')}</p>` : nothing}
    `;
  }

  private stands({ seen, seconds, speed, running }: LearnState, words: LearnStrings): string {
    const minutes = Math.round(Math.max(0, enough - seen) / Math.max(1, speed) / 60);
    return [words.stands(seen, seconds, speed), running && speed > 0 ? words.left(seen >= enough ? 0 : Math.max(1, minutes)) : ''] // prettier-ignore
      .filter(Boolean)
      .join(' ');
  }

  private progress({ curve, shown, holes, counts }: LearnState, words: LearnStrings): TemplateResult {
    return html`
      <h3>${words.curves}</h3>
      <p>
        ${shown.films > 0 ? words.score(shown.right, shown.films) : words.noScore}
        ${holes.films > 0 ? words.scoreHole(holes.films, holes.right, holes.colour, holes.motion) : nothing}
        ${holes.instead ? this.instead(holes.instead, holes.films, words) : nothing}
      </p>
      <learn-curves .words=${words} .curve=${curve}></learn-curves>
      <details>
        <summary>${words.seen}</summary>
        <ul class="seen numbers">
          ${Object.entries(counts).map(([caption, times]) => html`<li>${this.strings.world.sentence(caption)} ${words.times(times)}</li>`)}
        </ul>
      </details>
    `;
  }

  private instead({ colour, thing, motion, films }: NonNullable<Score['instead']>, all: number, words: LearnStrings) {
    return words.instead(thing && this.strings.world.named(colour, thing), motion, films, all);
  }

  private keeping(learn: Learn, words: LearnStrings): TemplateResult {
    const fault = learn.phase.value === 'failed' ? null : learn.fault.value;
    return html`
      <h3>${words.files}</h3>
      <p class="help">
        ${learn.unkept.value === null ? words.kept : html`<span lang="en">${learn.unkept.value}</span>`}
        ${words.fileHelp}
      </p>
      <div class="buttons">
        <button ?disabled=${!learn.begun.value} @click=${() => void this.save(learn)}>${words.save}</button>
        <button @click=${() => this.file.click()}>${words.open}</button>
        <input
          type="file"
          accept=".safetensors"
          hidden
          @change=${() => {
            const [file] = this.file.files ?? [];
            empty(this.file); // the same file may be chosen again
            if (file) void learn.take(file);
          }}
        />
      </div>
      ${fault ? this.alert(words.notTaken, fault) : nothing}
    `;
  }

  private alert(said: string, { cause, next }: { cause: string; next: string }, more?: TemplateResult): TemplateResult {
    return html`<div class="alert" role="alert">
      <p>${said} ${more ?? nothing}</p>
      <details>
        <summary>${this.strings.more}</summary>
        <p class="help" lang="en">${cause} ${next}</p>
      </details>
    </div>`;
  }

  private async save(learn: Learn): Promise<void> {
    const file = await learn.save();
    if (file) saveFile(file);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'learn-view': LearnView;
  }
}
