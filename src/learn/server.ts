/**
 * The worker's side: owns a training, lets it go on step by step, draws films in between, keeps it on this device, and answers
 * each message of the page.
 *
 * What it is not: it decides nothing about what is shown or how. After a 'failed' message nothing more can be expected of it.
 */
import { selectBackend } from '../engine/backend';
import { faultOf, ofMachine } from '../engine/errors';
import { modelFile, readModelFile } from './file';
import { Curve, Tally } from './history';
import { openKept, type Kept } from './kept';
import { holesOf, microCaption, shownBy, type Cell, type Grid } from './micro';
import type { LearnSettings } from './settings';
import { LearnError } from './errors';
import type { FromLearner, LearnState, Point, ToLearner } from './protocol';
import { readRecord } from './record';
import { Training, type Snapshot } from './training';

export interface LearnerPort {
  postMessage(message: FromLearner, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: { readonly data: ToLearner }) => void): void;
}

/** Share of the time that goes to films; the rest goes to steps. */
const filmShare = 0.2;
/** Milliseconds between two words on where it stands, and between two times that it is kept. */
const [tellEvery, keepEvery] = [500, 15_000];
/** Films that stand on the page side by side. */
export const places = 4;

/** What the four films on the page are asked: up to two holes, else cells that are shown, as different as can be. */
export function watchedOf(shown: readonly Cell[], holes: readonly Cell[]): readonly Cell[] {
  const spaced = (cells: readonly Cell[], count: number) =>
    Array.from({ length: Math.min(count, cells.length) }, (_, i) => cells[Math.floor((i * cells.length) / Math.min(count, cells.length))]); // prettier-ignore
  const asked = spaced(holes, 2);
  return [...spaced(shown, places - asked.length), ...asked];
}

export function serveLearner(port: LearnerPort, openStore: () => Promise<Kept> = openKept): void {
  new Learner(port, openStore);
}

class Learner {
  private training: Training | undefined;
  private curve = new Curve();
  private readonly tallies = { shown: new Tally(), holes: new Tally() };
  private running = false;
  private round = 0; // of going on: one that was told to rest does not come back beside the next
  private broken = false; // what broke is not kept, and does not go on
  private kept: Kept | undefined;
  private last: Promise<unknown> = Promise.resolve(); // what asks the network goes one after the other
  private readonly aborts = new Map<number, AbortController>();
  private films = { drawn: 0, seconds: 0, since: 0 }; // since: seconds of training at the last change
  private told = 0;
  private keptAt = 0;
  private lately = { seen: 0, seconds: 0, speed: 0 };

  constructor(
    private readonly port: LearnerPort,
    private readonly openStore: () => Promise<Kept>,
  ) {
    port.addEventListener('message', ({ data }) => this.hear(data));
    port.postMessage({ type: 'awake' });
  }

  private hear(message: ToLearner): void {
    const inTurn = (task: () => unknown) => {
      this.last = this.last.then(task).catch((error: unknown) => this.fail(error));
    };
    switch (message.type) {
      case 'open':
        return inTurn(() => this.open(message));
      case 'begin':
        this.running = false;
        return inTurn(() => this.begin(message));
      case 'take':
        return inTurn(() => this.take(message.bytes));
      case 'change':
        return inTurn(() => this.change(message.settings, message.grid));
      case 'go':
        if (this.running) return;
        this.running = true;
        this.round++;
        return inTurn(() => this.goOn(inTurn, this.round));
      case 'pause':
        this.running = false;
        return inTurn(() => this.rest());
      case 'step':
        this.running = false;
        return inTurn(() => this.single());
      case 'film':
        this.aborts.set(message.id, new AbortController());
        return inTurn(() => this.film(message));
      case 'abort':
        return this.aborts.get(message.id)?.abort();
      case 'file':
        return inTurn(() => this.file(message.id));
    }
  }

  private async open({ wasmUrl, backend }: ToLearner & { type: 'open' }): Promise<void> {
    // By WebAssembly, not on the graphics processor: that stays the stage's, and operations as small as these gain little there.
    const chosen = await selectBackend({
      preferred: backend ?? 'wasm',
      wasmFolder: wasmUrl,
      onFault: (error) => this.fail(error),
    });
    this.kept = await this.openStore();
    const last = readRecord(await this.kept.get());
    if (last) {
      this.replace(new Training(last.snapshot), last.points);
      this.tell();
      await this.drawAll();
    }
    const unkept = this.kept.problem;
    this.send({ type: 'ready', backend: chosen.backend, ...(unkept !== undefined && { unkept }) });
    if (last) await this.judge();
  }

  private async begin({ settings, grid }: ToLearner & { type: 'begin' }): Promise<void> {
    this.replace(new Training({ settings, grid }));
    await this.drawAll();
    this.tell();
  }

  private async take(bytes: Uint8Array): Promise<void> {
    let snapshot: Snapshot;
    try {
      snapshot = readModelFile(bytes);
    } catch (error) {
      return this.send({ type: 'refused', fault: faultOf(error) });
    }
    this.running = false;
    this.replace(new Training(snapshot));
    await this.drawAll();
    this.tell();
    await this.keep();
    await this.judge();
  }

