/** <lab-break>: ways to break it. Each says what it changes and what to look for; one click tries it, one leads back. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { experiments } from '../../app/lab/experiments';
import { clipAt, type Run } from '../../app/state';
import { StudioElement } from '../element';
import { shared } from '../shared';
import '../clip-picture/clip-picture';

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
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-3) var(--space-4);
        align-items: end;
        position: sticky;
        inset-block-start: 0;
        z-index: 1;
        margin-block-end: var(--space-2);
        padding-block: var(--space-2);
        background: var(--surface);
      }
      figure {
        inline-size: 8rem;
      }
      figcaption strong {
        display: inline-block;
      }
      figcaption strong::first-letter {
        text-transform: uppercase;
      }
      figcaption {
        margin-block-start: var(--space-1);
        font-size: var(--text-s);
        line-height: 1.35;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { state, strings, studio } = this;
    const { lab } = strings;
    const before = state.before.value;
    const run = state.run.value;
    const row = state.row.value;
    return html`
      <div class="sight numbers">
        ${before?.run ? this.sight(lab.before, before.run, before.run.steps.length) : nothing}
        ${run && row !== null ? this.sight(before ? lab.now : lab.thisRun, run, row) : nothing}
        <button aria-disabled=${before === null} @click=${() => studio.breaking.back()}>${lab.back}</button>
      </div>
      <ul>
        ${experiments.map(
          (experiment) =>
            html`<li>
              <h3>${lab.experiments[experiment.name].title}</h3>
              <p class="help">${lab.experiments[experiment.name].lookFor}</p>
              <button
                aria-label="${lab.tryIt}: ${lab.experiments[experiment.name].title}"
                @click=${() => studio.breaking.try(experiment)}
              >
                ${lab.tryIt}
              </button>
            </li>`,
        )}
      </ul>
    `;
  }

  /** The stage in small: what to look for and where to look stand together. */
  private sight(name: string, run: Run, row: number): TemplateResult {
    const { state, strings } = this;
    const clip = clipAt(run, row, state.show.value) ?? run.steps.at(-1)?.guess;
    return html`<figure>
      <clip-picture .clip=${clip} .shape=${run.shape} .frame=${state.frame.value} label=${name}></clip-picture>
      <figcaption>
        <strong>${name}</strong> ${strings.stepOf(Math.min(row, run.settings.steps), run.settings.steps)}
      </figcaption>
    </figure>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lab-break': LabBreak;
  }
}
