/** What only a browser can do: video, packed and unpacked by its own encoder, letters on a poster, and a worker for all of it. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { Exporter } from '../../src/export/client';
import { Comparison, limitOf, psnr, type Difference } from '../../src/export/compare';
import { labelOf } from '../../src/export/labels';
import { frameOf, type Picture } from '../../src/export/picture';
import { posterBox, type PosterWords } from '../../src/export/poster';
import { readPng } from '../../src/export/png';
import type { Recipe, Shows } from '../../src/export/recipe';
import { shown, type Source } from '../../src/export/render';
import { codecs, encodable, makeVideo, NoEncoderError, readVideo } from '../../src/export/video';
import { packetOf } from '../../src/export/xmp';
import { normals } from '../../src/sampling/noise';
import { painted, recipe, shape, shows, worldFilm } from './made';

const never = new AbortController().signal;
const words = { packet: packetOf({ prompt: 'a ball', model: 'mini' }, recipe), title: 'a ball' };
const recipeWith = (over: Partial<Shows>): Recipe => ({ ...recipe, shows: { ...shows, ...over } });

async function differenceOf(bytes: Uint8Array<ArrayBuffer>, own: Recipe, source: Source): Promise<Difference> {
  const [expected, comparison] = [shown(own, source), new Comparison()];
  let index = 0;
  for await (const picture of (await readVideo(bytes)).pictures()) {
    const picked = expected.at(index);
    for (const box of expected.boxes(picked)) comparison.add(index, picked, picture, box);
    index++;
  }
  expect(index).toBe(expected.count);
  return comparison.difference;
}

/** How long the browser's own player takes it to be. */
async function secondsOf(bytes: Uint8Array<ArrayBuffer>, format: string): Promise<number> {
  const player = document.createElement('video');
  player.src = URL.createObjectURL(new Blob([bytes], { type: `video/${format}` }));
  await new Promise((resolve, reject) => Object.assign(player, { onloadedmetadata: resolve, onerror: reject }));
  return player.duration;
}

/** What this browser packs, whatever it is; H.264 is not in every Chromium. */
const able = await Promise.all((['mp4', 'webm'] as const).map(async (format) => [format, await encodable(format)] as const)); // prettier-ignore

it('the browser of the tests packs WebM, or else nothing below is tried', () => {
  expect(able.find(([format]) => format === 'webm')![1]).not.toBeNull();
});

describe.each(able.filter(([, codec]) => codec !== null))('%s, by %s', (format) => {
  const films = [1, 2, 3].map((seed) => worldFilm(seed, 128));

  it.each([
    [256, 3],
    [512, 1],
  ])('the frames of a film of %i pixels come back at 35 dB or more, and its length', async (size, many) => {
    for (const pictures of films.slice(0, many)) {
      const own = recipeWith({ size, smooth: true, label: true });
      const bytes = await makeVideo(shown(own, { pictures }), format, words);
      const { width, height, count, last } = await readVideo(bytes);
      expect([width, height, count]).toEqual([size, size, 16]);
      expect(last).toBeCloseTo(15 / 8, 2);
      expect(Math.abs((await secondsOf(bytes, format)) - 2)).toBeLessThan(0.02);
      const difference = await differenceOf(bytes, own, { pictures });
      console.info(format, size, bytes.length, 'bytes', psnr(difference).toFixed(1), 'dB, worst tile', difference.worst.toFixed(1)); // prettier-ignore
      expect(psnr(difference)).toBeGreaterThan(35);
      expect(difference.worst).toBeLessThan(limitOf(format, own.shows));
    }
  });

  it('noise and squares stay within the limit of a check, too', async () => {
    const noise = normals(5, 0, 3 * 16 * 32 * 32);
    const clearing = Array.from({ length: 6 }, (_, frame) => frameOf(noise.map((v) => v * (1 - frame / 6)), shape, frame)); // prettier-ignore
    const source = { pictures: worldFilm(4), clearing, clearingRate: 3 };
    const own = recipeWith({ what: 'clearing', size: 256 });
    const difference = await differenceOf(await makeVideo(shown(own, source), format, words), own, source);
    console.info(format, 'noise', psnr(difference).toFixed(1), 'dB, worst tile', difference.worst.toFixed(1));
    expect(difference.worst).toBeLessThan(limitOf(format, own.shows));
  });

  it('something painted over is found, and in which picture', async () => {
    const [pictures] = films;
    const own = recipeWith({ size: 256, smooth: true });
    const bytes = await makeVideo(shown(own, { pictures: painted(pictures, 9, 8) }), format, words);
    const difference = await differenceOf(bytes, own, { pictures });
    expect(difference.worst).toBeGreaterThan(limitOf(format, own.shows));
    expect(difference.at.picture).toBe(9);
  });

  it('it carries its recipe', async () => {
    const bytes = await makeVideo(shown(recipeWith({}), { pictures: films[0] }), format, words);
    expect(labelOf(bytes, format)).toEqual({ label: true, recipe });
  });
});

