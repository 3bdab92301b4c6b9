/** Two runs with different steps, in step: what belongs together is where as much noise is left. */
import { isComplete, noiseLeft, type Run } from '../app/state';

/** The row of a run that has the given share of noise left, or the nearest to it. */
export function rowAlike(run: Run, noise: number): number {
  const rows = run.steps.length + (isComplete(run) ? 1 : 0);
  let best = 0;
  for (let row = 1; row < rows; row++)
    if (Math.abs(noiseLeft(run, row) - noise) <= Math.abs(noiseLeft(run, best) - noise)) best = row;
  return best;
}
