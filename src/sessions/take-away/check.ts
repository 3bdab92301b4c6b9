/**
 * Is a file what it says? Its recipe is read, the film is made again by the networks of this page, and their pictures are
 * compared.
 *
 * What it is not: a detector. It says nothing of a file without a recipe, and never that something is real. That a recipe
 * fits shows that these networks make these pixels of it: not who did it, or when.
 */
import { effect, signal } from '@preact/signals-core';
import type { EngineInfo, Fault } from '../../engine/protocol';
import type { Exporter } from '../../export/client';
import type { Compared } from '../../export/protocol';
import type { Recipe } from '../../export/recipe';
import { shapeOf } from '../../sampling/formats';
import type { Step } from '../../sampling/types';
import { isAbort, toFault } from '../../engine/faults';
import { decodeLink, type LinkState } from '../../settings/link';
import { command, Session } from '../../app/session';
import { asGiven, type Run, type Waypoint } from '../../app/state';
import type { Studio } from '../../studio/studio';
import { sourceOf } from './source';

export type Stage = 'reading' | 'loading' | 'making' | 'drawing' | 'comparing';

export type Finding =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'busy'; readonly stage: Stage; readonly done: number; readonly total: number }
  | { readonly kind: 'unknown'; readonly label: boolean } // it carries no recipe; label: it says that an algorithm made it
  | { readonly kind: 'unreadable'; readonly fault: Fault }
  | { readonly kind: 'given'; readonly prompt: string } // more went into it than its recipe says
  | { readonly kind: 'other-weights'; readonly prompt: string } // than those that are loaded here
  | { readonly kind: 'same'; readonly prompt: string; readonly off: number; readonly limit: number }
  | { readonly kind: 'altered'; readonly prompt: string; readonly why: Why; readonly picture?: number };

/** What gave it away: a recipe that no page wrote, other numbers or lengths, or pixels. */
export type Why = 'recipe' | 'size' | 'count' | 'length' | 'pixels';

/** Bytes: a film of ours has a tenth at most. */
const largestFile = 100e6;

export class Check extends Session {
  readonly finding = signal<Finding>({ kind: 'nothing' });
  private current = new AbortController();

  constructor(
    private readonly studio: Pick<Studio, 'state' | 'engine' | 'drawing' | 'ports'>,
    private readonly newExporter: () => Exporter, // a worker for each file, which ends with it
  ) {
    super(studio.state);
  }

  @command
  async open(file: Blob): Promise<void> {
    this.current.abort();
    const [mine, exporter] = [new AbortController(), this.newExporter()];
    this.current = mine;
    const busy = (stage: Stage) => (done: number, total: number) => {
      if (this.current === mine) this.finding.value = { kind: 'busy', stage, done, total };
    };
    try {
      busy('reading')(0, 1);
      const found = await this.found(file, exporter, busy, mine.signal);
      if (this.current === mine) this.finding.value = found;
    } catch (thrown) {
      if (this.current !== mine) return;
      const given = mine.signal.aborted || isAbort(thrown);
      this.finding.value = given ? { kind: 'nothing' } : { kind: 'unreadable', fault: toFault(thrown) };
    } finally {
      exporter.dispose();
    }
  }

  @command
  cancel(): void {
    this.current.abort();
    this.finding.value = { kind: 'nothing' };
  }

  dispose(): void {
    this.current.abort();
  }

  private async found(
    file: Blob,
    exporter: Exporter,
    busy: (stage: Stage) => (done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<Finding> {
    if (file.size > largestFile) return { kind: 'unknown', label: false };
    const { recipe, label } = await exporter.open(new Uint8Array(await file.arrayBuffer()));
    signal.throwIfAborted();
    if (!recipe) return { kind: 'unknown', label };
    const { state, notices, asks } = decodeLink(recipe.link);
    const { prompt } = state;
    if (!asks || notices.length > 0) return { kind: 'altered', prompt, why: 'recipe' };
    if (!recipe.whole) return { kind: 'given', prompt };
    busy('loading')(0, 1);
    const info = await this.loaded(signal);
    const { name, sha256 } = recipe.model;
    if (name !== info.model || (sha256 && sha256 !== info.sha256)) return { kind: 'other-weights', prompt };
    const shape = shapeOf(state.settings.format, info.shape);
    if (JSON.stringify(recipe.shape) !== JSON.stringify(shape)) return { kind: 'given', prompt };
    const run = await this.made(info, state, busy('making'), signal);
    if (!run) return { kind: 'altered', prompt, why: 'recipe' };
    const source = await sourceOf(run, recipe.shows, recipe.decoder !== undefined, this.studio.drawing, busy('drawing'), signal); // prettier-ignore
    if (recipe.decoder && !this.isDecoder(recipe.decoder)) return { kind: 'other-weights', prompt };
    const compared = await exporter.compare(recipe, source, busy('comparing'), signal);
    const found = findingOf(compared, prompt);
    // Weights of another time may have the same name; where the recipe does not say which, a difference proves nothing.
    return found.kind === 'altered' && !sha256 ? { kind: 'other-weights', prompt } : found;
  }

  /** The film once more, beside the stage: a run that goes on there comes first. */
  private async made(
    info: EngineInfo,
    { prompt, settings, recipe }: LinkState,
    onStep: (done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<Run | null> {
    const { engine } = this.studio;
    const about = { source: 'live', model: info.model, phase: 'done' } as const;
    const run = async ({ prompt, settings, given }: Waypoint): Promise<Run> => {
      const steps: Step[] = [];
      for await (const step of engine.steps({ prompt, ...settings, ...asGiven(given) }, signal)) {
        steps.push(step);
        onStep(steps.length, step.steps);
      }
      const shape = shapeOf(settings.format, info.shape);
      return { ...about, prompt, settings, shape, ...(given && { given }), steps };
    };
    if (!recipe) return run({ prompt, settings });
    const { remake } = await this.studio.ports.openMaking();
    const given = await remake(recipe, { prompt, settings }, { engine, signal, run }).catch(notReadable);
    return given && run({ prompt, settings, given });
  }

  private isDecoder({ name, sha256 }: NonNullable<Recipe['decoder']>): boolean {
    const decoder = this.studio.drawing.decoder.value;
    return decoder.phase === 'ready' && decoder.info.name === name && (!sha256 || decoder.info.sha256 === sha256);
  }

  /** The model, loaded where it is not. Rejects with its fault where there can be none. */
  private loaded(signal: AbortSignal): Promise<EngineInfo> {
    const { engine } = this.state;
    if (engine.peek().phase === 'waiting' || engine.peek().phase === 'failed') void this.studio.engine.load();
    let end = () => {};
    return new Promise<EngineInfo>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
      end = effect(() => {
        const now = engine.value;
        if (now.phase === 'ready') resolve(now.info);
        else if (now.phase === 'failed') reject(Object.assign(new Error(now.fault.cause), now.fault));
      });
    }).finally(() => end());
  }
}

/** A recipe of a film that no network of this shape makes: no page wrote it. */
function notReadable(thrown: unknown): null {
  if ((thrown as Error).name === 'RecipeError') return null;
  throw thrown;
}

function findingOf(compared: Compared, prompt: string): Finding {
  if (!compared.like) return { kind: 'altered', prompt, why: compared.why };
  const { difference, limit } = compared;
  return difference.worst > limit
    ? { kind: 'altered', prompt, why: 'pixels', picture: difference.at.picture }
    : { kind: 'same', prompt, off: difference.worst, limit };
}
