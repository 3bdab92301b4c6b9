/**
 * Make: a film of which parts are given. Sources (a film of this visit, or a picture), a plan of what is given and what is
 * made up, and a run of it on the stage, which is a run like any other. What came of it is measured; a film that goes on
 * longer than the network can make at once is kept beside it.
 *
 * What it is not: part of the first load. The view brings it along (views/make), and `makeOf` makes one for each studio.
 */
import { batch, computed, effect, signal, untracked } from '@preact/signals-core';
import { heldStill, knownOf } from '../../making/given';
import {
  boxHole,
  fits,
  mostCount,
  painted,
  planOf,
  planText,
  sourcesOf,
  toggled,
  usualCount,
  usualGuidance,
  type Box,
  type Plan,
  type Start,
} from '../../making/plan';
import { stillText } from '../../pictures/text';
import type { Reading } from '../../reading/types';
import { formats } from '../../sampling/formats';
import type { Known } from '../../sampling/run';
import type { ClipShape, FormatName } from '../../sampling/types';
import type { Past } from '../../app/history';
import type { ReaderPort } from '../../judging/reader';
import { command, Session } from '../../app/session';
import { defaults, isDefault } from '../../settings/settings';
import { isComplete, type Run } from '../../app/state';
import type { Studio } from '../../studio/studio';
import { stopOf, type Stop } from './drift';
import { goesOn, measured, type Asked, type Result } from './result';
import { clipOf, framesPerSecond, lengthOf, longest, sourceOf, sourceOfPast, type Source } from './source';

export { formats };
export type { Result, Source };

/** Why nothing can be made yet. */
export type Obstacle = 'nothing' | 'noModel' | 'loading' | 'shape' | 'second' | 'allGiven';

export class Make extends Session {
  /** The source that somebody chose; null: the newest film on the stage of which nothing was given. */
  private readonly chosen = signal<Source | null>(null);
  private readonly staged = signal<Source | null>(null);
  readonly second = signal<Source | null>(null);
  private readonly planned = signal<Plan | null>(null);
  readonly count = signal(usualCount);
  /** Clips that are still to come of a film that goes on by itself. */
  readonly toCome = signal(0);
  private readonly asked = new WeakMap<Known, Asked>();
  private readonly results = new WeakMap<Run['steps'], Result>();
  private reader: ReaderPort | null = null;
  private first: Reading | null = null; // of the film that goes on

  constructor(private readonly studio: Pick<Studio, 'state' | 'runs' | 'controls' | 'engine' | 'ports'>) {
    super(studio.state);
  }

  /** As long as somebody looks: the newest plain film on the stage is what one begins with. Returns what ends that. */
  watch(): () => void {
    const end = effect(() => {
      const run = this.state.run.value;
      if (run?.phase === 'done' && !run.given) untracked(() => (this.staged.value = sourceOf(run)));
    });
    return () => {
      end();
      if (this.toCome.value > 0) return; // it is still asked
      this.reader?.dispose();
      this.reader = null;
    };
  }

  readonly source = computed(() => this.chosen.value ?? this.staged.value);
  readonly sources = computed((): readonly Source[] => {
    const all = [this.source.value, this.second.value];
    return all.slice(0, sourcesOf(this.plan.value)).flatMap((source) => source ?? []);
  });

  readonly shape = computed((): ClipShape | null => {
    const engine = this.state.engine.value;
    return engine.phase === 'ready' ? engine.info.shape : (this.source.value?.shape ?? null);
  });

  readonly plan = computed((): Plan => {
    const shape = this.shape.value ?? usualShape;
    const plan = this.planned.value;
    return plan && fits(plan, shape) ? plan : planOf('forward', shape, { count: this.count.value });
  });

  readonly obstacle = computed((): Obstacle | null => {
    const { phase } = this.state.engine.value;
    const [source, shape, plan] = [this.source.value, this.shape.value, this.plan.value];
    if (!source) return 'nothing';
    if (phase !== 'ready') return phase === 'failed' ? 'noModel' : 'loading';
    if (sourcesOf(plan) > this.sources.value.length) return 'second';
    if (this.sources.value.some((each) => !alike(each.shape, shape!))) return 'shape';
    return this.given.value?.mask.every(Boolean) ? 'allGiven' : null;
  });

  /** What the plan gives; null where its sources are not there. */
  readonly given = computed((): Known | null => {
    const [shape, plan, sources] = [this.shape.value, this.plan.value, this.sources.value];
    if (!shape || sources.length < sourcesOf(plan) || !sources.every((each) => alike(each.shape, shape))) return null;
    return knownOf(plan, sources.map(({ clip }) => clip), shape); // prettier-ignore
  });

