/** Eight slides. Each asks before it shows: what came of it stands behind a click, and is not printed. */
import type { ChapterId } from '../../src/lessons/chapter';
import { ball, boat, fish, hole, rocket, sameNoise } from '../../src/lessons/films';
import { openQuestions } from '../../src/lessons/quiz';
import { ownCut } from '../../src/lessons/patches';
import { twin } from '../../src/lessons/twin';
import { cleanClip, noiseShares, wrecked, wreckShape } from '../../src/lessons/wreck';
import { code } from './codes';
import { chapterHash, numberOf, pageLink, questionsOf, sentenceOf, storyHash, type Ground } from './ground';
import { html, list, none, type Markup } from './markup';
import { filmOf } from './measure';
import { cut, dots, drawn, heights } from './pictures';

/** The chapters that a slide is for, in order. */
export const slideChapters = ['noise', 'wrecking', 'together', 'words', 'physics', 'sora'] as const;

interface Pictures {
  readonly before: Markup; // gives nothing away
  readonly after: Markup;
}

const figure = (picture: Markup, text: string): Markup =>
  html`<figure>
    ${picture}
    <figcaption>${text}</figcaption>
  </figure>`;

/** In the words of the page. */
export const filmName = ({ story }: Ground, id: ChapterId, file: string): string =>
  (story.chapters[id].films as Readonly<Record<string, string>>)[file];

function picturesOf(ground: Ground, id: (typeof slideChapters)[number]): Pictures {
  const { story, runs, measured, kit, strings } = ground;
  const said = (prompt: string): string => strings.world.sentence(prompt);
  const { figure: wreckText } = story.chapters.wrecking;
  const run = (film: { readonly file: string }) => runs.get(film.file)!;
  switch (id) {
    case 'noise': {
      const alt = kit.slides.noise;
      const films = sameNoise.map(({ file }) =>
        figure(drawn(file, filmName(ground, id, file)), filmName(ground, id, file)),
      );
      const { steps, shape } = run(ball);
      return { before: dots([steps[0].x], shape, alt), after: html`${drawn(ball.file, said(ball.prompt))}${films}` };
    }
    case 'wrecking': {
      const clip = cleanClip();
      const shown = noiseShares.map((share) => wrecked(clip, share));
      return { before: dots(shown, wreckShape, wreckText.clip(noiseShares[0])), after: dots([clip], wreckShape, wreckText.clip(0)) }; // prettier-ignore
    }
    case 'together': {
      const { steps, shape } = run(fish);
      const patches = cut(filmOf(run(fish)), shape, 8, ownCut.side, story.chapters.patches.figure.picture(ownCut.side));
      const rows = [0, 4, 8, 15].map((step) => steps[step].guess);
      return { before: figure(patches, kit.slides.patches), after: dots(rows, shape, sentenceOf(ground, id)) };
    }
    case 'words':
      return { before: drawn(rocket.file, said(rocket.prompt)), after: none };
    case 'physics': {
      const paths = measured.falls.map(({ heights: path }) => path);
      return {
        before: html`<p class="lead">${said(ball.prompt)}</p>
          ${drawn(ball.file, said(ball.prompt))}`,
        after: html`${heights(paths, kit.answers.heights)}${drawn(hole.file, said(hole.prompt))}`,
      };
    }
    case 'sora': {
      const { figure: text } = story.chapters.sora;
      const network = filmOf(run(boat));
      return { before: html`${figure(dots([network], wreckShape, text.left), text.left)}${figure(dots([twin()], wreckShape, text.right), text.right)}`, after: none }; // prettier-ignore
    }
  }
}

function slide(ground: Ground, id: (typeof slideChapters)[number]): Markup {
  const { story, kit, language } = ground;
  const { before, after } = picturesOf(ground, id);
  const asked = questionsOf(ground, id);
  const shown = id === 'wrecking' ? asked.slice(0, 1) : asked; // it asks the same three times
  const link = pageLink(language, chapterHash(numberOf(id)));
  return html`<section class="slide">
    <h2>${story.chapters[id].title}</h2>
    <div class="pair">
      <div>
        ${shown.map(
          ({ question, choices: all }) =>
            html`<p>${question}</p>
              <ul class="choices">
                ${all.map(([, text]) => html`<li>${text}</li>`)}
              </ul>`,
        )}
        <details>
          <summary>${kit.slides.answer}</summary>
          <p class="sentence">${sentenceOf(ground, id)}</p>
          ${after}
        </details>
      </div>
      <div>${before}</div>
    </div>
    <div class="foot">
      <p class="soft"><a href="${link}">${kit.slides.open(numberOf(id))}</a></p>
      ${code(link, '')}
    </div>
  </section> `;
}

export function slides(ground: Ground): Markup {
  const { kit, story, strings, language } = ground;
  const questions = openQuestions.map((question) => story.quiz.open[question]);
  const link = pageLink(language, storyHash);
  return html`<section class="slide">
      <h1>${kit.plan.question}</h1>
      <p>${kit.slides.subtitle}</p>
      ${drawn(sameNoise[0].file, strings.world.sentence(sameNoise[0].prompt))}
      <div>${list(questions)}</div>
      <div class="foot">
        <p class="soft"><a href="${link}">${kit.slides.scan}</a></p>
        ${code(link, '')}
      </div>
    </section>
    ${slideChapters.map((id) => slide(ground, id))}
    <section class="slide">
      <h2>${kit.slides.end}</h2>
      ${list(kit.slides.endList)}
      <p>${kit.worksheet.after}</p>
      ${list(questions)}
    </section>`;
}
