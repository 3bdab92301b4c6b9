/** From measured numbers to the words of the world, and how sure each word is. Borders lie half-way between two words. */
import { cameras, colours, things, world } from '../world/world';
import type { Backdrop } from './backdrop';
import { palette } from './colour';
import type { Appearance } from './appearance';
import { undecided, type LawFit, type Undecided } from './types';

/** A word, and how sure it is: 0 (can't tell) .. 1. */
export type Judged<Word> = readonly [Word, number];

/** A size is sure that is this share of a border away from it, and a toss-up nearer than `doubt` of that. */
const sizeBorder = { doubt: 0.15, sure: 0.1 };
/** The same for speeds, as a share of half the gap between slow and fast. */
const speedDoubt = 0.1;
/** A colour farther than this from every one of the palette, or hardly nearer to one than to the next, is none of them. */
const farthestColour = 0.35;
const colourDoubt = 0.12;
/** The thing has to explain this much more than any other, of a lead of a quarter that makes it sure. */
const thingDoubt = 0.12;
const thingLead = 0.25;
/**
 * A backdrop that leaves more than this share unexplained, by its colours and as it is drawn, is none of ours, though objects
 * may hide a good part of it; and the next setting must leave clearly more.
 */
const backdropDoubt = { own: 0.75, drawn: 0.8, rival: 0.97 };
/** A camera that moves must leave this much less or more unexplained than one that stands; else nothing tells them apart. */
const cameraDoubt = 0.001;

/** The motions of a law; for growth only those that go the way of `sign`. */
export function motionsOf(law: string, sign = 0): string[] {
  return Object.keys(world.motions).filter((name) => {
    const { law: own, from = 1, to = 1 } = world.motions[name];
    return own === law && (!sign || Math.sign(to - from) === Math.sign(sign));
  });
}

/** Setting, light and camera; pan and zoom are 0 where the camera does not move, or nothing tells. */
export function backdropWords(
  { setting, light, own, rival, cost, standing, panning, zooming, pan, zoom }: Backdrop,
  frames: number,
) {
  // prettier-ignore
  const known = own < backdropDoubt.own && cost < backdropDoubt.drawn && own < backdropDoubt.rival * rival;
  const told = frames > 1 && (light !== null || Math.abs(standing - Math.min(panning, zooming)) > cameraDoubt);
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

/** `count` things are in the clip, a wall counted as one: in company they are smaller. */
export function sizeWord(radius: number, count: number): Judged<string> {
  const sizes = Object.entries(world.sizes).sort((a, b) => a[1] - b[1]);
  const company = [1, world.company, world.crowd][Math.min(3, Math.max(1, count)) - 1];
  let index = 0;
  let sure = 1;
  for (let i = 1; i < sizes.length; i++) {
    const border = (company * (sizes[i - 1][1] + sizes[i][1])) / 2;
    if (radius > border) index = i;
    sure = Math.min(sure, Math.abs(radius / border - 1) / sizeBorder.sure);
  }
  return [sizes[index][0], sure < sizeBorder.doubt ? 0 : sure];
}

/** `fastest` is the larger of the two speeds before a collision: one of the balls may be slower than any word. */
export function speedWord({ motion, velocity, spin }: LawFit, fastest = 0): Judged<string | Undecided | null> {
  const { law, speeds, direction } = world.motions[motion];
  if (!speeds) return [null, 1];
  const straight = Math.abs(direction?.[0] ? velocity[0] : velocity[1]);
  const rate = law === 'uniform' ? straight : law === 'collision' ? fastest : Math.abs(spin ?? 0);
  const ordered = Object.entries(speeds).sort((a, b) => a[1][0] - b[1][0]);
  for (let i = 1; i < ordered.length; i++) {
    const [below, above] = [ordered[i - 1][1][1], ordered[i][1][0]];
    const border = (below + above) / 2;
    const sure = Math.min(1, (2 * Math.abs(rate - border)) / (above - below));
    if (sure < speedDoubt) return [undecided, 0];
    if (rate < border) return [ordered[i - 1][0], sure];
    if (i === ordered.length - 1) return [ordered[i][0], sure];
  }
  return [ordered[0][0], 1];
}

/** The palette's nearest colour, and how much nearer it is than the next. */
export function colourWord(paint: readonly number[]): Judged<string> {
  const ranked = palette
    .map((rgb, k) => ({ k, apart: Math.hypot(...rgb.map((value, c) => value - paint[c] / 255)) }))
    .sort((a, b) => a.apart - b.apart);
  const [near, next] = ranked;
  const sure = 1 - near.apart / next.apart;
  return [colours[near.k], near.apart > farthestColour || sure < colourDoubt ? 0 : sure];
}

/** How much better it explains the key frames than any other thing does. */
export function thingWord(appearance: Appearance, rivals: ReadonlyMap<string, number>): Judged<string> {
  const own = rivals.get(appearance.thing) ?? 0;
  const next = Math.max(...things.filter((thing) => thing !== appearance.thing).map((thing) => rivals.get(thing) ?? 0));
  const sure = Math.min(1, (own - next) / (thingLead * Math.max(own, 1e-9)));
  return [appearance.thing, sure < thingDoubt ? 0 : sure];
}
