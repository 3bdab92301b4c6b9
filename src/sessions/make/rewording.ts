/**
 * Other words for a film that is there: begun with some noise over the one on the stage, or at the noise that it comes from, and
 * cleared with the new words. What changed and what stayed is read off both films; each try is kept, for a plot over the strength.
 *
 * What it is not: part of the first load (the Make view brings it along), and no run on the stage until somebody puts it there.
 */
import { batch, computed, signal } from '@preact/signals-core';
import type { Fault } from '../../engine/protocol';
import { editedOf, pixelDistance, type Edited } from '../../evaluation/edited';
import type { Reading } from '../../reading/types';
import { editText, editWays, type EditWay } from '../../sampling/edit';
import type { Step } from '../../sampling/types';
import { isAbort, toFault } from '../../engine/faults';
import type { Recipe } from '../../settings/link';
import type { ReaderPort } from '../../judging/reader';
import { command, Session } from '../../app/session';
import { cleanPrompt } from '../../settings/settings';
import { isComplete, nothingKnown, type Run } from '../../app/state';
import type { Studio } from '../../studio/studio';
import { clipOf, wayOf } from './source';

export { editWays };

/** What came of it, once both films are read. */
export interface Found extends Edited {
  readonly distance: number; // of the pixels, root mean square, 0 .. 1 of black to white
}

/** A film that other words changed. */
export interface Try {
  readonly source: Run;
  readonly strength: number; // 0 .. 1, share of noise at the beginning
  readonly way: EditWay;
  readonly run: Run; // with the new words, as far as it has come
  readonly found: Found | null;
}

/** Why nothing can be changed yet. */
export type Obstacle = 'nothing' | 'running' | 'noModel' | 'loading';

/** Strengths of the plot. */
export const sweep = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95] as const;

/** Their steps are kept, for the stage: ten megabytes each. */
const mostTries = 10;

export class Rewording extends Session {
  readonly words = signal('');
  readonly strength = signal(0.95); // below, the asked word seldom changes (docs/reference/editing.md)
  readonly way = signal<EditWay>('noise');
  /** The try that is looked at. */
  readonly shown = signal<Try | null>(null);
  readonly tries = signal<readonly Try[]>([]);
  /** Runs that are still to come; null: nothing goes on. */
  readonly toCome = signal<number | null>(null);
  readonly fault = signal<Fault | null>(null);
  private readonly readings = new WeakMap<Float32Array, Promise<Reading>>();
  private reader: ReaderPort | null = null;
  private current = new AbortController();

  constructor(
    private readonly studio: Pick<Studio, 'state' | 'runs' | 'lab' | 'controls' | 'engine' | 'hearing' | 'ports'>,
  ) {
    super(studio.state);
  }

  /** The finished film on the stage. */
  readonly source = computed((): Run | null => {
    const run = this.state.run.value;
    return run && isComplete(run) ? run : null;
  });

  readonly obstacle = computed((): Obstacle | null => {
    const { phase } = this.state.engine.value;
    if (!this.source.value) return this.state.running.value ? 'running' : 'nothing';
    return phase === 'ready' ? null : phase === 'loading' ? 'loading' : 'noModel';
  });

  /** Tries of the film and the words of the one that is shown, by the way that it went; the weakest first. */
  readonly curve = computed((): readonly Try[] => {
    const shown = this.shown.value;
    if (!shown) return [];
    const alike = this.tries.value.filter(({ source, way, run, found }) =>
      found !== null && source === shown.source && way === shown.way && run.prompt === shown.run.prompt); // prettier-ignore
    return [...alike].sort((a, b) => a.strength - b.strength);
  });

  @command
  say(words: string): void {
    this.words.value = cleanPrompt(words);
  }

  @command
  setStrength(strength: number): void {
    this.strength.value = strength;
  }

  @command
  setWay(way: EditWay): void {
    this.way.value = way;
  }

  /** The film with the words that stand there. */
  @command
  async change(): Promise<void> {
    await this.work([this.strength.value]);
  }

  /** The same at every strength that has not been tried, for the plot. */
  @command
  async tryAll(): Promise<void> {
    const tried = this.curve.value.map(({ strength }) => strength);
    await this.work(sweep.filter((strength) => !tried.includes(strength)));
  }

  @command
  look(shown: Try): void {
    batch(() => ([this.shown.value, this.strength.value] = [shown, shown.strength]));
  }

