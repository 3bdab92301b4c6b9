/**
 * <story-chapter>: one chapter of the story: its claim and text, the prediction, what there is to do, and what came of it
 * beside what was predicted. What counts as done, and what is revealed, the player says.
 */
import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { readNumber, samplers } from '../../settings/settings';
import type { Answer, AnyFinding, Chapter, PartName, Question } from '../../lessons/chapter';
import { chapters } from '../../lessons/chapters';
import { facts } from '../../lessons/facts';
import '../../ui/decided-plot/decided-plot';
import '../../ui/motion-plots/motion-plots';
import { shared } from '../../ui/shared';
import '../../ui/step-sheet/step-sheet';
import { answerInWords, askedOf } from './answers';
import './cut-figure';
import './training-figure';
import { chapterEquations } from './equations';
import './seen-map';
import { StoryElement } from './story-element';
import { reading } from './styles';
import './twin-figure';
import './wreck-figure';

/** What the texts may quote. */
const told = { ...facts, samplers: samplers.length };

@customElement('story-chapter')
export class StoryChapter extends StoryElement {
  static override styles = [
    shared,
    reading,
    css`
      .both {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 12rem), 1fr));
        gap: var(--space-3);
      }
      .both > div {
        padding: var(--space-3);
        border: 2px solid var(--line-strong);
        border-radius: var(--radius-m);
      }
      .both > .came {
        border-color: var(--ember);
        background: var(--ember-wash);
      }
      .scale {
        inline-size: 100%;
        block-size: 3rem;
        overflow: visible;
      }
      .scale line {
        stroke: var(--line-strong);
        stroke-width: 2px;
      }
      .scale .yours {
        fill: none;
        stroke: var(--ink);
        stroke-width: 2px;
      }
      .scale .came {
        fill: var(--ember);
      }
      nav {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
        justify-content: space-between;
      }
      h2:focus-visible {
        outline-offset: 4px;
      }
    `,
  ];

  /** What stands in the form of the prediction that is open. */
  @state() private draft: { readonly question: Question; readonly answer: Answer } | null = null;
  @state() private unread = false;