  /** What came of the film on the stage, where it was made here. */
  readonly result = computed((): Result | null => {
    const run = this.state.run.value;
    const asked = run?.given && this.asked.get(run.given.known);
    if (!run || !asked || run.phase !== 'done') return null;
    const found = this.results.get(run.steps) ?? measured(run, asked);
    this.results.set(run.steps, found);
    return found;
  });

  /** The same, where it is of the plan and the sources that stand there now. */
  readonly current = computed((): Result | null => {
    const result = this.result.value;
    const now = this.sources.value;
    return result?.plan === this.plan.value && result.sources.every((each, i) => each === now[i]) ? result : null;
  });

  /** Clips that are still to be made until the film that goes on lasts a minute. */
  readonly clipsToMinute = computed((): number => {
    const [source, shape] = [this.nextSource(), this.shape.value];
    if (!source || !shape) return 0;
    const left = longest * framesPerSecond - (source.whole?.shape ?? source.shape).frames;
    return Math.max(0, Math.ceil(left / this.grows.value));
  });

  /** Frames by which each clip makes a film longer. */
  private readonly grows = computed(() => {
    const shape = this.shape.value ?? usualShape;
    return shape.frames - Math.max(1, Math.min(this.count.value, mostCount(shape)));
  });

  /** The longer film that one has so far; null where there is none. */
  readonly whole = computed(() => this.current.value?.whole ?? this.source.value?.whole ?? null);

  /** How the film has drifted, clip by clip of those that went on by themselves, and the frame at which each of them ends. */
  readonly drift = computed(() => {
    const { whole, stops = [] } = this.source.value ?? {};
    return stops.map((stop, i) => ({
      ...stop,
      end: (whole?.shape.frames ?? 0) - (stops.length - 1 - i) * this.grows.value,
    }));
  });

  // ------------------------------------------------------------------------------------------------- what somebody chooses

  /** The film on the stage, however it was made. */
  @command
  takeStage(): void {
    const run = this.state.run.value;
    const result = this.result.value;
    if (run && isComplete(run)) this.chosen.value = result ? goesOn(result) : sourceOf(run);
  }

  /** A film of this visit. */
  @command
  take(past: Past): void {
    this.chosen.value = sourceOfPast(past);
  }

  /** The film that is to come after. */
  @command
  takeSecond(past: Past): void {
    this.second.value = sourceOfPast(past);
  }

  /** Pictures of one's own, 3 x count x height x width in the model's size: one to set in motion, or as many as a film has. */
  @command
  async takePicture(frames: Float32Array, count: number): Promise<void> {
    const shape = this.shape.value ?? usualShape;
    const clip = count === 1 ? heldStill(frames, shape) : frames;
    // A link holds one picture, and no sixteen of them.
    const way = count === 1 ? { prompt: '', settings: defaults, picture: await stillText(frames, shape) } : null;
    batch(() => {
      this.chosen.value = { clip, shape, prompt: null, way, whole: null, stops: [] };
      if (count === 1) this.planned.value = planOf('still', shape);
    });
  }

  @command
  start(kind: Start): void {
    const shape = this.shape.value;
    if (!shape) return;
    this.planned.value = planOf(kind, shape, { count: this.count.value, at: this.state.frame.value });
  }

  /** A film of the words alone, in another length or shape. */
  @command
  async makeIn(format: FormatName): Promise<void> {
    this.studio.controls.set({ format });
    await this.studio.runs.shake();
  }

  /** How many frames are given at each end. */
  @command
  giveFrames(count: number): void {
    const { kind } = this.plan.value;
    this.count.value = count;
    if (kind !== 'own') this.start(kind);
  }

  /** Which frame of the source a still is. */
  @command
  giveStill(at: number): void {
    const shape = this.shape.value;
    if (shape) this.planned.value = planOf('still', shape, { at });
  }

  @command
  toggle(frame: number): void {
    const shape = this.shape.value;
    if (shape)
      this.planned.value = toggled(this.plan.value, frame, Math.max(1, this.sources.value.length) * shape.frames);
  }

  /** A part of the picture becomes made up, or given again. */
  @command
  paint(box: Box, given = false): void {
    const shape = this.shape.value;
    if (shape) this.planned.value = painted(this.plan.value, box, shape, given);
  }

  /** This part of the picture alone is made up. */
  @command
  mark(box: Box): void {
    const [shape, plan] = [this.shape.value, this.plan.value];
    if (!shape) return;
    const { first, last } = plan.hole ?? { first: 0, last: shape.frames - 1 };
    this.planned.value = { ...plan, hole: { ...boxHole(box, shape), first, last } };
  }

