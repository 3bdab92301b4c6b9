/** The article as a page with six figures, and as docs/article.md. A figure is a picture; a click puts the chapter it is of in its place. */
import { format, resolveConfig } from 'prettier';
import type { ArticleNumbers, ArticleStrings, FigureName, Part } from '../../src/i18n/en/article';
import { article as en } from '../../src/i18n/en/article';
import { article as de } from '../../src/i18n/de/article';
import type { Language } from '../../src/i18n';
import { facts } from '../../src/lessons/facts';
import { ball, fish, hole, rocket } from '../../src/lessons/films';
import { ownCut } from '../../src/lessons/patches';
import { cleanClip, noiseShares, wrecked, wreckFilm, wreckShape } from '../../src/lessons/wreck';
import { chapterHash, numberOf, pageLink, type Ground } from './ground';
import { html, type Markup } from './markup';
import { filmOf, shownSteps } from './measure';
import { cut, dots, drawn, heights } from './pictures';

const articles = { en, de } as const satisfies Record<Language, ArticleStrings>;

function numbersOf({ numbers, measured: { findings } }: Ground): ArticleNumbers {
  const { wrecking, together, words, roads, sora } = findings;
  return {
    ...numbers,
    rightInAll: facts.rightInAll,
    off: wrecking.levels.map(({ off }) => off),
    halfWay: [together.first, together.middle, together.last],
    settled: words.order,
    one: roads.one,
    asked: roads.total,
    steps: roads.steps,
    larger: sora.larger,
  };
}

function pictureOf(ground: Ground, name: FigureName, alt: string): Markup {
  const { runs, measured, strings } = ground;
  const run = (film: { readonly file: string }) => runs.get(film.file)!;
  switch (name) {
    case 'clearing': {
      const { steps, shape } = run(ball);
      const last = steps.length - 1;
      const rows = shownSteps.map((step) => drawn(ball.file, alt, step === last ? undefined : step));
      return html`${dots([steps[0].x], shape, alt)}${rows}`;
    }
    case 'wrecking': {
      const clip = cleanClip();
      const guesses = run(wreckFilm).steps.slice(1);
      const left = dots(noiseShares.map((share) => wrecked(clip, share)), wreckShape, alt); // prettier-ignore
      const right = dots(guesses.map(({ guess }) => guess), wreckShape, alt); // prettier-ignore
      return html`<div class="two">${left}${right}</div>`;
    }
    case 'patches':
      return cut(filmOf(run(fish)), run(fish).shape, 8, ownCut.side, alt);
    case 'together': {
      const { steps, shape } = run(fish);
      const rows = [0, 4, 8, 12, 15].map((step) => steps[step].guess);
      return dots(rows, shape, alt, [0, 2, 4, 6, 8, 10, 12, 15]);
    }
    case 'words': {
      const { steps, shape } = run(rocket);
      const rows = [0, 1, 3, 15].map((step) => steps[step].guess);
      return dots(rows, shape, alt);
    }
    case 'physics': {
      const paths = measured.falls.map(({ heights: path }) => path);
      return html`${heights(paths, alt)}${drawn(hole.file, strings.world.sentence(hole.prompt))}`;
    }
  }
}

/** The chapter of the story that shows a figure live. */
const chapterOf: Readonly<Record<FigureName, number>> = {
  clearing: numberOf('noise'),
  wrecking: numberOf('wrecking'),
  patches: numberOf('patches'),
  together: numberOf('together'),
  words: numberOf('words'),
  physics: numberOf('physics'),
};

export function article(ground: Ground): Markup {
  const { language } = ground;
  const text = articles[language];
  const other = language === 'de' ? 'en' : 'de';
  let number = 0;
  const section = ({ title, text: paragraphs, figure, more = [] }: Part): Markup => {
    const shown = (all: readonly string[]) => all.map((paragraph) => html`<p>${paragraph}</p> `);
    if (!figure)
      return html`<h2>${title}</h2>
        ${shown(paragraphs)}`;
    const name = text.figure(++number);
    const live = pageLink(language, chapterHash(chapterOf[figure.name]));
    return html`<h2>${title}</h2>
      ${shown(paragraphs)}
      <figure>
        ${pictureOf(ground, figure.name, figure.caption)}
        <figcaption><strong>${name}.</strong> ${figure.caption}</figcaption>
        <details class="screen">
          <summary>${text.tryIt}</summary>
          <iframe loading="lazy" title="${name}" src="${live}"></iframe>
        </details>
      </figure>
      ${shown(more)}`;
  };
  return html`<p class="screen">
      <a href="${pageLink(language)}">${text.toPage}</a> ·
      <a href="../${other}/article.html" lang="${other}">${text.otherLanguage}</a>
    </p>
    <h1>${text.title}</h1>
    <p class="lead">${text.lead}</p>
    <p class="soft">${text.about}</p>
    ${text.parts(numbersOf(ground)).map(section)}`;
}

export const docsArticle = 'docs/article.md';

/** The English text without its pictures, formatted. */
export async function articleInDocs(ground: Ground): Promise<string> {
  const { title, lead, made, figure, parts } = articles.en;
  let number = 0;
  const sections = parts(numbersOf(ground)).map(({ title: heading, text, figure: shown, more = [] }) => {
    const caption = shown ? [`_${figure(++number)}. ${shown.caption}_`] : [];
    return [`## ${heading}`, ...text, ...caption, ...more].join('\n\n');
  });
  const text = [`# ${title}`, `_${lead}_`, made, ...sections].join('\n\n').replaceAll('\u00a0', ' ');
  return format(`${text}\n`, { ...(await resolveConfig(docsArticle)), parser: 'markdown' });
}

/** Every text of the article, for tests. */
export function wordsOf(ground: Ground): string {
  const { lead, parts } = articles[ground.language];
  const texts = parts(numbersOf(ground)).flatMap(({ title, text, figure, more = [] }) => [`${title}.`, ...text, figure?.caption ?? '', ...more]); // prettier-ignore
  return [lead, ...texts].join(' ');
}
