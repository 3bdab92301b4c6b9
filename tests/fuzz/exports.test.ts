/**
 * Files that somebody drops to be checked, changed at random: every reader of labels ends soon in an answer, every reader of
 * pixels in pictures or in its own error, and none makes room that the bytes do not pay for.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { UnreadableError } from '../../src/export/bytes';
import { readGif } from '../../src/export/gif';
import { formatOf, labelOf } from '../../src/export/labels';
import { readPng } from '../../src/export/png';
import { formats, type Format } from '../../src/export/recipe';
import { Work } from '../../src/export/work';
import { packetOf, readPacket } from '../../src/export/xmp';
import { painted, recipe, worldFilm } from '../export/made';
import { muxed } from '../export/muxed';
import { byteChanges, textChanges } from './changes';

/** Of each kind; `FUZZ=100000 npx vitest run --project node tests/fuzz/exports.test.ts` tries more. */
const cases = Number(process.env.FUZZ ?? 1000);
const patience = 60_000 + 40 * cases;
/** Milliseconds for one file, on a machine that has other things to do as well. */
const longest = 10_000;
const good = {} as Record<Format, Uint8Array<ArrayBuffer>>;
const packet = packetOf({ prompt: 'a ball', model: 'mini' }, recipe);

async function made(format: 'gif' | 'png'): Promise<Uint8Array<ArrayBuffer>> {
  const pictures = painted(worldFilm(1).slice(0, 3), 1, 5);
  const own = { ...recipe, shows: { ...recipe.shows, what: format === 'png' ? 'frame' : 'film', size: 64 } } as const;
  const answer = await new Work().answer({ type: 'make', job: { recipe: own, format, source: { pictures }, prompt: 'a ball' } }); // prettier-ignore
  if (answer.type !== 'made') throw new Error(answer.type);
  return answer.bytes;
}

beforeAll(async () => {
  Object.assign(good, { png: await made('png'), gif: await made('gif'), mp4: await muxed('mp4', packet), webm: await muxed('webm', packet) }); // prettier-ignore
});

async function soon<T>(work: () => T | Promise<T>): Promise<T> {
  const begun = performance.now();
  try {
    return await work();
  } finally {
    expect(performance.now() - begun).toBeLessThan(longest);
  }
}

describe.each(formats)('a %s that was changed', (format) => {
  it('says what it says of itself, or nothing', { timeout: patience }, async () => {
    const said = { recipe: 0, nothing: 0 };
    await fc.assert(
      fc.asyncProperty(byteChanges, async (change) => {
        const bytes = change(good[format]);
        const kind = formatOf(bytes);
        const label = await soon(() => (kind ? labelOf(bytes, kind) : { label: false }));
        said['recipe' in label ? 'recipe' : 'nothing']++;
      }),
      { numRuns: cases },
    );
    expect(Math.min(said.recipe, said.nothing)).toBeGreaterThan(cases / 100); // both happen: the changes reach it
  });
});

it('pixels of a PNG that was changed come, or an error of our own', { timeout: patience }, async () => {
  const ended = { pictures: 0, errors: 0 };
  await fc.assert(
    fc.asyncProperty(byteChanges, async (change) => {
      try {
        const { width, height, rgba } = await soon(() => readPng(change(good.png)));
        expect(rgba.length).toBe(4 * width * height);
        ended.pictures++;
      } catch (thrown) {
        if (!(thrown instanceof UnreadableError)) throw thrown;
        ended.errors++;
      }
    }),
    { numRuns: cases },
  );
  expect(Math.min(ended.pictures, ended.errors)).toBeGreaterThan(cases / 100);
});

it('pixels of a GIF that was changed come, or an error of our own', { timeout: patience }, async () => {
  const ended = { films: 0, errors: 0 };
  await fc.assert(
    fc.asyncProperty(byteChanges, async (change) => {
      try {
        await soon(async () => {
          for await (const { width, height, rgba } of readGif(change(good.gif)).pictures())
            expect(rgba.length).toBe(4 * width * height);
        });
        ended.films++;
      } catch (thrown) {
        if (!(thrown instanceof UnreadableError)) throw thrown;
        ended.errors++;
      }
    }),
    { numRuns: cases },
  );
  expect(Math.min(ended.films, ended.errors)).toBeGreaterThan(cases / 100);
});

it('a packet that was changed is a recipe, or none', { timeout: patience }, () => {
  fc.assert(
    fc.property(textChanges, (change) => {
      const said = readPacket(change(packet));
      expect(said.recipe?.link.length ?? 1).toBeGreaterThan(0);
    }),
    { numRuns: cases },
  );
});
