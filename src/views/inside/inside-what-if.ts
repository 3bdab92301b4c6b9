/**
 * <inside-what-if>: take something away from the network and see what the film loses. The film on the stage and the one
 * without it play side by side, and one measured sentence says what they differ in.
 *
 * What it is not: it works out nothing (sessions/inside/what-if.ts does), and draws no film of its own: it is a comparison of the
 * laboratory.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { kinds, mostPercent, whatIfOf, type Dial, type Effect, type WhatIf } from '../../sessions/inside/what-if';
import type { Run } from '../../app/state';
import { whatIfStrings } from '../../i18n/what-if';
import { labStrings } from '../../i18n/lab';
import '../../ui/clip-picture/clip-picture';
import { StudioElement, toStage } from '../../ui/element';
import { shared } from '../../ui/shared';
import { sayJob, sayJobFault } from './job';
import { partStyles } from './part-styles';

@customElement('inside-what-if')
export class InsideWhatIf extends StudioElement {
  static override styles = [
    shared,
    partStyles,
    css`
      .choose label:first-child {
        flex: 1 1 16rem;
      }
      .films {
        grid-template-columns: repeat(2, minmax(0, 18rem));
      }
      figcaption::first-letter {
        text-transform: uppercase;
      }
      .say {
        font-weight: 600;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { strings, studio } = this;
    const words = whatIfStrings(strings);
    const whatIf = whatIfOf(studio);
    const kind = whatIf.kind.value;
    return html`
      <div class="choose">
        <label
          >${words.choose}
          <select
            aria-describedby="about"
            @change=${(event: Event) => whatIf.choose(kinds[(event.target as HTMLSelectElement).selectedIndex])}
          >
            ${kinds.map((each) => html`<option .selected=${live(each === kind)}>${words.kinds[each]}</option>`)}
          </select></label
        >
        ${this.dials(whatIf)}
      </div>
      <p class="help" id="about">${words.about[kind]}</p>
      ${kind === 'key' && whatIf.word.value === null ? html`<p>${words.noWord}</p>` : nothing}
      <div class="ways">
        <button
          class="chief"
          ?disabled=${whatIf.ablation.value === null || studio.state.running.value}
          @click=${() => whatIf.try()}
        >
          ${words.try}
        </button>
        ${sayJob('compare', studio, strings)}
      </div>
      ${sayJobFault('compare', studio, strings)} ${this.films(whatIf)}
    `;
  }

  /** What the chosen kind has to be told besides. */
  private dials(whatIf: WhatIf): TemplateResult | typeof nothing {
    const words = whatIfStrings(this.strings);
    const { depth, heads } = whatIf.parts.value;
    switch (whatIf.kind.value) {
      case 'words':
        return this.number(whatIf, 'block', words.fromBlock, depth);
      case 'block':
        return this.number(whatIf, 'block', words.block, depth);
      case 'head':
        return html`${this.number(whatIf, 'block', words.block, depth)}
        ${this.number(whatIf, 'head', words.head, heads)}`;
      case 'key':
        return this.key(whatIf);
      default:
        return nothing;
    }
  }

  private number(whatIf: WhatIf, dial: Dial, name: string, count: number): TemplateResult {
    const chosen = whatIf.values.value[dial];
    return html`<label
      >${name}
      <select @change=${(event: Event) => whatIf.dial(dial, (event.target as HTMLSelectElement).selectedIndex)}>
        ${Array.from({ length: count }, (_, i) => html`<option .selected=${live(i === chosen)}>${i + 1}</option>`)}
      </select></label
    >`;
  }

  private key(whatIf: WhatIf): TemplateResult {
    const words = whatIfStrings(this.strings);
    const { percent } = whatIf.values.value;
    return html`
      <label
        >${words.word}
        <select lang="en" @change=${(event: Event) => whatIf.chooseWord((event.target as HTMLSelectElement).value)}>
          ${whatIf.words.value.map(
            (word) => html`<option .selected=${live(word === whatIf.word.value)}>${word}</option>`,
          )}
        </select></label
      >
      <label
        ><span class="numbers">${words.percent}: ${percent} %</span>
        <input
          type="range"
          min="0"
          max=${mostPercent}
          step="25"
          .value=${live(String(percent))}
          @input=${(event: Event) => whatIf.dial('percent', Number((event.target as HTMLInputElement).value))}
      /></label>
    `;
  }

  private films(whatIf: WhatIf): TemplateResult | typeof nothing {
    const { studio, strings, state } = this;
    const words = whatIfStrings(strings);
    const pair = whatIf.pair.value;
    if (!pair) return nothing;
    const { stage, other } = pair;
    const frame = whatIf.frame.value;
    return html`
      <div class="films numbers">
        ${this.film(`${words.stage}: ${words.without(stage.settings.ablation)}`, stage, frame)}
        ${this.film(words.without(other.settings.ablation), other, frame)}
      </div>
      <p class="say" role="status">${this.said(whatIf)}</p>
      <div class="ways">
        <button @click=${() => studio.view.togglePlaying()}>
          ${state.playing.value ? strings.pause : strings.play}
        </button>
        <button
          ?disabled=${other.phase === 'running'}
          @click=${() => {
            studio.lab.exchange();
            toStage(this);
          }}
        >
          ${words.toStage}
        </button>
        <button @click=${() => studio.lab.forgetOther()}>${words.forget}</button>
      </div>
    `;
  }

  /** The newest guess of a run: the finished film, once it is through. */
  private film(name: string, run: Run, frame: number): TemplateResult {
    const { guess } = run.steps[run.steps.length - 1];
    return html`<figure>
      <clip-picture .clip=${guess} .shape=${run.shape} .frame=${frame} label=${name}></clip-picture>
      <figcaption>${name}</figcaption>
    </figure>`;
  }

  private said(whatIf: WhatIf): string {
    const { strings } = this;
    const effect = whatIf.effect.value;
    if (effect) return [labStrings(strings).broke(effect), this.identity(effect)].filter(Boolean).join(' ');
    return whatIf.pair.value!.other.phase === 'running' ? '' : whatIfStrings(strings).measuring;
  }

  private identity({ same: { before, now } }: Effect): string {
    const { same } = whatIfStrings(this.strings);
    if (before === null || now === null) return '';
    if (before) return now ? same.both : same.lost;
    return now ? same.won : same.neither;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'inside-what-if': InsideWhatIf;
  }
}
