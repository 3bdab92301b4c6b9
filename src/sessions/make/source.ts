/** What pixels can be taken from: a film of this visit, a longer one that it is the end of, or a picture. Pure. */
import type { Film } from '../../making/given';
import type { ClipShape } from '../../sampling/types';
import type { Past } from '../../app/history';
import { deepest, type Recipe, type Way } from '../../settings/link';
import type { Run, Waypoint } from '../../app/state';
import type { Stop } from './drift';

export interface Source {
  readonly clip: Float32Array;
  readonly shape: ClipShape;
  readonly prompt: string | null; // null: a picture of one's own
  readonly way: Way | null; // what makes it again; null where a link cannot say it
  readonly whole: Film | null; // the longer film that it ends, where it is part of one
  readonly stops: readonly Stop[]; // of that film, for each clip with which it went on by itself
}

export const framesPerSecond = 8;

/** Seconds that a film may last that goes on and on. */
export const longest = 60;

/** Seconds of the film that a source is the end of. */
export function lengthOf({ whole, shape }: Source): number {
  return (whole?.shape ?? shape).frames / framesPerSecond;
}

export function clipOf({ steps }: Run): Float32Array {
  return steps[steps.length - 1].guess;
}

export function sourceOf(run: Run): Source {
  const { prompt, shape } = run;
  return { clip: clipOf(run), shape, prompt, way: wayOf(run), whole: null, stops: [] };
}

export function sourceOfPast(past: Past): Source {
  const { clip, shape, prompt } = past;
  return { clip, shape, prompt, way: wayOf(past), whole: null, stops: [] };
}

/** What a link says of a film that another is made of; null where it cannot. */
export function wayOf({ prompt, settings, given }: Waypoint): Way | null {
  if (!given) return { prompt, settings };
  const { recipe } = given;
  return recipe && depthOf(recipe) < deepest ? { prompt, settings, recipe } : null;
}

function depthOf({ of }: Recipe): number {
  return 1 + Math.max(0, ...of.map(({ recipe }) => (recipe ? depthOf(recipe) : 0)));
}
