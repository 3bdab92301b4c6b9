/**
 * <inside-training>: the film on the stage beside the films that the network drew of the same words and noise earlier in its
 * training, each with what our reader finds right in it and with its score.
 *
 * What it is not: it loads and draws nothing (sessions/inside/training.ts does).
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { trainingOf, type Checkpoint, type Training } from '../../sessions/inside/training';
import { isComplete, type Run } from '../../app/state';
import { trainingStrings } from '../../i18n/training';
import '../../ui/clip-picture/clip-picture';
import { StudioElement } from '../../ui/element';
import { shared } from '../../ui/shared';
import { sayJob, sayJobFault } from './job';
import { partStyles } from './part-styles';

@customElement('inside-training')
export class InsideTraining extends StudioElement {
  static override styles = [
    shared,
    partStyles,
    css`
      .films {
        grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr));
      }
      figcaption {
        font-size: var(--text-xs);
      }
      figcaption::first-letter {
        text-transform: uppercase;
      }
      figcaption button {
        margin-block-start: var(--space-1);
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { studio, strings, state } = this;
    const words = trainingStrings(strings);
    const training = trainingOf(studio);
    const list = training.list.value;
    const run = state.run.value;
    if (!list)
      return html`<p><button @click=${() => training.open()}>${words.open}</button></p>
        <p role="alert">${training.fault.value ? words.failed : nothing}</p>`;
    if (list.length === 0) return html`<p>${words.none}</p>`;
    if (!run || !isComplete(run)) return html`<p>${words.nothing}</p>`;
    const left = list.filter((each) => !training.filmOf(each));
    const loading = training.loading.value;
    return html`
      ${list.every(({ folder }) => folder.startsWith('../')) ? html`<p class="help">${words.grown(run.model)}</p>` : nothing}
      <div class="ways">
        ${
          left.length > 0
            ? html`<button class="chief" ?disabled=${state.running.value} @click=${() => training.draw(left)}>
                ${words.all(left.reduce((sum, { megabytes }) => sum + megabytes, 0))}
              </button>`
            : nothing
        }
        ${sayJob('training', studio, strings)}
        <span class="help" role="status">${loading === null ? nothing : words.loading(loading)}</span>
      </div>
      ${sayJobFault('training', studio, strings)}
      <ol class="films numbers" aria-label=${words.films}>
        ${list.map((each) => this.copy(training, each))} ${this.stage(run)}
      </ol>
      <p class="say" role="status">${this.said(training, list)}</p>
    `;
  }

  private copy(training: Training, each: Checkpoint): TemplateResult {
    const { strings, state } = this;
    const words = trainingStrings(strings);
    const film = training.filmOf(each);
    const { score, clips, megabytes } = each;
    const frame = film ? Math.min(state.frame.value, film.shape.frames - 1) : 0;
    const share = words.share(each.share);
    return html`<li>
      <figure>
        <clip-picture
          .clip=${film?.clip ?? null}
          .shape=${film?.shape}
          .frame=${frame}
          label=${film ? words.label(share) : ''}
        ></clip-picture>
        <figcaption>
          ${share}
          <span class="soft">${words.clips(clips)}</span>
          <span class="soft">${film ? words.here(film.right, film.asked) : words.empty}</span>
          ${score ? html`<span class="soft">${words.score(score.right, score.of)}</span>` : nothing}
          ${
            film
              ? nothing
              : html`<button class="chip" ?disabled=${state.running.value} @click=${() => training.draw([each])}>
                  ${words.one(megabytes)}<span class="unseen">: ${share}</span>
                </button>`
          }
        </figcaption>
      </figure>
    </li>`;
  }

  /** What the network of today makes of it: the film that is there anyway. */
  private stage(run: Run): TemplateResult {
    const { studio, strings, state } = this;
    const words = trainingStrings(strings);
    const mark = studio.lab.markOf(run);
    const frame = Math.min(state.frame.value, run.shape.frames - 1);
    const { guess } = run.steps[run.steps.length - 1];
    return html`<li>
      <figure>
        <clip-picture
          .clip=${guess}
          .shape=${run.shape}
          .frame=${frame}
          label="${run.model}, ${words.stage}"
        ></clip-picture>
        <figcaption>
          ${run.model}, ${words.stage}
          ${mark ? html`<span class="soft">${words.here(mark.right, mark.asked)}</span>` : nothing}
        </figcaption>
      </figure>
    </li>`;
  }

  private said(training: Training, list: readonly Checkpoint[]): string | typeof nothing {
    const drawn = list.flatMap((each) => {
      const film = training.filmOf(each);
      return film ? [{ clips: each.clips, right: film.right, asked: film.asked }] : [];
    });
    return drawn.length < 2 ? nothing : trainingStrings(this.strings).said(drawn[0], drawn[drawn.length - 1]);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'inside-training': InsideTraining;
  }
}
