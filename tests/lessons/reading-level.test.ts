/** The story is for somebody who is 14: at most school year 8 in either language, each chapter by itself. */
import { describe, expect, it } from 'vitest';
import { story as de } from '../../src/i18n/de/story';
import { story as en } from '../../src/i18n/en/story';
import { chapterIds } from '../../src/lessons/chapter';
import { fleschKincaidGrade, germanSyllables, wienerSachtext } from './reading-level';
import { textsOf } from './told';

const hardest = 8;

describe('the measures', () => {
  it('tell easy from hard English', () => {
    expect(fleschKincaidGrade('The cat sat on the mat. It was a big cat.')).toBeLessThan(2);
    const hard = 'Notwithstanding considerable methodological heterogeneity, investigators universally acknowledge it.';
    expect(fleschKincaidGrade(hard)).toBeGreaterThan(hardest + 4);
  });

  it.each([
    ['Haus', 1],
    ['Rauschen', 2],
    ['Vermutung', 3],
    ['Aufmerksamkeit', 4],
    ['See', 1],
    ['Film', 1],
  ])('%s has %d syllables', (word, count) => expect(germanSyllables(word)).toBe(count));

  it('tell easy from hard German', () => {
    expect(wienerSachtext('Der Ball ist rot. Er fällt auf den Boden und springt hoch.')).toBeLessThan(4);
    const hard =
      'Ungeachtet beträchtlicher methodischer Uneinheitlichkeiten anerkennen Wissenschaftlerinnen diese Zusammenhänge.';
    expect(wienerSachtext(hard)).toBeGreaterThan(hardest + 4);
  });
});

describe.each(chapterIds)('chapter %s', (id) => {
  it('is read with ease in English', () => {
    expect(fleschKincaidGrade(textsOf(en, id).join(' '))).toBeLessThanOrEqual(hardest);
  });

  it('is read with ease in German', () => {
    expect(wienerSachtext(textsOf(de, id).join(' '))).toBeLessThanOrEqual(hardest);
  });
});
