/**
 * A clip cut into spacetime patches and put together again, and what the network is told about each patch's place and
 * noise level. Plain arithmetic on the CPU: it moves 65 000 numbers, which costs nothing, is exact, and spares the
 * GPU tensors of rank 8, which tfjs on WebGPU does not have (it ends at 6).
 *
 * What it is not: it knows no weights and no tfjs. Letters as in transformer.ts.
 */
import type { ClipShape } from '../sampling/types';
import { gridOf, patchPixelsOf, tokensOf, type ModelConfig } from './config';

/** Calls `visit` for each row of pixels in each patch: where it lies among the patches (N, C*P) and in the clip (C, F, H, W). */
function eachRow(
  config: ModelConfig,
  shape: ClipShape,
  channels: number,
  visit: (inPatches: number, inClip: number) => void,
): void {
  const [gt, gy, gx] = gridOf(config, shape);
  const { patch_frames: pf, patch_size: ps } = config;
  const { frames, height, width } = shape;
  let inPatches = 0;
  for (let t = 0; t < gt; t++)
    for (let y = 0; y < gy; y++)
      for (let x = 0; x < gx; x++)
        for (let c = 0; c < channels; c++)
          for (let f = t * pf; f < (t + 1) * pf; f++)
            for (let row = y * ps; row < (y + 1) * ps; row++, inPatches += ps)
              visit(inPatches, ((c * frames + f) * height + row) * width + x * ps);
}

/** Noisy clip (3, F, H, W) and levels (F, H, W) or (1,) -> patches (N, 4P). The fourth channel is the level, from -1 (noise) to 1 (clean). */
export function patchify(
  x: Float32Array,
  levels: Float32Array,
  config: ModelConfig,
  shape: ClipShape = config,
): Float32Array {
  const { patch_size: ps } = config;
  const patches = new Float32Array(tokensOf(config, shape) * 4 * patchPixelsOf(config));
  eachRow(config, shape, 4, (inPatches, inClip) => {
    if (inClip < x.length) for (let i = 0; i < ps; i++) patches[inPatches + i] = x[inClip + i];
    else if (levels.length === 1) patches.fill(2 * levels[0] - 1, inPatches, inPatches + ps);
    else for (let i = 0; i < ps; i++) patches[inPatches + i] = 2 * levels[inClip - x.length + i] - 1;
  });
  return patches;
}

/** Patches (N, C*P) -> clip (C, F, H, W): colours, and with a skip the logit of their variance. */
export function unpatchify(patches: Float32Array, config: ModelConfig, shape: ClipShape = config): Float32Array {
  const { patch_size: ps } = config;
  const clip = new Float32Array(patches.length);
  const channels = patches.length / (shape.frames * shape.height * shape.width);
  eachRow(config, shape, channels, (inPatches, inClip) =>
    clip.set(patches.subarray(inPatches, inPatches + ps), inClip),
  );
  return clip;
}

/**
 * Noise level t of each patch, the mean over its pixels: (N,). Where it is the same everywhere, as in ordinary
 * generation, one number says it, (1,), and the network works out its modulation once instead of N times.
 * levels: (F, H, W), or that one number.
 */
export function patchLevels(levels: Float32Array, config: ModelConfig, shape: ClipShape = config): Float32Array {
  let same = 1; // pixels from the first on; a plain loop, because `every` took a third of a step's JavaScript
  while (same < levels.length && levels[same] === levels[0]) same++;
  if (same === levels.length) return levels.slice(0, 1);
  const { patch_size: ps } = config;
  const pixels = patchPixelsOf(config);
  const sums = new Float64Array(tokensOf(config, shape));
  eachRow(config, shape, 1, (inPatches, inClip) => {
    for (let i = 0; i < ps; i++) sums[Math.floor(inPatches / pixels)] += levels[inClip + i];
  });
  return Float32Array.from(sums, (sum) => sum / pixels);
}

/**
 * Cosines, then sines of 2 pi t times 1/2 .. 16: (N, T). Here and not on the GPU, because WGSL promises nothing about
 * the precision of cos and sin beyond -pi .. pi.
 */
export function timeWaves(t: Float32Array, config: ModelConfig): Float32Array {
  const half = config.time_features / 2;
  const waves = new Float32Array(t.length * 2 * half);
  for (let n = 0; n < t.length; n++)
    for (let i = 0; i < half; i++) {
      const angle = t[n] * Math.PI * 2 ** ((5 * i) / Math.max(1, half - 1));
      waves[n * 2 * half + i] = Math.cos(angle);
      waves[n * 2 * half + half + i] = Math.sin(angle);
    }
  return waves;
}

/** Cosines and sines of the 3-D rotary positions (Su et al. 2021; one share of each head for t, y and x), (N, d/2) each. */
export function rotaryTable(config: ModelConfig, shape: ClipShape = config): { cos: Float32Array; sin: Float32Array } {
  const half = config.dim / config.heads / 2;
  const shareSpace = Math.floor((half * 3) / 8);
  const shares = [half - 2 * shareSpace, shareSpace, shareSpace];
  const [gt, gy, gx] = gridOf(config, shape);
  const angles: number[] = [];
  for (let t = 0; t < gt; t++)
    for (let y = 0; y < gy; y++)
      for (let x = 0; x < gx; x++)
        [t, y, x].forEach((position, axis) => {
          // A base of 100, because positions here run to 8 or so, not to thousands.
          for (let i = 0; i < shares[axis]; i++) angles.push(position * 100 ** (-i / shares[axis]));
        });
  return { cos: Float32Array.from(angles, Math.cos), sin: Float32Array.from(angles, Math.sin) };
}
