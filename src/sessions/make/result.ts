/** What came of a plan: the film, what was measured on it, and the longer film that it is a part of. Pure. */
import { joined, type Film } from '../../making/given';
import type { Plan } from '../../making/plan';
import { decibels, seamsOf, type Seams } from '../../making/seams';
import type { Run } from '../../app/state';
import { clipOf, sourceOf, type Source } from './source';

export interface Asked {
  readonly plan: Plan;
  readonly sources: readonly Source[];
}

export interface Result extends Asked {
  readonly run: Run;
  readonly decibels: number; // of the given pixels in the network's own guess
  readonly off: number; // the same as root mean square, 0 .. 1 of black to white
  readonly seams: Seams;
  readonly whole: Film | null; // where the film goes on from another: both together
}

/** `run` is through, and kept what the plan gave. */
export function measured(run: Run, { plan, sources }: Asked): Result {
  const { shape, given, steps } = run;
  const strayed = steps[steps.length - 1].strayed ?? 0;
  const made = { clip: clipOf(run), shape };
  const [first, second] = sources;
  const atItsEnd = plan.kind === 'forward' || plan.kind === 'connect'; // else it is about the clip's own beginning
  const whole = first ? joined(plan, (atItsEnd && first.whole) || first, made, second) : made;
  return {
    run,
    plan,
    sources,
    decibels: decibels(strayed),
    off: strayed / 2,
    seams: seamsOf(made.clip, given!.known.mask, shape),
    whole: whole === made ? null : whole,
  };
}

/** What the next clip goes on from: the end of what was made. */
export function goesOn({ run, plan, sources, whole }: Result): Source {
  const [first, second] = sources;
  if (plan.kind === 'loop') return first; // which has no end
  if (plan.kind === 'backward') return { ...first, whole };
  return plan.kind === 'connect' ? { ...second, whole } : { ...sourceOf(run), whole };
}
