/** What the view Make says, in both languages. */
import { describe, expect, it } from 'vitest';
import { languages } from '../../src/i18n/all';
import { makeStrings } from '../../src/i18n/make';
import { starts } from '../../src/making/plan';

const [en, de] = [makeStrings(languages.en), makeStrings(languages.de)];
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

it('comes in the language of the page, with a name and a sentence for every start', () => {
  expect([en.title, de.title]).toEqual(['Make', 'Machen']);
  for (const words of [en, de])
    for (const names of [words.starts, words.about]) expect(Object.keys(names)).toEqual([...starts]);
});

describe('what was given', () => {
  it('came through, was known, or was missed', () => {
    expect(en.kept(0)).toContain('came through as it is');
    expect(plain(en.kept(0.012))).toContain('right to within 1.2 %');
    expect(plain(de.kept(0.012))).toContain('bis auf 1,2 %');
    expect(plain(en.kept(0.2))).toContain('missed what was given by 20 %');
    expect(plain(de.kept(0.2))).toContain('verfehlte das Vorgegebene um 20 %');
  });
});

describe('the drift of a long film', () => {
  const kept = { seconds: 12, thing: null, law: null, colour: 0.034 };

  it('is one sentence, of what is still so and of what is not', () => {
    expect(plain(en.driftSaid(kept))).toBe(
      'After 12.0 s it is still the same thing; its colour is 3.4 % of black to white from where it began; it moves as its law says in every clip.',
    );
    expect(plain(de.driftSaid({ ...kept, thing: 6.5, law: 3.5, colour: null }))).toBe(
      'Ab 6,5 s ist das Ding nicht mehr das, das es war; im Abschnitt bis 3,5 s bricht es zum ersten Mal sein Gesetz.',
    );
  });
});
