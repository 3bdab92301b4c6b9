/**
 * The studio: one state, and the sessions that change it, each with one job. Commands are called at the sessions
 * (`studio.runs.again()`); here stands only who needs whom, and what a link and the first moment set going.
 */
import { batch } from '@preact/signals-core';
import { Controls } from '../app/controls';
import { Drawing, type DecoderPort } from '../app/drawing';
import { EngineSession, type EnginePort } from '../app/engine-session';
import { Files, type FilePorts } from '../files/files';
import { Hearing, type WordPorts } from '../app/hearing';
import { History } from '../app/history';
import { Breaking } from '../lab/breaking';
import { Judge } from '../lab/judge';
import { Lab } from '../lab/lab';
import type * as making from './remake';
import { decodeLink, type Recipe } from '../settings/link';
import { Notes } from '../app/notes';
import type { ReaderPort } from '../judging/reader';
import { RunSession, type RunPorts } from '../app/run-session';
import { Seeing } from '../app/seeing';
import type { Facts } from '../app/session';
import { State, type Given, type RecordingEntry, type Waypoint } from '../app/state';
import { Story } from '../lessons/session';
import { View } from '../app/view';

export interface Ports extends RunPorts, FilePorts, WordPorts {
  /** Folder of what is fetched beside the scripts, with a slash at its end; the page's where none is said. */
  readonly files?: string;
  /** folder: of another model, seen from the page's own, with a slash at its end; nothing for that one. */
  createEngine(folder?: string): Promise<EnginePort>;
  /** A JSON file of a model, seen from the folder of the page's own. */
  readModelJson(path: string): Promise<unknown>;
  /** What the network looked like inside in one step of a recorded run (recording/summary.ts). */
  openLook(entry: RecordingEntry): Promise<Uint8Array>;
  /** Reads what clips show; asked for once there is a clip. */
  createReader(): ReaderPort;
  /** Draws guesses large; asked for once there is something to draw. */
  createDecoder(): Promise<DecoderPort>;
  /** What makes a film again that was made of others; asked for once a link says one. */
  openMaking(): Promise<Pick<typeof making, 'remake'>>;
}

export class Studio {
  /** To read; sessions change it. */
  readonly state: Facts;
  readonly controls: Controls;
  readonly engine: EngineSession;
  readonly runs: RunSession;
  readonly view: View;
  readonly files: Files;
  readonly history: History;
  readonly hearing: Hearing;
  readonly notes: Notes;
  readonly lab: Lab;
  readonly breaking: Breaking;
  readonly seeing: Seeing;
  readonly story: Story;
  readonly drawing: Drawing;
  private readonly judge: Judge;

  /** `facts` is the state to begin with. */
  constructor(
    readonly ports: Ports,
    private readonly facts = new State(),
  ) {
    facts.playing.value = !ports.calm;
    this.state = facts;
    this.controls = new Controls(facts);
    this.engine = new EngineSession(facts, () => ports.createEngine(), () => this.runQueued()); // prettier-ignore
    this.runs = new RunSession(facts, ports, this.engine, this.controls, () => this.lab);
    this.judge = new Judge(() => ports.createReader());
    this.lab = new Lab(facts, this.engine, this.runs, this.controls, this.judge, (words) => this.hearing.told(words));
    this.breaking = new Breaking(facts, this.controls, this.runs, () => this.lab.end());
    this.files = new Files(facts, ports, this.runs, () => this.lab.end());
    this.history = new History(facts, this.controls, this.runs);
    this.hearing = new Hearing(facts, ports, () => void this.runQueued());
    this.view = new View(facts);
    this.notes = new Notes(facts, this.engine, this.runs);
    this.seeing = new Seeing(facts, () => ports.createReader());
    this.story = new Story(facts, this.controls, this.runs, this.engine);
    this.drawing = new Drawing(facts, () => ports.createDecoder());
  }

  /** Something that moves first, then the model. `link` is what stands behind the # of the address. */
  async open(link: string): Promise<void> {
    const asks = this.follow(link);
    const recordings = this.runs.openRecordings(!asks);
    // The model is large, and unpacking it keeps a small machine busy: it starts once the first picture is there.
    await Promise.race([recordings, this.firstRow()]);
    await Promise.all([recordings, this.engine.load()]);
  }

  /** Takes over what a link says, and, unless told otherwise, asks for its run. Returns true where it names a prompt. */
  follow(link: string, andRun = true): boolean {
    const { facts } = this;
    const { state: linked, notices, asks } = decodeLink(link, facts.request.value.prompt);
    batch(() => {
      this.controls.adopt(linked);
      facts.live.value = false;
      if (linked.live) this.controls.goLive(true);
      facts.show.value = linked.show;
      facts.sharp.value = linked.sharp;
      facts.step.value = linked.step;
      facts.frame.value = linked.frame ?? 0;
      if (linked.frame !== null) facts.playing.value = false;
      facts.view.value = linked.view;
      facts.chapter.value = linked.chapter;
      facts.inside.value = linked.inside;
      facts.lab.value = linked.lab;
      facts.otherSettings.value = linked.other;
      facts.otherPrompt.value = linked.otherPrompt;
      facts.entrants.value = linked.entrants;
      facts.raceSize.value = linked.raceSize;
      facts.hidden.value = linked.hidden;
      facts.notices.value = notices;
    });
    const { recipe } = linked;
    const { prompt, settings } = linked;
    const given = recipe && { recipe, bring: () => this.remake(recipe, { prompt, settings }) };
    if (asks && andRun) void this.runs.again({ keepPlace: true, given: given ?? undefined });
    return asks;
  }

  dispose(): void {
    this.lab.end();
    this.runs.end();
    this.history.dispose();
    this.hearing.dispose();
    this.seeing.dispose();
    this.drawing.dispose();
    this.judge.dispose();
    this.engine.dispose();
  }

  /** The films that a link's own one took pixels from, made again on the stage, one after the other. */
  private async remake(recipe: Recipe, film: Waypoint): Promise<Given | null> {
    const { remake } = await this.ports.openMaking();
    const { engine, runs } = this;
    return remake(recipe, film, { engine, signal: new AbortController().signal, run: (each) => runs.live(each) });
  }

  /** A model has come, and somebody may be waiting for it. */
  private async runQueued(): Promise<void> {
    if (this.facts.queued.value && this.engine.info) await this.runs.start();
  }

  private firstRow(): Promise<void> {
    return new Promise((resolve) => {
      const end = this.facts.filled.subscribe((filled) => {
        if (!filled) return;
        resolve();
        queueMicrotask(() => end());
      });
    });
  }
}