it('where no encoder does it, it says so and names another way', async () => {
  const film = shown(recipeWith({}), { pictures: worldFilm(1) });
  const made = makeVideo(
    { ...film, at: () => ({ width: 3, height: 3, rgba: new Uint8ClampedArray(36) }) },
    'webm',
    words,
  );
  await expect(made).rejects.toThrow(NoEncoderError);
  await expect(makeVideo(film, 'webm', words, () => {}, [])).rejects.toMatchObject({ next: expect.stringContaining('GIF') }); // prettier-ignore
  expect(codecs.mp4).toEqual(['avc']); // an MP4 of anything else would not play where MP4s are wanted
});

describe('the worker', () => {
  function exporter(): Exporter {
    const one = new Exporter();
    onTestFinished(() => one.dispose());
    return one;
  }

  it.each(['gif', 'webm'] as const)('makes a %s, opens it, and finds it to be what it says', async (format) => {
    const source = { pictures: worldFilm(1) };
    const heard: number[] = [];
    const one = exporter();
    const bytes = await one.make({ recipe, format, source, prompt: 'a ball' }, (done) => heard.push(done), never);
    expect(heard).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
    expect(await one.open(bytes)).toEqual({ format, label: true, recipe });
    expect(await one.compare(recipe, source, () => {}, never)).toMatchObject({ like: true });
  });

  it('knows what this browser packs', async () => {
    expect(await exporter().probe()).toEqual(Object.fromEntries(able));
  });
});

describe('a poster', () => {
  const cells: Picture[] = [...worldFilm(1), ...worldFilm(2)];
  const poster: PosterWords = {
    title: 'a small red ball bouncing at night',
    lines: ['one', 'two'],
    across: 'across',
    down: 'down',
    label: 'AI-generated',
    frames: Array.from({ length: 16 }, (_, i) => String(i + 1)),
    rows: ['step 0', 'step 1'],
  };
  const own = recipeWith({ what: 'sheet', size: 64 });

  it('holds every cell as it is, with letters around, and is checked by its cells alone', async () => {
    const one = new Exporter();
    onTestFinished(() => one.dispose());
    const bytes = await one.make({ recipe: own, format: 'png', source: { pictures: cells, words: poster }, prompt: 'a ball' }, () => {}, never); // prettier-ignore
    const { width, rgba } = await readPng(bytes);
    const cell = { width: 64, height: 64 };
    const box = posterBox(cell, 16, 17);
    const at = 4 * ((box.y + 7) * width + box.x + 9);
    expect([...rgba.subarray(at, at + 3)]).toEqual([
      ...cells[17].rgba.subarray(4 * (3 * 32 + 4), 4 * (3 * 32 + 4) + 3),
    ]);
    const margin = rgba.subarray(0, 4 * width * posterBox(cell, 16, 0).y);
    expect(margin.some((value, i) => i % 4 < 3 && value < 128)).toBe(true); // letters
    await one.open(bytes);
    expect(await one.compare(own, { pictures: cells }, () => {}, never)).toMatchObject({ like: true, difference: { worst: 0 } }); // prettier-ignore
  });
});
