/**
 * A clip cut into patches while a matrix product reads it, and put together again while one stores it: the two ends of
 * the network without a copy in between. The same order as ../patches.ts, which says it in TypeScript.
 */
import { gridOf, guessChannelsOf, patchPixelsOf, type ModelConfig } from '../config';
import { change, read } from './kernel';
import type { Load, Epilogue } from './matmul';

/** WGSL of fn inClip(token: u32, number: u32) -> u32: where four numbers of a patch lie in a clip, in vectors of four. */
function inClip(config: ModelConfig): string {
  const [, gy, gx] = gridOf(config);
  const { frames, height, width, patch_frames: pf, patch_size: ps } = config;
  return `fn inClip(token: u32, number: u32) -> u32 {
  let x = (token % ${gx}u) * ${ps / 4}u + number % ${ps / 4}u;
  let y = (token / ${gx}u) % ${gy}u * ${ps}u + number / ${ps / 4}u % ${ps}u;
  let f = token / ${gx * gy}u * ${pf}u + number / ${(ps * ps) / 4}u % ${pf}u;
  let c = number / ${patchPixelsOf(config) / 4}u;
  return ((c * ${frames}u + f) * ${height}u + y) * ${width / 4}u + x;
}`;
}

/** Patches (N, 4P) of a noisy clip (3, F, H, W) and its levels, 0 .. 1: one in the call, or (F, H, W) behind the clip in one buffer. */
export function patchified(config: ModelConfig): Load {
  return {
    binding: read('clip'),
    code: `${inClip(config)}
fn load(z: u32, row: u32, k: u32) -> vec4f {
  let isLevel = k >= ${(3 * patchPixelsOf(config)) / 4}u; // the fourth channel, from -1 (noise) to 1 (clean)
  if (isLevel && call.levels == 1u) { return vec4f(2.0 * call.level - 1.0); }
  let value = clip[inClip(row, k)];
  return select(value, 2.0 * value - 1.0, isLevel);
}`,
  };
}

/** Patches (B, N, C*P) -> clips (B, C, F, H, W), of colours and, with a skip, variances. */
export function unpatchified(config: ModelConfig): Epilogue {
  const { frames, height, width } = config;
  return {
    bindings: [change('clips')],
    code: `${inClip(config)}
fn store(z: u32, row: u32, column: u32, value: vec4f) {
  clips[z * ${(guessChannelsOf(config) * frames * height * width) / 4}u + inClip(row, column)] = value;
}`,
  };
}
