/** <cut-figure>: chapter 3. A frame of the film with the lines along which it is cut, and what a cut costs. */
import { css, html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { countOf, cutFrames, cutName, cutSides, ownCut, type Cut } from '../../lessons/patches';
import { wreckShape } from '../../lessons/wreck';
import '../../ui/clip-picture/clip-picture';
import { shared } from '../../ui/shared';
import { StoryElement } from './story-element';
import { reading, strip } from './styles';

@customElement('cut-figure')
export class CutFigure extends StoryElement {
  static override styles = [
    shared,
    reading,
    strip,
    css`
      .cut {
        display: grid;
        grid-template-columns: minmax(8rem, 14rem) minmax(0, 1fr);
        gap: var(--space-4);
        align-items: start;
      }
      .picture {
        position: relative;
      }
      .lines {
        position: absolute;
        inset: 0;
        background-image:
          linear-gradient(to right, var(--cursor) 0 1px, transparent 1px),
          linear-gradient(to bottom, var(--cursor) 0 1px, transparent 1px);
        background-size: var(--side) var(--side);
        border: 1px solid var(--cursor);
        forced-color-adjust: none;
      }
      .counts {
        font-size: var(--text-l);
      }
    `,
  ];

  @state() private cut: Cut = ownCut;

  protected override render(): TemplateResult {
    const { cut, story, state: facts } = this;
    const { figure } = story.chapters.patches;
    const { tokens, pairs } = countOf(cut, wreckShape);
    const run = facts.run.value;
    const own = cutName(cut) === cutName(ownCut);
    // The count is what the chapter asks for: it is shown once the learner has said theirs.
    const predicted = this.player.predicted.value;
    return html`<div class="cut">
      <div class="picture">
        <clip-picture
          .clip=${run?.steps.at(-1)?.guess}
          .shape=${run?.shape}
          .frame=${facts.frame.value}
          label=${figure.picture(cut.side)}
        ></clip-picture>
        <div class="lines"></div>
      </div>
      ${
        predicted
          ? html`<div>
              ${this.choice('frames', cutFrames, figure.frames)} ${this.choice('side', cutSides, figure.side)}
              <p class="counts numbers" role="status">
                ${figure.tokens(tokens)}<br />${figure.pairs(pairs)}${own ? html`<br />${figure.own}` : ''}
              </p>
            </div>`
          : ''
      }
    </div>`;
  }

  protected override draw(): void {
    const share = `${(100 * this.cut.side) / wreckShape.width}%`;
    this.renderRoot.querySelector<HTMLElement>('.lines')?.style.setProperty('--side', share);
  }

  private choice(key: keyof Cut, values: readonly number[], name: string): TemplateResult {
    return html`<fieldset>
      <legend class="label">${name}</legend>
      <div class="row">
        ${values.map(
          (value) =>
            html`<label class="check"
              ><input
                type="radio"
                name=${key}
                .checked=${this.cut[key] === value}
                @change=${() => this.take({ ...this.cut, [key]: value })}
              />${value}</label
            >`,
        )}
      </div>
    </fieldset>`;
  }

  private take(cut: Cut): void {
    this.cut = cut;
    if (cutName(cut) !== cutName(ownCut)) this.player.try(cutName(cut));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cut-figure': CutFigure;
  }
}
