/**
 * <inside-nearest>: the film on the stage beside the clips of a freshly drawn pool that are nearest to it, and how near a true
 * clip comes to its own.
 *
 * What it is not: it draws and compares nothing (sessions/inside/nearest.ts does). It needs no network.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { nearestOf, poolSize, type Found } from '../../sessions/inside/nearest';
import { isComplete } from '../../app/state';
import { seenStrings } from '../../i18n/seen';
import '../../ui/clip-picture/clip-picture';
import { StudioElement } from '../../ui/element';
import { shared } from '../../ui/shared';
import { partStyles } from './part-styles';

@customElement('inside-nearest')
export class InsideNearest extends StudioElement {
  static override styles = [
    shared,
    partStyles,
    css`
      .films {
        grid-template-columns: repeat(auto-fill, minmax(7rem, 1fr));
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { studio, strings, state } = this;
    const words = seenStrings(strings);
    const nearest = nearestOf(studio);
    const [found, searched, run] = [nearest.found.value, nearest.searched.value, state.run.value];
    return html`
      <h4>${words.nearest}</h4>
      <p class="help">${words.nearestHelp(poolSize)}</p>
      ${
        run && isComplete(run)
          ? html`<div class="ways">
              <button ?disabled=${searched !== null} @click=${() => nearest.search()}>${words.search}</button>
              ${searched === null ? nothing : this.progress(searched)}
            </div>`
          : html`<p>${words.nothing}</p>`
      }
      <div role="status">${found ? this.found(found, found.run.steps === run?.steps) : nothing}</div>
    `;
  }

  private progress(searched: number): TemplateResult {
    const words = seenStrings(this.strings);
    return html`<progress max="1" .value=${searched} aria-label=${words.searching(searched)}></progress>
      <button @click=${() => nearestOf(this.studio).stop()}>${this.strings.stop}</button>`;
  }

  private found({ run, near, fresh }: Found, here: boolean): TemplateResult {
    const { strings, state } = this;
    const words = seenStrings(strings);
    const frame = Math.min(state.frame.value, run.shape.frames - 1);
    const own = { clip: run.steps[run.steps.length - 1].guess, said: words.film };
    const others = near.map(({ clip, prompt, distance }) => ({
      clip,
      said: words.near(strings.world.sentence(prompt), distance),
    }));
    return html`
      <p class="say">${words.found(near[0].distance, fresh)} ${here ? nothing : words.otherFilm}</p>
      <ul class="films numbers">
        ${[own, ...others].map(
          ({ clip, said }) =>
            html`<li>
              <figure>
                <clip-picture .clip=${clip} .shape=${run.shape} .frame=${frame} label=${said}></clip-picture>
                <figcaption>${said}</figcaption>
              </figure>
            </li>`,
        )}
      </ul>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'inside-nearest': InsideNearest;
  }
}
