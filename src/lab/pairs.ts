/**
 * Ready-made comparisons: the run on the stage beside one that differs in a single thing worth seeing. Data, like the
 * experiments; i18n says under each name what to look for.
 */
import { stepsFor } from '../sampling/solvers';
import { defaults, type Settings } from '../settings/settings';
import { callsOf } from './race';

export interface Pair {
  readonly name: PairName;
  /** The settings to put beside these. */
  beside(settings: Settings): Settings;
}

export type PairName = 'guidance' | 'steps' | 'sampler' | 'schedule';

const plain = ({ guidance }: Settings) => guidance.scale === 1 && guidance.rule !== 'cfgpp';

export const pairs: readonly Pair[] = [
  {
    name: 'guidance',
    beside: (settings) => ({
      ...settings,
      guidance: plain(settings) ? defaults.guidance : { ...settings.guidance, rule: 'cfg', scale: 1, rescale: 0 },
    }),
  },
  { name: 'steps', beside: (settings) => ({ ...settings, steps: settings.steps > 16 ? 8 : 48 }) },
  {
    name: 'sampler', // at equally many model calls
    beside: (settings) => {
      const sampler = settings.sampler === 'euler' ? 'multistep' : 'euler';
      return { ...settings, sampler, steps: stepsFor(sampler, callsOf(settings.sampler, settings.steps)) };
    },
  },
  {
    name: 'schedule',
    beside: (settings) => ({ ...settings, schedule: settings.schedule === 'karras' ? 'uniform' : 'karras' }),
  },
];
