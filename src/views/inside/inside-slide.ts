/**
 * <inside-slide>: a word of the prompt on its way to another, or with one taken away and one added: five films from the same
 * noise beside each other, and one sentence on what is seen in them.
 *
 * What it is not: it draws nothing (sessions/inside/slide.ts does).
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { slideOf, stops, type Part, type Slide, type SlideFilm, type Stop } from '../../sessions/inside/slide';
import { wordsMapStrings } from '../../i18n/words-map';
import '../../ui/clip-picture/clip-picture';
import { StudioElement, toStage } from '../../ui/element';
import { shared } from '../../ui/shared';
import { sayJob, sayJobFault } from './job';
import { partStyles } from './part-styles';

@customElement('inside-slide')
export class InsideSlide extends StudioElement {
  static override styles = [
    shared,
    partStyles,
    css`
      .films {
        grid-template-columns: repeat(5, minmax(0, 9rem));
        gap: var(--space-2);
      }
      .here clip-picture {
        outline: 2px solid var(--ember);
        outline-offset: 1px;
      }
      figcaption {
        font-size: var(--text-xs);
        overflow-wrap: anywhere;
      }
      .way {
        inline-size: min(100%, 24rem);
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { studio, strings } = this;
    const words = wordsMapStrings(strings).slide;
    const slide = slideOf(studio);
    const chosen = slide.chosen.value;
    return html`
      <h4>${words.title}</h4>
      <p class="help">${words.help}</p>
      ${chosen && slide.ready.value ? this.controls(slide, chosen) : html`<p>${words.nothing}</p>`}
      ${sayJobFault('slide', studio, strings)}
    `;
  }

  private controls(slide: Slide, chosen: Readonly<Record<Part, string>>): TemplateResult {
    const { studio, strings } = this;
    const words = wordsMapStrings(strings).slide;
    const stop = slide.stop.value;
    const there = slide.films.value[stops.indexOf(stop)] !== null;
    return html`
      <div class="choose">
        ${this.select('word', slide, chosen, slide.words.value)}
        ${this.select('minus', slide, chosen, slide.others.value)}
        ${this.select('plus', slide, chosen, slide.others.value)}
      </div>
      <div class="choose">
        <label class="way"
          ><span class="numbers">${words.way(stop)}</span>
          <input
            type="range"
            min="0"
            max="100"
            step="25"
            .value=${live(String(stop))}
            aria-valuetext=${words.way(stop)}
            @change=${(event: Event) => slide.go(Number((event.target as HTMLInputElement).value) as Stop)}
        /></label>
      </div>
      <div class="ways">
        <button class="chief" ?disabled=${studio.state.running.value} @click=${() => slide.all()}>${words.all}</button>
        ${
          there
            ? html`<button
                @click=${() => {
                  void slide.take();
                  toStage(this);
                }}
              >
                ${words.toStage}
              </button>`
            : nothing
        }
        ${sayJob('slide', studio, strings)}
      </div>
      <ol class="films numbers" aria-label=${words.films}>
        ${stops.map((at, i) => this.film(at, slide.films.value[i], at === stop))}
      </ol>
      <p class="say" role="status">${this.said(slide, chosen.word)}</p>
    `;
  }

  private select(
    part: Part,
    slide: Slide,
    chosen: Readonly<Record<Part, string>>,
    options: readonly string[],
  ): TemplateResult {
    return html`<label
      >${wordsMapStrings(this.strings).slide[part]}
      <select lang="en" @change=${(event: Event) => slide.choose(part, (event.target as HTMLSelectElement).value)}>
        ${options.map((word) => html`<option .selected=${live(word === chosen[part])}>${word}</option>`)}
      </select></label
    >`;
  }

  private film(stop: Stop, film: SlideFilm | null, here: boolean): TemplateResult {
    const { strings, state } = this;
    const words = wordsMapStrings(strings).slide;
    const seen = film?.seen ? strings.world.phrase(film.seen) : null;
    const frame = film ? Math.min(state.frame.value, film.shape.frames - 1) : 0;
    return html`<li class=${here ? 'here' : ''}>
      <figure>
        <clip-picture
          .clip=${film?.clip ?? null}
          .shape=${film?.shape}
          .frame=${frame}
          label=${film ? words.film(stop, seen) : ''}
        ></clip-picture>
        <figcaption>
          ${stop} %${seen ? html`: ${seen}` : nothing}
          <span class="soft">${film ? words.right(film.right, film.asked) : words.empty}</span>
        </figcaption>
      </figure>
    </li>`;
  }

  private said(slide: Slide, word: string): string {
    const { strings } = this;
    const words = wordsMapStrings(strings).slide;
    const there = slide.films.value.flatMap((film, i) =>
      film ? [{ percent: stops[i], seen: film.seen && strings.world.phrase(film.seen) }] : [],
    );
    return there.length === 0 ? words.start : words.said(word, there);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'inside-slide': InsideSlide;
  }
}
