/**
 * A look inside the model call that a step of the run on the stage began with. It asks the engine by itself, as long as
 * somebody watches: once for each step that they stop at, after a run and never beside it. What comes is kept for that one
 * step and let go with the last look.
 *
 * What it is not: part of the first load. The view brings it along (views/inside), and `insideOf` makes one for each studio.
 */
import { batch, computed, effect, signal, untracked } from '@preact/signals-core';
import type { Fault, ProbedBlock } from '../../engine/protocol';
import { levelsAt } from '../../sampling/run';
import type { Step } from '../../sampling/types';
import type { EngineSession } from '../../app/engine-session';
import { isAbort, toFault } from '../../engine/faults';
import { flickers } from '../../judging/flicker';
import { command, Session, type Facts } from '../../app/session';
import { snowRate, type Run } from '../../app/state';
import type { Studio } from '../../studio/studio';
import type { View } from '../../app/view';
import { readPrompt } from '../../settings/words';
import { acrossTime, gazeOf, headsIn, readersIn, readersOf, rowOf, timesOf, type Choice } from './attention';
import { early, strongest } from './depth';
import { countOf, liveliest, type Grid } from './patches';
import { placeText, readPlace, type InsidePlace } from './place';
import { storedLook } from './stored';
import { walkOf, type Station } from './walk';

/** What was seen in one step. */
export interface Look {
  readonly run: Run;
  readonly step: Step;
  readonly level: number; // the noise level t that the network was told: 0 noise .. 1 clean
  readonly model: string; // that was asked; the run's own may be another, where it was recorded
  readonly grid: Grid;
  readonly prompt: string; // of this step, and its share where two prompts have a say
  readonly share: number;
  readonly names: readonly (string | null)[]; // of each place of the prompt, null where no word stands
  readonly blocks: readonly ProbedBlock[];
  readonly stored: boolean; // not worked out now: of the file beside a recording (stored.ts), and means over heads
}

/** Why there is nothing to see yet. */
export type Obstacle = 'nothing' | 'noModel' | 'loading' | 'running';

export class Inside extends Session {
  readonly look = signal<Look | null>(null);
  readonly busy = signal(false);
  readonly fault = signal<Fault | null>(null);
  /** A patch that a pointer rests on is shown in the place of the chosen one. */
  readonly pointed = signal<number | null>(null);
  private current = new AbortController();

  constructor(
    state: Facts,
    private readonly engine: EngineSession,
    private readonly view: Pick<View, 'lookInside'>,
    private readonly ports: Pick<Studio['ports'], 'openLook'>,
  ) {
    super(state);
  }

  /** The step that the stage stands on; at the finished clip it is the last. */
  readonly step = computed((): Step | null => {
    const [run, row] = [this.state.run.value, this.state.row.value];
    return run && row !== null ? (run.steps[Math.min(row, run.steps.length - 1)] ?? null) : null;
  });

  readonly obstacle = computed((): Obstacle | null => {
    const [{ phase }, running] = [this.state.engine.value, this.state.running.value];
    if (!this.step.value && !running) return 'nothing';
    if (phase !== 'ready') return phase === 'loading' ? 'loading' : 'noModel';
    return running ? 'running' : null;
  });

  /** A recording that no network can be asked about now. */
  private readonly orphan = computed((): Run | null => {
    const { run, running } = this.state;
    const none = this.obstacle.value === 'noModel' || this.obstacle.value === 'loading';
    return none && !running.value && run.value?.source === 'recording' ? run.value : null;
  });

  private readonly wanted = computed(() => (this.obstacle.value === null ? this.step.value : null));

  /** As long as somebody looks. Returns what ends that. */
  watch(): () => void {
    const end = effect(() => {
      const [wanted, orphan] = [this.wanted.value, this.orphan.value];
      untracked(() => void (orphan ? this.recall(orphan) : this.ask(wanted)));
    });
    return () => {
      end();
      this.current.abort();
      batch(() => {
        this.look.value = this.fault.value = this.pointed.value = null;
        this.busy.value = false;
      });
    };
  }

