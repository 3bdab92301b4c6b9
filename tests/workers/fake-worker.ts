/** A worker that a test plays: it hears what it was told and says what the test says. */
import type { WorkerPort } from '../../src/workers/client';
import type { EngineInfo, FromWorker, RunRequest, ToWorker } from '../../src/engine/protocol';
import type { Step } from '../../src/sampling/types';

export class FakeWorker implements WorkerPort {
  readonly heard: ToWorker[] = [];
  terminated = false;
  private readonly listeners: Record<string, ((event: never) => void)[]> = {};

  postMessage(message: ToWorker): void {
    this.heard.push(structuredClone(message)); // as a real one would
  }
  addEventListener(type: string, listener: (event: never) => void): void {
    (this.listeners[type] ??= []).push(listener);
  }
  terminate(): void {
    this.terminated = true;
  }
  say(data: FromWorker): void {
    this.listeners.message.forEach((listener) => listener({ data } as never));
  }
  crash(message: string): void {
    this.listeners.error.forEach((listener) => listener({ message } as never));
  }
}

export const info: EngineInfo = {
  backend: 'cpu',
  reason: 'A test.',
  model: 'fake',
  parameters: 1,
  words: 51,
  tokens: 28,
  shape: { frames: 1, height: 1, width: 1 },
};
export const request: RunRequest = {
  prompt: 'a ball',
  seed: 1,
  steps: 3,
  sampler: 'euler',
  guidance: { scale: 1, from: 0, to: 1 },
};

export const lost = {
  name: 'DeviceLostError',
  cause: 'The graphics processor was lost.',
  next: 'Load the model again.',
};

/** Every number of a step is its index. */
export const stepOf = (index: number): Step => ({
  index,
  steps: request.steps,
  t: index / request.steps,
  tNext: (index + 1) / request.steps,
  x: new Float32Array(3).fill(index),
  guess: new Float32Array(3).fill(index),
  calls: 1,
  milliseconds: 1,
});
