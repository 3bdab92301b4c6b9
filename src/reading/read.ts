/**
 * Reading a clip: what it shows, from its pixels alone. Analysis by synthesis: the little world is closed, so every
 * setting, thing, colour and law can be drawn and compared.
 */
import type { ClipShape } from '../sampling/types';
import { clamp } from '../world/arithmetic';
import { changed } from '../world/laws';
import { cameras, colours, things, world } from '../world/world';
import { drawBackdrop, findBackdrop, flatness, type Backdrop } from './backdrop';
import { scalesOf } from './changing';
import { collide } from './collide';
import { findObjects, meanExplained, type Found } from './find';
import { canvasOf, fitPose, gainAt, lookOf, type Canvas, type Fit, type Look } from './fit';
import { fitLaws, growthOf, mean, median, type Path } from './motion';
import { pictureOf, reduced, zoomed, type Picture } from './picture';
import { findSpin } from './spin';
import { undecided, type LawFit, type Reading, type SeenObject, type Sighting, type Undecided } from './types';
import { drawWall, findWall } from './wall';
import { colourWord, sizeWord, speedWord, thingWord } from './words';

/**
 * What a clip shows. clip: 3 x frames x height x width, values -1 .. 1 (beyond that they are cut); height, width 16 .. 256.
 * Throws MeasureError for data that is no clip: another length, numbers that are not finite, a shape out of range.
 */
export function readClip(clip: Float32Array, shape: ClipShape): Reading {
  const flat = pictureOf(clip, shape);
  const { frames, height, width } = shape;
  const place = findBackdrop(reduced(flat, Math.max(1, Math.round(Math.min(height, width) / 32))));
  const { setting, light, camera, pan, zoom } = judge(place, frames);
  const nothing: Reading = {
    shape: { frames, height, width },
    seen: false,
    setting: undecided,
    light: undecided,
    camera: undecided,
    pan: 0,
    zoom: 1,
    backdrop: 0,
    wall: null,
    still: undecided,
    noise: 0,
    objects: [],
    flicker: 0,
    appeared: 0,
    vanished: 0,
  };
  // Where no setting is recognised there may still be things, on whatever each row mostly shows.
  const known = setting !== undecided && flatness(flat, place.limit) > place.cost;
  const backdrop = known
    ? drawBackdrop({ setting, offset: place.offset, pan, zoom, light: place.light }, flat)
    : rowMedians(flat);
  // From here on a zoom is taken out: each frame knows which part of the scene it shows.
  const scales = scalesOf(known ? zoom : 0, frames);
  const picture = known && zoom ? zoomed(flat, scales) : flat;
  const bare = canvasOf(picture, backdrop);
  const wall = known && !pan ? findWall(bare) : null;
  const noise = Math.sqrt(median(sampled(bare.baseError)) / 3);
  const taken = { noise, pan: known ? pan : 0, wall };
  const found = findObjects(picture, backdrop, taken);
  if (!known && !found.length) return nothing;
  const company = found.length + (wall ? 1 : 0);
  const objects = collided(found.map(({ object, canvas }) => describe(object, canvas, taken.pan, company, wall !== null))); // prettier-ignore
  return {
    ...nothing,
    seen: true,
    ...(known && { setting, light, camera, pan, zoom: scales[frames - 1] / scales[0], backdrop: place.offset }),
    wall,
    still: known ? stillness(camera, light, objects) : undecided,
    noise,
    objects,
    flicker: flicker(wall ? walled(picture, backdrop, wall) : bare),
    appeared: objects.filter(({ track }) => missing(track)).length,
    vanished: objects.filter(({ track }) => missing([...track].reverse())).length,
  };
}

/** The backdrop with its wall. */
function walled(picture: Picture, backdrop: Float32Array, wall: readonly [number, number]): Canvas {
  const base = backdrop.slice();
  const cover = new Float32Array(base.length / 3);
  drawWall(picture, wall, base, cover);
  return canvasOf(picture, base, cover);
}

/** Whether nothing moves or changes. */
function stillness(camera: string, light: string, objects: readonly SeenObject[]): boolean | Undecided {
  const words = [camera, light, ...objects.map(({ motion }) => motion)];
  const rest = ['stands', 'stays', ...byLaw('rest')];
  if (objects.some(({ to }) => to !== null) || words.some((word) => word !== undecided && !rest.includes(word)))
    return false;
  return words.includes(undecided) ? undecided : true;
}

