/**
 * The commands of the page: open, shake, stop, look. A live run and a recorded one go through the same `consume`: a
 * stream of steps comes in, the state grows by one row at a time.
 *
 * The studio knows the engine only as a port, so that tests bring their own, and the first screen loads none of it.
 */
import { batch } from '@preact/signals-core';
import type { EngineInfo, Fault, LoadProgress, RunRequest } from '../engine/protocol';
import type { Breakdown } from '../engine/steady';
import { score } from '../evaluation/score';
import { recordingFaults } from '../recording/file';
import type { ClipShape, RunSettings, Step } from '../sampling/types';
import { isAbort, toFault } from './faults';
import { type Experiment } from './lab/experiments';
import { Lab } from './lab/lab';
import type { Mark } from './lab/race';
import { decodeLink, parts, type LinkKey, type Notice, type Part } from './link';
import { Drawing, type DecoderPort } from './drawing';
import type { ReaderPort } from './reader';
import { Seeing } from './seeing';
import {
  cleanPrompt,
  completed,
  defaults,
  readSetting,
  reset,
  textOf,
  type SettingKey,
  type Settings,
  type Show,
} from './settings';
import { isComplete, State, type LoadStage, type RecordingEntry, type Run, type Trouble } from './state';

/** No run comes near this; whoever opens a film or a photograph shall not wait for it. */
const largestFile = 32e6; // bytes

/** What the studio needs of an engine. `engine/steady` has it. */
export interface EnginePort {
  /** Where it breaks and loads itself anew, `onProgress` is told again, and `onBreakdown` what came of it. */
  load(
    onProgress: (progress: { stage: LoadStage; done: number; total: number }) => void,
    onBreakdown: (breakdown: Breakdown) => void,
  ): Promise<EngineInfo>;
  /** `onWeak` hears how far an earlier copy of the model is loaded, where the run is the first that asks it. */
  run(request: RunRequest, signal: AbortSignal, onWeak: (progress: LoadProgress) => void): AsyncIterable<Step>;
  dispose(): void;
}

/** A run that was recorded earlier. */
export interface Recorded {
  readonly model: string; // name of the weights
  readonly prompt: string;
  readonly negative?: string;
  readonly settings: RunSettings;
  readonly shape: ClipShape;
  /** The same run as a file. */
  encode(): Promise<Uint8Array>;
  replay(signal: AbortSignal): AsyncIterable<Step>;
}

export interface Ports {
  createEngine(): Promise<EnginePort>;
  listRecordings(): Promise<readonly RecordingEntry[]>;
  openRecording(entry: RecordingEntry): Promise<Recorded>;
  /** A run from a file that somebody opened. Rejects with a sentence where the bytes are no run. */
  readRun(bytes: Uint8Array): Promise<Recorded>;
  /** A complete run as a file to keep. */
  writeRun(run: Run): Promise<Uint8Array>;
  /** Reads what clips show; asked for once there is a clip. */
  createReader(): ReaderPort;
  /** Draws guesses large; asked for once there is something to draw. */
  createDecoder(): Promise<DecoderPort>;
  /** True where the reader asked their system for less motion: nothing starts to move by itself. */
  readonly calm: boolean;
}

/** Faults of a run that leave the engine alive. */
const ownFaults: readonly string[] = ['SettingsError', 'RowError', 'GuessError', 'RunawayError', 'WeakModelError'];

/** Milliseconds from row to row of a recorded run, so that one can watch it clear. */
const pace = 110;

export class Studio {
  readonly state = new State();
  readonly lab: Lab;
  readonly seeing: Seeing;
  readonly drawing: Drawing;
  private engine: EnginePort | null = null;
  private reader: ReaderPort | null = null; // the laboratory's
  private current = new AbortController();
  private shown: Run | null = null; // the last run of which anything was seen
  private opening = 0; // grows with every recording and every run: a file that comes late is dropped

  constructor(private readonly ports: Ports) {
    this.state.playing.value = !ports.calm;
    this.seeing = new Seeing(this.state, () => ports.createReader());
    this.drawing = new Drawing(this.state, () => ports.createDecoder());
    this.lab = new Lab({
      state: this.state,
      shape: () => this.shape(),
      run: (request, signal) => this.live(request, signal),
      clear: () => this.stop(),
      judge: (clip, shape, prompt) => this.judge(clip, shape, prompt),
    });
  }

  /** Something that moves first, then the model. `link` is what stands behind the # of the address. */
  async open(link: string): Promise<void> {
    const asks = this.follow(link);
    const recordings = this.openRecordings(!asks);
    // The model is large, and unpacking it keeps a small machine busy: it starts once the first picture is there.
    await Promise.race([recordings, this.firstRow()]);
    await Promise.all([recordings, this.loadEngine()]);
  }

