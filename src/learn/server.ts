/**
 * The worker's side: owns a training, lets it go on step by step, draws films in between, keeps it on this device, and answers
 * each message of the page. What the stage asks of a network it answers with the engine's own server.
 *
 * What it is not: it decides nothing about what is shown or how. After a 'failed' message nothing more can be expected of it.
 */
import { selectBackend, type ChosenBackend } from '../engine/backend';
import { faultOf, ofMachine } from '../engine/errors';
import type { BackendName, EngineInfo, FromWorker, ToWorker } from '../engine/protocol';
import { serve } from '../engine/server';
import { firstCount } from '../world/prompt';
import { LearnError } from './errors';
import { modelFile, readModelFile } from './file';
import { Films } from './films';
import { Curve } from './history';
import { openKept, type Kept } from './kept';
import { microShape, type Grid } from './micro';
import type { FromLearner, LearnState, Point, ToLearner } from './protocol';
import { learnsRight } from './proof';
import { readRecord } from './record';
import { readRecorded } from './recorded';
import type { LearnSettings } from './settings';
import { Training } from './training';

export interface LearnerPort {
  postMessage(message: FromLearner, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: { readonly data: ToLearner }) => void): void;
}

/** Share of the time that goes to films; the rest goes to steps. */
const filmShare = 0.2;
/** Milliseconds between two words on where it stands, and between two times that it is kept. */
const [tellEvery, keepEvery] = [500, 15_000];
/** Seconds between two steps that only a browser takes which lets the page sleep. */
const longest = 10;

export function serveLearner(port: LearnerPort, openStore: () => Promise<Kept> = openKept): void {
  new Learner(port, openStore);
}

class Learner {
  private training: Training | undefined;
  private films: Films | undefined; // of the training
  private beside: Films | undefined; // of another learner's model
  private curve = new Curve();
  private chosen: ChosenBackend | undefined;
  private running = false;
  private round = 0; // of going on: one that was told to rest does not come back beside the next
  private wait = 0; // milliseconds after each step
  private broken = false; // what broke is not kept, and does not go on
  private kept: Kept | undefined;
  private moment: LearnState['moment'] = null;
  private last: Promise<unknown> = Promise.resolve(); // what asks the network goes one after the other
  private filming = { seconds: 0, since: 0 }; // since: seconds of training at the last change
  private steppedAt = 0; // when the last step ended, by the clock
  private slept = 0;
  private taken = 0; // trainings that came from elsewhere
  private told = 0;
  private keptAt = 0;
  private lately = { seen: 0, seconds: 0, speed: 0 };
  private askStage!: (event: { readonly data: ToWorker }) => void;

  constructor(
    private readonly port: LearnerPort,
    private readonly openStore: () => Promise<Kept>,
  ) {
    const stage = {
      postMessage: (message: FromWorker) => this.send({ type: 'stage', message }),
      addEventListener: (_: 'message', listener: typeof this.askStage) => void (this.askStage = listener),
    };
    serve(stage, {
      info: () => this.info(),
      network: () => this.network(),
      inTurn: (task) => this.inTurn(task),
    });
    port.addEventListener('message', ({ data }) => this.hear(data));
    port.postMessage({ type: 'awake' });
  }

  private inTurn(task: () => unknown): void {
    this.last = this.last.then(task).catch((error: unknown) => this.fail(error));
  }

  private hear(message: ToLearner): void {
    switch (message.type) {
      case 'open':
        return this.inTurn(() => this.open(message));
      case 'begin':
        this.running = false;
        return this.inTurn(() => this.begin(message));
      case 'take':
        return this.inTurn(() => this.take(message));
      case 'beside':
        return this.inTurn(() => this.compare(message.bytes));
      case 'change':
        return this.inTurn(() => this.change(message.settings, message.grid));
      case 'pace':
        this.wait = message.wait;
        return;
      case 'go':
        if (this.running) return;
        this.running = true;
        this.round++;
        this.steppedAt = performance.now();
        return this.inTurn(() => this.goOn(this.round));
      case 'pause':
        this.running = false;
        return this.inTurn(() => this.rest());
      case 'step':
        this.running = false;
        return this.inTurn(() => this.single());
      case 'stage':
        return this.askStage({ data: message.message });
      case 'file':
        return this.inTurn(() => this.file(message.id));
    }
  }

