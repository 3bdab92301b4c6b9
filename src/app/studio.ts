/**
 * The commands of the page: open, shake, stop, look. A live run and a recorded one go through the same `consume`: a
 * stream of steps comes in, the state grows by one row at a time.
 *
 * The studio knows the engine only as a port, so that tests bring their own, and the first screen loads none of it.
 */
import { batch } from '@preact/signals-core';
import type { EngineInfo, Fault, RunRequest } from '../engine/protocol';
import type { Breakdown } from '../engine/steady';
import type { ClipShape, RunSettings, Step } from '../sampling/types';
import { isAbort, toFault } from './faults';
import { decodeLink, type LinkKey, type Notice } from './link';
import { cleanPrompt, defaults, limits, readNumber, type NumberSetting, type Settings, type Show } from './settings';
import { isComplete, State, type LoadStage, type RecordingEntry, type Run, type Trouble } from './state';

/** What the studio needs of an engine. `engine/steady` has it. */
export interface EnginePort {
  /** Where it breaks and loads itself anew, `onProgress` is told again, and `onBreakdown` what came of it. */
  load(
    onProgress: (progress: { stage: LoadStage; done: number; total: number }) => void,
    onBreakdown: (breakdown: Breakdown) => void,
  ): Promise<EngineInfo>;
  run(request: RunRequest, signal: AbortSignal): AsyncIterable<Step>;
  dispose(): void;
}

/** A run that was recorded earlier. */
export interface Recorded {
  readonly prompt: string;
  readonly settings: RunSettings;
  readonly shape: ClipShape;
  replay(signal: AbortSignal): AsyncIterable<Step>;
}

export interface Ports {
  createEngine(): Promise<EnginePort>;
  listRecordings(): Promise<readonly RecordingEntry[]>;
  openRecording(entry: RecordingEntry): Promise<Recorded>;
  /** True where the reader asked their system for less motion: nothing starts to move by itself. */
  readonly calm: boolean;
}

/** Milliseconds from row to row of a recorded run, so that one can watch it clear. */
const pace = 110;

export class Studio {
  readonly state = new State();
  private engine: EnginePort | null = null;
  private current = new AbortController();
  private shown: Run | null = null; // the last run of which anything was seen
  private opening = 0; // grows with every recording and every run: a file that comes late is dropped

  constructor(private readonly ports: Ports) {
    this.state.playing.value = !ports.calm;
  }

  /** Something that moves first, then the model. `link` is what stands behind the # of the address. */
  async open(link: string): Promise<void> {
    const asks = this.follow(link);
    const recordings = this.openRecordings(!asks);
    // The model is large, and unpacking it keeps a small machine busy: it starts once the first picture is there.
    await Promise.race([recordings, this.firstRow()]);
    await Promise.all([recordings, this.loadEngine()]);
  }

  private firstRow(): Promise<void> {
    return new Promise((resolve) => {
      const end = this.state.filled.subscribe((filled) => {
        if (!filled) return;
        resolve();
        queueMicrotask(() => end());
      });
    });
  }

  /** Takes over what a link says, and asks for its run. Returns true where it names a prompt. */
  follow(link: string): boolean {
    const { state } = this;
    const { state: linked, notices, asks } = decodeLink(link, state.prompt.value);
    batch(() => {
      state.prompt.value = linked.prompt;
      state.settings.value = linked.settings;
      state.show.value = linked.show;
      state.step.value = linked.step;
      state.frame.value = linked.frame ?? 0;
      if (linked.frame !== null) state.playing.value = false;
      state.notices.value = notices;
    });
    if (asks) void this.shake({ keepPlace: true });
    return asks;
  }

  dispose(): void {
    this.current.abort();
    this.engine?.dispose();
    this.engine = null;
  }

  // ---------------------------------------------------------------------------------------------------- the engine

  async loadEngine(): Promise<void> {
    const { state } = this;
    if (state.engine.value.phase === 'loading') return;
    state.engine.value = { phase: 'loading', stage: 'backend', done: 0, total: 0 };
    if (state.trouble.value?.retry === 'engine') state.trouble.value = null;
    this.engine?.dispose();
    this.engine = null;
    try {
      const engine = await this.ports.createEngine();
      this.engine = engine;
      const info = await engine.load(
        ({ stage, done, total }) => {
          if (this.engine === engine) state.engine.value = { phase: 'loading', stage, done, total };
        },
        (breakdown) => this.engine === engine && this.brokeDown(breakdown),
      );
      state.engine.value = { phase: 'ready', info };
    } catch (thrown) {
      const fault = toFault(thrown);
      batch(() => {
        state.engine.value = { phase: 'failed', fault };
        state.queued.value = false;
        state.trouble.value = { fault, retry: 'engine' };
      });
      return;
    }
    if (state.queued.value) await this.shake({ keepPlace: true });
  }

