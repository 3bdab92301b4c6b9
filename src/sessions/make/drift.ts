/**
 * How a film that goes on and on drifts from what it began with, clip by clip, as the reader sees it: is it still the same
 * thing, how far is its colour from the first, does it move as a law says. Pure.
 */
import { undecided, type Reading, type SeenObject } from '../../reading/types';
import { obeys, verdictOf } from '../../judging/verdict';

export type Kept = 'kept' | 'lost' | 'undecided';

/** One clip of the chain beside the first. */
export interface Stop {
  readonly thing: Kept; // the same thing, in the same colour word
  readonly colour: number | null; // how far its paint is from the first one's, 0 .. 1 of black to white; null: nothing to compare
  readonly law: Kept; // it moves as one of the world's laws says
}

/** The thing that most is seen of stands for the film. */
function chief({ objects }: Reading): SeenObject | undefined {
  const seen = ({ track }: SeenObject) => track.reduce((sum, { visible }) => sum + visible, 0);
  return objects.reduce<SeenObject | undefined>((best, each) => (best && seen(best) >= seen(each) ? best : each), undefined); // prettier-ignore
}

export function stopOf(reading: Reading, first: Reading): Stop {
  const [is, was] = [chief(reading), chief(first)];
  if (!was) return { thing: 'undecided', colour: null, law: 'undecided' };
  if (!is) return { thing: 'lost', colour: null, law: 'lost' };
  const apart = Math.hypot(...is.paint.map((value, channel) => value - was.paint[channel]));
  const verdict = verdictOf(is, reading.shape.height);
  return {
    thing: both([same(is.thing, was.thing), same(is.colour, was.colour)]),
    colour: apart / (255 * Math.sqrt(3)),
    law: verdict.kind === 'unclear' ? 'undecided' : obeys(verdict) ? 'kept' : 'lost',
  };
}

function same(a: string, b: string): Kept {
  return a === undecided || b === undecided ? 'undecided' : a === b ? 'kept' : 'lost';
}

function both(all: readonly Kept[]): Kept {
  return all.includes('lost') ? 'lost' : all.includes('undecided') ? 'undecided' : 'kept';
}
