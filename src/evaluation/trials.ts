/**
 * Trials of physics, after PhyWorld (Kang et al. 2024): true scenes whose first frames are given, and whose rest the model
 * has to continue. Inside what training shows, in the gap between slow and fast, beyond it, and in pairs never shown.
 *
 * Measured on a ball, which looks the same at every angle; only the held-out pairs need other things, and these have their
 * match: the same things in pairs that training does show.
 */
import { clamp } from '../world/arithmetic';
import { caption } from '../world/caption';
import { draws, inHole, type Draw, type Scene, type WorldObject } from '../world/scene';
import { colours, motions, settings, world } from '../world/world';
import { MeasureError } from '../reading/errors';
import { sceneOf } from './truth';

export const trialLaws = ['uniform', 'bounce', 'fall', 'orbit'] as const;
export type TrialLaw = (typeof trialLaws)[number];

export const splits = ['in range', 'gap', 'faster', 'slower', 'other size', 'seen pair', 'held-out pair'] as const;
export type Split = (typeof splits)[number];

export interface Cell {
  readonly law: TrialLaw;
  readonly split: Split;
}

/** A bounce has no gap and a fall starts from rest; every orbiting ball that is not pink is a seen pair already. */
const missing: Readonly<Record<TrialLaw, readonly Split[]>> = {
  uniform: [],
  bounce: ['gap'],
  fall: ['gap', 'faster'],
  orbit: ['seen pair'],
};

/** Every kind of trial there is, those of one split together. */
export const cells: readonly Cell[] = splits.flatMap((split) =>
  trialLaws.flatMap((law) => (missing[law].includes(split) ? [] : [{ law, split }])),
);

export interface Trial extends Cell {
  readonly scene: Scene; // one object, standing camera
  readonly prompt: string; // the scene's full caption; in the gap it says no speed, for no word is true there
}

const [low, high] = [0, 1];
const between = (draw: Draw, [from, to]: readonly number[]): number => from + (to - from) * draw();
const choose = <T>(draw: Draw, options: readonly T[]): T => options[Math.floor(draw() * options.length)];

/** Ranges that training never draws from, beside those that it does (`world.json`, `sampleObject`). */
function speedsOf(motion: string, split: Split): readonly number[] | undefined {
  const { slowly, fast } = world.motions[motion].speeds ?? {};
  if (!slowly || !fast) return undefined;
  const margin = 0.2 * (fast[low] - slowly[high]);
  if (split === 'gap') return [slowly[high] + margin, fast[low] - margin];
  if (split === 'faster') return [1.1 * fast[high], 1.3 * fast[high]];
  return split === 'slower' ? [0.3 * slowly[low], 0.7 * slowly[low]] : undefined;
}
const drops: Partial<Record<Split, readonly number[]>> = { faster: [0.6, 0.7], slower: [0.18, 0.3] }; // training: 0.36 .. 0.56
const lowStarts = [0.26, 0.36]; // training: -0.05 .. 0.2
const otherSizes = [
  [0.085, 0.11], // training: 0.118 .. 0.27, with the smaller things in company
  [0.29, 0.33],
] as const;

/** The trial of one kind and seed. Throws MeasureError for a kind that does not exist. */
export function trial({ law, split }: Cell, seed: number): Trial {
  if (!cells.some((cell) => cell.law === law && cell.split === split))
    throw new MeasureError(`there is no trial "${law}, ${split}"`, 'take one of `cells`');
  const draw = draws(seed);
  const motion = choose(draw, motions.filter((name) => world.motions[name].law === law)); // prettier-ignore
  const { slowly, fast } = world.motions[motion].speeds ?? {};
  const speed = !slowly || !fast ? null : split === 'gap' || split === 'faster' ? 'fast' : split === 'slower' ? 'slowly' : choose(draw, ['slowly', 'fast']); // prettier-ignore
  const look =
    split === 'seen pair' || split === 'held-out pair' ? pairLook(draw, motion, split) : ballLook(draw, motion);
  const base = sceneOf(
    { objects: [{ size: null, motion, speed, thing: look.thing, colour: look.colour, to: null }], count: 1, setting: look.setting, camera: null, light: null, wall: false, picture: false }, // prettier-ignore
    seed,
  );
  const object = changed(base.objects[0], split, draw);
  const scene = { ...base, objects: [object] };
  return { law, split, scene, prompt: caption(scene) };
}

interface Look {
  readonly colour: string;
  readonly thing: string;
  readonly setting: string;
}

const holed = (look: Look, motion: string): boolean =>
  inHole({ setting: look.setting, objects: [{ ...look, motion, size: '' }] } as unknown as Scene);

function ballLook(draw: Draw, motion: string): Look {
  for (;;) {
    const look = { colour: choose(draw, colours), thing: 'ball', setting: choose(draw, settings) };
    if (!holed(look, motion)) return look;
  }
}

/** A pair of words that training never shows together, or one with the same thing that it does. */
function pairLook(draw: Draw, motion: string, split: Split): Look {
  const pairs = world.holes.pairs.filter((pair) => pair.every((word) => word === motion || !motions.includes(word)));
  const fitting = pairs.filter((pair) => pair.includes(motion));
  const pair = choose(
    draw,
    fitting.length ? fitting : pairs.filter((each) => !each.some((word) => word in world.sizes)),
  );
  for (;;) {
    const look = { colour: choose(draw, colours), thing: 'ball', setting: choose(draw, settings) };
    for (const word of pair) {
      if (word in world.things) look.thing = word;
      else if (split === 'held-out pair' && colours.includes(word)) look.colour = word;
      else if (split === 'held-out pair' && settings.includes(word)) look.setting = word;
    }
    if (holed(look, motion) === (split === 'held-out pair')) return look;
  }
}

/** The object with the numbers that its split asks for; what belongs to them (start, phase, floor) goes with them. */
function changed(object: WorldObject, split: Split, draw: Draw): WorldObject {
  const { law } = world.motions[object.motion];
  const floor = world.floor - object.radius;
  const rates = speedsOf(object.motion, split);
  if (rates && law === 'uniform') {
    const half = (world.frames - 1) / 2; // where it is at half time stays
    const share = between(draw, rates) / Math.hypot(object.vx, object.vy);
    const [vx, vy] = [share * object.vx, share * object.vy];
    const [x, y] = [object.x + half * (object.vx - vx), object.y + half * (object.vy - vy)];
    return { ...object, x, y, vx, vy, speed: split === 'gap' ? null : object.speed };
  }
  if (rates) {
    const omega = Math.sign(object.omega) * between(draw, rates);
    return { ...object, omega, speed: split === 'gap' ? null : object.speed };
  }
  const drop = drops[split];
  if (law === 'bounce' && drop) {
    const height = between(draw, drop);
    return { ...object, y: floor - height, phase: object.phase * Math.sqrt(height / (floor - object.y)) };
  }
  if (law === 'fall' && split === 'slower') return { ...object, y: between(draw, lowStarts) };
  if (split !== 'other size') return object;

  const [small, large] = otherSizes;
  const tiny = draw() < 0.5;
  const radius = between(draw, tiny ? small : large);
  const size = tiny ? 'small' : 'big';
  const [reach, ground] = [0.5 - 0.9 * radius, world.floor - radius];
  const across = law === 'uniform' && object.vx !== 0;
  const x = across || law === 'orbit' ? object.x : clamp(object.x, 0.5 - reach, 0.5 + reach);
  const y = law === 'bounce' ? object.y + ground - floor : across ? clamp(object.y, radius, ground) : object.y;
  return { ...object, radius, size, x, y };
}
