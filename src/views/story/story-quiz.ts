/**
 * <story-quiz>: the quiz without marks, and the ten questions with the place of each answer. What is written stays on the
 * device; it can be saved as a text file, or forgotten.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { chapterIds } from '../../lessons/chapter';
import { openQuestions, statements, truths, type OpenQuestion, type Statement } from '../../lessons/quiz';
import { newcomersQuestions, places } from '../../lessons/questions';
import { saveFile } from '../../ui/save-file';
import { shared } from '../../ui/shared';
import { answersAsText } from './answers';
import { StoryElement } from './story-element';
import { reading } from './styles';

@customElement('story-quiz')
export class StoryQuiz extends StoryElement {
  static override styles = [shared, reading];

  protected override render(): TemplateResult {
    const { player, story } = this;
    const { quiz, ten } = story;
    return html`
      <section class="box">
        <h3>${quiz.title}</h3>
        <p class="help">${quiz.help}</p>
        <p role="status">${player.notebook.kept.value ? nothing : quiz.unkept}</p>
        ${(['before', 'after'] as const).map(
          (when) =>
            html`<details>
              <summary>${quiz[when]}</summary>
              ${openQuestions.map((question) => this.open(when, question))}
            </details>`,
        )}
        <details>
          <summary>${quiz.statements}</summary>
          <ol>
            ${statements.map((statement) => html`<li>${this.statement(statement)}</li>`)}
          </ol>
        </details>
        <div class="row">
          <button aria-disabled=${player.notebook.isEmpty} aria-describedby="save" @click=${() => this.save()}>
            ${quiz.save}
          </button>
          <button aria-disabled=${player.notebook.isEmpty} @click=${() => player.notebook.forget()}>
            ${quiz.forget}
          </button>
        </div>
        <p class="help" id="save">${quiz.saveHelp}</p>
      </section>
      <section class="box">
        <h3>${ten.title}</h3>
        <p class="help">${ten.help}</p>
        ${newcomersQuestions.map((question) => {
          const { chapter } = places[question];
          return html`<details>
            <summary>${ten.questions[question].ask}</summary>
            <p class="text">${ten.questions[question].answer}</p>
            <button class="chip" @click=${() => this.studio.story.open(chapterIds.indexOf(chapter) + 1)}>
              ${ten.goTo(story.chapters[chapter].title)}
            </button>
          </details>`;
        })}
      </section>
    `;
  }

  private open(when: 'before' | 'after', question: OpenQuestion): TemplateResult {
    const { notebook } = this.player;
    return html`<label
      >${this.story.quiz.open[question]}
      <textarea
        maxlength="4000"
        .value=${live(notebook.said(when, question))}
        @input=${(event: Event) => notebook.say(when, question, (event.target as HTMLTextAreaElement).value)}
      ></textarea>
    </label>`;
  }

  private statement(statement: Statement): TemplateResult {
    const { notebook } = this.player;
    const { quiz } = this.story;
    const held = notebook.judged(statement);
    const { text, why } = quiz.said[statement];
    return html`<fieldset>
      <legend>${text}</legend>
      <div class="row">
        ${[true, false].map(
          (choice) =>
            html`<label class="check"
              ><input
                type="radio"
                name=${statement}
                .checked=${live(held === choice)}
                @change=${() => notebook.judge(statement, choice)}
              />${choice ? quiz.yes : quiz.no}</label
            >`,
        )}
      </div>
      <p class="help" role="status">
        ${held === undefined ? nothing : `${quiz.so(held === truths[statement], truths[statement])} ${why}`}
      </p>
    </fieldset>`;
  }

  private save(): void {
    const { player, story } = this;
    if (player.notebook.isEmpty) return;
    const text = answersAsText(player.notebook, story);
    saveFile({ name: story.quiz.fileName, bytes: new TextEncoder().encode(text) });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'story-quiz': StoryQuiz;
  }
}
