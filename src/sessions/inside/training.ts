/**
 * What more training bought: the film on the stage once more, with the same words from the same noise, by the network as it was
 * earlier. Which copies there are a model's manifest.json says, and that of the model it was grown of; each is a model folder of
 * its own, loaded when somebody asks for its film and put away after it.
 *
 * What it is not: it trains nothing.
 */
import { signal } from '@preact/signals-core';
import * as v from 'valibot';
import type { Fault } from '../../engine/protocol';
import type { ClipShape } from '../../sampling/types';
import { toFault } from '../../engine/faults';
import { command, Session, type Facts } from '../../app/session';
import type { Settings } from '../../settings/settings';
import { asGiven, isComplete, type Run } from '../../app/state';
import type { Studio } from '../../studio/studio';

/** A copy of the network on its way. */
export interface Checkpoint {
  readonly folder: string; // seen from that of the page's model, with a slash at its end
  readonly clips: number; // that it had seen
  readonly share: number; // of the clips that the last of its line had seen, 0 .. 1
  readonly megabytes: number; // to be fetched
  /** Of so many prompts (`npm run evaluate -- --suite scaling`), the films that are right in everything asked; null where nobody measured. */
  readonly score: { readonly right: number; readonly of: number } | null;
}

export interface TrainingFilm {
  readonly clip: Float32Array; // 3 x frames x height x width
  readonly shape: ClipShape;
  readonly right: number; // words that are right in this film, of those asked
  readonly asked: number;
}

const folderName = v.pipe(v.string(), v.regex(/^(\.|(\.\.\/)?[\w-]+(\/[\w-]+)*)$/));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const manifest = v.object({
  files: v.optional(v.array(v.object({ bytes: count })), []),
  weak: v.optional(folderName),
  checkpoints: v.optional(
    v.array(v.object({ folder: folderName, clips: count, right: v.optional(count), of: v.optional(count) })),
    [],
  ),
});

/** How many models a model can have been grown of, one after the other. */
const longestLine = 4;

/** All copies that the page's model and those before it name, the one with the least training first. Rejects where one cannot be read. */
export async function readCheckpoints(read: (path: string) => Promise<unknown>): Promise<readonly Checkpoint[]> {
  const found: Omit<Checkpoint, 'share'>[] = [];
  let home = '';
  for (let line = 0; line < longestLine; line++) {
    const { weak, checkpoints } = v.parse(manifest, await read(`${home}manifest.json`));
    for (const { folder, clips, right, of } of checkpoints) {
      const at = folder === '.' ? home : `${home}${folder}/`;
      const { files } = v.parse(manifest, await read(`${at}manifest.json`));
      const megabytes = files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
      const score = right === undefined || !of ? null : { right, of };
      if (at !== '') found.push({ folder: at, clips, megabytes, score });
    }
    if (checkpoints.length > 0 || weak === undefined) break; // an earlier model's copies stand in where it names none
    home = `${home}${weak}/`;
  }
  const most = Math.max(...found.map(({ clips }) => clips));
  return found.sort((a, b) => a.clips - b.clips).map((each) => ({ ...each, share: each.clips / most }));
}

export class Training extends Session {
  readonly list = signal<readonly Checkpoint[] | null>(null); // null: nobody has asked yet
  readonly fault = signal<Fault | null>(null);
  /** Of the copy that is on its way, 0 .. 1; null while none is. */
  readonly loading = signal<number | null>(null);
  private readonly drawn = signal<ReadonlyMap<string, TrainingFilm>>(new Map());

  constructor(
    state: Facts,
    private readonly studio: Pick<Studio, 'lab' | 'ports'>,
  ) {
    super(state);
  }

  /** Finds out which copies there are. */
  @command
  async open(): Promise<void> {
    this.fault.value = null;
    try {
      this.list.value = await readCheckpoints((path) => this.studio.ports.readModelJson(path));
    } catch (thrown) {
      this.fault.value = toFault(thrown);
    }
  }

  /** The films of these copies, one after the other; those that are there stay. */
  @command
  async draw(wanted: readonly Checkpoint[]): Promise<void> {
    const run = this.state.run.value;
    const left = wanted.filter((each) => !this.filmOf(each));
    if (!run || !isComplete(run) || left.length === 0) return;
    await this.studio.lab.work(
      'training',
      left.length * run.settings.steps,
      () => this.draw(wanted),
      async (signal, tick) => {
        try {
          for (const each of left) await this.drawOne(each, run, signal, tick);
        } finally {
          this.loading.value = null;
        }
      },
    );
  }

  /** Of the words and noise on the stage; null while nobody has drawn it. */
  filmOf({ folder }: Checkpoint): TrainingFilm | null {
    const run = this.state.run.value;
    return run ? (this.drawn.value.get(keyOf(folder, run)) ?? null) : null;
  }

  private async drawOne(
    { folder }: Checkpoint,
    run: Run,
    signal: AbortSignal,
    tick: (step: Run['steps'][number]) => void,
  ): Promise<void> {
    const port = await this.studio.ports.createEngine(folder);
    const away = () => port.dispose(); // which also ends the loading
    signal.addEventListener('abort', away);
    try {
      signal.throwIfAborted();
      this.loading.value = 0;
      await port.load(
        ({ stage, done, total }) =>
          (this.loading.value = stage === 'weights' ? done / (total || 1) : stage === 'warm-up' ? 1 : 0),
        () => {},
      );
      this.loading.value = null;
      let clip: Float32Array | undefined;
      const request = { prompt: run.prompt, ...alone(run.settings), ...asGiven(run.given) };
      for await (const step of port.run(request, signal, () => {})) {
        clip = step.guess;
        tick(step);
      }
      if (clip) await this.keep(keyOf(folder, run), clip, run);
    } finally {
      signal.removeEventListener('abort', away);
      port.dispose();
    }
  }

  private async keep(key: string, clip: Float32Array, { shape, prompt }: Run): Promise<void> {
    const look = await this.studio.lab.lookAt(clip, shape, prompt);
    const right = look?.words.filter(({ verdict }) => verdict === 'right').length ?? 0;
    const film: TrainingFilm = { clip, shape, right, asked: look?.words.length ?? 0 };
    this.drawn.value = new Map([...this.drawn.value, [key, film] as const].slice(-mostFilms));
  }
}

/** Films that are kept; each is 200 kB. */
const mostFilms = 24;

const keyOf = (folder: string, { prompt, settings }: Run) => `${folder} ${prompt} ${JSON.stringify(settings)}`;

/** An early copy has no earlier one of its own to compare with: plain guidance instead of autoguidance. */
function alone(settings: Settings): Settings {
  const { guidance } = settings;
  return guidance.rule === 'auto' ? { ...settings, guidance: { ...guidance, rule: 'cfg' } } : settings;
}

const made = new WeakMap<Studio, Training>();

/** The one of a studio. */
export function trainingOf(studio: Studio): Training {
  const training = made.get(studio) ?? new Training(studio.state, studio);
  made.set(studio, training);
  return training;
}
