/**
 * Colours that turn: a colour that is there only before the world's time of change, and another only after it, are tried as
 * one thing, which has to explain more than either alone, and the time between as well.
 */
import { colours } from '../world/world';
import type { Canvas } from './canvas';
import { changes, nearestColour } from './colour';
import type { Fit } from './fit';
import { identify, type Found, type Shot } from './identify';

/** A colour is gone where it has less than a third of its pixels: the rest are soft edges and slips. */
const gone = 3;
/** A colour has to lose or win this share of the pixels that a thing has over the whole clip (`find.ts`). */
const leastShare = 0.15;
/** A thing that turns explains this much more than either colour alone. */
const better = 1.04;
/** And this share of what is there half-way: what shrinks away while another grows leaves nothing on its way in between. */
const leastHalfway = 0.72;
/** Frames count as half-way in which the change has come to 0.5 plus or minus this. */
const halfway = 0.3;

/** How well its frames are explained on average, those in which it can be seen. */
export const meanExplained = (fits: readonly Fit[]): number => {
  const seen = fits.filter(({ visible }) => visible > 0.3);
  return seen.reduce((sum, { explained }) => sum + explained, 0) / Math.max(1, seen.length);
};

/**
 * The colour that is there before the world's time of change and no more after it, and the one of which the opposite holds;
 * null where there are no such two. `labels` is frames x height x width; `least` pixels make a thing. A thing that leaves
 * the picture takes its colour along, too: `readTurn` decides.
 */
export function turnIn(labels: Int8Array, frames: number, least: number): { colour: string; to: string } | null {
  const plane = labels.length / frames;
  const count = (share: 0 | 1): number[] => {
    const votes = new Array<number>(colours.length).fill(0);
    changes(frames).forEach((come, n) => {
      if (come === share) for (let i = n * plane; i < (n + 1) * plane; i++) if (labels[i] >= 0) votes[labels[i]]++;
    });
    return votes;
  };
  const [early, late] = [count(0), count(1)];
  const only = (own: readonly number[], other: readonly number[]): number => {
    const lone = own.map((votes, k) => (votes > gone * other[k] ? votes : 0));
    return lone.indexOf(Math.max(...lone));
  };
  const [from, to] = [only(early, late), only(late, early)];
  const enough = (votes: number): boolean => votes > leastShare * least;
  return enough(early[from] - early[to]) && enough(late[to] - late[from]) ? { colour: colours[from], to: colours[to] } : null; // prettier-ignore
}

/** Reads a thing that turns from one colour into another; undefined where it explains no more than one of them alone. */
export function readTurn(canvas: Canvas, hue: { colour: string; to: string }, shot: Shot): Found | undefined {
  const first = identify(canvas, hue, shot);
  if (!first) return undefined;
  let turned = first;
  // Soft edges mix with what is behind: the colours that it shows inside count.
  const [colour, to] = [nearestColour(turned.paint), nearestColour(turned.endPaint)];
  if (colour === to) return undefined;
  if (colour !== hue.colour || to !== hue.to) {
    const other = identify(canvas, { colour, to }, shot);
    if (other && other.gain > turned.gain) turned = other;
  }
  const alone = [turned.colour, turned.to as string].map((name) => identify(canvas, { colour: name, to: null }, shot)?.gain ?? 0); // prettier-ignore
  const come = changes(turned.fits.length);
  const between = turned.fits.filter((_, n) => Math.abs(come[n] - 0.5) < halfway);
  return turned.gain > better * Math.max(...alone) && meanExplained(between) > leastHalfway ? turned : undefined;
}
