/** The answer key: what comes out, with pictures of the recorded runs, in the page's own sentences; and answers of three levels. */
import type { ChapterId } from '../../src/lessons/chapter';
import {
  ball,
  boat,
  cutTime,
  fish,
  hole,
  otherFalls,
  otherNoise,
  rocket,
  sameNoise,
  type Film,
} from '../../src/lessons/films';
import { statements, truths } from '../../src/lessons/quiz';
import { places, type NewcomersQuestion } from '../../src/lessons/questions';
import { twin } from '../../src/lessons/twin';
import { cleanClip, noiseShares, wrecked, wreckFilm, wreckShape } from '../../src/lessons/wreck';
import { numberOf, outcomeOf, pageLink, questionsOf, runHash, sentenceOf, type Ground } from './ground';
import { html, list, none, table, type Markup } from './markup';
import { filmOf, shownSteps } from './measure';
import { dots, drawn, heights } from './pictures';
import { filmName } from './slides';

const figure = (picture: Markup, text: string): Markup =>
  html`<figure>
    ${picture}
    <figcaption>${text}</figcaption>
  </figure>`;
const films = (figures: readonly Markup[]): Markup => html`<div class="films">${figures}</div>`;

function picturesOf(ground: Ground, id: ChapterId): Markup {
  const { kit, story, strings, runs, measured } = ground;
  const said = (text: string): string => strings.world.sentence(text);
  const { seed, prompt } = { seed: runs.get(ball.file)!.settings.seed, prompt: said(ball.prompt) };
  const run = (film: Film) => runs.get(film.file)!;
  switch (id) {
    case 'noise':
      return films([
        figure(drawn(ball.file, prompt), `${prompt} ${kit.answers.seed(seed)}`),
        ...[...sameNoise, ...otherNoise].map((film) =>
          figure(
            drawn(film.file, said(film.prompt)),
            `${filmName(ground, id, film.file)}, ${kit.answers.seed(seed + film.further)}`,
          ),
        ),
      ]);
    case 'wrecking': {
      const { figure: text } = story.chapters.wrecking;
      const [clip, { steps }] = [cleanClip(), run(wreckFilm)];
      const levels = measured.findings.wrecking.levels;
      return films([
        ...noiseShares.map((share, i) =>
          figure(
            dots([wrecked(clip, share), steps[i + 1].guess], wreckShape, text.guess(share)),
            `${text.clip(share)}; ${text.guess(share)}: ${text.sees(levels[i].its)}, ${text.off(levels[i].off)}`,
          ),
        ),
        figure(dots([clip], wreckShape, text.clip(0)), text.clip(0)),
      ]);
    }
    case 'together': {
      const { steps, shape } = run(fish);
      const rows = [0, 4, 8, 12, 15];
      const columns = [0, 2, 4, 6, 8, 10, 12, 15];
      const texts = rows.map((step) => kit.answers.steps(step + 1, steps.length)).join(', ');
      const cut = filmName(ground, id, cutTime.file);
      return films([
        figure(dots(rows.map((step) => steps[step].guess), shape, sentenceOf(ground, id), columns), texts), // prettier-ignore
        figure(dots([filmOf(run(cutTime))], shape, cut, columns), cut),
      ]);
    }
    case 'words':
      return figure(drawn(rocket.file, said(rocket.prompt)), said(rocket.prompt));
    case 'roads': {
      const { steps } = run(ball);
      const at = (step: number) => (step === steps.length - 1 ? undefined : step);
      return films(shownSteps.map((step) => figure(drawn(ball.file, prompt, at(step)), kit.answers.steps(step + 1, steps.length)))); // prettier-ignore
    }
    case 'physics': {
      const balls = [ball, ...otherFalls].map(({ file }, n) =>
        figure(drawn(file, prompt), `${n + 1}: ${filmName(ground, id, file)}`),
      );
      const paths = measured.falls.map(({ heights: path }) => path);
      return html`${figure(heights(paths, kit.answers.heights), kit.answers.heights)}${films([...balls, figure(drawn(hole.file, said(hole.prompt)), filmName(ground, id, hole.file))])}`;
    }
    case 'sora': {
      const { figure: text } = story.chapters.sora;
      return films([
        figure(dots([filmOf(run(boat))], wreckShape, text.left), text.left),
        figure(dots([twin()], wreckShape, text.right), text.right),
      ]);
    }
    case 'patches':
      return none;
  }
}

/** The short answers of the ten questions that a chapter answers. */
function shortOf({ story }: Ground, id: ChapterId): Markup {
  const keys = (Object.keys(places) as NewcomersQuestion[]).filter((key) => places[key].chapter === id);
  return list(
    keys.map((key) => html`<strong>${story.ten.questions[key].ask}</strong> ${story.ten.questions[key].answer}`),
  );
}

function chapter(ground: Ground, id: ChapterId): Markup {
  const came = outcomeOf(ground, id);
  const questions = questionsOf(ground, id).map(({ id: question, question: text, choices }) => {
    const marked = choices.map(([key, choice]) =>
      came[question].includes(key) ? html`<li class="came">${choice}</li>` : html`<li>${choice}</li>`,
    );
    return html`<p>${text}</p>
      ${
        choices.length > 0
          ? html`<ul class="choices">
              ${marked}
            </ul>`
          : html`<p><strong>${came[question].join(', ')}</strong></p>`
      }`;
  });
  return html`<section>
    <h2>${numberOf(id)}. ${ground.story.chapters[id].title}</h2>
    ${questions}
    <p class="sentence">${sentenceOf(ground, id)}</p>
    ${picturesOf(ground, id)} ${shortOf(ground, id)}
  </section> `;
}

/** Everything that the worksheet asks, and the chapters for fast pairs. */
const all: readonly ChapterId[] = ['noise', 'wrecking', 'patches', 'together', 'words', 'roads', 'physics', 'sora'];

export function answers(ground: Ground): Markup {
  const { kit, story, strings, language, runs } = ground;
  const text = kit.answers;
  const run = runs.get(ball.file)!;
  const live = [ball, ...sameNoise, ...otherNoise].map((film) => {
    const seed = run.settings.seed + ('further' in film ? (film.further as number) : 0);
    const link = pageLink(language, runHash({ prompt: film.prompt, settings: run.settings }, seed));
    return html`<a href="${link}">${strings.world.sentence(film.prompt)}</a> ${text.seed(seed)}`;
  });
  const judged = statements.map((statement) => {
    const { text: said, why } = story.quiz.said[statement];
    return [said, html`<strong>${truths[statement] ? story.quiz.yes : story.quiz.no}</strong>`, why];
  });
  const exemplars = text.exemplars.map(
    ({ question, answers: given }) =>
      html`<h3>${question}</h3>
        ${given.map((answer, level) => html`<div class="answer keep"><strong>${text.levels[level]}</strong><br />${answer}</div>`)} `,
  );
  return html`<h1>${kit.names.answers}</h1>
    <p class="lead">${text.lead}</p>
    <p class="soft">${kit.made}</p>
    ${all.map((id) => chapter(ground, id))}
    <h2>${text.makeIt}</h2>
    <p>${text.makeItHelp}</p>
    ${list(live)}
    <h2>${text.statements}</h2>
    ${table([], judged)}
    <h2>${text.open}</h2>
    ${exemplars}`;
}
