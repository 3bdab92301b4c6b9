/**
 * The network for films of another shape than its own (sampling/formats.ts). The page of tfjs operations takes any; a static graph
 * has its buffers made for one, so another is built of the weights as they are kept, and the newest of those stays.
 *
 * What it is not: part of loading the model. Where it cannot be had one run does not start, and nothing else is lost.
 */
import { gridOf } from '../model/config';
import { WeightsError } from '../model/errors';
import type { Forward } from '../model/forward';
import { readTensors } from '../model/load';
import { memoryOf } from '../model/memory';
import { SettingsError } from '../sampling/errors';
import type { ClipShape } from '../sampling/types';
import { checkMemory } from './backend';
import { ofRequest, EngineError } from './errors';
import { makeForward } from './forward';
import type { Home } from './probe';
import { openStore } from './store';
import { fetchFrom, readModel } from './weights';

export class Shaped {
  private built: Forward | undefined;

  constructor(
    private readonly model: Forward,
    private readonly home: Home,
  ) {}

  /** One call at a time. Throws SettingsError for a shape that is not of whole patches, the signal's reason, or an EngineError. */
  async forward(shape: ClipShape, signal: AbortSignal): Promise<Forward> {
    const { model } = this;
    if (!gridOf(model.config, shape).every(Number.isInteger))
      throw new SettingsError('format', `${shape.frames} x ${shape.height} x ${shape.width}`, 'one of whole patches');
    if (!model.fixed || alike(model.config, shape)) return model;
    if (this.built && alike(this.built.config, shape)) return this.built;
    this.built?.dispose();
    this.built = undefined;
    try {
      this.built = await this.build(shape, signal);
    } catch (thrown) {
      signal.throwIfAborted();
      throw ofRequest(
        thrown,
        (cause, next = 'choose the usual length and shape') =>
          new EngineError('FormatError', `the network could not be made ready for films of this size (${cause})`, next, 'format'), // prettier-ignore
      );
    }
    signal.throwIfAborted(); // compiling cannot be stopped; the next run has it
    return this.built;
  }

  private async build(shape: ClipShape, signal: AbortSignal): Promise<Forward> {
    const { folder, sha256, chosen } = this.home;
    const files = await readModel(fetchFrom(folder), { store: await openStore(folder), signal });
    if (files.sha256 !== sha256)
      throw new WeightsError('model.safetensors', 'is another one than the page has loaded', 'reload the page');
    const read = readTensors(files.config, files.weights);
    const config = { ...read.config, ...sides(shape) };
    const [one, other] = [memoryOf(config), memoryOf(read.config)]; // both are there at once
    checkMemory(`${read.name}, of another size,`, { ...one, bytes: one.bytes + other.bytes }, chosen);
    return (await makeForward(chosen, { ...read, config }, () => {})).forward;
  }
}

const sides = ({ frames, height, width }: ClipShape): ClipShape => ({ frames, height, width });

const alike = (a: ClipShape, b: ClipShape) => JSON.stringify(sides(a)) === JSON.stringify(sides(b));
