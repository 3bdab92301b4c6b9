/** A file is made, opened and compared: untouched it is the same, and whoever changes pixels, times or the recipe is found out. */
import { describe, expect, it } from 'vitest';
import { limitOf } from '../../src/export/compare';
import { frameOf, type Picture } from '../../src/export/picture';
import { posterRows } from '../../src/export/poster';
import type { Compared, Job } from '../../src/export/protocol';
import type { Format, Recipe, Shows } from '../../src/export/recipe';
import { shown, type Source } from '../../src/export/render';
import { Work } from '../../src/export/work';
import { painted, recipe, shape, shows, worldFilm } from './made';

const film = worldFilm(2, 128);
const recipeWith = (over: Partial<Shows>): Recipe => ({ ...recipe, shows: { ...shows, ...over } });

async function fileOf(own: Recipe, format: Format, source: Source): Promise<Uint8Array<ArrayBuffer>> {
  const job: Job = { recipe: own, format, source, prompt: 'a ball' };
  const answer = await new Work().answer({ type: 'make', job });
  if (answer.type !== 'made') throw new Error(JSON.stringify(answer));
  return answer.bytes;
}

async function compared(bytes: Uint8Array<ArrayBuffer>, own: Recipe, source: Source): Promise<Compared> {
  const work = new Work();
  await work.answer({ type: 'open', bytes });
  const answer = await work.answer({ type: 'compare', recipe: own, source });
  if (answer.type !== 'compared') throw new Error(JSON.stringify(answer));
  return answer.compared;
}

const cases: [name: string, Format, Recipe, Source][] = [
  ['a film', 'gif', recipeWith({ label: true }), { pictures: film }],
  ['a film of squares', 'gif', recipeWith({ size: 256 }), { pictures: worldFilm(2) }],
  ['a film that clears', 'gif', recipeWith({ what: 'clearing' }), { pictures: film, clearing: worldFilm(9).slice(0, 5), clearingRate: 3 }], // prettier-ignore
  ['a frame', 'png', recipeWith({ what: 'frame', label: true }), { pictures: [film[3]] }],
  ['a strip', 'png', recipeWith({ what: 'strip', size: 64, label: true }), { pictures: film }],
  ['a sheet', 'png', recipeWith({ what: 'sheet', size: 64 }), { pictures: [...film, ...worldFilm(3, 128)] }],
];

describe.each(cases)('%s', (_, format, own, source) => {
  const made = fileOf(own, format, source);

  it('is what it says, and carries its recipe', async () => {
    expect(await new Work().answer({ type: 'open', bytes: await made })).toEqual({
      type: 'opened',
      opened: { format, label: true, recipe: own },
    });
    expect(await compared(await made, own, source)).toMatchObject({ like: true, limit: limitOf(format, own.shows) });
    const { difference } = (await compared(await made, own, source)) as Compared & { like: true };
    expect(difference.worst).toBeLessThan(limitOf(format, own.shows));
    if (format === 'png') expect(difference.worst).toBe(0);
  });

  it('is another film by another recipe', async () => {
    const other = worldFilm(8, source.pictures[0].width);
    const pictures = source.pictures.map((_, i) => other[i % 16]);
    const answer = await compared(await made, own, { ...source, pictures });
    expect(answer.like && answer.difference.worst).toBeGreaterThan(limitOf(format, own.shows));
  });

  it('with something painted over is found out, and where', async () => {
    const last = source.pictures.length - 1;
    const side = Math.round(source.pictures[0].width / 16);
    const answer = await compared(await made, own, { ...source, pictures: painted(source.pictures, last, side) });
    expect(answer.like && answer.difference.worst).toBeGreaterThan(limitOf(format, own.shows));
    if (format === 'gif')
      expect(answer.like && answer.difference.at.picture).toBe(last + (source.clearing?.length ?? 0));
  });
});

describe('a file of another shape', () => {
  const gif = fileOf(recipeWith({}), 'gif', { pictures: film });

  it.each<[string, Recipe, Source, object]>([
    ['of another size', recipeWith({ size: 64 }), { pictures: film }, { like: false, why: 'size' }],
    ['with a frame more', recipeWith({}), { pictures: [...film, film[0]] }, { like: false, why: 'count' }],
    ['that is slower', recipeWith({ what: 'clearing' }), { pictures: film.slice(8), clearing: worldFilm(2).slice(0, 8), clearingRate: 3 }, { like: false, why: 'length' }],
  ])('%s is said to be that', async (_, own, source, answer) => {
    expect(await compared(await gif, own, source)).toEqual(answer);
  }); // prettier-ignore
});

describe('what a file shows', () => {
  const clip = new Float32Array(3 * 2 * 32 * 32);
  const pictures: Picture[] = [0, 1].map((frame) => frameOf(clip, { ...shape, frames: 2 }, frame));

  it('plays eight frames a second', () => {
    expect(shown(recipeWith({}), { pictures: film }).starts).toEqual(Array.from({ length: 17 }, (_, i) => i / 8));
  });

  it('clears slowly where it would flash, and stands a moment before it moves', () => {
    const { starts } = shown(recipeWith({ what: 'clearing' }), { pictures, clearing: pictures, clearingRate: 4 });
    expect(starts).toEqual([0, 0.25, 0.5, 1.125, 1.25]);
  });

  it('of a long run’s poster are 25 rows, the first and the last among them', () => {
    expect(posterRows(9)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    const rows = posterRows(101);
    expect([rows.length, rows[0], rows[24], new Set(rows).size]).toEqual([25, 0, 100, 25]);
  });
});

it('what goes wrong is a fault, in a sentence', async () => {
  const work = new Work();
  expect(await work.answer({ type: 'compare', recipe, source: { pictures: film } })).toMatchObject({ type: 'fault' });
  const bytes = (await fileOf(recipeWith({}), 'gif', { pictures: film })).slice(0, 900);
  expect(await work.answer({ type: 'open', bytes })).toEqual({
    type: 'opened',
    opened: { format: 'gif', label: false },
  });
  expect(await work.answer({ type: 'compare', recipe, source: { pictures: film } })).toEqual({
    type: 'fault',
    fault: { name: 'UnreadableError', cause: 'The film is damaged.', next: expect.stringMatching(/\.$/) },
  });
});
