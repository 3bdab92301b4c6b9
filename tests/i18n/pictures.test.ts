/** Whatever a picture of one's own can be or have has a name, in both languages. */
import { describe, expect, it } from 'vitest';
import { pictures as de } from '../../src/i18n/de/pictures';
import { pictures as en } from '../../src/i18n/en/pictures';
import { paints } from '../../src/pictures/drawing';
import { grounds } from '../../src/pictures/ground';
import { PictureError, type Details, type Reason } from '../../src/pictures/types';

describe.each([
  ['English', en],
  ['German', de],
])('in %s', (_, words) => {
  it('every paint and every ground has a name of its own', () => {
    for (const [names, wanted] of [
      [words.paints, paints.map(({ name }) => name)],
      [words.grounds, grounds],
    ] as const) {
      expect(Object.keys(names).sort()).toEqual([...wanted].sort());
      expect(new Set(Object.values(names)).size).toBe(wanted.length);
    }
  });

  it.each<[Reason, Details, RegExp]>([
    ['tooLarge', { bytes: 41_000_000 }, /41 MB/],
    ['tooManyPixels', { kind: 'png', size: { width: 10000, height: 10000 } }, /10[.,]000 × 10[.,]000/],
    ['cut', { kind: 'jpeg' }, /JPEG/],
    ['cannot', { kind: 'avif' }, /AVIF/],
    ['cannot', { kind: 'jpeg', print: true }, /CMYK/],
    ['notPicture', { what: 'archive' }, /ZIP/],
    ['notPicture', { what: 'svg' }, /SVG/],
  ])('a refusal says cause and next step: %s', (reason, details, says) => {
    const { cause, next, message } = new PictureError(reason, details);
    expect(message).toBe(`${cause}: ${next}`);
    const said = words.refused({ reason, ...details, ...details.size });
    expect(said).toMatch(says);
    expect(said.match(/[.:] /g)?.length).toBeGreaterThanOrEqual(1); // and what to do
  });
});