/** The objects, those two that run into each other said to do so: no path shows it alone. */
function collided(objects: readonly SeenObject[]): SeenObject[] {
  const paths = objects.map(({ track }): Path => ({
    x: track.map(({ x }) => x),
    y: track.map(({ y }) => y),
    radius: track.map(({ radius }) => radius),
    weight: track.map(({ visible, explained }) => (visible > 0.15 && explained > 0 ? visible * explained : 0)),
  }));
  let best: { pair: readonly [number, number]; judged: number; laws: readonly LawFit[] } | undefined;
  for (let i = 0; i < objects.length; i++)
    for (let j = i + 1; j < objects.length; j++) {
      const [a, b] = [objects[i], objects[j]];
      if ([a, b].some(({ law }) => ['spin', 'growth'].includes(world.motions[law.motion].law))) continue;
      const found = collide([paths[i], paths[j]], [a.radius, b.radius]);
      if (!found || found.residual > 0.03) continue;
      const alone = Math.sqrt((a.law.residual ** 2 + b.law.residual ** 2) / 2);
      const judged = (1.2 * (found.residual + 0.003)) / (alone + 0.003);
      if (judged >= (best?.judged ?? 1)) continue;
      const laws = found.laws.map((law, k) => {
        const collision = law.collision && { ...law.collision, other: k ? i : j };
        return { ...law, collision, motion: byLaw('collision')[0] };
      });
      best = { pair: [i, j], judged, laws };
    }
  if (!best) return [...objects];
  const { pair, judged, laws } = best;
  const fastest = Math.max(...laws.map(({ collision }) => Math.hypot(...(collision?.before ?? [0, 0]))));
  return objects.map((object, index): SeenObject => {
    const k = pair.indexOf(index);
    if (k < 0) return object;
    const law = laws[k];
    const [speed, sure] = speedWord(law, fastest);
    const residuals = { ...object.residuals, [law.motion]: law.residual };
    const confidence = { ...object.confidence, motion: clamp(1 - judged), speed: sure };
    return { ...object, motion: law.motion, speed, law, residuals, confidence };
  });
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
function judge({ setting, light, own, rival, cost, standing, panning, zooming, pan, zoom }: Backdrop, frames: number) {
  const known = own < 0.75 && cost < 0.8 && own < 0.97 * rival;
  const told = frames > 1 && (light !== null || Math.abs(standing - Math.min(panning, zooming)) > 0.001);
  const [pans, zooms] = [told && Math.abs(pan) > world.pan_speed / 2, told && zoom !== 0];
  const way = (key: 'pan' | 'zoom', rate: number): string =>
    cameras.find((name) => world.cameras[name][key] * rate > 0) ?? undecided;
  return {
    setting: known ? setting : undecided,
    light: !known || frames < 2 ? undecided : (light ?? 'stays'),
    camera: told ? (pans ? way('pan', pan) : zooms ? way('zoom', zoom) : cameras[0]) : undecided,
    pan: pans ? pan : 0,
    zoom: zooms ? zoom : 0,
  };
}

/** Every so many of a long list. */
function sampled(values: Float32Array): number[] {
  const step = Math.max(1, Math.floor(values.length / 4096));
  return Array.from({ length: Math.floor(values.length / step) }, (_, i) => values[i * step]);
}

/** Everything there is to say of one object. `count` objects are in the clip, a wall counted as one. */
function describe(object: Found, canvas: Canvas, pan: number, count: number, walled: boolean): SeenObject {
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
  const [colour, paintSure] = colourWord(object.paint);
  const [end, endSure] = object.to ? colourWord(object.endPaint) : [null, 1];
  const colourSure = Math.min(paintSure, endSure);
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
    colour: said(colour, paintSure),
    to: end && said(end, endSure),
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
    identity: clarity < 0.65 ? undecided : sameAtBothEnds(canvas, object, look, fits, walled),
    hides: walled && hidesIn(track),
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
  const share = radius.map((_, n) => from + ((to - from) * n) / Math.max(1, radius.length - 1));
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
function sameAtBothEnds(
  canvas: Canvas,
  { colour: from, to }: Found,
  look: Look,
  fits: readonly Fit[],
  walled: boolean,
): boolean | Undecided {
  const clear = fits
    .map((fit, n) => ({ fit, n }))
    .filter(({ fit }) => fit.visible > (walled ? 0.5 : 0.8) && fit.explained > 0.35);
  if (clear.length < 2) return undecided;
  const frames = fits.length;
  let ends = [clear[0], clear[clear.length - 1]];
  if (walled) {
    // Of what passes behind a wall, the frames that show most of it, one on each side of the time when it is hidden.
    const gone = fits.reduce((least, { visible }, n) => (visible < fits[least].visible ? n : least), 0);
    const sides = [clear.filter(({ n }) => n < gone), clear.filter(({ n }) => n > gone)];
    if (sides.some((side) => !side.length)) return undecided;
    ends = sides.map((side) => side.reduce((a, b) => (b.fit.visible > a.fit.visible ? b : a)));
    // What fills another one's outline only in part is found smaller.
    const [before, after] = ends.map(({ fit }) => fit.radius);
    if (Math.abs(before - after) > 0.25 * Math.max(before, after)) return false;
  }
  return ends.every(({ fit, n }) => {
    const come = changed(n, frames);
    if (to && come > 0 && come < 1) return true; // on its way from one colour to the other, as it should be
    const colour = to && come === 1 ? to : from;
    const gain = (thing: string, paint: string): number =>
      fitPose(canvas, n, lookOf(thing, paint, thing === look.thing ? look.mirror : 1), fit, {
        turns: false,
        rounds: 3,
        keep: walled ? 30_000 : 0, // behind a wall there is room for much that is not seen
      }).gain;
    const own = gainAt(canvas, n, look, fit);
    return (
      things.every((thing) => own >= 0.9 * gain(thing, colour)) &&
      colours.every((paint) => own >= 0.95 * gainAt(canvas, n, lookOf(look.thing, paint, look.mirror), fit))
    );
  });
}

/** Whether it is seen, then hidden, then seen again. */
function hidesIn(track: readonly Sighting[]): boolean {
  const seen = track.map(({ visible, explained }) => visible > 0.4 && explained > 0.35);
  const gone = track.findIndex(({ visible }, n) => visible < 0.3 && seen.slice(0, n).some(Boolean));
  return gone >= 0 && seen.slice(gone).some(Boolean);
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
