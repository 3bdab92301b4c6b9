/**
 * Films made of what is there: a picture set in motion, parts of other films, a film that other words change; and a film that goes
 * on, clip by clip, or comes back to its beginning. The plans are those of the page (src/making).
 *
 * What it is not: it opens no model; `Draw` does what runs.
 */
import { readFileSync } from 'node:fs';
import { heldStill, joined, knownOf, type Film } from '../src/making/given';
import { fits, planOf, type Plan } from '../src/making/plan';
import { readStill } from '../src/pictures/text';
import { decode, RecordingError } from '../src/recording/file';
import { replay, type Recording } from '../src/recording/recording';
import { beginOf, type EditWay } from '../src/sampling/edit';
import type { RunOptions } from '../src/sampling/run';
import type { ClipShape, Denoiser, Step } from '../src/sampling/types';
import type { Linked, Recipe, Told } from './link';
import { readPicture } from './picture';
import { UsageError } from './usage';

/** What a film is made of; nothing where it is made of words alone. */
export interface Made {
  readonly recipe?: Recipe;
  readonly picture?: string; // path
  readonly edit?: { readonly path: string; readonly strength: number; readonly way: EditWay };
  readonly extend: number; // clips
  readonly loop: boolean;
}

export type Given = Pick<RunOptions, 'known' | 'begin'>;

/** Runs to the end. */
export type Draw = (told: Told, given?: Given) => Promise<Step[]>;

/** The run in a file. Throws UsageError. */
export async function readRun(path: string): Promise<Recording> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new UsageError(`cannot read ${path} (${(error as NodeJS.ErrnoException).code}): name a run that was saved`);
  }
  try {
    return await decode(bytes);
  } catch (error) {
    if (error instanceof RecordingError) throw new UsageError(`${path} can't be used: ${error.message}`);
    throw error;
  }
}

/** What the first run is given, and the film that is changed, where one is. `denoiserOf` binds the network to words. */
export async function givenTo(
  { recipe, picture, edit }: Made,
  told: Told,
  shape: ClipShape,
  draw: Draw,
  denoiserOf: (words: string) => Denoiser,
): Promise<Given & { readonly film?: Float32Array }> {
  if (recipe) return recall(recipe, told, { shape, draw, denoiserOf });
  if (picture !== undefined)
    return { known: knownOf(planOf('still', shape), [heldStill(readPicture(picture, shape), shape)], shape) };
  if (!edit) return {};
  const recording = await readRun(edit.path);
  if (JSON.stringify(recording.shape) !== JSON.stringify(shape))
    throw new UsageError(`${edit.path} is a film of another size: choose the model that made it (${recording.model}) by --model`); // prettier-ignore
  let clip: Float32Array | undefined;
  for await (const { guess } of replay(recording)) clip = guess;
  const { strength, way } = edit;
  return {
    film: clip,
    begin: await beginOf({ clip: clip!, t: 1 - strength, way }, told.settings, denoiserOf(recording.prompt)),
  };
}

interface Maker {
  readonly shape: ClipShape;
  readonly draw: Draw;
  denoiserOf(words: string): Denoiser;
}

/** The films that one was made of, made again, and what is given of them. */
async function recall(
  { plan, of }: Recipe,
  told: Told,
  maker: Maker,
): Promise<Given & { readonly film?: Float32Array }> {
  const { shape, denoiserOf } = maker;
  if ('frames' in plan && !fits(plan, shape, of.length))
    throw new UsageError('the link makes its film of others, of another size: choose the model that it was made with by --model'); // prettier-ignore
  const sources: Float32Array[] = [];
  for (const source of of) sources.push(await clipOf(source, maker));
  if ('frames' in plan) return { known: knownOf(plan, sources, shape) };
  const [film] = sources;
  return { film, begin: await beginOf({ ...plan, clip: film }, told.settings, denoiserOf(of[0].prompt)) };
}

async function clipOf(source: Linked, maker: Maker): Promise<Float32Array> {
  const { shape, draw } = maker;
  if (source.picture !== undefined) {
    const still = await readStill(source.picture, shape);
    if (!still) throw new UsageError('the picture in the link is damaged, or of another size: copy the link again');
    return heldStill(still, shape);
  }
  const { film: _, ...given } = source.recipe ? await recall(source.recipe, source, maker) : {};
  return (await draw(source, given)).at(-1)!.guess;
}

/** The film with what comes after it: each clip goes on from the last frames of the one before, with the next seed. */
export async function goneOn(
  first: Float32Array,
  { extend, loop }: Made,
  told: Told,
  shape: ClipShape,
  draw: Draw,
): Promise<Film> {
  let film: Film = { clip: first, shape };
  let [last, further] = [first, 0];
  const more = async (plan: Plan, sources: readonly Float32Array[]): Promise<void> => {
    const { settings } = told;
    const seed = (settings.seed + ++further) % 2 ** 32;
    const steps = await draw({ ...told, settings: { ...settings, seed } }, { known: knownOf(plan, sources, shape) });
    last = steps.at(-1)!.guess;
    film = joined(plan, film, { clip: last, shape });
  };
  for (let i = 0; i < extend; i++) await more(planOf('forward', shape), [last]);
  // Back to the first frames of the whole film, which may be another clip than the last.
  if (loop) await more({ ...planOf('connect', shape), kind: 'loop' }, [last, first]);
  return film;
}