  override focus(): void {
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector('h2')?.focus();
      this.scrollIntoView({ block: 'start' });
    });
  }

  protected override render(): TemplateResult {
    const { player, story } = this;
    const chapter = player.chapter.value;
    if (!chapter) return html``;
    const number = chapters.indexOf(chapter) + 1;
    const text = story.chapters[chapter.id];
    const phase = player.phase.value;
    return html`
      <header>
        <p class="help">${story.chapter(number, chapters.length)}</p>
        <h2 tabindex="-1">${text.title}</h2>
      </header>
      <p class="claim">${text.claim}</p>
      <details>
        <summary>${story.equation}</summary>
        ${chapterEquations[chapter.id]()}
        <p class="help">${text.equation}</p>
      </details>
      ${text.before(told).map((paragraph) => html`<p class="text">${paragraph}</p>`)} ${this.figure(chapter)}
      ${this.predictions(chapter)} ${phase === 'predict' ? nothing : this.deed(chapter)}
      <div role="status">${phase === 'reveal' ? this.sentence(player.finding.value) : nothing}</div>
      ${phase === 'reveal' ? this.aftermath(chapter, player.finding.value!) : nothing} ${this.steps(number)}
    `;
  }

  /** A chapter's own figure, where it has one. */
  private figure({ id }: Chapter): TemplateResult | typeof nothing {
    const { player, strings, studio } = this;
    switch (id) {
      case 'wrecking':
        return html`<wreck-figure .studio=${studio} .strings=${strings} .player=${player}></wreck-figure>`;
      case 'patches':
        return html`<cut-figure .studio=${studio} .strings=${strings} .player=${player}></cut-figure>`;
      case 'physics':
        return html`<seen-map .studio=${studio} .strings=${strings} .player=${player}></seen-map>`;
      case 'sora':
        return html`<twin-figure .studio=${studio} .strings=${strings} .player=${player}></twin-figure>`;
      default:
        return nothing;
    }
  }

  // --------------------------------------------------------------------------------------------------------- predicting

  /** One question after the other; the next is asked once this one has its answer. */
  private predictions(chapter: Chapter): TemplateResult | typeof nothing {
    const { player, story } = this;
    const answers = player.notebook.predictions(chapter.id);
    const open = chapter.questions.find(({ id }) => answers[id] === undefined);
    if (!open) return nothing;
    const draft = this.draft?.question === open ? this.draft.answer : null;
    return html`<form class="box" @submit=${(event: Event) => this.fix(event, open)}>
      <h3>${story.predict}</h3>
      ${this.field(chapter, open, draft)}
      <div class="row"><button class="chief" ?disabled=${draft === null}>${story.fix}</button></div>
      <p class="help" role="status">${this.unread ? story.notANumber : story.predictHelp}</p>
    </form>`;
  }

  private field(chapter: Chapter, question: Question, draft: Answer | null): TemplateResult {
    const take = (answer: Answer) => (this.draft = answer === '' ? null : { question, answer });
    const { question: ask, choices } = askedOf(this.story, chapter.id, question);
    if (question.kind === 'number')
      return html`<label
        >${ask}
        <input
          type="text"
          inputmode="numeric"
          autocomplete="off"
          .value=${live(String(draft ?? ''))}
          @input=${(event: Event) => take((event.target as HTMLInputElement).value.trim())}
      /></label>`;
    return html`<fieldset>
      <legend>${ask}</legend>
      ${question.choices.map(
        (choice) =>
          html`<label class="check"
            ><input
              type="radio"
              name=${question.id}
              .checked=${live(draft === choice)}
              @change=${() => take(choice)}
            />${choices[choice]}</label
          >`,
      )}
    </fieldset>`;
  }

  private fix(event: Event, question: Question): void {
    event.preventDefault();
    if (this.draft?.question !== question) return;
    let { answer } = this.draft;
    if (question.kind === 'number') {
      const read = readNumber(String(answer), { ...question, whole: true });
      this.unread = !read;
      if (!read) return;
      answer = read.value;
    }
    this.draft = null;
    this.player.predict(question.id, answer);
    // The button is gone with its form: what comes next is read from there on.
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('input, #deed')?.focus());
  }

  // -------------------------------------------------------------------------------------------------------------- doing

  private deed(chapter: Chapter): TemplateResult {
    const { player, story } = this;
    const text = story.chapters[chapter.id];
    const names = text.films as Readonly<Record<string, string>>;
    return html`<section class="box">
      <h3 id="deed" tabindex="-1">${story.do}</h3>
      <p class="text">${text.deed}</p>
      ${
        chapter.films.length > 0
          ? html`<ul class="row">
                ${chapter.films.map(
                  (film) =>
                    html`<li>
                      <button @click=${() => void player.play(film)}>
                        ${player.isSeen(film) ? html`<span aria-hidden="true">✓ </span>` : nothing}${story.play(names[film.file])}
                      </button>
                    </li>`,
                )}
              </ul>
              <p class="help" role="status">
                ${story.played(chapter.films.filter((film) => player.isSeen(film)).length, chapter.films.length)}
              </p>`
          : nothing
      }
      ${chapter.points.map((part) => this.element(part))} ${chapter.id === 'together' ? this.cutLive() : nothing}
      <div class="row"><button class="chip" @click=${() => void player.again()}>${story.again}</button></div>
    </section>`;
  }

  /** Chapter 4 by the network itself, where it is loaded: what is on the stage, and no patch looks at another time. */
  private cutLive(): TemplateResult | typeof nothing {
    const { state, runs } = this.studio;
    const run = state.run.value;
    if (state.engine.value.phase !== 'ready' || !run) return nothing;
    const { live, liveHelp } = this.story.chapters.together;
    const cut = () => void runs.take(run.prompt, { ...run.settings, ablation: [{ kind: 'time' }] });
    return html`<div class="row">
      <button ?disabled=${state.running.value} @click=${cut}>${live}</button>
      <span class="help">${liveHelp}</span>
    </div>`;
  }

  /** An element of the page that a chapter needs beside its text. */
  private element(part: PartName): TemplateResult | typeof nothing {
    const { strings, studio } = this;
    switch (part) {
      case 'sheet':
        return html`<step-sheet .studio=${studio} .strings=${strings}></step-sheet>`;
      case 'decided':
        return html`<decided-plot .studio=${studio} .strings=${strings}></decided-plot>`;
      case 'plots':
        return html`<motion-plots .studio=${studio} .strings=${strings}></motion-plots>`;
      default:
        return nothing; // stands beside the story anyway
    }
  }

  // ---------------------------------------------------------------------------------------------------------- revealing

  private sentence(finding: AnyFinding | null): TemplateResult | typeof nothing {
    return finding ? html`<p class="text"><strong>${this.reveal(finding)}</strong></p>` : nothing;
  }

  private aftermath(chapter: Chapter, finding: AnyFinding): TemplateResult {
    const { player, story } = this;
    const answers = player.trace.value.answers;
    const outcome = chapter.outcome(finding);
    return html`<section class="box">
        <h3>${story.shown}</h3>
        ${chapter.questions.map((question) => this.beside(chapter, question, answers[question.id], outcome[question.id]))}
      </section>
      ${story.chapters[chapter.id].after(told).map((paragraph) => html`<p class="text">${paragraph}</p>`)}
      ${
        chapter.id === 'wrecking'
          ? html`<training-figure .studio=${this.studio} .strings=${this.strings}></training-figure>`
          : nothing
      }`;
  }

  /** A prediction and what came, side by side; numbers on one line, too. */
  private beside(chapter: Chapter, question: Question, yours: Answer, came: readonly Answer[]): TemplateResult {
    const { story } = this;
    const asked = askedOf(story, chapter.id, question);
    return html`<div>
      <p class="label">${asked.question}</p>
      <div class="both">
        <div>
          <p class="help">${story.yours}</p>
          <p>${answerInWords(asked, yours)}</p>
        </div>
        <div class="came">
          <p class="help">${story.came}</p>
          <p>${answerInWords(asked, came[0])}</p>
        </div>
      </div>
      ${question.kind === 'number' ? this.scale(question.max, Number(yours), Number(came[0])) : nothing}
      <p class="help">${came.includes(yours) ? story.asPredicted : story.otherwise}</p>
    </div>`;
  }

  /** Two numbers on one line, each ten times the last: a ring for what was predicted, a dot for what came. */
  private scale(most: number, yours: number, came: number): TemplateResult {
    const x = (value: number) => `${(96 * Math.log(Math.max(1, value))) / Math.log(most) + 2}%`;
    return html`<svg class="scale" aria-hidden="true">
      ${svg`<line x1="2%" x2="98%" y1="50%" y2="50%" />
        <circle class="came" cx=${x(came)} cy="50%" r="7" />
        <circle class="yours" cx=${x(yours)} cy="50%" r="11" />`}
    </svg>`;
  }

  /** Each finding has the sentence of its own chapter. */
  private reveal(finding: AnyFinding): string {
    const { chapters: said } = this.story;
    switch (finding.kind) {
      case 'noise':
        return said.noise.reveal(finding);
      case 'wrecking':
        return said.wrecking.reveal(finding);
      case 'patches':
        return said.patches.reveal(finding);
      case 'together':
        return said.together.reveal(finding);
      case 'words':
        return said.words.reveal(finding);
      case 'roads':
        return said.roads.reveal(finding);
      case 'physics':
        return said.physics.reveal(finding);
      case 'sora':
        return said.sora.reveal(finding);
    }
  }

  private steps(number: number): TemplateResult {
    const { story, studio } = this;
    const to = (chapter: number | null, name: string, chief = false) =>
      html`<button class=${chief ? 'chief' : ''} @click=${() => studio.story.open(chapter)}>${name}</button>`;
    return html`<nav aria-label=${story.title}>
      ${number > 1 ? to(number - 1, story.previous) : nothing} ${to(null, story.contents)}
      ${number < chapters.length ? to(number + 1, story.next, true) : nothing}
    </nav>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'story-chapter': StoryChapter;
  }
}
