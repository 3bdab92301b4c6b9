/**
 * Reading a clip: what it shows, from its pixels alone. Analysis by synthesis: the little world is closed, so every
 * setting, thing, colour and law can be drawn and compared.
 */
import type { ClipShape } from '../sampling/types';
import { colours, things, world } from '../world/world';
import { drawBackdrop, findBackdrop, flatness, type Backdrop } from './backdrop';
import { findObjects, meanExplained, type Found } from './find';
import { canvasOf, fitPose, gainAt, lookOf, type Canvas, type Fit, type Look } from './fit';
import { fitLaws, growthOf, mean, median, type Path } from './motion';
import { pictureOf, reduced, type Picture } from './picture';
import { findSpin } from './spin';
import { undecided, type LawFit, type Reading, type SeenObject, type Sighting, type Undecided } from './types';
import { colourWord, sizeWord, speedWord, thingWord } from './words';

/**
 * What a clip shows. clip: 3 x frames x height x width, values -1 .. 1 (beyond that they are cut); height, width 16 .. 256.
 * Throws MeasureError for data that is no clip: another length, numbers that are not finite, a shape out of range.
 */
export function readClip(clip: Float32Array, shape: ClipShape): Reading {
  const picture = pictureOf(clip, shape);
  const { frames, height, width } = shape;
  const place = findBackdrop(reduced(picture, Math.max(1, Math.round(height / 32))));
  const { setting, camera, pan } = judge(place, frames);
  const nothing: Reading = {
    shape: { frames, height, width },
    seen: false,
    setting: undecided,
    camera: undecided,
    pan: 0,
    backdrop: 0,
    noise: 0,
    objects: [],
    flicker: 0,
    appeared: 0,
    vanished: 0,
  };
  // Where no setting is recognised there may still be things, on whatever each row mostly shows.
  const known = setting !== undecided && flatness(picture, place.limit) > place.cost;
  const backdrop = known ? drawBackdrop({ setting, offset: place.offset, pan }, picture) : rowMedians(picture);
  const taken = { noise: 0, pan: known ? pan : 0 };
  const bare = canvasOf(picture, backdrop);
  taken.noise = Math.sqrt(median(sampled(bare.baseError)) / 3);
  const found = findObjects(picture, backdrop, taken);
  if (!known && !found.length) return nothing;
  const objects = found.map(({ object, canvas }) => describe(object, canvas, taken.pan, found.length));
  return {
    ...nothing,
    seen: true,
    ...(known && { setting, camera, pan, backdrop: place.offset }),
    noise: taken.noise,
    objects,
    flicker: flicker(bare),
    appeared: objects.filter(({ track }) => missing(track)).length,
    vanished: objects.filter(({ track }) => missing([...track].reverse())).length,
  };
}

/** A backdrop that is whatever each row of each frame mostly shows. */
function rowMedians({ frames, height, width, pixels }: Picture): Float32Array {
  const out = new Float32Array(pixels.length);
  for (let line = 0; line < frames * height; line++)
    for (let c = 0; c < 3; c++) {
      const middle = median(Array.from({ length: width }, (_, column) => pixels[3 * (line * width + column) + c]));
      for (let column = 0; column < width; column++) out[3 * (line * width + column) + c] = middle;
    }
  return out;
}

/** Objects may hide a good part of a backdrop; one that leaves most unexplained is none of ours. */
function judge({ setting, own, rival, cost, standing, panning, pan }: Backdrop, frames: number) {
  const known = own < 0.75 && cost < 0.8 && own < 0.97 * rival;
  const told = frames > 1 && Math.abs(standing - panning) > 0.001;
  const moves = told && Math.abs(pan) > world.pan_speed / 2;
  return {
    setting: known ? setting : undecided,
    camera: told ? (moves ? (pan < 0 ? 'left' : 'right') : 'stands') : undecided,
    pan: moves ? pan : 0,
  };
}

/** Every so many of a long list. */
function sampled(values: Float32Array): number[] {
  const step = Math.max(1, Math.floor(values.length / 4096));
  return Array.from({ length: Math.floor(values.length / step) }, (_, i) => values[i * step]);
}

