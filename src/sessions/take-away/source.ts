/**
 * What a run gives to a file: its recipe, and the pictures that the file is made of. Who takes a film away and who checks one
 * ask here, so that both mean the same.
 *
 * What it is not: it packs nothing (src/export does).
 */
import { frameOf, type Picture } from '../../export/picture';
import { posterRows, type PosterWords } from '../../export/poster';
import type { Recipe, Shows, Weights } from '../../export/recipe';
import type { Source } from '../../export/render';
import type { DrawRequest } from '../../engine/decoder-protocol';
import type { ClipShape } from '../../sampling/types';
import type { Drawing } from '../../app/drawing';
import { flickers } from '../../judging/flicker';
import { decodeLink, encodeLink } from '../../settings/link';
import { clipAt, filmRate, snowRate, type Run } from '../../app/state';

/** What of a run its link and the shape of its clip say; a run of which more is known was made of more than that. */
const told: ReadonlySet<string> = new Set<keyof Run>(['source', 'model', 'recorded', 'prompt', 'settings', 'shape', 'steps', 'phase']); // prettier-ignore

/** The link to the film of a run, wherever somebody looks at it now. */
export function filmLink(
  { prompt, settings, given }: Pick<Run, 'prompt' | 'settings' | 'given'>,
  sharp: boolean,
): string {
  const recipe = given?.recipe ?? null;
  return encodeLink({ ...decodeLink('').state, prompt, settings, show: 'guess', sharp, recipe });
}

/** model, decoder: with their SHA-256 where it is known; no decoder where the film stays as the transformer made it. */
export function recipeOf(run: Run, shows: Shows, model: Weights, decoder?: Weights): Recipe {
  const link = filmLink(run, decoder !== undefined);
  const { given, ...rest } = run;
  const whole = (!given || Boolean(given.recipe)) && Object.entries(rest).every(([key, value]) => told.has(key) || value === undefined); // prettier-ignore
  return { link, model, ...(decoder && { decoder }), shape: run.shape, shows, whole };
}

/** One clip of a run, and which of its frames are wanted; `drawn` where the decoder draws them. */
interface Wanted {
  readonly clip: Float32Array;
  readonly frames: readonly number[];
  readonly drawn: boolean;
}

/** `run` must be complete. `words`: what stands on a poster that shows these rows. Rejects as Drawing.pictures does. */
export async function sourceOf(
  run: Run,
  shows: Shows,
  drawn: boolean,
  drawing: Pick<Drawing, 'pictures'>,
  onPicture: (done: number, total: number) => void,
  signal: AbortSignal,
  words?: (rows: readonly number[]) => PosterWords,
): Promise<Source> {
  const { shape, prompt } = run;
  const rows = posterRows(run.steps.length + 1);
  const wanted = wantedOf(run, shows, rows, drawn);
  const requests = wanted.filter((each) => each.drawn).map(({ clip, frames }): DrawRequest => ({ clip, frames, shape, prompt })); // prettier-ignore
  const total = requests.reduce((sum, { frames }) => sum + frames.length, 0);
  const large = total ? [...(await drawing.pictures(requests, (done) => onPicture(done, total), signal))] : [];
  const pictures = wanted.flatMap(({ clip, frames, drawn: asked }): Picture[] =>
    asked ? large.splice(0, frames.length) : frames.map((frame) => frameOf(clip, shape, frame)),
  );
  if (shows.what === 'clearing') return { pictures, ...clearingOf(run) };
  return shows.what === 'sheet' && words ? { pictures, words: words(rows) } : { pictures };
}

function wantedOf(run: Run, { what, show, row, frame }: Shows, rows: readonly number[], drawn: boolean): Wanted[] {
  const all = Array.from({ length: run.shape.frames }, (_, each) => each);
  const last = run.steps.length;
  /** The decoder draws guesses, never the noisy clip; the last row is a guess whatever is shown. */
  const at = (each: number, frames: readonly number[], sharp: boolean): Wanted[] => {
    const clip = clipAt(run, Math.min(each, last), show);
    return clip ? [{ clip, frames, drawn: sharp }] : [];
  };
  if (what === 'frame') return at(row, [Math.min(frame, all.length - 1)], drawn && (show === 'guess' || row >= last));
  if (what === 'sheet') return rows.flatMap((each) => at(each, all, drawn && show === 'guess'));
  return at(last, all, drawn);
}

/** One frame in the middle of the film, as the transformer is given it in each step: how the noise goes. */
function clearingOf({ steps, shape }: Run): Pick<Source, 'clearing' | 'clearingRate'> {
  const middle = Math.floor(shape.frames / 2);
  const plane = shape.height * shape.width;
  const asFilm: ClipShape = { ...shape, frames: steps.length };
  const film = new Float32Array(3 * steps.length * plane);
  steps.forEach(({ x }, step) => {
    for (let channel = 0; channel < 3; channel++) {
      const from = (channel * shape.frames + middle) * plane;
      film.set(x.subarray(from, from + plane), (channel * steps.length + step) * plane);
    }
  });
  return {
    clearing: steps.map((_, step) => frameOf(film, asFilm, step)),
    clearingRate: flickers(film, asFilm) ? snowRate : filmRate,
  };
}
