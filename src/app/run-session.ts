/**
 * The run on the stage: shaken, stopped, played from a recording. A live run and a recorded one go through the same
 * `consume`: a stream of steps comes in, the state grows by one row at a time.
 */
import { batch } from '@preact/signals-core';
import type { Fault } from '../engine/protocol';
import type { Begin, Known } from '../sampling/run';
import type { ClipShape, RunSettings, Step } from '../sampling/types';
import type { Controls } from './controls';
import type { EngineSession } from './engine-session';
import { isAbort, toFault } from '../engine/faults';
import type { Recipe } from '../settings/link';
import { command, Session, type Facts } from './session';
import { cleanPrompt, completed, type Settings } from '../settings/settings';
import {
  asGiven,
  isComplete,
  nothingKnown,
  type Given,
  type RecordingEntry,
  type Run,
  type Trouble,
  type Waypoint,
} from './state';

/** A run that was recorded earlier. */
export interface Recorded {
  readonly model: string; // name of the weights
  readonly prompt: string;
  readonly negative?: string;
  readonly then?: string;
  readonly settings: RunSettings;
  readonly shape: ClipShape;
  readonly known?: Known; // pixels that were given
  readonly begin?: Begin; // a film that it begins in
  /** The same run as a file. */
  encode(): Promise<Uint8Array>;
  replay(signal: AbortSignal): AsyncIterable<Step>;
}

export interface RunPorts {
  listRecordings(): Promise<readonly RecordingEntry[]>;
  openRecording(entry: RecordingEntry): Promise<Recorded>;
  /** True where the reader asked their system for less motion: nothing starts to move by itself. */
  readonly calm: boolean;
}

/** What else asks the model: it makes way for a run, and may have something to do once that is through. */
export interface Others {
  end(): void;
  follow(): Promise<void>;
}

/** Milliseconds from row to row of a recorded run, so that one can watch it clear. */
const pace = 110;

type Own = 'run' | 'coming' | 'queued' | 'recordings' | 'trouble' | 'mended' | 'good' | 'step' | 'recipe';

/** Pixels for a run that have to be made first; null where somebody stopped that. */
export interface Coming {
  readonly recipe: Recipe;
  bring(): Promise<Given | null>;
}

export class RunSession extends Session<Own> {
  private current = new AbortController();
  private arriving = new AbortController(); // of a recording; ends with the next one, and with a live run
  private shown: Run | null = null; // the last run of which anything was seen
  private given: Given | Coming | undefined; // what the run that was asked for last keeps

  constructor(
    state: Facts<Own>,
    private readonly ports: RunPorts,
    private readonly engine: EngineSession,
    private readonly controls: Controls,
    private readonly others: () => Others,
  ) {
    super(state);
  }

  /** Fresh noise, unless the seed is kept, and a film of it. */
  @command
  async shake(): Promise<void> {
    this.controls.takeBack();
    if (!this.state.seedKept.value) this.controls.dice();
    await this.again();
  }

  /**
   * The noise of the seed that stands in the controls, and the `given` pixels kept. Before the model is ready it waits for it;
   * after a failure it loads again.
   */
  @command
  async again({ keepPlace = false, given }: { keepPlace?: boolean; given?: Given | Coming } = {}): Promise<void> {
    if (!keepPlace) this.state.step.value = null;
    this.given = given;
    this.state.recipe.value = given?.recipe ?? null;
    await this.start();
  }

  /** The run that was asked for last, once more. */
  async retry(): Promise<void> {
    await this.again({ given: this.given });
  }

  /** Ends the run that is going on; what has come so far stays. */
  @command
  stop(): void {
    this.end();
  }

  /** A seed of the wall, an entry of the race: its settings on the stage, and run. */
  @command
  async take(prompt: string, settings: Settings, given?: Given): Promise<void> {
    this.controls.tell(cleanPrompt(prompt));
    this.controls.set(settings);
    await this.again({ given });
  }

