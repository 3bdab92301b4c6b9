/**
 * Everything the page knows, as signals. Facts are signals, what follows from them is computed; no clock, no address bar
 * and no engine in here. Each session changes the facts that its type names (session.ts), the elements only read them.
 *
 * Two times. A run of n steps passes through n + 1 rows: row r is the clip after r steps, row 0 is pure noise, row n is
 * the finished clip (the last step's guess). Film time is the frame, 0 .. frames - 1.
 */
import { computed, signal } from '@preact/signals-core';
import type { BackendName, EngineInfo, Fault, FromWorker, OtherProgress, RunRequest } from '../engine/protocol';
import type { Begin, Known } from '../sampling/run';
import type { ClipShape, Step } from '../sampling/types';
import { flickers } from '../judging/flicker';
import type { Past } from './history';
import { firstEntrants, type RaceSize, type Sampler } from '../settings/race';
import type { LabView, ViewName } from '../settings/views';
import { encodeLink, type Notice, type Part, type Recipe } from '../settings/link';
import { defaults, promptTokens, type Settings, type Show } from '../settings/settings';
import { awayFrom } from '../words/away';
import type * as words from '../words';
import { firstWords, readPrompt, wordsOf } from '../settings/words';

export type LoadStage = Extract<FromWorker, { type: 'progress' }>['stage'];

export type EngineState =
  | { readonly phase: 'waiting' }
  | { readonly phase: 'loading'; readonly stage: LoadStage; readonly done: number; readonly total: number }
  | { readonly phase: 'ready'; readonly info: EngineInfo }
  | { readonly phase: 'failed'; readonly fault: Fault };

/** Pixels that a run keeps as they are, while the rest is made up; and how a link says them, where one can. */
export interface Given {
  readonly known: Known;
  readonly recipe: Recipe | null;
  readonly begin?: Begin; // where the run begins in a film that other words change
}

/** Of a run of which no pixel is given, but which is not of its words and settings alone. */
export function nothingKnown({ frames, height, width }: ClipShape): Known {
  const pixels = frames * height * width;
  return { clip: new Float32Array(3 * pixels), mask: new Uint8Array(pixels) };
}

/** The same for whoever asks the engine. */
export const asGiven = (given: Given | undefined): Pick<RunRequest, 'known' | 'begin'> =>
  given ? { known: given.known, ...(given.begin && { begin: given.begin }) } : {};

export interface Run {
  readonly source: 'recording' | 'live';
  readonly model: string; // name of the weights
  readonly recorded?: { encode(): Promise<Uint8Array> }; // where it comes from a file: that file again
  readonly prompt: string;
  readonly settings: Settings;
  readonly shape: ClipShape;
  readonly given?: Given; // where not all of it is made up
  readonly steps: readonly Step[]; // as far as they have come
  readonly phase: 'running' | 'done' | 'stopped' | 'failed';
}

/** What the room `words` offers, which comes once somebody types. */
export type Ears = Pick<
  typeof words,
  'hearPrompt' | 'nearPrompt' | 'nextPrompt' | 'fillPrompt' | 'surprises' | 'shortPrompts'
>;

/** A text and the sentence that it stands for, out of a link, a file, a recording or an example. */
export interface Adopted {
  readonly typed: string;
  readonly told: string;
}

export interface RecordingEntry {
  readonly file: string;
  readonly prompt: string;
}

/** A fault and what trying again would repeat. */
export interface Trouble {
  readonly fault: Fault;
  readonly retry: 'engine' | 'run' | 'recording' | 'file' | 'save' | 'words' | 'nothing';
}

/** Words and settings that one can go back to. */
export interface Waypoint {
  readonly prompt: string;
  readonly typed?: string; // where the prompt was typed in other words
  readonly settings: Settings;
  readonly given?: Given;
}

/** A fault that the engine has mended by itself; `lower` is where it runs now, if that is not where it ran. */
export interface Mended {
  readonly fault: Fault;
  readonly lower: BackendName | null;
}

/** Pictures a second: the film's own pace, and the most that anything which flickers may change, unless asked. */
export const filmRate = 8;
export const snowRate = 3;

export class State {
  readonly prompt = signal(firstWords.examples[0]);
  readonly settings = signal<Settings>(defaults);
  /** What was not typed here is told as it stands, as long as nobody changes it: a film that was shared stays the same film. */
  readonly adopted = signal<Adopted | null>({ typed: firstWords.examples[0], told: firstWords.examples[0] });
  readonly picks = signal<words.Picks>({}); // what the reader chose for a word
  readonly ears = signal<Ears | 'coming' | null>(null);
  readonly notices = signal<readonly Notice[]>([]);

