/**
 * Reading a clip: what it shows, from its pixels alone. Analysis by synthesis: the little world is closed, so every
 * setting, thing, colour and law can be drawn and compared.
 */
import type { ClipShape } from '../sampling/types';
import { colours, things, world } from '../world/world';
import { drawBackdrop, findBackdrop, flatness, type Backdrop } from './backdrop';
import { findObjects, meanExplained, type Found } from './find';
import { canvasOf, fitPose, gainAt, lookOf, palette, type Canvas, type Fit, type Look } from './fit';
import { circle, fitLaws, line, median, type Path } from './motion';
import { pictureOf, reduced, type Picture } from './picture';
import { undecided, type LawFit, type Reading, type SeenObject, type Sighting, type Undecided } from './types';

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
  const track = fits.map(({ x, y, radius: r, angle, visible, explained }, n): Sighting => ({
    x: x + shift(n), y, radius: r, angle: explained > 0.2 ? (spin ? angle : 0) : null, visible, explained,
  })); // prettier-ignore
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
    identity: vague ? undecided : sameAtBothEnds(canvas, look, fits, object.colour),
  };
}

/** The motions of a law; for growth only those that go the way of `sign`. */
function byLaw(law: string, sign = 0): string[] {
  return Object.keys(world.motions).filter((name) => {
    const { law: own, from = 1, to = 1 } = world.motions[name];
    return own === law && (!sign || Math.sign(to - from) === Math.sign(sign));
  });
}

/**
 * Steady turning, looked for in all frames at once: how well each angle explains each frame, and the straight line of
 * angle over time that gathers most. Undefined unless that is clearly more than standing upright explains.
 */
function findSpin(
  { look, fits, upright }: Found,
  canvas: Canvas,
  path: Path,
): { omega: number; fits: Fit[] } | undefined {
  const middle = [mean(path.x, path.weight), mean(path.y, path.weight)];
  const wander = Math.sqrt(mean(path.x.map((x, n) => (x - middle[0]) ** 2 + (path.y[n] - middle[1]) ** 2), path.weight)); // prettier-ignore
  if (wander > 0.05 || Math.abs(growthOf(path)) > 0.25 || fits.length < 4) return undefined;
  const turns = 32;
  const typical = median(path.radius);
  const table = fits.map((fit, n) => {
    // A star turned by a fifth looks nearly like a star a little aside: each angle may choose its own place or the mean one.
    const still = { ...fit, x: middle[0] + fit.x - path.x[n], y: middle[1], radius: typical };
    return Array.from({ length: turns }, (_, k) => {
      const angle = (2 * Math.PI * k) / turns;
      return Math.max(gainAt(canvas, n, look, { ...fit, angle }), gainAt(canvas, n, look, { ...still, angle }));
    });
  });
  const gathered = (phase: number, omega: number): number => {
    let sum = 0;
    for (let n = 0; n < table.length; n++) {
      const at = (((phase + omega * n) / (2 * Math.PI)) * turns) % turns;
      const place = at < 0 ? at + turns : at;
      const low = Math.floor(place) % turns;
      sum += table[n][low] + (table[n][(low + 1) % turns] - table[n][low]) * (place - Math.floor(place));
    }
    return sum;
  };
  let [phase, omega, most] = [0, 0, -Infinity];
  for (let rate = 0.08; rate <= 0.62; rate += 0.02)
    for (const side of [1, -1])
      for (let k = 0; k < turns; k++) {
        const sum = gathered((2 * Math.PI * k) / turns, side * rate);
        if (sum > most) [phase, omega, most] = [(2 * Math.PI * k) / turns, side * rate, sum];
      }
  for (const step of [1, 0.5, 0.25, 0.125])
    for (const [dPhase, dOmega] of [
      [0.1, 0],
      [-0.1, 0],
      [0, 0.01],
      [0, -0.01],
      [0.1, -0.01],
      [-0.1, 0.01],
    ]) {
      // prettier-ignore
      const sum = gathered(phase + step * dPhase, omega + step * dOmega);
      if (sum > most) [phase, omega, most] = [phase + step * dPhase, omega + step * dOmega, sum];
    }
  if (most <= upright.gain + Math.max(0.01 * fits.length, 0.015 * upright.gain)) return undefined;
  // Now that every angle is known, each frame is fitted from its own.
  const from = (x: number, y: number, turn: number): Fit[] =>
    fits.map((fit, n) => {
      const start = { x: x + fit.x - path.x[n], y, radius: typical, angle: turn + omega * n };
      const found = fitPose(canvas, n, look, start, { turns: true, rounds: 4, keep: 1000 });
      return found.gain > 0.9 * fit.gain ? found : { ...fit, angle: start.angle };
    });
  const rate = (found: readonly Fit[]): number => line(found.map(({ angle }) => angle), path.weight)[1]; // prettier-ignore
  const total = (found: readonly Fit[]): number => found.reduce((sum, { gain }) => sum + gain, 0);
  const again = from(middle[0], middle[1], phase);

  // Turned by a fifth, a star lies a little aside, and that place goes round the true middle: try from there.
  const shifts = fits.map((fit, n) => path.x[n] - fit.x);
  const round = circle({ ...path, x: again.map(({ x }, n) => x + shifts[n]), y: again.map(({ y }) => y) }, omega);
  if (round && round.radius > 0.15 / canvas.picture.height && round.radius < 0.3 * typical) {
    const turn = Array.from({ length: turns }, (_, k) => (2 * Math.PI * k) / turns)
      .map((each) => ({ each, gain: fits.reduce((sum, _, n) => sum + gainAt(canvas, n, look, { x: round.cx - shifts[n], y: round.cy, radius: typical, angle: each + omega * n }), 0) }))
      .reduce((a, b) => (b.gain > a.gain ? b : a)).each; // prettier-ignore
    const centred = from(round.cx, round.cy, turn);
    if (total(centred) > 0.99 * total(again)) return { omega: rate(centred), fits: centred };
  }
  return { omega: rate(again), fits: again };
}

