/** <twin-figure>: chapter 8. The network's film beside one computed by rules, and the label that a saved run carries. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { networkSide, twin } from '../../lessons/twin';
import { wreckShape } from '../../lessons/wreck';
import '../../ui/clip-picture/clip-picture';
import { shared } from '../../ui/shared';
import { StoryElement } from './story-element';
import { reading, strip } from './styles';

@customElement('twin-figure')
export class TwinFigure extends StoryElement {
  static override styles = [
    shared,
    reading,
    strip,
    css`
      .two {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--space-3);
        max-inline-size: 26rem;
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--space-1) var(--space-4);
      }
      dt {
        color: var(--ink-soft);
      }
    `,
  ];

  @state() private labelled = false;
  private readonly drawn = twin();

  protected override render(): TemplateResult {
    const { player, story, state: facts } = this;
    const { figure } = story.chapters.sora;
    const made = player.beside.value.at(-1);
    if (!made) return html`<p class="help" role="status">${player.lacking.value ? story.lacking : story.loading}</p>`;
    const [left, right] = networkSide === 'left' ? [made, this.drawn] : [this.drawn, made];
    const picture = (clip: Float32Array, name: string) =>
      html`<figure>
        <clip-picture .clip=${clip} .shape=${wreckShape} .frame=${facts.frame.value} label=${name}></clip-picture>
        <figcaption>${name}</figcaption>
      </figure>`;
    return html`
      <div class="two">${picture(left, figure.left)} ${picture(right, figure.right)}</div>
      ${player.predicted.value ? this.label() : nothing}
    `;
  }

  /** What a saved run says about itself: src/recording/file.ts writes it into the file's head. */
  private label(): TemplateResult {
    const { figure } = this.story.chapters.sora;
    const run = this.state.run.value;
    const { fields } = figure;
    if (!this.labelled || !run)
      return html`<p>
        <button
          @click=${() => {
            this.labelled = true;
            this.player.try('label');
          }}
        >
          ${figure.label}
        </button>
      </p>`;
    const { model, prompt, settings } = run;
    const said: readonly (readonly [string, string | number])[] = [
      [fields.model, model],
      [fields.prompt, prompt],
      [fields.seed, settings.seed],
      [fields.steps, settings.steps],
      [fields.sampler, this.strings.options.samplers[settings.sampler]],
      [fields.guidance, settings.guidance.scale],
    ];
    return html`<div class="box" role="status">
      <h3>${figure.says}</h3>
      <dl class="numbers">
        ${said.map(
          ([name, value]) =>
            html`<dt>${name}</dt>
              <dd>${value}</dd>`,
        )}
      </dl>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'twin-figure': TwinFigure;
  }
}
