/**
 * What each suite draws: folders of prompts and seeds, with the model and the settings for each. A suite of more clips
 * begins with the clips of a smaller one, so that a report can grow.
 */
import { usualGuidance } from '../making/plan';
import { caption } from '../world/caption';
import { draws, inHole, sampleScene, type Scene } from '../world/scene';
import { world } from '../world/world';
import type { ClipShape } from '../sampling/types';
import type { Item } from './clips';
import { givenKinds, ordinary, partly, reworded, strengths } from './edits';
import { cells, trial } from './trials';

export const suites = ['attributes', 'binding', 'physics', 'novelty', 'scaling', 'editing'] as const;
export type Suite = (typeof suites)[number];

/** One folder of clips. */
export interface Job {
  readonly name: string; // of the folder
  readonly suite: 'attributes' | 'binding' | 'physics' | 'diversity' | 'editing';
  readonly items: readonly Item[];
  readonly copy?: string; // an early copy of the model: checkpoints/<copy>
  readonly guidance?: number; // where it is not the one that was asked for
}

/** Copies along the training, by the share of it that they have behind them. */
export const copies = { '1-32': 1 / 32, '1-8': 1 / 8, '1-2': 1 / 2 } as const;
export const guidances = [1, 1.5, 2, 3, 4, 6] as const;
export const givenFrames = 4;
const usualShape: ClipShape = { frames: world.frames, height: 32, width: 32 };
export const seedsPerPrompt = 8; // of the diversity prompts

/** Every folder that a suite needs. `shape`: of the model's clips, which the suite editing alone has to know. */
export function jobsOf(suite: Suite, count: number, seed: number, shape: ClipShape = usualShape): Job[] {
  const attributes: Job = { name: 'attributes', suite: 'attributes', items: oneObject(count, seed) };
  switch (suite) {
    case 'attributes':
      return [attributes];
    case 'binding':
      return [{ name: 'binding', suite: 'binding', items: twoObjects(count, seed + 1_000_000) }];
    case 'physics':
      return [{ name: 'physics', suite: 'physics', items: continuations(count, seed + 2_000_000) }];
    case 'novelty':
      return [
        attributes,
        ...guidances.map((guidance): Job => {
          const items = manySeeds(Math.ceil(count / 2), seed + 3_000_000);
          return { name: `diversity-${guidance}`, suite: 'diversity', items, guidance };
        }),
      ];
    case 'editing':
      return edits(count, seed + 4_000_000, shape);
    case 'scaling':
      return [...Object.keys(copies).map((copy) => ({ ...attributes, name: `attributes-${copy}`, copy })), attributes];
  }
}

/** Films that go on from given pixels, films that other words change, and beside them ordinary ones of the same prompts. */
function edits(count: number, seed: number, shape: ClipShape): Job[] {
  const job = (name: string, items: readonly Item[]): Job => ({ name: `editing-${name}`, suite: 'editing', items });
  return [
    job('ordinary', ordinary(count, seed, shape)),
    job('ordinary-loop', ordinary(count, seed, shape, true)),
    // As the page makes them, where nobody has chosen a guidance.
    ...givenKinds.map((kind): Job => ({ ...job(kind, partly(kind, count, seed, shape)), guidance: usualGuidance })),
    ...strengths.map((strength) => job(`words-${strength}`, reworded(strength, count, seed, shape))),
  ];
}

/** Full captions of one-object scenes that training may show, the camera standing; as training/sample.py draws them. */
function oneObject(count: number, seed: number): Item[] {
  return Array.from({ length: count }, (_, i) => {
    const scene = { ...sampleScene(draws(seed + i), { objects: 1 }), camera: 'stands' };
    return { prompt: caption(scene), seed: seed + i };
  });
}

const opposites = [
  ['left', 'right'],
  ['right', 'left'],
  ['up', 'down'],
  ['down', 'up'],
] as const;

/** Two objects. In every other prompt they move in opposite directions: motion binding at its plainest. */
function twoObjects(count: number, seed: number): Item[] {
  return Array.from({ length: count }, (_, i) => {
    const draw = draws(seed + i);
    const scene = { ...sampleScene(draw, { objects: 2 }), camera: 'stands' };
    if (i % 2 === 0) return { prompt: caption(scene), seed: seed + i, group: 'any two' };
    const pair = opposites[Math.floor(draw() * opposites.length)];
    const objects = scene.objects.map((object, k) => {
      const speeds = Object.keys(world.motions[pair[k]].speeds ?? {});
      return { ...object, motion: pair[k], speed: speeds[Math.floor(draw() * speeds.length)] };
    });
    const apart: Scene = { ...scene, objects };
    // A motion that goes can take a pair out of a hole, never into one: no hole has a direction in it.
    if (inHole(apart)) throw new Error(`a prompt of two objects lies in a hole: ${caption(apart)}`);
    return { prompt: caption(apart), seed: seed + i, group: 'opposite directions' };
  });
}

/** Clips to go on with: every kind of trial in turn, each time round the same scenes with one thing changed. */
function continuations(count: number, seed: number): Item[] {
  return Array.from({ length: count }, (_, i) => {
    const cell = cells[i % cells.length];
    const { prompt, scene } = trial(cell, seed + Math.floor(i / cells.length));
    return { prompt, seed: seed + i, group: `${cell.law}, ${cell.split}`, scene, given: givenFrames };
  });
}

/** The law and the split of a trial, from its group. */
export function cellOf(group: string | undefined): (typeof cells)[number] | undefined {
  return cells.find(({ law, split }) => group === `${law}, ${split}`);
}

/** A few prompts, each with several seeds: what a prompt leaves open should differ from seed to seed. */
function manySeeds(count: number, seed: number): Item[] {
  return Array.from({ length: seedsPerPrompt * Math.ceil(count / seedsPerPrompt) }, (_, i) => {
    const index = Math.floor(i / seedsPerPrompt);
    const scene = { ...sampleScene(draws(seed + index), { objects: 1 }), camera: 'stands' };
    return { prompt: caption(scene), seed: seed + i, group: String(index) };
  });
}