  /** The changed film on the stage, where it can be changed again, made longer and saved. */
  @command
  toStage(): void {
    const shown = this.shown.value;
    if (!shown || !isComplete(shown.run)) return;
    this.studio.runs.end();
    batch(() => {
      this.studio.controls.adopt(shown.run);
      this.studio.runs.show(shown.run);
    });
  }

  @command
  stop(): void {
    this.end();
  }

  /** Where no model is loaded. */
  @command
  async load(): Promise<void> {
    await this.studio.engine.load();
  }

  end(): void {
    this.current.abort();
    this.toCome.value = null;
    this.reader?.dispose();
    this.reader = null;
  }

  private async work(strengths: readonly number[]): Promise<void> {
    const source = this.source.value;
    const [words, way] = [this.words.value, this.way.value];
    if (!source || !words.trim() || strengths.length === 0) return;
    this.end();
    this.studio.lab.end();
    this.studio.runs.end();
    const { signal } = (this.current = new AbortController());
    batch(() => ([this.fault.value, this.toCome.value] = [null, strengths.length]));
    try {
      const { prompt } = await this.studio.hearing.told(words);
      for (const [i, strength] of strengths.entries()) {
        if (signal.aborted) return;
        this.toCome.value = strengths.length - i;
        await this.try(source, prompt, strength, way, signal);
      }
    } catch (thrown) {
      if (!signal.aborted && !isAbort(thrown)) this.fault.value = toFault(thrown);
    } finally {
      if (this.current.signal === signal) this.toCome.value = null;
    }
  }

  private async try(source: Run, prompt: string, strength: number, way: EditWay, signal: AbortSignal): Promise<void> {
    const clip = clipOf(source);
    // The noise is the film's own: what it does not change stays nearer than under any other.
    const settings = { ...source.settings, then: '' };
    const edit = { clip, t: 1 - strength, way, prompt: source.prompt };
    const about = {
      source: 'live',
      model: this.studio.engine.info!.model,
      prompt,
      settings,
      shape: source.shape,
    } as const;
    const of = wayOf(source);
    const recipe = of && { plan: editText(edit), of: [of] };
    let now: Try = { source, strength, way, run: { ...about, steps: [], phase: 'running' }, found: null };
    for await (const step of this.studio.engine.steps({ prompt, ...settings, edit }, signal)) {
      now = { ...now, run: withStep(now.run, step, recipe) };
      this.shown.value = now;
    }
    const done = now;
    this.tries.value = [...this.tries.value, done].slice(-mostTries);
    const [before, after] = await Promise.all([this.read(source), this.read(done.run)]);
    const found = { ...editedOf(before, after, prompt), distance: pixelDistance(clip, clipOf(done.run)) };
    const read = { ...done, found };
    batch(() => {
      this.tries.value = this.tries.value.map((each) => (each === done ? read : each));
      if (this.shown.value === done) this.shown.value = read;
    });
  }

  private read(run: Run): Promise<Reading> {
    const clip = clipOf(run);
    let reading = this.readings.get(clip);
    if (!reading) {
      this.reader ??= this.studio.ports.createReader();
      reading = this.reader.read(clip, run.shape);
      this.readings.set(clip, reading);
      reading.catch(() => this.readings.delete(clip)); // the next one asks again
    }
    return reading;
  }
}

/** The first step says where the run began: whoever keeps it can begin there again. */
function withStep(run: Run, step: Step, recipe: Recipe | null): Run {
  const { x, t } = run.steps[0] ?? step;
  const steps = [...run.steps, step];
  const given = run.given ?? { known: nothingKnown(run.shape), recipe, begin: { x, t } };
  return { ...run, given, steps, phase: steps.length === step.steps ? 'done' : 'running' };
}

/** How much of what was to change did, and how much of what was to stay did: 0 .. 1; 1 where there was nothing to do. */
export function sharesOf({ wanted, changed, held, lost }: Edited): {
  readonly changed: number;
  readonly stayed: number;
} {
  const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole);
  return { changed: share(changed.length, wanted.length), stayed: share(held.length - lost.length, held.length) };
}

const made = new WeakMap<Studio, Rewording>();

/** The one of a studio: what was tried stays while somebody looks elsewhere. */
export function rewordingOf(studio: Studio): Rewording {
  const one = made.get(studio) ?? new Rewording(studio);
  made.set(studio, one);
  return one;
}
