/**
 * One's own network as an engine for the stage: shakes, looks inside and the laboratory ask it as they ask the big one. It goes
 * by the engine's own protocol and client; only the way to the worker leads through the one that learns.
 *
 * What it is not: a worker of its own. A training that goes on gives way to each question for as long as its answer takes.
 */
import { Engine, type WorkerPort } from '../../workers/client';
import type { FromWorker, ToWorker } from '../../engine/protocol';
import type { RunSettings } from '../../sampling/types';
import type { EnginePort } from '../../app/engine-session';
import { completed, type Settings } from '../../settings/settings';

/** How a film on the stage is drawn at first: as while it learns, but in smaller steps. */
const firstSettings: Omit<RunSettings, 'seed'> = {
  steps: 16,
  sampler: 'euler',
  guidance: { scale: 2, from: 0, to: 1 },
};

export const stageSettings = (seed: number): Settings => completed({ ...firstSettings, seed });

/** The way to the worker, and what is heard from there. */
export class StageLine implements WorkerPort {
  private readonly listeners: ((event: { readonly data: FromWorker }) => void)[] = [];
  private readonly failures: ((event: { readonly message?: string }) => void)[] = [];

  constructor(readonly postMessage: (message: ToWorker) => void) {}

  addEventListener(type: string, listener: (event: never) => void): void {
    if (type === 'message') this.listeners.push(listener as (event: { readonly data: FromWorker }) => void);
    else if (type === 'error') this.failures.push(listener as (event: { readonly message?: string }) => void);
  }

  hear(data: FromWorker): void {
    for (const listener of this.listeners) listener({ data });
  }

  fail(message: string): void {
    for (const listener of this.failures) listener({ message });
  }

  /** The worker goes on: it is the training's. */
  terminate(): void {}
}

/** Seconds: a worker that learns does what was asked before, and on a slow machine that takes long. Where it stops, that is heard. */
const patience = 120;

export function stageEngine(line: StageLine): EnginePort {
  const engine = new Engine({ modelUrl: '', createWorker: () => line, patience });
  return {
    load: () => engine.load(),
    run: (request, signal) => engine.run(request, signal),
    probe: (request, signal) => engine.probe(request, signal),
    vectors: (signal) => engine.vectors(signal),
    dispose: () => engine.dispose(),
  };
}
