/**
 * Which stretch of its setting stands behind a clip, and does the camera move? Drawn by the world's own rule at every place
 * and pan, or zoom, the one that leaves the least unexplained wins. A pixel's error counts only up to a limit, so that objects
 * in front do not matter.
 */
import { modulo } from '../world/arithmetic';
import { frameOf } from '../world/paint';
import { world, type Light } from '../world/world';
import { costOfChange, paintChanging, type Change } from './changing';
import { Comparison, panorama } from './panorama';
import type { Picture } from './picture';
import { limitOf, rankSettings } from './setting';

export interface Backdrop {
  readonly setting: string;
  readonly offset: number; // frame heights
  readonly pan: number; // frame heights a frame, to the right
  readonly zoom: number; // in units of the world's own, in is positive; 0: it does not zoom
  readonly light: Light | null; // the setting is then the one that is not night
  readonly cost: number; // mean over the pixels, 0 .. 1: share that it leaves unexplained
  readonly standing: number; // the same if the camera had to stand
  readonly panning: number; // the same if the camera had to pan
  readonly zooming: number; // and if it had to zoom; Infinity where that is out of the question
  readonly rival: number; // the same of the next best setting, by its colours alone
  readonly own: number; // that figure of this setting
  readonly limit: number; // most that a pixel counted
}

/** Frames that the coarse search looks at, as shares of the clip. */
const fewFrames = [0, 1 / 3, 2 / 3, 1];
/** A zoom is looked for where it leaves no more than this times what a camera that stands leaves of the two ends. */
const mayZoom = 1.05;
/** Largest step of the search in a zoom, in units of the world's; of a pan it is a quarter of a pixel a frame. */
const zoomStep = 0.2;
/** Half the world's own rate is the border between a camera that moves and one that stands. */
const border = 0.5;
/** The search ends at an eighth of a pixel: `panorama.ts` is no finer. */
const steps = [0.5, 0.25, 0.125];

/** The backdrop as pixels: frames x height x width x 3, as a Picture's. */
export function drawBackdrop(
  { setting, offset, pan, zoom, light }: Pick<Backdrop, 'setting' | 'offset' | 'pan' | 'zoom' | 'light'>,
  like: Picture,
): Float32Array {
  const { frames, height, width } = like;
  const out = new Float32Array(like.pixels.length);
  if (zoom || light) {
    for (let n = 0; n < frames; n++) paintChanging(frameOf(out, n, like), like, setting, offset, { zoom, light }, n);
    return out;
  }
  const view = panorama(setting, like);
  const { left, unit } = like.views[0];
  const plane = height * width * 3;
  const rows = [...view.constant, ...view.changing];
  for (let n = 0; n < frames; n++) {
    if (n > 0 && pan === 0) {
      out.copyWithin(n * plane, 0, plane);
      continue;
    }
    const shift = pan * (n - (frames - 1) / 2);
    for (let column = 0; column < width; column++)
      view.column(left + (column + 0.5) / unit + offset, shift, rows, out, n * plane + column * 3, width * 3);
  }
  return out;
}

/** What a backdrop is looked for in. */
interface Search {
  readonly picture: Picture;
  readonly setting: string;
  readonly limit: number;
  readonly few: readonly number[]; // frames for the coarse search
  readonly all: readonly number[];
  readonly ends: readonly number[];
}

type Place = Pick<Backdrop, 'offset' | 'pan' | 'zoom' | 'cost'>;

/** Which backdrop is behind everything. `picture` may be a reduced copy: the answer has no pixels in it. */
export function findBackdrop(picture: Picture): Backdrop {
  const last = picture.frames - 1;
  const limit = limitOf(picture);
  const few = [...new Set(fewFrames.map((share) => Math.round(share * last)))];
  const [{ setting, light, own }, { own: rival }] = rankSettings(picture, few, limit);
  const all = Array.from({ length: picture.frames }, (_, n) => n);
  const search: Search = { picture, setting, limit, few, all, ends: [...new Set([0, last])] };
  const known = { setting, light, rival, own, limit };
  if (light) {
    const { offset, cost } = placeOfChange(search, { zoom: 0, light });
    return { ...known, offset, pan: 0, zoom: 0, cost, standing: cost, panning: Infinity, zooming: Infinity };
  }
  const [stands, ...pans] = placesOfPans(search, [0, -world.pan_speed, world.pan_speed]);
  const zooms = placesOfZooms(search, stands.offset);
  const least = (places: readonly Place[]): number => Math.min(...places.map(({ cost }) => cost));
  const chosen = [stands, ...pans, ...zooms].reduce((a, b) => (b.cost < a.cost ? b : a));
  return { ...known, ...chosen, standing: stands.cost, panning: least(pans), zooming: least(zooms) };
}