  /** A part to begin with. */
  @command
  markMiddle(): void {
    const shape = this.shape.value;
    if (shape) this.planned.value = { ...this.plan.value, hole: planOf('region', shape).hole };
  }

  /** The frames in which the marked part is made up. */
  @command
  markFrames(first: number, last: number): void {
    const plan = this.plan.value;
    if (plan.hole) this.planned.value = { ...plan, hole: { ...plan.hole, first: Math.min(first, last), last: Math.max(first, last) } }; // prettier-ignore
  }

  /** Given pictures are moved so many pixels right and down. */
  @command
  move(dx: number, dy: number): void {
    this.planned.value = { ...this.plan.value, dx, dy };
  }

  /** Where no model is loaded. */
  @command
  async load(): Promise<void> {
    await this.studio.engine.load();
  }

  // -------------------------------------------------------------------------------------------------------------- runs

  /** The plan on the stage: a film of the words in the prompt box that keeps what is given. Fresh noise, unless the seed is kept. */
  @command
  async make(): Promise<void> {
    if (!this.state.seedKept.value) this.studio.controls.dice();
    await this.run(this.plan.value, this.sources.value);
  }

  /** The film on the stage goes on, so many clips; each begins with the last frames of the one before. */
  @command
  async goOn(clips: number): Promise<void> {
    const shape = this.shape.value;
    let source = this.nextSource();
    if (!shape || !source) return;
    this.toCome.value = clips;
    if (source.stops.length === 0) this.first = null;
    while (this.toCome.value > 0 && lengthOf(source) < longest) {
      const { settings } = this.state.request.value;
      this.studio.controls.set({ seed: (settings.seed + 1) % 2 ** 32 });
      const plan = planOf('forward', shape, { count: this.count.value });
      const result = await this.run(plan, [source]);
      if (!result) break;
      this.toCome.value--;
      source = { ...goesOn(result), stops: [...source.stops, await this.look(source, result)] };
      this.chosen.value = source;
    }
    this.toCome.value = 0;
  }

  @command
  stop(): void {
    this.toCome.value = 0;
    this.studio.runs.stop();
  }

  /** What the next clip would go on from: the film that was made last, unless it is the source already. */
  private nextSource(): Source | null {
    const [source, result] = [this.source.value, this.result.value];
    return result && source?.clip !== clipOf(result.run) ? goesOn(result) : source;
  }

  /** What is given has the model's own shape; and a guidance that somebody chose stays. */
  private ready(): void {
    const { controls } = this.studio;
    controls.set({ format: 'usual' });
    const settings = this.state.settings.value;
    if (isDefault(settings, 'guidance') && isDefault(settings, 'rule'))
      controls.lend('guidance', String(usualGuidance));
  }

  /** Null where it did not come to its end. */
  private async run(plan: Plan, sources: readonly Source[]): Promise<Result | null> {
    const shape = this.shape.value;
    if (!shape) return null;
    this.ready();
    const known = knownOf(plan, sources.map(({ clip }) => clip), shape); // prettier-ignore
    const of = sources.flatMap(({ way }) => way ?? []);
    const recipe = of.length === sources.length && of.length > 0 ? { plan: planText(plan), of } : null;
    this.asked.set(known, { plan, sources });
    await this.studio.runs.again({ given: { known, recipe } });
    const result = this.result.value;
    return result?.run.given?.known === known ? result : null;
  }

  /** How far the film has drifted, as the reader sees it. Where nothing can be read, the film goes on without. */
  private async look(source: Source, { run }: Result): Promise<Stop> {
    try {
      this.reader ??= this.studio.ports.createReader();
      this.first ??= await this.reader.read(source.clip, source.shape);
      return stopOf(await this.reader.read(clipOf(run), run.shape), this.first);
    } catch {
      return { thing: 'undecided', colour: null, law: 'undecided' };
    }
  }
}

/** Of a model that is not there yet. */
const usualShape: ClipShape = { frames: 16, height: 32, width: 32 };

function alike(a: ClipShape, b: ClipShape): boolean {
  return a.frames === b.frames && a.height === b.height && a.width === b.width;
}

const made = new WeakMap<Studio, Make>();

/** The one of a studio: what somebody chose stays chosen while they look elsewhere. */
export function makeOf(studio: Studio): Make {
  const make = made.get(studio) ?? new Make(studio);
  made.set(studio, make);
  return make;
}
