import { describe, expect, it } from 'vitest';
import { cut, framesOf, liveliest, patchAt, placeOf, timeOf, walked } from '../../../src/sessions/inside/patches';
import { patchify } from '../../../src/model/patches';
import type { ModelConfig } from '../../../src/model/config';

const shape = { frames: 6, height: 8, width: 12 };
const grid = [3, 2, 3] as const;

it('numbers and places are each other’s inverse, over time, then rows, then columns', () => {
  const all = Array.from({ length: 18 }, (_, patch) => patch);
  expect(all.map((patch) => patchAt(placeOf(patch, grid), grid))).toEqual(all);
  expect(placeOf(10, grid)).toEqual({ time: 1, row: 1, column: 1 });
});

it('a patch spans whole frames, and each frame belongs to one time', () => {
  expect([0, 1, 2].map((time) => framesOf(time, grid, shape))).toEqual([
    [0, 1],
    [2, 3],
    [4, 5],
  ]);
  expect([0, 1, 2, 3, 4, 5].map((frame) => timeOf(frame, grid, shape))).toEqual([0, 0, 1, 1, 2, 2]);
});

it('cuts out the very numbers that the network is given', () => {
  const clip = Float32Array.from({ length: 3 * 6 * 8 * 12 }, (_, i) => i);
  const config = { ...shape, patch_frames: 2, patch_size: 4 } as ModelConfig;
  const patches = patchify(clip, Float32Array.of(0.5), config);
  for (const patch of [0, 10, 17]) {
    const piece = cut(clip, shape, grid, patch);
    expect(piece.shape).toEqual({ frames: 2, height: 4, width: 4 });
    expect(piece.clip).toEqual(patches.subarray(patch * 4 * 32, patch * 4 * 32 + 3 * 32));
  }
});

describe('keys', () => {
  it('walk the picture and the time, and stop at the edges', () => {
    const from = (patch: number) => (key: string) => walked(key, patch, grid);
    expect(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown'].map(from(10))).toEqual([
      9, 11, 7, 10, 4, 16,
    ]);
    expect(['ArrowRight', 'PageDown', 'Home', 'End'].map(from(17))).toEqual([17, 17, 0, 17]);
    expect(['ArrowLeft', 'PageUp'].map(from(0))).toEqual([0, 0]);
  });

  it('that mean something else lead nowhere', () => {
    expect(['a', 'Tab', 'toString'].map((key) => walked(key, 3, grid))).toEqual([undefined, undefined, undefined]);
  });
});

it('begins where most is to be seen in the middle of the film', () => {
  const clip = new Float32Array(3 * 6 * 8 * 12).fill(0.3);
  const at = (frame: number, y: number, x: number) => (frame * 8 + y) * 12 + x;
  clip[at(0, 1, 1)] = -1; // elsewhere in time
  clip[at(2, 6, 9)] = 1;
  expect(liveliest(clip, shape, grid)).toBe(patchAt({ time: 1, row: 1, column: 2 }, grid));
});
