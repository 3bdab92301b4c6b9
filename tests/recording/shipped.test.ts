/** The recordings that the page opens with. They come from `npm run record`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { storyFilms } from '../../src/lessons/films';
import { noiseShares, wreckFilm, wreckShape } from '../../src/lessons/wreck';
import { decode } from '../../src/recording/file';
import { replay } from '../../src/recording/recording';
import { tokenize } from '../../src/world/prompt';

const folder = join(import.meta.dirname, '../../public/recordings');
const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as { file: string; prompt: string }[];

describe('the recordings beside the page', () => {
  it('are those of the index, no more and no fewer, each with a look inside', () => {
    expect(index.length).toBeGreaterThan(0);
    const files = index.flatMap(({ file }) => [file, file.replace(/\.snow$/, '.look')]);
    expect(readdirSync(folder).sort()).toEqual([...files, 'index.json', 'story'].sort());
    const story = [...storyFilms, wreckFilm].map(({ file }) => file.replace('story/', ''));
    expect(readdirSync(join(folder, 'story')).sort()).toEqual(story.sort());
  });

  it.each(storyFilms)(
    'of the story, $file: the noise and the words that it says',
    async ({ file, like, further, ablation = [] }) => {
      const [own, other] = await Promise.all([file, like.file].map((name) => decode(readFileSync(join(folder, name)))));
      expect(own.settings).toEqual({
        ...other.settings,
        seed: other.settings.seed + further,
        ...(ablation.length > 0 && { ablation }),
      });
      expect(own.model).toBe(other.model);
    },
  );

  it('of the story, what the network made of a clip under noise: a guess for each share of noise', async () => {
    const { guesses, shape, model } = await decode(readFileSync(join(folder, wreckFilm.file)));
    expect([guesses.length, shape, model]).toEqual([noiseShares.length + 1, wreckShape, 'mini']);
  });

  it.each([...index, ...storyFilms])('$prompt ($file)', async ({ file, prompt, ...film }) => {
    const bytes = readFileSync(join(folder, file));
    expect(bytes.length).toBeLessThan(400_000);
    const recording = await decode(bytes);
    expect(recording.prompt).toBe(prompt);
    expect(recording.model).toBe('mini');
    expect(tokenize(prompt, 28).unknown).toEqual([]);
    let last: Float32Array | undefined;
    for await (const { guess } of replay(recording)) last = guess;
    const mean = last!.reduce((sum, value) => sum + value) / last!.length;
    const spread = Math.sqrt(last!.reduce((sum, value) => sum + (value - mean) ** 2, 0) / last!.length);
    expect(spread).toBeGreaterThan(0.05); // a picture, not one flat colour
    expect(Math.max(...last!.map(Math.abs))).toBeLessThan('ablation' in film ? 5 : 3); // and no explosion
  });
});