  private async open({ wasmUrl, backend }: ToLearner & { type: 'open' }): Promise<void> {
    this.chosen = await this.choose(wasmUrl, backend);
    this.kept = await this.openStore();
    const last = readRecord(await this.kept.get());
    if (last) {
      this.taken++;
      this.replace(new Training(last.snapshot), last.points);
      this.tell();
      await this.drawAll();
    }
    const unkept = this.kept.problem;
    this.send({ type: 'ready', backend: this.chosen.backend, ...(unkept !== undefined && { unkept }) });
    if (this.films) this.judge(this.films, () => this.tell());
  }

  /** The graphics processor, where it is one and learns right; else the processor. */
  private async choose(wasmFolder: string, preferred?: BackendName): Promise<ChosenBackend> {
    let believed = false; // until then, what breaks is no more than a reason not to
    const onFault = (error: unknown) => {
      if (believed) this.fail(error);
    };
    const given = await selectBackend({ preferred, wasmFolder, onFault });
    believed = given.backend !== 'webgpu' || (await given.startTfjs().then(learnsRight, () => false));
    if (believed) return given;
    const because = 'the graphics processor got three known steps of training wrong';
    return selectBackend({ preferred: 'wasm', because, wasmFolder, onFault: (error) => this.fail(error) });
  }

  private async begin({ settings, grid }: ToLearner & { type: 'begin' }): Promise<void> {
    this.replace(new Training({ settings, grid }));
    await this.drawAll();
    this.tell();
  }

  private async take({ bytes, moment }: ToLearner & { type: 'take' }): Promise<void> {
    try {
      if (moment === undefined) this.replace(new Training(readModelFile(bytes)));
      else {
        const moments = readRecorded(bytes);
        const at = moments[Math.min(moment, moments.length - 1)];
        this.replace(new Training(at), [...at.points], { shown: at.shown, holes: at.holes });
        this.moment = { index: moments.indexOf(at), count: moments.length };
      }
    } catch (error) {
      return this.send({ type: 'refused', fault: faultOf(error) });
    }
    this.running = false;
    this.taken++;
    this.tell();
    await this.drawAll();
    if (moment !== undefined) return; // how it did is known, and it can be had again at any time
    await this.keep();
    this.judge(this.films!, () => this.tell());
  }

  /** Another learner's model, asked what this one is asked. */
  private async compare(bytes: Uint8Array | null): Promise<void> {
    let training: Training | undefined;
    try {
      training = bytes ? new Training(readModelFile(bytes)) : undefined;
    } catch (error) {
      return this.send({ type: 'refused', fault: faultOf(error) });
    }
    this.beside?.training.dispose();
    this.beside = training && new Films(training);
    this.tellBeside();
    if (!this.beside) return;
    await this.drawBeside();
    this.judge(this.beside, () => this.tellBeside());
  }

  private change(settings: LearnSettings, grid: Grid): void {
    const { training } = this;
    if (!training) return;
    const other = JSON.stringify(grid) !== JSON.stringify(training.grid);
    training.settings = { ...settings, width: training.settings.width };
    training.grid = grid;
    if (other) this.films?.clear();
    this.tell();
  }

  /** One round: a step, now and then a film; then the next, after whatever was asked meanwhile. */
  private async goOn(round: number): Promise<void> {
    const { training, films } = this;
    if (!training || !films || !this.running || this.broken || round !== this.round) return;
    const rested = (performance.now() - this.steppedAt - this.wait) / 1000;
    if (rested > longest) this.slept = rested;
    if (!(await this.advance())) return;
    const spent = training.seconds - this.filming.since;
    if (this.filming.seconds < filmShare * (this.filming.seconds + spent)) {
      const started = performance.now();
      const place = await films.next();
      if (place !== null) await this.drawPlace(films, place);
      this.filming.seconds += (performance.now() - started) / 1000;
    }
    if (performance.now() - this.told + this.wait > tellEvery) this.tell();
    if (performance.now() - this.keptAt > keepEvery) await this.keep();
    this.steppedAt = performance.now();
    setTimeout(() => this.inTurn(() => this.goOn(round)), this.wait); // messages have their turn
  }

  private async single(): Promise<void> {
    if (this.training && !this.broken && (await this.advance())) await this.drawAll();
    this.tell();
  }

  private async rest(): Promise<void> {
    await this.keep();
    this.tell();
  }

