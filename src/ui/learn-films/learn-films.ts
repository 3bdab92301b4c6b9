/**
 * <learn-films>: what the network draws now. Four films side by side, each with what it was asked, whether training shows that,
 * and what a program sees in it; below them those of another learner's network, where one is open. They play as the film on the
 * stage does.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { learnOf } from '../../sessions/learn/learn';
import { isHole, microCaption, microShape, type WatchedFilm } from '../../sessions/learn/world';
import { learnStrings } from '../../i18n/learn';
import '../clip-picture/clip-picture';
import { StudioElement, toStage } from '../element';
import { shared } from '../shared';

type Counts = Readonly<Record<string, number>>;

@customElement('learn-films')
export class LearnFilms extends StudioElement {
  static override styles = [
    shared,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(7.5rem, 1fr));
        gap: var(--space-3);
        margin-block-end: var(--space-2);
        list-style: none;
      }
      h4 {
        font-size: var(--text-s);
      }
      figure {
        display: grid;
        gap: var(--space-1);
        max-inline-size: 14rem;
      }
      figcaption {
        display: grid;
        gap: var(--space-1);
        font-size: var(--text-xs);
        line-height: 1.35;
      }
      .mark {
        justify-self: start;
        padding: 0 var(--space-2);
        border: 1px solid var(--line-strong);
        border-radius: 1rem;
      }
      .mark.hole {
        border-style: dashed;
        border-color: var(--ember);
        color: var(--ember);
      }
      .right {
        color: var(--good);
        font-weight: 600;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const words = learnStrings(this.strings);
    const learn = learnOf(this.studio);
    const other = learn.beside.value;
    const row = (films: readonly (WatchedFilm | null)[], counts: Counts, own: boolean) =>
      html`<ul>
        ${films.map((film) => (film ? html`<li>${this.film(film, counts, own)}</li>` : nothing))}
      </ul>`;
    return html`
      ${other ? html`<h4>${words.yours}</h4>` : nothing}
      ${row(learn.films.value, learn.training.value?.counts ?? {}, true)}
      ${other ? html`<h4>${words.theirs}</h4>` : nothing}
      ${other ? row(learn.filmsBeside.value, other.counts, false) : nothing}
      <p class="help">${words.toStageHelp}</p>
    `;
  }

  /** counts: what its network was shown; own: it is the learner's own network. */
  private film({ cell, clip, seen, right }: WatchedFilm, counts: Counts, own: boolean): TemplateResult {
    const words = learnStrings(this.strings);
    const learn = learnOf(this.studio);
    const { world } = this.strings;
    const prompt = world.sentence(microCaption(cell));
    const hole = own ? isHole(learn.grid.value, counts, cell) : !counts[microCaption(cell)];
    return html`<figure>
      <clip-picture
        .clip=${clip}
        .shape=${microShape}
        .frame=${learn.frame.value}
        label=${words.film(prompt)}
      ></clip-picture>
      <figcaption>
        <strong>${prompt}</strong>
        <span class="mark ${hole ? 'hole' : ''}">${hole ? words.hole : words.shown}</span>
        ${right ? html`<span class="right">✓ ${words.right}</span>` : html`<span>${words.sees(seen.thing && world.named(seen.colour, seen.thing), seen.motion)}</span>`}
      </figcaption>
      ${
        own && learn.begun.value
          ? html`<button
              class="chip"
              aria-label=${words.toStageOf(prompt)}
              @click=${() => {
                toStage(this);
                void learn.toStage(cell);
              }}
            >
              ${words.toStage}
            </button>`
          : nothing
      }
    </figure>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'learn-films': LearnFilms;
  }
}
