/** What twelve films have in common: counted, not guessed. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { common, type Look } from '../../src/lab/wall';
import { lab as de } from '../../src/i18n/de/lab';
import { lab as en } from '../../src/i18n/en/lab';

const asked = [
  ['colour', 'red'],
  ['thing', 'ball'],
  ['motion', 'left'],
  ['setting', 'night'],
  ['count', '1'],
] as const;

/** A film in which these of the words are right, with its thing in this column. */
const film = (right: readonly boolean[], column: 'left' | 'middle' | 'right' | null = 'left'): Look => ({
  words: asked.map(([attribute, word], i) => ({
    attribute,
    asked: word,
    seen: word,
    verdict: right[i] ? 'right' : 'wrong',
  })),
  place: column && { line: 'upper', column },
});
const all = asked.map(() => true);

describe('twelve films', () => {
  it('decided is what is right in at least eleven of them; how many there are is no word', () => {
    const looks = Array.from({ length: 12 }, (_, i) => film([i > 0, true, i > 2, true, i > 5]));
    expect(common(looks)).toMatchObject({
      films: 12,
      decided: [
        { phrase: 'red', right: 11 },
        { phrase: 'ball', right: 12 },
        { phrase: 'at night', right: 12 },
      ],
      open: [{ phrase: 'moving left', right: 9 }],
    });
  });

  it('counts the different places, and leaves out films in which nothing is seen', () => {
    const looks = [film(all, 'left'), film(all, 'left'), film(all, 'right'), film(all, null)];
    expect(common(looks).places).toBe(2);
    expect(common([film(all, null)]).places).toBe(0);
    expect(common([])).toEqual({ films: 0, decided: [], open: [], places: 0 });
  });

  it('every share is what one counts by hand, for any films', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), { minLength: 1, maxLength: 12 }),
        (rows) => {
          const { decided, open } = common(rows.map((row) => film(row)));
          const counted = [...decided, ...open].map(({ phrase, right }) => [phrase, right]).sort();
          const byHand = ['red', 'ball', 'moving left', 'at night'].map((phrase, i) => [
            phrase,
            rows.filter((row) => row[i]).length,
          ]);
          expect(counted).toEqual(byHand.sort());
          for (const { right } of decided) expect(right).toBeGreaterThanOrEqual((11 / 12) * rows.length - 1e-9);
        },
      ),
    );
  });

  it('is said in one sentence or two, in either language', () => {
    const found = common(
      Array.from({ length: 12 }, (_, i) => film([true, true, i > 2, true, true], i % 2 ? 'left' : 'right')),
    );
    expect(en.wallSays(found)).toBe(
      'Of 12 films: your words decided “red”, “ball” and “at night”. “moving left” came out right in 9. The thing stands in 2 different parts of the picture: that, the noise decided.',
    );
    expect(de.wallSays(found)).toContain('Von 12 Filmen: Deine Wörter entschieden „rot“, „Ball“ und „bei Nacht“.');
  });
});
