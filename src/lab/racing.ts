/**
 * Running a race: one film after the other, each handed on as soon as it has come, so that whoever stops keeps all there is.
 * What it is not: it judges nothing (race.ts), and it owns neither the model nor the reader.
 */
import type { RunRequest } from '../engine/protocol';
import type { Step } from '../sampling/types';
import { agenda, withFilm, type Mark, type Race } from './race';

export interface RacePorts {
  steps(request: RunRequest, signal: AbortSignal): AsyncIterable<Step>;
  mark(clip: Float32Array): Promise<Mark | null>;
  publish(race: Race): void;
  /** calls: model calls that the step took, on average of its run */
  tick(step: Step, calls: number): void;
}

/** Runs what is left of a race. Throws what a run throws, and the signal's reason. */
export async function runRace(race: Race, signal: AbortSignal, ports: RacePorts): Promise<void> {
  let now = race;
  for (const task of agenda(race)) {
    const { sampler, steps, calls } = task.entry;
    const request: RunRequest = { prompt: race.prompt, ...race.settings, sampler, steps, seed: task.seed };
    let clip: Float32Array | undefined;
    for await (const step of ports.steps(request, signal)) {
      clip = step.guess;
      ports.tick(step, calls / step.steps);
    }
    signal.throwIfAborted();
    if (!clip) throw new Error('a run without a step');
    now = withFilm(now, task, { clip, mark: await ports.mark(clip) });
    signal.throwIfAborted();
    ports.publish(now);
  }
}