  readonly engine = signal<EngineState>({ phase: 'waiting' });
  readonly guest = signal(false); // `engine` is a network of one's own, which learned in the view Learn
  readonly otherLoading = signal<OtherProgress | null>(null); // a run waits for another network that it asks
  readonly queued = signal(false); // Shake was pressed before the model was ready
  readonly recordings = signal<readonly RecordingEntry[]>([]);
  readonly run = signal<Run | null>(null);
  readonly history = signal<readonly Past[]>([]); // films of this visit, the newest first
  readonly saving = signal(false); // a run is being made a file
  readonly trouble = signal<Trouble | null>(null);
  readonly mended = signal<Mended | null>(null);

  /** What the film on the stage, or on its way there, is made of besides words and settings; null: of nothing else. */
  readonly recipe = signal<Recipe | null>(null);

  /** What the last run was made of that came to its end. */
  readonly good = signal<Waypoint | null>(null);
  /** Where the reader was before the first experiment of `Break it`. */
  readonly before = signal<(Waypoint & { readonly run: Run | null; readonly step: number | null }) | null>(null);

  readonly show = signal<Show>('guess');
  readonly sharp = signal(true); // guesses as the decoder draws them, or as the transformer made them
  readonly step = signal<number | null>(null); // row of the sheet the reader chose; null follows the newest
  readonly frame = signal(0);
  readonly playing = signal(false);
  readonly loop = signal(true);
  readonly fullSpeed = signal(false);
  readonly shortcuts = signal(true);
  readonly seedKept = signal(false); // a shake leaves the seed as it is
  readonly live = signal(false); // every change makes the film anew, by the student
  readonly coming = signal<Waypoint | null>(null); // what is made behind the stage, which keeps its film until then

  readonly view = signal<ViewName>('watch'); // what stands beside the stage
  readonly inside = signal<string | null>(null); // what is chosen in the view Inside, as the link says it
  readonly presenting = signal(false); // film and sheet fill the screen

  // What the laboratory shows, and of what; they stand here because a link says them.
  readonly lab = signal<LabView | null>(null);
  readonly otherSettings = signal<Settings | null>(null);
  readonly otherPrompt = signal<string | null>(null); // null: the same words
  readonly entrants = signal<readonly Sampler[]>(firstEntrants);
  readonly raceSize = signal<RaceSize>('small');

  // Of the story; a link says the chapter.
  readonly chapter = signal<number | null>(null); // from 1; null: the page of contents
  readonly pointed = signal<readonly string[]>([]); // parts of the page that the chapter speaks of

  /** What a teacher's link has put out of sight. */
  readonly hidden = signal<readonly Part[]>([]);

  /** Somebody has used the page: from now on the address says what it shows. */
  readonly touched = signal(false);

  /** The words of the model that is loaded; until then those that every model knows. */
  readonly words = computed(() => {
    const engine = this.engine.value;
    return engine.phase === 'ready' ? wordsOf(engine.info.words) : firstWords;
  });

  /** How many tokens of a prompt it reads. */
  readonly tokens = computed(() => {
    const engine = this.engine.value;
    return engine.phase === 'ready' ? engine.info.tokens : promptTokens;
  });

  /** What stands in the field is to be heard, not to be taken as it stands. */
  readonly ownWords = computed(() => {
    const adopted = this.adopted.value;
    return adopted?.typed !== this.prompt.value || adopted.told !== adopted.typed;
  });

  /** What was typed cannot be told yet: the room that hears it is on its way. */
  readonly awaitsEars = computed(() => this.ears.value === 'coming' && this.adopted.value?.typed !== this.prompt.value);

  /** What is heard of the prompt, word by word; null until the room that hears has come. */
  readonly hearing = computed((): words.Hearing | null => {
    const ears = this.ears.value;
    if (ears === null || ears === 'coming' || !this.ownWords.value) return null;
    const heard = ears.hearPrompt(this.prompt.value, { words: this.words.value.count, picks: this.picks.value });
    const adopted = this.adopted.value;
    return adopted?.typed === this.prompt.value && adopted.told !== heard.caption ? null : heard;
  });

