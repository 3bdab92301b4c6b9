/**
 * The laboratory: what needs more than the one run on the stage. Two settings side by side, twelve seeds, a race. Its
 * runs come from the same engine and are the same streams of steps; one job goes on at a time, and what has come stays.
 *
 * The stage is always one side of it: "this" is the run that the page shows anyway, so that the sheet, the film and
 * every plot stand on the same step.
 */
import { batch, computed, signal } from '@preact/signals-core';
import type { Fault } from '../engine/protocol';
import type { ClipShape, Step } from '../sampling/types';
import type { Controls } from '../app/controls';
import type { EngineSession } from '../app/engine-session';
import { isAbort, toFault } from '../engine/faults';
import { settled, type RunSession } from '../app/run-session';
import { command, Session, type Facts } from '../app/session';
import { changes, cleanPrompt, type Settings } from '../settings/settings';
import { awayFrom } from '../words/away';
import type { Told } from '../app/hearing';
import { asGiven, isComplete, noiseLeft, type Run } from '../app/state';
import type { Judge } from './judge';
import { callsLeft, callsOf, continued, raceOf, type Mark, type Race } from './race';
import { entrantsOf, type RaceSize, type Sampler } from '../settings/race';
import { rowAlike } from './rows';
import { seedsFrom } from './seeds';
import type { LabView } from '../settings/views';
import { common, type Common, type Look } from './wall';

export interface Tile {
  readonly seed: number;
  readonly clip: Float32Array | null; // the newest guess
  readonly done: boolean;
}

export interface Wall {
  readonly prompt: string;
  readonly settings: Settings;
  readonly shape: ClipShape;
  readonly tiles: readonly Tile[];
  readonly common: Common | null; // what all that are done have in common; null while none has been read
}

/** Further films that the view Inside draws: a word's slide, words that were never shown together, other trainings. */
type Inside = 'slide' | 'holes' | 'training';

export interface Job {
  readonly kind: 'compare' | 'wall' | 'race' | Inside;
  readonly done: number; // steps, or model calls of a race
  readonly total: number;
  readonly secondsLeft: number | null; // at the pace so far; null while that is not known
}

/** Facts of the laboratory that a link says: they stand in the state, and only a link and the laboratory change them. */
type Own = 'view' | 'lab' | 'otherSettings' | 'otherPrompt' | 'entrants' | 'raceSize';

export const wallSize = 12;

export class Lab extends Session<Own> {
  readonly job = signal<Job | null>(null);
  readonly fault = signal<Fault | null>(null);
  readonly failed = signal<Job['kind'] | null>(null); // whose fault that is

  readonly other = signal<Run | null>(null);
  readonly wall = signal<Wall | null>(null);
  readonly race = signal<Race | null>(null);

  /** The row of the other run that has as much noise left as the row that the stage shows. */
  readonly otherRow = computed(() => {
    const run = this.state.run.value;
    const row = this.state.row.value;
    const other = this.other.value;
    return run && other && row !== null ? rowAlike(other, noiseLeft(run, row)) : null;
  });

  /** Whether both runs were made of the same noise, and of the words that are compared. */
  readonly alike = computed(() => {
    const run = this.state.run.value;
    const other = this.other.value;
    if (!run || !other || run.settings.seed !== other.settings.seed) return false;
    return other.prompt === (this.state.otherPrompt.value ?? run.prompt);
  });

  private readonly marks = new WeakMap<Float32Array, Mark | null>(); // null: asked, no answer yet
  private readonly marked = signal(0); // grows with every answer
  private current = new AbortController();
  private again: (() => Promise<void>) | null = null; // what trying again repeats

  constructor(
    state: Facts<Own>,
    private readonly engine: Pick<EngineSession, 'info' | 'steps' | 'shapeOf'>,
    private readonly runs: Pick<RunSession, 'again' | 'end' | 'show'>, // of the stage
    private readonly controls: Pick<Controls, 'adopt'>,
    private readonly judge: Pick<Judge, 'judge' | 'look'>,
    private readonly told: (words: string) => Promise<Told>,
  ) {
    super(state);
  }

  @command
  stop(): void {
    this.end();
  }

  end(): void {
    this.current.abort();
    this.job.value = null;
  }

  @command
  async retry(): Promise<void> {
    this.fault.value = null;
    await this.again?.();
  }

  @command
  dismissFault(): void {
    this.fault.value = null;
  }

  @command
  show(view: LabView): void {
    this.state.view.value = 'lab';
    this.state.lab.value = view;
  }

  // ---------------------------------------------------------------------------------------------------- side by side

