/** Every reader of foreign pictures and films, as a kind for the fuzzer: one's own pictures, exported files, and a PNG in the terminal. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPicture } from '../../cli/picture';
import { UsageError } from '../../cli/usage';
import { UnreadableError } from '../../src/export/bytes';
import { readGif } from '../../src/export/gif';
import { formatOf, labelOf } from '../../src/export/labels';
import { readPng } from '../../src/export/png';
import type { Format } from '../../src/export/recipe';
import { Work } from '../../src/export/work';
import { packetOf, type Said } from '../../src/export/xmp';
import { pictures as de } from '../../src/i18n/de/pictures';
import { pictures as en } from '../../src/i18n/en/pictures';
import { claimOf } from '../../src/pictures/claim';
import { openFilm, type How } from '../../src/pictures/open';
import { limits, PictureError } from '../../src/pictures/types';
import { painted, recipe, worldFilm } from '../export/made';
import { muxed } from '../export/muxed';
import { bmp, gif, gifOfCodes, iso, jpegSkeleton, webp } from '../pictures/made';
import { png } from '../pictures/made-png';
import { byteChanges } from './changes';
import { ownWords, type Kind } from './engine';

const how: How = { shape: { frames: 16, height: 32, width: 32 }, rate: 8, fit: 'fill', pace: 'whole' };
const frames = Array.from({ length: 6 }, (_, n) => ({
  pixels: Array.from({ length: 144 }, (_, i) => (i * i + n) % 4),
  delay: 20,
  disposal: n % 4,
  transparent: n % 2 ? 0 : undefined,
}));

const sentence = /^\p{Lu}.*[.]$/su;

/** What browsers unpack themselves is tried in tests/views/own-picture.browser.test.ts. */
const pictures: Kind<Uint8Array> = {
  name: 'pictures',
  good: () => [
    gif(12, 12, frames),
    gifOfCodes(3, 3, [[4, 3], [1, 3], [6, 3], [7, 3], [2, 4], [1, 4], [1, 4], [5, 4]]),
    png(9, 9, (x, y) => [20 * x, 20 * y, 99, 255]),
    jpegSkeleton(60, 40),
    webp.lossy(60, 40),
    webp.lossless(60, 40),
    webp.extended(60, 40, 2),
    bmp(9, 5),
    iso(['avif', 'mif1', 'miaf'], 60, 40),
  ], // prettier-ignore
  changes: byteChanges,
  read(data) {
    try {
      const claim = claimOf(data);
      assert(claim.width * claim.height <= limits.pixels);
      if (claim.kind !== 'gif') return claim.kind;
      const { pictures } = openFilm(data, claim, how);
      for (const { data: values } of pictures) assert(values.every((value) => value >= 0 && value <= 1.001));
      return `a film of ${pictures.length}`;
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      const { reason, details } = error;
      for (const words of [en, de]) {
        const said = words.refused({ reason, ...details, ...details.size });
        assert.match(said, sentence);
        assert.doesNotMatch(said, /undefined|NaN/);
      }
      return `${details.kind} ${details.what} ${reason}`;
    }
  },
  room: ({ length }) => 8 * limits.pixels + 20 * length + 3e6, // the screen of a GIF, and the one before it
};

const packet = packetOf({ prompt: 'a ball', model: 'mini' }, recipe);

async function made(format: 'gif' | 'png'): Promise<Uint8Array> {
  const pictures = painted(worldFilm(1).slice(0, 3), 1, 5);
  const own = { ...recipe, shows: { ...recipe.shows, what: format === 'png' ? 'frame' : 'film', size: 64 } } as const;
  const answer = await new Work().answer({ type: 'make', job: { recipe: own, format, source: { pictures }, prompt: 'a ball' } }); // prettier-ignore
  if (answer.type !== 'made') throw new Error(answer.type);
  return answer.bytes;
}

const saidOf = ({ label, recipe }: Said): string => `${label ? 'a label' : 'no label'}, ${recipe ? 'a recipe' : 'none'}`; // prettier-ignore

/** A file that somebody drops to be checked: what it says of itself, and its pixels where they are not the browser's affair. */
const exported: Kind<Uint8Array> = {
  name: 'exported files',
  async good() {
    const videos = (['mp4', 'webm'] as const).map((format) => muxed(format, packet));
    return Promise.all([made('png'), made('gif'), ...videos]);
  },
  changes: byteChanges,
  async read(file) {
    const format = formatOf(file);
    if (!format) return 'no file of ours';
    const said = `${format}, ${saidOf(labelOf(file, format))}`;
    try {
      return `${said}, ${await pixelsOf(file, format)}`;
    } catch (thrown) {
      return `${said}, ${ownWords(thrown, UnreadableError)}`;
    }
  },
  room: ({ length }) => 2e7 + 7000 * length, // a byte of a zlib stream stands for 1032 values at most
};

async function pixelsOf(file: Uint8Array, format: Format): Promise<string> {
  if (format === 'png') {
    const { width, height, rgba } = await readPng(file);
    assert.equal(rgba.length, 4 * width * height);
    return 'a picture';
  }
  if (format !== 'gif') return 'a video';
  let count = 0;
  for await (const { width, height, rgba } of readGif(file).pictures()) {
    assert.equal(rgba.length, 4 * width * height);
    count++;
  }
  return `${count} pictures`;
}

const size = { height: 32, width: 32 };
const place = join(tmpdir(), `snowglobe-fuzz-${process.pid}.png`);
process.once('exit', () => rmSync(place, { force: true }));

const inTerminal: Kind<Uint8Array> = {
  name: 'pictures in the terminal',
  good: () => [png(9, 9, (x, y) => [20 * x, 20 * y, 99, 255]), png(70, 40, (x, y) => [x, y, x, 3 * y])],
  changes: byteChanges,
  read(file) {
    try {
      writeFileSync(place, file);
      const picture = readPicture(place, size);
      assert.equal(picture.length, 3 * size.height * size.width);
      assert(picture.every((value) => value >= -1.001 && value <= 1.001));
      return 'a picture';
    } catch (thrown) {
      return ownWords(thrown, UsageError);
    }
  },
  room: ({ length }) => 5000 * length + 100_000,
};

export const pictureKinds: readonly Kind<Uint8Array>[] = [pictures, exported, inTerminal];
