/**
 * The way through one model call, station by station, with the numbers of the chosen token: from the prompt and the noisy
 * clip to the guess, and from there to the next clip. Pure; the names are those of src/model/transformer.ts.
 */
import { tokenOf } from '../../world/prompt';
import type { Look } from './inside';
import { countOf } from './patches';

/** In the order in which the network comes by them. */
export const stations = [
  'words',
  'encoder',
  'keys',
  'patches',
  'tokens',
  'level',
  'attention',
  'mlp',
  'head',
  'guess',
  'next',
] as const;
export type Station = (typeof stations)[number];

/** Lengths of the chosen token on its way through a block. */
export interface Passage {
  readonly block: number; // from 0
  readonly before: number;
  readonly attention: number; // of what attention adds
  readonly mlp: number; // of what the MLP adds
  readonly after: number;
}

export interface Walk {
  readonly words: readonly { readonly text: string; readonly token: number }[]; // that the network knows
  readonly places: number; // L, of the prompt
  readonly dim: number; // D
  readonly hidden: number; // M
  readonly depth: number;
  readonly heads: number; // h
  readonly patches: number; // N
  readonly pixels: number; // P, of a patch
  readonly clip: readonly [frames: number, height: number, width: number];
  readonly channels: number; // numbers that the head says of each pixel
  readonly detail: boolean; // whether a detail head corrects them
  readonly noise: number; // share of noise that the network is told, 0 .. 1
  readonly t: readonly [now: number, next: number];
  readonly passages: readonly Passage[];
  readonly most: Passage & { readonly by: 'attention' | 'mlp' }; // where most is added
}

/** patch: the chosen token */
export function walkOf({ run, step, level, grid, names, blocks }: Look, patch: number): Walk {
  const { frames, height, width } = run.shape;
  const patches = countOf(grid);
  const { places, dim, hidden, depth, heads, channels, detail = 0 } = blocks[0];
  const passages = blocks.map(({ block, lengths }): Passage => {
    const [before, attention, mlp, after] = [0, 1, 2, 3].map((part) => lengths[part * patches + patch]);
    return { block, before, attention, mlp, after };
  });
  const largest = ({ attention, mlp }: Passage) => Math.max(attention, mlp);
  const most = passages.reduce((a, b) => (largest(b) > largest(a) ? b : a));
  return {
    words: names.flatMap((text) => (text === null ? [] : [{ text, token: tokenOf(text) ?? 0 }])),
    places,
    dim,
    hidden,
    depth,
    heads,
    patches,
    pixels: (frames * height * width) / patches,
    clip: [frames, height, width],
    channels,
    detail: detail > 0,
    noise: 1 - level,
    t: [step.t, step.tNext],
    passages,
    most: { ...most, by: most.attention >= most.mlp ? 'attention' : 'mlp' },
  };
}

/** What each station leaves behind, as the shape comments of the code have it; B, the rows of a call, is 1 here. */
export function shapeOf(station: Station, walk: Walk): string {
  const { places, dim, heads, patches, pixels, clip, channels } = walk;
  const shape = (...sizes: number[]) => sizes.join(' × ');
  switch (station) {
    case 'words':
      return shape(places);
    case 'encoder':
      return shape(places, dim);
    case 'keys':
      return shape(heads, places, dim / heads);
    case 'patches':
      return shape(patches, 4 * pixels);
    case 'level':
      return shape(6 * dim);
    case 'tokens':
    case 'attention':
    case 'mlp':
      return shape(patches, dim);
    case 'head':
      return shape(patches, channels * pixels);
    case 'guess':
    case 'next':
      return shape(3, ...clip);
  }
}
