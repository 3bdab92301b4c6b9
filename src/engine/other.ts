/**
 * The other networks of a model, each a model folder that manifest.json names: `weak`, the earlier checkpoint that
 * autoguidance compares with, and `student`, which makes a film in few steps. Each is loaded when the first run asks for
 * it, checked and kept like the model itself, and gone with the worker.
 *
 * What it is not: part of loading the model. Where one cannot be had, one run does not start, and nothing else is lost.
 */
import { WeightsError } from '../model/errors';
import type { Forward } from '../model/forward';
import { readTensors, type ReadModel } from '../model/load';
import { memoryOf } from '../model/memory';
import { SettingsError } from '../sampling/errors';
import type { ClipShape } from '../sampling/types';
import { checkMemory, type ChosenBackend } from './backend';
import { EngineError, ofRequest } from './errors';
import { makeForward } from './forward';
import type { LoadProgress, OtherName } from './protocol';
import { Shaped } from './shaped';
import { openStore } from './store';
import { fetchFrom, readModel, type Others } from './weights';

type Known = Pick<ReadModel, 'config' | 'words'>;

export class OtherNetworks {
  private readonly loaded = new Map<OtherName, { readonly forward: Forward; readonly shaped: Shaped }>();

  /** folder: the model's own address, with a slash at its end; others: as its manifest names them, relative to that */
  constructor(
    private readonly folder: string,
    private readonly others: Others,
    private readonly model: Known,
    private readonly chosen: ChosenBackend,
  ) {}

  has(name: OtherName): boolean {
    return this.others[name] !== undefined;
  }

  /**
   * For films of this shape; the same one every time, and after a failure it begins anew. One call at a time: runs wait for each other anyway. Throws
   * the signal's reason, SettingsError where the model has none, an EngineError of name WeakModelError or StudentError, or
   * whatever says that the graphics processor broke.
   */
  async load(
    name: OtherName,
    shape: ClipShape,
    signal: AbortSignal,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<Forward> {
    signal.throwIfAborted();
    const there = this.loaded.get(name);
    if (there) return there.shaped.forward(shape, signal);
    const folder = this.others[name];
    if (folder === undefined) throw new SettingsError(settingOf[name], 'on', 'off, for this model has none');
    try {
      this.loaded.set(name, await this.make(new URL(`${folder}/`, this.folder).href, signal, onProgress));
    } catch (thrown) {
      signal.throwIfAborted();
      throw inTheWayOf(name, thrown);
    }
    return this.load(name, shape, signal, onProgress); // compiling cannot be stopped: then the next run has it
  }

  private async make(
    folder: string,
    signal: AbortSignal,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<{ readonly forward: Forward; readonly shaped: Shaped }> {
    onProgress({ stage: 'weights', done: 0, total: 1 });
    const files = await readModel(fetchFrom(folder), {
      store: await openStore(folder),
      onProgress: (done, total) => onProgress({ stage: 'weights', done, total }),
      signal,
    });
    onProgress({ stage: 'warm-up', done: 0, total: 1 });
    const other = readTensors(files.config, files.weights);
    checkLikeness(other, this.model);
    const all = [other, this.model, ...[...this.loaded.values()].map(({ forward }) => forward)].map(({ config }) =>
      memoryOf(config),
    ); // all are there at once
    const bytes = all.reduce((sum, memory) => sum + memory.bytes, 0);
    checkMemory(`${other.name}, beside the model,`, { ...all[0], bytes }, this.chosen);
    const compiled = (done: number, total: number) => onProgress({ stage: 'warm-up', done, total });
    const { forward } = await makeForward(this.chosen, other, compiled);
    const home = { folder, sha256: files.sha256, words: other.words, chosen: this.chosen };
    return { forward, shaped: new Shaped(forward, home) };
  }
}

/** Throws where the two cannot be asked the same question. */
export function checkLikeness({ config, words }: Known, model: Known): void {
  const alike = (['frames', 'height', 'width', 'text_length'] as const).every((key) => config[key] === model.config[key]); // prettier-ignore
  if (!alike || words !== model.words)
    throw new WeightsError('config.json', 'is of a model with other clips or other words', 'publish the model anew');
}

/** The setting that asks for it, by the name that SettingsError gives it. */
const settingOf: Readonly<Record<OtherName, string>> = { weak: 'guidance rule', student: 'student' };

const said = {
  weak: {
    error: 'WeakModelError',
    what: 'the earlier copy of the model, which autoguidance compares with,',
    otherwise: 'choose another kind of guidance',
  },
  student: {
    error: 'StudentError',
    what: 'the student, which makes a film in few steps,',
    otherwise: 'turn the student off',
  },
} as const satisfies Record<OtherName, object>;

/** What kept it from loading, as an error of one run. */
function inTheWayOf(name: OtherName, thrown: unknown): unknown {
  const { error, what, otherwise } = said[name];
  return ofRequest(
    thrown,
    (cause, next = 'shake again') =>
      new EngineError(error, `${what} could not be loaded (${cause})`, `${next}; or ${otherwise}`, settingOf[name]),
  );
}
