/**
 * Ways to break it, each with one change of the settings and a name under which i18n says what to look for.
 * Data: the studio tries them, and knows the way back.
 */
import type { Settings } from '../settings';

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

export const experiments: readonly Experiment[] = [
  { name: 'oneStep', change: (settings) => ({ ...settings, steps: 1 }) },
  { name: 'wildGuidance', change: (settings) => guided(settings, 30) },
  { name: 'noGuidance', change: (settings) => guided(settings, 0) },
  { name: 'backwards', change: (settings) => ({ ...settings, backwards: true }) },
  { name: 'eta', change: (settings) => ({ ...settings, sampler: 'ddim', eta: 2 }) },
  {
    name: 'cliff',
    change: (settings) => ({ ...settings, steps: 12, schedule: 'curve', curve: [0.02, 0.04, 0.95], shift: 1 }),
  },
  {
    name: 'sameNoise',
    change: (settings, frames) => ({ ...settings, start: [{ kind: 'copy', from: 0, first: 0, last: frames - 1 }] }),
  },
];
