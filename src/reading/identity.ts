/** Is a thing where it should be, all along, and the same one at the end? What can be said of a track without any prompt. */
import { changed } from '../world/laws';
import { colours, things } from '../world/world';
import type { Canvas } from './canvas';
import { fitPose, type Fit } from './fit';
import { gainAt } from './gain';
import type { Found } from './identify';
import { appearanceOf, type Appearance } from './appearance';
import { undecided, type Sighting, type Undecided } from './types';

/** A frame explains a thing that is there by more than this; below `nothing` it is not there at all. */
const there = 0.35;
const nothing = 0.2;
/** A thing is due in a frame of which the track puts more than this share into the picture, unhidden. */
const due = 0.3;
/** An end is clear in which this share of the thing is seen; behind a wall no frame shows as much for long. */
const clear = { open: 0.8, walled: 0.5 };
/** A thing of the clip's colour may explain an end this much better before it counts as another, as may another colour. */
const otherThing = 0.9;
const otherColour = 0.95;
/** What fills another one's outline only in part is found smaller, by more than this share. */
const otherSize = 0.25;
/** Behind a wall there is room for much that is not seen: the radius keeps to the track (squared frame heights to gain). */
const keepWalled = 30_000;

/** Share of the frames in which it should be seen where it is, 0 .. 1. */
export function consistency(track: readonly Sighting[]): number {
  const wanted = track.filter(({ visible }) => visible > due);
  return wanted.length ? wanted.filter(({ explained }) => explained > there).length / wanted.length : 0;
}

/** Whether it is not there in its first two frames, though it should stand in the middle of the picture. */
export function isMissing(track: readonly Sighting[]): boolean {
  return track.length > 3 && track.slice(0, 2).every(({ visible, explained }) => visible > 0.6 && explained < nothing);
}

/** Whether it is seen, then hidden, then seen again. */
export function hidesIn(track: readonly Sighting[]): boolean {
  const seen = track.map(({ visible, explained }) => visible > 0.4 && explained > there);
  const gone = track.findIndex(({ visible }, n) => visible < due && seen.slice(0, n).some(Boolean));
  return gone >= 0 && seen.slice(gone).some(Boolean);
}

interface End {
  readonly fit: Fit;
  readonly n: number;
}

/** The first and the last clear frame; of what passes behind a wall those that show most of it, one on each side. */
function endsOf(fits: readonly Fit[], walled: boolean): [End, End] | undefined {
  const least = walled ? clear.walled : clear.open;
  const good = fits.map((fit, n) => ({ fit, n })).filter(({ fit }) => fit.visible > least && fit.explained > there);
  if (good.length < 2) return undefined;
  if (!walled) return [good[0], good[good.length - 1]];
  const gone = fits.reduce((lowest, { visible }, n) => (visible < fits[lowest].visible ? n : lowest), 0);
  const most = (side: readonly End[]): End => side.reduce((a, b) => (b.fit.visible > a.fit.visible ? b : a));
  const [before, after] = [good.filter(({ n }) => n < gone), good.filter(({ n }) => n > gone)];
  return before.length && after.length ? [most(before), most(after)] : undefined;
}

/** Whether the first and the last clear frame, each on its own, show the same thing in the same colour. */
export function sameAtBothEnds(
  canvas: Canvas,
  { colour: from, to }: Found,
  appearance: Appearance,
  fits: readonly Fit[],
  walled: boolean,
): boolean | Undecided {
  const ends = endsOf(fits, walled);
  if (!ends) return undecided;
  const [before, after] = ends.map(({ fit }) => fit.radius);
  if (walled && Math.abs(before - after) > otherSize * Math.max(before, after)) return false;
  const keep = walled ? keepWalled : 0;
  return ends.every(({ fit, n }) => {
    const come = changed(n, fits.length);
    if (to && come > 0 && come < 1) return true; // on its way from one colour to the other, as it should be
    const colour = to && come === 1 ? to : from;
    const own = gainAt(canvas, n, appearance, fit);
    const gain = (thing: string): number => {
      const other = appearanceOf(thing, colour, thing === appearance.thing ? appearance.mirror : 1);
      return fitPose(canvas, n, other, fit, { turns: false, rounds: 3, keep }).gain;
    };
    return (
      things.every((thing) => own >= otherThing * gain(thing)) &&
      colours.every(
        (paint) =>
          own >= otherColour * gainAt(canvas, n, appearanceOf(appearance.thing, paint, appearance.mirror), fit),
      )
    );
  });
}
