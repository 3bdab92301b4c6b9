/** The colours of the palette: which one pixels are nearest to, colours on their way to another, and what a track shows. */
import { lerp } from '../world/arithmetic';
import { changed } from '../world/laws';
import { colours, world } from '../world/world';
import type { Canvas } from './canvas';
import { drawFit, type Fit } from './fit';
import type { Appearance } from './appearance';

/** The palette's colours, 0 .. 1, in the order of `colours`. */
export const palette: readonly (readonly number[])[] = colours.map((name) => world.colours[name].map((c) => c / 255));

/** What colour a thing is: one, or one that turns into another. */
export interface Hue {
  readonly colour: string;
  readonly to: string | null;
}

/** The palette's name for a colour, 0 .. 255. */
export function nearestColour(paint: readonly number[]): string {
  const apart = palette.map((rgb) => Math.hypot(...rgb.map((value, c) => value - paint[c] / 255)));
  return colours[apart.indexOf(Math.min(...apart))];
}

/** How far a change of colour has come in each frame, 0 .. 1. */
export const changes = (frames: number): number[] => Array.from({ length: frames }, (_, n) => changed(n, frames));

/** The colour (0 .. 1) that a hue has come to at a share of its way. */
export function mixed({ colour, to }: Hue, share: number): number[] {
  const [a, b] = [palette[colours.indexOf(colour)], palette[colours.indexOf(to ?? colour)]];
  return a.map((value, c) => lerp(value, b[c], share));
}

/** A pixel counts as the thing's own paint where marks change it by less than this, summed over the channels. */
const unmarked = 0.01;
/** Covers that a pixel must have to count, tried in turn: a thin ring covers no pixel wholly. */
const covers = [0.999, 0.9, 0.75, 0.6, 0.5];
/** Pixels that make a mean. */
const enough = 5;
/** A frame that explains less shows something else. */
const leastExplained = 0.2;

/**
 * Mean colour, 0 .. 255, of the pixels that a track paints in the thing's own colour, in the frames that `counts` takes: of
 * those that it covers wholly, or, where a thin thing covers none, of those that it covers by half, what is behind taken out.
 */
export function meanPaint(
  { picture, base, hidden }: Canvas,
  appearance: Appearance,
  fits: readonly Fit[],
  counts: (n: number) => boolean = () => true,
): [number, number, number] {
  const drawn = new Float32Array(picture.pixels.length);
  const cover = new Float32Array(picture.pixels.length / 3);
  const plane = picture.height * picture.width;
  fits.forEach(
    (fit, n) => fit.explained > leastExplained && counts(n) && drawFit(picture, drawn, cover, n, appearance, fit),
  );
  const mean = (least: number) => {
    const sums = [0, 0, 0];
    let count = 0;
    for (let i = 0; i < cover.length; i++) {
      const share = cover[i];
      if (share < least || hidden[i]) continue;
      const paints = appearance.turning?.[Math.floor(i / plane)] ?? appearance.paints;
      let apart = 0;
      for (let c = 0; c < 3; c++) apart += Math.abs(drawn[3 * i + c] - share * paints[c]);
      if (apart > unmarked) continue;
      count++;
      for (let c = 0; c < 3; c++) sums[c] += (picture.pixels[3 * i + c] - (1 - share) * base[3 * i + c]) / share;
    }
    return { count, paint: sums.map((sum) => (255 * sum) / Math.max(1, count)) as [number, number, number] };
  };
  let found = mean(covers[0]);
  for (const least of covers.slice(1)) if (found.count < enough) found = mean(least);
  return found.paint;
}
