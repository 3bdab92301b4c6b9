/**
 * <lab-break>: ways to break it. The film before and the film after play side by side, one measured sentence says what
 * happened to it, and one press leads back.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { areApart, damageOf } from '../../lab/damage';
import { experiments, type Experiment } from '../../lab/experiments';
import type { Run } from '../../app/state';
import { labStrings } from '../../i18n/lab';
import { prefersCalm, StudioElement } from '../../ui/element';
import { shared } from '../../ui/shared';
import '../../ui/clip-picture/clip-picture';

@customElement('lab-break')
export class LabBreak extends StudioElement {
  static override styles = [
    shared,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr));
        gap: var(--space-4);
        list-style: none;
      }
      li {
        display: grid;
        grid-template-rows: auto 1fr auto;
        gap: var(--space-2);
        padding: var(--space-3) var(--space-4);
        border-radius: var(--radius-m);
        background: var(--sunken);
      }
      h3 {
        font-size: var(--text-m);
      }
      li button {
        justify-self: start;
      }
      .sight {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 22rem));
        gap: var(--space-2) var(--space-4);
        margin-block-end: var(--space-4);
      }
      .sight > :not(figure) {
        grid-column: 1 / -1;
      }
      .say {
        font-weight: 600;
        text-wrap: pretty;
      }
      .ways {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2) var(--space-3);
      }
      figcaption {
        margin-block-start: var(--space-1);
        font-size: var(--text-s);
        line-height: 1.35;
      }
      figcaption strong::first-letter {
        text-transform: uppercase;
      }
      figcaption strong {
        display: inline-block;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { state, strings, studio } = this;
    const lab = labStrings(strings);
    const before = state.before.value;
    const run = before?.run ?? state.run.value;
    const broken = studio.breaking.broken.value;
    return html`
      <div class="sight numbers">
        ${run && run.steps.length > 0 ? this.film(before ? lab.before : lab.thisRun, run) : nothing}
        ${broken && broken.steps.length > 0 ? this.film(lab.now, broken) : nothing} ${this.damage(broken)}
        <div class="ways">
          <button aria-disabled=${before === null} @click=${() => studio.breaking.back()}>${lab.back}</button>
          <button @click=${() => studio.view.togglePlaying()}>
            ${state.playing.value ? strings.pause : strings.play}
          </button>
        </div>
      </div>
      <ul>
        ${experiments.map(
          (experiment) =>
            html`<li>
              <h3>${lab.experiments[experiment.name].title}</h3>
              <p class="help">${lab.experiments[experiment.name].lookFor}</p>
              <button
                aria-label="${lab.tryIt}: ${lab.experiments[experiment.name].title}"
                @click=${() => this.try(experiment)}
              >
                ${lab.tryIt}
              </button>
            </li>`,
        )}
      </ul>
    `;
  }

  /** What it does is seen above the list, which may be out of sight. */
  private try(experiment: Experiment): void {
    void this.studio.breaking.try(experiment);
    const behavior = prefersCalm() ? 'auto' : 'smooth';
    this.renderRoot.querySelector('.sight')?.scrollIntoView({ block: 'center', behavior });
  }

  /** What the experiment did, once both films are there. */
  private damage(broken: Run | null): TemplateResult {
    const { state, strings, studio } = this;
    const lab = labStrings(strings);
    const before = state.before.value?.run;
    if (!broken || !before) return html`<p role="status" class="help">${broken ? '' : lab.pickOne}</p>`;
    const marks = { before: studio.lab.markOf(before), now: studio.lab.markOf(broken) };
    const damage = damageOf(before, broken, marks);
    const said = damage ? lab.broke(damage) : areApart(before, broken) ? lab.notComparable : '';
    return html`<p role="status" class=${damage ? 'say' : 'help'}>${said}</p>`;
  }

  /** The newest guess of a run: the finished film, once it is through. */
  private film(name: string, run: Run): TemplateResult {
    const { state, strings } = this;
    const { guess } = run.steps[run.steps.length - 1];
    return html`<figure>
      <clip-picture .clip=${guess} .shape=${run.shape} .frame=${state.frame.value} label=${name}></clip-picture>
      <figcaption><strong>${name}</strong> ${strings.stepOf(run.steps.length, run.settings.steps)}</figcaption>
    </figure>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lab-break': LabBreak;
  }
}