  // ------------------------------------------------------------------------------------------------- what somebody chooses

  @command
  choose(patch: number): void {
    batch(() => {
      this.go({ patch, word: null });
      this.pointed.value = null;
    });
  }

  /** A pointer rests on a patch, or on none. */
  point(patch: number | null): void {
    this.pointed.value = patch;
  }

  /** From 0, or the mean of all. */
  @command
  chooseBlock(block: Choice): void {
    this.go({ block });
  }

  @command
  chooseHead(head: Choice): void {
    this.go({ head });
  }

  /** A place of the prompt, or null: the chosen patch again. */
  @command
  chooseWord(place: number | null): void {
    this.go({ word: place });
  }

  /** A station of the walk through the step, or null: none. */
  @command
  openStation(station: Station | null): void {
    this.go({ part: station });
  }

  /** Where no model is loaded. */
  @command
  async load(): Promise<void> {
    await this.engine.load();
  }

  /** After a fault. */
  @command
  async retry(): Promise<void> {
    await this.ask(this.wanted.value);
  }

  // ---------------------------------------------------------------------------------------------------- what follows from it

  /** What is chosen; it stands in the link. */
  private readonly place = computed(() => readPlace(this.state.inside.value));
  private go(to: Partial<InsidePlace>): void {
    this.view.lookInside(placeText({ ...this.place.value, ...to }));
  }

  /** Place of the prompt whose readers are shown. */
  readonly word = computed(() => this.place.value.word);
  /** Of the walk, that is open. */
  readonly station = computed(() => this.place.value.part);
  readonly block = computed((): Choice => within(this.place.value.block, this.look.value?.blocks[0].depth ?? 0));
  readonly head = computed((): Choice =>
    within(this.place.value.head, this.look.value ? headsIn(this.look.value.blocks) : 0),
  );

  /** The patch that is chosen, at first the one in which most is to be seen, and the one that is shown. */
  readonly patch = computed((): number => {
    const look = this.look.value;
    if (!look) return 0;
    const { grid, run } = look;
    const chosen = this.place.value.patch;
    if (chosen !== null && chosen < countOf(grid)) return chosen;
    return liveliest(run.steps[run.steps.length - 1].guess, run.shape, grid);
  });
  readonly shown = computed((): number => {
    const [look, pointed] = [this.look.value, this.pointed.value];
    return look && pointed !== null && pointed < countOf(look.grid) ? pointed : this.patch.value;
  });

  /** What the shown patch reads from each key: places of the prompt, then patches. */
  readonly row = computed(() => {
    const look = this.look.value;
    return look && rowOf(look.blocks, this.shown.value, this.block.value, this.head.value);
  });
  readonly gaze = computed(() => {
    const [look, row] = [this.look.value, this.row.value];
    return look && row && gazeOf(row, this.shown.value, look.grid, look.names);
  });

  readonly readers = computed(() => {
    const [look, word] = [this.look.value, this.word.value];
    if (!look || word === null || !look.names[word]) return null;
    return { text: look.names[word], ...readersIn(readersOf(look.blocks, word, this.block.value)) };
  });

  readonly times = computed(() => {
    const look = this.look.value;
    if (!look) return null;
    const shares = timesOf(look.blocks, this.block.value);
    return { shares, across: acrossTime(shares) };
  });

  /** The way through the step, with the numbers of the chosen patch. */
  readonly walk = computed(() => this.look.value && walkOf(this.look.value, this.patch.value));

  /** The early guesses, one a block, and the block that does most for the picture. */
  readonly depth = computed(() => {
    const look = this.look.value;
    const guesses = look?.blocks.flatMap(({ guess }) => guess ?? []) ?? [];
    if (!look || guesses.length === 0) return null;
    const guessed = early(guesses).map((each, i) => ({ ...each, block: look.blocks[i].block }));
    const flickering = guessed.some(({ clip }) => flickers(clip, look.run.shape));
    return { early: guessed, strongest: strongest(guessed.map(({ likeness }) => likeness)), flickering };
  });

