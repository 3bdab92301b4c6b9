/** <seen-map>: chapter 7. Every colour with every thing, and which pairs training never showed. The words are the world's own. */
import { css, html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { colours, isLeftOut, otherHoles, things } from '../../lessons/seen';
import { shared } from '../../ui/shared';
import { StoryElement } from './story-element';
import { reading } from './styles';

@customElement('seen-map')
export class SeenMap extends StoryElement {
  static override styles = [
    shared,
    reading,
    css`
      .scroll {
        position: relative; /* or what only screen readers read would widen the page */
        overflow-x: auto;
      }
      th {
        padding: var(--space-1) var(--space-2);
        text-align: start;
        font-weight: 450;
      }
      td {
        min-inline-size: 2.25rem;
        border: 1px solid var(--line);
        background: var(--ice-wash);
        text-align: center;
      }
      td.left {
        background: var(--ember-wash);
        color: var(--ember);
        font-weight: 700;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { figure } = this.story.chapters.physics;
    const others = otherHoles.map((pair) => pair.map(this.strings.world.phrase).join(' + ')).join(', ');
    return html`
      <div class="scroll" tabindex="0" role="region" aria-label=${figure.map}>
        <table>
          <caption>
            ${figure.map}
          </caption>
          <thead>
            <tr>
              <td></td>
              ${things.map((thing) => html`<th scope="col">${this.strings.world.phrase(thing)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${colours.map(
              (colour) =>
                html`<tr>
                  <th scope="row">${this.strings.world.phrase(colour)}</th>
                  ${things.map((thing) =>
                    isLeftOut(colour, thing)
                      ? html`<td class="left">
                          <span aria-hidden="true">✕</span><span class="unseen">${figure.left}</span>
                        </td>`
                      : html`<td><span class="unseen">${figure.seen}</span></td>`,
                  )}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <p class="help">✕ ${figure.left}. ${figure.others(others)}</p>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'seen-map': SeenMap;
  }
}
