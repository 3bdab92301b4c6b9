/** The lesson plan, the glossary, and the page that leads to all documents: for the teacher. */
import type { Phase } from '../../src/i18n/en/kit';
import { code } from './codes';
import { chapterHash, pageLink, storyHash, type Ground } from './ground';
import { html, list, table, type Markup } from './markup';

export const names = [
  'plan',
  'slides',
  'worksheet',
  'large',
  'answers',
  'glossary',
  'starter',
  'homework',
  'article',
] as const;
export type Name = (typeof names)[number];

export function contents({ kit, language }: Ground): Markup {
  return html`<h1>${kit.title}</h1>
    <p class="lead">${kit.lead}</p>
    <dl>
      ${names.map(
        (name) =>
          html`<dt>
              <a href="${name}.html"><strong>${kit.names[name]}</strong></a>
            </dt>
            <dd>${kit.about[name]}</dd> `,
      )}
    </dl>
    <p class="soft">${kit.made}</p>
    <p><a href="${pageLink(language)}">${kit.page}</a></p>`;
}

function timetable({ kit, story, language }: Ground, phases: readonly Phase[]): Markup {
  const part = ({ title, chapter }: Phase) =>
    chapter === null
      ? html`<strong>${title}</strong>`
      : html`<a href="${pageLink(language, chapterHash(chapter))}"><strong>${title}</strong></a
          ><br /><span class="soft">${story.chapter(chapter, 8)}</span>`;
  return table(
    kit.plan.columns,
    phases.map((phase) => [phase.minutes, part(phase), phase.pupils, phase.you]),
  );
}

export function plan(ground: Ground): Markup {
  const { kit, language, numbers } = ground;
  const text = kit.plan;
  return html`<h1>${text.question}</h1>
    <p class="lead">${text.forWhom}</p>
    <h2>${text.aims}</h2>
    ${list(text.aimList)}
    <h2>${text.needs}</h2>
    ${list(text.needList)}
    <h2>${text.evening}</h2>
    ${list(text.eveningList, true)}
    <div class="keep">
      <h3>${text.forPupils}</h3>
      <p><a href="${pageLink(language, storyHash)}">${kit.page}</a>. ${text.forPupilsHelp}</p>
      ${code(pageLink(language, storyHash), kit.slides.scan)}
      <p class="soft screen no-code">${kit.noAddress}</p>
    </div>
    <h2 class="next">${text.timetable}</h2>
    ${timetable(ground, text.phases)}
    <p>${text.spare}</p>
    <h2>${text.short}</h2>
    ${timetable(ground, text.shortPhases)}
    <h2 class="next">${text.said}</h2>
    ${table(text.saidColumns, text.saidRows(numbers))}
    <h2>${text.trouble}</h2>
    <dl>
      ${text.troubleRows.map(
        ([what, help]) =>
          html`<dt><strong>${what}</strong></dt>
            <dd>${help}</dd> `,
      )}
    </dl>
    <h2>${text.measure}</h2>
    ${list(text.measureList)}
    <p class="soft">${kit.made}</p>`;
}

export function glossaryPage({ kit, glossary }: Ground): Markup {
  const rows = Object.values(glossary).map(({ word, term, means }) => [html`<strong>${word}</strong>`, term, means]);
  return html`<h1>${kit.names.glossary}</h1>
    <p class="lead">${kit.glossary.lead}</p>
    ${table(kit.glossary.columns, rows)}`;
}
