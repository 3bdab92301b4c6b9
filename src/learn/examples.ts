/**
 * What a step of training is given: clips that the micro world draws, each with noise of its own, as much as chance says.
 *
 * Everything follows from a seed and the number of the step, so that a training that goes on after a reload sees what it would
 * have seen. What it is not: it knows no network.
 */
import { normals } from '../sampling/noise';
import { draws } from '../world/scene';
import { tokenize } from '../world/prompt';
import { microCaption, microClip, microShape, shownBy, type Cell, type Grid } from './micro';
import type { Batch } from './trainer';

/** How clips are noised: twin of `sample_level` in training/snowglobe/flow.py, for one level a clip. */
export interface Levels {
  readonly mean: number; // of the logit-normal noise levels (SD3, Esser et al. 2024); lower is more noise
  readonly spread: number;
}

/** Share of the captions that are left out, so that it also learns films without words: guidance needs both. */
const textDrop = 0.1;
/** Of the levels that lie between 0 and 0.1, where the colour is decided and logit-normal hardly looks. */
const early = 0.1;

const numbers = 3 * microShape.frames * microShape.height * microShape.width;
const noiseStream = 0x6c6e6f69;
const levelStream = 0x6c6c6576;

/** Levels t of `count` clips. normal: normally distributed numbers, chance: uniform ones, two a clip. */
export function levelsOf(normal: ArrayLike<number>, chance: ArrayLike<number>, { mean, spread }: Levels): Float32Array {
  return Float32Array.from(normal, (value, i) =>
    chance[2 * i] < early ? 0.1 * chance[2 * i + 1] : 1 / (1 + Math.exp(-mean - spread * value)),
  );
}

/** A batch, and what its clips show. `grid` must show something. */
export function batchOf(
  seed: number,
  step: number,
  grid: Grid,
  count: number,
  levels: Levels,
  textLength: number,
): { readonly batch: Batch; readonly cells: readonly Cell[] } {
  const draw = draws((seed + Math.imul(step, 0x9e3779b1)) >>> 0);
  const shown = shownBy(grid);
  const cells = Array.from({ length: count }, () => shown[Math.floor(draw() * shown.length)]);
  const clips = cells.map((cell) => microClip(draw, cell, grid));
  const captions = cells.map((cell) => (draw() < textDrop ? '' : microCaption(cell)));
  const noise = normals(seed, noiseStream + step, count * numbers);
  const chance = Array.from({ length: 2 * count }, draw);
  return {
    batch: {
      clips,
      noise: cells.map((_, row) => noise.subarray(row * numbers, (row + 1) * numbers)),
      levels: levelsOf(normals(seed, levelStream + step, count), chance, levels),
      tokens: captions.map((caption) => tokenize(caption, textLength).tokens),
    },
    cells,
  };
}
