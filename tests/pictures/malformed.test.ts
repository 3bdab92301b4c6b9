/**
 * Two hundred files and more that were picture files once: each ends in a picture or in one sentence, soon. What browsers
 * unpack themselves is tried in tests/ui/own-picture.browser.test.ts.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pictures as de } from '../../src/i18n/de/pictures';
import { pictures as en } from '../../src/i18n/en/pictures';
import { claimOf } from '../../src/pictures/claim';
import { openFilm, type How } from '../../src/pictures/open';
import { limits, PictureError } from '../../src/pictures/types';
import { byteChanges } from '../fuzz/changes';
import { bmp, gif, gifOfCodes, iso, jpegSkeleton, webp } from './made';
import { png } from './made-png';

/** Cases of each file: 9 x 40 by default. `FUZZ=2000 npx vitest run --project node tests/pictures/malformed.test.ts` tries more. */
const cases = Number(process.env.FUZZ ?? 40);
const how: How = { shape: { frames: 16, height: 32, width: 32 }, rate: 8, fit: 'fill', pace: 'whole' };
const frames = Array.from({ length: 6 }, (_, n) => ({
  pixels: Array.from({ length: 144 }, (_, i) => (i * i + n) % 4),
  delay: 20,
  disposal: n % 4,
  transparent: n % 2 ? 0 : undefined,
}));

const files: Readonly<Record<string, Uint8Array>> = {
  'an animated GIF': gif(12, 12, frames),
  'a GIF of a few codes': gifOfCodes(3, 3, [[4, 3], [1, 3], [6, 3], [7, 3], [2, 4], [1, 4], [1, 4], [5, 4]]), // prettier-ignore
  'a PNG': png(9, 9, (x, y) => [20 * x, 20 * y, 99, 255]),
  'a JPEG': jpegSkeleton(60, 40),
  'a WebP': webp.lossy(60, 40),
  'a lossless WebP': webp.lossless(60, 40),
  'an extended WebP': webp.extended(60, 40, 2),
  'a BMP': bmp(9, 5),
  'an AVIF': iso(['avif', 'mif1', 'miaf'], 60, 40),
};

/** What a case costs, whoever else uses the machine. */
const processorTime = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const sentence = /^\p{Lu}.*[.]$/su;

it.each(Object.entries(files))('%s, changed anywhere', (_, good) => {
  fc.assert(
    fc.property(byteChanges, (change) => {
      const data = change(good);
      const begun = processorTime();
      try {
        const claim = claimOf(data);
        expect(claim.width * claim.height).toBeLessThanOrEqual(limits.pixels);
        if (claim.kind === 'gif') {
          const { pictures } = openFilm(data, claim, how);
          for (const { data: values } of pictures) expect(values.every((value) => value >= 0 && value <= 1.001)).toBe(true); // prettier-ignore
        }
      } catch (error) {
        if (!(error instanceof PictureError)) throw error;
        const { reason, details } = error;
        for (const words of [en, de]) {
          const said = words.refused({ reason, ...details, ...details.size });
          expect(said).toMatch(sentence);
          expect(said).not.toMatch(/undefined|NaN/);
        }
      }
      expect(processorTime() - begun).toBeLessThan(2000); // milliseconds
    }),
    { numRuns: cases },
  );
});