  /** Keeps the run on the stage as the other one: whatever is run next stands beside it. */
  @command
  keep(): void {
    const run = this.state.run.value;
    if (!run || run.steps.length === 0) return;
    batch(() => {
      this.state.otherSettings.value = run.settings;
      this.state.otherPrompt.value = run.prompt;
      this.other.value = settled(run);
    });
  }

  /** Runs other words, as somebody typed them, with the stage's settings. */
  @command
  async compareWords(words: string): Promise<void> {
    const run = this.state.run.value;
    if (!run) return;
    const { prompt, negative } = await this.told(words);
    await this.compare({ ...run.settings, negative: awayFrom(run.settings.negative, negative) }, prompt);
  }

  /** Runs what the prompt says on the stage, and then other words beside it, at the same seed. */
  @command
  async runBoth(words: string): Promise<void> {
    this.show('compare');
    await this.runs.again();
    const { run, request } = this.state;
    if (run.value?.phase === 'done' && run.value.prompt === request.value.prompt) await this.compareWords(words);
  }

  /** Runs other settings, or other words, at the stage's seed, to stand beside it; without words those of the stage. */
  @command
  async compare(settings: Settings, words: string | null = null): Promise<void> {
    const run = this.state.run.value;
    if (!run) return;
    const prompt = words === null ? run.prompt : cleanPrompt(words);
    const { given } = run;
    const { seed, format } = run.settings; // films of two sizes have no pixels to compare
    const mine: Settings = { ...settings, seed, format };
    batch(() => {
      this.state.otherSettings.value = mine;
      this.state.otherPrompt.value = prompt === run.prompt ? null : prompt;
    });
    await this.work(
      'compare',
      mine.steps,
      () => this.compare(settings, words),
      async (signal, tick) => {
        let now: Run = {
          source: 'live',
          model: run.model,
          prompt,
          settings: mine,
          shape: run.shape,
          ...(given && { given }),
          steps: [],
          phase: 'running',
        };
        try {
          const request = { prompt, ...mine, ...asGiven(given) };
          for await (const step of this.engine.steps(request, signal)) {
            now = { ...now, steps: [...now.steps, step] };
            this.other.value = now;
            tick(step);
          }
        } finally {
          if (this.other.value === now) this.other.value = { ...now, phase: isComplete(now) ? 'done' : 'stopped' };
        }
      },
    );
  }

  @command
  forgetOther(): void {
    if (this.job.value?.kind === 'compare') this.end();
    batch(() => {
      this.state.otherSettings.value = null;
      this.state.otherPrompt.value = null;
      this.other.value = null;
    });
  }

  /** The other run's settings on the stage and the stage's beside them. */
  @command
  exchange(): void {
    const { state } = this;
    const [run, other] = [state.run.value, this.other.value];
    if (!run || !other || run.steps.length === 0) return;
    this.end();
    this.runs.end();
    batch(() => {
      this.other.value = settled(run);
      this.state.otherSettings.value = run.settings;
      this.state.otherPrompt.value = run.prompt === other.prompt ? null : run.prompt;
      this.runs.show(other);
      this.controls.adopt(other);
    });
  }

  /** The run on the stage is through: the other one follows with the same words and seed, where the reader looks at both. */
  async follow(): Promise<void> {
    const settings = this.state.otherSettings.value;
    if (!settings || !this.looksAtBoth(settings) || this.alike.value || !this.engine.info) return;
    await this.compare(settings, this.state.otherPrompt.value);
  }

  /** In the laboratory, or in the view Inside, which compares what the network does without. */
  private looksAtBoth(other: Settings): boolean {
    const { lab, beside, settings } = this.state;
    if (beside.value === 'inside') return changes(settings.value, other).includes('ablation');
    return lab.value === 'compare';
  }

  // ------------------------------------------------------------------------------------------------------- twelve seeds

  /** The seed of the controls and the eleven after it, all else alike. */
  @command
  async fillWall(): Promise<void> {
    const { state } = this;
    const { prompt, settings } = state.request.value;
    const shape = this.engine.shapeOf(settings);
    if (!shape) return;
    const tiles = wallSeeds(settings.seed).map((seed): Tile => ({ seed, clip: null, done: false }));
    let wall: Wall = { prompt, settings, shape, tiles, common: null };
    const looks: Look[] = [];
    const publish = (change: Partial<Wall>) => (this.wall.value = wall = { ...wall, ...change });
    this.wall.value = wall;
    await this.work(
      'wall',
      wallSize * settings.steps,
      () => this.fillWall(),
      async (signal, tick) => {
        for (const { seed } of tiles) {
          let tile: Tile | undefined;
          for await (const step of this.engine.steps({ prompt, ...settings, seed }, signal)) {
            const now: Tile = { seed, clip: step.guess, done: step.index === step.steps - 1 };
            tile = now;
            publish({ tiles: wall.tiles.map((old) => (old.seed === seed ? now : old)) });
            tick(step);
          }
          if (!tile?.done) continue;
          const look = await this.lookAt(tile.clip!, shape, prompt); // unread, it counts for nothing
          if (!look) continue;
          looks.push(look);
          publish({ common: common(looks) });
        }
      },
    );
  }