  /** One click: the words are there and the globe is shaken; where no engine is ready, a recording of them stands in. */
  @command
  async takeExample(prompt: string): Promise<void> {
    this.controls.tell(cleanPrompt(prompt));
    const recording = this.state.recordings.value.find((entry) => entry.prompt === prompt);
    if (recording && this.state.engine.value.phase !== 'ready') await this.playRecording(recording);
    else await this.again();
  }

  /** Plays the recorded run that somebody chose, instead of whatever goes on. */
  @command
  async playRecording(entry: RecordingEntry): Promise<void> {
    this.end();
    this.state.step.value = null;
    await this.fetch(entry, true);
  }

  /** After a run that broke: the settings of the last one that came to its end, and shaken. */
  @command
  async backToGood(): Promise<void> {
    const good = this.state.good.value;
    if (!good) return;
    this.state.trouble.value = null;
    this.controls.adopt(good);
    await this.again({ given: good.given });
  }

  /** A live run of what the controls say, or as soon as there is a model. */
  async start(): Promise<void> {
    const { state } = this;
    if (!this.engine.info) {
      state.queued.value = true;
      if (state.engine.value.phase === 'failed') await this.engine.load();
      return;
    }
    if (state.awaitsEars.value) {
      state.queued.value = true; // the words are on their way, and come in a moment: hearing.ts
      return;
    }
    state.queued.value = false;
    state.mended.value = null;
    this.arriving.abort();
    this.others().end();
    const { given } = this;
    if (given && 'bring' in given) {
      const brought = await given.bring().catch((thrown: unknown) => this.trouble(toFault(thrown), 'nothing'));
      if (!brought || this.given !== given) return; // somebody stopped it, or has asked for another run
      this.given = brought;
      return this.start();
    }
    const run = await this.live({ ...state.request.value, given }, state.live.value);
    if (run?.phase === 'done') await this.others().follow();
  }

  /**
   * A live run on the stage, whatever the controls say; `behind` it, the stage keeps its film until the new one is through.
   * Returns it with what has come of it; null where another took its place.
   */
  async live({ prompt, settings, given }: Waypoint, behind = false): Promise<Run | null> {
    const { model } = this.engine.info!;
    const shape = this.engine.shapeOf(settings)!;
    const about = { source: 'live', model, prompt, settings, shape, ...(given && { given }) } as const;
    const request = { prompt, ...settings, ...asGiven(given) };
    return this.consume({ ...about, steps: [], phase: 'running' }, (signal) => this.engine.steps(request, signal), behind); // prettier-ignore
  }

  end(): void {
    this.current.abort();
    batch(() => {
      this.state.queued.value = false;
      this.state.coming.value = null;
    });
  }

  /** Finds out which recorded runs there are and plays one: the one for this prompt, else, unless told otherwise, the first. */
  async openRecordings(takePrompt: boolean, orFirst = true): Promise<void> {
    const { state } = this;
    const before = this.arriving;
    try {
      state.recordings.value = await this.ports.listRecordings();
      const [first] = state.recordings.value;
      const entry =
        state.recordings.value.find(({ prompt }) => prompt === state.request.value.prompt) ??
        (orFirst ? first : undefined);
      const asked = this.arriving !== before; // somebody has chosen a recording meanwhile
      if (entry && state.run.value === null && !asked) await this.fetch(entry, takePrompt);
    } catch (thrown) {
      this.trouble(toFault(thrown), 'recording');
    }
  }

  /** The steps of a recorded run that stays beside the stage. Rejects where it cannot be had. */
  async stepsOf(entry: RecordingEntry): Promise<readonly Step[]> {
    const recorded = await this.ports.openRecording(entry);
    const steps: Step[] = [];
    for await (const step of recorded.replay(new AbortController().signal)) steps.push(step);
    return steps;
  }

  /** What `load` brings; undefined where somebody has shaken or chosen another recording meanwhile. */
  async newest<Thing>(load: (signal: AbortSignal) => Promise<Thing>): Promise<Thing | undefined> {
    this.arriving.abort();
    const mine = new AbortController();
    this.arriving = mine;
    const thing = await load(mine.signal);
    return mine.signal.aborted ? undefined : thing;
  }