function mean(values: readonly number[], weight: readonly number[]): number {
  const total = weight.reduce((sum, w) => sum + w, 1e-12);
  return values.reduce((sum, value, n) => sum + weight[n] * value, 0) / total;
}

/** (last - first) / (last + first) of the radius, along a straight line through the frames that show it well. */
function growthOf({ radius, weight }: Path): number {
  const sure = weight.map((w) => (w > 0.5 ? w : 0));
  const [first, slope] = line(radius, sure.some((w) => w > 0) ? sure : weight); // prettier-ignore
  const last = first + slope * (radius.length - 1);
  return (last - first) / Math.max(0.02, first + last);
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

type Judged<Word> = readonly [Word, number];

function sizeWord(radius: number, count: number): Judged<string> {
  const sizes = Object.entries(world.sizes).sort((a, b) => a[1] - b[1]);
  const company = count > 1 ? world.company : 1;
  let index = 0;
  let sure = 1;
  for (let i = 1; i < sizes.length; i++) {
    const border = (company * (sizes[i - 1][1] + sizes[i][1])) / 2;
    if (radius > border) index = i;
    sure = Math.min(sure, Math.abs(radius / border - 1) / 0.1);
  }
  return [sizes[index][0], sure < 0.15 ? 0 : sure];
}

function speedWord({ motion, velocity, spin }: LawFit): Judged<string | Undecided | null> {
  const { law, speeds, direction } = world.motions[motion];
  if (!speeds) return [null, 1];
  const rate = law === 'uniform' ? Math.abs(direction?.[0] ? velocity[0] : velocity[1]) : Math.abs(spin ?? 0);
  const ordered = Object.entries(speeds).sort((a, b) => a[1][0] - b[1][0]);
  for (let i = 1; i < ordered.length; i++) {
    const [below, above] = [ordered[i - 1][1][1], ordered[i][1][0]];
    const border = (below + above) / 2;
    const sure = Math.min(1, (2 * Math.abs(rate - border)) / (above - below));
    if (sure < 0.1) return [undecided, 0];
    if (rate < border) return [ordered[i - 1][0], sure];
    if (i === ordered.length - 1) return [ordered[i][0], sure];
  }
  return [ordered[0][0], 1];
}

/** The palette's nearest colour, and how much nearer it is than the next. */
function colourWord(paint: readonly number[]): Judged<string> {
  const ranked = palette
    .map((rgb, k) => ({ k, apart: Math.hypot(...rgb.map((value, c) => value - paint[c] / 255)) }))
    .sort((a, b) => a.apart - b.apart);
  const [near, next] = ranked;
  const sure = 1 - near.apart / next.apart;
  return [colours[near.k], near.apart > 0.35 || sure < 0.12 ? 0 : sure];
}

/** How much better it explains the key frames than any other thing does. */
function thingWord(look: Look, rivals: ReadonlyMap<string, number>): Judged<string> {
  const own = rivals.get(look.thing) ?? 0;
  const next = Math.max(...things.filter((thing) => thing !== look.thing).map((thing) => rivals.get(thing) ?? 0));
  const sure = Math.min(1, (own - next) / (0.25 * Math.max(own, 1e-9)));
  return [look.thing, sure < 0.12 ? 0 : sure];
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
