/** What pupils hold in their hands: the worksheet, also in large print, the starter on paper, the homework. */
import { ball } from '../../src/lessons/films';
import { openQuestions } from '../../src/lessons/quiz';
import { code } from './codes';
import { numberOf, pageLink, questionsOf, runHash, storyHash, type Ground } from './ground';
import { html, list, none, type Markup } from './markup';
import { squares } from './pictures';
import { slideChapters } from './slides';

const shortChoices = 50; // characters: they stand beside one another

const lines = html`<div class="lines"></div>`;
const boxes = (texts: readonly string[]): Markup =>
  html`<ul class="choices${texts.join('').length < shortChoices ? ' row' : ''}">
    ${texts.map((text) => html`<li>${text}</li>`)}
  </ul>`;

export function worksheet(ground: Ground): Markup {
  const { kit, story, language } = ground;
  const text = kit.worksheet;
  const open = openQuestions.map(
    (question) =>
      html`<div class="keep">
        <p>${story.quiz.open[question]}</p>
        ${lines}
      </div>`,
  );
  const predictions = slideChapters.map(
    (id) =>
      html`<div class="keep">
        <h3>${numberOf(id)}. ${story.chapters[id].title}</h3>
        ${questionsOf(ground, id).map(
          ({ question, choices }) =>
            html`<p>${question}</p>
              ${boxes(choices.map(([, choice]) => choice))}`,
        )}
      </div> `,
  );
  const rows = slideChapters.map(
    (id) =>
      html`${text.table[id].map(
        (row, n, { length }) =>
          html`<tr>
            ${n > 0 ? none : html`<th scope="rowgroup" rowspan="${length}">${story.chapters[id].title}</th>`}
            <td>${row}</td>
            <td class="fill"></td>
          </tr> `,
      )}`,
  );
  const link = pageLink(language, storyHash);
  return html`${code(link, kit.slides.scan)}
    <h1>${kit.plan.question}</h1>
    <p class="names"><span>${text.name}</span><span>${text.date}</span></p>
    <h2>${text.front}</h2>
    <p>${text.before}</p>
    ${open}
    <h2>${text.predict}</h2>
    <p>${text.predictHelp}</p>
    <div class="predictions">${predictions}</div>
    <h2 class="next">${text.back}</h2>
    <p>${text.backHelp}</p>
    <table>
      <tbody>
        ${rows}
      </tbody>
    </table>
    <div class="keep">
      <p>${text.because}</p>
      ${lines}
    </div>
    <h2>${text.after}</h2>
    <p>${text.afterHelp}</p>
    ${open}
    <div class="keep">
      <p>${text.changed}</p>
      ${lines}
    </div>`;
}

export function starter({ kit }: Ground): Markup {
  const text = kit.starter;
  const sheets = (['A', 'B'] as const).map(
    (letter, n) =>
      html`<div class="sheet">
        <h2>${text.noise(letter)}</h2>
        <p>${text.word}: ______________</p>
        ${squares(n + 1, text.noise(letter))}
      </div> `,
  );
  return html`<h1>${kit.names.starter}</h1>
    <p class="lead">${text.lead}</p>
    <h2>${text.how}</h2>
    ${list(text.steps, true)}
    <h2>${text.talk}</h2>
    ${list(text.questions)}
    <p class="soft">${text.bridge}</p>
    ${sheets}`;
}

export function homework({ kit, language, runs }: Ground): Markup {
  const { lead, tasks, levels, levelList } = kit.homework;
  const run = runs.get(ball.file)!;
  const links = {
    break: [pageLink(language, 'view=lab&lab=break')],
    measure: [1, 2, 3, 4, 5].map((n) => pageLink(language, runHash(run, run.settings.seed + 100 + n))),
    origin: [],
  } satisfies Record<keyof typeof tasks, string[]>;
  const each = (Object.keys(tasks) as (keyof typeof tasks)[]).map((key, n) => {
    const { title, steps } = tasks[key];
    const to = links[key].map(
      (link, i) => html`<a href="${link}">${kit.page}${links[key].length > 1 ? ` (${i + 1})` : ''}</a> `,
    );
    return html`<section class="keep">
      <h2>${n + 1}. ${title}</h2>
      ${list(steps, true)}${to.length > 0 ? html`<p>${to}</p>` : none}
    </section> `;
  });
  return html`<h1>${kit.names.homework}</h1>
    <p class="lead">${lead}</p>
    ${code(pageLink(language), kit.slides.scan)} ${each}
    <h2>${levels}</h2>
    ${list(levelList)}`;
}