  // ----------------------------------------------------------------------------------------------------------- the race

  @command
  enter(sampler: Sampler, takesPart: boolean): void {
    const others = this.state.entrants.value.filter((name) => name !== sampler);
    this.state.entrants.value = entrantsOf(takesPart ? [...others, sampler] : others);
  }

  @command
  setSize(size: RaceSize): void {
    this.state.raceSize.value = size;
  }

  /** The race that the controls ask for, with what of it has been run already; null where nobody runs. */
  readonly nextRace = computed((): Race | null => {
    const { entrants, raceSize, request } = this.state;
    const { prompt, settings } = request.value;
    const shape = this.engine.shapeOf(settings);
    if (!shape || entrants.value.length === 0) return null;
    const about = { size: raceSize.value, prompt, settings, shape };
    return continued(raceOf(entrants.value, about), this.race.value);
  });

  /** Seconds that the next race takes at the pace of the run on the stage; null where that is no live one. */
  readonly raceSeconds = computed((): number | null => {
    const [run, race] = [this.state.run.value, this.nextRace.value];
    if (!run || !race || run.source !== 'live' || run.phase !== 'done') return null;
    const spent = run.steps.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    return (callsLeft(race) * spent) / 1000 / callsOf(run.settings.sampler, run.steps.length);
  });

  /** Runs what of it has not been run yet, the cheapest first: whoever stops early has the best part of it. */
  @command
  async startRace(): Promise<void> {
    const race = this.nextRace.value;
    if (!race) return;
    this.race.value = race;
    await this.work(
      'race',
      callsLeft(race),
      () => this.startRace(),
      async (signal, tick) => {
        const { runRace } = await import('./racing');
        await runRace(race, signal, {
          steps: (request) => this.engine.steps(request, signal),
          mark: (clip) => this.markFor(clip, race.shape, race.prompt),
          publish: (now) => (this.race.value = now),
          tick,
        });
      },
    );
  }

  // ---------------------------------------------------------------------------------------------------------------------

  /** What the reader makes of a finished run; null while it has not answered. It is asked the first time somebody looks. */
  markOf(run: Run | null): Mark | null {
    void this.marked.value;
    if (!run || !isComplete(run)) return null;
    const clip = run.steps[run.steps.length - 1].guess;
    const known = this.marks.get(clip);
    if (known !== undefined) return known;
    this.marks.set(clip, null);
    void this.markFor(clip, run.shape, run.prompt).then((mark) => {
      this.marks.set(clip, mark);
      this.marked.value++;
    });
    return null;
  }

  /** What the reader sees of a finished film, word by word; null where it cannot read it. */
  async lookAt(clip: Float32Array, shape: ClipShape, prompt: string): Promise<Look | null> {
    return await this.judge.look(clip, shape, prompt).catch(() => null);
  }

  private async markFor(clip: Float32Array, shape: ClipShape, prompt: string): Promise<Mark | null> {
    return await this.judge.judge(clip, shape, prompt).catch(() => null);
  }

  /** One job at a time; a fault is kept with what tries again, an abort is none. */
  async work(
    kind: Job['kind'],
    total: number,
    again: () => Promise<void>,
    task: (signal: AbortSignal, tick: (step: Step, share?: number) => void) => Promise<void>,
  ): Promise<void> {
    this.end();
    if (kind !== 'compare') this.runs.end(); // the engine takes one run after the other: the stage's comes first
    const mine = new AbortController();
    this.current = mine;
    this.again = again;
    let [done, spent] = [0, 0];
    batch(() => {
      this.fault.value = null;
      this.job.value = { kind, done, total, secondsLeft: null };
    });
    try {
      await task(mine.signal, ({ milliseconds }, share = 1) => {
        done += share;
        spent += milliseconds;
        const secondsLeft = (Math.max(0, total - done) * spent) / done / 1000;
        if (this.current === mine && !mine.signal.aborted) this.job.value = { kind, done, total, secondsLeft };
      });
    } catch (thrown) {
      if (this.current === mine && !mine.signal.aborted && !isAbort(thrown))
        batch(() => {
          this.fault.value = toFault(thrown);
          this.failed.value = kind;
        });
    } finally {
      if (this.current === mine) this.job.value = null;
    }
  }
}

/** Twelve seeds from this one on. */
export function wallSeeds(first: number): number[] {
  return seedsFrom(first, wallSize);
}