  /** What a run would be made of now: the sentence that the network is told, and the settings with all words to stay away from. */
  readonly request = computed((): Waypoint => {
    const [prompt, settings, adopted, heard] = [this.prompt.value, this.settings.value, this.adopted.value, this.hearing.value]; // prettier-ignore
    const negative = awayFrom(settings.negative, heard?.negative ?? '');
    return {
      prompt: adopted?.typed === prompt ? adopted.told : (heard?.caption ?? prompt),
      settings: negative === settings.negative ? settings : { ...settings, negative },
    };
  });

  /** The sentence as the model will read it: word by word, known or not. */
  readonly reading = computed(() => readPrompt(this.request.value.prompt, this.words.value.count, this.tokens.value));

  /** The model of the recording that is shown, where another one is loaded and the words are still those of the film. */
  readonly otherModel = computed(() => {
    const [run, engine] = [this.run.value, this.engine.value];
    const other = run?.source === 'recording' && engine.phase === 'ready' && run.model !== engine.info.model;
    return other && run.prompt === this.request.value.prompt ? run.model : null;
  });

  /** The view that is shown: what a teacher's link has put out of sight is none. */
  readonly beside = computed(() => {
    const view = this.view.value;
    return (this.hidden.value as readonly string[]).includes(view) ? 'watch' : view;
  });

  /** Something is there to play. */
  readonly filled = computed(() => this.row.value !== null);

  /** The model has an earlier checkpoint that autoguidance can compare with. */
  readonly hasWeak = computed(() => {
    const engine = this.engine.value;
    return engine.phase === 'ready' && engine.info.weak !== undefined;
  });

  /** The model has a student, or nobody knows yet. */
  readonly hasStudent = computed(() => {
    const engine = this.engine.value;
    return engine.phase !== 'ready' || engine.info.student !== undefined;
  });

  readonly running = computed(() => this.run.value?.phase === 'running');

  /** Rows there will be once the run is through. */
  readonly rows = computed(() => (this.run.value?.settings.steps ?? 0) + 1);

  /** Rows there are, 0 .. rows. */
  readonly rowsFilled = computed(() => {
    const run = this.run.value;
    return run ? run.steps.length + (isComplete(run) ? 1 : 0) : 0;
  });

  /** The row that is shown, or null while there is none. */
  readonly row = computed(() => {
    const newest = this.rowsFilled.value - 1;
    return newest < 0 ? null : Math.min(this.step.value ?? newest, newest);
  });

  /** Share of noise left in the row that is shown, 0 .. 1. */
  readonly noiseLeft = computed(() => {
    const run = this.run.value;
    const row = this.row.value;
    return run && row !== null ? noiseLeft(run, row) : 1;
  });

  /** Whether the row that is shown would flash if it were played at the film's own pace. */
  private readonly flickering = computed(() => {
    const run = this.run.value;
    const clip = run && this.row.value !== null ? clipAt(run, this.row.value, this.show.value) : undefined;
    return run !== null && clip !== undefined && flickers(clip, run.shape);
  });

  /** Pictures a second at which the film may play now. */
  readonly rate = computed(() => (this.flickering.value && !this.fullSpeed.value ? snowRate : filmRate));

  /** The link to exactly this. */
  readonly link = computed(() =>
    encodeLink({
      ...this.request.value,
      typed: this.prompt.value === this.request.value.prompt ? null : this.prompt.value,
      show: this.show.value,
      sharp: this.sharp.value,
      step: this.step.value,
      frame: this.playing.value ? null : this.frame.value,
      view: this.view.value,
      chapter: this.chapter.value,
      inside: this.inside.value,
      lab: this.lab.value,
      other: this.otherSettings.value,
      otherPrompt: this.otherSettings.value && this.otherPrompt.value,
      entrants: this.entrants.value,
      raceSize: this.raceSize.value,
      hidden: this.hidden.value,
      live: this.live.value,
      recipe: this.recipe.value,
    }),
  );
}

export function isComplete(run: Run): boolean {
  return run.steps.length > 0 && run.steps.length === run.steps[0].steps;
}

/** What stands in a row: 3 x frames x height x width, or undefined while the run has not come so far. */
export function clipAt(run: Run, row: number, show: Show): Float32Array | undefined {
  const { steps } = run;
  if (row === steps.length && isComplete(run)) return steps[row - 1].guess;
  return steps[row]?.[show];
}

/** Share of noise left in a row, 0 .. 1. */
export function noiseLeft(run: Run, row: number): number {
  const { steps } = run;
  if (row < steps.length) return 1 - steps[row].t;
  return steps.length > 0 ? 1 - steps[steps.length - 1].tNext : 1;
}
