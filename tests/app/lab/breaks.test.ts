/** Every break on the six example films, drawn by the network that the page ships: that one sees it, and what it breaks. */
import { beforeAll, describe, expect, it } from 'vitest';
import { difference } from '../../../src/app/lab/difference';
import { experiments, type ExperimentName } from '../../../src/app/lab/experiments';
import type { Mark } from '../../../src/app/lab/race';
import { example, examples, openShipped, type Example, type Network, type Shown } from './shipped';

/** Share of the film that differs at least, in every one of them, and what else must hold in at least so many of the six. */
const promised: Record<ExperimentName, { share: number; what: string; films: number; holds(was: Mark, is: Mark): boolean }> = {
  oneStep: { share: 0.1, what: 'words are lost', films: 6, holds: (was, is) => is.right < was.right },
  wildGuidance: { share: 0.25, what: 'the backdrop flickers twice as much', films: 6, holds: (was, is) => is.flicker > 2 * was.flicker },
  noGuidance: { share: 0.3, what: 'words are lost', films: 6, holds: (was, is) => is.right < was.right },
  backwards: { share: 0.1, what: 'words are lost, or clarity', films: 6, holds: (was, is) => is.right < was.right || is.clarity! < 0.95 * was.clarity! },
  eta: { share: 0.15, what: 'words are lost, or clarity', films: 4, holds: (was, is) => is.right < was.right || is.clarity! < 0.95 * was.clarity! },
  cliff: { share: 0.1, what: 'words are lost, or clarity', films: 6, holds: (was, is) => is.right < was.right || is.clarity! < 0.95 * was.clarity! },
  sameNoise: { share: 0.08, what: 'words are lost', films: 3, holds: (was, is) => is.right < was.right || is.lawful !== was.lawful },
};

let network: Network;
let films: Example[];

beforeAll(async () => {
  network = await openShipped();
  films = [];
  for (const prompt of examples) films.push(await example(prompt));
});

describe.each(experiments)('$name', ({ name, change }) => {
  const { share, what, films: many, holds } = promised[name];

  it(`changes ${100 * share} % of each film at least, and ${what} in ${many} of 6`, { timeout: 600_000 }, async () => {
    const after: Shown[] = [];
    for (const { prompt, settings } of films) after.push(await network.film(prompt, change(settings, network.shape.frames)));
    for (const [i, { clip }] of after.entries())
      expect(difference(films[i].clip, clip, network.shape).share, films[i].prompt).toBeGreaterThan(share);
    expect(after.filter(({ mark }, i) => holds(films[i].mark, mark)).length).toBeGreaterThanOrEqual(many);
  });
});
