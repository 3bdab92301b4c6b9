/** Everything there is to say of one object that was found: its words, its track and the law of it, and how sure each is. */
import { world } from '../world/world';
import type { Canvas } from './canvas';
import type { Fit } from './fit';
import type { Found } from './identify';
import { consistency, hidesIn, sameAtBothEnds } from './identity';
import { fitLaws, growthOf, weightsOf, type Judgement, type Path } from './motion';
import { mean, median } from './numbers';
import { findSpin } from './spin';
import { meanExplained } from './turn';
import { undecided, type LawFit, type SeenObject, type Sighting, type Undecided } from './types';
import { colourWord, motionsOf, sizeWord, speedWord, thingWord } from './words';

/** Below the first, no thing explains what is there, and it is followed as a patch of colour; below the second, no thing is named. */
const clarities = { patch: 0.55, thing: 0.65 };
/** A thing at rest grows whose radius changes by this share: half of what growing means in the world. */
const grown = 0.25;
/** What grows may stray this far from rest, in frame heights: its middle is harder to tell. */
const growingStray = 0.04;
/** A path that strays farther from every law follows none; frame heights. */
const lawless = 0.05;
/** A path this near to its law is told, however near another one is; else the runner-up must do this much worse. */
const told = 0.008;
const tie = 0.9;
/** Frames that show it well enough for a law. */
const fewestFrames = 4;

/** How it moves: the path, the law that is laid through it, and whether that can be told. */
interface Moved {
  readonly path: Path;
  readonly law: LawFit;
  readonly laws: readonly Judgement[];
  readonly grows: boolean;
  readonly doubtful: boolean; // no law can be told
  readonly sure: number; // of the motion, 0 .. 1
}

/** `count` objects are in the clip, a wall counted as one. `pan`: how far the camera moves right, a frame. */
export function describe(object: Found, canvas: Canvas, pan: number, count: number, walled: boolean): SeenObject {
  const { frames } = canvas.picture;
  const shift = (n: number): number => pan * (n - (frames - 1) / 2);
  const clarity = meanExplained(object.turning ? object.fits : object.upright.fits);
  // A shapeless patch has no pose: its middle is followed instead.
  const vague = clarity < clarities.patch;
  const spin = object.turning && clarity > clarities.thing ? findSpin(object, canvas, pathOf(object.fits, shift)) : undefined; // prettier-ignore
  const { appearance } = spin ? object : object.upright;
  const fits = vague ? object.patch : spin ? spin.fits : object.upright.fits;
  const moved = motionOf(pathOf(fits, shift), spin?.omega);
  const { law, laws, doubtful } = moved;

  const radius = typicalRadius(moved.path, moved.grows ? law.motion : undefined);
  const [speed, speedSure] = speedWord(law);
  const [size, sizeSure] = sizeWord(radius, count);
  const [colour, paintSure] = colourWord(object.paint);
  const [end, endSure] = object.to ? colourWord(object.endPaint) : [null, 1];
  const [thing, thingSure] =
    clarity < clarities.thing ? ([appearance.thing, 0] as const) : thingWord(appearance, object.rivals);
  const said = (word: string, sure: number): string | Undecided => (sure > 0 ? word : undecided);
  const track = fits.map((fit, n): Sighting => {
    const angle = vague || fit.explained < 0.2 ? null : spin ? fit.angle : 0; // what does not spin stands upright
    return { x: fit.x + shift(n), y: fit.y, radius: fit.radius, angle, visible: fit.visible, explained: fit.explained };
  });
  return {
    colour: said(colour, paintSure),
    to: end && said(end, endSure),
    thing: said(thing, thingSure),
    size: said(size, sizeSure),
    motion: said(law.motion, moved.sure),
    speed: doubtful ? undecided : speed,
    facing: appearance.mirror,
    paint: object.paint,
    radius,
    track,
    law,
    residuals: Object.fromEntries(laws.map(({ fit }) => [fit.motion, fit.residual])),
    confidence: { colour: Math.min(paintSure, endSure), thing: thingSure, size: sizeSure, motion: moved.sure, speed: speedSure }, // prettier-ignore
    consistency: consistency(track),
    identity: clarity < clarities.thing ? undecided : sameAtBothEnds(canvas, object, appearance, fits, walled),
    hides: walled && hidesIn(track),
  };
}

/** A track with the camera taken out, each frame weighed by how well it shows the thing. */
function pathOf(fits: readonly Fit[], shift: (n: number) => number): Path {
  return {
    x: fits.map(({ x }, n) => x + shift(n)),
    y: fits.map(({ y }) => y),
    radius: fits.map(({ radius }) => radius),
    weight: weightsOf(fits),
  };
}

/** The law of a path; what spins (`omega` radians a frame) or grows rests, and is told by that. */
function motionOf(path: Path, omega: number | undefined): Moved {
  const growth = growthOf(path);
  const laws = fitLaws(path);
  const [best, second] = laws;
  const resting = laws.find(({ fit }) => world.motions[fit.motion].law === 'rest') ?? best;
  const spins = omega !== undefined;
  const grows = !spins && Math.abs(growth) > grown && (resting === best || resting.fit.residual < growingStray);
  const rated = spins || grows ? resting : best;
  const law: LawFit = {
    ...rated.fit,
    motion: spins ? motionsOf('spin')[0] : grows ? motionsOf('growth', growth)[0] : best.fit.motion,
    ...(spins && { spin: omega }),
    ...(grows && { growth: (1 + growth) / (1 - growth) }),
  };
  const frames = path.x.length;
  const clear = path.weight.filter((weight) => weight > 0.2).length;
  const doubt = rated.fit.residual > lawless || clear < Math.min(fewestFrames, frames) || frames < fewestFrames;
  const tied = !spins && !grows && best.fit.residual > told && best.judged > tie * second.judged;
  const rival = Math.max(rated === best ? second.judged : 0.06, 1e-9);
  const doubtful = doubt || tied;
  return { path, law, laws, grows, doubtful, sure: doubtful ? 0 : Math.min(1, 1 - rated.judged / rival) };
}

/** Its radius as a scene would state it: growth taken out, frames weighed by how well they show it. */
function typicalRadius({ radius, weight }: Path, growing: string | undefined): number {
  const { from = 1, to = 1 } = growing ? world.motions[growing] : {};
  const share = radius.map((_, n) => from + ((to - from) * n) / Math.max(1, radius.length - 1));
  if (!growing) {
    const sure = radius.filter((_, n) => weight[n] > 0.6);
    if (sure.length) return median(sure);
  }
  const believed = weight.map((w) => w ** 3);
  return mean(radius.map((r, n) => r * share[n]), believed) / Math.max(1e-9, mean(share.map((s) => s * s), believed)); // prettier-ignore
}
