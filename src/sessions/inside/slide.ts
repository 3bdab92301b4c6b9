/**
 * From one word to another, or one word taken away and another added: the film of the stage at one seed, drawn at five stops
 * on that way. What moves is the word's learned vector, before the sentence is read; what the film shows there is measured.
 *
 * What it is not: another prompt. The words stay; one of them is told with another vector (setting `ablation`, kind `vector`).
 */
import { computed, signal } from '@preact/signals-core';
import type { Ablation, ClipShape, Step } from '../../sampling/types';
import { phraseOf } from '../../judging/comparison';
import type { EngineSession } from '../../app/engine-session';
import type { Look } from '../../lab/wall';
import { command, Session, type Facts } from '../../app/session';
import type { Settings } from '../../settings/settings';
import { asGiven, isComplete, type Run } from '../../app/state';
import type { Studio } from '../../studio/studio';
import { namesOf } from './inside';
import { wordsIn } from './what-if';
import { kindOf, kinds, wordsMapOf, type WordPlaces } from './words-map';

/** Percent of the way. */
export const stops = [0, 25, 50, 75, 100] as const;
export type Stop = (typeof stops)[number];

/** A finished film at one stop. */
export interface SlideFilm {
  readonly clip: Float32Array; // 3 x frames x height x width
  readonly shape: ClipShape;
  /** What is seen where the moved word is asked, "moving left"; null where that cannot be told. */
  readonly seen: string | null;
  readonly right: number; // words of the prompt as it stands that are right, of those asked
  readonly asked: number;
}

export type Part = 'word' | 'minus' | 'plus';

export class Slide extends Session {
  private readonly picks = signal<Readonly<Partial<Record<Part, string>>>>({});
  readonly stop = signal<Stop>(50);
  private readonly drawn = signal<ReadonlyMap<string, SlideFilm>>(new Map());

  constructor(
    state: Facts,
    private readonly studio: Pick<Studio, 'engine' | 'lab' | 'runs'>,
    private readonly places: Pick<WordPlaces, 'map'>,
  ) {
    super(state);
  }

  // ------------------------------------------------------------------------------------------------- what somebody chooses

  /** Another word to move also starts the other two anew: they belong to it. */
  @command
  choose(part: Part, word: string): void {
    this.picks.value = part === 'word' ? { word } : { ...this.picks.value, [part]: word };
  }

  /** The film there is drawn, unless it has been. */
  @command
  async go(stop: Stop): Promise<void> {
    this.stop.value = stop;
    await this.draw([stop]);
  }

  @command
  async all(): Promise<void> {
    await this.draw(stops);
  }

  /** The run of the stop that is chosen, on the stage. */
  @command
  async take(): Promise<void> {
    const [run, settings] = [this.state.run.value, this.settingsAt(this.stop.value)];
    if (run && settings) await this.studio.runs.take(run.prompt, settings, run.given);
  }

  // ---------------------------------------------------------------------------------------------------- what follows from it

  /** Words of the prompt that can be moved. */
  readonly words = computed((): readonly string[] => {
    const { run, words, tokens } = this.state;
    return run.value ? wordsIn(namesOf(run.value.prompt, words.value.count, tokens.value)) : [];
  });

  /** Words that can be taken away or added: all that the network knows. */
  readonly others = computed((): readonly string[] => this.places.map.value?.words.map(({ word }) => word) ?? []);

  /** What is chosen: at first a colour of the prompt, where it has one, and another word of its kind. Null without words. */
  readonly chosen = computed((): Readonly<Record<Part, string>> | null => {
    const [words, others, picks] = [this.words.value, this.others.value, this.picks.value];
    const told = kinds.flatMap((kind) => words.filter((word) => kindOf(word) === kind));
    const word = picks.word !== undefined && words.includes(picks.word) ? picks.word : told[0];
    if (word === undefined || others.length < 2) return null;
    const minus = picks.minus ?? word;
    const plus = picks.plus ?? others.find((other) => other !== word && kindOf(other) === kindOf(word)) ?? others[0];
    return { word, minus, plus };
  });