  /** A recorded run takes the same path as a live one; `takePrompt` also puts its settings into the controls. */
  async play(recorded: Recorded, takePrompt: boolean): Promise<void> {
    const { model, shape, begin } = recorded;
    const prompt = cleanPrompt(recorded.prompt);
    const [negative, then] = [recorded.negative, recorded.then].map((words) => cleanPrompt(words ?? ''));
    const settings = completed({ ...recorded.settings, negative, then });
    if (takePrompt) this.controls.adopt({ prompt, settings });
    const about = { source: 'recording', recorded, model, prompt, settings, shape } as const;
    const known = recorded.known ?? (begin && nothingKnown(shape));
    const given = known && { known, recipe: null, ...(begin && { begin }) };
    if (takePrompt) this.state.recipe.value = null;
    const wait = this.ports.calm ? 0 : pace;
    const run: Run = { ...about, ...(given && { given }), steps: [], phase: 'running' };
    await this.consume(run, (signal) => paced(recorded.replay(signal), wait, signal));
  }

  /** Puts a run on the stage that has been there before, or beside it. */
  show(run: Run): void {
    // One that was ended, and has not heard of it yet, shall not come back over this.
    if (this.current.signal.aborted) this.current = new AbortController();
    batch(() => {
      this.state.run.value = settled(run);
      this.state.recipe.value = run.given?.recipe ?? null;
    });
  }

  private async fetch(entry: RecordingEntry, takePrompt: boolean): Promise<void> {
    let recorded: Recorded | undefined;
    try {
      recorded = await this.newest(() => this.ports.openRecording(entry));
    } catch (thrown) {
      this.trouble(toFault(thrown), 'recording');
    }
    if (recorded) await this.play(recorded, takePrompt);
  }

  /** The one place where steps come in. Where a run ends before its first step, the one shown before comes back. */
  private async consume(
    run: Run,
    start: (signal: AbortSignal) => AsyncIterable<Step>,
    behind = false,
  ): Promise<Run | null> {
    const { state } = this;
    if (state.run.value && state.run.value.steps.length > 0) this.shown = state.run.value;
    this.current.abort();
    const mine = new AbortController();
    this.current = mine;
    batch(() => {
      state.coming.value = behind ? run : null;
      state.run.value = behind && this.shown ? settled(this.shown) : run;
      if (state.trouble.value?.retry === 'run') state.trouble.value = null;
    });
    let now = run;
    let phase: Run['phase'] = 'stopped';
    try {
      for await (const step of start(mine.signal)) {
        if (mine.signal.aborted) break;
        now = { ...now, steps: [...now.steps, step] };
        if (this.current === mine && !behind) state.run.value = now;
      }
      if (isComplete(now)) phase = 'done';
    } catch (thrown) {
      if (!mine.signal.aborted && !isAbort(thrown)) {
        phase = 'failed';
        if (this.current === mine) this.trouble(toFault(thrown), run.source === 'live' ? 'run' : 'recording');
      }
    }
    if (this.current !== mine) return null;
    const { shown } = this;
    const { prompt, settings, given } = now;
    now = { ...now, phase };
    const unseen = now.steps.length === 0 || (behind && phase !== 'done'); // then what was shown stays
    batch(() => {
      if (phase === 'done') state.good.value = { prompt, settings, ...(given && { given }) };
      state.coming.value = null;
      state.run.value = unseen && shown ? settled(shown) : now;
    });
    return now;
  }

  private trouble(fault: Fault, retry: Trouble['retry']): void {
    this.state.trouble.value = { fault, retry };
  }
}

/** A run that is no longer going on, whatever it was when it was put aside. */
export function settled(run: Run): Run {
  return run.phase === 'running' ? { ...run, phase: isComplete(run) ? 'done' : 'stopped' } : run;
}

/** The same steps, at least `milliseconds` apart. */
export async function* paced(
  steps: AsyncIterable<Step>,
  milliseconds: number,
  signal: AbortSignal,
): AsyncIterable<Step> {
  for await (const step of steps) {
    yield step;
    if (!signal.aborted) await new Promise((done) => setTimeout(done, milliseconds)); // at 0 too: the page has its turn
  }
}
