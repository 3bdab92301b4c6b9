/** The figures of true films are what they are said to be. */
import { expect, it } from 'vitest';
import { stored } from '../../src/evaluation';
import { trueFilms } from '../../src/making/figures';
import { knownOf } from '../../src/making/given';
import { planOf, starts } from '../../src/making/plan';
import { isSmooth, seamsOf } from '../../src/making/seams';
import { draws, render, sampleScene } from '../../src/world';

const shape = { frames: 16, height: 32, width: 32 };

it('how often a true film has no larger jump where given and made up would meet', () => {
  const films = Array.from({ length: 128 }, (_, i) =>
    stored(render(sampleScene(draws(5_000_000 + i), { objects: 1 }), shape)),
  );
  const smooth = starts.map((start) => {
    const { mask } = knownOf(planOf(start, shape), [films[0], films[0]], shape);
    const fits = films.filter((film) => {
      const { time, space } = seamsOf(film, mask, shape);
      return (!time || isSmooth(time, 'time')) && (!space || isSmooth(space, 'space'));
    });
    return [start, Number((fits.length / films.length).toFixed(2))] as const;
  });
  expect(Object.fromEntries(smooth)).toEqual(trueFilms);
});