  /** A film for each stop, where it has been drawn for the run on the stage; at the first the film on the stage itself. */
  readonly films = computed((): readonly (SlideFilm | null)[] =>
    stops.map((stop) => this.drawn.value.get(this.keyOf(stop) ?? '') ?? null),
  );

  /** The stage has a film to the end, and there is a network to ask. */
  readonly ready = computed((): boolean => {
    const { run, engine } = this.state;
    return engine.value.phase === 'ready' && run.value !== null && isComplete(run.value) && this.chosen.value !== null;
  });

  private settingsAt(percent: Stop): Settings | null {
    const [run, chosen] = [this.state.run.value, this.chosen.value];
    if (!run || !chosen) return null;
    const rest = (run.settings.ablation ?? []).filter(({ kind }) => kind !== 'vector');
    const moved: Ablation = { kind: 'vector', ...chosen, percent };
    return { ...run.settings, ablation: percent === 0 ? rest : [...rest, moved] };
  }

  private keyOf(stop: Stop): string | null {
    const [run, settings] = [this.state.run.value, this.settingsAt(stop)];
    if (!run || !settings) return null;
    return `${run.model} ${run.prompt} ${JSON.stringify(settings)}`;
  }

  private async draw(wanted: readonly Stop[]): Promise<void> {
    const { state, studio } = this;
    const run = state.run.value;
    const left = wanted.filter((stop) => !this.films.value[stops.indexOf(stop)]);
    if (!run || !this.ready.value || left.length === 0) return;
    await studio.lab.work('slide', left.length * run.settings.steps, () => this.draw(wanted), async (signal, tick) => {
      for (const stop of left) {
        const [settings, key] = [this.settingsAt(stop)!, this.keyOf(stop)!];
        const whole = settings.ablation.length === (run.settings.ablation ?? []).length && stop === 0; // the stage's own film
        const clip = whole
          ? run.steps[run.steps.length - 1].guess
          : await filmOf(studio.engine, run, settings, signal, tick);
        if (clip) await this.keep(key, clip, run);
      }
    }); // prettier-ignore
  }

  private async keep(key: string, clip: Float32Array, { shape, prompt }: Run): Promise<void> {
    const word = this.chosen.value?.word ?? '';
    const look = await this.studio.lab.lookAt(clip, shape, prompt);
    const right = look?.words.filter(({ verdict }) => verdict === 'right').length ?? 0;
    const film: SlideFilm = { clip, shape, seen: look && seenFor(word, look), right, asked: look?.words.length ?? 0 };
    this.drawn.value = new Map([...this.drawn.value, [key, film] as const].slice(-mostFilms));
  }
}

/** Films that are kept; each is 200 kB. */
const mostFilms = 40;

/** The finished clip of a run with other settings; undefined where the engine yields none. */
export async function filmOf(
  engine: Pick<EngineSession, 'steps'>,
  { prompt, given }: Pick<Run, 'prompt' | 'given'>,
  settings: Settings,
  signal: AbortSignal,
  tick: (step: Step) => void,
): Promise<Float32Array | undefined> {
  let clip: Float32Array | undefined;
  for await (const step of engine.steps({ prompt, ...settings, ...asGiven(given) }, signal)) {
    clip = step.guess;
    tick(step);
  }
  return clip;
}

/** What is seen where a word of the prompt is asked, as it stands in a sentence. */
export function seenFor(word: string, { words }: Look): string | null {
  const judged = words.find(({ attribute, asked }) => phraseOf(attribute, asked).split(' ').includes(word));
  if (!judged || judged.seen === null || judged.verdict === 'undecided') return null;
  return phraseOf(judged.attribute, judged.seen);
}

const made = new WeakMap<Studio, Slide>();

/** The one of a studio. */
export function slideOf(studio: Studio): Slide {
  const slide = made.get(studio) ?? new Slide(studio.state, studio, wordsMapOf(studio));
  made.set(studio, slide);
  return slide;
}
