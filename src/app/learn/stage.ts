/**
 * A film of one's own network as a run for the stage: sheet, curves and the reader work on it as on any other.
 *
 * What it is not: a model for the engine, which has networks of the big world's size; Shake asks that one, as ever.
 */
import { microShape } from '../../learn/micro';
import type { RunSettings, Step } from '../../sampling/types';
import { writeFile } from '../filer';
import { recordingOf } from '../keep';
import type { Recorded } from '../run-session';
import { completed } from '../settings';

/** How such films are drawn: as while it learns, but in smaller steps. */
const filmSettings: Omit<RunSettings, 'seed'> = {
  steps: 16,
  sampler: 'euler',
  guidance: { scale: 2, from: 0, to: 1 },
};

type Draw = (
  request: { readonly prompt: string; readonly settings: RunSettings },
  signal: AbortSignal,
) => AsyncIterable<Step>;

export function filmOf(prompt: string, seed: number, draw: Draw): Recorded {
  const settings: RunSettings = { ...filmSettings, seed };
  const steps: Step[] = [];
  const model = 'micro';
  return {
    ...{ model, prompt, settings },
    shape: microShape,
    async *replay(signal) {
      steps.length = 0;
      for await (const step of draw({ prompt, settings }, signal)) {
        steps.push(step);
        yield step;
      }
    },
    encode: () => {
      const run = {
        source: 'live',
        model,
        prompt,
        settings: completed(settings),
        shape: microShape,
        steps,
        phase: 'done',
      } as const;
      return writeFile(recordingOf(run));
    },
  };
}
