/**
 * What a break did to the film on the stage, measured: how much of it differs, the words that are right before and now, how
 * restless the empty backdrop is, and whether things still move as their law says. The numbers of one sentence; i18n has
 * its words. Pure.
 */
import type { ClipShape } from '../sampling/types';
import { isComplete, type Run } from '../app/state';
import { difference } from './difference';
import type { Mark } from './race';

export type Change = 'more' | 'less' | 'same';

export interface Damage {
  /** Share of the film's pixels that differ so much that one sees it, 0 .. 1. */
  readonly share: number;
  /** Words that are right, of those that were asked; null where none was asked, or nobody could read one of the films. */
  readonly words: { readonly before: number; readonly now: number; readonly asked: number } | null;
  /** How the backdrop flickers beside before, and how many times as much; null where nobody could read one of the films. */
  readonly flicker: { readonly change: Change; readonly times: number } | null;
  /** Whether all that is seen moves as its law says; null where nothing is seen. */
  readonly lawful: { readonly before: boolean | null; readonly now: boolean | null } | null;
}

/** A backdrop flickers otherwise that changes so many times as much, or as little, and by so much that it shows. */
const [times, shows] = [1.5, 0.004];

/** Whether more than a break could be the reason for what differs: other words, another seed, other given pixels, another shape. */
export function areApart(before: Run, now: Run): boolean {
  return (
    before.prompt !== now.prompt ||
    before.settings.seed !== now.settings.seed ||
    before.given?.known !== now.given?.known ||
    Object.entries(before.shape).some(([side, length]) => now.shape[side as keyof ClipShape] !== length)
  );
}

/** Null where the two are apart, or one of them did not come to its end. */
export function damageOf(
  before: Run,
  now: Run,
  marks: { readonly before: Mark | null; readonly now: Mark | null },
): Damage | null {
  if (areApart(before, now) || !isComplete(before) || !isComplete(now)) return null;
  const [was, is] = [before, now].map(({ steps }) => steps[steps.length - 1].guess);
  const { share } = difference(was, is, now.shape);
  const [own, its] = [marks.before, marks.now];
  if (!own || !its) return { share, words: null, flicker: null, lawful: null };
  return {
    share,
    words: own.asked > 0 ? { before: own.right, now: its.right, asked: own.asked } : null,
    flicker: flickerOf(own.flicker, its.flicker),
    lawful: { before: own.lawful, now: its.lawful },
  };
}

function flickerOf(before: number, now: number): Damage['flicker'] {
  const ratio = now / Math.max(before, 1e-6);
  const seen = Math.abs(now - before) > shows;
  const change = seen && ratio > times ? 'more' : seen && ratio < 1 / times ? 'less' : 'same';
  return { change, times: ratio };
}
