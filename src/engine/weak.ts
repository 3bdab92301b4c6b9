/**
 * The earlier checkpoint that autoguidance compares with: a model folder inside the model's own, which manifest.json names
 * as its `weak`. Loaded when the first run asks for it, checked and kept like the model itself, and gone with the worker.
 *
 * What it is not: part of loading the model. Where it cannot be had, one run does not start, and nothing else is lost.
 */
import { WeightsError } from '../model/errors';
import type { Forward } from '../model/forward';
import { readTensors, type ReadModel } from '../model/load';
import { memoryOf } from '../model/memory';
import { checkMemory, type ChosenBackend } from './backend';
import { EngineError, ofRequest } from './errors';
import { makeForward } from './forward';
import type { LoadProgress } from './protocol';
import { openStore } from './store';
import { fetchFrom, readModel } from './weights';

export class WeakModel {
  private loaded: Forward | undefined;

  /** folder: its address, with a slash at its end; model: the one that it is an earlier copy of */
  constructor(
    private readonly folder: string,
    private readonly model: Pick<ReadModel, 'config' | 'words'>,
    private readonly chosen: ChosenBackend,
  ) {}

  /**
   * The same one every time; after a failure it begins anew. One call at a time: runs wait for each other anyway. Throws
   * the signal's reason, an EngineError of name WeakModelError, or whatever says that the graphics processor broke.
   */
  async load(signal: AbortSignal, onProgress: (progress: LoadProgress) => void): Promise<Forward> {
    signal.throwIfAborted();
    try {
      this.loaded ??= await this.make(signal, onProgress);
    } catch (thrown) {
      signal.throwIfAborted();
      throw inTheWayOf(thrown);
    }
    signal.throwIfAborted(); // compiling cannot be stopped; the next run has it
    return this.loaded;
  }

  private async make(signal: AbortSignal, onProgress: (progress: LoadProgress) => void): Promise<Forward> {
    onProgress({ stage: 'weights', done: 0, total: 1 });
    const files = await readModel(fetchFrom(this.folder), {
      store: await openStore(this.folder),
      onProgress: (done, total) => onProgress({ stage: 'weights', done, total }),
      signal,
    });
    onProgress({ stage: 'warm-up', done: 0, total: 1 });
    const weak = readTensors(files.config, files.weights);
    checkLikeness(weak, this.model);
    const [one, other] = [memoryOf(weak.config), memoryOf(this.model.config)]; // both are there at once
    checkMemory(`${weak.name}, beside the model,`, { ...one, bytes: one.bytes + other.bytes }, this.chosen);
    const ready = await makeForward(this.chosen, weak, (done, total) => onProgress({ stage: 'warm-up', done, total }));
    return ready.forward;
  }
}

/** Throws where the two cannot be asked the same question. */
export function checkLikeness(
  { config, words }: Pick<ReadModel, 'config' | 'words'>,
  model: Pick<ReadModel, 'config' | 'words'>,
): void {
  const alike = (['frames', 'height', 'width', 'text_length'] as const).every((key) => config[key] === model.config[key]); // prettier-ignore
  if (!alike || words !== model.words)
    throw new WeightsError('config.json', 'is of a model with other clips or other words', 'publish the model anew');
}

/** What kept it from loading, as an error of one run. */
function inTheWayOf(thrown: unknown): unknown {
  return ofRequest(
    thrown,
    (cause, next = 'shake again') =>
      new EngineError(
        'WeakModelError',
        `the earlier copy of the model, which autoguidance compares with, could not be loaded (${cause})`,
        `${next}; or choose another kind of guidance`,
        'guidance rule',
      ),
  );
}
