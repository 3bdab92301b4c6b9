/**
 * What is seen in a run: the readings of its guesses, made one after the other while the run goes on, and what follows
 * from them. A reading belongs to a clip, so a run that comes back brings its readings with it.
 *
 * Which clip next? The one that somebody looks at, else the newest that has not been read. Nothing is queued: a run that
 * is no longer shown is never asked for again.
 */
import { computed, effect, signal, untracked } from '@preact/signals-core';
import type { Fault } from '../engine/protocol';
import type { Reading } from '../reading/types';
import type { Step } from '../sampling/types';
import { compare } from '../judging/comparison';
import { decide } from '../judging/decided';
import { toFault } from '../engine/faults';
import type { ReaderPort } from '../judging/reader';
import { command, Session, type Facts } from './session';
import { isComplete } from './state';

export class Seeing extends Session {
  /** The measured path lies over the big picture. */
  readonly path = signal(false);

  private readonly read = new WeakMap<Float32Array, Reading>();
  private readonly failed = new WeakMap<Float32Array, Fault>();
  private readonly news = signal(0); // grows with everything that is added to the two above
  private readonly broken = signal<Fault | null>(null); // there is no reader at all
  private reader: ReaderPort | null = null;
  private busy = false;
  private disposed = false;
  private readonly end: () => void;

  constructor(
    state: Facts,
    private readonly createReader: () => ReaderPort,
  ) {
    super(state);
    this.end = effect(() => {
      void this.next.value;
      untracked(() => void this.work());
    });
  }

  /** One for each step that has come, undefined where its guess has not been read. */
  readonly readings = computed(() => {
    void this.news.value;
    return (this.state.run.value?.steps ?? []).map(({ guess }) => this.read.get(guess));
  });

  /** The step whose guess belongs to the row that is shown; the finished clip is the last step's guess. */
  readonly step = computed(() => {
    const row = this.state.row.value;
    const { length } = this.readings.value;
    return row === null || length === 0 ? null : Math.min(row, length - 1);
  });

  /** The step that the page speaks of: the one that is shown, or, while the newest is followed, the newest that is read. */
  readonly readStep = computed(() => {
    const readings = this.readings.value;
    if (this.state.step.value === null) {
      const newest = readings.findLastIndex((reading) => reading !== undefined);
      if (newest >= 0) return newest;
    }
    return this.step.value;
  });

  readonly reading = computed(() => {
    const step = this.readStep.value;
    return step === null ? undefined : this.readings.value[step];
  });

  /** What is read in exactly the row that is shown, if it has been read. */
  readonly here = computed(() => {
    const step = this.step.value;
    return { reading: step === null ? undefined : this.readings.value[step] };
  });

  readonly comparison = computed(() => {
    const reading = this.reading.value;
    const run = this.state.run.value;
    return reading && run ? compare(reading, run.prompt) : undefined;
  });

  readonly decisions = computed(() => {
    const run = this.state.run.value;
    return run ? decide(run.prompt, this.readings.value, isComplete(run)) : [];
  });

  /** Why something of this run could not be read. Everything else of it is still there. */
  readonly fault = computed((): Fault | null => {
    void this.news.value;
    const steps = this.state.run.value?.steps ?? [];
    return this.broken.value ?? steps.map(({ guess }) => this.failed.get(guess)).find((fault) => fault) ?? null;
  });

  @command
  showPath(on: boolean): void {
    this.path.value = on;
  }

  /** Reads again what could not be read. */
  @command
  retry(): void {
    for (const { guess } of this.state.run.value?.steps ?? []) this.failed.delete(guess);
    this.broken.value = null;
    this.news.value++;
  }

  dispose(): void {
    this.disposed = true;
    this.end();
    this.reader?.dispose();
  }

  private readonly next = computed((): Step | undefined => {
    void this.news.value;
    if (this.broken.value || this.state.coming.value) return undefined; // another film is at hand
    const steps = this.state.run.value?.steps ?? [];
    const open = ({ guess }: Step) => !this.read.has(guess) && !this.failed.has(guess);
    const looked = this.step.value === null ? undefined : steps[this.step.value];
    return looked && open(looked) ? looked : steps.findLast(open);
  });

  private async work(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    for (let step = this.next.value; step && !this.disposed; step = this.next.value) {
      const { guess } = step;
      const shape = this.state.run.value!.shape;
      try {
        this.reader ??= this.createReader();
      } catch (thrown) {
        this.broken.value = toFault(thrown);
        break;
      }
      try {
        this.read.set(guess, await this.reader.read(guess, shape));
      } catch (thrown) {
        this.failed.set(guess, toFault(thrown));
      }
      this.news.value++;
    }
    this.busy = false;
  }
}
