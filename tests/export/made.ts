/** Films of the world as the renderer draws them, and recipes for tests. */
import { frameOf, type Picture } from '../../src/export/picture';
import type { Recipe, Shows } from '../../src/export/recipe';
import { draws, render, sampleScene } from '../../src/world';

export const shape = { frames: 16, height: 32, width: 32 };

export const shows: Shows = { what: 'film', size: 128, smooth: false, label: false, show: 'guess', row: 0, frame: 0 };

export const recipe: Recipe = {
  link: 'prompt=a+small+red+ball+bouncing+at+night&seed=7&steps=24&sampler=multistep&guidance=3&from=0.05',
  model: { name: 'mini', sha256: 'a'.repeat(64) },
  decoder: { name: 'decoder', sha256: '0123456789abcdef'.repeat(4) },
  shape,
  shows,
  whole: true,
};

/** The frames of a film that the world's own renderer drew, `side` pixels square: 128 is what a decoder would draw at best. */
export function worldFilm(seed: number, side = 32): Picture[] {
  const size = { ...shape, height: side, width: side };
  const clip = render(sampleScene(draws(seed)), size).map((value) => 2 * value - 1);
  return Array.from({ length: shape.frames }, (_, frame) => frameOf(clip, size, frame));
}

/** The same film with a change in one frame: a square of `side` pixels painted over, or whatever else `change` does. */
export function painted(film: readonly Picture[], frame: number, side: number): Picture[] {
  return film.map((picture, i) => {
    if (i !== frame) return picture;
    const rgba = picture.rgba.slice();
    const from = Math.floor(picture.width / 3);
    for (let y = from; y < from + side; y++)
      for (let x = from; x < from + side; x++)
        for (let channel = 0; channel < 3; channel++) {
          const at = 4 * (y * picture.width + x) + channel;
          rgba[at] = rgba[at] > 127 ? rgba[at] - 120 : rgba[at] + 120;
        }
    return { ...picture, rgba };
  });
}