  /** Of the clips that the model draws; null while there is none. */
  private shape(): ClipShape | null {
    const engine = this.state.engine.value;
    return engine.phase === 'ready' ? engine.info.shape : null;
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
      state.sharp.value = linked.sharp;
      state.step.value = linked.step;
      state.frame.value = linked.frame ?? 0;
      if (linked.frame !== null) state.playing.value = false;
      state.lab.value = linked.lab;
      state.otherSettings.value = linked.other;
      state.entrants.value = linked.entrants;
      state.raceSize.value = linked.raceSize;
      state.hidden.value = linked.hidden;
      state.notices.value = notices;
    });
    if (asks) void this.shake({ keepPlace: true });
    return asks;
  }

  dispose(): void {
    this.lab.stop();
    this.current.abort();
    this.seeing.dispose();
    this.drawing.dispose();
    this.reader?.dispose();
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
    this.lab.stop();
    const request = { prompt: cleanPrompt(state.prompt.value), ...state.settings.value };
    const { prompt, ...settings } = request;
    const { model, shape } = engine.info;
    const run: Run = { source: 'live', model, prompt, settings, shape, steps: [], phase: 'running' };
    await this.consume(run, (signal) => this.live(request, signal));
    if (state.run.value?.phase === 'done') await this.lab.follow();
  }

  /** The steps of the model that is loaded. A fault that ends the engine is noted before it is passed on. */
  private async *live(request: RunRequest, signal: AbortSignal): AsyncIterable<Step> {
    const { engine, state } = this;
    if (!engine) throw new Error('No model is loaded.');
    const loading = (progress: LoadProgress | null) => {
      if (!signal.aborted) state.weakLoading.value = progress;
    };
    const stopped = () => (state.weakLoading.value = null);
    signal.addEventListener('abort', stopped);
    try {
      for await (const step of engine.run(request, signal, loading)) {
        loading(null);
        yield step;
      }
    } catch (thrown) {
      loading(null);
      const fault = toFault(thrown);
      // Settings and guesses leave the engine alive; after any other fault trying again means loading it again.
      const alive = signal.aborted || isAbort(thrown) || ownFaults.includes(fault.name);
      if (!alive && this.engine === engine) state.engine.value = { phase: 'failed', fault };
      throw thrown;
    } finally {
      signal.removeEventListener('abort', stopped);
    }
  }

  /** What a finished clip of the laboratory shows of its words, by a reader of its own: the stage's may be busy. */
  private async judge(clip: Float32Array, shape: ClipShape, prompt: string): Promise<Mark> {
    this.reader ??= this.ports.createReader();
    const { words } = score(await this.reader.read(clip, shape), prompt);
    return { right: words.filter(({ verdict }) => verdict === 'right').length, asked: words.length };
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
    await this.play(recorded, takePrompt);
  }

  private async play(recorded: Recorded, takePrompt: boolean): Promise<void> {
    const { state } = this;
    const { model, prompt, shape } = recorded;
    const settings = completed({ ...recorded.settings, negative: recorded.negative });
    if (takePrompt) {
      state.prompt.value = prompt;
      state.settings.value = settings;
    }
    const run: Run = { source: 'recording', recorded, model, prompt, settings, shape, steps: [], phase: 'running' };
    const wait = this.ports.calm ? 0 : pace;
    await this.consume(run, (signal) => paced(recorded.replay(signal), wait, signal));
  }

  // -------------------------------------------------------------------------------------------------------- run files

  /** A run out of a file, in the same interface as any other. Where the file is none, what was there stays. */
  async openFile(file: Blob): Promise<void> {
    const { state } = this;
    state.touched.value = true;
    const opening = ++this.opening;
    let recorded: Recorded;
    try {
      if (file.size > largestFile) throw new TooLargeError(file.size);
      recorded = await this.ports.readRun(new Uint8Array(await file.arrayBuffer()));
    } catch (thrown) {
      this.trouble(fileFault(toFault(thrown)), 'file');
      return;
    }
    if (opening !== this.opening) return;
    this.stop();
    this.lab.stop();
    state.step.value = null;
    if (state.trouble.value?.retry === 'file') state.trouble.value = null;
    await this.play(recorded, true);
  }

  /** The run on the stage as a file with a name, or undefined while there is none that is complete, or one is being saved. */
  async fileOfRun(): Promise<{ readonly name: string; readonly bytes: Uint8Array } | undefined> {
    const { state } = this;
    const run = state.run.value;
    if (!run || !isComplete(run) || state.saving.value) return undefined;
    state.saving.value = true;
    if (state.trouble.value?.retry === 'save') state.trouble.value = null;
    try {
      const bytes = await (run.recorded?.encode() ?? this.ports.writeRun(run));
      return { name: fileName(run.prompt), bytes };
    } catch (thrown) {
      this.trouble(toFault(thrown), 'save');
      return undefined;
    } finally {
      state.saving.value = false;
    }
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
        if (this.current === mine) this.trouble(toFault(thrown), run.source === 'live' ? 'run' : 'recording');
      }
    }
    if (this.current !== mine) return;
    const { shown } = this;
    if (phase === 'done') state.good.value = { prompt: now.prompt, settings: now.settings };
    state.run.value = now.steps.length === 0 && shown ? settled(shown) : { ...now, phase };
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

  /** A setting as somebody typed or chose it: kept within its limits, and said so where it was not. */
  setText(key: SettingKey, text: string): void {
    const { settings } = this.state;
    this.forget(key);
    const read = readSetting(settings.value, key, text);
    if (!read) this.notice({ kind: 'unreadable', key, given: cleanPrompt(text), used: textOf(settings.value, key) });
    else if (read.clamped) this.notice({ kind: 'clamped', key, given: cleanPrompt(text), used: read.used });
    if (read) this.set(read.settings);
  }

  /** The default of one setting, all others as they are. */
  reset(key: SettingKey): void {
    this.forget(key);
    this.set(reset(this.state.settings.value, key));
  }

  /** The default of everything but the words and the seed. */
  resetAll(): void {
    this.state.notices.value = [];
    this.set({ ...defaults, seed: this.state.settings.value.seed });
  }

  /** After a run that broke: the settings of the last one that came to its end, and shaken. */
  async backToGood(): Promise<void> {
    const { state } = this;
    const good = state.good.value;
    if (!good) return;
    batch(() => {
      state.trouble.value = null;
      state.prompt.value = good.prompt;
      state.settings.value = good.settings;
    });
    await this.shake();
  }

  /** One of the ways to break it, on the words and the seed that stand there. The first remembers where one was. */
  async try(experiment: Experiment): Promise<void> {
    const { state } = this;
    const { prompt, settings, run, step, before } = state;
    before.value ??= { prompt: prompt.value, settings: settings.value, run: run.value, step: step.value };
    const { frames } = this.shape() ?? run.value?.shape ?? { frames: 16 };
    this.set(experiment.change(before.value.settings, frames));
    await this.shake();
  }

  /** Back to where one was before the first experiment: words, settings, and the very run. */
  back(): void {
    const { state } = this;
    const before = state.before.value;
    if (!before) return;
    this.stop();
    this.lab.stop();
    batch(() => {
      state.before.value = null;
      state.trouble.value = null;
      state.prompt.value = before.prompt;
      state.settings.value = before.settings;
      state.step.value = before.step;
      if (before.run) state.run.value = settled(before.run);
    });
  }

  /** A seed of the wall, an entry of the race: its settings on the stage, and run. */
  async take(prompt: string, settings: Settings): Promise<void> {
    this.setPrompt(prompt);
    this.set(settings);
    await this.shake();
  }

  /** Puts a part of the page out of sight, or back. */
  hide(part: Part, away: boolean): void {
    const { hidden, touched } = this.state;
    touched.value = true;
    hidden.value = parts.filter((each) => (each === part ? away : hidden.value.includes(each)));
  }

  showAll(): void {
    this.state.touched.value = true;
    this.state.hidden.value = [];
  }

  dice(): void {
    this.forget('seed');
    // Six digits: easy to read out in a classroom.
    this.set({ seed: Math.floor(Math.random() * 1e6) });
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

  /** Guesses as the decoder draws them, or as the transformer made them. */
  toggleSharp(): void {
    const { sharp, touched } = this.state;
    touched.value = true;
    sharp.value = !sharp.value;
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
function settled(run: Run): Run {
  return run.phase === 'running' ? { ...run, phase: isComplete(run) ? 'done' : 'stopped' } : run;
}

/** The same steps, at least `milliseconds` apart. */
async function* paced(steps: AsyncIterable<Step>, milliseconds: number, signal: AbortSignal): AsyncIterable<Step> {
  for await (const step of steps) {
    yield step;
    if (!signal.aborted) await new Promise((done) => setTimeout(done, milliseconds)); // at 0 too: the page has its turn
  }
}

/** "A small red ball at night." becomes "a-small-red-ball-at-night.snow". */
function fileName(prompt: string): string {
  const words = prompt.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return `${words.join('-').slice(0, 80) || 'snow'}.snow`;
}

const anotherFile = 'Choose a file that was saved here; its name ends in .snow.';

/** What a recording refuses, as whole sentences for somebody who opened a file of their own. */
function fileFault(fault: Fault): Fault {
  if (!(recordingFaults as readonly string[]).includes(fault.name)) return fault;
  const { cause } = fault;
  return { ...fault, cause: `${cause[0].toUpperCase()}${cause.slice(1)}.`, next: anotherFile };
}

class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
  override readonly cause: string;
  readonly next = anotherFile;

  constructor(bytes: number) {
    super();
    this.cause = `The file is ${Math.round(bytes / 1e6)} MB large, and a saved run has 1 MB or less.`;
  }
}
