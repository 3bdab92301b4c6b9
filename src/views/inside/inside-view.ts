/**
 * <inside-view>: open the transformer, in the step that the stage stands on. The patches that a clip is cut into, where each
 * of them looks, and the guess after every block. All numbers come from the loaded weights and the run on the stage.
 *
 * What it is not: it works out nothing (sessions/inside does). It asks as long as it is on the page, and lets go with it.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { insideOf, type Inside, type Look, type Obstacle } from '../../sessions/inside/inside';
import { countOf, cut } from '../../sessions/inside/patches';
import { insideStrings } from '../../i18n/inside';
import { seenStrings } from '../../i18n/seen';
import { trainingStrings } from '../../i18n/training';
import { walkStrings } from '../../i18n/walk';
import { whatIfStrings } from '../../i18n/what-if';
import { wordsMapStrings } from '../../i18n/words-map';
import '../../ui/clip-picture/clip-picture';
import { StudioElement } from '../../ui/element';
import { shared, viewLayout } from '../../ui/shared';
import './inside-depth';
import './inside-gaze';
import './inside-seen';
import './inside-training';
import './inside-walk';
import './inside-what-if';
import './inside-words';
import './patch-apart';
import './patch-film';
import { placeIn } from './place';

@customElement('inside-view')
export class InsideView extends StudioElement {
  static override styles = [
    shared,
    viewLayout,
    css`
      :host {
        container-type: inline-size;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: space-between;
        gap: 0 var(--space-4);
      }
      h3 {
        font-size: var(--text-m);
      }
      .own {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-3) var(--space-5);
      }
      .own figure {
        display: grid;
        gap: var(--space-1);
      }
      .own figcaption {
        font-size: var(--text-xs);
      }
      .pieces {
        display: flex;
        gap: var(--space-1);
      }
      .pieces clip-picture {
        inline-size: 4rem;
      }
    `,
  ];

  private ending?: () => void;

  protected override willUpdate(): void {
    this.ending ??= insideOf(this.studio).watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.ending?.();
    this.ending = undefined;
  }

  protected override render(): TemplateResult {
    const words = insideStrings(this.strings);
    const inside = insideOf(this.studio);
    const { obstacle, look, busy, fault } = inside;
    const why = obstacle.value;
    const without = why === 'noModel' || why === 'loading';
    const now = why === null || (without && look.value?.stored) ? look.value : null; // what lies beside a recording needs no network
    return html`
      <section class="card">
        <div class="head">
          <h2>${words.title}</h2>
          <p class="help" role="status">${busy.value ? words.busy : ''}</p>
        </div>
        ${now?.stored ? nothing : html`<p class="help">${words.help}</p>`} ${now ? this.about(now) : nothing}
        ${why ? this.obstacle(inside, why) : nothing} ${fault.value && !why ? this.fault(inside) : nothing}
      </section>
      ${now ? this.parts(inside, now) : nothing}
      <section class="card">
        <h3>${seenStrings(this.strings).title}</h3>
        <p class="help">${seenStrings(this.strings).help}</p>
        <inside-seen .studio=${this.studio} .strings=${this.strings}></inside-seen>
      </section>
      <section class="card">
        <h3>${wordsMapStrings(this.strings).title}</h3>
        <p class="help">${wordsMapStrings(this.strings).help}</p>
        <inside-words .studio=${this.studio} .strings=${this.strings}></inside-words>
      </section>
      <section class="card">
        <h3>${trainingStrings(this.strings).title}</h3>
        <p class="help">${trainingStrings(this.strings).help}</p>
        <inside-training .studio=${this.studio} .strings=${this.strings}></inside-training>
      </section>
    `;
  }

  /** Whose step it is. */
  private about({ step, level, run, model, prompt, share, stored }: Look): TemplateResult {
    const words = insideStrings(this.strings);
    const ran = run.settings.student ? `${run.model}-student` : run.model; // whose weights are not the ones that are looked into
    return html`
      <p>${words.of(step.index, step.steps, 1 - level)}</p>
      ${stored ? html`<p>${words.stored(model)}</p>` : nothing}
      ${run.settings.then === '' ? nothing : html`<p>${words.told(prompt, share)}</p>`}
      ${model !== ran && !stored ? html`<p>${words.otherModel(ran, model)}</p>` : nothing}
    `;
  }

  private obstacle(inside: Inside, why: Obstacle): TemplateResult {
    const words = insideStrings(this.strings);
    return html`<p>
      ${words.obstacles[why]}
      ${why === 'noModel' ? html`<button @click=${() => inside.load()}>${words.load}</button>` : nothing}
    </p>`;
  }

  private fault(inside: Inside): TemplateResult {
    const words = insideStrings(this.strings);
    const { cause, next } = inside.fault.value!;
    return html`<div role="alert">
      <p>${words.fault} <button @click=${() => inside.retry()}>${this.strings.retry}</button></p>
      <details>
        <summary>${this.strings.more}</summary>
        <p class="help" lang="en">${cause} ${next}</p>
      </details>
    </div>`;
  }

  private parts(inside: Inside, look: Look): TemplateResult {
    const { studio, strings } = this;
    const words = insideStrings(strings);
    return html`
      <section class="card">
        <h3>${words.patches}</h3>
        ${this.patches(inside, look)}
      </section>
      <section class="card">
        <h3>${words.looks}</h3>
        <p class="help">${words.looksAbout}</p>
        <inside-gaze .studio=${studio} .strings=${strings}></inside-gaze>
      </section>
      <section class="card">
        <h3>${words.depth}</h3>
        <p class="help">${words.depthAbout}</p>
        <inside-depth .studio=${studio} .strings=${strings}></inside-depth>
      </section>
      <section class="card">
        <h3>${walkStrings(strings).title}</h3>
        <p class="help">${walkStrings(strings).help}</p>
        <inside-walk .studio=${studio} .strings=${strings}></inside-walk>
      </section>
      ${look.stored ? nothing : this.whatIf()}
    `;
  }

  private whatIf(): TemplateResult | typeof nothing {
    const { studio, strings, state } = this;
    if (state.hidden.value.includes('ablation')) return nothing;
    const words = whatIfStrings(strings);
    return html`<section class="card">
      <h3>${words.title}</h3>
      <p class="help">${words.help}</p>
      <inside-what-if .studio=${studio} .strings=${strings}></inside-what-if>
    </section>`;
  }

  private patches(inside: Inside, look: Look): TemplateResult {
    const words = insideStrings(this.strings);
    const { grid, run, step, level } = look;
    const patch = inside.shown.value;
    const count = countOf(grid);
    const { shape } = cut(step.x, run.shape, grid, patch);
    const said = words.patch(patch + 1, count, placeIn(patch, look));
    return html`
      <p class="help">${words.patchesAbout(count, shape.frames, shape.height, shape.width)} ${words.howTo}</p>
      <p class="numbers say">${said} ${words.holds(shape.frames * shape.height * shape.width, 1 - level)}</p>
      <patch-film
        .clip=${step.x}
        .shape=${run.shape}
        .grid=${grid}
        .patch=${patch}
        label=${words.given}
        said=${said}
        @point=${(event: CustomEvent<number | null>) => inside.point(event.detail)}
        @choose=${(event: CustomEvent<number>) => inside.choose(event.detail)}
      ></patch-film>
      <p class="help">${words.apartAbout(count, 4 * shape.frames * shape.height * shape.width)}</p>
      <patch-apart .clip=${step.x} .shape=${run.shape} .grid=${grid} .patch=${patch} .words=${words}></patch-apart>
      <div class="own">
        ${this.pieces(words.own, step.x, look, patch)} ${this.pieces(words.ownGuess, step.guess, look, patch)}
      </div>
    `;
  }

  /** A patch alone, all of its frames. */
  private pieces(name: string, clip: Float32Array, { run, grid }: Look, patch: number): TemplateResult {
    const piece = cut(clip, run.shape, grid, patch);
    return html`<figure>
      <div class="pieces">
        ${Array.from(
          { length: piece.shape.frames },
          (_, frame) => html`<clip-picture .clip=${piece.clip} .shape=${piece.shape} .frame=${frame}></clip-picture>`,
        )}
      </div>
      <figcaption>${name}</figcaption>
    </figure>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'inside-view': InsideView;
  }
}
