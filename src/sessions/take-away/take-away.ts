/**
 * Taking the film away: one choice (what, format, size, look, label), and a file of it, made beside the page.
 *
 * What it is not: no part of the studio. It comes with its view in a chunk of its own, and whoever made it puts it away.
 */
import { batch, computed, signal } from '@preact/signals-core';
import type { Fault } from '../../engine/protocol';
import type { Exporter } from '../../export/client';
import type { PosterWords } from '../../export/poster';
import type { Packs } from '../../export/protocol';
import { formatsOf, sizesOf, type Format, type Shows } from '../../export/recipe';
import { isAbort, toFault } from '../../engine/faults';
import { fileName, type NamedFile } from '../../files/files';
import { command, Session } from '../../app/session';
import { isComplete, type Run } from '../../app/state';
import type { Studio } from '../../studio/studio';
import { recipeOf, sourceOf } from './source';

export interface Choice extends Pick<Shows, 'what' | 'size' | 'smooth' | 'label'> {
  readonly format: Format | null; // null: the best that there is
  readonly drawn: boolean; // by the decoder
}

export interface Working {
  readonly stage: 'drawing' | 'packing';
  readonly done: number;
  readonly total: number;
}

/** Why a format is not there: this browser packs none, or has not said yet. */
export type Offer = 'yes' | 'no' | 'asking';

export class TakeAway extends Session {
  readonly choice = signal<Choice>({ what: 'film', format: null, size: 512, smooth: true, label: true, drawn: true });
  readonly packs = signal<Packs | null>(null);
  readonly working = signal<Working | null>(null);
  readonly fault = signal<Fault | null>(null);
  readonly saved = signal<{ readonly name: string; readonly bytes: number } | null>(null);
  private current = new AbortController();

  constructor(
    private readonly studio: Pick<Studio, 'state' | 'drawing'>,
    private readonly newExporter: () => Exporter, // a worker for each file, which ends with it
  ) {
    super(studio.state);
  }

  /** A run that can be taken away: one that is through. */
  readonly run = computed((): Run | null => {
    const run = this.state.run.value;
    return run && isComplete(run) && run.phase !== 'running' ? run : null;
  });

  /** The format that a press of the button makes. */
  readonly format = computed((): Format => {
    const { what, format } = this.choice.value;
    const offered = formatsOf(what);
    if (format && offered.includes(format) && this.offers(format) !== 'no') return format;
    return offered.find((each) => this.offers(each) === 'yes') ?? offered[offered.length - 1];
  });

  /** The size that it will have: the one that was chosen, within what there is for such a file. */
  readonly size = computed((): number => {
    const sizes = sizesOf(this.choice.value.what, this.format.value);
    return Math.min(sizes[sizes.length - 1], Math.max(sizes[0], this.choice.value.size));
  });

  offers(format: Format): Offer {
    if (format === 'gif' || format === 'png') return 'yes';
    const packs = this.packs.value;
    return packs ? (packs[format] ? 'yes' : 'no') : 'asking';
  }

  /** Finds out which films this browser packs, by packing one picture. */
  async probe(): Promise<void> {
    if (this.packs.value) return;
    const exporter = this.newExporter();
    this.packs.value = await exporter.probe().catch(() => ({ mp4: null, webm: null }));
    exporter.dispose();
  }

  @command
  choose(change: Partial<Choice>): void {
    const { choice } = this;
    const next = { ...choice.value, ...change };
    batch(() => {
      choice.value = next;
      this.fault.value = this.saved.value = null;
    });
  }

  @command
  cancel(): void {
    this.current.abort();
  }

  /** The file with its name, or undefined where it was given up or did not come about. `address`: of the page, for others. */
  @command
  async make(words: (rows: readonly number[]) => PosterWords, address?: string): Promise<NamedFile | undefined> {
    const run = this.run.value;
    if (!run || this.working.value) return undefined;
    const [mine, exporter] = [new AbortController(), this.newExporter()];
    this.current = mine;
    const [format, { drawn }] = [this.format.value, this.choice.value];
    batch(() => {
      this.working.value = { stage: 'drawing', done: 0, total: 1 };
      this.fault.value = this.saved.value = null;
    });
    const progress = (stage: Working['stage']) => (done: number, total: number) => {
      if (this.current === mine) this.working.value = { stage, done, total };
    };
    try {
      const shows = this.shows(run);
      const source = await sourceOf(run, shows, drawn, this.studio.drawing, progress('drawing'), mine.signal, words);
      const recipe = recipeOf(run, shows, this.modelOf(run), drawn ? this.decoder() : undefined);
      const job = { recipe, format, source, prompt: run.prompt, ...(address && { address }) };
      progress('packing')(0, 1);
      const bytes = await exporter.make(job, progress('packing'), mine.signal);
      const name = fileName(run.prompt, format);
      this.saved.value = { name, bytes: bytes.length };
      return { name, bytes };
    } catch (thrown) {
      if (!mine.signal.aborted && !isAbort(thrown)) this.fault.value = toFault(thrown);
      return undefined;
    } finally {
      exporter.dispose();
      this.working.value = null;
    }
  }

  dispose(): void {
    this.current.abort();
  }

  /** A frame is the one on the stage; everything else is of the finished film, or of all steps. */
  private shows(run: Run): Shows {
    const { what, smooth, label } = this.choice.value;
    const size = this.size.value;
    const { row, frame, show } = this.state;
    const here = what === 'frame' ? { row: row.value ?? run.steps.length, frame: frame.value } : { row: 0, frame: 0 };
    return { what, size, smooth, label, show: what === 'frame' || what === 'sheet' ? show.value : 'guess', ...here };
  }

  /** A run out of a file says only the name of its weights; one that ran here had those that are loaded. */
  private modelOf({ source, model }: Run) {
    const engine = this.state.engine.value;
    const sha256 = source === 'live' && engine.phase === 'ready' && engine.info.model === model && engine.info.sha256;
    return { name: model, ...(sha256 && { sha256 }) };
  }

  private decoder() {
    const decoder = this.studio.drawing.decoder.value;
    if (decoder.phase !== 'ready') return undefined;
    const { name, sha256 } = decoder.info;
    return { name, ...(sha256 && { sha256 }) };
  }
}
