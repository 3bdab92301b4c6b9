/** <inside-depth>: the guess after each block as a small film, beside each other, and which block does most. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { insideOf } from '../../sessions/inside/inside';
import { insideStrings } from '../../i18n/inside';
import '../../ui/clip-picture/clip-picture';
import { StudioElement } from '../../ui/element';
import { shared } from '../../ui/shared';
import { partStyles } from './part-styles';

@customElement('inside-depth')
export class InsideDepth extends StudioElement {
  static override styles = [
    shared,
    partStyles,
    css`
      figcaption {
        font-size: var(--text-xs);
      }
    `,
  ];

  protected override render(): TemplateResult | typeof nothing {
    const words = insideStrings(this.strings);
    const inside = insideOf(this.studio);
    const [look, depth] = [inside.look.value, inside.depth.value];
    if (!look || !depth) return nothing;
    const { early } = depth;
    const { shape } = look.run;
    const frame = Math.min(inside.frame.value, shape.frames - 1);
    return html`
      <p class="say">${this.said()}</p>
      <ol class="films numbers">
        ${early.map(
          ({ clip, likeness, fainter, block }, i) =>
            html`<li>
              <figure>
                <clip-picture
                  .clip=${clip}
                  .shape=${shape}
                  .frame=${frame}
                  label=${words.guessAfter(block + 1, frame + 1)}
                ></clip-picture>
                <figcaption>
                  ${words.after(block + 1, i + 1 === early.length)}
                  ${
                    i + 1 < early.length
                      ? html`<span class="soft"
                          >${words.like(likeness)}${fainter > 1 ? html`, ${words.fainter(fainter)}` : nothing}</span
                        >`
                      : nothing
                  }
                </figcaption>
              </figure>
            </li>`,
        )}
      </ol>
    `;
  }

  private said(): string {
    const words = insideStrings(this.strings);
    const { early, strongest } = insideOf(this.studio).depth.value!;
    if (strongest === null) return words.depthOne;
    const [before, behind] = [early[strongest - 1], early[strongest]];
    return words.depthSaid(behind.block + 1, before.likeness, behind.likeness, before.fainter);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'inside-depth': InsideDepth;
  }
}
