/**
 * <learn-recorded>: a training that was recorded, at one of its moments. Its network takes the place of one's own: films, curves
 * and the stage are its, and it can go on from there.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { learnOf } from '../../sessions/learn/learn';
import { learnStrings } from '../../i18n/learn';
import { StudioElement } from '../element';
import { shared } from '../shared';

@customElement('learn-recorded')
export class LearnRecorded extends StudioElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: var(--space-2);
        justify-items: start;
      }
      h3 {
        font-size: var(--text-m);
      }
      input {
        inline-size: min(100%, 28rem);
      }
    `,
  ];

  protected override render(): TemplateResult {
    const words = learnStrings(this.strings);
    const learn = learnOf(this.studio);
    const training = learn.training.value;
    const moment = training?.moment ?? null;
    const said =
      moment && training ? words.moment(moment.index + 1, moment.count, training.seen, training.seconds) : '';
    return html`
      <h3>${words.recorded}</h3>
      <p class="help">${words.recordedHelp}</p>
      ${
        moment
          ? html`<label class="label" for="moment">${words.recordedMoment}</label>
              <input
                id="moment"
                type="range"
                min="0"
                max=${moment.count - 1}
                .value=${live(String(moment.index))}
                aria-valuetext=${said}
                @change=${(event: Event) => void learn.takeMoment(Number((event.target as HTMLInputElement).value))}
              />
              <p class="numbers" role="status">${said}</p>`
          : nothing
      }
      ${
        moment
          ? nothing
          : html`<button ?disabled=${learn.phase.value !== 'ready'} @click=${() => void learn.takeMoment(0)}>
              ${words.recordedOpen}
            </button>`
      }
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'learn-recorded': LearnRecorded;
  }
}