/** The best place for each pan. */
function placesOfPans({ picture, setting, limit, few, all }: Search, pans: readonly number[]): Place[] {
  const [coarse, exact] = [new Comparison(picture, setting, few, limit), new Comparison(picture, setting, all, limit)];
  const pixel = 1 / picture.views[0].unit;
  return pans.map((pan) => {
    const offset = bestPlace(picture, (place, most) => coarse.cost(place, pan, most));
    const rates = { step: pixel / 4, least: pan && world.pan_speed * border };
    const found = refine((...at) => exact.cost(...at), offset, pan, pixel, rates);
    return { offset: found.offset, pan: found.rate, zoom: 0, cost: found.cost };
  });
}

/** The same for each zoom. It shows at the horizon, wherever it looks: only where it may be is its place looked for. */
function placesOfZooms(search: Search, standing: number): Place[] {
  const { picture, setting, limit, ends } = search;
  const stands = new Comparison(picture, setting, ends, limit).cost(standing, 0);
  return [1, -1]
    .filter((zoom) => costOfChange(picture, setting, standing, { zoom, light: null }, ends, limit) < mayZoom * stands)
    .map((zoom) => {
      const { offset, rate, cost } = placeOfChange(search, { zoom, light: null });
      return { offset, pan: 0, zoom: rate, cost };
    });
}

/** The same for what changes from frame to frame. */
function placeOfChange({ picture, setting, limit, few, all }: Search, { zoom, light }: Change) {
  const cost = (frames: readonly number[]) => (place: number, strength: number, most?: number) =>
    costOfChange(picture, setting, place, { zoom: strength, light }, frames, limit, most);
  const [coarse, exact] = [cost(few), cost(all)];
  const offset = bestPlace(picture, (place, most) => coarse(place, zoom, most));
  return refine(exact, offset, zoom, 1 / picture.views[0].unit, { step: zoomStep, least: zoom && border });
}

/** The place, a pixel apart all the way round, that costs least. */
function bestPlace({ views: [{ unit }] }: Picture, cost: (place: number, most: number) => number): number {
  let [offset, least] = [0, Infinity];
  for (let place = 0; place < world.backdrop_period; place += 1 / unit) {
    const found = cost(place, least);
    if (found < least) [offset, least] = [place, found];
  }
  return offset;
}

/**
 * Smaller and smaller steps downhill in offset, and in the camera's rate (a pan, a zoom) if there is one: `step` is its
 * largest, and it does not become smaller than `least`.
 */
function refine(
  costAt: (offset: number, rate: number, most?: number) => number,
  start: number,
  startRate: number,
  pixel: number,
  rates: { readonly step: number; readonly least: number },
) {
  let [offset, rate] = [start, startRate];
  const fixed = rate === 0;
  let least = costAt(offset, rate);
  for (const step of steps) {
    const moves = [[step * pixel, 0], [-step * pixel, 0]]; // prettier-ignore
    if (!fixed) moves.push([0, step * rates.step], [0, -step * rates.step]);
    for (let round = 0; round < 3; round++) {
      let moved = false;
      for (const [dOffset, dRate] of moves) {
        if (!fixed && Math.abs(rate + dRate) < Math.abs(rates.least)) continue;
        const found = costAt(offset + dOffset, rate + dRate, least);
        if (found >= least) continue;
        [offset, rate, least, moved] = [offset + dOffset, rate + dRate, found, true];
      }
      if (!moved) break;
    }
  }
  return { offset: modulo(offset, world.backdrop_period), rate, cost: least };
}
