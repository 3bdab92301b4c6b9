/**
 * A film that was made of others, from what a link says of it: those first, then what is given of them. On the stage where a
 * link is opened, beside it where a file is checked.
 */
import { heldStill, knownOf } from '../making/given';
import { fits, readPlan } from '../making/plan';
import { readStill } from '../pictures/text';
import { readEdit, type Edit } from '../sampling/edit';
import type { Begin } from '../sampling/run';
import type { ClipShape } from '../sampling/types';
import type { EngineSession } from '../app/engine-session';
import type { Recipe, Way } from '../settings/link';
import { nothingKnown, type Given, type Run, type Waypoint } from '../app/state';

/** Who makes films again. */
export interface Maker {
  readonly engine: Pick<EngineSession, 'info' | 'steps'>;
  readonly signal: AbortSignal;
  /** Runs to the end; null where somebody stopped it. */
  run(film: Waypoint): Promise<Pick<Run, 'steps' | 'phase'> | null>;
}

/** What is given of the films that `film` was made of, by its recipe. Null where one of them did not come to its end; throws RecipeError. */
export async function remake(recipe: Recipe, film: Waypoint, maker: Maker): Promise<Given | null> {
  const shape = maker.engine.info?.shape;
  const [plan, edit] = [readPlan(recipe.plan), readEdit(recipe.plan)];
  if (!shape || !(plan ? fits(plan, shape, recipe.of.length) : edit)) throw new RecipeError(recipe.plan);
  const sources: Float32Array[] = [];
  for (const way of recipe.of) {
    const clip = await clipOf(way, shape, maker);
    if (!clip) return null;
    sources.push(clip);
  }
  if (plan) return { known: knownOf(plan, sources, shape), recipe };
  const begin = await beginOf({ ...edit!, clip: sources[0] }, recipe.of[0].prompt, film, maker);
  return begin ? { known: nothingKnown(shape), recipe, begin } : null;
}

async function clipOf(way: Way, shape: ClipShape, maker: Maker): Promise<Float32Array | null> {
  const { picture, recipe, ...film } = way;
  if (picture !== undefined) {
    const still = await readStill(picture, shape);
    if (!still) throw new RecipeError('picture');
    return heldStill(still, shape);
  }
  const given = recipe && (await remake(recipe, film, maker));
  if (given === null) return null;
  const run = await maker.run({ ...film, ...(given && { given }) });
  return run?.phase === 'done' ? run.steps[run.steps.length - 1].guess : null;
}

/** Where a film begins that other words change: its first step says so, and no more of it is made. */
async function beginOf(
  edit: Edit,
  old: string,
  { prompt, settings }: Waypoint,
  { engine, signal }: Maker,
): Promise<Begin | null> {
  for await (const { x, t } of engine.steps({ prompt, ...settings, edit: { ...edit, prompt: old } }, signal)) return { x, t }; // prettier-ignore
  return null;
}

/** What a link says of a film is no plan for the films of this network. */
class RecipeError extends Error {
  override readonly name = 'RecipeError';
  override readonly cause: string;
  readonly next = 'Make it anew under Make.';

  constructor(plan: string) {
    super();
    this.cause = `The link asks for a film in a way that this page cannot read (${plan.slice(0, 80)}).`;
  }
}