  /** The frame that early guesses show: the film's, but every so many only where they would flicker and nobody asked for that. */
  readonly frame = computed(() => {
    const { frame, rate, fullSpeed, playing } = this.state;
    const slow = this.depth.value?.flickering && !fullSpeed.value && playing.value;
    return frame.value - (slow ? frame.value % Math.ceil(rate.value / snowRate) : 0);
  });

  /** What lies beside a recording takes the place of a network, where it is of this very recording. */
  private async recall(run: Run): Promise<void> {
    this.current.abort();
    if (this.look.value?.run.steps === run.steps) return;
    const { recordings, words, tokens } = this.state;
    const entry = recordings.value.find(({ prompt }) => prompt === run.prompt);
    const stored = entry && (await storedLook(run, () => this.ports.openLook(entry)).catch(() => null));
    if (!stored || this.orphan.value !== run) return;
    const step = run.steps[stored.step];
    const names = namesOf(run.prompt, words.value.count, tokens.value);
    this.look.value = { ...stored, run, step, level: step.t, prompt: run.prompt, share: 1, names, stored: true };
  }

  private async ask(step: Step | null): Promise<void> {
    this.current.abort();
    const [run, { info }] = [this.state.run.value, this.engine];
    if (!step || !run || !info) return void (this.busy.value = false);
    if (this.look.value?.step === step && !this.look.value.stored && !this.fault.value) return;
    const mine = new AbortController();
    this.current = mine;
    batch(() => {
      this.busy.value = true;
      this.fault.value = null;
    });
    const level = run.settings.backwards ? 1 - step.t : step.t;
    const { prompt, share } = toldIn(run, step);
    const { shape, settings } = run;
    const { ablation } = settings;
    const levels = levelsAt(level, step.x.length / 3, run.given?.known);
    const request = { prompt, x: step.x, levels, shape, guesses: true, ablation };
    try {
      const blocks: ProbedBlock[] = [];
      for await (const block of this.engine.probe(request, mine.signal)) blocks.push(block);
      const { model, words, tokens } = info;
      const names = namesOf(prompt, words, tokens);
      const { grid } = blocks[0];
      if (!mine.signal.aborted)
        this.look.value = { run, step, level, model, grid, prompt, share, names, blocks, stored: false };
    } catch (thrown) {
      if (!mine.signal.aborted && !isAbort(thrown))
        batch(() => {
          this.fault.value = toFault(thrown);
          this.look.value = null; // it is of another step
        });
    } finally {
      if (this.current === mine) this.busy.value = false;
    }
  }
}

/** The words that a step was told: where two prompts have a say, those that have more of it, and their share. */
export function toldIn(
  { prompt, settings }: Run,
  { index }: Step,
): { readonly prompt: string; readonly share: number } {
  const { then, at, blend } = settings;
  if (then === '' || index < at) return { prompt, share: 1 };
  return blend >= 0.5 ? { prompt: then, share: blend } : { prompt, share: 1 - blend };
}

/** A choice that this model has, or the mean. */
function within(choice: Choice, count: number): Choice {
  return choice !== 'mean' && choice < count ? choice : 'mean';
}

/** The word in each place of the prompt, as it was typed; null at <start>, and where none stands. */
export function namesOf(prompt: string, words: number, places: number): readonly (string | null)[] {
  const known = readPrompt(prompt, words, places).words.filter(({ known }) => known);
  return Array.from({ length: places }, (_, place) => known[place - 1]?.text ?? null);
}

const made = new WeakMap<Studio, Inside>();

/** The one of a studio: what somebody chose stays chosen while they look elsewhere. */
export function insideOf(studio: Studio): Inside {
  const inside = made.get(studio) ?? new Inside(studio.state, studio.engine, studio.view, studio.ports);
  made.set(studio, inside);
  return inside;
}
