/** Every break on the six example films, drawn by the network that the page ships: that one sees it, and what it breaks. */
import { beforeAll, describe, expect, it } from 'vitest';
import { difference } from '../../src/lab/difference';
import { experiments, type ExperimentName } from '../../src/lab/experiments';
import type { Mark } from '../../src/lab/race';
import { example, examples, openShipped, type Example, type Network, type Shown } from './shipped';

interface Promised {
  /** Of each film differs at least so large a share. */
  readonly share: number;
  readonly what: string;
  /** And that holds in at least so many of the six. */
  readonly films: number;
  holds(was: Mark, is: Mark): boolean;
}

const words = (was: Mark, is: Mark) => is.right < was.right;
const wordsOrClarity = (was: Mark, is: Mark) => words(was, is) || (is.clarity ?? 0) < 0.95 * (was.clarity ?? 1);
const wordsOrLaw = (was: Mark, is: Mark) => words(was, is) || is.lawful !== was.lawful;

const promised: Readonly<Record<ExperimentName, Promised>> = {
  oneStep: { share: 0.1, what: 'loses words', films: 6, holds: words },
  wildGuidance: {
    share: 0.07,
    what: 'flickers twice as much',
    films: 6,
    holds: (was, is) => is.flicker > 2 * was.flicker,
  },
  noGuidance: { share: 0.18, what: 'loses words', films: 6, holds: words },
  backwards: { share: 0.07, what: 'loses words, or is less clear', films: 6, holds: wordsOrClarity },
  eta: { share: 0.12, what: 'loses words, or is less clear', films: 4, holds: wordsOrClarity },
  cliff: { share: 0.09, what: 'loses words, or is less clear', films: 6, holds: wordsOrClarity },
  sameNoise: { share: 0.15, what: 'loses words, or its law', films: 3, holds: wordsOrLaw },
};

let network: Network;
let films: Example[];

beforeAll(async () => {
  network = await openShipped();
  films = [];
  for (const prompt of examples) films.push(await example(prompt));
}, 120_000); // a busy machine is slow, not red

describe.each(experiments)('$name', ({ name, change }) => {
  const { share, what, films: many, holds } = promised[name];

  it(
    `changes ${Math.round(100 * share)} % of each film at least, and ${what} in ${many} of 6`,
    { timeout: 600_000 },
    async () => {
      const after: Shown[] = [];
      for (const { prompt, settings } of films)
        after.push(await network.film(prompt, change(settings, network.shape.frames)));
      for (const [i, { clip }] of after.entries())
        expect(difference(films[i].clip, clip, network.shape).share, films[i].prompt).toBeGreaterThan(share);
      expect(after.filter(({ mark }, i) => holds(films[i].mark, mark)).length).toBeGreaterThanOrEqual(many);
    },
  );
});
