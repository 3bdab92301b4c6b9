/**
 * Ways to break it, each with one change of the settings and a name under which i18n says what to look for.
 * Data: the studio tries them, and knows the way back. The numbers are those, of a few that were tried, which visibly break
 * every one of the six example films: docs/decisions/breaks-that-break.md has how much, and tests/lab/breaks.test.ts
 * holds them to it.
 */
import type { Settings } from '../settings/settings';

export interface Experiment {
  readonly name: ExperimentName;
  /** frames: of the clips that the model draws */
  change(settings: Settings, frames: number): Settings;
}

export type ExperimentName = 'oneStep' | 'wildGuidance' | 'noGuidance' | 'backwards' | 'eta' | 'cliff' | 'sameNoise';

const guided = (settings: Settings, scale: number): Settings => ({
  ...settings,
  guidance: { ...settings.guidance, rule: 'cfg', scale, from: 0, to: 1, rescale: 0 },
});

/** Without restarts, which would mend what is to be seen. */
const bare = (settings: Settings): Settings => ({ ...settings, restarts: 0 });
const even = (settings: Settings): Settings => ({ ...bare(settings), schedule: 'uniform' });

export const experiments: readonly Experiment[] = [
  { name: 'oneStep', change: (settings) => bare({ ...settings, steps: 1 }) },
  // 30, the most there is, runs away in some films, and then there is nothing to see.
  { name: 'wildGuidance', change: (settings) => bare(guided(settings, 15)) },
  { name: 'noGuidance', change: (settings) => bare(guided(settings, 0)) },
  {
    name: 'backwards', // where most steps are late, in which it is told that the film is noise
    change: (settings) => even({ ...settings, sampler: 'multistep', steps: 16, shift: 0.25, backwards: true }),
  },
  // In many small steps each puts back little, and the last ones mend it.
  { name: 'eta', change: (settings) => even({ ...settings, sampler: 'ddim', eta: 2, steps: 4, shift: 1 }) },
  {
    name: 'cliff', // straight on: a solver that remembers would draw the first tiny step's bend out
    change: (settings) => ({
      ...bare(settings),
      sampler: 'euler',
      steps: 3,
      schedule: 'curve',
      curve: [0.02, 0.97],
      shift: 1,
    }),
  },
  {
    name: 'sameNoise',
    change: (settings, frames) => ({
      ...bare(settings),
      start: [{ kind: 'copy', from: 0, first: 0, last: frames - 1 }],
    }),
  },
];