  /** One step. False where the training is broken, which is said. */
  private async advance(): Promise<boolean> {
    const training = this.training!;
    try {
      const { sums, counts } = await training.advance();
      const { seen, seconds } = training;
      this.moment = null;
      this.curve.add(sums, counts, { seen, seconds, ...this.films!.shares });
      this.measure(seen, seconds);
      return true;
    } catch (error) {
      if (!(error instanceof LearnError)) throw error;
      this.running = false;
      this.broken = true;
      await this.drawAll().catch(() => {}); // broken weights draw what no film is
      this.tell();
      this.send({ type: 'broken', fault: faultOf(error) });
      return false;
    }
  }

  private measure(seen: number, seconds: number): void {
    if (seconds - this.lately.seconds < 1) return;
    const speed = (seen - this.lately.seen) / (seconds - this.lately.seconds);
    this.lately = { seen, seconds, speed };
  }

  /** Reads films of a training that comes from elsewhere, round by round: what is asked meanwhile need not wait for all. */
  private judge(films: Films, tell: () => void, round = 0): void {
    this.inTurn(async () => {
      if (films !== this.films && films !== this.beside) return; // another one has taken its place
      if (films.training === this.training && this.running) return; // then films are read as it learns
      const more = await films.judge(round);
      tell();
      if (more) this.judge(films, tell, round + 1);
    });
  }

  private async drawAll(): Promise<void> {
    for (const place of this.films!.watched().keys()) await this.drawPlace(this.films!, place);
    if (this.beside) await this.drawBeside();
  }

  /** The same prompts, drawn by the other model. */
  private async drawBeside(): Promise<void> {
    for (const place of (this.films ?? this.beside!).watched().keys()) await this.drawPlace(this.beside!, place);
  }

  private async drawPlace(films: Films, place: number): Promise<void> {
    const cell = (this.films ?? films).watched()[place];
    if (!cell) return;
    this.send({ type: 'watched', place, film: await films.draw(cell, place), beside: films === this.beside });
  }

  /** For the stage, as of any model. */
  private info(): EngineInfo {
    const { backend, reason, whyNot } = this.chosen!;
    const { parameters, config } = this.network().model;
    const about = { model: 'micro', parameters, shape: microShape, words: firstCount, tokens: config.text_length };
    return { backend, reason, whyNot, ...about };
  }

  private network() {
    if (!this.training || !this.chosen) throw new Error('there is no network yet');
    return { model: this.training.model(), home: { folder: '', sha256: '', words: firstCount, chosen: this.chosen } };
  }

  private file(id: number): void {
    try {
      if (!this.training) throw new Error('there is no network yet');
      this.send({ type: 'file', id, bytes: modelFile(this.training.snapshot()) });
    } catch (error) {
      this.send({ type: 'undone', id, fault: faultOf(error) });
    }
  }

  private replace(training: Training, points: Point[] = [], given?: ConstructorParameters<typeof Films>[1]): void {
    this.training?.dispose();
    this.training = training;
    this.films = new Films(training, given);
    this.moment = null;
    this.broken = false;
    this.slept = 0;
    this.keptAt = performance.now();
    this.curve = new Curve(points);
    this.filming = { seconds: 0, since: training.seconds };
    this.lately = { seen: training.seen, seconds: training.seconds, speed: 0 };
  }

  private async keep(): Promise<void> {
    this.keptAt = performance.now();
    if (this.training && !this.broken)
      await this.kept?.put({ snapshot: this.training.snapshot(), points: this.curve.points });
  }

  private tell(): void {
    const { training, films, running, moment, slept, taken } = this;
    if (!training || !films) return;
    this.told = performance.now();
    const { settings, grid, parameters, steps, seen, seconds, counts } = training;
    const state: LearnState = {
      ...{ settings, grid, parameters, steps, seen, seconds, running, moment, slept, taken },
      ...films.scores,
      speed: this.lately.speed,
      counts: { ...counts },
      curve: this.curve.points,
    };
    this.send({ type: 'state', state });
  }

  private tellBeside(): void {
    if (!this.beside) return this.send({ type: 'beside', model: null });
    const { training, scores } = this.beside;
    const { settings, grid, seen, seconds, counts } = training;
    this.send({ type: 'beside', model: { settings, grid, seen, seconds, counts: { ...counts }, ...scores } });
  }

  private fail(error: unknown): void {
    this.running = false;
    this.send({ type: 'failed', fault: faultOf(ofMachine(error)) });
  }

  private send(message: FromLearner): void {
    this.port.postMessage(message);
  }
}