/** Everything there is to say of one object. `count` objects are in the clip: in company they are smaller. */
function describe(object: Found, canvas: Canvas, pan: number, count: number): SeenObject {
  const { frames } = canvas.picture;
  const shift = (n: number): number => pan * (n - (frames - 1) / 2);
  const path = (fits: readonly Fit[]): Path => ({
    x: fits.map(({ x }, n) => x + shift(n)),
    y: fits.map(({ y }) => y),
    radius: fits.map(({ radius }) => radius),
    weight: fits.map(({ visible, explained }) => (visible > 0.15 && explained > 0 ? visible * explained : 0)),
  });

  // A shapeless patch has no pose: its middle is followed instead.
  const clarity = meanExplained(object.turning ? object.fits : object.upright.fits);
  const vague = clarity < 0.55;
  const spin = object.turning && clarity > 0.65 ? findSpin(object, canvas, path(object.fits)) : undefined;
  const { look } = spin ? object : object.upright;
  const fits = vague ? object.patch : spin ? spin.fits : object.upright.fits;
  const way = path(fits);
  const growth = growthOf(way);
  const laws = fitLaws(way);
  const [best, second] = laws;
  const resting = laws.find(({ fit }) => world.motions[fit.motion].law === 'rest') ?? best;
  const grows = !spin && Math.abs(growth) > 0.25 && (resting === best || resting.fit.residual < 0.04);
  const motion = spin ? byLaw('spin')[0] : grows ? byLaw('growth', growth)[0] : best.fit.motion;
  const rated = spin || grows ? resting : best;
  const law: LawFit = {
    ...rated.fit,
    motion,
    ...(spin && { spin: spin.omega }),
    ...(grows && { growth: (1 + growth) / (1 - growth) }),
  };

  const clear = way.weight.filter((weight) => weight > 0.2).length;
  const doubt = rated.fit.residual > 0.05 || clear < Math.min(4, frames) || frames < 4;
  const tie = !spin && !grows && best.fit.residual > 0.008 && best.judged > 0.9 * second.judged;
  const radius = typicalRadius(way, grows ? motion : undefined);
  const [speed, speedSure] = speedWord(law);
  const [size, sizeSure] = sizeWord(radius, count);
  const [colour, colourSure] = colourWord(object.paint);
  const [thing, thingSure] = clarity < 0.65 ? ([look.thing, 0] as const) : thingWord(look, object.rivals);
  const motionSure =
    doubt || tie ? 0 : Math.min(1, 1 - rated.judged / Math.max(rated === best ? second.judged : 0.06, 1e-9));
  const said = (word: string, sure: number): string | Undecided => (sure > 0 ? word : undecided);
  const residuals: Record<string, number> = {};
  for (const { fit } of laws) residuals[fit.motion] = fit.residual;
  const track = fits.map((fit, n): Sighting => {
    const angle = vague || fit.explained < 0.2 ? null : spin ? fit.angle : 0; // what does not spin stands upright
    return { x: fit.x + shift(n), y: fit.y, radius: fit.radius, angle, visible: fit.visible, explained: fit.explained };
  });
  return {
    colour: said(colour, colourSure),
    thing: said(thing, thingSure),
    size: said(size, sizeSure),
    motion: said(motion, motionSure),
    speed: doubt || tie ? undecided : speed,
    facing: look.mirror,
    paint: object.paint,
    radius,
    track,
    law,
    residuals,
    confidence: { colour: colourSure, thing: thingSure, size: sizeSure, motion: motionSure, speed: speedSure },
    consistency: consistency(track),
    identity: clarity < 0.65 ? undecided : sameAtBothEnds(canvas, look, fits, object.colour),
  };
}

/** The motions of a law; for growth only those that go the way of `sign`. */
function byLaw(law: string, sign = 0): string[] {
  return Object.keys(world.motions).filter((name) => {
    const { law: own, from = 1, to = 1 } = world.motions[name];
    return own === law && (!sign || Math.sign(to - from) === Math.sign(sign));
  });
}

/** Its radius as a scene would state it: growth taken out, frames weighed by how well they show it. */
function typicalRadius({ radius, weight }: Path, growing: string | undefined): number {
  const { from = 1, to = 1 } = growing ? world.motions[growing] : {};
  const share = radius.map((_, n) => from + ((to - from) * n) / (world.frames - 1));
  if (!growing) {
    const sure = radius.filter((_, n) => weight[n] > 0.6);
    if (sure.length) return median(sure);
  }
  const believed = weight.map((w) => w ** 3);
  return mean(radius.map((r, n) => r * share[n]), believed) / Math.max(1e-9, mean(share.map((s) => s * s), believed)); // prettier-ignore
}

/** Share of the frames in which it should be seen where it is. */
function consistency(track: readonly Sighting[]): number {
  const due = track.filter(({ visible }) => visible > 0.3);
  return due.length ? due.filter(({ explained }) => explained > 0.35).length / due.length : 0;
}

/** Whether it is not there in its first two frames, though it should stand in the middle of the picture. */
function missing(track: readonly Sighting[]): boolean {
  return track.length > 3 && track.slice(0, 2).every(({ visible, explained }) => visible > 0.6 && explained < 0.2);
}

/** Whether the first and the last clear frame, each on its own, show the same thing in the same colour. */
function sameAtBothEnds(canvas: Canvas, look: Look, fits: readonly Fit[], colour: string): boolean | Undecided {
  const clear = fits.map((fit, n) => ({ fit, n })).filter(({ fit }) => fit.visible > 0.8 && fit.explained > 0.35);
  if (clear.length < 2) return undecided;
  return [clear[0], clear[clear.length - 1]].every(({ fit, n }) => {
    const gain = (thing: string, paint: string): number =>
      fitPose(canvas, n, lookOf(thing, paint, thing === look.thing ? look.mirror : 1), fit, { turns: false, rounds: 3 })
        .gain;
    const own = gainAt(canvas, n, look, fit);
    return (
      things.every((thing) => own >= 0.9 * gain(thing, colour)) &&
      colours.every((paint) => own >= 0.95 * gainAt(canvas, n, lookOf(look.thing, paint, look.mirror), fit))
    );
  });
}

/** Mean change of the empty backdrop from frame to frame: how restless the clip is where nothing happens. */
function flicker({ picture, base, baseError }: Canvas): number {
  const { frames, height, width, pixels } = picture;
  const plane = height * width;
  let [sum, count] = [0, 0];
  for (let i = plane; i < frames * plane; i++) {
    if (baseError[i] > 0.05 || baseError[i - plane] > 0.05) continue;
    for (let c = 0; c < 3; c++) {
      const [now, before] = [3 * i + c, 3 * (i - plane) + c];
      sum += Math.abs(pixels[now] - base[now] - pixels[before] + base[before]);
    }
    count += 3;
  }
  return count ? sum / count : 0;
}
