/**
 * <learn-films>: what the network draws now. Four films side by side, each with what it was asked, whether training shows that,
 * and what a program sees in it. They play as the film on the stage does.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { learnOf } from '../../app/learn/learn';
import { isHole, microCaption, microShape, type WatchedFilm } from '../../app/learn/world';
import { learnStrings } from '../../i18n/learn';
import '../clip-picture/clip-picture';
import { StudioElement, toStage } from '../element';
import { shared } from '../shared';

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
    const films = learnOf(this.studio).films.value.filter((film) => film !== null);
    return html`
      <ul>
        ${films.map((film) => html`<li>${this.film(film)}</li>`)}
      </ul>
      <p class="help">${words.toStageHelp}</p>
    `;
  }

  private film({ cell, clip, seen, right }: WatchedFilm): TemplateResult {
    const words = learnStrings(this.strings);
    const learn = learnOf(this.studio);
    const { world } = this.strings;
    const prompt = world.sentence(microCaption(cell));
    const hole = isHole(learn.grid.value, learn.training.value?.counts ?? {}, cell);
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
        learn.begun.value
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