  private change(settings: LearnSettings, grid: Grid): void {
    const { training } = this;
    if (!training) return;
    const other = JSON.stringify(grid) !== JSON.stringify(training.grid);
    training.settings = { ...settings, width: training.settings.width };
    training.grid = grid;
    if (other) for (const tally of Object.values(this.tallies)) tally.clear();
    this.tell();
  }

  /** One round: a step, now and then a film; then the next, after whatever was asked meanwhile. */
  private async goOn(inTurn: (task: () => unknown) => void, round: number): Promise<void> {
    const { training } = this;
    if (!training || !this.running || this.broken || round !== this.round) return;
    if (!(await this.advance())) return;
    const spent = training.seconds - this.films.since;
    if (this.films.seconds < filmShare * (this.films.seconds + spent)) await this.drawNext();
    if (performance.now() - this.told > tellEvery) this.tell();
    if (performance.now() - this.keptAt > keepEvery) await this.keep();
    await new Promise((resolve) => setTimeout(resolve)); // messages have their turn
    inTurn(() => this.goOn(inTurn, round));
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
      this.curve.add(sums, counts, { seen, seconds, shown: this.tallies.shown.share, holes: this.tallies.holes.share });
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

  /** Cells that training shows, and holes that it has never shown. */
  private asked(): { readonly shown: readonly Cell[]; readonly holes: readonly Cell[] } {
    const { grid, counts } = this.training!;
    return { shown: shownBy(grid), holes: holesOf(grid).filter((cell) => !counts[microCaption(cell)]) };
  }

  /** In turn: a film for the page, one of a cell that is shown, one of a hole. The latter two count. */
  private async drawNext(): Promise<void> {
    const { shown, holes } = this.asked();
    const started = performance.now();
    const turn = this.films.drawn++;
    const round = Math.floor(turn / 3);
    if (turn % 3 === 0) await this.drawPlace(round % places);
    else {
      const kind = turn % 3 === 1 || holes.length === 0 ? 'shown' : 'holes';
      await this.read(kind, { shown, holes }[kind], round);
    }
    this.films.seconds += (performance.now() - started) / 1000;
  }

  /** A film that counts: of another cell each time, and from fresh noise. 7 goes round all cells of a grid before it comes back. */
  private async read(kind: 'shown' | 'holes', cells: readonly Cell[], round: number): Promise<void> {
    const cell = cells[(7 * round) % cells.length];
    if (cell) this.tallies[kind].add(cell, (await this.training!.draw(cell, 1000 + round)).seen);
  }

  /** Of a training that comes from elsewhere: films enough to say how good it is. */
  private async judge(): Promise<void> {
    const { shown, holes } = this.asked();
    for (let round = 0; round < 8; round++) {
      await this.read('shown', shown, round);
      await this.read('holes', holes, round);
    }
    this.tell();
  }

  private async drawAll(): Promise<void> {
    for (let place = 0; place < places; place++) await this.drawPlace(place);
  }

  private async drawPlace(place: number): Promise<void> {
    const { shown, holes } = this.asked();
    const cell = watchedOf(shown, holes)[place];
    if (!cell) return;
    const film = await this.training!.draw(cell, 1 + place);
    this.send({ type: 'watched', place, film: { ...film, at: this.training!.seen } });
  }

  private async film({ id, prompt, settings }: ToLearner & { type: 'film' }): Promise<void> {
    const { signal } = this.aborts.get(id)!;
    try {
      if (!this.training) throw new Error('there is no network yet');
      for await (const step of this.training.film(prompt, settings, signal)) this.send({ type: 'filmed', id, step });
      this.send({ type: 'done', id });
    } catch (error) {
      this.send({ type: 'undone', id, fault: faultOf(error) });
    } finally {
      this.aborts.delete(id);
    }
  }

  private file(id: number): void {
    try {
      if (!this.training) throw new Error('there is no network yet');
      this.send({ type: 'file', id, bytes: modelFile(this.training.snapshot()) });
    } catch (error) {
      this.send({ type: 'undone', id, fault: faultOf(error) });
    }
  }

  private replace(training: Training, points: Point[] = []): void {
    this.training?.dispose();
    this.training = training;
    this.broken = false;
    this.keptAt = performance.now();
    this.curve = new Curve(points);
    for (const tally of Object.values(this.tallies)) tally.clear();
    this.films = { drawn: 0, seconds: 0, since: training.seconds };
    this.lately = { seen: training.seen, seconds: training.seconds, speed: 0 };
  }

  private async keep(): Promise<void> {
    this.keptAt = performance.now();
    if (this.training && !this.broken)
      await this.kept?.put({ snapshot: this.training.snapshot(), points: this.curve.points });
  }

  private tell(): void {
    const { training, running } = this;
    if (!training) return;
    this.told = performance.now();
    const { settings, grid, parameters, steps, seen, seconds, counts } = training;
    const state: LearnState = {
      ...{ settings, grid, parameters, steps, seen, seconds, running },
      speed: this.lately.speed,
      counts: { ...counts },
      curve: this.curve.points,
      shown: this.tallies.shown.score,
      holes: this.tallies.holes.score,
    };
    this.send({ type: 'state', state });
  }

  private fail(error: unknown): void {
    this.running = false;
    this.send({ type: 'failed', fault: faultOf(ofMachine(error)) });
  }

  private send(message: FromLearner): void {
    this.port.postMessage(message);
  }
}
