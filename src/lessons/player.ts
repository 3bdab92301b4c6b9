/**
 * Plays the story: sets the stage for the chapter that is open, notes what the learner does, and says when that is enough
 * for its reveal. It knows the page's state and commands and nothing else: no element, no selector. Leaving the story
 * puts the stage back as it stood.
 *
 * What it is not: it draws nothing and says nothing (src/views/story does, with the words of src/i18n).
 */
import { batch, computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals-core';
import type { DecidedRow } from '../judging/decided';
import type { Facts } from '../app/session';
import { changes } from '../settings/settings';
import { isComplete, type Run } from '../app/state';
import type { Reading } from '../reading/types';
import type { Step } from '../sampling/types';
import type { Answer, AnyFinding, Chapter, Seen, Stage, Trace } from './chapter';
import { chapters } from './chapters';
import { facts } from './facts';
import type { Film } from './films';
import type { Notebook } from './notebook';
import { wreckShape } from './wreck';

/** What the player needs of the page: src/studio/studio.ts has it. What stood on the stage is the page's own affair. */
export interface Page {
  readonly state: Pick<Facts, 'chapter' | 'run' | 'step' | 'engine'>;
  readonly story: {
    aside(): unknown;
    back(standing: unknown): void;
    stage(wanted: Stage): Promise<void>;
    beside(film: Film): Promise<readonly Step[]>;
    guess(x: Float32Array, t: number): Promise<Float32Array | null>;
    point(parts: readonly string[]): void;
  };
  readonly runs: { playRecording(film: Film): Promise<void> };
  readonly seeing: {
    readonly readings: ReadonlySignal<readonly (Reading | undefined)[]>;
    readonly decisions: ReadonlySignal<readonly DecidedRow[]>;
  };
}

/** Where the learner stands in a chapter: before the prediction, at what there is to do, or after the reveal. */
export type Phase = 'predict' | 'do' | 'reveal';

export class Player {
  /** The chapter that is open; null on the page of contents. */
  readonly chapter = computed((): Chapter | null => chapters[(this.page.state.chapter.value ?? 0) - 1] ?? null);

  /** Guesses of the recorded run that the chapter shows beside the stage; none until they have come. */
  readonly beside = signal<readonly Float32Array[]>([]);
  /** What the loaded network guesses of the clip under as much noise as the learner last laid over it; null without one. */
  readonly live = signal<{ readonly noise: number; readonly guess: Float32Array } | null>(null);
  /** What the chapter shows beside the stage could not be had: offline, and not kept. */
  readonly lacking = signal(false);

  private readonly played = signal<readonly { readonly film: Film; readonly run: Run }[]>([]);
  private readonly films = signal<readonly Seen[]>([]);
  private readonly rows = signal<readonly number[]>([]);
  private readonly tries = signal<readonly string[]>([]);
  private readonly besideReadings = signal<readonly (Reading | undefined)[]>([]);
  private readonly found = signal<AnyFinding | null>(null);
  private readonly set = signal(false); // the stage stands as the chapter wants it
  private standing: { readonly before: unknown } | null = null; // null while no chapter is open
  private entered = 0; // how many chapters were, so that what comes late for one is dropped
  private readonly endings: (() => void)[];

  constructor(
    private readonly page: Page,
    readonly notebook: Notebook,
    private readonly readClip: (clip: Float32Array) => Promise<Reading> = readBeside,
  ) {
    this.endings = [
      effect(() => {
        const chapter = this.chapter.value;
        untracked(() => void this.enter(chapter));
      }),
      effect(() => this.noteFilm()),
      effect(() => this.noteRow()),
      effect(() => {
        const chapter = this.chapter.value;
        const finding = chapter && this.predicted.value ? chapter.find(this.trace.value) : null;
        if (!chapter || !finding) return;
        this.found.value = finding;
        untracked(() => this.notebook.find(chapter.id));
      }),
    ];
  }

  /** Every question of the chapter has its prediction. */
  readonly predicted = computed(() => {
    const chapter = this.chapter.value;
    if (!chapter) return false;
    const answers = this.notebook.predictions(chapter.id);
    return chapter.questions.every(({ id }) => answers[id] !== undefined);
  });

  /** What came of the learner's own run; null until they have predicted and done what there is to do. */
  readonly finding = computed(() => (this.predicted.value ? this.found.value : null));

  readonly phase = computed((): Phase => (!this.predicted.value ? 'predict' : this.finding.value ? 'reveal' : 'do'));

  /** What there is to do, in this chapter, has been done so far; for who draws it. */
  readonly trace = computed((): Trace => {
    const { state, seeing } = this.page;
    const chapter = this.chapter.value;
    const engine = state.engine.value;
    return {
      answers: chapter ? this.notebook.predictions(chapter.id) : {},
      films: this.films.value,
      rows: this.rows.value,
      tries: this.tries.value,
      run: this.set.value ? state.run.value : null,
      readings: seeing.readings.value,
      decisions: seeing.decisions.value,
      beside: this.beside.value,
      besideReadings: this.besideReadings.value,
      parameters: engine.phase === 'ready' ? engine.info.parameters : facts.parameters,
    };
  });

  /** A prediction, made before anything is revealed; it counts until somebody starts the chapter anew. */
  predict(question: string, answer: Answer): void {
    const chapter = this.chapter.peek();
    if (chapter) this.notebook.predict(chapter.id, question, answer);
  }

  /** One of the chapter's films on the stage, from its first step to its last. */
  async play(film: Film): Promise<void> {
    const mine = this.entered;
    await this.page.runs.playRecording(film);
    if (mine === this.entered) this.notePlayed(film);
  }

  /** Whether a film has been played to its end, and our reader is through with it. */
  isSeen(film: Film): boolean {
    const run = this.played.value.find((each) => each.film === film)?.run;
    return run !== undefined && this.films.value.some((seen) => alike(seen.run, run) && seen.reading !== null);
  }

  /** The learner has tried something at the chapter's own figure. */
  try(what: string): void {
    if (this.predicted.peek() && !this.tries.peek().includes(what)) this.tries.value = [...this.tries.peek(), what];
  }

  /** The loaded network, where there is one, guesses what is under so much noise (0 .. 1). Its guess may be late, or never come. */
  async ask(x: Float32Array, noise: number): Promise<void> {
    const mine = this.entered;
    const guess = await this.page.story.guess(x, 1 - noise).catch(() => null); // what broke the page says by itself
    if (mine === this.entered && guess) this.live.value = { noise, guess };
  }

  /** The chapter from its beginning: without the predictions, and with its own stage. */
  async again(): Promise<void> {
    const chapter = this.chapter.peek();
    if (!chapter) return;
    this.notebook.unpredict(chapter.id);
    await this.enter(chapter);
  }

  /** The stage goes back to what it was. */
  dispose(): void {
    for (const end of this.endings) end();
    void this.enter(null);
  }

  private async enter(chapter: Chapter | null): Promise<void> {
    const { story } = this.page;
    const mine = ++this.entered;
    batch(() => {
      this.played.value = [];
      this.films.value = [];
      this.rows.value = [];
      this.tries.value = [];
      this.beside.value = [];
      this.besideReadings.value = [];
      this.lacking.value = false;
      this.live.value = null;
      this.found.value = null;
      this.set.value = false;
    });
    story.point(chapter?.points ?? []);
    if (!chapter) {
      if (this.standing) story.back(this.standing.before);
      this.standing = null;
      return;
    }
    this.standing ??= { before: story.aside() };
    await Promise.all([story.stage(chapter.stage), this.bring(chapter, mine)]);
    if (mine !== this.entered) return;
    this.notePlayed(chapter.stage.film);
    this.set.value = true;
  }

  /** A film of the chapter has come to its end, unless something else was put in its place. */
  private notePlayed(film: Film): void {
    const run = this.page.state.run.peek();
    if (!run || !isComplete(run) || run.prompt !== film.prompt) return;
    this.played.value = [...this.played.peek().filter((each) => each.film !== film), { film, run }];
  }

  /** What the chapter shows beside the stage, and what our reader sees in it. */
  private async bring({ beside }: Chapter, mine: number): Promise<void> {
    if (!beside) return;
    try {
      const steps = await this.page.story.beside(beside.film);
      if (mine !== this.entered) return;
      this.beside.value = steps.map(({ guess }) => guess);
      if (!beside.read) return;
      const readings: Reading[] = [];
      for (const { guess } of steps) readings.push(await this.readClip(guess));
      if (mine === this.entered) this.besideReadings.value = readings;
    } catch {
      if (mine === this.entered) this.lacking.value = true;
    }
  }

  /** A film that has come to its end on the stage, and what is read in it once that is known. */
  private noteFilm(): void {
    const { state, seeing } = this.page;
    const [set, run, reading] = [this.set.value, state.run.value, seeing.readings.value.at(-1)];
    if (!set || !run || !isComplete(run) || run.phase === 'running') return;
    const films = this.films.peek();
    const known = films.find((seen) => alike(seen.run, run)); // the same run played again is no other film
    if (known && (known.reading || !reading)) return;
    const now: Seen = { run, reading: reading ?? null };
    this.films.value = known ? films.map((seen) => (seen === known ? now : seen)) : [...films, now];
  }

  /** A row of the sheet that somebody has chosen. */
  private noteRow(): void {
    const [step, predicted] = [this.page.state.step.value, this.predicted.value];
    if (!this.set.value || !predicted || step === null) return;
    if (!this.rows.peek().includes(step)) this.rows.value = [...this.rows.peek(), step];
  }
}

/** Of the same network, words and settings: the same film. */
function alike(a: Run, b: Run): boolean {
  return a.model === b.model && a.prompt === b.prompt && changes(a.settings, b.settings).length === 0;
}

/** The reader comes with the first chapter that asks it. */
async function readBeside(clip: Float32Array): Promise<Reading> {
  const { readClip } = await import('../reading/read');
  await new Promise((done) => setTimeout(done)); // the page has its turn
  return readClip(clip, wreckShape);
}
