/** Ten questions of a newcomer, ten places: each is walked by link to the paragraph that answers it, in every language. */
import { expect, it } from 'vitest';
import { chapterCount, decodeLink } from '../../src/settings/link';
import { story as de } from '../../src/i18n/de/story';
import { story as en } from '../../src/i18n/en/story';
import { chapterIds } from '../../src/lessons/chapter';
import { chapters } from '../../src/lessons/chapters';
import { newcomersQuestions, places, type NewcomersQuestion } from '../../src/lessons/questions';
import { openQuestions, statements } from '../../src/lessons/quiz';
import { fleschKincaidGrade, wienerSachtext } from './reading-level';
import { told } from './told';

/** Words without which the paragraph would not answer its question. */
const needed: Readonly<Record<NewcomersQuestion, Readonly<Record<'en' | 'de', readonly string[]>>>> = {
  store: { en: ['store of clips? No', 'numbers'], de: ['Vorrat an Filmen? Nein', 'Zahlen'] },
  under: { en: ['under the noise', 'No.', 'same noise'], de: ['unter dem Rauschen', 'Nein.', 'demselben Rauschen'] },
  frames: { en: ['does not draw frame by frame', 'at the same time'], de: ['nicht Bild für Bild', 'zugleich'] },
  words: { en: ['what do the words do, and when', 'first', 'late'], de: ['Was also tun die Wörter, und wann', 'zuerst', 'spät'] },
  seeds: { en: ['two seeds', 'leave open, the noise decides'], de: ['zwei Startzahlen', 'offen lassen, macht das Rauschen aus'] },
  physics: { en: ['know physics? Not as a law'], de: ['Kennt es also die Physik? Als Gesetz nicht'] },
  more: { en: ['more always better? No', 'costs time and power'], de: ['mehr also immer besser? Nein', 'kostet Zeit und Strom'] },
  patch: { en: ['8 by 8 pixels', '2 frames', 'spacetime patch'], de: ['8 mal 8 Pixel', '2 Bilder', 'Raumzeit-Patch'] },
  attention: { en: ['called attention', 'look at each other', 'takes over'], de: ['Attention', 'sehen die Patches einander an', 'übernimmt'] },
  sora: { en: ['What does Sora do that this does not', 'a minute'], de: ['Was kann Sora', 'einer Minute'] },
}; // prettier-ignore

it('a link can open every chapter, and no other', () => {
  expect(chapters.map(({ id }) => id)).toEqual([...chapterIds]);
  expect(chapters).toHaveLength(chapterCount);
});

it('there are ten', () => expect(newcomersQuestions).toHaveLength(10));

it.each(newcomersQuestions)('%s', (question) => {
  const { chapter, part, paragraph } = places[question];
  const link = decodeLink(`#view=story&chapter=${chapterIds.indexOf(chapter) + 1}`);
  expect(link.notices).toEqual([]);
  expect(chapters[link.state.chapter! - 1].id).toBe(chapter);
  for (const [language, strings] of Object.entries({ en, de }) as ['en' | 'de', typeof en][]) {
    const text = strings.chapters[chapter][part](told)[paragraph];
    for (const words of needed[question][language]) expect(text).toContain(words);
    const { ask, answer } = strings.ten.questions[question];
    expect(ask).toMatch(/\?$/);
    const hard = language === 'en' ? fleschKincaidGrade(answer) : wienerSachtext(answer);
    expect(hard, answer).toBeLessThanOrEqual(8);
  }
});

it('the quiz has two open questions and seven statements, true and false, with their why in every language', () => {
  expect([openQuestions.length, statements.length]).toEqual([2, 7]);
  for (const { quiz } of [en, de]) {
    for (const statement of statements) expect(quiz.said[statement].why.length).toBeGreaterThan(20);
    expect(Object.keys(quiz.open)).toEqual([...openQuestions]);
  }
});
