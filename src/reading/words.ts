/** From measured numbers to the words of the world, and how sure each word is. Borders lie half-way between two words. */
import { colours, things, world } from '../world/world';
import { palette, type Look } from './fit';
import { undecided, type LawFit, type Undecided } from './types';

/** A word, and how sure it is: 0 (can't tell) .. 1. */
export type Judged<Word> = readonly [Word, number];

/** `count` things are in the clip, a wall counted as one: in company they are smaller. */
export function sizeWord(radius: number, count: number): Judged<string> {
  const sizes = Object.entries(world.sizes).sort((a, b) => a[1] - b[1]);
  const company = [1, world.company, world.crowd][Math.min(3, Math.max(1, count)) - 1];
  let index = 0;
  let sure = 1;
  for (let i = 1; i < sizes.length; i++) {
    const border = (company * (sizes[i - 1][1] + sizes[i][1])) / 2;
    if (radius > border) index = i;
    sure = Math.min(sure, Math.abs(radius / border - 1) / 0.1);
  }
  return [sizes[index][0], sure < 0.15 ? 0 : sure];
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
    if (sure < 0.1) return [undecided, 0];
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
  return [colours[near.k], near.apart > 0.35 || sure < 0.12 ? 0 : sure];
}

/** How much better it explains the key frames than any other thing does. */
export function thingWord(look: Look, rivals: ReadonlyMap<string, number>): Judged<string> {
  const own = rivals.get(look.thing) ?? 0;
  const next = Math.max(...things.filter((thing) => thing !== look.thing).map((thing) => rivals.get(thing) ?? 0));
  const sure = Math.min(1, (own - next) / (0.25 * Math.max(own, 1e-9)));
  return [look.thing, sure < 0.12 ? 0 : sure];
}
