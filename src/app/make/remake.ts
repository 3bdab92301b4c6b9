/** A film that was made of others, from what a link says of it: those first, then what is given of them. */
import { knownOf } from '../../making/given';
import { fits, readPlan } from '../../making/plan';
import type { EngineSession } from '../engine-session';
import type { Recipe } from '../link';
import type { RunSession } from '../run-session';
import type { Given } from '../state';

/** Runs each source on the stage. Null where one of them did not come to its end; throws RecipeError. */
export async function remake(
  recipe: Recipe,
  runs: Pick<RunSession, 'live'>,
  engine: Pick<EngineSession, 'info'>,
): Promise<Given | null> {
  const plan = readPlan(recipe.plan);
  const shape = engine.info?.shape;
  if (!plan || !shape || !fits(plan, shape, recipe.of.length)) throw new RecipeError(recipe.plan);
  const sources: Float32Array[] = [];
  for (const way of recipe.of) {
    const run = await runs.live(way);
    if (run?.phase !== 'done') return null;
    sources.push(run.steps[run.steps.length - 1].guess);
  }
  return { known: knownOf(plan, sources, shape), recipe };
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
