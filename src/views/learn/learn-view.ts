/**
 * <learn-view>: teach a network of one's own. What it is shown, how it goes, what it draws meanwhile, how it gets on, and the
 * file to keep.
 *
 * What it is not: it trains nothing (a worker does, see sessions/learn). The training goes on while other views are shown, and while
 * the page is out of sight, as long as the browser lets it.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { learnOf, paces, type Learn } from '../../sessions/learn/learn';
import {
  holesOf,
  isVisible,
  microColours,
  microMotions,
  microThings,
  paints,
  shownBy,
  type BesideState,
  type LearnState,
  type Score,
} from '../../sessions/learn/world';
import { learnStrings, type LearnStrings } from '../../i18n/learn';
import { empty, StudioElement } from '../../ui/element';
import { saveFile } from '../../ui/save-file';
import { shared, viewLayout } from '../../ui/shared';
import './learn-curves';
import './learn-drawing';
import '../../ui/learn-films/learn-films';
import './learn-grid';
import type { Tick } from './learn-grid';
import '../../ui/learn-films/learn-recorded';
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

  @query('.own-file') private file!: HTMLInputElement;
  @query('.other-file') private otherFile!: HTMLInputElement;

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
        !learn.begun.value || training?.moment
          ? html`<section class="card">
              <learn-recorded .studio=${studio} .strings=${strings}></learn-recorded>
            </section>`
          : nothing
      }
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
    const own = grid.drawn.filter(isVisible).map(({ word }) => word);
    const tick = (kind: 'motions' | 'things') => (event: CustomEvent<Tick>) =>
      learn.tick(kind, event.detail.pair, event.detail.on);
    return html`
      <h3>${words.grid}</h3>
      <p class="help">${words.gridHelp}</p>
      <learn-grid
        .strings=${this.strings}
        .rows=${microColours}
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
          .rows=${microColours}
          .columns=${microThings}
          .ticked=${grid.things}
          .paints=${paints}
          label=${words.things}
          @tick=${tick('things')}
        ></learn-grid>
      </details>
      <details ?open=${own.length > 0}>
        <summary>${words.ownThings}</summary>
        <learn-drawing .studio=${this.studio} .strings=${this.strings}></learn-drawing>
        ${
          own.length > 0
            ? html`<learn-grid
                .strings=${this.strings}
                .rows=${own}
                .columns=${microMotions}
                .ticked=${grid.motions}
                label=${words.ownMotions}
                @tick=${tick('motions')}
              ></learn-grid>`
            : nothing
        }
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
      <div class="buttons">
        <button aria-disabled=${learn.pace.value === 0 ? 'true' : nothing} @click=${() => learn.hurry(-1)}>
          ${words.slower}
        </button>
        <button
          aria-disabled=${learn.pace.value === paces.length - 1 ? 'true' : nothing}
          @click=${() => learn.hurry(1)}
        >
          ${words.faster}
        </button>
        <span class="help" role="status">${words.paces[learn.pace.value]}</span>
      </div>
      <p class="help numbers">${training && learn.begun.value ? this.stands(training, words) : words.nothingYet}</p>
      <div role="status">
        ${phase === 'opening' ? html`<p class="help">${words.starting}</p>` : nothing}
        ${training && training.slept > 0 ? html`<p class="help">${words.slept(training.slept)}</p>` : nothing}
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
          class="own-file"
          accept=".safetensors"
          hidden
          @change=${() => {
            const [file] = this.file.files ?? [];
            empty(this.file); // the same file may be chosen again
            if (file) void learn.take(file);
          }}
        />
      </div>
      ${this.comparing(learn, words)} ${fault ? this.alert(words.notTaken, fault) : nothing}
    `;
  }

  /** Another learner's model, beside one's own. */
  private comparing(learn: Learn, words: LearnStrings): TemplateResult {
    const other = learn.beside.value;
    return html`
      <h3>${words.compare}</h3>
      <p class="help">${words.compareHelp}</p>
      <div class="buttons">
        <button ?disabled=${!learn.begun.value} @click=${() => this.otherFile.click()}>${words.compareOpen}</button>
        ${other ? html`<button @click=${() => learn.compareNoMore()}>${words.compareEnd}</button>` : nothing}
        <input
          type="file"
          class="other-file"
          accept=".safetensors"
          hidden
          @change=${() => {
            const [file] = this.otherFile.files ?? [];
            empty(this.otherFile);
            if (file) void learn.compare(file);
          }}
        />
      </div>
      ${other ? html`<p>${words.besideSaid(other.seen, other.seconds, shownBy(other.grid).length)} ${this.besideRight(other, words)}</p>` : nothing}
    `;
  }

  private besideRight({ shown, holes }: BesideState, words: LearnStrings): string {
    return [
      shown.films > 0 ? words.score(shown.right, shown.films) : '',
      holes.films > 0 ? words.scoreHole(holes.films, holes.right, holes.colour, holes.motion) : '',
    ].join(' ');
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
