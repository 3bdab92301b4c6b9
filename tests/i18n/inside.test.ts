/** What the view Inside says, in both languages. */
import { describe, expect, it } from 'vitest';
import { languages } from '../../src/i18n/all';
import { insideStrings, type InsideStrings } from '../../src/i18n/inside';

const [en, de] = [insideStrings(languages.en), insideStrings(languages.de)];
const place = { frames: [5, 6], row: 2, rows: 4, column: 3, columns: 4 } as const;
const gaze: Parameters<InsideStrings['gaze']>[0] = {
  frames: [5, 10],
  framesShare: 0.61,
  ownPlace: 0.23,
  ownPlaceEven: 0.049,
  words: 0.08,
  word: 'red',
  wordShare: 0.031,
};
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

it('comes in the language of the page', () => {
  expect([en.title, de.title]).toEqual(['Inside', 'Innen']);
});

describe('the sentence on where a patch looks', () => {
  it('names frames, its own place, words, and the word most read', () => {
    expect(plain(en.gaze(gaze))).toBe(
      'This patch looks mostly at frames 5 to 10: 61 %. Its own place in the picture gets 23 % (4.9 % if all places were alike); 8.0 % goes to words, most to “red” (3.1 %).',
    );
    expect(plain(de.gaze(gaze))).toBe(
      'Dieses Patch schaut vor allem auf Bild 5 bis 10: 61 %. Sein eigener Ort im Bild bekommt 23 % (4,9 %, wenn alle Orte gleich wären); 8,0 % gehen an Wörter, am meisten an „red“ (3,1 %).',
    );
  });

  it.each([
    ['all times are alike', { frames: null }, /at all times about alike\./, /zu allen Zeiten etwa gleich viel hin\./],
    ['two frames are meant', { frames: [5, 6] as const }, /at frames 5 and 6:/, /auf Bild 5 und 6:/],
    [
      'words get next to nothing',
      { words: 0.004 },
      /; hardly anything goes to words\.$/,
      /; fast nichts geht an Wörter\.$/,
    ],
    ['there is no word', { word: null }, /alike\)\.$/, /wären\)\.$/],
  ])('is another where %s', (_, change, english, german) => {
    expect(en.gaze({ ...gaze, ...change })).toMatch(english);
    expect(de.gaze({ ...gaze, ...change })).toMatch(german);
  });
});

it('a patch has its number and its place', () => {
  expect(en.patch(38, 128, place)).toBe('Patch 38 of 128: frames 5 and 6, row 2 of 4, column 3 of 4.');
  expect(de.patch(38, 128, place)).toBe('Patch 38 von 128: Bild 5 und 6, Zeile 2 von 4, Spalte 3 von 4.');
});

it('the sentence on the blocks says how far numbers run only where they run too far', () => {
  expect(en.depthSaid(6, -0.5, 1, 52.6)).toMatch(
    /likeness of −0\.50 to 1\.00 .+\. Before it the numbers run 53 times too far/,
  );
  expect(en.depthSaid(6, 0.5, 1, 1)).toMatch(/its negative\)\.$/);
  expect(de.depthSaid(6, -0.5, 1, 2.25)).toMatch(/−0,50 auf 1,00 .+ 2,3-mal zu weit/);
});