  /** The engine has mended itself (its runs go on by themselves), or could not. */
  private brokeDown({ fault, was, info }: Breakdown): void {
    const { state } = this;
    if (info) {
      batch(() => {
        state.engine.value = { phase: 'ready', info };
        state.mended.value = { fault, lower: info.backend !== was ? info.backend : null };
      });
      if (state.queued.value) void this.shake({ keepPlace: true });
    } else
      batch(() => {
        state.engine.value = { phase: 'failed', fault };
        state.queued.value = false;
        state.trouble.value ??= { fault, retry: 'engine' }; // a run that ended with it has said so
      });
  }

  // ------------------------------------------------------------------------------------------------------- the runs

  /** Turns everything to snow and lets it clear. Before the model is ready it waits for it; after a failure it loads again. */
  async shake({ keepPlace = false } = {}): Promise<void> {
    const { state } = this;
    state.touched.value = true;
    if (!keepPlace) state.step.value = null;
    const engine = state.engine.value;
    if (engine.phase !== 'ready' || !this.engine) {
      state.queued.value = true;
      if (engine.phase === 'failed') await this.loadEngine();
      return;
    }
    state.queued.value = false;
    state.mended.value = null;
    this.opening++;
    const request = { prompt: cleanPrompt(state.prompt.value), ...state.settings.value };
    const { prompt, ...settings } = request;
    const port = this.engine;
    const run: Run = { source: 'live', prompt, settings, shape: engine.info.shape, steps: [], phase: 'running' };
    await this.consume(run, (signal) => port.run(request, signal));
  }

  /** Ends the run that is going on; what has come so far stays. */
  stop(): void {
    this.state.queued.value = false;
    this.current.abort();
  }

  /** Finds out which recorded runs there are and plays one: the one for this prompt, else the first. */
  async openRecordings(takePrompt: boolean): Promise<void> {
    const { state } = this;
    try {
      state.recordings.value = await this.ports.listRecordings();
      const [first] = state.recordings.value;
      const entry = state.recordings.value.find(({ prompt }) => prompt === state.prompt.value) ?? first;
      if (entry && state.run.value === null) await this.replay(entry, takePrompt);
    } catch (thrown) {
      this.trouble(toFault(thrown), 'recording');
    }
  }

  /** Plays the recorded run that somebody chose, instead of whatever goes on. */
  async playRecording(entry: RecordingEntry): Promise<void> {
    this.stop();
    this.state.step.value = null;
    await this.replay(entry, true);
  }

  /** One click: the words are there and the globe is shaken; where no engine is ready, a recording of them stands in. */
  async takeExample(prompt: string): Promise<void> {
    const { state } = this;
    this.setPrompt(prompt);
    const recording = state.recordings.value.find((entry) => entry.prompt === prompt);
    if (recording && state.engine.value.phase !== 'ready') await this.playRecording(recording);
    else await this.shake();
  }

  /** A recorded run takes the same path as a live one; `takePrompt` also puts its settings into the controls. */
  private async replay(entry: RecordingEntry, takePrompt: boolean): Promise<void> {
    const { state } = this;
    const opening = ++this.opening;
    let recorded: Recorded;
    try {
      recorded = await this.ports.openRecording(entry);
    } catch (thrown) {
      this.trouble(toFault(thrown), 'recording');
      return;
    }
    // While the file came, somebody may have shaken or chosen another one.
    if (opening !== this.opening) return;
    const { prompt, shape } = recorded;
    const settings: Settings = { ...defaults, ...recorded.settings };
    if (takePrompt) {
      state.prompt.value = prompt;
      state.settings.value = settings;
    }
    const run: Run = { source: 'recording', prompt, settings, shape, steps: [], phase: 'running' };
    const wait = this.ports.calm ? 0 : pace;
    await this.consume(run, (signal) => paced(recorded.replay(signal), wait, signal));
  }

  /** Does again what failed. */
  async retry(): Promise<void> {
    const trouble = this.state.trouble.value;
    this.state.trouble.value = null;
    const nothing = this.state.run.value === null; // then the recordings failed too, and their message was replaced
    const again = [];
    if (trouble?.retry === 'engine') again.push(this.loadEngine());
    if (trouble?.retry === 'run') again.push(this.shake());
    if (trouble?.retry === 'recording' || nothing) again.push(this.openRecordings(true));
    await Promise.all(again);
  }

  /** The one place where steps come in. Where a run ends before its first step, the one shown before comes back. */
  private async consume(run: Run, start: (signal: AbortSignal) => AsyncIterable<Step>): Promise<void> {
    const { state } = this;
    if (state.run.value && state.run.value.steps.length > 0) this.shown = state.run.value;
    this.current.abort();
    const mine = new AbortController();
    this.current = mine;
    batch(() => {
      state.run.value = run;
      if (state.trouble.value?.retry === 'run') state.trouble.value = null;
    });
    let now = run;
    let phase: Run['phase'] = 'stopped';
    try {
      for await (const step of start(mine.signal)) {
        if (mine.signal.aborted) break;
        now = { ...now, steps: [...now.steps, step] };
        if (this.current === mine) state.run.value = now;
      }
      if (isComplete(now)) phase = 'done';
    } catch (thrown) {
      if (!mine.signal.aborted && !isAbort(thrown)) {
        phase = 'failed';
        if (this.current === mine) this.runFailed(toFault(thrown), run.source);
      }
    }
    if (this.current !== mine) return;
    const { shown } = this;
    state.run.value = now.steps.length === 0 && shown ? { ...shown, phase: settled(shown) } : { ...now, phase };
  }

  /** Settings and guesses leave the engine alive; after any other fault trying again means loading it again. */
  private runFailed(fault: Fault, source: Run['source']): void {
    this.trouble(fault, source === 'live' ? 'run' : 'recording');
    if (source === 'live' && fault.name !== 'SettingsError' && fault.name !== 'GuessError')
      this.state.engine.value = { phase: 'failed', fault };
  }

  private trouble(fault: Fault, retry: Trouble['retry']): void {
    this.state.trouble.value = { fault, retry };
  }

  // --------------------------------------------------------------------------------------------------- the controls

  setPrompt(text: string): void {
    this.state.touched.value = true;
    this.state.prompt.value = cleanPrompt(text);
    this.forget('prompt');
  }

  set(change: Partial<Settings>): void {
    this.state.touched.value = true;
    this.state.settings.value = { ...this.state.settings.value, ...change };
  }

  /** A number as somebody typed it: clamped, and said so where it was. */
  setNumber(name: NumberSetting, text: string): void {
    const { state } = this;
    const key: LinkKey = name;
    this.forget(key);
    const { guidance, seed, steps, shift } = state.settings.value;
    const old = { seed, steps, shift, guidance: guidance.scale, from: guidance.from, to: guidance.to }[name];
    const read = readNumber(text, name);
    let used = read?.value ?? old;
    if (name === 'from') used = Math.min(used, guidance.to);
    if (name === 'to') used = Math.max(used, guidance.from);
    if (!read) this.notice({ kind: 'unreadable', key, given: cleanPrompt(text), used: String(old) });
    else if (used !== Number(text)) this.notice({ kind: 'clamped', key, given: cleanPrompt(text), used: String(used) });
    if (name === 'seed' || name === 'steps' || name === 'shift') this.set({ [name]: used });
    else this.set({ guidance: { ...guidance, [name === 'guidance' ? 'scale' : name]: used } });
  }

  dice(): void {
    this.forget('seed');
    // Six digits: easy to read out in a classroom.
    this.set({ seed: Math.floor(Math.random() * Math.min(1e6, limits.seed.max + 1)) });
  }

  dismissNotices(): void {
    this.state.notices.value = [];
  }

  dismissMended(): void {
    this.state.mended.value = null;
  }

  dismissTrouble(): void {
    this.state.trouble.value = null;
  }

  private notice(notice: Notice): void {
    this.state.notices.value = [...this.state.notices.value, notice];
  }

  private forget(key: LinkKey): void {
    const { notices } = this.state;
    notices.value = notices.value.filter((notice) => !('key' in notice) || notice.key !== key);
  }

  // -------------------------------------------------------------------------------------------------------- looking

  /** Goes to a place on the sheet. A row beyond what has come follows the newest; a chosen frame stops the film. */
  look({ row, frame, show }: { row?: number; frame?: number; show?: Show }): void {
    const { state } = this;
    const frames = state.run.value?.shape.frames ?? 1;
    batch(() => {
      state.touched.value = true;
      if (show) state.show.value = show;
      if (row !== undefined) {
        const newest = state.rowsFilled.value - 1;
        state.step.value = row >= newest ? (state.running.value ? null : Math.max(0, newest)) : Math.max(0, row);
      }
      if (frame !== undefined) {
        state.playing.value = false;
        state.frame.value = Math.min(frames - 1, Math.max(0, frame));
      }
    });
  }

  /** One picture on. At the end the film starts again, or stops where it shall not loop. */
  nextFrame(): void {
    const { state } = this;
    const frames = state.run.value?.shape.frames ?? 1;
    const next = state.frame.value + 1;
    if (next < frames) state.frame.value = next;
    else if (state.loop.value) state.frame.value = 0;
    else state.playing.value = false;
  }

  togglePlaying(): void {
    const { state } = this;
    const frames = state.run.value?.shape.frames ?? 1;
    if (!state.playing.value && !state.loop.value && state.frame.value >= frames - 1) state.frame.value = 0;
    state.playing.value = !state.playing.value;
  }
}

/** A run that is no longer going on, whatever it was when it was put aside. */
function settled(run: Run): Run['phase'] {
  return run.phase === 'running' ? (isComplete(run) ? 'done' : 'stopped') : run.phase;
}

/** The same steps, at least `milliseconds` apart. */
async function* paced(steps: AsyncIterable<Step>, milliseconds: number, signal: AbortSignal): AsyncIterable<Step> {
  for await (const step of steps) {
    yield step;
    if (milliseconds > 0 && !signal.aborted) await new Promise((done) => setTimeout(done, milliseconds));
  }
}
